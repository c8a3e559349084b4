"""Excel workbooks (XLSX) that are no bank's: what their sheets show, by openpyxl.

Amounts are written with the sign and the decimals of their cell's format, since nothing else may tell the currency.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from extraction.errors import refused_as
from extraction.files.office.parts import BROKEN, check_size
from extraction.files.office.text_flow import Flow, Table
from extraction.limits import MOST_SHEET_COLUMNS, MOST_SHEET_ROWS, MOST_SHEETS

_SIGN = re.compile(r"\[\$([^\]-]{1,8})(?:-[0-9A-Fa-f]+)?\]|\"\s*([^\"]{1,8}?)\s*\"|([€$£¥₹])")
_DECIMALS = re.compile(r"\.(0+)")
_AT_LEAST = 2  # decimals of what is no whole number
_AT_MOST = 6


def read_workbook(data: bytes) -> Flow:
    """A table for each sheet that is shown. Raises: Unreadable."""
    check_size(data)
    import openpyxl  # takes a fifth of a second

    with refused_as(BROKEN), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that it leaves out, such as drawings
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return tuple(Table(tuple(_rows(sheet))) for sheet in shown[:MOST_SHEETS])


def _rows(sheet: Any) -> Iterator[tuple[Flow, ...]]:
    """The rows that say something, without the columns that say nothing at their ends."""
    sheet.reset_dimensions()  # what the file says of its size is not believed
    for row in islice(sheet.iter_rows(max_col=MOST_SHEET_COLUMNS), MOST_SHEET_ROWS):
        texts = [_shown(cell.value, getattr(cell, "number_format", "")) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield tuple((text,) if text else () for text in texts)


def _shown(value: object, form: str) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(float(value), form.split(";")[0])
    return str(value).strip()


def _number(value: float, form: str) -> str:
    percent = "%" in form
    value = round(value * (100 if percent else 1), _AT_MOST)
    stated = _DECIMALS.search(form)
    if stated:
        text = f"{value:.{len(stated[1])}f}"
    elif value.is_integer() or (form not in ("", "General") and "0" in form):
        text = f"{value:.0f}"
    else:
        whole, _, part = f"{value:.{_AT_MOST}f}".rstrip("0").partition(".")
        text = f"{whole}.{part.ljust(_AT_LEAST, '0')}"
    sign = _SIGN.search(form)
    name = next(filter(None, sign.groups()), "").strip() if sign else ""
    return f"{text} %" if percent else f"{text} {name}".strip()
