"""Terms of payment: "30 days net", "zahlbar innerhalb von 14 Tagen", "30 jours fin de mois"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = r"(\d{1,3})\s?-?\s?(?:calendar |working )?(?:days?|tage?n?|jours?|d[ií]as?|giorni|dagen|dni|j\b)"
_PATTERNS = (
    rf"{_DAYS}\W{{0,3}}(?:net(?:to)?\b|ohne abzug|rein netto)",
    rf"\bnet(?:to)?\W{{0,3}}{_DAYS}",
    r"\bnet(?:to)?[\s-]{0,2}(\d{1,3})\b(?!\s?[.,%\d/])",
    rf"\b(?:payable|due|payment|pay|paid|zahlbar|zahlung|f[äa]llig|begleichen|[üu]berweisen)\b[^.\n]{{0,40}}?{_DAYS}",
    rf"\b(?:payment terms?|terms?(?: of payment)?|zahlungsziel|zahlungsbedingung(?:en)?)\b\W{{0,4}}{_DAYS}",
    rf"\b(?:conditions? de paiement|paiement|r[èe]glement|payable|solde)\b[^.\n]{{0,40}}?{_DAYS}",
    rf"\b(?:pago|pagamento|betaling|betaaltermijn|p[łl]atno[śs][ćc]i?|zap[łl]aty|przelew)\b[^.\n]{{0,30}}?{_DAYS}",
)
_DISCOUNT = re.compile(r"skonto|discount|escompte|\d\s?%", re.I)
_CLAUSE_END = re.compile(r"[,;.]\s|\t")
_MONTH_END = re.compile(r"\bend of (?:the )?month|\bEOM\b|\bfin de mois|\bmonatsende|\bfine mese|\bfin de mes", re.I)
_AT_ONCE = re.compile(
    r"\b(?:due (?:up)?on receipt|payable (?:up)?on receipt|payable immediately|sofort (?:zahlbar|f[äa]llig)"
    r"|zahlbar sofort|payable [àa] r[ée]ception|comptant)\b",
    re.I,
)


@dataclass(frozen=True)
class Terms:
    """Days until payment, counted from the date of issue (`month_end`: from the end of its month).

    `start`, `end` are where the words stand in the text they were found in; `words` is how they read.
    """

    days: int
    month_end: bool
    start: int
    end: int
    words: str


def find_terms(text: str) -> Terms | None:
    """The terms that a row of text states, None when it states none. Days for a discount are not meant."""
    if match := _AT_ONCE.search(text):
        return Terms(0, False, match.start(), match.end(), match[0].strip())
    best: re.Match[str] | None = None
    for pattern in _PATTERNS:
        for match in re.finditer(pattern, text, re.I):
            days = int(match[1])
            first = max((stop.end() for stop in _CLAUSE_END.finditer(text, 0, match.start(1))), default=0)
            last = _CLAUSE_END.search(text, match.end())
            clause = text[first : last.start() if last else len(text)]
            if days > 180 or (_DISCOUNT.search(clause) and not re.search(r"net|ohne abzug|solde", clause, re.I)):
                continue
            if best is None or days > int(best[1]):
                best = match
    if best is None:
        return None
    ending = bool(_MONTH_END.search(text, best.start()))
    return Terms(int(best[1]), ending, best.start(), best.end(), " ".join(best[0].split()))


def due_by(issued: date, terms: Terms) -> date:
    """The day on which payment falls due under these terms."""
    due = issued + timedelta(days=terms.days)
    return due.replace(day=calendar.monthrange(due.year, due.month)[1]) if terms.month_end else due
