"""What Slack says when it refuses a request, and what that means for us.

The codes are those of https://docs.slack.dev/reference/methods/chat.postMessage and files.completeUploadExternal.
"""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

LOCKED_OUT = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
    "org_login_required",
    "ekm_access_denied",
    "team_access_not_granted",
    "access_denied",
}
"""Nobody of ours gets in before somebody mends it; what is to be said waits for that."""

PASSING = {
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "ratelimited",
    "rate_limited",
    "message_limit_exceeded",
    "team_added_to_org",
    "accesslimited",
    "upload_failed",
}
"""It may take the same later."""

UNREADABLE = {
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_blocks_too_long",
    "msg_too_long",
    "invalid_metadata_format",
}
"""It does not take the look of a message, but perhaps its words alone."""

UNCHANGEABLE = {"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"}
"""A message that cannot be changed any more, but sent anew."""


def reason(error: BaseException) -> str:
    """Slack's code for the reason, such as "invalid_auth"; of any other error its text."""
    if isinstance(error, SlackApiError) and isinstance(error.response, AsyncSlackResponse):
        if isinstance(error.response.data, dict) and "error" in error.response.data:
            return str(error.response.data["error"])
        return f"HTTP {error.response.status_code}"
    return str(error) or type(error).__name__


def retry_after(error: SlackApiError) -> float | None:
    """Seconds for which Slack asks to wait (429); None where it does not."""
    headers = error.response.headers if isinstance(error.response, AsyncSlackResponse) else {}
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    value = value[0] if isinstance(value, list) else value
    try:
        return float(value) if value is not None else None
    except ValueError:
        return None


def is_passing(error: SlackApiError) -> bool:
    """Whether the same may be taken later: by its code, or a fault of the server (5xx, 429, an answer that is none)."""
    status = error.response.status_code if isinstance(error.response, AsyncSlackResponse) else 500
    return reason(error) in PASSING or status >= 429 or reason(error).startswith("HTTP ")
