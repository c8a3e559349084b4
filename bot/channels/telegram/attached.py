"""What is attached to a message of Telegram: files to read, and what is none."""

from __future__ import annotations

import telegram
from telegram.constants import FileSizeLimit, MessageAttachmentType

from handlers.messages import Attachment, Unread

FETCHED_BYTES = int(FileSizeLimit.FILESIZE_DOWNLOAD)
"""What Telegram's own servers let a bot fetch (Bot API, getFile)."""
OWN_SERVER_BYTES = 200_000_000
"""What we fetch from a server of the company's own, which would give 2 GB: it is all held in memory."""
SHRUNK_SIDE = 1280
"""Pixels of the longer side to which apps reduce a photo, unless it is sent as a file, or in their “HD”."""

_KINDS: dict[str, Unread] = {
    MessageAttachmentType.STICKER: "sticker",
    MessageAttachmentType.DICE: "game",
    MessageAttachmentType.GAME: "game",
    MessageAttachmentType.VOICE: "voice",
    MessageAttachmentType.AUDIO: "voice",
    MessageAttachmentType.VIDEO: "video",
    MessageAttachmentType.VIDEO_NOTE: "video",
    MessageAttachmentType.ANIMATION: "video",
    MessageAttachmentType.STORY: "video",
    MessageAttachmentType.PAID_MEDIA: "video",
    MessageAttachmentType.LOCATION: "location",
    MessageAttachmentType.VENUE: "location",
    MessageAttachmentType.CONTACT: "contact",
    MessageAttachmentType.POLL: "poll",
}


def files_of(message: telegram.Message) -> tuple[Attachment, ...]:
    """The file of a message to read (Telegram allows one), by its `file_id`; of a photo the largest size."""
    if message.photo:
        photo = max(message.photo, key=lambda size: size.width * size.height)
        shrunk = max(photo.width, photo.height) <= SHRUNK_SIDE
        return (Attachment("photo.jpg", "image/jpeg", handle=photo.file_id, size=photo.file_size, shrunk=shrunk),)
    file = message.document
    if file is None or message.animation:  # which comes as a document besides
        return ()
    media_type = file.mime_type or "application/octet-stream"
    return (Attachment(file.file_name or "document", media_type, handle=file.file_id, size=file.file_size),)


def what_is_no_file(message: telegram.Message) -> Unread | None:
    """What else was sent, that is no document; None for words and files."""
    return next((kind for name, kind in _KINDS.items() if getattr(message, name, None)), None)
