"""Budgets, and what is unusual, of the values in a sentence; one function a label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from handlers.requests import Budgets, SetBudget, Unusual
from handlers.understand.assembly.material import Material
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values.amounts import Amount

_QUARTERS = ("quarter", "quarterly", "quartal", "vierteljahr", "quartals*")
_YEARS = ("year", "yearly", "annual", "annually", "jahr", "jahrlich", "jahres*", "pa")
_ENDS = ("no", "remove", "delete", "kein", "losche", "entferne", "streiche", "cancel", "drop")


def budget(material: Material) -> SetBudget | Budgets:
    """A budget that is set or ended, else the question what is left. Raises: SlotMismatch for an amount without a
    category."""
    quarterly, yearly, ends = (material.has(*words) for words in (_QUARTERS, _YEARS, _ENDS))
    for kind in ("period", "day", "party"):
        material.drop(kind)
    tag = material.take("amount")
    category = material.category() or material.category_spoken_of()
    amount = tag.value if tag is not None and isinstance(tag.value, Amount) else None
    if amount is None and not ends:
        return Budgets(category)
    if category is None or material.said.asks:
        raise SlotMismatch
    interval: Literal["month", "quarter", "year"] = "quarter" if quarterly else "year" if yearly else "month"
    if amount is None:
        return SetBudget(category, None, None, interval)
    return SetBudget(category, amount.value, amount.currency, interval)


BUILDERS: Mapping[str, Callable[[Material], object]] = {"budget": budget, "unusual": lambda _: Unusual()}
