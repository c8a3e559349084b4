"""What may be configured of mail beyond its addresses, as the composition root hands it over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.mail.authentication import Dns
from bot.channels.mail.authentication.authenticator import LOOPBACK
from bot.channels.mail.oauth.services import OAuthService


@dataclass(frozen=True)
class MailOptions:
    """The defaults are those of one laptop.

    `submission_port` (0: none) takes mail only of `users`, addresses with their passwords; `submissions_port` does so
    with TLS from the first byte. `certificate` and `key` are PEM files. `authserv_ids` are the servers whose
    Authentication-Results count; programs on `trusted_networks` are taken for who they say they are. `plus_addresses`
    says whether mail to "billify+anything@…" arrives. `link_url` is where people open the web chat, "" where mails
    cannot lead there; `proof_days` is for how long a mail of ours can be answered with a change. `dns` asks name
    servers; `services` let us into mailboxes without a password, by name.
    """

    submission_port: int = 0
    submissions_port: int = 0
    users: Mapping[str, str] = field(default_factory=dict, repr=False)
    certificate: Path | None = None
    key: Path | None = None
    authserv_ids: Sequence[str] = ()
    trusted_networks: Sequence[str] = LOOPBACK
    plus_addresses: bool = True
    link_url: str = ""
    proof_days: int = 60
    dns: Dns = field(default_factory=Dns)
    services: Mapping[str, OAuthService] = field(default_factory=dict)
