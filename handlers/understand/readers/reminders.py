"""Being reminded: "remind me on Friday at 9 about the Acme bill", "snooze it until Monday", "digest on Mondays"."""

from __future__ import annotations

from datetime import date

from handlers.requests import Digest, Remind, Reminders, SetReminderDays, SnoozeBill
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.dates import day, weekday_number
from handlers.understand.values.periods import period
from handlers.understand.values.slots import RequestBuilder, Slots, after_noon, hour_of
from handlers.wording import clarifying_questions

_OF = r"(?:about|of|for|regarding|to pay|on|an|wegen|fur|zu) (?:the |our |die |der |das )?"
_ABOUT_BILL = (
    rf"{_OF}(?P<bill>.+?) (?:bill|invoice|payment|rechnung|due date)",
    rf"{_OF}(?:bill|invoice|rechnung) (?:from|of|by|von|der|vom) (?P<bill>.+)",
    r"(?:to pay|an die|uber) (?P<bill>\S+(?: \S+){0,2}?)(?: rechnung)?(?: zu zahlen| zu bezahlen)?",
    r"(?:about|of|for|an|wegen) (?P<bill>\S+(?: \S+){0,2})",
)
_ABOUT_IT = frozenset({
    "", "about it", "of it", "about this", "about that", "about this bill", "about the bill", "of this bill", "again",
    "to pay it", "to pay this",
    "to pay", "it", "about the invoice", "to pay the bill", "daran", "an sie", "an die rechnung", "an diese rechnung",
    "nochmal", "sie zu bezahlen", "wieder",
})  # fmt: skip
_FREE = ("that", "to", "about", "dass", "daran", "an den", "an die", "an das", "an", "of", ":")
_ON = ("on", "by", "at", "am", "um", "zum", "den")
_WEEKLY = ("on", "every", "each", "at", "am", "immer", "jeden", "um", "auf", "to", "weekly", "woche", "always")


def remind(slots: Slots) -> Remind:
    """When, and of which bill or of what in the person's own words, in whatever order.

    Raises: Puzzled when the day is missing or over.
    """
    said, scene = slots.get("what"), slots.scene
    on, hour, rest = _when(said, scene)
    if on is None:
        if hour is None:
            raise NeedsClarification(
                clarifying_questions.remind_when(), *clarifying_questions.remind_suggestions(slots.said.text)
            )
        on = scene.today
    if on < scene.today:
        raise NeedsClarification(clarifying_questions.remind_in_past(on))
    if rest.plain in _ABOUT_IT:
        return Remind(on, hour)
    if about := rest.first_match(_ABOUT_BILL):
        hint = about["bill"]
        if (
            names.vendors(hint, scene)
            or any(sign.isdigit() for sign in hint.text)
            or rest.plain.endswith((" bill", " invoice", " rechnung"))
        ):
            return Remind(on, hour, bill_hint=hint.text)
    if rest.words[0].plain in ("before", "after", "vor", "nach", "bevor"):  # "a week before Acme is due"
        raise NeedsClarification(
            clarifying_questions.remind_when(), *clarifying_questions.remind_suggestions("remind me")
        )
    return Remind(on, hour, text=rest.without(_FREE).text.strip(" .,:;"))


def _when(said: Sentence, scene: SentenceContext) -> tuple[date | None, int | None, Sentence]:
    """The day and hour that stand at the beginning or end of the words, and the words without them."""
    on: date | None = None
    hour: int | None = None
    whole = said
    while len(said):
        for size in range(min(len(said), 7), 0, -1):
            for part, rest in (
                (said.part(0, size), said.part(size)),
                (said.part(len(said) - size), said.part(0, len(said) - size)),
            ):
                if on is None and (on := _day(part, scene)) is not None:
                    said = rest
                    break
                if hour is None and _is_hour(part) and (hour := hour_of(part.plain)) is not None:
                    said = rest
                    break
            else:
                continue
            break
        else:
            break
    return on, after_noon(hour, whole), said


def _is_hour(said: Sentence) -> bool:
    """Digits alone are an hour only after "at", or with what tells it."""
    return len(said) > 1 or not said.plain.isdigit()


def _day(said: Sentence, scene: SentenceContext) -> date | None:
    if len(said) == 1 and (said.plain.isdigit() or said.plain in ("now", "an")):
        return None
    when = period(said, scene) if said.plain.startswith(("next ", "nachste")) else None
    return when.since if when else day(said.without(_ON), scene)


def snooze(slots: Slots) -> SnoozeBill:
    """Raises: Puzzled when no day is said."""
    if "until" not in slots:
        raise NeedsClarification(clarifying_questions.snooze_until(), *clarifying_questions.snooze_suggestions())
    said = slots.get("until")
    found = day(said.without(_ON), slots.scene) or day(_counted(said), slots.scene)
    if found is None:
        when = period(said, slots.scene)
        found = when.since if when and when.since and when.since > slots.scene.today else None
    if found is None:
        raise SlotMismatch
    if found <= slots.scene.today:
        raise NeedsClarification(clarifying_questions.remind_in_past(found))
    return SnoozeBill(found, slots.bill())


def _counted(said: Sentence) -> Sentence:
    """ "for a week" is as long as "in a week"."""
    return said.without(("for", "fur", "um", "another", "noch"))


def stop_reminding(slots: Slots) -> SnoozeBill:
    """ "stop reminding me about Acme"."""
    return SnoozeBill(None, slots.bill())


def remind_before(slots: Slots) -> SetReminderDays:
    """ "remind me 14, 7 and 1 days before"."""
    return SetReminderDays(before=_days(slots))


def remind_after(slots: Slots) -> SetReminderDays:
    """ "remind me 2 days after the due date"."""
    return SetReminderDays(after=_days(slots))


def _days(slots: Slots) -> tuple[int, ...]:
    weeks = any(word.plain in ("week", "weeks", "woche", "wochen") for word in slots.said.words)
    return tuple(sorted({days * (7 if weeks else 1) for days in slots.numbers("days")}, reverse=True))


def digest_when(slots: Slots) -> Digest:
    """ "digest on Mondays at 8"."""
    weekday: int | None = None
    hour: int | None = None
    for word_at, part in _weekly(slots.get("when")):
        if (number := weekday_number(word_at.removesuffix("s"))) is not None or (
            number := weekday_number(word_at)
        ) is not None:
            weekday = number
        elif (found := hour_of(part)) is not None:
            hour = found
        else:
            raise SlotMismatch
    return Digest(weekday=weekday, hour=hour)


def _weekly(said: Sentence) -> list[tuple[str, str]]:
    """A weekday and the rest, each as (first word, all words)."""
    kept = [word.plain for word in said.words if word.plain not in _WEEKLY]
    days = [
        word for word in kept if weekday_number(word.removesuffix("s")) is not None or weekday_number(word) is not None
    ]
    rest = " ".join(word for word in kept if word not in days)
    return [(word, word) for word in days] + ([(rest, rest)] if rest else [])


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "stop_reminding": stop_reminding,
    "reminders_off": lambda _: Reminders(on=False),
    "reminders_on": lambda _: Reminders(on=True),
    "reminders": lambda _: Reminders(),
    "remind_before": remind_before,
    "remind_after": remind_after,
    "snooze": snooze,
    "remind": remind,
    "digest_now": lambda _: Digest(now=True),
    "digest_off": lambda _: Digest(on=False),
    "digest_when": digest_when,
}
