"""What owners are told once, wherever they are told things: about mail, webhooks, and who tried what they may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.reminders.due_notices import Notice
from handlers.rights.attempts import ATTEMPT
from handlers.rights.labels import PERMISSIONS, ROLES
from handlers.wording import webhook_texts
from handlers.wording.books import accounting_texts
from storage.mail import owner_notes
from storage.messages import reminders
from storage.messages.reminders import CLOCK_KEY_PREFIX
from storage.models import Permission, Role
from storage.people import people

NOTE = "owner-note"
"""The kind of notice (`Message.notice`), with the note's key."""
POSTMASTER, FORWARDING, READ_ONLY, SIGN_IN_OVER = "postmaster", "forwarding", "read-only", "sign-in-over"
REFUSED = "refused"
"""Kinds of notes."""
_TOLD_WITHIN = timedelta(days=30)


def due_owner_notes(session: Session, now: datetime) -> Iterator[Notice]:
    """To each owner the notes that they were not told."""
    owners = [person for person in people.everybody(session) if person.role is Role.OWNER]
    for note in owner_notes.since(session, now - _TOLD_WITHIN):
        for person in owners:
            key = _key(note.key, person.id)
            place = reminders.place_of(session, person.id)
            if place and not reminders.already_fired(session, person.id, [key], now):
                yield Notice(f"{CLOCK_KEY_PREFIX}{key}", f"{NOTE}:{note.key}", person.name, place)


def owner_note_replies(session: Session, context: Context, kind: str) -> tuple[Reply, ...] | None:
    """The note's text; none once it was told, None for another kind of notice."""
    name, _, key = kind.partition(":")
    if name != NOTE:
        return None
    note = owner_notes.find(session, key)
    if note is None or not reminders.record_firing(
        session,
        _key(key, context.asker.id),
        person_id=context.asker.id,
        scheduled_for=note.noted_at,
        now=context.now,
        message_key=context.key,
    ):
        return ()
    if note.kind == accounting_texts.NOTE:
        return (accounting_texts.note_reply(session, note.values),)
    return (Reply(_text(note.kind, note.values)),)


def _key(note: str, person_id: int) -> str:
    return f"{NOTE}/{note}/{person_id}"


def _text(kind: str, values: dict[str, Any]) -> str:
    if kind == POSTMASTER:
        return say("A mail to your mail server's postmaster ({to}), from {sender}: “{subject}”\n\n{text}", **values)
    if kind == FORWARDING:
        return say(
            "{sender} asks whether mail may be forwarded to {to}. If you set that up, this is what it sent, with the "
            "code or the link that confirms it; if not, leave it.\n\n{text}",
            **values,
        )
    if kind == READ_ONLY:
        return say(
            "I can read the mailbox {folder} at {host}, but not change it ({reason}), so mails that I took in are "
            "neither marked nor moved there. Nothing else is missing; I won't mention it again.",
            **values,
        )
    if kind == ATTEMPT:
        return say(
            "{name} tried to {what}, which {name} may not as {role}. I refused it; nothing was changed.",
            name=values["name"],
            what=say(PERMISSIONS[Permission(values["permission"])]),
            role=say(ROLES[Role(values["role"])]),
        )
    if kind == webhook_texts.NOTE:
        return webhook_texts.stopped(values)
    if kind == REFUSED:
        return say(
            "{channel} does not take what I say in {place}: {reason} What is to be said there goes to people alone, or "
            "lacks its files, until somebody changes that.",
            **values,
        )
    return say(
        "{provider} no longer lets me into the mailbox of {user} ({reason}). Please run {command} again; "
        "until then I get and send no mail there.",
        command="billify connect mail",
        **values,
    )
