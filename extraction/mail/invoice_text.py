"""Whether the text of a mail may be an invoice itself, as shops, services and airlines send them.

Cheap and generous: whatever passes is rendered and read as any document, and counts only if it reads as a bill.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from extraction.fields.patterns.amounts import find_amounts
from extraction.fields.patterns.vocabulary import vocabulary

_MOST_LINES = 600
_LONGEST_LINE = 300
_TOTALS = frozenset({"due", "inclusive", "total"})
_BOUGHT = re.compile(
    r"\b(?:invoice|receipt|order|booking|reservation|e ?ticket|itinerary|purchase|subscription|payment|billing|charged"
    r"|\w*rechnung\w*|beleg\w*|quittung|bestell\w*|buchung\w*|zahlung\w*|facture|recu|commande|reservation|paiement"
    r"|factura|recibo|pedido|compra|reserva|pago|fattura|ricevuta|ordine|acquisto|prenotazione|pagamento"
    r"|factuur|bestelling|boeking|betaling|faktura|kvitto|kvittering|bestallning|ordre|zamowieni\w*|rachunek|platnosc"
    r"|objednavk\w*|uctenk\w*|fatura|encomenda|recibo)\b"
)
_MONEY = re.compile(r"[.,]\d{2}(?!\d)|[$€£¥₹]|\b[A-Z]{3}\b|zł|Kč|kr\b")


def may_be_invoice(lines: Sequence[str], subject: str = "") -> bool:
    """Whether lines say what was bought and what it comes to: a word of buying, and a total with its amount.

    The amount stands at the end of the total's line, or alone on the next one.
    """
    said = [line.lstrip("> ")[:_LONGEST_LINE].strip() for line in lines[:_MOST_LINES]]
    said = [line for line in said if line]
    if not _BOUGHT.search(_folded(f"{subject[:_LONGEST_LINE]} " + " ".join(said))):
        return False
    return any(_is_total(line, following) for line, following in zip(said, [*said[1:], ""], strict=False))


def is_tabular(lines: Sequence[str]) -> bool:
    """Whether lines are those of a table: at least two end in an amount that stands in a cell of its own.

    People do not type tables, so this tells a shop's mail from a message that speaks of an invoice and its total.
    """
    return sum(bool(_cell_with_amount(line[:_LONGEST_LINE])) for line in lines[:_MOST_LINES]) >= 2


def _is_total(line: str, following: str) -> bool:
    label, _, amount = line.rpartition("  ")
    if not label:
        spans = [span for span in find_amounts(line) if _MONEY.search(line[max(0, span.start - 4) : span.end + 4])]
        label, amount = (line[: spans[-1].start], line[spans[-1].start :]) if spans else (line, following)
    return len(label) < 80 and _is_amount(amount) and _role(label) in _TOTALS


def _role(label: str) -> str:
    folded = _folded(label)
    return next((role for role, pattern in vocabulary()["amount"].items() if pattern.search(folded)), "")


def _folded(text: str) -> str:
    """As `vocabulary.fold`, without its search for misread words: these are typed."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ł", "l")).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+|[#%@]", plain.lower()))


def _cell_with_amount(line: str) -> bool:
    label, _, amount = line.rpartition("  ")
    return bool(label.strip()) and _is_amount(amount)


def _is_amount(text: str) -> bool:
    """Whether a text is one amount of money and nothing else to speak of."""
    text = text.strip()
    if not 0 < len(text) <= 24 or not _MONEY.search(text):
        return False
    spans = list(find_amounts(text))
    return len(spans) == 1 and not spans[0].unit and spans[0].end - spans[0].start >= len(text) - 5
