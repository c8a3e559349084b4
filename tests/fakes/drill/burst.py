"""Messages all at once, with restarts in the middle of them: how the long one is counted.

python -m tests.fakes.drill.burst [CONVERSATIONS] [MESSAGES OF EACH]
"""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from sqlmodel import func, select

from bot.application.app import App, open_app
from bot.channels.chatlog import LedgerChatLog
from config.settings import Settings
from handlers.messages import Message, reply_key
from storage.models import Inbound
from tests.fakes.faults.books import check_once, confirmations
from tests.fakes.faults.processes import environment, worker
from tests.fakes.kept import kept_books


async def burst(settings: Settings, conversations: int, each: int) -> None:
    """The first message of each conversation confirms a bill, the others ask. Two workers end on the way.

    Raises: AssertionError where one is not answered once, in its order, or not booked once.
    """
    async with open_app(settings, "look") as app:
        confirming = await confirmations(app, [f"{n:03}" for n in range(conversations)])
        said = {first.conversation: [first, *_asked(first, each)] for first in confirming}
        for turn in zip(*said.values(), strict=True):
            await asyncio.gather(*(app.jobs.accept(message) for message in turn))
        total = conversations * each
        for at, told in ((total // 5, signal.SIGKILL), (total // 2, signal.SIGTERM)):
            async with worker(environment(settings), told):
                await _served(app, at)
        async with worker(environment(settings), signal.SIGTERM):
            for messages in said.values():
                await app.jobs.replies(messages[-1].key)
        await check_once(app, confirming, alone=False)
        log = LedgerChatLog(app.database)
        for name, messages in said.items():
            posts = await log.read("terminal", name)
            assert [post.key for post in posts] == [reply_key(message.key, 0) for message in messages], name


def _asked(first: Message, each: int) -> list[Message]:
    """What is asked after it in the same conversation."""
    return [
        replace(first, key=f"terminal:{first.conversation} {n}", text="balance", choice=None) for n in range(1, each)
    ]


async def _served(app: App, most: int) -> None:
    """Waits until so many are."""
    count = select(func.count()).select_from(Inbound)
    while await app.database.read(lambda session: session.exec(count).one()) < most:
        await asyncio.sleep(0.05)


def main(conversations: int = 40, each: int = 25) -> None:
    """Prints how long it took."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        settings = kept_books.settings(Path(folder, "home"), Path(folder, "backups"))
        asyncio.run(burst(settings, conversations, each))
    print(f"{conversations * each} messages answered once, in order, in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
