"""Keeping the books, reminders and settings, of the values in a sentence; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from handlers.requests import (
    AllowSelfApproval,
    AssignRole,
    ClosePeriod,
    Digest,
    Export,
    Reconcile,
    Remind,
    Reminders,
    RequireApproval,
    SetLanguage,
    SetOpeningBalance,
    SetQuietHours,
    SetReminderDays,
    SnoozeBill,
)
from handlers.requests.roles import Role
from handlers.understand.assembly.material import Material
from handlers.understand.readers.books import Format
from handlers.understand.text.sentence import NeedsClarification, SlotMismatch, sentence
from handlers.understand.values.dates import NUMBERS, weekday_number
from handlers.understand.values.names import is_usual
from handlers.understand.values.slots import after_noon, hour_of
from handlers.wording import clarifying_questions
from handlers.wording.books import books_questions

_OFF = (
    "off", "stop", "no", "disable", "aus", "keine", "kein", "nicht", "stopp", "abschalten", "ausschalten",
    "deaktivier*", "mute", "cancel", "without", "abbestellen", "ab", "unsubscribe",
)  # fmt: skip
_ON = ("on", "enable", "an", "ein", "wieder", "einschalten", "anschalten", "aktivier*", "start", "turn")
_HOUR = re.compile(
    r"\b(?:(?:at|um|gegen|ab) )?(\d{1,2}(?: \d{2})?(?: ?(?:am|pm|uhr|h)))\b"
    r"|\b(?:at|um|gegen|ab) (\d{1,2}(?: \d{2})?|noon|midday|mittag)\b"
)


def open_(material: Material) -> SetOpeningBalance:
    """An opening balance. Raises: SlotMismatch without an amount."""
    on, amount = material.day(), material.amount()
    if amount is None:
        raise SlotMismatch
    return SetOpeningBalance(amount.value, material.account() or "bank", on, amount.currency)


def close(material: Material) -> ClosePeriod:
    """The books are closed until a day. Raises: SlotMismatch without one."""
    until = material.day()
    if until is None:
        raise SlotMismatch
    if until >= material.scene.today:
        raise NeedsClarification(books_questions.close_in_future(until))
    return ClosePeriod(until)


def export(material: Material) -> Export:
    """The books of a period as files; the last month where none was said is asked. Raises: SlotMismatch."""
    when = material.when()
    if when is None or when.since is None:
        raise SlotMismatch
    format_: Format = next((one for word, one in _FORMATS.items() if material.has(word)), "all")
    return Export(when.since, when.until or material.scene.today, format_, when.label)


_FORMATS: Mapping[str, Format] = {
    "excel": "xlsx", "xlsx": "xlsx", "spreadsheet": "xlsx", "csv": "csv", "zip": "zip", "hledger": "hledger",
    "beancount": "beancount", "datev": "datev",
}  # fmt: skip


def require(material: Material) -> RequireApproval:
    """A rule for approvals. Raises: SlotMismatch without an amount."""
    amount, steps = material.amount(), material.number()
    if amount is None:
        raise SlotMismatch
    told = next((NUMBERS[word] for word in material.words if NUMBERS.get(word, 0) > 1), 1)
    told = 2 if material.has("both", "four", "vier", "beide", "second", "zweite", "zweiten") else told
    return RequireApproval(amount.value, steps or told, material.category(), currency=amount.currency)


def own_approval(material: Material) -> AllowSelfApproval:
    """Whether people may approve their own bills."""
    return AllowSelfApproval(not material.has(*_FORBIDS))


_FORBIDS = (
    "not", "nicht", "no", "never", "nobody", "niemand", "keiner", "forbid", "verbiet*", "disallow", "cannot", "nie",
    "kein",
)  # fmt: skip


def appoint(material: Material) -> AssignRole:
    """Somebody gets a role. Raises: SlotMismatch where nobody, or no role, is named."""
    person = material.person()
    role = next((one for one, words in _ROLES.items() if material.has(*words)), None)
    if person is None or role is None:
        raise SlotMismatch
    return AssignRole(person, role)


_ROLES: Mapping[Role, tuple[str, ...]] = {
    "accountant": ("accountant*", "bookkeeper*", "buchhalter*"),
    "auditor": ("auditor*", "prufer*", "betriebsprufer*", "wirtschaftsprufer*"),
    "approver": ("approver*", "freigeber*", "genehmiger*", "approve"),
    "owner": ("owner*", "inhaber*", "boss", "chef*"),
    "member": ("member*", "mitglied*", "mitarbeiter*", "normal*"),
}


def remind(material: Material) -> Remind:
    """A reminder on a day. Raises: NeedsClarification without one, or for a day that is over."""
    on, today = material.day(), material.scene.today
    whom = material.peek("person")
    if whom and material.before(whom) in _REMINDING:
        raise SlotMismatch  # each is reminded by their own wish
    if on is None or material.has("before", "vor", "vorher"):  # "a week before it is due"
        raise NeedsClarification(
            clarifying_questions.remind_when(), *clarifying_questions.remind_suggestions(material.said.text)
        )
    if on < today:
        raise NeedsClarification(clarifying_questions.remind_in_past(on))
    undated = _undated(material)
    if odd := _NOT_ON_THE_HOUR.search(undated):
        raise NeedsClarification(clarifying_questions.which_hour(odd[0]))
    said = _HOUR.search(undated)
    hour = after_noon(hour_of(said[1] or said[2]), material.said) if said else None
    task = _to_do(material) if material.has(*_DOING) else _task(material)
    if task:
        return Remind(on, hour, text=task)
    return Remind(on, hour, material.hint())


def _undated(material: Material) -> str:
    """The words without those of a day: the 14 of "19.6. 14 Uhr" is the hour."""
    dated = material.places("day", "period")
    return " ".join(word.plain for n, word in enumerate(material.said.words) if n not in dated)


_NOT_ON_THE_HOUR = re.compile(
    r"\b(?:half past|quarter past|quarter to|viertel vor|viertel nach|dreiviertel|half|halb)"
    r" (?:[a-z]+|\d{1,2})\b|\b\d{1,2}[:. ](?:15|30|45)(?: uhr| ?[ap]m)?\b"
)


_REMINDING = frozenset({"remind", "erinner", "erinnere", "erinnern", "nudge", "ping", "tell"})


def _task(material: Material) -> str:
    """What is to be done besides paying: "scan the receipts" of "remind me on Friday to scan the receipts"; "" for
    nothing."""
    said, tagged = material.said, material.places()
    begins = [
        n + 1
        for n, word in enumerate(said.words[:-1])
        if word.plain in _THEREOF
        or (word.plain == "to" and n + 1 not in tagged and said.words[n + 1].plain not in _NO_TASK)
    ]
    if not begins or _PAYING.intersection(material.words):
        return ""
    timed = material.places("day", "period")
    words = [said.text_of(word) for n, word in enumerate(said.words) if n >= begins[0] and n not in timed]
    material.drop("party", "bill", "person", "account", "category", "amount", "number")
    return " ".join(words)


_THEREOF = frozenset({"daran", "dran"})
_PAYING = frozenset({
    "pay", "transfer", "settle", "zahlen", "bezahlen", "uberweisen", "begleichen", "zahle", "bezahle", "uberweise",
    "zahlung", "payment", "due", "fallig",
})  # fmt: skip
_NO_TASK = frozenset({"the", "our", "that", "this", "me", "us", "it", "a", "die", "der", "das", "den", "dem"})


def _to_do(material: Material) -> str:
    """What is to be done, in the person's words: "call Initech" of "on Friday call Initech, remind me"."""
    timed, named = material.places("day", "period"), material.places("party", "bill", "person")
    said = material.said
    places = [n for n, word in enumerate(said.words) if n in named or word.plain in _DOING]
    if not named and places[0] + 1 < len(said):  # "call the bank"
        places.append(len(said) - 1)
    material.drop("party", "bill", "person")
    return " ".join(said.text_of(said.words[n]) for n in range(places[0], places[-1] + 1) if n not in timed)


_DOING = (
    "call", "ring", "phone", "ask", "asking", "mail", "email", "write", "contact", "chase", "chasing", "talk", "speak",
    "dispute", "cancel", "renew", "complain", "nag", "anrufen", "anzurufen", "nachfragen", "nachzufragen",
    "nachhaken", "nachzuhaken", "fragen", "schreiben", "kontaktieren", "mahnen", "sprechen", "reden", "reklamieren",
    "kundigen", "anschreiben", "telefonieren",
)  # fmt: skip
"""What a person does with somebody, beside paying a bill: of that the bill reminds."""


def snooze(material: Material) -> SnoozeBill:
    """No reminder of a bill before a day."""
    day = material.day()
    if day is None and not material.has(*_OFF, *_FOR_GOOD):
        raise SlotMismatch
    return SnoozeBill(day, material.hint())


_FOR_GOOD = ("never", "forever", "more", "mehr", "nie", "quit", "silence", "leave", "forget", "vergiss", "ruhe", "mute")


def reminders(material: Material) -> Reminders | SetReminderDays:
    """Reminders on or off, so many days before or after a bill is due, or what is set."""
    if found := _DAYS_AROUND.search(material.said.plain):
        counts = [int(one) if one.isdigit() else NUMBERS.get(one, 0) for one in _COUNTED.findall(found["counts"])]
        material.drop("period", "day", "number", "amount", "lateness")
        if not all(0 < count <= MOST_DAYS for count in counts):
            raise SlotMismatch
        days = tuple(count * (7 if found["unit"].startswith("w") else 1) for count in counts)
        return SetReminderDays(after=days) if found["side"] in ("after", "nach") else SetReminderDays(before=days)
    return Reminders(False if material.has(*_OFF) else True if material.has(*_ON) else None)


MOST_DAYS = 60
_DAYS_AROUND = re.compile(
    r"(?P<counts>(?:(?:\d{1,2}|[a-z]+)(?: days?| tage?n?)? (?:and|und|&|\+|or|oder) )*(?:\d{1,2}|[a-z]+))"
    r" (?P<unit>days?|tage?n?|weeks?|wochen?) (?P<side>before|after|ahead|prior|vor|nach|vorher)"
)
_COUNTED = re.compile(r"\d{1,2}|\b(?!(?:and|und|or|oder|days?|tage?n?)\b)[a-z]+")


def digest(material: Material) -> Digest:
    """The weekly digest: off, now, or on another day."""
    day = material.take("day")
    named = next((n for word in material.words if (n := weekday_number(word.removesuffix("s"))) is not None), None)
    said = _HOUR.search(material.said.plain)
    hour = hour_of(said[1] or said[2]) if said else None
    if said:
        material.drop("amount", "number")
    if isinstance(day.value if day else None, date):
        return Digest(weekday=day.value.weekday(), hour=hour)  # type: ignore[union-attr]
    if named is not None:  # "montags"
        material.words = tuple(word for word in material.words if weekday_number(word.removesuffix("s")) is None)
        return Digest(weekday=named, hour=hour)
    if material.has(*_OFF):
        return Digest(on=False)
    return Digest(now=material.has("now", "jetzt", "show", "zeig", "zeige", "send", "schick", "gib", "give"))


def quiet(material: Material) -> SetQuietHours:
    """Quiet hours. Raises: SlotMismatch where they are not two hours of the day."""
    raw = material.said.raw.lower()
    found = _AFTER_BEFORE.search(raw) or _FROM_TO.search(raw)
    if found is None:
        raise SlotMismatch
    material.drop("amount", "number", "day", "period")
    start, end = hour_of("".join(filter(None, found.group(1, 2)))), hour_of("".join(filter(None, found.group(3, 4))))
    if start is None or end is None:
        raise SlotMismatch
    return SetQuietHours(start, end)


_AN_HOUR = r"(\d{1,2})(?:[:.]00)? ?(?:uhr|h|o'clock|(am|pm))?"
_AFTER_BEFORE = re.compile(rf"(?:after|past|nach) {_AN_HOUR}.{{1,30}}?(?:before|vor) {_AN_HOUR}")
_FROM_TO = re.compile(rf"{_AN_HOUR} ?(?:-|–|to|bis|and|und|until|till) ?(?:um )?{_AN_HOUR}")


def language(material: Material) -> SetLanguage:
    """The language to talk in. Raises: SlotMismatch for others than English and German."""
    english, german = material.has("english", "englisch"), material.has("german", "deutsch")
    if english == german:
        raise SlotMismatch
    return SetLanguage("en" if english else "de")


def reconcile(material: Material) -> Reconcile:
    """The bank's balance beside the ledger's."""
    tag = material.peek("account")
    account = material.account()
    if tag and is_usual(sentence(material.text(tag))) and account not in material.scene.names.accounts.values():
        account = None  # "the bank": whichever there is
    return Reconcile(account)


BUILDERS: Mapping[str, Callable[[Material], object]] = {
    "open": open_,
    "close": close,
    "export": export,
    "require": require,
    "own_approval": own_approval,
    "appoint": appoint,
    "remind": remind,
    "snooze": snooze,
    "reminders": reminders,
    "digest": digest,
    "quiet": quiet,
    "language": language,
    "reconcile": reconcile,
}
