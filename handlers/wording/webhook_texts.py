"""What is said of webhooks to those who did not ask."""

from __future__ import annotations

from typing import Any

from handlers.language.translation import say

NOTE = "webhook"
"""The kind of the owner's note."""
FAILED, GONE, RIGHTS = "failed", "gone", "rights"
"""Why a webhook was stopped."""


def stopped(values: dict[str, Any]) -> str:
    """That a webhook was stopped, why, and what to do: of its number, its address, the reason and the last answer."""
    why = {
        FAILED: say("for three days it did not take what I sent ({last})", **values),
        GONE: say("it answered that it is no more (410)"),
        RIGHTS: say("whoever made it may not see the books any more"),
    }[values["reason"]]
    return say(
        "I send nothing more to the webhook {webhook} ({address}): {why}. What happens meanwhile is kept; “resume "
        "webhook {webhook}” goes on with it, “delete webhook {webhook}” ends it.",
        why=why,
        **values,
    )
