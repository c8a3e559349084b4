"""Requests to Slack that show something, or fetch a file that was sent there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.channel import Outgoing
from bot.channels.slack.arrived import mark
from bot.channels.slack.blocks import Block
from bot.channels.slack.refusal import UNREADABLE, reason
from bot.channels.slack.render import Look, to_blocks, to_notice
from handlers.errors import PlatformLimit
from handlers.language.translation import sayable
from handlers.messages import Attachment, Reply

FILE_LIMIT = 50_000_000
"""Bytes of a file that we fetch. Slack takes up to 1 GB, but no invoice is of such a size."""
GONE = sayable(
    "Slack no longer has {name}. Please send it again; or, if it is in a channel without me, invite me there: "
    "/invite @Billify."
)
ONLY_LINKED = sayable("{name} is only linked in Slack. Please upload the file itself.")
TOO_BIG = sayable("{name} is larger than {limit} MB. Please send a smaller version.")
MAY_NOT_READ = sayable(
    "Slack does not let Billify read files. Ask who runs Billify to give its Slack app the scope files:read."
)
TOO_LONG = ("msg_blocks_too_long", "msg_too_long")
DONE = "white_check_mark"
LOOKS = 10
LOOK_PAUSE = 0.5
"""Seconds between looks at whether Slack is done with a picture."""

log = logging.getLogger(__name__)


def connect(bot_token: str, api_url: str) -> AsyncWebClient:
    """A client of the Web API that tries nothing again by itself: whoever asks knows whether that may be repeated."""
    return AsyncWebClient(token=bot_token, base_url=api_url, retry_handlers=[])


async def post(
    client: AsyncWebClient, channel: str, thread: str | None, outgoing: Outgoing, look: Look
) -> tuple[str, Look]:
    """Sends a new message; its channel and ts, as "C1:1742.5", and how much of the reply it shows. A person's id as the
    channel is their direct message."""

    async def request(blocks: list[Block]) -> AsyncSlackResponse:
        return await client.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            text=to_notice(outgoing.reply),
            blocks=blocks,
            metadata=mark(outgoing),
            unfurl_links=False,
            unfurl_media=False,
        )

    posted, shown = await _shown(request, outgoing.reply, look)
    return f"{posted['channel']}:{posted['ts']}", shown


async def change(client: AsyncWebClient, channel: str, ts: str, reply: Reply, look: Look) -> Look:
    """Changes a message in place, which is harmless to repeat; how much of the reply it shows."""

    async def request(blocks: list[Block]) -> AsyncSlackResponse:
        return await client.chat_update(channel=channel, ts=ts, text=to_notice(reply), blocks=blocks)

    return (await _shown(request, reply, look))[1]


async def _shown(
    request: Callable[[list[Block]], Awaitable[AsyncSlackResponse]], reply: Reply, look: Look
) -> tuple[AsyncSlackResponse, Look]:
    """Makes the request; what Slack refuses to show, such as a picture that it has not understood, is left out, and
    at last all but the words."""
    while True:
        try:
            return await request(to_blocks(reply, look)), look
        except SlackApiError as error:
            if reason(error) not in UNREADABLE:
                raise
            log.warning("Slack refuses the look of a message (%s); it goes with less", reason(error))
            less = _less(look, reason(error))
            if less is None:
                return await request([]), look
            look = less


def _less(look: Look, refused: str) -> Look | None:
    """What may be taken instead; None where there is nothing to leave out."""
    if refused in TOO_LONG and not look.short:
        return replace(look, short=True)
    if look.charts:
        return replace(look, charts=False)
    return replace(look, picture=None) if look.picture else None


async def upload_picture(client: AsyncWebClient, data: bytes, title: str) -> str:
    """Uploads a picture that only a message of ours will show; its id.

    Slack looks into an upload in its own time, and takes no message that shows one before it is done.
    """
    uploaded = await client.files_upload_v2(content=data, filename="page.png", title=title)
    picture = str(uploaded["files"][0]["id"])
    for _ in range(LOOKS):
        if (await client.files_info(file=picture))["file"].get("mimetype"):
            break
        await asyncio.sleep(LOOK_PAUSE)
    return picture


async def post_file(client: AsyncWebClient, channel: str, thread: str | None, data: bytes, name: str) -> str:
    """Shares a file by files.getUploadURLExternal and files.completeUploadExternal; its id, which is not one of a
    message, as "C1:F5"."""
    sent = await client.files_upload_v2(content=data, filename=name, channel=channel, thread_ts=thread)
    return f"{channel}:{sent['files'][0]['id']}"


async def show_done(client: AsyncWebClient, message: str, *, done: bool) -> None:
    """Puts ✅ on what somebody wrote ("C1:1742.5"), or takes it away. It fails nothing: the card says the same."""
    channel, _, ts = message.partition(":")
    change_mark = client.reactions_add if done else client.reactions_remove
    try:
        await change_mark(channel=channel, timestamp=ts, name=DONE)
    except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
        log.info("%s is not marked in Slack (%s)", message, reason(error))


async def fetch(client: AsyncWebClient, attachment: Attachment) -> bytes:
    """The bytes of a file. Raises: PlatformLimit, with what the sender can do."""
    try:
        file = (await client.files_info(file=attachment.handle or ""))["file"]
    except SlackApiError as error:
        if reason(error) in {"file_not_found", "file_deleted"}:
            raise PlatformLimit(GONE, name=attachment.name) from error
        if reason(error) == "missing_scope":
            raise PlatformLimit(MAY_NOT_READ) from error
        raise
    if file.get("is_external"):
        raise PlatformLimit(ONLY_LINKED, name=attachment.name)
    if file.get("size", 0) > FILE_LIMIT:
        raise PlatformLimit(TOO_BIG, name=attachment.name, limit=FILE_LIMIT // 10**6)
    headers = {"Authorization": f"Bearer {client.token}"}
    url = file.get("url_private_download") or file["url_private"]
    async with (
        aiohttp.ClientSession(trust_env=True, raise_for_status=True) as session,
        session.get(url, headers=headers) as response,
    ):
        if response.content_type == "text/html" != file.get("mimetype"):
            raise PlatformLimit(MAY_NOT_READ)  # without the scope Slack shows its login page, with a 200
        return await response.read()
