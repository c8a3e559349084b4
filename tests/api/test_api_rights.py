"""Each role by each way in: what docs/rights.md says of the request is what the API answers."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from storage.models import Role
from storage.people import people
from tests.fakes.books.desk import NOW
from tests.fakes.books.programs import Api

TABLE = (Path(__file__).parents[2] / "docs" / "rights.md").read_text("utf-8")
ROLES = (Role.OWNER, Role.ACCOUNTANT, Role.APPROVER, Role.MEMBER, Role.AUDITOR)

CALLS: tuple[tuple[str, str, str, object], ...] = (
    ("GET", "/bills", "Find", None),
    ("GET", "/bills/2", "ShowBill", None),
    ("GET", "/bills/2/history", "History", None),
    ("PATCH", "/bills/2", "Amend", {"number": "N-1"}),
    ("POST", "/bills/2/categorise", "Categorise", {"category": "travel"}),
    ("POST", "/bills/2/confirm", "Confirm", {}),
    ("POST", "/bills/2/pay", "Pay", {}),
    ("POST", "/bills/2/approve", "Approve", None),
    ("POST", "/bills/2/refuse", "Refuse", {}),
    ("POST", "/bills/2/void", "NotAnInvoice", {}),
    ("POST", "/bills/2/duplicate", "KeepBoth", {"keep": "both"}),
    ("POST", "/bills/2/duplicate", "KeepNew", {"keep": "new"}),
    ("POST", "/bills/2/duplicate", "Discard", {"keep": "earlier"}),
    ("GET", "/vendors", "PartyDetails", None),
    ("GET", "/vendors/1", "PartyDetails", None),
    ("GET", "/customers", "PartyDetails", None),
    ("GET", "/payments", "Payments", None),
    ("GET", "/statements", "Movements", None),
    ("POST", "/movements/1/match", "Match", {"bills": [1]}),
    ("POST", "/movements/1/unmatch", "Unmatch", None),
    ("POST", "/movements/1/book", "BookMovement", {"category": "bank_fees"}),
    ("GET", "/entries", "Export", None),
    ("GET", "/reports/trial-balance", "TrialBalance", None),
    ("GET", "/reports/balances", "Balance", None),
    ("GET", "/reports/due", "Due", None),
    ("GET", "/reports/spend", "Spend", None),
    ("GET", "/people", "WhoIsHere", None),
    ("GET", "/reminders", "Reminders", None),
    ("POST", "/reminders", "Remind", {"on": "2025-04-01", "bill": 2}),
    ("GET", "/audit", "WhoDidWhat", None),
    ("GET", "/events", "ShowWebhooks", None),
    ("GET", "/webhooks", "ShowWebhooks", None),
    ("POST", "/webhooks", "MakeWebhook", {"url": "https://example.com/hook"}),
    ("POST", "/webhooks/1/pause", "ChangeWebhook", None),
)
"""Each with the request that it makes, about a bill of another's that is a draft."""


def _permitted(request: str) -> dict[Role, str]:
    """What the table says of a request about a draft of another."""
    for line in TABLE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == request and len(cells) == 8 and re.search(r"^$|any bill|draft of another", cells[1]):
            return dict(zip(ROLES, cells[2:7], strict=True))
    raise AssertionError(f"docs/rights.md lacks {request}")


@pytest.fixture
async def programs(api: Api) -> dict[Role, httpx.AsyncClient]:
    """A program of somebody of each role."""
    found = {Role.OWNER: api.client(api.token())}
    for role in ROLES[1:]:
        with api.desk.database.transaction() as session:
            code = people.invite(session, str(role), invited_by=1, now=NOW, role=role)
            people.redeem(session, code, "terminal", str(role), NOW, str(role))
        found[role] = api.client(api.token(str(role)))
    return found


async def test_every_role_may_by_the_api_what_the_table_says(programs: dict[Role, httpx.AsyncClient]) -> None:
    wrong = []
    for method, path, request, body in CALLS:
        for role in reversed(ROLES):  # those who may least first, so that the bill is still a draft
            told = _permitted(request)[role]
            if told != "no" and method != "GET":
                continue  # what is done is tried below
            answer = await programs[role].request(method, path, json=body)
            if (answer.status_code == 403) != (told == "no"):
                wrong.append((role, method, path, told, answer.status_code))
    assert not wrong
    # who may, is never refused for want of a right
    for method, path, request, body in CALLS:
        may = [role for role, told in _permitted(request).items() if told != "no"]
        if method != "GET":
            answer = await programs[may[-1]].request(method, path, json=body)
            assert answer.status_code != 403, (path, may[-1], answer.text)
    for client in programs.values():
        await client.aclose()


async def test_a_member_sees_and_does_what_is_their_own(api: Api, programs: dict[Role, httpx.AsyncClient]) -> None:
    member, auditor = programs[Role.MEMBER], programs[Role.AUDITOR]
    sent = await member.post("/documents", files={"file": ("bau.jpg", b"bau", "image/jpeg")})
    assert sent.status_code == 202
    document = sent.json()["id"]
    assert (await member.get(f"/documents/{document}")).json()["bills"] == [3]
    assert [bill["id"] for bill in (await member.get("/bills")).json()["items"]] == [3]
    assert (await member.get("/documents/1")).status_code == 403
    assert (await member.get("/documents/1/original")).status_code == 403
    assert (await member.post("/bills/3/confirm")).json()["state"] == "confirmed"
    assert (await member.post("/statements", files={"file": ("s.xml", b"x")})).status_code == 403
    assert (await auditor.post("/documents", files={"file": ("b.jpg", b"bau")})).status_code == 403
    assert (await auditor.get("/documents/1/original")).content == b"acme"
    for client in programs.values():
        await client.aclose()
