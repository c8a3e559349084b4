"""Mail: "what happened to Anna's mail yesterday?", "mails today", "always take in mails from acme.example"."""

from __future__ import annotations

import re
from datetime import date

from handlers.requests import (
    CloseIntakeAddress,
    DecideMail,
    ForgetSender,
    MailLog,
    OpenIntakeAddress,
    ShowOutbox,
    ShowQuarantine,
    ShowSenders,
)
from handlers.requests.mail import Verdict
from handlers.understand.text.sentence import Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.dates import day
from handlers.understand.values.periods import period
from handlers.understand.values.slots import RequestBuilder, Slots

_MINE = frozenset({"my", "mine", "meine", "meiner", "meinen", "me", "mir", "our", "unsere", "unserer"})
_NOBODY = frozenset({"", "the", "die", "der", "den", "this", "that", "all", "alle", "any", "a", "an"})
_ON = ("on", "from", "of", "in", "at", "von", "vom", "am", "im", "aus", "the", "der", "since", "seit")
_FROM = ("from", "of", "by", "von", "vom", "der", "the", "die", "den", "dem")
_MAILS = frozenset({"mail", "mails", "email", "emails", "e-mail", "e-mails", "absender", "sender"})
_POSSESSIVE = re.compile(r"['’]s?$|(?<=[a-z])'s$")
_ADDRESS = re.compile(r"(?:[^\s@]+)?@?(?:[\w-]+\.)+[A-Za-z]{2,}")
"""A mail address or a domain."""
MOST_WORDS = 8


def mail_log(slots: Slots) -> MailLog:
    """Raises: SlotMismatch where neither a time nor a sender is said in what stands there."""
    scene = slots.scene
    when = _time(slots.get("when"), scene) if "when" in slots else None
    who = slots.get("who")
    if "who" in slots and when is None and "when" not in slots:
        when, who = _split(who, scene)
    if "when" in slots and when is None:
        when, rest = _split(slots.get("when"), scene)
        if when is None or (len(rest) and rest.plain not in _NOBODY):
            raise SlotMismatch
    since, until = when or (None, None)
    said = who.without(_FROM)
    if len(said) > MOST_WORDS:
        raise SlotMismatch
    if said.plain in _MINE or (not len(said) and any(word.plain in _MINE for word in slots.said.words)):
        return MailLog("", since, until, mine=True)
    return MailLog("" if said.plain in _NOBODY else _bare(said.text), since, until)


def _split(said: Sentence, scene: SentenceContext) -> tuple[tuple[date | None, date | None] | None, Sentence]:
    """The time at the end or the beginning of words, and the words without it."""
    for size in range(len(said), 0, -1):
        for part, rest in (
            (said.part(len(said) - size), said.part(0, len(said) - size)),
            (said.part(0, size), said.part(size)),
        ):
            if (when := _time(part, scene)) is not None:
                return when, rest
    return None, said


def _time(said: Sentence, scene: SentenceContext) -> tuple[date | None, date | None] | None:
    if not len(said) or (len(said) == 1 and said.plain.isdigit()):
        return None
    if found := day(said.without(_ON), scene, "past"):
        return found, None if said.plain.startswith(("since", "seit")) else found
    stretch = period(said, scene) or period(said.without(_ON), scene)
    return (stretch.since, stretch.until) if stretch and (stretch.since or stretch.until) else None


def decide(verdict: Verdict) -> RequestBuilder:
    """ "take in the mail from billing@acme.example"."""

    def made(slots: Slots) -> DecideMail:
        who = _sender(slots, "who") if "who" in slots else ""
        about_mail = any(word.plain in _MAILS for word in slots.said.words)
        if who and not about_mail and not _ADDRESS.fullmatch(who):
            raise SlotMismatch  # "trust the new account of Acme", "block the 3.5k payment"
        return DecideMail(verdict, who=who)

    return made


def forget_sender(slots: Slots) -> ForgetSender:
    """ "forget the sender acme.example". Raises: SlotMismatch for what is no address or domain."""
    who = _sender(slots, "who")
    if not _ADDRESS.fullmatch(who):
        raise SlotMismatch
    return ForgetSender(who)


def open_intake(slots: Slots) -> OpenIntakeAddress:
    """ "make an intake address for Acme from acme.example and billing@acme.test"."""
    senders = re.split(r"[\s,;]+(?:and\s+|und\s+)?", slots.text("senders")) if "senders" in slots else []
    listed = tuple(sender.strip(".,;").lower() for sender in senders if "." in sender)
    if "senders" in slots and not listed:
        raise SlotMismatch
    return OpenIntakeAddress(slots.text("name"), listed)


def _sender(slots: Slots, name: str) -> str:
    said = slots.get(name).without(_FROM)
    if not len(said) or len(said) > MOST_WORDS:
        raise SlotMismatch
    return _bare(said.text).removeprefix("mailto:")


def _bare(text: str) -> str:
    """Without marks around it and the "s" of whose it is."""
    return _POSSESSIVE.sub("", text.strip(" \"'“”„.,;:<>?!"))


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "mail_log": mail_log,
    "mails_of": mail_log,
    "quarantine": lambda _: ShowQuarantine(),
    "take_in": decide("in"),
    "always_take_in": decide("always"),
    "refuse_mail": decide("no"),
    "senders": lambda _: ShowSenders(),
    "forget_sender": forget_sender,
    "open_intake": open_intake,
    "close_intake": lambda slots: CloseIntakeAddress(slots.text("name")),
    "outbox": lambda _: ShowOutbox(),
}
