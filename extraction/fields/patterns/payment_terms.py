"""Terms of payment: "30 days net", "zahlbar innerhalb von 14 Tagen", "30 jours fin de mois"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = (
    r"(\d{1,3})\s?-?\s?(?:calendar |working |business |kalender|werk|arbeits)?"
    r"(?:days?|tag(?:\(e\)|en?)?\b|tg\b|jours?|jrs\b|d[ií]as?|giorni|gg\b|dagen|dgn\b|dni|j\b)"
)
"""A number of days as written in the languages that fields know; the number is its one group."""

NET = (
    r"(?:rein )?net(?:to|ti|s)?\b|neto\b|ohne (?:jeden |jeglichen )?abzug|without (?:any )?deduction|sans escompte"
    r"|senza sconto|sin descuento|zonder korting"
)
"""What says that nothing is taken off."""

_INVOICE_DATE = (
    r"(?:from|after|of(?: receipt of)?|ab|nach|dalla|della|data|date|fecha|de|na|d\.?)\W{0,3}"
    r"(?:(?:the|date|data|de|of|la|der)\W{1,3}){0,3}"
    r"(?:invoice|rechnung\w*|belegdatum|facture|fattura|factura|factuur\w*|f\b)"
)
_END_OF_MONTH = (
    r"\bend of (?:the )?month|\bEOM\b|\bfin de mois|\bmonatsende|\bfin de mes\b|\beinde (?:van de )?maand"
    r"|\bfine mese|\bf\.\s?m\.|\bd\.?f\.?f\.?m\b"
)
_PATTERNS = (
    rf"{DAYS}\W{{0,3}}(?:{NET})",
    rf"\bnet(?:to)?\W{{0,3}}{DAYS}",
    r"\b(?:net(?:to)?[\s-]{0,2}|n/\s?)(\d{1,3})\b(?!\s?[.,%\d/])",
    rf"{DAYS}\W{{0,3}}{_INVOICE_DATE}",
    rf"{DAYS}\W{{0,3}}(?:{_END_OF_MONTH})",
    rf"\b(?:payable|due|payment|pay|paid|zahlbar|zahlung|f[äa]llig|begleichen|[üu]berweisen)\b[^.\n]{{0,40}}?{DAYS}",
    rf"\b(?:payment terms?|terms?(?: of payment)?|zahlungs(?:ziel|bedingung|bedingungen|frist))\b\W{{0,4}}{DAYS}",
    rf"\b(?:conditions? de paiement|paiement|r[èée]gl(?:ement|er)|payable|solde|[ée]ch[ée]ance)\b[^.\n]{{0,40}}?{DAYS}",
    rf"\b(?:pago|pagadero|transferencia|vencimiento)\b[^.\n]{{0,30}}?{DAYS}",
    rf"\b(?:pagamento|scadenza|bonifico|rimessa diretta)\b[^.\n]{{0,30}}?{DAYS}",
    rf"\b(?:betaling|betalen|voldoen|beta(?:al|lings)termijn|verzoeken)\b[^.\n]{{0,30}}?{DAYS}",
    rf"\b(?:p[łl]atno[śs][ćc]i?|zap[łl]aty|przelew)\b[^.\n]{{0,30}}?{DAYS}",
)
_BARE = rf"\W*(?:(?:in|within|binnen|innerhalb(?: von)?|entro|sous|a|à)\s)?{DAYS}\W*"
_DISCOUNT = re.compile(r"skonto|discount|escompte|korting|sconto|pronto pago|\d\s?%", re.I)
_ALL = re.compile(rf"\bnet|{NET}|solde", re.I)
_CLAUSE_END = re.compile(r"[,;.]\s|\t|\n")
_MONTH_END = re.compile(_END_OF_MONTH, re.I)
_AT_ONCE = re.compile(
    r"\b(?:due (?:up)?on receipt|payable (?:up)?on receipt|payable immediately"
    r"|sofort (?:zahlbar|f[äa]llig|(?:rein )?netto|ohne abzug)|(?:zahlbar|f[äa]llig) sofort"
    r"|payable [àa] r[ée]ception|comptant|al contado|a vista|vista fattura|per omgaande)\b",
    re.I,
)


_MOST = 180  # days; more are a guarantee


@dataclass(frozen=True)
class PaymentTerms:
    """Days until payment, counted from the date of issue (`month_end`: from the end of its month).

    `start`, `end` are where the words stand in the text they were found in; `words` is how they read.
    """

    days: int
    month_end: bool
    start: int
    end: int
    words: str


def find_payment_terms(text: str, *, labelled: bool = False) -> PaymentTerms | None:
    """The terms that a row of text states, None when it states none. Days for a discount are not meant.

    `labelled` says that the text is known to be terms of payment, so that days alone are enough ("14 Tage").
    """
    if match := _AT_ONCE.search(text):
        return PaymentTerms(0, False, match.start(), match.end(), match[0].strip())
    best = re.fullmatch(_BARE, text, re.I) if labelled else None
    for pattern in _PATTERNS:
        for match in re.finditer(pattern, text, re.I):
            if not _for_discount(text, match) and (best is None or int(match[1]) > int(best[1])):
                best = match
    if best is None:
        return None
    ending = bool(_MONTH_END.search(text, best.start()))
    return PaymentTerms(int(best[1]), ending, best.start(), best.end(), " ".join(best[0].split()))


def _for_discount(text: str, match: re.Match[str]) -> bool:
    """Whether the clause in which days stand tells of a discount, or they are too many to be meant."""
    first = max((stop.end() for stop in _CLAUSE_END.finditer(text, 0, match.start(1))), default=0)
    last = _CLAUSE_END.search(text, match.end())
    clause = text[first : last.start() if last else len(text)]
    return int(match[1]) > _MOST or bool(_DISCOUNT.search(clause) and not _ALL.search(clause))


def due_date_under(issued: date, terms: PaymentTerms) -> date:
    """The day on which payment falls due under these terms."""
    due = issued + timedelta(days=terms.days)
    return due.replace(day=calendar.monthrange(due.year, due.month)[1]) if terms.month_end else due
