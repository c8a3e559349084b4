"""A door whose links, people and sessions a test lists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import UTC, datetime, tzinfo

from bot.channels.web.sign_in import OpenSession, Person, Visitor
from handlers.language.translation import Language
from handlers.messages import Message

BEGUN = datetime(2025, 3, 21, 9, 30, tzinfo=UTC)


class ListedDoor:
    """Implements `bot.channels.web.SignIn`.

    `names` says who is known, by address; `tokens` maps each code that still works to an address, at first
    "anna-link" to "anna" and so on. `languages` is what people told to be spoken to in, by address; `begun` the address
    of each session by its token; `links` the message by which a link goes to whoever is called so.
    """

    def __init__(self, names: dict[str, str]) -> None:
        self.names = dict(names)
        self.languages: dict[str, Language] = {}
        self.tokens = {f"{address}-link": address for address in names}
        self.begun: dict[str, str] = {}
        self.links: dict[str, Message] = {}

    def of_company(self, token: str) -> AbstractAsyncContextManager[None]:
        return nullcontext()

    async def enter(self, code: str, visitor: Visitor) -> str | None:
        if (address := self.tokens.pop(code, None)) is None:
            return None
        token = f"{address}-session-{len(self.begun)}"
        self.begun[token] = address
        return token

    async def person(self, token: str) -> Person | None:
        address = self.begun.get(token, "")
        return Person(address, self.names[address]) if address in self.names else None

    async def lasting(self, tokens: Collection[str]) -> set[str]:
        return {token for token in tokens if await self.person(token)}

    async def leave(self, token: str) -> None:
        self.begun.pop(token, None)

    async def sessions(self, token: str) -> Sequence[OpenSession]:
        theirs = [each for each, address in self.begun.items() if address == self.begun.get(token)]
        return [OpenSession(n, "Firefox, Linux", BEGUN, BEGUN, each == token) for n, each in enumerate(theirs)]

    async def end(self, token: str, session_id: int | None) -> None:
        theirs = [each for each, address in self.begun.items() if address == self.begun.get(token)]
        for n, each in enumerate(theirs):
            if session_id in (None, n):
                del self.begun[each]

    async def link_for(self, said: str, url: str, visitor: Visitor) -> Message | None:
        return self.links.get(said)

    async def zone(self, address: str) -> tzinfo:
        return UTC

    async def language(self, address: str) -> Language | None:
        return self.languages.get(address)
