"""What Slack tells: each event is acknowledged to it only after it was accepted.

Bolt dispatches, over Socket Mode or HTTP alike; with `process_before_response` it answers after a listener
is through, and with an error when it failed, upon which Slack brings the event again.
"""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import replace

from aiohttp import ClientError
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.channel import Accept
from bot.channels.slack import inbound, originals
from bot.channels.slack.desk import Desk
from bot.channels.slack.refusal import reason
from bot.channels.slack.views import home, modals
from bot.channels.slack.workspaces.addresses import JSON, Source, apart, source_of_event, source_of_interaction
from handlers.messages import Message

COMMAND = "/billify"
"""The slash command of our app."""
RECORD = "record_invoice"
"""The callback_id of the message shortcut "Record this invoice"."""
EVENTS = ("message", "app_mention", "app_home_opened", "app_uninstalled", "tokens_revoked")
"""Events that Billify has a use for; `config/slack-manifest.json` subscribes to them."""

log = logging.getLogger(__name__)


class Listener:
    """Turns what Slack tells into messages. Of what it does not tell, nothing is asked before a message is durable (see
    `lookups`); a form and the Home tab are asked of our own books.

    `ours` is the id of the workspace, or organisation, whose token is configured, "" for none; `several` says that the
    app is in others as well.
    """

    def __init__(self, accept: Accept, desk: Desk | None = None, ours: str = "", *, several: bool = False) -> None:
        self._accept = accept
        self._desk = desk
        self._ours = ours
        self._several = several
        self._in_order = asyncio.Lock()

    def register(self, app: AsyncApp) -> None:
        """Has the app bring us messages, commands and all that is pressed, and acknowledge the rest."""
        originals.listen(app, self._source_of_event, self._takes_part, self._accept, self._in_order)
        app.event("message")(self.said)
        app.event("app_mention")(self.said)
        app.event("app_home_opened")(self.opened_home)
        app.event(re.compile(".+"))(_ignore)
        app.action(re.compile(".+"))(self.pressed)
        app.view(modals.FORM)(self.submitted)
        app.shortcut(RECORD)(self.recorded)
        app.command(COMMAND)(self.commanded)

    async def said(self, event: JSON, body: JSON, context: AsyncBoltContext) -> None:
        """An event of a message: accepts it when it is for us, or may concern us."""
        async with self._in_order:
            if not inbound.is_written(event):
                return
            try:
                us, source = context.bot_user_id or "", self._source_of_event(body)
                message = inbound.to_message(event, source, us, "")
                message = replace(message, lookups=inbound.lookups(us, event))
                meant = inbound.is_addressed(us, event) or inbound.may_concern(us, event)
            except Exception:  # of any kind: Slack would bring it again and again
                log.warning("An event of Slack is not understood and is skipped", exc_info=True)
                return
            if meant or await self._takes_part(event, source):
                await self._accept(message)

    async def commanded(self, ack: AsyncAck, body: JSON) -> None:
        """A slash command: accepts it as one."""
        await self._take(ack, inbound.to_command(body, self._at(source_of_interaction(body, self._ours)), ""))

    async def recorded(self, ack: AsyncAck, body: JSON) -> None:
        """The message shortcut: accepts the files of the message."""
        await self._take(ack, inbound.to_record(body, self._at(source_of_interaction(body, self._ours)), ""))

    async def pressed(self, ack: AsyncAck, body: JSON, client: AsyncWebClient) -> None:
        """A pressed button: opens what it asks for first, else accepts it as a choice."""
        source = self._at(source_of_interaction(body, self._ours))
        if await self._asks_first(client, source, body):
            await ack()
            return
        await self._take(ack, inbound.to_press(body, source, ""))

    async def submitted(self, ack: AsyncAck, body: JSON) -> None:
        """A modal: says what is wrong at its fields, else accepts what was filled in."""
        message = inbound.to_filled(body, self._at(source_of_interaction(body, self._ours)), "")
        faults = await self._desk.faults(message.sender, message.choice or "", message.filled) if self._desk else {}
        if faults:
            await ack(response_action="errors", errors=faults)
            return
        await self._take(ack, message)

    async def opened_home(self, event: JSON, body: JSON, client: AsyncWebClient) -> None:
        """Somebody looks at the Home tab: shows it as it is now."""
        if self._desk is None or event.get("tab") != "home":
            return
        source = self._source_of_event(body)
        direct = source.place(event["channel"]) if event.get("channel") else ""
        page = await self._desk.page(source.person(event["user"]), direct)
        try:
            await client.views_publish(user_id=event["user"], view=home.to_view(page, direct))
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("The Home tab cannot be shown (%s)", reason(error))

    def _source_of_event(self, body: JSON) -> Source:
        return self._at(source_of_event(body, self._ours))

    def _at(self, source: Source) -> Source:
        """With one token all that comes is of its workspace, whatever else it names."""
        return source if self._several else replace(source, installed="")

    async def _take(self, ack: AsyncAck, message: Message) -> None:
        """Accepts it, with its sender's name to be looked up once it is durable."""
        async with self._in_order:
            await self._accept(replace(message, lookups=(f"user:{apart(message.sender)[1]}",)))
        await ack()

    async def _asks_first(self, client: AsyncWebClient, source: Source, body: JSON) -> bool:
        """Opens the modal of a button that has one. Where Slack does not open it, the button does what it can."""
        container, choice = body["container"], inbound.choice_of(body["actions"][0])
        if self._desk is None or container["type"] == "view":
            return False
        form = await self._desk.form(source.person(body["user"]["id"]), choice)
        if form is None:
            return False
        under = container["channel_id"], container["message_ts"], container.get("thread_ts")
        try:
            view = modals.to_view(form, modals.Origin(choice, *under))
            await client.views_open(trigger_id=body["trigger_id"], view=view)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.warning("A modal cannot be opened (%s); the button is taken as it is", reason(error))
            return False
        return True

    async def _takes_part(self, event: JSON, source: Source) -> bool:
        """Whether a line stands in a thread in which we wrote, which somebody else began: our own books know that, also
        after a restart, and however many write there."""
        thread = event.get("thread_ts")
        if self._desk is None or thread in (None, event.get("ts")):
            return False
        return await self._desk.takes_part(f"{source.place(event['channel'])}:{thread}")


async def _ignore() -> None:
    """An event that the app is subscribed to but Billify has no use for: acknowledged."""
