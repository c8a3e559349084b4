"""A mail as it came in → a Message, with its files kept."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import UTC, datetime

from bot.channels.channel import Files
from bot.channels.mail.intake.mail_key import message_id_of
from bot.channels.mail.marks.proof import proof_of
from bot.channels.mail.marks.reply_tokens import Proof, ReplyTokens
from bot.channels.mail.parse import Mail
from bot.channels.mail.parsing_process import Parses
from handlers.messages import Attachment, Message, split_reply_key

log = logging.getLogger(__name__)


class MailReader:
    """Reads what a mail says and keeps its files. Whether it is to be answered was decided before (`intake.gate`)."""

    def __init__(self, files: Files, seals: ReplyTokens, address: str, parses: Parses) -> None:
        self._files = files
        self._seals = seals
        self._address = address
        self._parses = parses

    async def message(self, raw: bytes, key: str, *, aligned: bool = True, also: Collection[str] = ()) -> Message:
        """The mail of this key as a message, as `receive` makes it. Raises: BillifyError when it cannot be read."""
        return await receive(
            raw,
            key,
            files=self._files,
            seals=self._seals,
            address=self._address,
            now=datetime.now(UTC),
            aligned=aligned,
            also=also,
            parses=self._parses,
        )

    async def text(self, raw: bytes) -> str:
        """All that is written in a mail, whoever wrote it. Raises: BillifyError when it cannot be read."""
        return (await self._parses(raw)).whole


async def receive(
    raw: bytes,
    key: str,
    *,
    files: Files,
    seals: ReplyTokens,
    address: str,
    now: datetime,
    parses: Parses,
    aligned: bool = True,
    also: Collection[str] = (),
) -> Message:
    """Keeps the files of a mail and says what it says. `key` is its own (`intake.mail_key`), `address` ours, `now` when
    it came in; `aligned` says whether its author is who From says, and `also` are that person's other addresses.

    Raises: BillifyError when it cannot be read.
    """
    mail = await parses(raw)
    proof = proof_of(
        raw,
        seals=seals,
        references=mail.references,
        text=mail.text,
        address=address,
        senders=[mail.sender, *also],
        now=now,
    )
    if left_out := sum(file.incidental for file in mail.enclosures):
        log.info("%d files of %s are not taken as documents", left_out, key)
    return Message(
        key=key,
        channel="mail",
        conversation=_thread(mail, key, proof),
        sender=mail.sender,
        sender_name=mail.sender_name,
        sent_at=now,  # not what its Date says: clocks of scanners stand still, and our proof is good from now on
        text=seals.without_code(mail.text) if proof and proof.choice else mail.text,
        attachments=tuple(
            [
                Attachment(file.name or "attachment", file.media_type, await files.put(file.data), role=file.role)
                for file in mail.documents
            ]
        ),
        choice=proof.choice if proof else None,
        answers=proof.answers if proof else None,
        subject=mail.subject,
        automatic=mail.nature == "machine",
        proven=aligned and proof is not None and not proof.expired,
        expired=proof is not None and proof.expired,
        aligned=aligned,
        narrow=True,
        unread=mail.unread,
    )


def parent_id(message: Message) -> str:
    """The message id of the mail behind a Message; "" where it had none, or one that was too long to keep."""
    return message_id_of(message.key)


def root_id(message: Message) -> str:
    """The message id of the first mail of its thread; "" where there is none."""
    return message.conversation if "@" in message.conversation else ""


def _thread(mail: Mail, key: str, proof: Proof | None) -> str:
    """The root of the mail's thread. A button's mail refers to nothing: it belongs to what its reply answered."""
    if mail.references:
        return mail.references[0]
    answered = split_reply_key(proof.answers)[0] if proof and proof.choice else key
    return message_id_of(answered) or answered
