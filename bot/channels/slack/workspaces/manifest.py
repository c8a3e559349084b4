"""The app's manifest (https://docs.slack.dev/reference/app-manifest): what Slack is told that Billify uses."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def manifest() -> dict[str, Any]:
    """As it lies in the repository, to be pasted where Slack makes an app from a manifest."""
    read: dict[str, Any] = json.loads((files("config") / "slack-manifest.json").read_text("utf-8"))
    return read


def scopes() -> list[str]:
    """What the bot may do."""
    return list(manifest()["oauth_config"]["scopes"]["bot"])
