"""Slack as a channel: what is said there, and what we show there."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.channels.channel import Accept, ChannelMisconfigured, Files, HealthOf, Outgoing, unwatched
from bot.channels.slack import arrived, outbound
from bot.channels.slack.listening import Listener, over_http, over_socket
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.refusal import UNCHANGEABLE, reason, translated
from handlers.messages import Attachment, Message, Reply

ERRORS = (SlackApiError, SlackRequestError, ClientError, TimeoutError, OSError)
"""What requests to Slack raise."""

log = logging.getLogger(__name__)


class Slack:
    """Implements `Channel`. A conversation is a channel's id, then a colon and the thread where it is in one.

    With an `app_token` events come over Socket Mode; without one Slack brings them to `port`, at
    /slack/events, signed with the `signing_secret`.
    """

    name = "slack"
    edits = True
    gathers = False

    def __init__(
        self,
        *,
        bot_token: str,
        files: Files,
        app_token: str = "",
        signing_secret: str = "",
        api_url: str = "https://slack.com/api/",
        port: int = 8419,
        health: HealthOf = unwatched,
    ) -> None:
        self._client = outbound.connect(bot_token, api_url)
        self._files = files
        self._lookups = Lookups(self._client)
        self._app_token = app_token
        self._signing_secret = signing_secret
        self._port = port
        self._health = health(self.name)
        self._uploaded: dict[str, str] = {}

    async def listen(self, accept: Accept) -> None:
        """See `Channel`. Raises: ChannelMisconfigured for a missing or wrong token, or a port in use."""
        if not (self._app_token or self._signing_secret):
            raise ChannelMisconfigured(
                "Slack needs one more setting: BILLIFY_SLACK_APP_TOKEN (xapp-…) for Socket Mode, "
                "or BILLIFY_SLACK_SIGNING_SECRET for events by HTTP."
            )
        listener = Listener(self._client, accept, self._health)
        await listener.introduce()
        app = listener.app(self._signing_secret)
        if self._app_token:
            await over_socket(self._client, app, self._app_token, self._health)
        else:
            await over_http(app, self._port, self._health)

    async def complete(self, message: Message) -> Message:
        """See `Completes`."""
        return await self._lookups.complete(message)

    async def fetch(self, attachment: Attachment) -> bytes:
        """See `Channel`."""
        return await outbound.fetch(self._client, attachment)

    def files_apart(self, reply: Reply) -> Sequence[int]:
        """See `Channel`: all of them."""
        return range(len(reply.attachments))

    async def send(self, outgoing: Outgoing) -> str:
        """See `Channel`. What was tried before is looked for, so that a lost answer repeats nothing."""
        channel, thread = _place(outgoing.message)
        try:
            if outgoing.tried_since and (sent := await arrived.find(self._client, channel, thread, outgoing)):
                return await self._shown_at(sent, outgoing)
            if outgoing.file is not None:
                return await self._post_file(channel, thread, outgoing)
            picture = await self._picture(outgoing.reply)
            return await outbound.post(self._client, channel, thread, outgoing, picture)
        except ERRORS as error:
            raise translated(error) from error

    async def _shown_at(self, sent: str, outgoing: Outgoing) -> str:
        """What arrived although its answer was lost, as it is to look now."""
        return sent if outgoing.file is not None else await self.edit(sent, outgoing)

    async def edit(self, sent: str, outgoing: Outgoing) -> str:
        """See `Channel`. A message that is gone or can no longer be changed is sent anew, unless it is quiet."""
        channel, ts = sent.split(":")
        reply = outgoing.reply
        try:
            await outbound.change(self._client, channel, ts, reply, await self._picture(reply))
        except SlackApiError as error:
            if reason(error) not in UNCHANGEABLE:
                raise translated(error) from error
            if reply.quiet:
                return sent
            log.info("Message %s of Slack cannot be changed (%s); it is sent anew", sent, reason(error))
            return await self.send(replace(outgoing, tried_since=None))
        except ERRORS as error:
            raise translated(error) from error
        return sent

    async def close(self) -> None:
        """See `Channel`. Nothing stays open: the client connects anew for each request."""

    async def _picture(self, reply: Reply) -> str | None:
        """Slack's id of the picture on the card. Uploaded once by this process, however often it is shown; a card does
        not wait for it."""
        picture = reply.card.picture if reply.card else None
        if not (reply.card and picture and picture.sha256):
            return None
        if picture.sha256 not in self._uploaded:
            data = await self._files.get(picture.sha256)
            try:
                uploaded = await outbound.upload_picture(self._client, data, reply.card.title)
            except ERRORS as error:
                log.warning("Slack does not take a picture (%s); the card goes without it", reason(error))
                return None
            self._uploaded[picture.sha256] = uploaded
        return self._uploaded[picture.sha256]

    async def _post_file(self, channel: str, thread: str | None, outgoing: Outgoing) -> str:
        attachment = outgoing.reply.attachments[outgoing.file or 0]
        assert attachment.sha256, "what we send lies in the document store"
        data = await self._files.get(attachment.sha256)
        return await outbound.post_file(self._client, channel, thread, attachment, data)


def _place(message: Message) -> tuple[str, str | None]:
    """The channel, and the thread in it, that a conversation stands for."""
    channel, _, thread = message.conversation.partition(":")
    if message.notice:  # nobody looks into a thread of last week
        return channel, None
    return channel, thread or None
