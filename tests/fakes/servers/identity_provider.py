"""A company's identity provider (OpenID Connect): discovery, keys, signing in, and tokens that are really signed.

`claims` goes into the next ID tokens, over what is right; None takes a claim away. `signs` says how they are signed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "billify", "s:ecret/%"


def _key(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


_KEYS = {name: _key(name) for name in ("first", "second")}


@dataclass
class Provider:
    """`refuses` is what it says instead of letting somebody in; `asked` are the forms that its token endpoint took."""

    url: str = ""
    mail: str = "anna@lindenhof.example"
    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    signs: str = "RS256"
    key: str = "first"
    published: list[str] = field(default_factory=lambda: ["first"])
    refuses: str = ""
    status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    async def discovery(self, _: web.Request) -> web.Response:
        if self.status != 200:
            return web.Response(status=self.status, text="<html>maintenance</html>")
        told = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        return web.json_response(told | self.metadata)

    async def keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [_KEYS[name].as_dict(private=False) for name in self.published]})

    async def authorize(self, request: web.Request) -> web.Response:
        """Lets `mail` in at once, or refuses."""
        asked = dict(request.query)
        back = {"state": asked["state"]}
        if self.refuses:
            back |= {"error": "access_denied", "error_description": self.refuses}
        else:
            code = f"code-{len(self.codes)}"
            self.codes[code] = asked
            back["code"] = code
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode(back)}")

    async def token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form)
        begun = self.codes.pop(form["code"], None)  # a code is good once
        login = base64.b64decode(request.headers.get("Authorization", "Basic ").split()[-1]).decode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        if login != "billify:s%3Aecret%2F%25":
            return web.json_response({"error": "invalid_client"}, status=401)
        if begun is None or digest.decode() != begun["code_challenge"] or begun["redirect_uri"] != form["redirect_uri"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"access_token": "a", "token_type": "Bearer", "id_token": self.id_token(begun)})

    def id_token(self, begun: dict[str, str]) -> str:
        now = int(time.time())
        said = {
            "iss": self.url, "sub": "7", "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": begun["nonce"],
            "email": self.mail, "email_verified": True, "name": "Anna Linden",
        }  # fmt: skip
        said = {name: value for name, value in (said | self.claims).items() if value is not None}
        if self.signs == "none":
            parts = ({"alg": "none", "typ": "JWT"}, said)
            return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."
        if self.signs == "HS256":  # by the public key, as if it were a secret that is shared
            public = OctKey.import_key(_KEYS["first"].as_pem(private=False).replace(b"-", b"_"))
            return jwt.encode({"alg": "HS256", "kid": "first"}, said, public, algorithms=["HS256"])
        return jwt.encode({"alg": self.signs, "kid": self.key}, said, _KEYS[self.key])


@asynccontextmanager
async def identity_provider() -> AsyncIterator[Provider]:
    """The provider, on a port of its own."""
    provider = Provider()
    app = web.Application()
    app.router.add_get("/.well-known/openid-configuration", provider.discovery)
    app.router.add_get("/keys", provider.keys)
    app.router.add_get("/authorize", provider.authorize)
    app.router.add_post("/token", provider.token)
    async with TestServer(app) as server:
        provider.url = str(server.make_url("")).rstrip("/")
        yield provider
