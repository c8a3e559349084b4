"""Small talk, and how a person likes it: language, time zone, quiet hours, the chat to write to."""

from __future__ import annotations

from handlers.requests import Greeting, Help, Here, Quiet, Speak, Thanks, Zone
from handlers.understand.text.sentence import Misfit
from handlers.understand.text.words import fold
from handlers.understand.values.slots import Maker, Slots

_LANGUAGES: dict[str, Speak] = {
    "english": Speak("en"), "englisch": Speak("en"), "in english": Speak("en"), "en": Speak("en"),
    "german": Speak("de"), "deutsch": Speak("de"), "de": Speak("de"), "deutscher sprache": Speak("de"),
    "as i write": Speak(""), "the language i write": Speak(""), "my language": Speak(""), "wie ich schreibe": Speak(""),
    "meiner sprache": Speak(""), "both": Speak(""), "beides": Speak(""), "whatever i write": Speak(""),
}  # fmt: skip
_NO_PLACES = frozenset({"a", "the", "an", "einem", "einer", "der", "dem", "meeting", "hurry"})


def speak(slots: Slots) -> Speak:
    """ "answer in German", "auf Englisch bitte"."""
    language = _LANGUAGES.get(slots.get("language").plain)
    if language is None:
        raise Misfit
    return language


def zone(slots: Slots) -> Zone:
    """ "my time zone is Europe/Lisbon", "I live in New York"."""
    said = slots.get("zone")
    if len(said) > 3 or fold(said.words[0].plain) in _NO_PLACES:
        raise Misfit
    return Zone(slots.text("zone"))


def quiet(slots: Slots) -> Quiet:
    """ "quiet from 8 pm to 8 am"."""
    return Quiet(slots.hour("start"), slots.hour("end"))


MAKERS: dict[str, Maker] = {
    "help": lambda _: Help(),
    "greeting": lambda _: Greeting(),
    "thanks": lambda _: Thanks(),
    "here": lambda _: Here(),
    "speak": speak,
    "zone": zone,
    "quiet": quiet,
}
