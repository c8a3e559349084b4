"""Being taken into a group: who asked us in is told how to speak to us there."""

from __future__ import annotations

import telegram
from telegram import ChatMember
from telegram.constants import ChatMemberStatus, ChatType

from handlers.messages import Message
from handlers.people.room_greeting import HEARS_ALL, HEARS_ITS_NAME

_IN = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


def joined(update_id: int, change: telegram.ChatMemberUpdated, us: telegram.User) -> Message | None:
    """The notice that we were added to a group; None for any other change of where we are.

    A bot reads what it is not addressed by only where its privacy mode is off, or as an administrator
    (https://core.telegram.org/bots/features#privacy-mode).
    """
    in_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    if not in_group or _is_in(change.old_chat_member) or not _is_in(change.new_chat_member):
        return None
    hears_all = us.can_read_all_group_messages or change.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR
    return Message(
        key=f"telegram:{update_id}",
        channel="telegram",
        conversation=str(change.chat.id),
        sender=str(change.from_user.id),
        sender_name=change.from_user.full_name,
        sent_at=change.date,
        shared=True,
        notice=HEARS_ALL if hears_all else HEARS_ITS_NAME,
        locale=change.from_user.language_code or "",
    )


def _is_in(member: ChatMember) -> bool:
    return member.status in _IN or bool(getattr(member, "is_member", False))
