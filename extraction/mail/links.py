"""Whether a mail says that its invoice is behind a link. Links are never followed: whoever sent it would learn of it,
and what lies there may ask for a password."""

from __future__ import annotations

import re

from extraction.mail.contents import Letter

_DOCUMENT = (
    r"(?:e-?invoices?|invoices?|bills?|receipts?|credit notes?|statements?|\w*rechnung(?:en)?|belege?"
    r"|quittung|gutschrift|factures?|reçus?|avoir|facturas?|recibos?|fatture?|fattura|ricevut[ae]|facturen|factuur|bon|fakturor?|faktura"
    r"|faktury|fakturę|kvitto|kvittering|rachunek|fatura|účtenk[au]|фактур\w*|сч[её]т\w*)"
)
_OPEN = (
    r"(?:view|download|open|see|get|access|show|click|ansehen|anzeigen|herunterladen|abrufen|öffnen|einsehen|aufrufen"
    r"|hier|voir|télécharger|consulter|ouvrir|accéder|ver|descargar|consultar|abrir|visualizza\w*|scarica\w*|aprire"
    r"|bekijk\w*|download\w*|openen|visa|ladda ner|hämta|hent|se|åbn|pobierz|zobacz|otwórz|stáhnout|zobrazit|baixar"
    r"|transferir|скачать|открыть|portal\w*|kundenkonto|kundenportal|customer area|account|espace client)"
)
_BOTH = re.compile(rf"\b{_OPEN}\b.{{0,80}}\b{_DOCUMENT}\b|\b{_DOCUMENT}\b.{{0,80}}\b{_OPEN}\b", re.IGNORECASE)
_URL = re.compile(r"https?://\S{4,}", re.IGNORECASE)
_PATH = re.compile(r"invoice|receipt|rechnung|facture|factura|fattura|factuur|faktura|billing", re.IGNORECASE)
_LONGEST, _MOST = 400, 200


def leads_to_invoice(letter: Letter) -> bool:
    """Whether a link's words, or the line it stands in or below, say that the invoice can be opened there."""
    links = letter.page.links[:_MOST] if letter.page else ()
    if any(to[:4].lower() == "http" and (_BOTH.search(said) or _PATH.search(to[:_LONGEST])) for said, to in links):
        return True
    lines = [line[:_LONGEST] for line in letter.text.split("\n")[:_MOST] if line.strip()]
    pairs = [" ".join(lines[max(0, n - 1) : n + 1]) for n in range(len(lines)) if not lines[n].startswith(">")]
    if any(_URL.search(pair) and (_BOTH.search(pair) or _PATH.search(pair)) for pair in pairs):
        return True
    return bool(links) and any(map(_BOTH.search, pairs))
