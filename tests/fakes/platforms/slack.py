"""Slack on a local port, as far as Billify uses it: Web API, Socket Mode, signed requests, files.

https://docs.slack.dev: what it refuses there is refused here, with the same code.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, web
from slack_sdk.signature import SignatureVerifier

from bot.channels.slack.workspaces.manifest import scopes
from tests.fakes.slack.history import History
from tests.fakes.slack.slack_wire import Refused, parameters_of
from tests.fakes.slack.surfaces import Surfaces, action_of

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-fake", "xapp-fake", "signing-secret"
FORM = "application/x-www-form-urlencoded"
TEAM, US, ANNA, DIRECT, OFFICE = "T1", "UBOT", "UANNA", "D77", "C100"


@dataclass
class FakeSlack(Surfaces, History):
    """`messages` are ours, by (channel, ts), as they look now; `calls` what was asked, in order.

    `refusals` holds for a method what the next calls of it are answered with; `threads` what a thread began with;
    `directs` the direct message of each person; `slow_pictures` how many more looks find a picture not understood yet;
    `stale_tickets` how many more tickets for Socket Mode are no longer good when they are used. A method that has a
    gate waits until that is set. While `down` is set, every request is answered with that HTTP status, and so are
    uploads; `lost` is how many more answers of a method do not arrive though it was done. `scopes` are what the token
    was granted, which each answer's header names.
    """

    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    messages: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    threads: dict[str, dict[str, Any]] = field(default_factory=dict)
    refusals: dict[str, list[Refused]] = field(default_factory=dict)
    directs: dict[str, str] = field(default_factory=lambda: {ANNA: DIRECT})
    slow_pictures: int = 0
    stale_tickets: int = 0
    acknowledged: list[str] = field(default_factory=list)
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    down: int | None = None
    lost: dict[str, int] = field(default_factory=dict)
    scopes: list[str] = field(default_factory=scopes)

    def __post_init__(self) -> None:
        self._ids = itertools.count(1)
        self._changed = asyncio.Condition()
        self._sockets: list[web.WebSocketResponse] = []
        self._tickets: set[str] = set()

    async def start(self) -> web.AppRunner:
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/api/{method}", self._serve)
        app.router.add_get("/socket", self._serve_socket)
        app.router.add_post("/upload/{id}", self._serve_upload)
        app.router.add_get("/files/{id}", self._serve_file)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    # What people do

    def message(self, text: str = "", **more: Any) -> dict[str, Any]:
        """The payload of what a person writes; `more` overrides fields of the event."""
        event = {"type": "message", "channel": DIRECT, "channel_type": "im", "user": ANNA, "text": text}
        return self._event(event | {"ts": self._ts()} | more)

    def mention(self, message: dict[str, Any]) -> dict[str, Any]:
        """The app_mention that Slack sends besides the message that names us."""
        event = {key: value for key, value in message["event"].items() if key != "channel_type"}
        return self._event(event | {"type": "app_mention"})

    def press(self, label: str, sent_id: str) -> dict[str, Any]:
        """The payload of a pressed button."""
        channel, ts = sent_id.split(":")
        message = self.messages[channel, ts]
        action = action_of(message["blocks"], label)
        container = {"type": "message", "channel_id": channel, "message_ts": ts}
        if message.get("thread_ts"):
            container["thread_ts"] = message["thread_ts"]
        return {
            "type": "block_actions",
            "team": {"id": TEAM, "domain": "acme"},
            "user": {"id": ANNA, "username": "anna", "team_id": TEAM},
            "container": container,
            "channel": {"id": channel},
            "message": message,
            "trigger_id": f"{next(self._ids)}.1",
            "actions": [{**action, "block_id": "b", "action_ts": self._ts()}],
        }

    def keep(self, data: bytes, name: str, mimetype: str, **more: Any) -> dict[str, Any]:
        """Holds a file as if a person had uploaded it; what an event says of it."""
        file = f"F{next(self._ids)}"
        about = {"id": file, "name": name, "mimetype": mimetype, "size": len(data)}
        about |= {"url_private_download": f"{self.url}/files/{file}"} | more
        self.files[file] = {"about": about, "data": data}
        return about

    async def push(self, payload: dict[str, Any]) -> str:
        """Sends a payload over Socket Mode; the id of its envelope."""
        kind = "events_api" if payload["type"] == "event_callback" else "interactive"
        envelope = f"e{next(self._ids)}"
        await self.connected()
        socket = self._sockets[-1]
        await socket.send_json({"type": kind, "envelope_id": envelope, "payload": payload})
        return envelope

    async def insist(self, payload: dict[str, Any]) -> None:
        """Sends a payload over Socket Mode again and again until it is acknowledged, as Slack does."""
        while self.acknowledged == []:
            with contextlib.suppress(ConnectionError):
                await self.push(payload)
            await asyncio.sleep(0.02)

    async def post(self, payload: dict[str, Any], port: int, secret: str = SECRET) -> int:
        """Brings a payload to the app's own server, signed; the status of the answer."""
        if payload["type"] != "block_actions":
            return await self._post(json.dumps(payload), "application/json", port, secret)
        return await self._post(urlencode({"payload": json.dumps(payload)}), FORM, port, secret)

    async def post_form(self, form: dict[str, str], port: int) -> int:
        """The same of a slash command."""
        return await self._post(urlencode(form), FORM, port, SECRET)

    async def _post(self, body: str, kind: str, port: int, secret: str) -> int:
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body) or "",
        }
        url = f"http://127.0.0.1:{port}/slack/events"
        async with ClientSession() as session, session.post(url, data=body, headers=headers) as response:
            return response.status

    # What a test looks at

    async def connected(self) -> None:
        """Waits until a connection of Socket Mode is open."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: self._sockets)

    async def cut(self) -> None:
        """Drops all connections of Socket Mode."""
        sockets, self._sockets = self._sockets, []
        for socket in sockets:
            await socket.close()

    async def acknowledgement(self, envelope: str) -> None:
        """Waits until the envelope is acknowledged."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: envelope in self.acknowledged)

    def shown(self, sent_id: str) -> dict[str, Any]:
        """A message of ours as it looks now, by the id that the channel returned."""
        channel, ts = sent_id.split(":")
        return self.messages[channel, ts]

    async def _serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if self.down:
            return web.Response(status=self.down, text="<html>Bad Gateway</html>", content_type="text/html")
        if method in self.gates:
            await self.gates[method].wait()
        tokens = {APP_TOKEN} if method == "apps.connections.open" else {BOT_TOKEN, *self.installed}
        try:
            given = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if given not in tokens and method != "oauth.v2.access":
                raise Refused("invalid_auth")
            parameters = await parameters_of(request)
            self.token = given
            if self.refusals.get(method):
                raise self.refusals[method].pop(0)
            answer = getattr(self, "_" + method.replace(".", "_"))(**parameters)
        except Refused as refused:
            headers = {"Retry-After": str(refused.wait)} if refused.wait is not None else {}
            answer = {"ok": False, "error": refused.code}
            return web.json_response(answer, status=refused.status, headers=headers)
        self.calls.append((method, parameters))
        if self.lost.get(method):
            self.lost[method] -= 1
            assert request.transport is not None
            request.transport.close()
        return web.json_response({"ok": True, **answer}, headers={"x-oauth-scopes": ",".join(self.scopes)})

    async def _serve_socket(self, request: web.Request) -> web.WebSocketResponse:
        if request.query["ticket"] not in self._tickets:
            raise web.HTTPForbidden
        self._tickets.remove(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        async with self._changed:
            self._sockets.append(socket)
            self._changed.notify_all()
        async for frame in socket:
            async with self._changed:
                said = json.loads(frame.data)
                self.acknowledged.append(said["envelope_id"])
                self.answers[said["envelope_id"]] = said.get("payload") or {}
                self._changed.notify_all()
        if socket in self._sockets:
            self._sockets.remove(socket)
        return socket

    async def _serve_upload(self, request: web.Request) -> web.Response:
        if self.down:
            return web.Response(status=self.down)
        self.files[request.match_info["id"]]["data"] = await request.read()
        return web.Response(text="OK")

    async def _serve_file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in {BOT_TOKEN, *self.installed}:
            return web.Response(text="<html>Please sign in", content_type="text/html")
        file = self.files[request.match_info["id"]]
        return web.Response(body=file["data"], content_type=file.get("served_as", file["about"]["mimetype"]))

    def _auth_test(self, **_: Any) -> dict[str, Any]:
        if self.token in self.installed:
            return self.installed[self.token]
        return {"user_id": US, "team_id": TEAM, "bot_id": "BBOT", "user": "billify", "team": "Acme", "url": "x"}

    def _apps_connections_open(self, **_: Any) -> dict[str, Any]:
        ticket = f"t{next(self._ids)}"
        self.stale_tickets -= 1
        if self.stale_tickets < 0:
            self._tickets.add(ticket)
        return {"url": f"{self.url.replace('http', 'ws')}/socket?ticket={ticket}"}

    def _users_info(self, user: str, **_: Any) -> dict[str, Any]:
        return {"user": {"id": user, "profile": {"display_name": "", "real_name": "Anna Berg"}}}

    def _chat_postMessage(self, channel: str, **look: Any) -> dict[str, Any]:  # noqa: N802
        self._check(look)
        channel, ts = self.directs.get(channel, channel), self._ts()
        self.messages[channel, ts] = {"ts": ts, "user": US, **look}
        return {"channel": channel, "ts": ts}

    def _chat_update(self, channel: str, ts: str, **look: Any) -> dict[str, Any]:
        if (channel, ts) not in self.messages:
            raise Refused("message_not_found")
        self._check(look)
        self.messages[channel, ts] |= look
        return {"channel": channel, "ts": ts}

    def _files_getUploadURLExternal(self, filename: str, length: int, **_: Any) -> dict[str, Any]:  # noqa: N802
        file = self.keep(b"", filename, "")["id"]
        self.files[file]["length"] = int(length)
        return {"upload_url": f"{self.url}/upload/{file}", "file_id": file}

    def _files_completeUploadExternal(self, files: Any, **where: Any) -> dict[str, Any]:  # noqa: N802
        for each in files:
            file = self.files[each["id"]]
            assert len(file["data"]) == file["length"]
            file |= {"where": where, "at": self._ts()}
        return {"files": [{"id": each["id"], "title": each["title"]} for each in files]}

    def _files_info(self, file: str, **_: Any) -> dict[str, Any]:
        if file not in self.files:
            raise Refused("file_not_found")
        about = self.files[file]["about"]
        if "where" in self.files[file] and not about["mimetype"]:
            self.slow_pictures -= 1
            about["mimetype"] = "" if self.slow_pictures >= 0 else "image/png"
        return {"file": about}

    def _check(self, look: dict[str, Any]) -> None:
        """Block Kit's rules, and that a picture is one that Slack has understood."""
        self.check_look(look["blocks"])
        for block in look["blocks"]:
            picture = block if block["type"] == "image" else block.get("accessory", {})
            if picture.get("type") == "image" and not self.files[picture["slack_file"]["id"]]["about"]["mimetype"]:
                raise Refused("invalid_blocks")

    def _event(self, event: dict[str, Any]) -> dict[str, Any]:
        about = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A1", "event_id": f"Ev{next(self._ids)}"}
        return about | {"event": event, "authorizations": [{"team_id": TEAM, "user_id": US, "is_bot": True}]}

    def _ts(self) -> str:
        return f"1742550000.{next(self._ids):06d}"
