"""A web chat on a free port with its surroundings in memory, and HTTP clients of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from bot.channels.channel import Accept, Files, Outgoing
from bot.channels.tls import NO_TLS, Tls
from bot.channels.web import SignIn, Web
from handlers.messages import Message, Reply, reply_key
from storage.sealing.signing_keys import SigningKeys
from tests.fakes.platforms.mail_channel import SECRET
from tests.fakes.platforms.memory_chat_log import MemoryChatLog
from tests.fakes.platforms.memory_document_store import MemoryFiles
from tests.fakes.platforms.message_acceptor import Accepting
from tests.fakes.platforms.web_sign_in import ListedDoor
from tests.fakes.servers.ports import free_port, opened


class Chat:
    """The channel with its surroundings in memory; `start` and `stop` are its server's."""

    def __init__(
        self,
        public_url: str = "",
        door: SignIn | None = None,
        host: str = "127.0.0.1",
        tls: Tls = NO_TLS,
        port: int | None = None,
        secret: SigningKeys = SECRET,
        files: Files | None = None,
        **ways: Any,
    ) -> None:
        """`ways` are further ways in, as `Web` takes them."""
        self.log = MemoryChatLog()
        self.files: Any = files or MemoryFiles()
        self.door: Any = door or ListedDoor({"anna": "Anna", "bob": "Bob"})
        self.accepted = Accepting()
        self.accept: Accept = self.accepted
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.web = Web(
            log=self.log,
            files=self.files,
            door=self.door,
            host=host,
            port=self.port,
            secret=secret,
            public_url=public_url,
            tls=tls,
            **ways,
        )
        self._listening: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._listening = asyncio.create_task(self.web.listen(self.accept))
        await opened(self.port)

    async def stop(self) -> None:
        if self._listening:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def reply(self, message: Message, reply: Reply, n: int = 0) -> str:
        """Sends the n-th reply to a message, as a worker does."""
        return await self.web.send(Outgoing(reply_key(message.key, n), reply, message))

    async def edit(self, sent_id: str, message: Message, reply: Reply) -> None:
        """Shows a reply in place of one sent earlier, as a worker does."""
        await self.web.edit(sent_id, Outgoing(sent_id, reply, message))


@contextlib.asynccontextmanager
async def visiting(chat: Chat, **headers: str) -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client with a cookie jar of its own, which nobody has signed in with."""
    jar = aiohttp.CookieJar(unsafe=True)  # takes cookies of plain IP addresses
    async with aiohttp.ClientSession(chat.url, cookie_jar=jar, headers=headers) as session:
        yield session


@contextlib.asynccontextmanager
async def signed_in(chat: Chat, address: str = "anna") -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP client of a person who is signed in."""
    async with visiting(chat) as session:
        async with session.post("/enter", data={"token": f"{address}-link"}) as answer:
            assert answer.url.path == "/", await answer.text()
        yield session
