"""Requests to Slack that show something, or fetch a file that was sent there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.channel import Outgoing
from bot.channels.slack.arrived import mark
from bot.channels.slack.refusal import UNREADABLE, reason
from bot.channels.slack.render import Block, to_blocks, to_notice
from handlers.errors import NotFound, NotPossible
from handlers.messages import Attachment, Reply

FILE_LIMIT = 50_000_000
"""Bytes of a file that we fetch. Slack takes up to 1 GB, but no invoice is of such a size."""
LOOKS = 10
LOOK_PAUSE = 0.5
"""Seconds between looks at whether Slack is done with a picture."""

log = logging.getLogger(__name__)


def connect(bot_token: str, api_url: str) -> AsyncWebClient:
    """A client of the Web API that tries nothing again by itself: whoever asks knows whether that may be repeated."""
    return AsyncWebClient(token=bot_token, base_url=api_url, retry_handlers=[])


async def post(
    client: AsyncWebClient, channel: str, thread: str | None, outgoing: Outgoing, picture: str | None
) -> str:
    """Sends a new message; its channel and ts, as "C1:1742.5". A person's id as the channel is their direct message."""

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

    posted = await _shown(request, outgoing.reply, picture)
    return f"{posted['channel']}:{posted['ts']}"


async def post_file(
    client: AsyncWebClient, channel: str, thread: str | None, attachment: Attachment, data: bytes
) -> str:
    """Shares a file; its id, which is not one of a message, as "C1:F5"."""
    sent = await client.files_upload_v2(content=data, filename=attachment.name, channel=channel, thread_ts=thread)
    return f"{channel}:{sent['files'][0]['id']}"


async def change(client: AsyncWebClient, channel: str, ts: str, reply: Reply, picture: str | None) -> None:
    """Changes a message in place; harmless to repeat."""

    async def request(blocks: list[Block]) -> AsyncSlackResponse:
        return await client.chat_update(channel=channel, ts=ts, text=to_notice(reply), blocks=blocks)

    await _shown(request, reply, picture)


async def _shown(
    request: Callable[[list[Block]], Awaitable[AsyncSlackResponse]], reply: Reply, picture: str | None
) -> AsyncSlackResponse:
    """Makes the request with the picture; where Slack refuses that, without it; and where it refuses that as well, with
    the words alone."""
    for blocks in ([to_blocks(reply, picture)] if picture else []) + [to_blocks(reply)]:
        try:
            return await request(blocks)
        except SlackApiError as error:
            if reason(error) not in UNREADABLE:
                raise
            log.warning("Slack refuses the look of a message (%s); it goes with less", error.response)
    return await request([])


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


async def fetch(client: AsyncWebClient, attachment: Attachment) -> bytes:
    """The bytes of a file. Raises: NotFound, NotPossible, with what the sender can do."""
    try:
        file = (await client.files_info(file=attachment.handle or ""))["file"]
    except SlackApiError as error:
        if reason(error) in {"file_not_found", "file_deleted"}:
            raise NotFound(f"Slack no longer has {attachment.name}. Please send it again.") from error
        if reason(error) == "missing_scope":
            raise _may_not_read() from error
        raise
    if file.get("is_external"):
        raise NotPossible(f"{attachment.name} is only linked in Slack. Please upload the file itself.")
    if file.get("size", 0) > FILE_LIMIT:
        raise NotPossible(f"{attachment.name} is larger than {FILE_LIMIT // 10**6} MB. Please send a smaller version.")
    headers = {"Authorization": f"Bearer {client.token}"}
    url = file.get("url_private_download") or file["url_private"]
    async with (
        aiohttp.ClientSession(trust_env=True, raise_for_status=True) as session,
        session.get(url, headers=headers) as response,
    ):
        if response.content_type == "text/html" != file.get("mimetype"):
            raise _may_not_read()  # without the scope Slack shows its login page, with a 200
        return await response.read()


def _may_not_read() -> NotPossible:
    return NotPossible(
        "Slack does not let Billify read files. Ask who runs Billify to give its Slack app the scope files:read."
    )
