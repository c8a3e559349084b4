"""Access tokens of accounting software (OAuth 2.0), renewed before they end; the platform may hand out new refresh
tokens each time, so what it gave is kept before it is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.background.accounting.platform import Access, Keep, NotNow, SignInOver
from bot.channels.mail.oauth.token_endpoint import Denied, Granted, ServiceAway, tokens

_EARLY = timedelta(minutes=2)


def kept(granted: Granted, now: datetime) -> Access:
    """What a sign-in gave, as it is kept."""
    ends = now + timedelta(seconds=granted.seconds)
    return {"access": granted.access, "refresh": granted.refresh, "ends": ends.isoformat()}


async def access_token(
    access: Access, token_url: str, keep: Keep, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> str:
    """A token that is good now; `access` is changed where it was renewed. Raises: SignInOver, NotNow."""
    if clock() < datetime.fromisoformat(access["ends"]) - _EARLY:
        return str(access["access"])
    fields = {"grant_type": "refresh_token", "refresh_token": access["refresh"], "client_id": access["client_id"]}
    if access.get("client_secret"):
        fields["client_secret"] = access["client_secret"]
    try:
        granted = await tokens(token_url, fields)
    except Denied as error:
        raise SignInOver(str(error)) from error
    except ServiceAway as error:
        raise NotNow(str(error)) from error
    renewed = kept(granted, clock())
    access |= {**renewed, "refresh": granted.refresh or access["refresh"]}
    await keep(access)
    return granted.access
