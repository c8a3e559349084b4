"""What stands in Slack's channels and threads."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.slack_wire import Refused

US = "UBOT"


class History:
    """Of a platform with `messages`, `files` and `threads`."""

    messages: dict[tuple[str, str], dict[str, Any]]
    files: dict[str, dict[str, Any]]
    threads: dict[str, dict[str, Any]]

    def _conversations_replies(self, channel: str, ts: str, limit: int = 100, **how: Any) -> dict[str, Any]:
        found = [self.threads[ts]] if ts in self.threads else []
        found += [one for one in self._in(channel, **how) if ts in (one["ts"], one.get("thread_ts"))]
        if not found:
            raise Refused("thread_not_found")
        return {"messages": found[: int(limit)]}

    def _conversations_history(self, channel: str, limit: int = 100, **how: Any) -> dict[str, Any]:
        """Latest first, as with the real one."""
        return {"messages": list(reversed(self._in(channel, **how)))[: int(limit)]}

    def _in(self, channel: str, include_all_metadata: Any = False, **_: Any) -> list[dict[str, Any]]:
        """Our messages in a channel, and files that were shared there, which are messages, too; by time."""
        found = [{**look, "bot_id": "BBOT"} for (where, _), look in self.messages.items() if where == channel]
        shared = [file for file in self.files.values() if file.get("where", {}).get("channel_id") == channel]
        for file in shared:
            thread = {"thread_ts": file["where"]["thread_ts"]} if file["where"].get("thread_ts") else {}
            found.append({"ts": file["at"], "user": US, "bot_id": "BBOT", "files": [file["about"]], **thread})
        if str(include_all_metadata).lower() not in ("1", "true"):
            found = [{name: value for name, value in one.items() if name != "metadata"} for one in found]
        return sorted(found, key=lambda one: one["ts"])
