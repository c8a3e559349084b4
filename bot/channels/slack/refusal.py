"""What Slack says when it refuses a request, and what that means for us.

The codes are those of https://docs.slack.dev/reference/methods/chat.postMessage and files.completeUploadExternal.
"""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.channel import Postponed, Undeliverable
from handlers.language.translation import sayable

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

SHUT_OUT = {"channel_not_found", "not_in_channel", "is_archived", "no_permission", "user_not_in_channel"}
"""A place that does not take what we say."""

UNCHANGEABLE = {"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"}
"""A message that cannot be changed any more, but sent anew."""


NO_SCOPE = sayable("The app lacks the scope {scope} (missing_scope); add it and install the app again.")
SHUT_OUT_OF_CHANNEL = sayable(
    "Slack does not let Billify write to this channel ({error}). Invite the app there: /invite @Billify."
)
REFUSED = sayable("Slack refuses it ({error}).")


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


def translated(error: Exception) -> Postponed | Undeliverable:
    """What an error of a request means for what was to be said. https://docs.slack.dev/apis/web-api/rate-limits"""
    code = reason(error)
    if not isinstance(error, SlackApiError):  # no answer, or none of its API
        return Postponed(f"Slack cannot be reached ({code})", away=True)
    if (seconds := retry_after(error)) is not None:
        return Postponed(f"Slack asks to wait for {seconds:.0f} s", after=seconds)
    if code in LOCKED_OUT:
        return Postponed(f"Slack does not let us in ({code})", away=True, lasting=True)
    if is_passing(error):
        return Postponed(f"Slack has trouble ({code})", away=code not in PASSING)
    if code == "missing_scope":
        needed = error.response.get("needed") or "?"
        return Undeliverable(NO_SCOPE, scope=needed)
    if code.startswith("restricted_action") or code in SHUT_OUT:
        return Undeliverable(SHUT_OUT_OF_CHANNEL, error=code)
    return Undeliverable(REFUSED, error=code)


def is_passing(error: SlackApiError) -> bool:
    """Whether the same may be taken later: by its code, or its HTTP status, an answer that is none."""
    status = error.response.status_code if isinstance(error.response, AsyncSlackResponse) else 500
    return reason(error) in PASSING or status >= 400 or reason(error).startswith("HTTP ")
