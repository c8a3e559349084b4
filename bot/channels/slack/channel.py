"""Slack as a channel: what is said there, and what we show there."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError

from bot.channels.channel import Accept, ChannelMisconfigured, Files, HealthOf, Outgoing, unwatched
from bot.channels.slack import outbound
from bot.channels.slack.listening import Listener, over_http, over_socket
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.refusal import reason
from handlers.errors import NotPossible
from handlers.messages import Attachment, Message, Reply

SHUT_OUT = {"channel_not_found", "not_in_channel", "is_archived", "restricted_action"}
UNCHANGEABLE = {"message_not_found", "cant_update_message", "edit_window_closed"}

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

    async def send(self, outgoing: Outgoing) -> str:
        """See `Channel`. Raises: NotPossible when the channel does not let us in."""
        channel, thread = _place(outgoing.message)
        try:
            picture = await self._picture(outgoing.reply)
            sent = await outbound.post(self._client, channel, thread, outgoing.reply, picture)
            await self._post_documents(sent.partition(":")[0], thread, outgoing.reply)
        except SlackApiError as error:
            if reason(error) not in SHUT_OUT:
                raise
            raise NotPossible(
                f"Slack does not let Billify write to this channel ({reason(error)}). "
                "Invite the app there: /invite @Billify."
            ) from error
        return sent

    async def edit(self, sent: str, outgoing: Outgoing) -> str:
        """See `Channel`. A message that is gone or can no longer be changed is sent anew, unless it is quiet."""
        channel, ts = sent.split(":")
        reply = outgoing.reply
        try:
            await outbound.change(self._client, channel, ts, reply, await self._picture(reply))
        except SlackApiError as error:
            if reason(error) not in UNCHANGEABLE:
                raise
            if reply.quiet:
                return sent
            log.info("Message %s of Slack cannot be changed (%s); it is sent anew", sent, reason(error))
            return await self.send(outgoing)
        await self._post_documents(channel, _place(outgoing.message)[1], reply)
        return sent

    async def close(self) -> None:
        """See `Channel`. Nothing stays open: the client connects anew for each request."""

    async def _picture(self, reply: Reply) -> str | None:
        """Slack's id of the picture on the card. Uploaded once by this process, however often it is shown."""
        picture = reply.card.picture if reply.card else None
        if not (reply.card and picture and picture.sha256):
            return None
        if picture.sha256 not in self._uploaded:
            data = await self._files.get(picture.sha256)
            uploaded = await outbound.upload_picture(self._client, data, reply.card.title)
            self._uploaded[picture.sha256] = uploaded
        return self._uploaded[picture.sha256]

    async def _post_documents(self, channel: str, thread: str | None, reply: Reply) -> None:
        for attachment in reply.attachments:
            assert attachment.sha256, "what we send lies in the document store"
            data = await self._files.get(attachment.sha256)
            await self._client.files_upload_v2(
                content=data, filename=attachment.name, channel=channel, thread_ts=thread
            )


def _place(message: Message) -> tuple[str, str | None]:
    """The channel, and the thread in it, that a conversation stands for."""
    channel, _, thread = message.conversation.partition(":")
    if message.notice:  # nobody looks into a thread of last week
        return channel, None
    return channel, thread or None
