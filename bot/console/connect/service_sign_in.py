"""Signing in to a mailbox at a service that lets nobody in by password."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from rich.console import Console
from rich.markup import escape

from bot.application.app import open_app
from bot.application.mail_options import oauth_services
from bot.channels.mail.oauth.services import OAuthService
from bot.channels.mail.oauth.sign_in import sign_in
from bot.channels.mail.oauth.tokens import AccessTokens
from bot.channels.mail.providers import provider_of
from config.settings import Settings
from handlers.errors import BillifyError

console = Console(stderr=True, highlight=False)


async def connect_mail(settings: Settings, user: str, service_name: str) -> None:
    """Has a person sign in to a mailbox, and keeps what lets us in. Raises: BillifyError, saying what to do."""
    url = urlsplit(settings.imap_url.get_secret_value())
    user = user or unquote(url.username or "")
    service = _service(settings, service_name, url.hostname or "")
    if not user:
        raise BillifyError("Whose mailbox is it? Give its address: billify connect mail --user billify@example.com")
    granted = await sign_in(service, user, _tell)
    async with open_app(settings, f"connect-{datetime.now(UTC):%H%M%S}") as app:
        await AccessTokens(app.database, app.keys, {service.name: service}).keep(user, service.name, granted)
    console.print(f"{escape(service.title)} lets Billify into the mailbox of {escape(user)} from now on.")


def _service(settings: Settings, name: str, host: str) -> OAuthService:
    provider = provider_of(host)
    wanted = name or (provider.name if provider else "")
    services = oauth_services(settings)
    if not services:
        raise BillifyError(
            "Register an application with Microsoft or Google first, and set BILLIFY_MAIL_OAUTH_CLIENT_ID (and "
            "BILLIFY_MAIL_OAUTH_CLIENT_SECRET, where it has one) to what they gave you."
        )
    found = next((service for service in services if service.name == wanted), None)
    if found is None:
        raise BillifyError("Which service is it? Say --service microsoft or --service google.")
    return found


def _tell(address: str, code: str) -> None:
    console.print(f"Open this address in a browser and sign in:\n\n  {escape(address)}\n", soft_wrap=True)
    if code:
        console.print(f"Enter this code there: [bold]{escape(code)}[/bold]\n")
