"""Who is here, on which channels, what they are called, and what is allowed where several read."""

from __future__ import annotations

from typing import Literal

from handlers.requests import (
    AllowInRoom,
    ChangeWebhook,
    EndWebSessions,
    ErasePerson,
    HandOver,
    HoldDocuments,
    LeaveCompany,
    LinkChannel,
    MakeToken,
    MakeWebhook,
    MergePeople,
    PersonalData,
    RemovePerson,
    RenamePerson,
    RevokeToken,
    ShowCompanies,
    ShowHolds,
    ShowTokens,
    ShowWebhooks,
    ShowWebSessions,
    SwitchCompany,
    UnlinkChannel,
    WhoIsHere,
)
from handlers.understand.text.sentence import Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.slots import RequestBuilder, Slots

_CHANNELS = {
    "telegram": "telegram", "slack": "slack", "mail": "mail", "email": "mail", "e-mail": "mail", "e mail": "mail",
    "web": "web", "web chat": "web", "webchat": "web", "browser": "web",
}  # fmt: skip
_ANY = frozenset({"account", "channel", "another channel", "other channel", "another account", "kanal", "konto"})
_MOST_NAME = 5
_IT = frozenset({"it", "this", "this bill", "this invoice", "that bill", "dies", "diese rechnung", "sie"})


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


def end_web_session(slots: Slots) -> EndWebSessions:
    """ "sign out 2", "end session 1"."""
    said = slots.get("number").plain
    if not said.isdecimal() or len(said) > 3:
        raise SlotMismatch
    return EndWebSessions(int(said))


def token(slots: Slots, *, writes: bool) -> MakeToken:
    """ "create an API token for Zapier that may write for 30 days"."""
    days = slots.get("days").plain if "days" in slots else ""
    if days and (not days.isdecimal() or len(days) > 3):
        raise SlotMismatch
    return MakeToken(_name(slots, "name") if "name" in slots else "", writes=writes, days=int(days) if days else None)


def webhook(slots: Slots) -> MakeWebhook:
    """ "create a webhook for https://example.com/billify"."""
    url = slots.text("url").strip("<>“”\"'")
    if "://" not in url or " " in url:
        raise SlotMismatch
    return MakeWebhook(url)


def change_webhook(
    slots: Slots, act: Literal["pause", "resume", "rotate", "test", "replay", "delete"]
) -> ChangeWebhook:
    """ "pause webhook 1"."""
    said = slots.get("number").plain
    if not said.isdecimal() or len(said) > 9:
        raise SlotMismatch
    return ChangeWebhook(int(said), act)


def _colleague(slots: Slots, slot: str) -> str:
    return colleague(slots.get(slot), slots.scene)


def colleague(said: Sentence, scene: SentenceContext) -> str:
    """A colleague by name, or by the number in the list of who is here. Raises: SlotMismatch for anybody else."""
    if said.plain.isdecimal() and len(said.plain) < 4:
        return said.plain
    name = names.person(said, scene)
    if name is None and said.plain not in {one.casefold() for one in scene.names.people}:
        raise SlotMismatch
    return name or said.text.strip(" \"'“”„.,;:")


def merge(slots: Slots) -> MergePeople:
    """ "merge Olga Phone into Olga", "Max and Max M. are the same person", "merge 2 into 1"."""
    return MergePeople(_colleague(slots, "name"), _colleague(slots, "into"))


def hold(slots: Slots, *, keep: bool) -> HoldDocuments:
    """ "keep everything of Acme", "release the legal hold on it"."""
    vendor = slots.get("vendor")
    if vendor.plain in _IT:
        return HoldDocuments(None, keep)
    if not names.vendors(vendor, slots.scene):
        raise SlotMismatch
    return HoldDocuments(slots.text("vendor"), keep)


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "who_is_here": lambda _: WhoIsHere(),
    "who_am_i": lambda _: WhoIsHere(me=True),
    "link_channel": link,
    "unlink_channel": lambda slots: UnlinkChannel(_channel(slots.get("channel").plain)),
    "web_sessions": lambda _: ShowWebSessions(),
    "end_web_sessions": lambda _: EndWebSessions(),
    "end_web_session": end_web_session,
    "make_token": lambda slots: token(slots, writes=False),
    "make_writing_token": lambda slots: token(slots, writes=True),
    "make_calendar": lambda _: MakeToken(kind="calendar"),
    "make_table": lambda _: MakeToken(kind="table"),
    "tokens": lambda _: ShowTokens(),
    "revoke_token": lambda slots: RevokeToken(_name(slots, "which")),
    "make_webhook": webhook,
    "webhooks": lambda _: ShowWebhooks(),
    "pause_webhook": lambda slots: change_webhook(slots, "pause"),
    "resume_webhook": lambda slots: change_webhook(slots, "resume"),
    "rotate_webhook": lambda slots: change_webhook(slots, "rotate"),
    "test_webhook": lambda slots: change_webhook(slots, "test"),
    "replay_webhook": lambda slots: change_webhook(slots, "replay"),
    "delete_webhook": lambda slots: change_webhook(slots, "delete"),
    "rename_me": lambda slots: RenamePerson(_name(slots, "new")),
    "rename_person": lambda slots: RenamePerson(_name(slots, "new"), _colleague(slots, "old")),
    "merge_people": merge,
    "remove_person": lambda slots: RemovePerson(_colleague(slots, "name")),
    "leave_company": lambda _: LeaveCompany(),
    "hand_over": lambda slots: HandOver(_colleague(slots, "name")),
    "companies": lambda _: ShowCompanies(),
    "switch_company": lambda slots: SwitchCompany(_name(slots, "company")),
    "my_data": lambda _: PersonalData(),
    "data_of": lambda slots: PersonalData(_colleague(slots, "name")),
    "erase_me": lambda _: ErasePerson(""),
    "erase_person": lambda slots: ErasePerson(_colleague(slots, "name")),
    "hold_documents": lambda slots: hold(slots, keep=True),
    "release_documents": lambda slots: hold(slots, keep=False),
    "show_holds": lambda _: ShowHolds(),
    "figures_here": lambda _: AllowInRoom(figures=True),
    "no_figures_here": lambda _: AllowInRoom(figures=False),
    "documents_here": lambda _: AllowInRoom(documents=True),
    "no_documents_here": lambda _: AllowInRoom(documents=False),
}
