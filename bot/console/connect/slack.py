"""The way to Slack: the app from its manifest, two tokens, and a first message.

https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests, …/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from bot.channels.slack.workspaces.manifest import manifest, scopes
from bot.console.connect import kept_settings, platforms
from bot.console.connect.guide import Guide, NotThis
from bot.console.connect.introduction import introduce
from config.settings import Settings

NEW_APP = "https://api.slack.com/apps"
BOT_TOKEN = "Bot User OAuth Token (xoxb-…)"  # noqa: S105 - what it is called there
APP_TOKEN = "App-Level Token (xapp-…)"  # noqa: S105


async def connect_slack(settings: Settings, bot_token: str, app_token: str, guide: Guide) -> None:
    """Walks through it. Raises: BillifyError, saying which step failed and what to do."""
    bot_token = bot_token or settings.slack_bot_token.get_secret_value()
    app_token = app_token or settings.slack_app_token.get_secret_value()
    if not bot_token:
        guide.step(
            "Make the app",
            f"Open {new_app_address()}",
            "Choose your workspace, then Next and Create. Where that address is too long for a browser: Create New "
            "App, From a manifest, and paste what `billify connect slack --manifest` prints.",
        )
    guide.step(
        "Install it in your workspace", "OAuth & Permissions, Install to Workspace, Allow. Copy the token there."
    )
    bot_token, team = await guide.ask_until_it_works(
        BOT_TOKEN, bot_token, lambda token: _workspace(settings, token), secret=True
    )
    guide.done(f"The app is installed in {team}, and may do all that it needs.")
    guide.step(
        "Let it listen",
        "Basic Information, App-Level Tokens, Generate Token and Scopes; add the scope connections:write.",
    )
    app_token, _ = await guide.ask_until_it_works(
        APP_TOKEN, app_token, lambda token: _socket(settings, token), secret=True
    )
    guide.done("Slack opens a connection for it (Socket Mode).")
    kept_settings.keep(guide, settings, {"slack_bot_token": bot_token, "slack_app_token": app_token})
    await introduce(guide, "slack", "Slack", lambda _, code: f"Under Apps, open Billify and write: join {code}")


def new_app_address() -> str:
    """Where Slack makes an app of our manifest, which the address brings along."""
    return f"{NEW_APP}?{urlencode({'new_app': '1', 'manifest_json': json.dumps(manifest(), separators=(',', ':'))})}"


async def _workspace(settings: Settings, token: str) -> str:
    """What the workspace is called. Raises: NotThis, also where the app may not do all that it needs."""
    if token.startswith("xapp-"):
        raise NotThis("That is the App-Level Token, which comes next. The one that is wanted here begins with xoxb-.")
    answer = await platforms.ask(
        "Slack",
        f"{settings.slack_api_url}auth.test",
        token,
        refused="Slack does not accept this token ({why}). Copy the Bot User OAuth Token under OAuth & Permissions.",
    )
    granted = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    if granted and (missing := sorted(set(scopes()) - granted)):
        raise NotThis(
            f"The app may not do all that it needs: {', '.join(missing)} is missing. Add it under OAuth & Permissions, "
            "Scopes, and install the app again."
        )
    return str(answer.said.get("team") or "your workspace")


async def _socket(settings: Settings, token: str) -> None:
    """Raises: NotThis where no connection can be opened."""
    if token.startswith("xoxb-"):
        raise NotThis("That is the Bot User OAuth Token once more. The one that is wanted here begins with xapp-.")
    await platforms.ask(
        "Slack",
        f"{settings.slack_api_url}apps.connections.open",
        token,
        refused="Slack opens no connection ({why}). Make an App-Level Token with the scope connections:write, and see "
        "that Socket Mode is on.",
    )
