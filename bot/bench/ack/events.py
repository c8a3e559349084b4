"""What the platforms bring to a webhook, event after event, each of another person."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bot.bench.ack.slow_platform import SECRET, TEAM, US

Request = tuple[bytes, dict[str, str]]
"""The body and the headers."""


def slack_message(n: int) -> Request:
    """A line to us alone that mentions somebody."""
    return _slack_event(n, {"channel": f"D{n}", "channel_type": "im", "text": "tell <@UOTHER> what is due"})


def slack_line(n: int, channel: str) -> Request:
    """A line of the n-th event to us alone, in a conversation that goes on."""
    said = {"channel": channel, "channel_type": "im", "text": "what is due?", "user": f"U{channel}"}
    return _slack_event(n, said)


def slack_thread(n: int) -> Request:
    """A thread of others, which we are asked to record."""
    thread = {"thread_ts": "1742540000.000001", "parent_user_id": "UOTHER"}
    return _slack_event(n, {"channel": "C1", "channel_type": "channel", "text": f"<@{US}> record this", **thread})


def slack_button(n: int) -> Request:
    """A pressed button."""
    container = {"type": "message", "channel_id": f"D{n}", "message_ts": "1742550000.000001"}
    action = {"type": "button", "action_id": "confirm:1", "value": "confirm:1", "action_ts": _ts(n), "block_id": "b"}
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "bench"},
        "user": {"id": f"U{n}", "username": "anna", "team_id": TEAM},
        "container": container,
        "channel": {"id": f"D{n}"},
        "actions": [action],
    }
    return _signed(urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded")


def telegram_message(n: int) -> Request:
    """A line to us alone."""
    return _telegram({"update_id": n, "message": _telegram_message(n, _person(n))})


def telegram_button(n: int) -> Request:
    """A pressed button."""
    us = {"id": 1, "is_bot": True, "first_name": "Billify"}
    query = {"id": str(n), "from": _person(n), "chat_instance": "1"}
    query |= {"data": "confirm:1", "message": _telegram_message(n, us)}
    return _telegram({"update_id": n, "callback_query": query})


SLACK: dict[str, Callable[[int], Request]] = {
    "Slack message": slack_message,
    "Slack thread": slack_thread,
    "Slack button": slack_button,
}
TELEGRAM: dict[str, Callable[[int], Request]] = {
    "Telegram message": telegram_message,
    "Telegram button": telegram_button,
}


def _person(n: int) -> dict[str, Any]:
    return {"id": n, "is_bot": False, "first_name": "Anna"}


def _slack_event(n: int, said: dict[str, Any]) -> Request:
    event = {"type": "message", "user": f"U{n}", "ts": _ts(n), **said}
    payload: dict[str, Any] = {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A1",
        "event_id": f"Ev{n}",
        "event": event,
    }
    payload |= {"authorizations": [{"team_id": TEAM, "user_id": US, "is_bot": True}]}
    return _signed(json.dumps(payload), "application/json")


def _signed(body: str, kind: str) -> Request:
    at = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=at, body=body) or ""
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}
    return body.encode(), headers


def _telegram_message(n: int, sender: dict[str, Any]) -> dict[str, Any]:
    chat = {"id": n, "type": "private", "first_name": "Anna"}
    return {"message_id": n, "date": int(time.time()), "chat": chat, "from": sender, "text": "what is due?"}


def _telegram(update: dict[str, Any]) -> Request:
    return json.dumps(update).encode(), {"Content-Type": "application/json"}


def _ts(n: int) -> str:
    return f"1742550000.{n:06d}"
