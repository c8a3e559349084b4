"""The web chat as a channel: its server, and what is said through it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files as package_files
from typing import Protocol
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.channel import Accept, ChannelMisconfigured, Files, Outgoing
from bot.channels.chatlog import ChatLog, Post
from bot.channels.probes import Probes, Ready
from bot.channels.tls import NO_TLS, Tls
from bot.channels.web.chat_page import ChatPage
from bot.channels.web.company import CompanyMiddleware
from bot.channels.web.downloads import Downloads
from bot.channels.web.inbox import BODY_BYTES, Inbox
from bot.channels.web.mail_buttons import MailButtonPages, MailButtons
from bot.channels.web.openid.flow import Flow
from bot.channels.web.openid.pages import OpenIdPages
from bot.channels.web.openid.people import VouchedPeople
from bot.channels.web.openid.provider import IdentityProvider
from bot.channels.web.page_language import LanguageMiddleware
from bot.channels.web.passkeys.desk import PasskeyDesk
from bot.channels.web.passkeys.pages import PasskeyPages
from bot.channels.web.security import SecurityMiddleware, SignedCookies, own_addresses
from bot.channels.web.sign_in import SignIn
from bot.channels.web.sign_in_pages import SignInPages
from bot.channels.web.watch import Watch
from bot.channels.web.ways_in import WaysIn
from bot.telemetry.exposition import Exposition
from handlers.errors import NotFound
from handlers.messages import Attachment, Reply
from storage.sealing.signing_keys import SigningKeys

STOP_SECONDS = 5


class Api(Protocol):
    """What is served beside the pages: `accept` is set while the channel listens."""

    accept: Accept | None

    def mounts(self) -> Sequence[Mount | Route]:
        """What is served where."""
        ...


class Pages(Protocol):
    """The pages beside the chat, which show the books."""

    def routes(self, door: SignIn, shelf: Downloads, inbox: Inbox) -> Sequence[Route]:
        """Where each is; what somebody does on one goes through the `inbox`."""
        ...

    async def step(self) -> int:
        """The number of the latest step in the books of the company that is served."""
        ...

    async def close(self) -> None:
        """Ends what draws pages. Harmless to call twice."""
        ...


class Web:
    """The chat in the browser. All that two processes share of it is in the log and among the files."""

    name = "web"
    edits = True
    gathers = False

    def __init__(
        self,
        *,
        log: ChatLog,
        files: Files,
        door: SignIn,
        host: str,
        port: int,
        secret: SigningKeys,
        public_url: str = "",
        buttons: MailButtons | None = None,
        tls: Tls = NO_TLS,
        passkeys: PasskeyDesk | None = None,
        providers: Sequence[IdentityProvider] = (),
        vouched: VouchedPeople | None = None,
        ready: Ready | None = None,
        exposition: Exposition | None = None,
        api: Api | None = None,
        pages: Pages | None = None,
    ) -> None:
        """`secret` signs cookies and links to files; `public_url` is where people reach it behind a proxy, if so.
        `buttons` are those of mails; None where no mail leads here. `tls` protects it beyond this machine.
        `passkeys` is None where browsers make none; `vouched` lets in whom the identity `providers` vouch for. `ready`
        asks what requests need, for `/readyz`; None for nothing. `exposition` is what `/metrics` shows, and to whom.
        `api` is what programs call; `pages` are those beside the chat."""
        self._tls = tls
        self.log = log
        self.files = files
        self.host = host
        self.port = port
        self._stopping = asyncio.Event()
        self._inbox = Inbox(log, files, door)
        shelf = Downloads(files, door, secret)
        https = bool(tls.certificate) or urlsplit(public_url).scheme == "https"
        url = public_url.rstrip("/") or f"{'https' if tls.certificate else 'http'}://{host}:{port}"
        mailed = MailButtonPages(buttons, door, log, self._inbox, url) if buttons else None
        ways = WaysIn([(one.name, one.title) for one in providers], passkeys.party if passkeys else None)
        entrance = SignInPages(door, url, lambda: self._inbox.accept, ways, passkeys)
        flows = {one.name: Flow(one, f"{url}/openid/{one.name}/back") for one in providers}
        further = [
            *(mailed.routes() if mailed else []),
            *(PasskeyPages(passkeys, door).routes() if passkeys else []),
            *(OpenIdPages(flows, vouched, door, ways, url).routes() if vouched else []),
        ]
        self._providers = tuple(providers)
        self._api = api
        self._pages = pages
        watch = Watch(log, door, self._stopping, pages.step if pages else None)
        chat = ChatPage(log, door, shelf, watch, self._stopping, ways)
        self.app = Starlette(
            routes=[
                *(api.mounts() if api else ()),
                *further,
                *(pages.routes(door, shelf, self._inbox) if pages else ()),
                *_routes(chat, entrance, self._inbox, shelf),
            ],
            middleware=[
                Middleware(
                    Probes,
                    ready=ready or _nothing,
                    listening=lambda: self._inbox.accept is not None,
                    exposition=exposition or Exposition(),
                ),
                Middleware(SecurityMiddleware, addresses=own_addresses(host, port, public_url)),
                Middleware(SignedCookies, keys=secret, port=port, https=https),
                Middleware(CompanyMiddleware, door=door),
                Middleware(LanguageMiddleware),
            ],
            exception_handlers={HTTPException: _refuse},
        )

    async def listen(self, accept: Accept) -> None:
        """Serves the chat until cancelled; then lets requests finish and ends the event streams.

        Raises: ChannelMisconfigured when the address cannot be listened on, or not without TLS; for an identity
        provider that cannot be asked safely.
        """
        self._tls.check("The web chat", self.host)
        for provider in self._providers:
            provider.check()
        certificate = self._tls.context()
        listener = self._bind()
        self._inbox.accept = accept
        if self._api:
            self._api.accept = accept
        self._stopping.clear()
        server = _Server(
            uvicorn.Config(
                self.app,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(self._tls.proxy),
                forwarded_allow_ips=self._tls.proxy or None,
                ssl_context_factory=(lambda *_: certificate) if certificate else None,
                ssl_certfile=self._tls.certificate,
                ws="none",
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await asyncio.shield(serving)
        finally:
            self._inbox.accept = None
            if self._api:
                self._api.accept = None
            self._stopping.set()
            server.should_exit = True
            await serving

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a file sent here, which were kept before its message was accepted.

        Raises: NotFound when they are no longer kept.
        """
        try:
            return await self.files.get(attachment.sha256 or "")
        except FileNotFoundError:
            raise NotFound(f"“{attachment.name}” is no longer kept. Please send it again.") from None

    def files_apart(self, reply: Reply) -> tuple[int, ...]:
        """See `Channel`: none."""
        return ()

    async def send(self, outgoing: Outgoing) -> str:
        """Writes the reply into the log, from where the open pages show it. The id is the reply's key."""
        return await self.edit(outgoing.key, outgoing)

    async def edit(self, sent_id: str, outgoing: Outgoing) -> str:
        """Shows the reply in place of the post `sent_id`."""
        conversation = outgoing.message.conversation
        await self.log.write(Post(sent_id, self.name, conversation, None, outgoing.reply, datetime.now(UTC)))
        return sent_id

    async def close(self) -> None:
        """Ends the event streams; the server itself ends with `listen`."""
        self._stopping.set()
        if self._pages:
            await self._pages.close()

    def _bind(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            return socket.create_server((self.host, self.port), family=family, backlog=128)
        except OSError as error:
            raise ChannelMisconfigured(
                f"The web chat cannot listen on {self.host}:{self.port} ({error.strerror or error}). "
                "Stop what uses it, or set BILLIFY_WEB_HOST and BILLIFY_WEB_PORT to a free address."
            ) from None


class _Server(uvicorn.Server):
    """uvicorn without signal handlers of its own: the application stops all of its parts together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _nothing() -> None:
    """What nothing is needed for."""


def _routes(
    conversation: ChatPage,
    entrance: SignInPages,
    inbox: Inbox,
    shelf: Downloads,
) -> list[Route | Mount]:
    static = str(package_files("bot.channels.web") / "static")
    return [
        Route("/", conversation.page),
        Route("/events", conversation.events),
        Route("/messages", inbox.post, methods=["POST"], max_body_size=BODY_BYTES),
        Route("/file/{sha256}", shelf.serve),
        Route("/enter/{token}", entrance.link),
        Route("/enter", entrance.enter, methods=["POST"], max_body_size=64 * 1024),
        Route("/sign-in", entrance.sign_in, methods=["GET"]),
        Route("/sign-in", entrance.send_link, methods=["POST"], max_body_size=64 * 1024),
        Route("/sessions", entrance.sessions, methods=["GET"]),
        Route("/sessions", entrance.end, methods=["POST"], max_body_size=64 * 1024),
        Route("/leave", entrance.leave, methods=["POST"]),
        Mount("/static", StaticFiles(directory=static)),
    ]


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
