"""What a person names in words of their own: accounts, categories, people, places; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

from handlers.requests import AddAccount, Invite, RenameAccount, SetTimeZone
from handlers.understand.assembly.material import Material
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.text.words import fold

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAME = r"[\"“„']?(?P<name>[^\s\"”“',.;:!?]+(?: [A-ZÄÖÜ][^\s\"”“',.;:!?]*)*)[\"”“']?"
_NEW_ACCOUNT = re.compile(
    rf"\b(?:with|at|called|named|bei|bei der|namens|mit namen)\s+(?:the\s+|der\s+)?{_NAME}", re.IGNORECASE
)
_NEW_NAME = re.compile(
    r"\b(?:be called|is called|now called|rename\w* .+ (?:to|into)|call\w* .+ (?:to|as)|heißt|heisst|in|nennen wir"
    rf"|heißen)\s+{_NAME}",
    re.IGNORECASE,
)


def add_account(material: Material) -> AddAccount:
    """A further bank or cash account with the name after "with", "at", "called". Raises: SlotMismatch without one."""
    found = _NEW_ACCOUNT.search(material.said.raw)
    kind = "cash" if material.has("cash", "till", "kasse", "barkasse") else "bank"
    if found is None or material.has("category", "kategorie"):
        raise SlotMismatch
    _taken(material, found["name"])
    material.drop("account")
    return AddAccount(found["name"], "cash" if kind == "cash" else "bank")


def rename(material: Material) -> RenameAccount:
    """An account or category gets the name after "called", "to". Raises: SlotMismatch where one is missing."""
    found = _NEW_NAME.search(material.said.raw)
    code = material.account() or material.category()
    if found is None or code is None:
        raise SlotMismatch
    _taken(material, found["name"])
    return RenameAccount(code, found["name"])


def invite(material: Material) -> Invite:
    """Whoever is named by a mail address. Raises: SlotMismatch without one, or for several."""
    found = set(_MAIL.findall(material.said.raw))
    if len(found) != 1:
        raise SlotMismatch
    return Invite(found.pop().rstrip("."))


def zone(material: Material) -> SetTimeZone:
    """The time of a city. Raises: SlotMismatch where no city that has a time zone is named, or several are."""
    words = [fold(material.said.text_of(word)) for word in material.said.words]
    found = {_cities()[word] for word in (*words, *map("_".join, pairwise(words))) if word in _cities()}
    if len(found) != 1:
        raise SlotMismatch
    city = found.pop()
    _taken(material, city.rpartition("/")[2].replace("_", " "))
    return SetTimeZone(city)


@cache
def _cities() -> dict[str, str]:
    """The cities of the time zone database, folded, with their zone."""
    named = {fold(name.rpartition("/")[2]): name for name in sorted(available_timezones()) if "/" in name}
    also = {
        "lissabon": "lisbon",
        "wien": "vienna",
        "mailand": "rome",
        "rom": "rome",
        "zurich": "zurich",
        "prag": "prague",
    }
    return named | {spoken: named[city] for spoken, city in also.items() if city in named}


def _taken(material: Material, name: str) -> None:
    """The words of a name are accounted for."""
    words = set(fold(name).split())
    material.words = tuple(word for word in material.words if word not in words)


BUILDERS: Mapping[str, Callable[[Material], object]] = {
    "add_account": add_account,
    "rename": rename,
    "invite": invite,
    "zone": zone,
}
