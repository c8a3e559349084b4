"""What the settings say of mail, for its channel."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.channels.mail.authentication import Dns
from bot.channels.mail.oauth.services import OAuthService, google, microsoft
from bot.channels.mail.options import MailOptions
from bot.channels.mail.providers import provider_of
from config.settings import Settings


def mail_options(settings: Settings) -> MailOptions:
    """The options of the mail channel; those that are not set follow from where the mailbox is."""
    host = urlsplit(settings.imap_url.get_secret_value()).hostname or ""
    provider = provider_of(host)
    plus = settings.mail_plus_addresses
    return MailOptions(
        submission_port=settings.mail_submission_port,
        submissions_port=settings.mail_submissions_port,
        users={address: password.get_secret_value() for address, password in settings.mail_users.items()},
        certificate=settings.mail_certificate,
        key=settings.mail_certificate_key,
        authserv_ids=settings.mail_authserv_ids or (provider.authserv_ids if provider else ()),
        trusted_networks=settings.mail_trusted_networks,
        plus_addresses=plus if plus is not None else not host or (provider is not None and provider.plus_addresses),
        link_url=settings.web_url.rstrip("/"),
        proof_days=settings.mail_proof_days,
        services={service.name: service for service in oauth_services(settings)},
        dns=Dns(settings.name_servers),
    )


def oauth_services(settings: Settings) -> list[OAuthService]:
    """The services that let us in without a password: those with which the company registered an application."""
    client, secret = settings.mail_oauth_client_id, settings.mail_oauth_client_secret.get_secret_value()
    return [microsoft(client, secret, settings.mail_oauth_tenant), google(client, secret)] if client else []
