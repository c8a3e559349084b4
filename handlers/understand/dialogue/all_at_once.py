"""Orders about all bills at once ("approve all of them"), which are asked about: nothing says which bills these are."""

from __future__ import annotations

import re

from handlers.language.translation import say
from handlers.understand.text.sentence import Sentence
from handlers.wording import clarifying_questions

_ORDERS = (
    r"(?:confirm|approve|reject|refuse|pay|book|delete|discard|void|undo|bestatige?|genehmige?|bezahle?|zahle?|losche?"
    r"|verwerfe?|freigeben|bestatigen|ablehnen|genehmigen|bezahlen|zahlen|uberweisen|loschen|verwerfen|buchen)"
)
_ALL = r"(?:all|everything|both|them all|all of (?:them|these|those|it)|alle|alles|beide|beides|samtliche)"
_AT_ONCE = re.compile(
    rf"(?:.* )?{_ORDERS} (?:mir |mal |bitte |uns |the |die )*{_ALL}"
    r"(?: (?:bills|invoices|rechnungen|of them|now|at once|please|bitte))*"
    rf"|(?:bitte )?{_ALL}(?: (?:rechnungen|bills|zusammen|auf einmal|davon|bitte))* {_ORDERS}(?: bitte)?"
)


def question_about_all(said: Sentence) -> tuple[str, tuple[str, ...]] | None:
    """The question which bills are meant, with what to ask for first; None for words that order nothing about all."""
    if said.asks or not _AT_ONCE.fullmatch(said.plain):
        return None
    return clarifying_questions.which_bills(), (say("what is waiting for me?"),)
