"""The authorization code flow with one provider (OpenID Connect Core 1.0, 3.1): where a browser is sent, and whom the
provider vouches for when it comes back.

Discovery and keys are asked for again after an hour, and keys at once where a token names one that is not among them.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from bot.channels.web.begun import Begun
from bot.channels.web.openid.asking import ProviderFault, ask
from bot.channels.web.openid.provider import IdentityProvider, is_safe
from config.plain_text import plain_text

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures by a key that the provider alone has: neither "none" nor a secret that is shared."""
LEEWAY_SECONDS = 60
_FRESH_SECONDS = 3600


@dataclass(frozen=True)
class Vouched:
    """Whom a provider vouches for. `verified`: it says that they read mail at that address."""

    address: str
    verified: bool
    name: str


class Denied(Exception):
    """The provider let nobody in, and said so in its words."""


@dataclass
class Flow:
    """What is known of the provider; `back` is the address of ours that it sends browsers back to."""

    provider: IdentityProvider
    back: str
    seconds: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)

    async def address(self, begun: Begun) -> str:
        """Where the browser goes to sign in. Raises: ProviderFault."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # takes a tenth of a second to load

        found = await self._metadata()
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self.back,
            "scope": "openid email profile",
            "state": begun.text("state"),
            "nonce": begun.text("nonce"),
            "code_challenge": create_s256_code_challenge(begun.text("verifier")),
            "code_challenge_method": "S256",
        }
        to = found["authorization_endpoint"]
        return f"{to}{'&' if '?' in to else '?'}{urlencode(asked)}"

    async def vouched(self, code: str, begun: Begun, now: datetime) -> Vouched:
        """Whom the code stands for, which is good once. Raises: Denied, ProviderFault."""
        found = await self._metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": begun.text("verifier"),
        }
        status, answer = await ask(found["token_endpoint"], *self._as_client(form, found))
        if "error" in answer or status >= 400:
            raise Denied(one_line(answer.get("error_description") or answer.get("error") or status))
        claims = await self._claims(str(answer.get("id_token") or ""), answer, begun, now)
        address, name = (said if isinstance(said := claims.get(one), str) else "" for one in ("email", "name"))
        return Vouched(address, claims.get("email_verified") in (True, "true"), name)

    async def _claims(self, token: str, answer: dict[str, Any], begun: Begun, now: datetime) -> dict[str, Any]:
        """What the ID token says, once it is known to be the provider's, for us, for this sign-in and for now."""
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import InvalidKeyIdError, JoseError

        issuer, client = self.provider.issuer, self.provider.client_id
        options = {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": client}}
        params = {"nonce": begun.text("nonce"), "client_id": client, "access_token": answer.get("access_token")}
        try:
            try:
                read = _opened(token, await self._keys())
            except InvalidKeyIdError:
                read = _opened(token, await self._keys(anew=True))
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError) as error:
            raise ProviderFault(f"its token does not count: {error}") from error
        return dict(claims)

    async def _metadata(self) -> dict[str, Any]:
        """The discovery document (OpenID Connect Discovery 1.0, 4). Raises: ProviderFault."""
        from authlib.oidc.discovery import get_well_known_url

        found = await self._fetched(get_well_known_url(self.provider.issuer, external=True))
        if found.get("issuer") != self.provider.issuer:
            raise ProviderFault(f"it calls itself {found.get('issuer')}, not {self.provider.issuer}")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not isinstance(found.get(name), str) or not is_safe(found[name]):
                raise ProviderFault(f"its {name} is no https:// address")
        return found

    async def _keys(self, anew: bool = False) -> Any:
        """Its keys (JWK Set, RFC 7517). Raises: ProviderFault, ValueError."""
        from joserfc.jwk import KeySet

        found = await self._fetched((await self._metadata())["jwks_uri"], anew=anew)
        return KeySet.import_key_set(found)  # type: ignore[arg-type]

    async def _fetched(self, url: str, anew: bool = False) -> dict[str, Any]:
        at, known = self._known.get(url, (0.0, None))
        if known is None or anew or self.seconds() - at > _FRESH_SECONDS:
            status, known = await ask(url)
            if status != 200:
                raise ProviderFault(f"{url}: status {status}")
            self._known[url] = (self.seconds(), known)
        return known

    def _as_client(self, form: dict[str, str], found: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        """The form and headers that say who we are, in the way that the provider takes (RFC 6749, 2.3.1)."""
        client, secret = self.provider.client_id, self.provider.client_secret
        ways = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if not secret:
            return form | {"client_id": client}, {}
        if "client_secret_basic" in ways or "client_secret_post" not in ways:
            login = b64encode(f"{quote(client, safe='')}:{quote(secret, safe='')}".encode()).decode()
            return form, {"Authorization": f"Basic {login}"}
        return form | {"client_id": client, "client_secret": secret}, {}


def _opened(token: str, keys: Any) -> Any:
    """The token whose signature one of the keys made. Raises: JoseError, ValueError."""
    from joserfc import jwt
    from joserfc.jws import JWSRegistry

    return jwt.decode(token, keys, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))


def one_line(said: object) -> str:
    """What a provider says, in one line that is not too long."""
    lines = plain_text(str(said)).strip().splitlines()
    return lines[0].rstrip(". ")[:200] if lines else ""
