"""Names of vendors and people for large books: made up, no two alike, as names differ: by their first word mostly."""

from __future__ import annotations

_BEGUN = (
    "Al", "Ber", "Cor", "Dan", "El", "Fri", "Gar", "Han", "Is", "Jan", "Kra", "Lin", "Mar", "Nor", "Ost", "Pel", "Quin",
    "Rot", "Stei", "Tor", "Ul", "Vor", "Wes", "Zim",
)  # fmt: skip
_MIDDLE = (
    "ba", "den", "ger", "hol", "lun", "man", "ner", "rau", "sen", "tal", "wig", "zer", "bo", "fi", "ka", "mo", "pu",
    "ri", "su", "ve",
)  # fmt: skip
_ENDED = ("berg", "feld", "stein", "hof", "brink", "dorf", "kamp", "wald")
_TRADES = ("Metallbau", "Druck", "Logistik", "Elektrotechnik", "Tools", "Verlag")
_FORMS = ("GmbH", "AG", "KG", "Ltd", "e.K.")
_FIRST = ("Anna", "Ben", "Carla", "Deniz", "Emil", "Fatma", "Greta", "Hugo", "Ines", "Jonas", "Kim", "Lea")


def vendor_name(n: int) -> str:
    """The n-th vendor's name; 23,040 differ."""
    return f"{_surname(n)} {_TRADES[n // 3840 % len(_TRADES)]} {_FORMS[n % len(_FORMS)]}"


def person_name(n: int) -> str:
    """The n-th colleague's name."""
    return f"{_FIRST[n % len(_FIRST)]} {_surname(n * 7 + 3)}er"


def mistyped(name: str) -> str:
    """The first word of a name with two of its letters swapped."""
    word = name.split()[0]
    at = len(word) // 2
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _surname(n: int) -> str:
    begun, middle, ended = n % 24, n // 24 % 20, n // 480 % 8
    return _BEGUN[begun] + _MIDDLE[middle] + _ENDED[ended]
