"""Settings that belong together, of which there may be several."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, SecretStr


class OpenIdSettings(BaseModel):
    """An identity provider of a company's (OpenID Connect), as it is registered there; its number is `billify company
    list`'s. Where `domains` are given, it lets in their mail addresses only."""

    model_config = ConfigDict(extra="forbid")

    issuer: str
    client_id: str
    client_secret: SecretStr = SecretStr("")
    title: str = ""
    company: int = 1
    domains: list[str] = []
