"""Things to do that carry a value: invite, hand in a code, confirm another bill, send the original back."""

from __future__ import annotations

from contextlib import suppress

from handlers.requests import Confirm, Invite, LinkAddress, Redeem, ShowOriginal
from handlers.requests.roles import Role
from handlers.understand.readers.approval_rules import read_role
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import VOCABULARY
from handlers.wording import clarifying_questions

_NOBODY = frozenset({"invite", "invitation", "invite somebody", "invite someone", "einladen", "einladung"})
_INVITE = (
    r"(?:invite|lade|let in|onboard) (?:(?:my |our |the )?(?:colleague|new|member|person|user) )?"
    r"(?P<who>.+?)(?: ein)?(?: to (?:billify|the team|this chat))?",
    r"(?P<who>.+) einladen",
    r"add (?P<who>\S+@\S+)",
    r"(?:send |make |create )?(?:an )?(?:invitation|invite) (?:code )?(?:for|to) (?P<who>.+)",
)
_OTHER = r"(?:other|second|another|new|private|work|further|andere|zweite|weitere|neue|private|dienstliche)"
_ADDRESS = r"(?:(?:e-?mail|mail)[ -]?)?(?:address|adresse|mailadresse|emailadresse|mail|email)"
_IS = r"(?:is|ist|lautet|:) (?P<address>[^\s@]+@[^\s@]+)"
_LINK = (
    rf"(?:my|meine) {_OTHER} {_ADDRESS} {_IS}",
    rf"(?P<person>.+?)(?:'s|s)? {_OTHER} {_ADDRESS} {_IS}",
    r"i (?:also|sometimes) (?:write|mail|send) (?:to you )?from (?P<address>[^\s@]+@[^\s@]+)",
    r"ich schreibe (?:dir )?auch von (?P<address>[^\s@]+@[^\s@]+)",
    r"(?P<address>[^\s@]+@[^\s@]+) (?:is|ist) (?:also|auch) (?:me|mine|my address|ich|von mir|meine adresse)",
)
_CODE = r"(?P<code>\S+(?: \S+){0,3})"
_REDEEM = (
    rf"(?:start|join|redeem|enter|code|invitation|einladung|einladungscode) (?:is |with |code |lautet )*{_CODE}",
    r"(?:(?:i have|here is|this is|ich habe) )?(?:(?:my|the|an|einen|mein|der|invitation|invite) ?)+code "
    rf"(?:is |ist |lautet )?{_CODE}",
)
_BILL = r"(?:bill|invoice|rechnung)"
_CONFIRM = (
    rf"(?:confirm|approve|bestatige) (?:the |die )?{_BILL} (?:from|von) (?P<hint>.+)",
    rf"(?:confirm|approve|book|bestatige) (?:the |die )?(?P<hint>.+?)(?: {_BILL})?",
)
_DOCUMENT = (
    r"(?:original (?:invoice|document|bill|file)|original|scan|photo|picture|document|pdf|file|image|attachment|"
    r"invoice|bill|rechnung|originalrechnung|dokument|beleg|foto)"
)
_SHOW = (
    r"(?:show|send|give|get|open|see|display|zeige?|schicke?|gib)(?: me| us| mir| uns)?(?: again)? "
    rf"(?:the |that |this |its |die |das |den )?(?P<whose>.+? )?{_DOCUMENT}(?: (?:of|from|by|for|von) (?P<of>.+))?",
    rf"(?:the )?original(?: {_DOCUMENT})?",
    rf"where is the {_DOCUMENT}",
)
_IT = frozenset({"it", "one", "again", "please", "nochmal", "noch", "mal", "bitte", "dazu", "davon"})
MOST_NAME_WORDS = 5
"""A longer name is a sentence about something else."""


def invite(said: Sentence, scene: SentenceContext) -> Invite | None:
    """ "invite anna@example.com", "Anna einladen". Raises: Puzzled where nobody is named."""
    if said.plain in _NOBODY:
        raise NeedsClarification(clarifying_questions.invite_whom())
    found = said.first_match(_INVITE)
    if found and found["who"].text.count("@") > 1:
        raise NeedsClarification(clarifying_questions.invite_one_by_one())
    if not found:
        return None
    who, role = _with_role(found["who"])
    return Invite(who.text, role) if len(who) <= MOST_NAME_WORDS else None


def _with_role(who: Sentence) -> tuple[Sentence, Role]:
    """ "Ben as an approver", „Ben als Buchhalter“: the name and the role, without which somebody is a member."""
    places = [n for n, word in enumerate(who.words) if n and word.plain in ("as", "als")]
    if places:
        with suppress(SlotMismatch):
            return who.part(0, places[-1]), read_role(who.part(places[-1] + 1))
    return who, "member"


def link_address(said: Sentence, scene: SentenceContext) -> LinkAddress | None:
    """ "my other address is anna@home.example", "Anna's other address is …", „ich schreibe auch von …“."""
    found = said.first_match(_LINK)
    if found is None:
        return None
    person = found["person"].text.rstrip("'’") if found.get("person") else ""
    return LinkAddress(found["address"].text.strip(" .,;!<>"), person)


def redeem(said: Sentence, scene: SentenceContext) -> Redeem | None:
    """ "join 7K2M-…", "my code is …", or what a link of ours says ("/start …")."""
    found = said.first_match(_REDEEM)
    return Redeem(found["code"].text) if found else None


def confirm(said: Sentence, scene: SentenceContext) -> Confirm | None:
    """ "confirm the Acme bill": maybe of another bill than the one in focus."""
    found = said.first_match(_CONFIRM)
    return Confirm(found["hint"].text) if found and _is_name(found["hint"]) else None


def show(said: Sentence, scene: SentenceContext) -> ShowOriginal | None:
    """ "show me the invoice" is the original; of another bill where one is named."""
    found = said.first_match(_SHOW)
    if found is None:
        return None
    whose, of = found.get("whose"), found.get("of")
    named = (whose or of or said.part(0, 0)).without(("the", "die", "that", "this"))
    if (whose and of) or (named and not _is_name(named) and not _IT.issuperset(word.plain for word in named.words)):
        return None  # more than a name: "the hotel bill from May"
    return ShowOriginal(named.text if named and _is_name(named) else None)


def _is_name(said: Sentence) -> bool:
    """Short, and not of the grammar's own words alone ("confirm and mark as paid")."""
    return len(said) <= MOST_NAME_WORDS and any(word.plain not in VOCABULARY for word in said.words)
