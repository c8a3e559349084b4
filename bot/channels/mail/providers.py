"""What is known of large mail services, so that nobody needs to configure it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.mail.authentication.results_header import MICROSOFT


@dataclass(frozen=True)
class Provider:
    """`authserv_ids` is how its servers call themselves in Authentication-Results (RFC 8601); `plus_addresses` says
    whether mail to "name+anything@…" arrives at "name@…" (RFC 5233)."""

    name: str
    hosts: tuple[str, ...]
    authserv_ids: tuple[str, ...] = ()
    plus_addresses: bool = True


PROVIDERS = (
    Provider("google", ("gmail.com", "googlemail.com", "google.com"), ("mx.google.com",)),
    Provider("microsoft", ("office365.com", "outlook.com", "office.com"), (MICROSOFT,)),
    Provider("fastmail", ("fastmail.com", "messagingengine.com")),
    Provider("icloud", ("mail.me.com", "icloud.com")),
)


def provider_of(host: str) -> Provider | None:
    """The service that a mail server's host belongs to, None for others."""
    name = host.lower().rstrip(".")
    return next(
        (known for known in PROVIDERS if any(name == each or name.endswith(f".{each}") for each in known.hosts)), None
    )
