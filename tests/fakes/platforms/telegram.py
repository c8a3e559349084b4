"""The Bot API of Telegram on a local port, as far as Billify uses it, with the limits of the real one.

https://core.telegram.org/bots/api: what it refuses there is refused here, in the same words.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from tests.fakes.platforms.telegram_limits import Refused, checked_commands, checked_markup, within

TOKEN = "123456:fake-telegram-token"
BOT = {"id": 123456, "is_bot": True, "first_name": "Billify", "username": "billify_bot"}
ANNA = {"id": 77, "is_bot": False, "first_name": "Anna", "last_name": "Berg"}
AS_TEXT = frozenset(
    {"text", "caption", "url", "secret_token", "file_id", "callback_query_id", "parse_mode", "language_code", "photo"}
)
"""Parameters that are no JSON; `photo` where it is the id of one that was sent before."""
PRIVATE = {"id": 77, "type": "private", "first_name": "Anna"}


@dataclass
class FakeTelegram:
    """`messages` are the bot's, by (chat, message id), as they look now; `calls` what was asked, in order.

    `refusals` holds for a method what the next calls of it are answered with.
    """

    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    uploads: dict[str, bytes] = field(default_factory=dict)
    refusals: dict[str, list[Refused]] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    webhook: dict[str, Any] | None = None
    local_paths: dict[str, str] = field(default_factory=dict)
    menus: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    down: int | None = None
    """While set, every request is answered with that HTTP status."""
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    """A method that has a gate waits until that is set."""
    lost: dict[str, int] = field(default_factory=dict)
    """How many more answers of a method do not arrive though it was done."""
    one_poller: bool = False
    """Whether a request for updates ends the one that waits, as with the real one; where a test's channel is cut off,
    its request lingers."""

    def __post_init__(self) -> None:
        self._ids = itertools.count(1000)
        self._changed = asyncio.Condition()
        self._lost: set[str] = set()
        self._polls = 0

    async def start(self) -> web.AppRunner:
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    # What people do

    async def say(self, text: str = "", **more: Any) -> dict[str, Any]:
        """A person writes; `more` overrides fields of the message. Returns the update."""
        message = {"message_id": next(self._ids), "date": int(time.time()), "chat": PRIVATE, "from": ANNA}
        return await self._bring({"message": message | ({"text": text} if text else {}) | more})

    async def press(self, label: str, message: dict[str, Any]) -> dict[str, Any]:
        """A person presses the button of that label on a message of the bot."""
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        query = {"id": str(next(self._ids)), "from": ANNA, "chat_instance": "1", "data": data}
        return await self._bring({"callback_query": query | {"message": message}})

    def keep(self, data: bytes, path: str) -> dict[str, Any]:
        """Holds a file as if it had been uploaded; the fields by which a message speaks of it."""
        self.uploads[path] = data
        return {"file_id": path, "file_unique_id": f"u{len(self.uploads)}", "file_size": len(data)}

    def lose(self, path: str) -> None:
        """Still names the file but no longer gives it out."""
        self._lost.add(path)

    async def _bring(self, update: dict[str, Any]) -> dict[str, Any]:
        update = {"update_id": next(self._ids), **update}
        async with self._changed:
            self.waiting.append(update)
            self._changed.notify_all()
        return update

    async def deliver(self, update: dict[str, Any], **headers: str) -> int:
        """Posts an update to the webhook; the status of the answer. 2xx confirms it."""
        assert self.webhook
        headers = headers or {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        async with (
            ClientSession() as session,
            session.post(self.webhook["url"], json=update, headers=headers) as response,
        ):
            if response.ok:
                self.waiting.remove(update)
            return response.status

    # What a test looks at

    async def seen(self, method: str, n: int = 1) -> dict[str, Any]:
        """The n-th call of a method (from 1), as soon as it was made and answered."""

        def found() -> list[dict[str, Any]]:
            return [parameters for name, parameters in self.calls if name == method]

        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(found()) >= n)
            return found()[n - 1]

    def shown(self, sent_id: str) -> dict[str, Any]:
        """A message of the bot as it looks now, by the id that the channel returned."""
        chat, message = sent_id.split(":")
        return self.messages[int(chat), int(message)]

    # The API

    async def _serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if self.down:
            return web.Response(status=self.down, text="<html>Bad Gateway</html>", content_type="text/html")
        if method in self.gates:
            await self.gates[method].wait()
        try:
            if request.match_info["token"] != TOKEN:
                raise Refused(401, "Unauthorized")
            parameters = await _parameters(request)
            if self.refusals.get(method):
                raise self.refusals[method].pop(0)
            result = await getattr(self, f"_{method}")(**parameters)
        except Refused as refused:
            answer = {"ok": False, "error_code": refused.status, "description": refused.description}
            if refused.parameters:
                answer["parameters"] = refused.parameters
            return web.json_response(answer, status=refused.status)
        async with self._changed:
            self.calls.append((method, parameters))
            self._changed.notify_all()
        if self.lost.get(method):
            self.lost[method] -= 1
            assert request.transport is not None
            request.transport.close()
        return web.json_response({"ok": True, "result": result})

    async def _serve_file(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if path in self._lost or request.match_info["token"] != TOKEN:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        return web.Response(body=self.uploads[path])

    async def _getMe(self) -> dict[str, Any]:  # noqa: N802
        return BOT

    async def _getUpdates(self, offset=0, timeout=0, allowed_updates=(), limit=100):  # noqa: N802
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        self.waiting[:] = [update for update in self.waiting if update["update_id"] >= offset]
        self._polls += 1
        poll = self._polls
        async with self._changed:
            self._changed.notify_all()
            try:
                async with asyncio.timeout(timeout):
                    await self._changed.wait_for(lambda: self.waiting or (self.one_poller and self._polls != poll))
            except TimeoutError:
                return []
        if self.one_poller and self._polls != poll:
            raise Refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance")
        return [update for update in self.waiting if update.keys() & {"update_id", *allowed_updates}][:limit]

    async def _setWebhook(self, url: str, **more: Any) -> bool:  # noqa: N802
        self.webhook = {"url": url, **more}
        return True

    async def _getWebhookInfo(self) -> dict[str, Any]:  # noqa: N802
        return {"url": (self.webhook or {}).get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}

    async def _deleteWebhook(self, **_: Any) -> bool:  # noqa: N802
        self.webhook = None
        return True

    async def _setMyCommands(self, commands, scope=None, language_code=""):  # noqa: N802
        self.menus[(scope or {"type": "default"})["type"], language_code] = checked_commands(commands)
        return True

    async def _sendMessage(self, chat_id: int, text: str, **more: Any):  # noqa: N802
        return self._keep(chat_id, {"text": within(text, 4096, "message is too long")}, more)

    async def _sendPhoto(self, chat_id: int, photo: bytes, caption: str = "", **more: Any):  # noqa: N802
        within(caption, 1024, "message caption is too long")
        return self._keep(chat_id, {"caption": caption, "photo": [self._photo(photo)]}, more)

    async def _sendDocument(self, chat_id: int, document: tuple[str, bytes], **more: Any):  # noqa: N802
        name, data = document
        file = self.keep(data, f"documents/{len(self.uploads)}") | {"file_name": name}
        return self._keep(chat_id, {"document": file}, more)

    async def _editMessageText(self, chat_id: int, message_id: int, text: str, **more: Any):  # noqa: N802
        if "text" not in self._found(chat_id, message_id):
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        return self._edit(chat_id, message_id, {"text": within(text, 4096, "message is too long")}, more)

    async def _editMessageCaption(self, chat_id: int, message_id: int, caption: str, **more: Any):  # noqa: N802
        within(caption, 1024, "message caption is too long")
        return self._edit(chat_id, message_id, {"caption": caption}, more)

    async def _editMessageMedia(self, chat_id: int, message_id: int, media: dict[str, Any], **more: Any):  # noqa: N802
        named = media["media"]
        photo = more.pop(named.removeprefix("attach://")) if named.startswith("attach://") else named
        caption = within(media["caption"], 1024, "message caption is too long")
        self._found(chat_id, message_id).pop("text", None)
        look = {"caption": caption, "photo": [self._photo(photo)]}
        return self._edit(chat_id, message_id, look, more)

    async def _answerCallbackQuery(self, callback_query_id: str, **_: Any) -> bool:  # noqa: N802
        return True

    async def _getFile(self, file_id: str) -> dict[str, Any]:  # noqa: N802
        if file_id not in self.uploads:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if file_id in self.local_paths:  # as a server that runs with --local
            return {"file_id": file_id, "file_unique_id": "u", "file_path": self.local_paths[file_id]}
        if len(self.uploads[file_id]) > 20_000_000:
            raise Refused(400, "Bad Request: file is too big")
        return {"file_id": file_id, "file_unique_id": "u", "file_path": file_id}

    def _photo(self, photo: tuple[str, bytes] | str) -> dict[str, Any]:
        """A picture that is sent, or that was sent before and is named by its id."""
        if isinstance(photo, str):
            if photo not in self.uploads:
                raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
            return {"file_id": photo, "file_unique_id": f"u-{photo}", "width": 800, "height": 600}
        return self.keep(photo[1], f"photos/{len(self.uploads)}") | {"width": 800, "height": 600}

    def _found(self, chat_id: int, message_id: int) -> dict[str, Any]:
        if (chat_id, message_id) not in self.messages:
            raise Refused(400, "Bad Request: message to edit not found")
        return self.messages[chat_id, message_id]

    def _keep(self, chat_id: int, look: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
        message = {"message_id": next(self._ids), "date": int(time.time()), "from": BOT}
        message |= {"chat": {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}}
        thread = {"message_thread_id": more["message_thread_id"]} if "message_thread_id" in more else {}
        answered = {"answers": more["reply_parameters"]["message_id"]} if "reply_parameters" in more else {}
        message |= look | thread | answered | checked_markup(more)
        self.messages[chat_id, message["message_id"]] = message
        return message

    def _edit(self, chat_id: int, message_id: int, look: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
        before = self._found(chat_id, message_id)
        if "keyboard" in before:  # "only without reply_markup or with inline keyboards" (Updating messages)
            raise Refused(400, "Bad Request: message can't be edited")
        after = {k: v for k, v in before.items() if k != "reply_markup"} | look | checked_markup(more)
        if after == before:
            raise Refused(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        self.messages[chat_id, message_id] = after
        return after


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Each field as JSON where it is JSON (but text as it is); of a file its name and bytes."""
    parameters: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            parameters[name] = (value.filename, value.file.read())
        elif name in AS_TEXT:
            parameters[name] = value
        else:
            parameters[name] = json.loads(value)
    return parameters
