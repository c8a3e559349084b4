"""The way to Telegram: a bot of @BotFather's, its token, and a first message (https://core.telegram.org/bots/features#botfather)."""

from __future__ import annotations

from bot.console.connect import kept_settings, platforms
from bot.console.connect.guide import Guide, NotThis
from bot.console.connect.introduction import introduce
from config.settings import Settings


async def connect_telegram(settings: Settings, token: str, guide: Guide) -> None:
    """Walks through it. Raises: BillifyError, saying which step failed and what to do."""
    token = token or settings.telegram_token.get_secret_value()
    if not token:
        guide.step(
            "Make the bot",
            "Open https://t.me/BotFather in Telegram and send it, one after the other:",
            "  /newbot",
            "  Billify                       what people see; any name will do",
            "  your_company_billify_bot      its address, which has to end in “bot” and to be free",
            "It answers with a token, such as 110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw.",
        )
    guide.step("Give Billify the token")
    token, name = await guide.ask_until_it_works("Token", token, lambda said: _bot(settings, said), secret=True)
    guide.done(f"It is the token of @{name}.")
    await _remark_on(guide, settings, token)
    kept_settings.keep(guide, settings, {"telegram_token": token})
    await introduce(guide, "telegram", "Telegram", lambda _, code: _where(name, code))


def _where(name: str, code: str) -> str:
    return f"Open https://t.me/{name}?start={code.replace('-', '')} and press Start, or send @{name}: join {code}"


async def _bot(settings: Settings, token: str) -> str:
    """The name of the bot. Raises: NotThis."""
    if ":" not in token:
        raise NotThis(
            "A token has a number, a colon and some letters, such as 110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw."
        )
    answer = await platforms.ask(
        "Telegram",
        f"{settings.telegram_api_url}/bot{token}/getMe",
        refused="Telegram does not accept this token ({why}). Send @BotFather /mybots, choose the bot, API Token.",
    )
    return str(answer.said["result"]["username"])


async def _remark_on(guide: Guide, settings: Settings, token: str) -> None:
    """What else may get in the way: another program that has the bot's messages sent to itself."""
    refused = "Telegram does not say where the bot's messages go ({why})."
    answer = await platforms.ask("Telegram", f"{settings.telegram_api_url}/bot{token}/getWebhookInfo", refused=refused)
    if answer.said["result"].get("url") and not settings.telegram_webhook_url:
        guide.remark("Another program had this bot's messages sent to it; from now on Billify gets them.")
