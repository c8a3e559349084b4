"""How people come into the web chat, as the settings say: by links, by passkeys, by an identity provider."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from bot.channels.web.openid.people import VouchedPeople
from bot.channels.web.openid.provider import IdentityProvider
from bot.channels.web.passkeys.desk import PasskeyDesk
from bot.channels.web.passkeys.party import relying_party
from bot.channels.web.sign_in_database import DatabaseSignIn
from bot.processing.companies import Companies
from config.settings import Settings
from storage.db.database import Database


def web_entrance(settings: Settings, database: Database, companies: Companies, zone: tzinfo) -> dict[str, Any]:
    """What `Web` is handed of it. `zone` is the installation's."""
    tls = bool(settings.web_certificate)
    party = relying_party(settings.web_url, settings.web_host, settings.web_port, tls=tls)
    providers = identity_providers(settings)
    return {
        "door": DatabaseSignIn(database, whose=companies.of, zone=zone),
        "passkeys": PasskeyDesk(database, party) if party else None,
        "providers": providers,
        "vouched": VouchedPeople(database) if providers else None,
    }


def identity_providers(settings: Settings) -> list[IdentityProvider]:
    """Those of the settings, in their order."""
    return [
        IdentityProvider(
            name=name,
            title=said.title or name.capitalize(),
            issuer=said.issuer,
            client_id=said.client_id,
            client_secret=said.client_secret.get_secret_value(),
            company=said.company,
            domains=tuple(said.domains),
        )
        for name, said in settings.openid.items()
    ]
