"""Mail as a channel: mails in by SMTP, LMTP or IMAP, answers out by SMTP or into a folder."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from bot.channels.channel import (
    Accept,
    ChannelMisconfigured,
    Files,
    HealthOf,
    Outgoing,
    Postponed,
    Undeliverable,
    Unwatched,
    Whose,
    of_the_only,
)
from bot.channels.mail import send
from bot.channels.mail.addresses import is_address
from bot.channels.mail.authentication import Authenticator
from bot.channels.mail.endpoint import Endpoint, endpoint
from bot.channels.mail.inbound import MailReader
from bot.channels.mail.intake.gate import AuthorUnknown, Gate
from bot.channels.mail.intake.mailbox import Follower, MailboxOptions
from bot.channels.mail.intake.quarantine import Quarantine
from bot.channels.mail.look import Letterhead
from bot.channels.mail.look.compose import compose
from bot.channels.mail.marks.reply_tokens import ReplyTokens
from bot.channels.mail.oauth import AccessTokens, SignInOver
from bot.channels.mail.oauth.token_endpoint import ServiceAway
from bot.channels.mail.options import MailOptions
from bot.channels.mail.outgoing.gather import gathered
from bot.channels.mail.parsing_process import MailParser
from bot.channels.mail.smtp import NotNow, Port, Reception, serve
from bot.channels.supervision import supervised
from handlers.errors import BillifyError
from handlers.messages import Attachment, Reply
from storage.db.database import Database
from storage.db.tenancy import FIRST, acting_for
from storage.errors import QuarantineFull
from storage.mail import sent_mails
from storage.mail.quarantine import QuarantineLimits
from storage.sealing.key_ring import KeyRing
from storage.sealing.signing_keys import SigningKeys

log = logging.getLogger(__name__)

RELEASED_SECONDS = 1.0
"""How often it is looked whether somebody decided about mail in quarantine."""
OVERLAP = timedelta(minutes=10)
"""By so much each look for who came in reaches back: what was held up, or failed, is looked at again."""


class Mail:
    """Implements `bot.channels.channel.Channel`. The identity of a person is the address in From, in lower case.

    `Message.answers` and `Message.choice` are set only by proof (see `seals`); all else in a mail can be forged.
    """

    name = "mail"
    edits = False
    gathers = True

    def __init__(
        self,
        *,
        database: Database,
        files: Files,
        address: str,
        secret: SigningKeys,
        keys: KeyRing | None = None,
        host: str = "127.0.0.1",
        port: int = 2525,
        lmtp_port: int = 0,
        imap_url: str = "",
        smtp_url: str = "",
        maildir: Path,
        mailbox: MailboxOptions | None = None,
        limits: QuarantineLimits | None = None,
        answers_an_hour: int = 30,
        options: MailOptions | None = None,
        health: HealthOf | None = None,
        whose: Whose = of_the_only,
        to_look_at: Callable[[datetime | None], Awaitable[Collection[int]]] | None = None,
    ) -> None:
        """`address` is the one that people write to; `secret` signs our answers, `keys` seal what services let us in
        with (None: the one that signs); a port of 0 is not served. `mailbox` says how the one at `imap_url` is read,
        `limits` what is kept for strangers, None for the usual. So many `answers_an_hour` one address gets at most, so
        that no loop of machines lives. With `health` each way in is begun anew by itself where it fails, and ends no
        other. `whose` knows for which company a mail is, and `to_look_at` in which of them somebody
        decided about mails that wait, or came in, since a moment (None for ever); without it there is one company.

        Raises: ChannelMisconfigured for an address or a URL that is none.
        """
        if not is_address(address):
            raise ChannelMisconfigured(f"BILLIFY_MAIL_ADDRESS is no mail address: {address}. Write it as name@domain.")
        self._database = database
        self._files = files
        self._address = address
        options = options or MailOptions()
        self._seals = ReplyTokens(secret, address.rpartition("@")[2], options.proof_days)
        self._letterhead = Letterhead(address, options.plus_addresses, options.link_url)
        authenticator = Authenticator(
            secret,
            servers=options.authserv_ids,
            trusted_networks=options.trusted_networks,
            records=options.dns,
        )
        self._reception = Reception(address, authenticator, options.users, options.certificate, options.key)
        self._ports = [
            Port("SMTP", host, port),
            Port("SUBMISSION", host, options.submission_port),
            Port("SUBMISSIONS", host, options.submissions_port),
            Port("LMTP", host, lmtp_port),
        ]
        self._tokens = AccessTokens(database, keys or KeyRing([secret.newest]), options.services)
        self._answers_an_hour = answers_an_hour
        self._options = mailbox or MailboxOptions()
        self._parser = MailParser()
        self._gate = Gate(
            database,
            files,
            MailReader(files, self._seals, address, self._parser.parse),
            Quarantine(database, files, limits),
            authenticator,
            address=address,
            whose=whose,
        )
        self._to_look_at = to_look_at
        self._mailbox = endpoint(imap_url, "imap", "BILLIFY_IMAP_URL") if imap_url else None
        self._relay = endpoint(smtp_url, "smtp", "BILLIFY_SMTP_URL") if smtp_url else None
        self._maildir = maildir
        self._health = health

    async def listen(self, accept: Accept) -> None:
        """Takes mails in on all ways that are configured, until cancelled. Raises: ChannelMisconfigured, unless each
        way is supervised."""
        ways: dict[str, Callable[[], Awaitable[None]]] = {"mail quarantine": partial(self._take_released, accept)}
        for port in self._ports:
            if port.number:
                receive = partial(self._receive, accept, port.kind)
                ways[f"mail {port.kind}"] = partial(serve, port, self._reception, receive)
        if self._mailbox:
            ways["mail IMAP"] = partial(self._follow, self._mailbox, accept)
        try:
            async with asyncio.TaskGroup() as together:
                for name, way in ways.items():
                    together.create_task(self._on_way(name, way))
        except* Exception as group:
            raise group.exceptions[0] from None

    async def _on_way(self, name: str, way: Callable[[], Awaitable[None]]) -> None:
        await (supervised(name, way, self._health(name)) if self._health else way())

    async def _follow(self, mailbox: Endpoint, accept: Accept) -> None:
        health = self._health("mail IMAP") if self._health else Unwatched()
        await Follower(mailbox, self._database, self._gate, self._options, self._tokens, health).watch(accept)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Mails bring their files along. Raises: BillifyError, always."""
        raise BillifyError(f"The file {attachment.name} did not come with its mail. Please send it again.")

    def files_apart(self, reply: Reply) -> tuple[int, ...]:
        """See `Channel`: none."""
        return ()

    async def send(self, outgoing: Outgoing) -> str:
        """Mails a reply to the sender of its message; returns our message id, the same one for a repeat.

        No machine is answered (RFC 3834): what is for one lies in the folder of mails, where a person can look.
        """
        mail = gathered([await self._composed(part) for part in outgoing.parts()])
        message, message_id = outgoing.message, str(mail["Message-ID"]).strip("<>")
        for_machine = message.automatic and not message.notice
        if for_machine:
            log.warning("%s was written by a machine, so the answer is not sent but kept", message.key)
        if not self._relay or for_machine:
            await send.keep(mail, self._maildir)
            return message_id
        if not await self._may_go_out(outgoing, message_id, str(mail["Subject"])):
            raise Undeliverable(f"more than {self._answers_an_hour} answers within an hour")
        # What a machine's mail is answered with must not come back, or two machines might talk (RFC 3834, 3.3).
        return_path = "" if message.automatic else self._address
        await send.post(mail, await self._authorized(self._relay), return_path=return_path)
        return message_id

    async def _authorized(self, relay: Endpoint) -> Endpoint:
        try:
            return await self._tokens.authorized(relay)
        except (SignInOver, ServiceAway) as error:
            raise Postponed(f"the mail server {relay.host} does not let us in: {error}", away=True) from error

    async def _composed(self, outgoing: Outgoing) -> EmailMessage:
        card = outgoing.reply.card
        return compose(
            outgoing,
            letterhead=self._letterhead,
            seals=self._seals,
            picture=await self._picture(card.picture) if card and card.picture else None,
            files=[(file, await self._files.get(_stored(file))) for file in outgoing.reply.attachments],
            now=datetime.now(UTC),
        )

    async def _may_go_out(self, outgoing: Outgoing, message_id: str, subject: str) -> bool:
        return await self._database.run(
            sent_mails.reserve,
            outgoing.key,
            message_id=message_id,
            address=outgoing.message.sender,
            subject=subject,
            answer=outgoing.message.notice is None,
            now=datetime.now(UTC),
            answers_an_hour=self._answers_an_hour,
        )

    async def edit(self, sent_id: str, outgoing: Outgoing) -> str:
        """A sent mail stays as it is: the reply goes out anew."""
        return await self.send(outgoing)

    async def close(self) -> None:
        """Ends the process that parses mails."""
        await self._parser.close()

    async def _receive(self, accept: Accept, way: str, raw: bytes) -> None:
        try:
            await self._gate.receive(accept, way, raw)
        except QuarantineFull as full:
            if full.limit != "mail_bytes":
                raise NotNow(f"452 4.3.1 {full} Please try again later") from full
            raise BillifyError("The mail is too large for a sender who is not known here.") from full
        except AuthorUnknown as unknown:
            raise NotNow("451 4.4.3 Who wrote it cannot be looked up now, please try again later") from unknown

    async def _take_released(self, accept: Accept) -> None:
        """Takes in, within seconds, what somebody decided to take out of quarantine."""
        since: datetime | None = None
        while True:
            try:
                now = datetime.now(UTC)
                for company in await self._to_look_at(since) if self._to_look_at else [FIRST]:
                    with acting_for(company):
                        await self._gate.take_released(accept)
                since = now - OVERLAP
            except Exception:  # of any kind: the database is away, say; it is looked at again
                log.exception("Released mail could not be taken in now; it is tried again")
            await asyncio.sleep(RELEASED_SECONDS)

    async def _picture(self, picture: Attachment) -> bytes | None:
        try:
            return await self._files.get(_stored(picture))
        except FileNotFoundError:
            log.warning("A picture is gone; the answer goes out without it")
            return None


def _stored(attachment: Attachment) -> str:
    assert attachment.sha256 is not None, "what we send is always stored"
    return attachment.sha256
