"""Who is here, on which channels, what they are called, and what is allowed where several read."""

from __future__ import annotations

from handlers.requests import AllowInRoom, LinkChannel, MergePeople, RenamePerson, UnlinkChannel, WhoIsHere
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values import names
from handlers.understand.values.slots import RequestBuilder, Slots

_CHANNELS = {
    "telegram": "telegram", "slack": "slack", "mail": "mail", "email": "mail", "e-mail": "mail", "e mail": "mail",
    "web": "web", "web chat": "web", "webchat": "web", "browser": "web",
}  # fmt: skip
_ANY = frozenset({"account", "channel", "another channel", "other channel", "another account", "kanal", "konto"})
_MOST_NAME = 5


def link(slots: Slots) -> LinkChannel:
    """ "link my Telegram", "connect Slack"."""
    said = slots.get("channel").plain
    if said in _ANY:
        return LinkChannel()
    return LinkChannel(_channel(said))


def _channel(said: str) -> str:
    if said not in _CHANNELS:
        raise SlotMismatch
    return _CHANNELS[said]


def _name(slots: Slots, slot: str) -> str:
    said = slots.get(slot)
    if len(said) > _MOST_NAME or any(sign in "?=:;" for sign in said.text):
        raise SlotMismatch
    return slots.text(slot)


def _colleague(slots: Slots, slot: str) -> str:
    """A colleague by name, or by the number in the list of who is here. Raises: SlotMismatch for anybody else."""
    said = slots.get(slot)
    if said.plain.isdecimal() and len(said.plain) < 4:
        return said.plain
    name = names.person(said, slots.scene)
    if name is None and said.plain not in {one.casefold() for one in slots.scene.names.people}:
        raise SlotMismatch
    return name or slots.text(slot)


def merge(slots: Slots) -> MergePeople:
    """ "merge Olga Phone into Olga", "Max and Max M. are the same person", "merge 2 into 1"."""
    return MergePeople(_colleague(slots, "name"), _colleague(slots, "into"))


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "who_is_here": lambda _: WhoIsHere(),
    "who_am_i": lambda _: WhoIsHere(me=True),
    "link_channel": link,
    "unlink_channel": lambda slots: UnlinkChannel(_channel(slots.get("channel").plain)),
    "rename_me": lambda slots: RenamePerson(_name(slots, "new")),
    "rename_person": lambda slots: RenamePerson(_name(slots, "new"), _colleague(slots, "old")),
    "merge_people": merge,
    "figures_here": lambda _: AllowInRoom(figures=True),
    "no_figures_here": lambda _: AllowInRoom(figures=False),
    "documents_here": lambda _: AllowInRoom(documents=True),
    "no_documents_here": lambda _: AllowInRoom(documents=False),
}
