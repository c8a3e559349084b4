"""Whether two people may be one person with two phones."""

from __future__ import annotations

from collections.abc import Iterable

from storage.look_alikes import plain_letters
from storage.models import Person, Role

_DEVICES = frozenset({
    "phone", "mobile", "cell", "iphone", "android", "tablet", "ipad", "laptop", "computer", "pc", "handy", "telefon",
    "smartphone", "rechner", "telegram", "slack", "mail", "email", "web", "chat", "whatsapp", "private", "privat",
    "home", "work", "office", "new", "neu", "old", "alt", "second", "zweit", "zweites", "test", "my", "mein", "s",
})  # fmt: skip
"""Words that say which of somebody's ways to write this is, and not who."""


def are_two(one: Person, other: Person) -> bool:
    """Whether two people count as two where it takes two.

    Not one person and themselves. Not two who are called alike ("Max" and "Max's phone"): two invitations make two
    people of one just as well; whoever is really two goes by two names. Nor one and whom they let in, for that may be
    their own second phone. Owners are taken out of that last: in a small company the owner lets everybody in and gives
    each their role, so that otherwise no owner had a second person, nor anybody the owner for one; and an owner who
    wants to cheat can give away any right without it. It matters for who let people in and is an owner no longer.
    """
    if one.id == other.id or is_called_alike(one.name, other.name):
        return False
    let_in = other.id == one.invited_by or one.id == other.invited_by
    return not let_in or Role.OWNER in (one.role, other.role)


def is_called_alike(one: str, other: str) -> bool:
    """Whether two names are one but for words such as "phone", accents, and letters that look alike."""
    return _called(one) == _called(other)


def namesake(others: Iterable[Person], name: str) -> Person | None:
    """Who of them is called so, or so alike that they may be taken for that one; None for nobody."""
    return next((one for one in others if is_called_alike(one.name, name)), None)


def told_apart(known: Iterable[Person], name: str) -> str:
    """The name, numbered where somebody has it already: "Max 2". They may still be one person with two phones."""
    taken = {plain_letters(one.name) for one in known}
    numbered = (f"{name} {n}" for n in range(2, len(taken) + 3))
    return (
        name if plain_letters(name) not in taken else next(one for one in numbered if plain_letters(one) not in taken)
    )


def unnumbered(name: str, said: str) -> str:
    """A name in small letters, without the number by which it was told apart from the one that was said."""
    plain = name.casefold()
    return said if plain.removeprefix(f"{said} ").isdecimal() else plain


def _called(name: str) -> tuple[str, ...]:
    words = "".join(c if c.isalpha() else " " for c in plain_letters(name)).split()
    return tuple(sorted(word for word in words if word not in _DEVICES)) or tuple(words)
