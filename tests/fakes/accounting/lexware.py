"""Lexware Office as far as vouchers go, built from its public description (developers.lexware.io/docs)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiohttp import web
from aiohttp.test_utils import TestServer

KEY = "lexware-key"
CATEGORIES = [
    {"id": "8f8664a0-fd86-11e1-a21f-0800200c9a66", "name": "Reisekosten", "type": "outgo"},
    {"id": "8f8664a1-fd86-11e1-a21f-0800200c9a66", "name": "Sonstiges", "type": "outgo"},
]
_NEEDED = (
    "type", "voucherNumber", "voucherDate", "totalGrossAmount", "totalTaxAmount", "taxType", "voucherItems", "version",
)  # fmt: skip


class Lexware:
    """`vouchers` by id; `files` by voucher. `answers` are statuses with headers that come before it works again, and
    `lose` has it do what it is asked and then say nothing that can be read."""

    def __init__(self) -> None:
        self.url = ""
        self.vouchers: dict[str, dict[str, Any]] = {}
        self.files: dict[str, list[tuple[str, bytes]]] = {}
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.lose = 0
        self.calls = 0

    @web.middleware
    async def _gate(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.calls += 1
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return web.json_response({"message": "Unauthorized"}, status=401)
        if self.answers:
            status, headers = self.answers.pop(0)
            return web.json_response({"message": "Rate limit exceeded"}, status=status, headers=headers)
        answer: web.StreamResponse = await handler(request)
        if self.lose and request.method == "POST":
            self.lose -= 1
            return web.Response(status=502, text="<html>Bad gateway</html>")
        return answer

    async def profile(self, request: web.Request) -> web.Response:
        return web.json_response({"organizationId": "1", "companyName": "Unsere GmbH"})

    async def categories(self, request: web.Request) -> web.Response:
        return web.json_response(CATEGORIES)

    async def found(self, request: web.Request) -> web.Response:
        number = request.query["voucherNumber"]
        return web.json_response({"content": [one for one in self.vouchers.values() if one["voucherNumber"] == number]})

    async def make(self, request: web.Request) -> web.Response:
        voucher = await request.json()
        if issues := _issues(voucher):
            return web.json_response({"IssueList": issues}, status=406)
        id_ = str(uuid4())
        self.vouchers[id_] = {**voucher, "id": id_, "version": 1, "files": []}
        return web.json_response({"id": id_, "resourceUri": f"{self.url}/v1/vouchers/{id_}", "version": 1})

    async def one(self, request: web.Request) -> web.Response:
        return web.json_response(self.vouchers[request.match_info["id"]])

    async def change(self, request: web.Request) -> web.Response:
        known, voucher = self.vouchers[request.match_info["id"]], await request.json()
        if issues := _issues(voucher):
            return web.json_response({"IssueList": issues}, status=406)
        if voucher["version"] != known["version"]:
            return web.json_response({"message": "version conflict"}, status=409)
        self.vouchers[known["id"]] = {**known, **voucher, "version": known["version"] + 1}
        return web.json_response({"id": known["id"], "version": known["version"] + 1})

    async def attach(self, request: web.Request) -> web.Response:
        known, form = self.vouchers[request.match_info["id"]], await request.post()
        file = form["file"]
        assert isinstance(file, web.FileField) and form["type"] == "voucher"
        self.files.setdefault(known["id"], []).append((file.filename, file.file.read()))
        known["files"].append(str(uuid4()))
        return web.json_response({"id": known["files"][-1]}, status=202)


def _issues(voucher: dict[str, Any]) -> list[dict[str, str]]:
    """What its documentation says is checked."""
    found = [{"i18nKey": "missing_entity", "source": name} for name in _NEEDED if name not in voucher]
    if found:
        return found
    gross = sum(item["amount"] for item in voucher["voucherItems"])
    tax = sum(item["taxAmount"] for item in voucher["voucherItems"])
    if round(gross, 2) != voucher["totalGrossAmount"] or round(tax, 2) != voucher["totalTaxAmount"]:
        found.append({"i18nKey": "invalid_sum", "source": "totalGrossAmount"})
    known = {one["id"] for one in CATEGORIES}
    if any(item["categoryId"] not in known for item in voucher["voucherItems"]):
        found.append({"i18nKey": "invalid_category", "source": "voucherItems.categoryId"})
    return found


@asynccontextmanager
async def lexware() -> AsyncIterator[Lexware]:
    """It, on a port of its own."""
    fake = Lexware()
    app = web.Application(middlewares=[fake._gate], client_max_size=8 << 20)
    app.router.add_get("/v1/profile", fake.profile)
    app.router.add_get("/v1/posting-categories", fake.categories)
    app.router.add_get("/v1/vouchers", fake.found)
    app.router.add_post("/v1/vouchers", fake.make)
    app.router.add_get("/v1/vouchers/{id}", fake.one)
    app.router.add_put("/v1/vouchers/{id}", fake.change)
    app.router.add_post("/v1/vouchers/{id}/files", fake.attach)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
