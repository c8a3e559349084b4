"""Profit and loss, the balance sheet, and the valuation of other currencies."""

from __future__ import annotations

from typing import Literal

from handlers.requests import FinancialStatements, ValueCurrencies
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.values.periods import Period, period
from handlers.understand.values.slots import RequestBuilder, Slots
from handlers.wording.books import books_questions

_AROUND = (
    "for", "of", "in", "at", "as of", "as at", "on", "the", "per", "end of", "at the end of", "fur", "fur das", "im",
    "von", "vom", "zum", "am", "des", "das", "der", "den", "die", "jahr", "jahres", "year", "als", "as",
)  # fmt: skip
_FILES = ("as excel", "as xlsx", "as a workbook", "as a spreadsheet", "in excel", "als excel", "als xlsx",
          "als tabelle", "in excel", "excel", "xlsx", "as an excel file", "als excel-datei")  # fmt: skip


def statements(part: Literal["results", "balance", "both"]) -> RequestBuilder:
    """ "balance sheet at 31 December", "profit and loss Q2 as Excel". Raises: Puzzled when no time is said."""

    def build(slots: Slots) -> FinancialStatements:
        said = slots.get("rest")
        bare = said.without(endings=_FILES).without(_FILES)
        file = len(bare) != len(said) or "file" in slots
        bare = bare.without(_AROUND)
        if not len(bare) or bare.plain in (*_AROUND, *_FILES):
            raise NeedsClarification(books_questions.statements_when(), *books_questions.statements_suggestions(part))
        when = _period(bare, slots)
        if when is None or when.until is None:
            raise SlotMismatch
        assert when.since is not None
        return FinancialStatements(when.since, when.until, part, file, when.label)

    return build


def _period(said: Sentence, slots: Slots) -> Period | None:
    """A stretch of time; a single day ends its year so far."""
    when = period(said, slots.scene, "past")
    if when is None or when.until is None or when.since not in (None, when.until):
        return when
    return Period(when.until.replace(month=1, day=1), when.until, "")


def value_currencies(slots: Slots) -> ValueCurrencies:
    """ "value other currencies at 31 December"; without a day it is today."""
    said = slots.get("on").without(_AROUND)
    if not len(said):
        return ValueCurrencies(slots.scene.today)
    when = period(said, slots.scene, "past")
    if when is None or when.until is None:
        raise SlotMismatch
    return ValueCurrencies(when.until)


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "profit_and_loss": statements("results"),
    "balance_sheet": statements("balance"),
    "annual_accounts": statements("both"),
    "value_currencies": value_currencies,
}
