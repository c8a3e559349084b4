"""The webhook against telemelya, a mock of the Bot API that others wrote.

It runs as it is, in a process of its own, on a Redis and an object store that live in this one. It knows no
documents, no polling, no editMessageMedia and sends no secret token: those are tested on our own fake.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterator

import pytest
from aiohttp import ClientSession, web
from fakeredis import TcpFakeServer
from telemelya.client import TelegramTestClient

from bot.channels.channel import Outgoing
from bot.channels.telegram import Telegram
from handlers.messages import Attachment, Card, Choice, Reply
from tests.fakes.platforms.message_acceptor import listening_to
from tests.fakes.servers.ports import free_port, opened

TOKEN = "123456789:telemelya-token"
CHAT = 4711
KEY = "control-key"


@pytest.fixture
def redis() -> Iterator[int]:
    port = free_port()
    server = TcpFakeServer(("127.0.0.1", port))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield port
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
async def bucket():
    """The few requests of S3 that telemelya makes; its port."""
    objects: dict[str, bytes] = {}

    async def serve(request: web.Request) -> web.Response:
        if request.method == "PUT":
            objects[request.path] = await request.read()
            return web.Response()
        return web.Response(body=objects.get(request.path, b""))  # HEAD asks whether the bucket is there

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


@pytest.fixture
async def telemelya(redis, bucket, tmp_path):
    """The address of a running telemelya."""
    port = free_port()
    settings = {
        "MOCK_SERVER_HOST": "127.0.0.1",
        "MOCK_SERVER_PORT": str(port),
        "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "MINIO_ENDPOINT": f"127.0.0.1:{bucket}",
        "AUTH_KEYS": KEY,
        "STRICT_EDIT": "true",
    }
    command = (sys.executable, "-m", "telemelya.server.app")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=tmp_path, env=os.environ | settings, stderr=asyncio.subprocess.DEVNULL
    )
    await opened(port)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    await process.wait()


@pytest.fixture
async def person(telemelya):
    client = TelegramTestClient(telemelya, KEY, TOKEN)
    yield client
    client.close()


@pytest.fixture
async def hook(telemelya, files, accept):
    port = free_port()
    channel = Telegram(
        token=TOKEN, files=files, api_url=telemelya, webhook_url=f"http://127.0.0.1:{port}", webhook_port=port
    )
    async with listening_to(channel, accept):
        await registered(telemelya)
        yield channel
    await channel.close()


async def registered(telemelya: str) -> None:
    """Waits until the webhook is set."""
    async with ClientSession() as session, asyncio.timeout(20):
        while True:
            async with session.post(f"{telemelya}/bot{TOKEN}/getWebhookInfo") as response:
                if (await response.json())["result"]["url"]:
                    return
            await asyncio.sleep(0.02)


async def test_a_photo_is_answered_with_a_card_and_its_button_pressed(person, hook, files, accept, tmp_path):
    (tmp_path / "receipt.jpg").write_bytes(b"a receipt")
    await asyncio.to_thread(person.send_photo, CHAT, str(tmp_path / "receipt.jpg"), "lunch")
    message = await accept.take()
    assert (message.text, message.sender_name) == ("lunch", "TestUser")
    assert await hook.fetch(message.attachments[0]) == b"a receipt"

    status = await hook.send(Outgoing("k#0", Reply("Reading…", status=True), message))
    assert await hook.edit(status, Outgoing("k#0", Reply("Done."), message)) == status
    picture = Attachment("page.png", "image/png", await files.put(b"a page"))
    reply = Reply(card=Card("Acme GmbH", picture=picture), choices=(Choice("confirm:1", "Confirm"),))
    card = await hook.send(Outgoing("k#1", reply, message))

    await asyncio.to_thread(person.send_callback_query, CHAT, "confirm:1", int(card.split(":")[1]))
    pressed = await accept.take(2)
    assert (pressed.choice, pressed.answers) == ("confirm:1", f"sent:{card}")

    async with asyncio.timeout(20):
        while len(seen := await asyncio.to_thread(person.get_responses)) < 4:
            await asyncio.sleep(0.02)  # a press is released beside all else
    assert [response["method"] for response in seen] == [
        "sendMessage",
        "editMessageText",
        "sendPhoto",
        "answerCallbackQuery",
    ]
    assert (seen[1]["text"], seen[2]["caption"]) == ("Done.", "<b>Acme GmbH</b>")
    assert await asyncio.to_thread(person.get_media, seen[2]["file_id"]) == b"a page"
