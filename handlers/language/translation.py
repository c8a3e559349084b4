"""In which language a reply is worded: English stands in the code, other languages in `locale/<language>.po` (gettext).

Words are looked up when they are said, in the language of the message that is being served: whoever serves one opens
`speaking`, and everything below says `say("… {amount}", amount=…)`. Formats (`handlers.language.formats`) follow
the same locale.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

Language = Literal["en", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES: dict[Language, str] = {"en": "en_GB", "de": "de_DE"}
"""British English: its "US$" and "2 Apr 2025" are plain to everybody."""

_spoken: ContextVar[Language] = ContextVar("language", default="en")


def known_language(code: object) -> Language | None:
    """The language of a code such as "de" (ISO 639-1) if it is one that Billify speaks, else None."""
    return next((language for language in LANGUAGES if language == code), None)


def language_of_app(tag: str) -> Language | None:
    """The language of a tag such as "de-AT" (IETF BCP 47) if it is one that Billify speaks, else None."""
    return known_language(tag.partition("-")[0].casefold())


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Within it, all is said in this language."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> Language:
    """The language that is spoken now."""
    return _spoken.get()


def locale() -> str:
    """The locale that goes with it, such as "de_DE"."""
    return LOCALES[_spoken.get()]


def sayable(text: str) -> str:
    """The text itself, marked for translation: for tables, whose texts are said later."""
    return text


def say(text: str, /, **values: object) -> str:
    """The text in the language spoken, its `{names}` filled in; in English where nobody translated it."""
    message = _catalog(_spoken.get()).get(text)
    said = message.string if message and message.string else text
    return str(said).format(**values) if values else str(said)


def say_count(one: str, many: str, number: int, /, **values: object) -> str:
    """The form for that many, `{n}` being the number: say_count("{n} bill", "{n} bills", 3)."""
    message = _catalog(_spoken.get()).get(one)
    forms = message.string if message and isinstance(message.string, (tuple, list)) and all(message.string) else None
    return (forms or (one, many))[number != 1].format(n=number, **values)


@cache
def _catalog(spoken: Language) -> Catalog:
    """The translations into a language; none into English."""
    if spoken == "en":
        return Catalog()
    with files("handlers").joinpath("locale", f"{spoken}.po").open("rb") as file:
        return read_po(file, locale=spoken)
