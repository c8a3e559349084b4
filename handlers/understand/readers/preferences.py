"""Small talk, and how a person likes it: language, time zone, quiet hours, the chat to write to."""

from __future__ import annotations

from handlers.requests import Greeting, Help, SendNoticesHere, SetLanguage, SetQuietHours, SetTimeZone, Thanks
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.text.words import fold
from handlers.understand.values.slots import RequestBuilder, Slots

_AS_I_WRITE = (
    "as i write", "the language i write", "my language", "wie ich schreibe", "meiner sprache", "both", "beides",
    "whatever i write",
)  # fmt: skip
_LANGUAGES: dict[str, SetLanguage] = {
    **dict.fromkeys(("english", "englisch", "in english", "en"), SetLanguage("en")),
    **dict.fromkeys(("german", "deutsch", "de", "deutscher sprache"), SetLanguage("de")),
    **dict.fromkeys(_AS_I_WRITE, SetLanguage("")),
}
_NO_PLACES = frozenset({"a", "the", "an", "einem", "einer", "der", "dem", "meeting", "hurry"})


def speak(slots: Slots) -> SetLanguage:
    """ "answer in German", "auf Englisch bitte"."""
    language = _LANGUAGES.get(slots.get("language").plain)
    if language is None:
        raise SlotMismatch
    return language


def zone(slots: Slots) -> SetTimeZone:
    """ "my time zone is Europe/Lisbon", "I live in New York"."""
    said = slots.get("zone")
    if len(said) > 3 or fold(said.words[0].plain) in _NO_PLACES:
        raise SlotMismatch
    return SetTimeZone(slots.text("zone"))


def quiet(slots: Slots) -> SetQuietHours:
    """ "quiet from 8 pm to 8 am"."""
    return SetQuietHours(slots.hour("start"), slots.hour("end"))


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "help": lambda _: Help(),
    "greeting": lambda _: Greeting(),
    "thanks": lambda _: Thanks(),
    "here": lambda _: SendNoticesHere(),
    "speak": speak,
    "zone": zone,
    "quiet": quiet,
}
