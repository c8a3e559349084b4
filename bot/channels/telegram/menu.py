"""The menu of commands that Telegram offers beside the field for a message, in each language of its apps."""

from __future__ import annotations

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from handlers.language.translation import LANGUAGES, Language, say, sayable, speaking

MENU: dict[Language, dict[str, str]] = {
    "en": {
        "due": sayable("What is due?"),
        "overdue": sayable("What is overdue?"),
        "owed": sayable("Who owes us?"),
        "balance": sayable("What is on our accounts?"),
        "forecast": sayable("How our money will look"),
        "spend": sayable("What did we spend?"),
        "find": sayable("Find an invoice"),
        "undo": sayable("Take back what I did last"),
        "help": sayable("What I can do"),
    },
    "de": {
        "faellig": "What is due?",
        "ueberfaellig": "What is overdue?",
        "forderungen": "Who owes us?",
        "saldo": "What is on our accounts?",
        "prognose": "How our money will look",
        "ausgaben": "What did we spend?",
        "suche": "Find an invoice",
        "zurueck": "Take back what I did last",
        "hilfe": "What I can do",
    },
}
"""Names (Bot API, BotCommand: a-z, 0-9, _) and what stands beside them; `bot.processing.slash_commands` knows them."""
ALONE = frozenset({"balance", "forecast", "saldo", "prognose"})
"""Not in the menu of groups, since their answers go to the asker alone."""
COMMANDS = frozenset({"start", *(name for names in MENU.values() for name in names)})
"""What is meant for us where it stands alone in a group, with no bot's name behind it."""
FALLBACK: Language = "en"
"""What whoever speaks none of our languages is shown."""

log = logging.getLogger(__name__)


async def publish(bot: Bot) -> None:
    """Tells Telegram the menu, in each language and kind of chat. What it does not take is as it was: nobody waits."""
    try:
        for language in LANGUAGES:
            for spoken in (language, None) if language == FALLBACK else (language,):
                commands = commands_in(language)
                fit = [command for command in commands if command.command not in ALONE]
                await bot.set_my_commands(commands, BotCommandScopeAllPrivateChats(), spoken)
                await bot.set_my_commands(fit, BotCommandScopeAllGroupChats(), spoken)
    except TelegramError as error:
        log.warning("Telegram does not take the menu of commands now (%s); it stays as it is", error)


def commands_in(language: Language) -> list[BotCommand]:
    """The menu in a language."""
    with speaking(language):
        return [BotCommand(name, say(words)) for name, words in MENU[language].items()]
