"""Whether two people may be one person with two phones."""

from __future__ import annotations

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
    """Whether two names are one but for words such as "phone"."""
    return _called(one) == _called(other)


def _called(name: str) -> tuple[str, ...]:
    words = "".join(c if c.isalpha() else " " for c in name.casefold()).split()
    return tuple(sorted(word for word in words if word not in _DEVICES)) or tuple(words)
