"""Slack as a channel: what is said there, and what we show there."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.channel import Accept, ChannelMisconfigured, Files, HealthOf, Outgoing, Whose, of_the_only, unwatched
from bot.channels.slack import arrived, outbound
from bot.channels.slack.desk import Desk
from bot.channels.slack.listener import Listener
from bot.channels.slack.listening import over_http, over_socket, served
from bot.channels.slack.lookups import Lookups
from bot.channels.slack.refusal import UNCHANGEABLE, reason, translated
from bot.channels.slack.render import Look, charts_of, is_long
from bot.channels.slack.workspaces.addresses import apart, qualified
from bot.channels.slack.workspaces.clients import OAuth, Workspaces
from bot.channels.tls import NO_TLS, Tls
from handlers.messages import Attachment, Message, Reply

ERRORS = (SlackApiError, SlackRequestError, ClientError, TimeoutError, OSError)
"""What requests to Slack raise."""

log = logging.getLogger(__name__)


class Slack:
    """Implements `Channel`. A conversation is a channel's id, then a colon and the thread where it is in one; what is
    of another workspace than the configured one begins with that (`workspaces.addresses`).

    With an `app_token` events come over Socket Mode; without one Slack brings them to `port`, at
    /slack/events, signed with the `signing_secret`. With `oauth` other workspaces install the app at /slack/install.
    `desk` has what forms and the Home tab show; without one buttons ask in words.
    """

    name = "slack"
    edits = True
    gathers = False

    def __init__(
        self,
        *,
        files: Files,
        bot_token: str = "",
        app_token: str = "",
        signing_secret: str = "",
        api_url: str = "https://slack.com/api/",
        port: int = 8419,
        health: HealthOf = unwatched,
        desk: Desk | None = None,
        oauth: OAuth | None = None,
        whose: Whose = of_the_only,
        tls: Tls = NO_TLS,
    ) -> None:
        self._whose = whose
        self._tls = tls
        self._health = health(self.name)
        self._workspaces = Workspaces(bot_token, api_url, oauth)
        self._lookups = Lookups(self._workspaces.client)
        self._files = files
        self._app_token = app_token
        self._signing_secret = signing_secret
        self._port = port
        self._desk = desk
        self._installable = oauth is not None
        self._uploaded: dict[tuple[str, str], str] = {}
        self._without_charts: set[str] = set()

    async def listen(self, accept: Accept) -> None:
        """See `Channel`. Raises: ChannelMisconfigured for a missing or wrong token, or a port in use."""
        if not (self._app_token or self._signing_secret):
            raise ChannelMisconfigured(
                "Slack needs one more setting: BILLIFY_SLACK_APP_TOKEN (xapp-…) for Socket Mode, "
                "or BILLIFY_SLACK_SIGNING_SECRET for events by HTTP."
            )
        await self._workspaces.introduce(self._health)
        app = self._workspaces.app(self._signing_secret)

        async def for_company(message: Message) -> None:
            place = message.conversation, (apart(message.sender)[0] or self._workspaces.ours,)
            async with self._whose(self.name, message.sender, *place, message.text):
                await accept(message)

        Listener(for_company, self._desk, self._workspaces.ours, several=self._installable).register(app)
        if not self._app_token:
            await over_http(app, self._port, self._health, self._tls)
        elif not self._installable:
            await over_socket(self._workspaces.configured, app, self._app_token, self._health)
        else:
            async with served(app, self._port, self._tls):  # where people come to install it
                await over_socket(self._workspaces.configured, app, self._app_token, self._health)

    async def complete(self, message: Message) -> Message:
        """See `Completes`."""
        return await self._lookups.complete(message)

    async def fetch(self, attachment: Attachment) -> bytes:
        """See `Channel`."""
        client = await self._workspaces.client(attachment.handle or "")
        return await outbound.fetch(client, replace(attachment, handle=apart(attachment.handle or "")[1]))

    def files_apart(self, reply: Reply) -> Sequence[int]:
        """See `Channel`: all that it does not draw."""
        drawn = charts_of(reply)
        return [n for n, attachment in enumerate(reply.attachments) if attachment not in drawn]

    async def send(self, outgoing: Outgoing) -> str:
        """See `Channel`. What was tried before is looked for, so that a lost answer repeats nothing."""
        there, thread = _place(outgoing.message)
        workspace, channel = apart(there)
        try:
            client = await self._workspaces.client(there)
            if outgoing.tried_since and (sent := await arrived.find(client, channel, thread, outgoing)):
                return await self._shown_at(qualified(workspace, sent), outgoing)
            if outgoing.file is not None:
                attachment = outgoing.reply.attachments[outgoing.file]
                return qualified(workspace, await self._post_file(client, channel, thread, attachment))
            look = await self._look(client, workspace, outgoing.reply)
            sent, shown = await outbound.post(client, channel, thread, outgoing, look)
            await self._finish(client, qualified(workspace, sent), thread, outgoing.reply, look, shown)
        except ERRORS as error:
            raise translated(error) from error
        return qualified(workspace, sent)

    async def _shown_at(self, sent: str, outgoing: Outgoing) -> str:
        """What arrived although its answer was lost, as it is to look now."""
        return sent if outgoing.file is not None else await self.edit(sent, outgoing)

    async def edit(self, sent: str, outgoing: Outgoing) -> str:
        """See `Channel`. A message that is gone or can no longer be changed is sent anew, unless it is quiet."""
        workspace, message = apart(sent)
        channel, ts = message.split(":")
        client, reply = await self._workspaces.client(sent), outgoing.reply
        look = await self._look(client, workspace, reply)
        try:
            shown = await outbound.change(client, channel, ts, reply, look)
        except SlackApiError as error:
            if reason(error) not in UNCHANGEABLE:
                raise translated(error) from error
            if reply.quiet:
                return sent
            log.info("Message %s of Slack cannot be changed (%s); it is sent anew", sent, reason(error))
            return await self.send(replace(outgoing, tried_since=None))
        except ERRORS as error:
            raise translated(error) from error
        await self._finish(client, sent, _place(outgoing.message)[1], reply, look, shown)
        return sent

    async def close(self) -> None:
        """See `Channel`. Nothing stays open: the client connects anew for each request."""

    async def _look(self, client: AsyncWebClient, workspace: str, reply: Reply) -> Look:
        """How the reply looks where Slack takes all of it."""
        charts = workspace not in self._without_charts and any(file.chart for file in reply.attachments)
        return Look(await self._picture(client, workspace, reply), charts, short=is_long(reply))

    async def _picture(self, client: AsyncWebClient, workspace: str, reply: Reply) -> str | None:
        """Slack's id of the picture on the card. Uploaded once by this process, however often it is shown."""
        picture = reply.card.picture if reply.card else None
        if not (reply.card and picture and picture.sha256):
            return None
        known = workspace, picture.sha256
        if known not in self._uploaded:
            data = await self._files.get(picture.sha256)
            try:
                self._uploaded[known] = await outbound.upload_picture(client, data, reply.card.title)
            except ERRORS as error:
                log.warning("Slack does not take a picture (%s); the card goes without it", reason(error))
                return None
        return self._uploaded[known]

    async def _post_file(self, client: AsyncWebClient, channel: str, thread: str | None, attachment: Attachment) -> str:
        assert attachment.sha256, "what we send lies in the document store"
        data = await self._files.get(attachment.sha256)
        return await outbound.post_file(client, channel, thread, data, attachment.name)

    async def _finish(
        self, client: AsyncWebClient, sent: str, thread: str | None, reply: Reply, wanted: Look, shown: Look
    ) -> None:
        """What belongs to the message itself: all of its words where it shows only their beginning, pictures of charts
        that it does not draw, and the mark on what people wrote that is done. It fails no message that is there."""
        workspace, message = apart(sent)
        channel = message.partition(":")[0]
        if wanted.charts and not shown.charts:
            self._without_charts.add(workspace)
        try:
            if shown.short:
                await outbound.post_file(client, channel, thread, reply.text.encode(), "answer.txt")
            for attachment in () if shown.charts else charts_of(reply):
                await self._post_file(client, channel, thread, attachment)
        except ERRORS as error:
            log.warning("A file of %s is not shown (%s)", sent, reason(error))
        for place in (*reply.done, *reply.undone):
            there = await self._workspaces.client(place)
            await outbound.show_done(there, apart(place)[1], done=place in reply.done)


def _place(message: Message) -> tuple[str, str | None]:
    """The channel, and the thread in it, that a conversation stands for."""
    channel, _, thread = message.conversation.partition(":")
    if message.notice:  # nobody looks into a thread of last week
        return channel, None
    return channel, thread or None
