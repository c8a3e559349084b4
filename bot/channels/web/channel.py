"""The web chat as a channel: its server, and what is said through it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files as package_files
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.channel import Accept, ChannelMisconfigured, Files, Outgoing
from bot.channels.chatlog import ChatLog, Post
from bot.channels.web.chat_page import ChatPage
from bot.channels.web.downloads import Downloads
from bot.channels.web.inbox import BODY_BYTES, Inbox
from bot.channels.web.mail_buttons import MailButtonPages, MailButtons
from bot.channels.web.page_language import LanguageMiddleware
from bot.channels.web.security import SecurityMiddleware, own_addresses
from bot.channels.web.sign_in import SignIn
from bot.channels.web.sign_in_pages import SignInPages
from handlers.errors import NotFound
from handlers.messages import Attachment, Reply

SESSION_SECONDS = 30 * 24 * 3600
STOP_SECONDS = 5


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
        secret: bytes,
        public_url: str = "",
        buttons: MailButtons | None = None,
    ) -> None:
        """`secret` signs cookies and links to files; `public_url` is where people reach it behind a proxy, if so.
        `buttons` are those of mails; None where no mail leads here."""
        self.log = log
        self.files = files
        self.host = host
        self.port = port
        self._stopping = asyncio.Event()
        self._inbox = Inbox(log, files, door)
        shelf = Downloads(files, door, secret)
        url = public_url.rstrip("/") or f"http://{host}:{port}"
        mailed = MailButtonPages(buttons, door, log, self._inbox, url) if buttons else None
        self.app = Starlette(
            routes=_routes(ChatPage(log, door, shelf, self._stopping), SignInPages(door), self._inbox, shelf, mailed),
            middleware=[
                Middleware(SecurityMiddleware, addresses=own_addresses(host, port, public_url)),
                _sessions(port, secret, https=urlsplit(public_url).scheme == "https"),
                Middleware(LanguageMiddleware),
            ],
            exception_handlers={HTTPException: _refuse},
        )

    async def listen(self, accept: Accept) -> None:
        """Serves the chat until cancelled; then lets requests finish and ends the event streams.

        Raises: ChannelMisconfigured when the address cannot be listened on.
        """
        listener = self._bind()
        self._inbox.accept = accept
        self._stopping.clear()
        server = _Server(
            uvicorn.Config(
                self.app,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                ws="none",
                timeout_graceful_shutdown=STOP_SECONDS,
            )
        )
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            await asyncio.shield(serving)
        finally:
            self._inbox.accept = None
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


def _routes(
    conversation: ChatPage,
    entrance: SignInPages,
    inbox: Inbox,
    shelf: Downloads,
    mailed: MailButtonPages | None,
) -> list[Route | Mount]:
    static = str(package_files("bot.channels.web") / "static")
    return [
        *(mailed.routes() if mailed else []),
        Route("/", conversation.page),
        Route("/events", conversation.events),
        Route("/messages", inbox.post, methods=["POST"], max_body_size=BODY_BYTES),
        Route("/file/{sha256}", shelf.serve),
        Route("/enter/{token}", entrance.link),
        Route("/enter", entrance.enter, methods=["POST"], max_body_size=64 * 1024),
        Route("/leave", entrance.leave, methods=["POST"]),
        Mount("/static", StaticFiles(directory=static)),
    ]


def _sessions(port: int, secret: bytes, https: bool) -> Middleware:
    """Signed cookies: HttpOnly, and SameSite=Lax.

    Lax rather than Strict: a link in a reminder's mail must find the person signed in; and nothing is changed by a
    GET, while each POST is checked for its origin. Cookies know no ports, hence the port in the name.
    """
    return Middleware(
        SessionMiddleware,
        secret_key=secret.hex(),
        session_cookie="__Host-billify" if https else f"billify-{port}",
        max_age=SESSION_SECONDS,
        same_site="lax",
        https_only=https,
    )


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)
