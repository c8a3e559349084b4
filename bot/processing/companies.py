"""For which company work is done: what comes in is of one, and everything on its way is done for that one alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from config.log_context import learned
from handlers.context import OtherCompany
from handlers.messages import Message
from storage.db.database import Database
from storage.db.tenancy import FIRST, acting, acting_for
from storage.people import companies

P = ParamSpec("P")
T = TypeVar("T")


class Companies:
    """Knows the companies of the installation, and whose something is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def of(
        self, channel: str, address: str, conversation: str = "", places: Sequence[str] = (), text: str = ""
    ) -> AsyncIterator[None]:
        """What is done meanwhile is done for the company of who writes from there (`storage.people.companies.whose`).
        Implements `bot.channels.channel.Whose`."""
        with acting_for(None):
            whose = await self._database.read(
                companies.whose, channel, address, conversation=conversation, places=places, text=text
            )
        with acting_for(whose):
            yield

    async def each(self) -> list[int]:
        """The ids of all companies."""
        with acting_for(None):
            return await self._database.read(companies.all_ids) or [FIRST]

    async def where(self, look: Callable[[Session], Collection[int]]) -> Collection[int]:
        """The companies of which `look` finds in one question to all of them that there is something to do."""
        with acting_for(None):
            return await self._database.read(look)

    def others(self, channel: str, address: str) -> tuple[OtherCompany, ...]:
        """The companies that know an address, but the one for which work is done; for a transaction's thread."""
        here = acting() or FIRST
        with acting_for(None), self._database.reading() as session:
            known = companies.of_address(session, channel, address)
            named = {each.id: each.name for each in companies.all_companies(session)}
        return tuple(OtherCompany(each, named[each]) for each in known if each != here)

    def served(
        self, work: Callable[Concatenate[Message, P], Awaitable[T]]
    ) -> Callable[Concatenate[Message, P], Coroutine[Any, Any, T]]:
        """The same work, done for the company of its message."""

        async def for_company(message: Message, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if (company := message.company or acting()) is not None:
                with acting_for(company):
                    learned(company=company)
                    return await work(message, *args, **kwargs)
            async with self.of(message.channel, message.sender, conversation=message.conversation, text=message.text):
                learned(company=acting() or FIRST)
                return await work(message, *args, **kwargs)

        return for_company
