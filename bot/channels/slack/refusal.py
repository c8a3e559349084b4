"""What Slack says when it refuses a request."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse


def reason(error: Exception) -> str:
    """Slack's code for the reason, such as "invalid_auth"; of any other error its text."""
    if isinstance(error, SlackApiError) and isinstance(error.response, AsyncSlackResponse):
        return str(error.response.get("error", error))
    return str(error) or type(error).__name__
