"""A paper that is put to its bill: "attach it to the Acme bill", "das gehört zur Acme-Rechnung"."""

from __future__ import annotations

from handlers.requests import AttachPaper
from handlers.understand.readers.deeds.holds import bill_named
from handlers.understand.text.sentence import Sentence
from handlers.understand.text.sentence_context import SentenceContext

_IT = r"(?:it|this|that|this paper|this document|sie|es|das|dies|ihn|das dokument|den beleg)"
_WHAT = (
    r"(?:contract|delivery note|order|reminder|document|paper|vertrag|lieferschein|bestellung|mahnung|beleg|angebot)"
)
_ORDERS = (
    rf"(?:attach|add|put|file|enclose) (?:{_IT}|the {_WHAT}) (?:to|with|"
    rf"under) (?P<bill>.+)",
    rf"(?:{_IT}|the {_WHAT}) (?:belongs|goes) (?:to|with) (?P<bill>.+)",
    rf"(?:{_IT}) is the {_WHAT} (?:for|of|to) (?P<bill>.+)",
    rf"(?:hang|hange|leg|lege|hefte|heft|ordne|pack|packe) (?:{_IT}|(?:den|die|das) {_WHAT}) (?:zu|zur|an|bei|"
    rf"unter) (?P<bill>.+?)"
    r"(?: (?:an|dazu|zu|bei))?",
    rf"(?:{_IT}|(?:der|die|das) {_WHAT}) gehort (?:zu|zur) (?P<bill>.+)",
    rf"(?:{_IT}) ist (?:der|die|das) {_WHAT} (?:zu|zur|fur) (?P<bill>.+)",
)


def read_paper(said: Sentence, scene: SentenceContext) -> AttachPaper | None:
    """The bill that the paper in focus belongs to; None for anything else, and for a bill that nobody knows."""
    bare = said.politely_reduced()
    found = None if said.asks or not bare.words else bare.first_match(_ORDERS)
    hint = bill_named(found["bill"], scene) if found else None
    return AttachPaper(hint) if hint else None
