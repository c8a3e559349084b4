"""Where each service is asked for tokens, and for what."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class OAuthService:
    """`device_url` is where a device sign-in begins (RFC 8628), "" where the service has none for mail; `authorize_url`
    where one in the browser does (RFC 8252). `client_id` is of the application that the company registered with the
    service, `client_secret` "" where it has none."""

    name: str
    title: str
    token_url: str
    authorize_url: str
    device_url: str
    scope: str
    client_id: str
    client_secret: str = field(default="", repr=False)


def microsoft(client_id: str, client_secret: str = "", tenant: str = "organizations") -> OAuthService:
    """Microsoft 365; `tenant` is the company's id or domain."""
    base = f"https://login.microsoftonline.com/{tenant or 'organizations'}/oauth2/v2.0"
    mail = "https://outlook.office.com"
    return OAuthService(
        "microsoft",
        "Microsoft 365",
        token_url=f"{base}/token",
        authorize_url=f"{base}/authorize",
        device_url=f"{base}/devicecode",
        scope=f"{mail}/IMAP.AccessAsUser.All {mail}/SMTP.Send offline_access",
        client_id=client_id,
        client_secret=client_secret,
    )


def google(client_id: str, client_secret: str = "") -> OAuthService:
    """Gmail and Google Workspace, which let nobody into mail by a device sign-in."""
    return OAuthService(
        "google",
        "Google",
        token_url="https://oauth2.googleapis.com/token",  # noqa: S106 - an address, no secret
        authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
        device_url="",
        scope="https://mail.google.com/",
        client_id=client_id,
        client_secret=client_secret,
    )


def service_of(name: str, client_id: str, client_secret: str = "", tenant: str = "") -> OAuthService | None:
    """The service of this name, None for another."""
    if name == "microsoft":
        return microsoft(client_id, client_secret, tenant)
    return google(client_id, client_secret) if name == "google" else None
