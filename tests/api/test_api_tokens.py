"""Tokens: narrow, of one company, over when they are over; and what is told to who has none."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from storage.db.database import Database
from storage.db.tenancy import FIRST, acting_for
from storage.models import AccessToken, AuditLink
from storage.people import companies, company, leaving, people
from storage.people.access import tokens
from tests.fakes.books.desk import NOW
from tests.fakes.books.programs import Api


async def test_without_a_good_token_nothing_is_told(api: Api) -> None:
    good = api.token()
    forged = good[:-3] + ("aaa" if not good.endswith("aaa") else "bbb")
    for header in (
        {},
        {"Authorization": "Basic b2xnYTo="},
        *({"Authorization": f"Bearer {one}"} for one in ("x", forged)),
    ):
        async with httpx.AsyncClient(base_url=api.url, headers=header) as stranger:
            for path in ("/bills", "/bills/1", "/nothing"):
                answer = await stranger.get(path)
                assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Bearer")
                assert answer.headers["content-type"] == "application/problem+json"
                assert "Acme" not in answer.text


async def test_a_token_is_kept_as_a_hash_and_ends_with_its_day_or_its_person(api: Api) -> None:
    token = api.token(days=30)
    database = api.desk.database
    with database.reading() as session:
        (held,) = session.exec(select(AccessToken)).all()
        changes = [str(link.changes) for link in session.exec(select(AuditLink)).all()]
    secret = token.rpartition("_")[2]
    kept = held.model_dump_json() + "".join(changes)
    assert secret not in kept and held.secret_sha256 not in "".join(changes)
    async with api.client(token) as client:
        assert (await client.get("/bills")).status_code == 200
        with database.reading() as session:
            assert session.exec(select(AccessToken.used_at)).one() == NOW
        api.desk.now = NOW + timedelta(days=30, seconds=1)
        assert (await client.get("/bills")).status_code == 401
    api.desk.now = NOW
    with database.transaction() as session:
        code = people.invite(session, "Max", invited_by=1, now=NOW)
        max_ = people.redeem(session, code, "terminal", "max", NOW, "Max")
        assert max_ is not None
    async with api.client(api.token("max")) as client:
        assert (await client.get("/people")).status_code == 200
        with database.transaction() as session:
            leaving.remove(session, people.find_called(session, "Max")[0], by=1, now=NOW)
        assert (await client.get("/people")).status_code == 401


async def test_a_token_may_what_its_scopes_say(api: Api) -> None:
    async with api.client(api.token(scopes=["bills:read", "reports:read"])) as client:
        assert (await client.get("/bills")).status_code == 200
        assert (await client.get("/reports/balances")).status_code == 200
        for method, path, scope in (
            ("POST", "/bills/2/confirm", "bills:write"),
            ("GET", "/vendors", "parties:read"),
            ("GET", "/movements/1", "statements:read"),
            ("POST", "/documents", "documents:write"),
            ("GET", "/audit", "audit:read"),
        ):
            answer = await client.request(method, path)
            assert (answer.status_code, answer.json()["scope"]) == (403, scope)
        assert (await client.get("/bills/2")).json()["state"] == "draft"


async def test_of_another_company_there_is_nothing(api: Api) -> None:
    database: Database = api.desk.database
    with acting_for(FIRST), database.transaction() as session:
        company.ensure_company(session, "Our GmbH")
    with acting_for(None), database.transaction() as session:
        other = companies.found(session, "Other GmbH")
    with acting_for(other), database.transaction() as session:
        people.ensure_owner(session, "Otto", [("terminal", "otto")], NOW)
    async with api.client(api.token("otto", company=other)) as client:
        assert (await client.get("/bills")).json()["items"] == []
        for method, path in (
            ("GET", "/bills/1"), ("GET", "/bills/1/history"), ("POST", "/bills/2/confirm"), ("POST", "/bills/1/pay"),
            ("GET", "/documents/1"), ("GET", "/documents/1/original"), ("GET", "/vendors/1"), ("GET", "/people/1"),
            ("GET", "/statements/1"), ("GET", "/movements/1"), ("POST", "/movements/1/unmatch"),
        ):  # fmt: skip
            answer = await client.request(method, path)
            assert answer.status_code == 404, (path, answer.text)
        answer = await client.patch("/bills/2", json={"total": "1.00"})
        assert answer.status_code == 404
        assert (await client.get("/audit")).json()["items"][0]["action"] != "drafted"
    async with api.client(api.token()) as client:
        assert (await client.get("/bills/2")).json()["total"] == "595.00"


async def test_too_many_calls_are_told_when_to_come_again(api: Api) -> None:
    few = Api(api.desk, calls_a_minute=3, strangers_a_minute=2)
    async with few.running(), few.client(few.token()) as client, few.client("bfy_x_y") as stranger:
        left = [(await client.get("/people")).headers["ratelimit"] for _ in range(3)]
        assert [one.partition(";t=")[0] for one in left] == ['"default";r=2', '"default";r=1', '"default";r=0']
        over = await client.get("/people")
        assert over.status_code == 429 and 0 < int(over.headers["retry-after"]) <= 60
        assert over.headers["ratelimit-policy"] == '"default";q=3;w=60'
        assert [(await stranger.get("/people")).status_code for _ in range(3)] == [401, 401, 429]


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 61}, {"scopes": ["bills:eat"]}, {"days": 0}, {"days": 367}],
)
def test_no_token_is_made_that_makes_no_sense(database: Database, wrong: dict[str, object]) -> None:
    with database.transaction() as session:
        owner = people.ensure_owner(session, "Olga", [("terminal", "owner")], NOW)
        with pytest.raises(Exception, match=r"token|name|scope"):
            tokens.issue(session, owner.id, **({"name": "x", "now": NOW} | wrong))  # type: ignore[arg-type]
