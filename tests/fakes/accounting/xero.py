"""Xero as far as invoices and credit notes go, with its sign-in (PKCE), built from its public description
(developer.xero.com)."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiohttp import web
from aiohttp.test_utils import TestServer

ACCOUNTS = [
    {"Code": "493", "Name": "Travel - National", "Type": "EXPENSE"},
    {"Code": "429", "Name": "General Expenses"},
]
TENANT = "tenant-1"


class Xero:
    """`kept` are documents by kind ("Invoices", "CreditNotes") and id. An access token is good for `calls_left` calls,
    and each refresh token once."""

    def __init__(self) -> None:
        self.url = ""
        self.kept: dict[str, dict[str, dict[str, Any]]] = {"Invoices": {}, "CreditNotes": {}}
        self.files: dict[str, dict[str, bytes]] = {}
        self.once: dict[str, web.Response] = {}
        self.access, self.refresh = "access-0", "refresh-0"
        self.challenge, self.codes, self.renewals = "", {"code-1"}, 0
        self.seconds = 1800
        self.lose = 0

    async def authorize(self, request: web.Request) -> web.Response:
        assert "offline_access" in request.query["scope"] and request.query["code_challenge_method"] == "S256"
        self.challenge = request.query["code_challenge"]
        raise web.HTTPFound(f"{request.query['redirect_uri']}?code=code-1&state={request.query['state']}")

    async def token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form["client_id"] != "app-1":
            return web.json_response({"error": "invalid_client"}, status=400)
        if form["grant_type"] == "authorization_code":
            digest = urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest()).rstrip(b"=")
            if digest.decode() != self.challenge or form["code"] not in self.codes:
                return web.json_response({"error": "invalid_grant"}, status=400)
            self.codes.clear()
        elif form["refresh_token"] != self.refresh:
            return web.json_response({"error": "invalid_grant"}, status=400)
        self.renewals += 1
        self.access, self.refresh = f"access-{self.renewals}", f"refresh-{self.renewals}"
        return web.json_response(
            {"access_token": self.access, "refresh_token": self.refresh, "expires_in": self.seconds}
        )

    def _refused(self, request: web.Request, *, tenant: bool = True) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {self.access}":
            return web.json_response({"Title": "Unauthorized", "Detail": "TokenExpired"}, status=401)
        if tenant and request.headers.get("Xero-Tenant-Id") != TENANT:
            return web.json_response({"Detail": "AuthenticationUnsuccessful"}, status=403)
        return None

    async def connections(self, request: web.Request) -> web.Response:
        refused = self._refused(request, tenant=False)
        return refused or web.json_response(
            [{"tenantId": TENANT, "tenantName": "Our Ltd", "tenantType": "ORGANISATION"}]
        )

    async def organisation(self, request: web.Request) -> web.Response:
        return self._refused(request) or web.json_response({"Organisations": [{"Name": "Our Ltd"}]})

    async def accounts(self, request: web.Request) -> web.Response:
        return self._refused(request) or web.json_response({"Accounts": ACCOUNTS})

    async def list(self, request: web.Request) -> web.Response:
        """As Xero does, without lines."""
        kind = request.match_info["kind"]
        condition = re.fullmatch(r'(\w+)=="(.*)"', request.query["where"])
        assert condition is not None
        found = [one for one in self.kept[kind].values() if one.get(condition[1]) == condition[2]]
        short = [{name: value for name, value in one.items() if name != "LineItems"} for one in found]
        return self._refused(request) or web.json_response({kind: short})

    async def one(self, request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        return self._refused(request) or web.json_response({kind: [self.kept[kind][request.match_info["id"]]]})

    async def put(self, request: web.Request) -> web.Response:
        """Makes it, once for each Idempotency-Key."""
        if refused := self._refused(request):
            return refused
        if (before := self.once.get(request.headers["Idempotency-Key"])) is not None:
            return web.json_response(text=before.text)
        kind = request.match_info["kind"]
        (said,) = (await request.json())[kind]
        if problems := _problems(said):
            errors = [{"Message": problem} for problem in problems]
            elements = [{"ValidationErrors": errors}]
            told = {"ErrorNumber": 10, "Message": "A validation exception occurred", "Elements": elements}
            return web.json_response(told, status=400)
        id_ = str(uuid4())
        self.kept[kind][id_] = {**said, _id(kind): id_}
        answer = web.json_response({kind: [self.kept[kind][id_]]})
        if self.lose:  # it is there, and nobody hears of it; its memory of keys is short
            self.lose -= 1
            return web.Response(status=503)
        self.once[request.headers["Idempotency-Key"]] = answer
        return answer

    async def change(self, request: web.Request) -> web.Response:
        if refused := self._refused(request):
            return refused
        kind, id_ = request.match_info["kind"], request.match_info["id"]
        (said,) = (await request.json())[kind]
        self.kept[kind][id_] |= said
        return web.json_response({kind: [self.kept[kind][id_]]})

    async def attach(self, request: web.Request) -> web.Response:
        if refused := self._refused(request):
            return refused
        self.files.setdefault(request.match_info["id"], {})[request.match_info["name"]] = await request.read()
        return web.json_response({"Attachments": [{"FileName": request.match_info["name"]}]})


def _id(kind: str) -> str:
    return f"{kind.removesuffix('s')}ID"


def _problems(said: dict[str, Any]) -> list[str]:
    found = [] if said["Contact"].get("Name") else ["A Contact must be specified for this type of transaction"]
    codes = {account["Code"] for account in ACCOUNTS}
    wrong = (line["AccountCode"] for line in said["LineItems"] if line["AccountCode"] not in codes)
    return found + [f"Account code '{code}' is not a valid code for this document." for code in wrong]


@asynccontextmanager
async def xero() -> AsyncIterator[Xero]:
    """It, on a port of its own."""
    fake = Xero()
    app, books = web.Application(), "/api.xro/2.0"
    app.router.add_get("/authorize", fake.authorize)
    app.router.add_post("/token", fake.token)
    app.router.add_get("/connections", fake.connections)
    app.router.add_get(f"{books}/Organisation", fake.organisation)
    app.router.add_get(f"{books}/Accounts", fake.accounts)
    app.router.add_get(f"{books}/{{kind}}", fake.list)
    app.router.add_put(f"{books}/{{kind}}", fake.put)
    app.router.add_get(f"{books}/{{kind}}/{{id}}", fake.one)
    app.router.add_post(f"{books}/{{kind}}/{{id}}", fake.change)
    app.router.add_post(f"{books}/{{kind}}/{{id}}/Attachments/{{name}}", fake.attach)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
