"""All chats side by side: Slack and Telegram on fake platforms, the terminal, the web chat with its log in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.channels.slack import Slack
from bot.channels.telegram import Telegram
from bot.channels.telegram.memory import LedgerMemory
from bot.channels.terminal import Terminal
from bot.channels.web import Web
from bot.processing.delivery import Delivery
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.platforms import slack as fake_slack
from tests.fakes.platforms import telegram as fake_telegram
from tests.fakes.platforms.mail_channel import SECRET
from tests.fakes.platforms.memory_chat_log import MemoryChatLog
from tests.fakes.platforms.slack import FakeSlack
from tests.fakes.platforms.telegram import FakeTelegram
from tests.fakes.platforms.web_sign_in import ListedDoor


@dataclass(frozen=True)
class AllChannels:
    """What was shown where, and the delivery that shows it."""

    slack: FakeSlack
    telegram: FakeTelegram
    log: MemoryChatLog
    delivery: Delivery


@asynccontextmanager
async def all_channels(database: Database, store: DocumentStore) -> AsyncIterator[AllChannels]:
    """The channels, open; closed again at the end."""
    async with AsyncExitStack() as ended:
        slack, telegram, log = FakeSlack(), FakeTelegram(), MemoryChatLog()
        for platform in (slack, telegram):
            ended.push_async_callback((await platform.start()).cleanup)
        channels = (
            Slack(bot_token=fake_slack.BOT_TOKEN, files=store, api_url=f"{slack.url}/api/"),
            Telegram(token=fake_telegram.TOKEN, files=store, api_url=telegram.url, memory=LedgerMemory(database)),
            Terminal(MemoryChatLog()),
            Web(
                log=log,
                files=store,
                door=ListedDoor({}),
                host="127.0.0.1",
                port=0,
                secret=SECRET,
            ),
        )
        for channel in channels:
            ended.push_async_callback(channel.close)
        delivery = Delivery(database, store, {c.name: c for c in channels})
        ended.push_async_callback(delivery.close)
        yield AllChannels(slack, telegram, log, delivery)
