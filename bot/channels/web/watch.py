"""One look at the log, one at the books and one at the sessions, for all pages that are open in this process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.channels.chatlog import ChatLog
from bot.channels.web.sign_in import SignIn
from storage.db.tenancy import acting

log = logging.getLogger(__name__)

POLL_SECONDS = 0.2
OVERLAP = timedelta(seconds=30)
"""How far the clocks of machines that write the log may be apart."""
CHECK_EVERY = 5  # polls, so about every second it is looked up which sessions last


@dataclass(eq=False)
class OpenPage:
    """A page that is open: whose conversation it shows, and in which session. `over` says that it is to be ended.
    `step` is the number of the latest step in the books that it shows, None where it shows none of them."""

    address: str
    token: str
    step: int | None = None
    over: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def changed(self) -> bool:
        """Waits until its conversation, or the books, may have changed; False once it is over."""
        await self.woken.wait()
        self.woken.clear()
        return not self.over

    def took(self, step: int | None) -> bool:
        """Whether the books are further than it shows, which it is then taken to know."""
        if self.step is None or step is None or self.step == step:
            return False
        self.step = step
        return True

    def end(self) -> None:
        """Its stream ends; a browser whose session lasts opens another."""
        self.over = True
        self.woken.set()


class Watch:
    """Wakes the pages of each company whose conversations or books changed, until the server is `stopping`. `step`
    tells the number of the latest step in the company's books; None where no page shows them."""

    def __init__(
        self,
        chat_log: ChatLog,
        door: SignIn,
        stopping: asyncio.Event,
        step: Callable[[], Awaitable[int]] | None = None,
    ) -> None:
        self._log, self._door, self._stopping, self._step = chat_log, door, stopping, step
        self._pages: dict[int | None, set[OpenPage]] = {}
        self._looking: dict[int | None, asyncio.Task[None]] = {}

    @contextmanager
    def page(self, address: str, token: str, step: int | None = None) -> Iterator[OpenPage]:
        """A page that is woken meanwhile, of the company for which work is done now."""
        company, opened = acting(), OpenPage(address, token, step)
        self._pages.setdefault(company, set()).add(opened)
        if company not in self._looking:  # the task goes on in this context, so for this company
            self._looking[company] = asyncio.create_task(self._look(company))
        try:
            yield opened
        finally:
            self._pages[company].discard(opened)

    async def _look(self, company: int | None) -> None:
        pages = self._pages[company]
        try:
            await self._wake(pages)
        except Exception:
            log.exception("the log of the web chat could not be looked at; its pages connect anew")
        finally:
            del self._looking[company]
            for opened in pages:
                opened.end()

    async def _wake(self, pages: set[OpenPage]) -> None:
        """Looks as long as any page is open."""
        seen: dict[str, datetime] = {}
        since, looks = datetime.now(UTC), 0
        while pages and not self._stopping.is_set():
            found = await self._log.changed("web", since - OVERLAP)
            news = {one.conversation for one in found if seen.get(one.key) != one.changed_at}
            seen = {one.key: one.changed_at for one in found}
            since = max((since, *seen.values()))
            lasting = await self._door.lasting({opened.token for opened in pages}) if looks % CHECK_EVERY == 0 else None
            step = await self._step() if self._step and any(opened.step is not None for opened in pages) else None
            looks += 1
            for opened in list(pages):
                if lasting is not None and opened.token not in lasting:
                    opened.end()
                elif opened.took(step) or opened.address in news:
                    opened.woken.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), POLL_SECONDS)
