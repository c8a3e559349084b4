"""The manifest asks for what the code uses, and for nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from bot.channels.slack import listener
from bot.channels.slack.workspaces.manifest import manifest, scopes

SOURCES = Path(listener.__file__).parent

NEEDED = {
    "chat_postMessage": {"chat:write", "im:write"},  # im:write: to people who never wrote
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history"},
    "conversations_replies": {"channels:history", "groups:history", "im:history"},
    "files_info": {"files:read"},
    "files_upload_v2": {"files:write"},
    "reactions_add": {"reactions:write"},
    "reactions_remove": {"reactions:write"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_publish": set(),
    "auth_test": set(),
    "apps_connections_open": set(),
}
"""What each method needs: https://docs.slack.dev/reference/methods."""
HEARD = {
    "app_mention": ({"app_mention"}, {"app_mentions:read"}),
    "message": (
        {"message.channels", "message.groups", "message.im"},
        {"channels:history", "groups:history", "im:history"},
    ),
    "app_home_opened": ({"app_home_opened"}, set()),
    "app_uninstalled": ({"app_uninstalled"}, set()),
    "tokens_revoked": ({"tokens_revoked"}, set()),
}
"""What each event is subscribed to as, and needs."""


def called() -> set[str]:
    """The methods of the Web API that the channel's sources name."""
    text = "\n".join(file.read_text() for file in SOURCES.rglob("*.py"))
    return set(re.findall(r"(?:client|configured)\.((?:[a-z]+_)+[a-zA-Z0-9]+)\b", text))


def test_the_scopes_are_those_of_the_methods_and_events() -> None:
    used = called() - {"team_id", "enterprise_id", "wss_uri", "is_connected"}
    assert used <= NEEDED.keys(), "name what a new method needs"
    wanted = {scope for method in used for scope in NEEDED[method]} | {"commands"}
    wanted |= {scope for event in listener.EVENTS for scope in HEARD[event][1]}
    assert set(scopes()) == wanted


def test_the_events_command_and_shortcut_are_those_that_are_listened_to() -> None:
    subscribed = set(manifest()["settings"]["event_subscriptions"]["bot_events"])
    assert subscribed == {name for event in listener.EVENTS for name in HEARD[event][0]}
    features = manifest()["features"]
    assert [one["command"] for one in features["slash_commands"]] == [listener.COMMAND]
    assert [(one["callback_id"], one["type"]) for one in features["shortcuts"]] == [(listener.RECORD, "message")]
    assert features["app_home"]["home_tab_enabled"] and manifest()["settings"]["interactivity"]["is_enabled"]


def test_it_keeps_to_the_lengths_that_slack_documents() -> None:
    features, about = manifest()["features"], manifest()["display_information"]
    assert len(about["name"]) <= 35 and len(about["description"]) <= 140
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24 and len(shortcut["description"]) <= 150
    for command in features["slash_commands"]:
        assert len(command["description"]) <= 2000 and len(command["usage_hint"]) <= 1000
