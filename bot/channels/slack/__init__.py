"""Slack, through Bolt: by Socket Mode, or by events that Slack brings over HTTP."""

from bot.channels.slack.channel import Slack

__all__ = ["Slack"]
