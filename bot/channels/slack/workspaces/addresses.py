"""Which workspace an id is of: "T2/C7" is the channel C7 of another workspace than the one whose token is configured.

Ids of people and channels say nothing of their workspace, and every request needs the token of the right one. What is
of the configured workspace goes by its plain id, so that who was linked before there were several stays who they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

JSON = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """Where an event comes from: the `team` that it names, and where we are installed, "" for the configured workspace;
    `foreign` is the workspace of a person of another company in a shared channel (Slack Connect), "" for our own."""

    team: str
    installed: str = ""
    foreign: str | None = None

    def place(self, channel: str) -> str:
        """A channel, or a file, of the workspace where we are installed."""
        return qualified(self.installed, channel)

    def person(self, user: str) -> str:
        """Whoever did it, of their own workspace."""
        return qualified(self.installed if self.foreign is None else self.foreign, user)


def qualified(workspace: str, plain: str) -> str:
    """The id with its workspace, "" for the configured one."""
    return f"{workspace}/{plain}" if workspace else plain


def apart(address: str) -> tuple[str, str]:
    """The workspace, "" for the configured one, and the plain id."""
    workspace, _, plain = address.rpartition("/")
    return workspace, plain


def source_of_event(body: JSON, ours: str) -> Source:
    """Of an Events API payload; `ours` is the id of the configured workspace or organisation, "" for none."""
    event, granted = body["event"], (body.get("authorizations") or [{}])[0]
    enterprise = granted.get("enterprise_id") or body.get("enterprise_id")
    team = body.get("team_id") or granted.get("team_id") or event.get("team") or enterprise or ""
    theirs = event.get("user_team") or event.get("source_team") or event.get("team")
    known = {team, enterprise, granted.get("team_id"), body.get("context_team_id")}
    foreign = theirs if body.get("is_ext_shared_channel") and theirs not in known else None
    if granted.get("is_enterprise_install") and enterprise:
        return _source(team, enterprise, foreign, ours)
    return _source(team, granted.get("team_id") or team, foreign, ours)


def source_of_interaction(body: JSON, ours: str) -> Source:
    """Of a pressed button, a modal, a shortcut or a command. `team` is null where an organisation installed the app."""
    team, user = body.get("team") or {}, body.get("user") or {}
    enterprise = (body.get("enterprise") or {}).get("id") or body.get("enterprise_id") or team.get("enterprise_id")
    theirs = user.get("team_id") or body.get("team_id") or ""
    at = (body.get("view") or {}).get("app_installed_team_id") or team.get("id") or theirs or enterprise or ""
    if str(body.get("is_enterprise_install", "")).lower() == "true" and enterprise:
        return _source(at, enterprise, None, ours)
    foreign = theirs if theirs and theirs != at and not enterprise else None
    return _source(at, at, foreign, ours)


def _source(team: str, installed: str, foreign: str | None, ours: str) -> Source:
    """Without a configured workspace of its own, each is told apart."""
    home = "" if foreign is not None and foreign == ours else foreign
    return Source(team, "" if installed == ours else installed, home)
