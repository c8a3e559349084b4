"""The web chat with its pages over somebody's desk: what is sent there is served as by a worker, and shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, BrowserContext, Page

from bot.pages.originals import Drawer
from bot.pages.site import Site
from bot.processing.delivery import Delivery
from bot.processing.situation import Office
from handlers.messages import Message
from storage.people import people
from tests.fakes.books.desk import Desk
from tests.fakes.platforms.web_sign_in import ListedDoor
from tests.fakes.platforms.webchat import Chat


class Blank:
    """Draws nothing, at once."""

    async def count(self, data: bytes) -> int:
        return 0

    async def draw(self, data: bytes, number: int) -> bytes:
        return b""

    async def close(self) -> None:
        """Nothing is open."""


@dataclass
class House:
    """`chat` is the server of a desk's pages."""

    desk: Desk
    chat: Chat
    delivery: Delivery

    @property
    def url(self) -> str:
        return self.chat.url

    async def serve(self, message: Message) -> None:
        """Answers it, as a worker does."""
        await self.delivery.send(message, await self.desk.conversation.respond(message))

    @asynccontextmanager
    async def opened(self, browser: Browser, address: str = "olga@web", **options: object) -> AsyncIterator[Page]:
        """Somebody's browser, signed in; a script error or a breach of the security policy fails the test."""
        context: BrowserContext = await browser.new_context(**options)  # type: ignore[arg-type]
        page = await context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        self.chat.door.tokens[f"{address}-link"] = address
        await page.goto(f"{self.url}/enter/{address}-link")
        await page.wait_for_url(f"{self.url}/")
        yield page
        await context.close()
        assert not faults, faults


@asynccontextmanager
async def house_of(
    desk: Desk, staff: Mapping[str, str] | None = None, drawer: Drawer | None = None
) -> AsyncIterator[House]:
    """The house of a desk whose owner is Olga; `staff` are the addresses on the terminal of others, by their names.
    Everybody's address in the web chat is "name@web"."""
    known = {"Olga": "owner", **(staff or {})}
    with desk.database.transaction() as session:
        for name, address in known.items():
            person = people.find_person(session, "terminal", address)
            assert person is not None, name
            people.link_address(session, person.id, "web", f"{name.lower()}@web", by=1, now=desk.now)
    door = ListedDoor({f"{name.lower()}@web": name for name in known})
    office = Office(desk.store, ZoneInfo("Europe/Berlin"), "EUR", lambda: desk.now)
    chat = Chat(door=door, files=desk.store, pages=Site(desk.database, desk.store, office, drawer or Blank()))
    house = House(desk, chat, Delivery(desk.database, desk.store, {"web": chat.web}))
    serving: set[asyncio.Task[None]] = set()

    async def accept(message: Message) -> None:
        serving.add(task := asyncio.create_task(house.serve(message)))
        task.add_done_callback(serving.discard)

    chat.accept = accept
    await chat.start()
    try:
        yield house
    finally:
        await asyncio.gather(*serving)
        await chat.stop()
        await chat.web.close()
        await house.delivery.close()
