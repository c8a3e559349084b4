"""Numbers of invoices that syntaxes of Spain and Mexico state in two parts, a series and a number within it."""

from __future__ import annotations


def with_series(series: str, number: str) -> str:
    """The whole number as it is printed: "A" and "117" are A117, "2025" and "117" are 2025-117.

    A number that begins with its series stands for both.
    """
    if not series or not number or number.startswith(series):
        return number or series
    return (
        f"{series}-{number}"
        if series[-1].isalnum() and series[-1].isdigit() == number[0].isdigit()
        else series + number
    )
