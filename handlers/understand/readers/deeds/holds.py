"""Payments that are held and released: "don't pay yet, work not finished", "Telekom noch nicht bezahlen"."""

from __future__ import annotations

import re
from datetime import date

from handlers.requests import Hold, OnHold, Release, Request
from handlers.understand.text.sentence import Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.dates import day

_YET = (
    r"(?:yet|jet|just yet|now|for now|right now|anything yet|noch|erstmal|erst mal|vorerst|jetzt|vorlaufig|"
    r"bis auf weiteres)"
)
_UNTIL = r"(?: (?:until|till|before|bis|bis zum|bis zur|vor dem) (?P<until>.+?))?"
_IT = r"(?:it|this|that|this one|this bill|the bill|that bill|sie|die|diese|es|das|diese rechnung|die rechnung)"
_HOLDS = (
    rf"(?:please )?(?:do not|dont) (?:pay|release|transfer) (?:{_IT}|"
    rf"(?P<bill>.+?))?(?: {_YET})*{_UNTIL}(?: {_YET})*",
    rf"(?:please )?(?:do not|dont) pay(?: {_YET})+{_UNTIL}",
    rf"(?:please )?(?:put|place|set|keep) (?:{_IT}|(?P<bill>.+?)) (?:payment )?(?:on|to) hold{_UNTIL}",
    rf"(?:please )?hold (?:(?:the )?payment (?:of|for|to) )?(?:{_IT}|(?P<bill>.+?))(?: back)?{_UNTIL}",
    rf"(?:on hold|hold)(?: it| this)?{_UNTIL}",
    rf"(?:wait|warte|warten) (?:with|mit) (?:the |der )?(?:payment|zahlung)(?: (?:of|for|to|von|an|"
    rf"der) (?P<bill>.+?))?{_UNTIL}",
    rf"(?:bitte )?(?:noch |vorerst |erstmal |vorlaufig )*(?:nicht|nich) (?:be)?zahlen{_UNTIL}",
    rf"(?:bitte )?(?:(?P<bill>.+?) )(?:bitte )?(?:{_YET} )*(?:nicht|nich)(?: {_YET})* (?:(?:be)?zahlen|"
    rf"uberweisen|freigeben)",
    rf"(?:bitte )?(?:be)?zahl(?:e|en)?(?: sie)? (?:{_IT}|(?P<bill>.+?))(?: bitte)?(?: {_YET})* (?:nicht|"
    rf"nich){_UNTIL}(?: {_YET})*",
    rf"(?:bitte )?(?:{_IT}|(?P<bill>.+?)) (?:bitte )?(?:zuruckhalten|anhalten|sperren|zuruckstellen|"
    rf"auf halt setzen|fur die zahlung sperren)",
    rf"(?:bitte )?(?:halte|halt) (?:{_IT}|(?P<bill>.+?)) (?:zuruck|an){_UNTIL}",
    rf"(?:bitte )?(?:sperre|sperr) (?:{_IT}|(?P<bill>.+?))(?: fur die zahlung)?{_UNTIL}",
)
_RELEASES = (
    rf"(?:release|lift|end|remove|take off) (?:the )?hold(?: (?:on|of|from) (?:{_IT}|(?P<bill>.+?)))?",
    rf"(?:take|get) (?:{_IT}|(?P<bill>.+?)) off hold",
    r"(?:sperre|zahlungssperre|halt) (?:(?:von|der|fur|bei) (?P<bill>.+?) )?(?:aufheben|losen|loschen|entfernen)",
    r"(?:hebe|heb) die (?:zahlungs)?sperre (?:(?:von|der|fur|bei) (?P<bill>.+?) )?auf",
    rf"(?:entsperre|entsperr) (?:{_IT}|(?P<bill>.+?))",
    rf"(?:{_IT}|(?P<bill>.+?)) entsperren",
    rf"(?:{_IT}|(?P<bill>.+?)) (?:may|can|darf|kann) (?:now |jetzt |wieder )*(?:be paid (?:now|again|"
    rf"after all)|doch bezahlt werden)",
)
_WHICH = re.compile(
    r"(?:what|which|was|welche)(?: (?:bills|invoices|payments|rechnungen|zahlungen))? (?:is|are|ist|"
    r"sind) (?:currently |gerade |derzeit )?"
    r"(?:on hold|held|gesperrt|zuruckgehalten|angehalten)|(?:bills|invoices|payments) on hold|(?:gesperrte|"
    r"zuruckgehaltene) (?:rechnungen|zahlungen)"
    r"|(?:show|zeig|zeige)(?: me| mir)?(?: the| die)? (?:holds|held bills|gesperrten rechnungen|"
    r"zahlungssperren)|zahlungssperren"
)
_WHY = re.compile(
    r"(?:,|;|:|\.|\s[-–—]\s|\bbecause\b|\bsince\b|\bas\b|\bweil\b|\bdenn\b|\bda\b)\s*(?:because|since|as|weil|denn|da)?\s*(.{3,})$",
    re.IGNORECASE | re.DOTALL,
)
_ONLY_YET = frozenset({"yet", "noch", "erstmal", "now", "jetzt", "vorerst", "bitte", "please", "danke", "thanks"})
_AROUND = (
    "the", "our", "bill from", "bill of", "invoice from", "payment to", "payment of", "die", "der", "das", "den",
    "rechnung von", "rechnung der", "an", "unsere", "bill", "rechnung", "anything to", "to",
)  # fmt: skip
_BEHIND = ("bill", "invoice", "rechnung", "payment", "please", "bitte", "yet", "jet", "noch", "erstmal", "vorerst")


def read_hold(said: Sentence, scene: SentenceContext) -> Request | None:
    """The hold, its release, or the question what is held; None for anything else, and for a bill that nobody knows.

    Raises: NeedsClarification for a last day that is none of the calendar.
    """
    bare = said.politely_reduced()
    if not bare.words:
        return None
    if _WHICH.fullmatch(bare.plain):
        return OnHold()
    if said.asks:
        return None
    order, reason = _with_reason(bare)
    if released := _first(order, _RELEASES, scene):
        return Release(released[0] or None)
    held = _first(order, _HOLDS, scene)
    if held is None:
        return None
    hint, found = held
    try:
        until = _day(found["until"], scene) if "until" in found else None
    except SlotMismatch:
        return Hold(hint or None, " ".join(filter(None, (found["until"].text, reason))))
    return Hold(hint or None, reason, until)


def _first(
    order: Sentence, patterns: tuple[str, ...], scene: SentenceContext
) -> tuple[str, dict[str, Sentence]] | None:
    """The bill that the first fitting pattern names, "" for the one in focus, and what else it found; one whose name
    nobody knows does not fit."""
    for pattern in patterns:
        found = order.match(pattern)
        hint = None if found is None else bill_named(found.get("bill"), scene)
        if found is not None and hint is not None:
            return hint, found
    return None


def _with_reason(bare: Sentence) -> tuple[Sentence, str]:
    """The order, and why, which follows "because" or a mark."""
    found = _WHY.search(bare.text)
    if found is None:
        return bare, ""
    start = bare.words[0].start + found.start()
    order = tuple(word for word in bare.words if word.start < start)
    reason = found[1].strip(" .!")
    if not order or reason.casefold() in _ONLY_YET:
        return bare, ""
    return Sentence(bare.raw, order).politely_reduced(), reason


def bill_named(name: Sentence | None, scene: SentenceContext) -> str | None:
    """The bill as it is named, "" for the one in focus; None for what nobody knows."""
    if name is None:
        return ""
    called = name.without(_AROUND, _BEHIND)
    if names.vendors(called, scene) or called.text in scene.names.numbers:
        return called.text
    return called.text if any(sign.isdigit() for sign in called.text) and len(called) == 1 else None


def _day(said: Sentence, scene: SentenceContext) -> date:
    found = day(said.without(("the", "zum", "zur", "den", "am", "next time")), scene, "due")
    if found is None:
        raise SlotMismatch
    return found
