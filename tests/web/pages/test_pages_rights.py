"""Who sees which page, and what of it; and what an address may say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest

from bot.processing.buttons.page_addresses import address_of, request_at
from handlers import requests as asked
from storage.db.tenancy import FIRST, acting_for
from storage.ledger import accounts
from storage.people import companies, company, people
from tests.fakes.books.small_company import NOW, invoice
from tests.fakes.platforms.webchat import signed_in, visiting
from tests.web.pages.conftest import ACME, DHL, STAPLES
from tests.web.pages.house import House


async def seen(house: House, who: str, path: str) -> tuple[int, str]:
    house.chat.door.tokens[f"{who}@web-link"] = f"{who}@web"
    async with signed_in(house.chat, f"{who}@web") as client, client.get(path) as answer:
        return answer.status, await answer.text()


async def test_a_member_sees_their_own_bills_alone_and_no_page_of_the_books(house: House) -> None:
    status, html = await seen(house, "max", "/bills")
    assert status == 200
    assert f"/bills/{STAPLES}" in html
    assert f"/bills/{DHL}" in html
    assert f'href="/bills/{ACME}"' not in html
    assert "/bank" not in html
    for path in (f"/bills/{ACME}", "/bank", "/cash-flow", "/audit"):
        status, html = await seen(house, "max", path)
        assert (status, "1,249.50" in html) == (403, False), path
    assert (await seen(house, "max", f"/bills/{ACME}/original/1"))[0] == 404
    status, html = await seen(house, "max", f"/bills/at-once?act=confirm&bill={ACME}&bill={DHL}")
    assert status == 200
    assert f"all:confirm:{DHL}~" in html


async def test_a_member_corrects_no_bill_of_others(house: House) -> None:
    house.chat.door.tokens["max@web-link"] = "max@web"
    said = {"id": "11111111-1111-4111-8111-111111111111", "choice": f"edit:{ACME}", "total": "1.00", "was_total": "2"}
    async with signed_in(house.chat, "max@web") as client, client.post(f"/bills/{ACME}", data=said) as answer:
        assert answer.status == 403
    assert "1,249.50" in (await seen(house, "olga", f"/bills/{ACME}"))[1]


async def test_another_companys_bill_is_not_there_at_all(house: House) -> None:
    database = house.desk.database
    with database.transaction() as session:
        company.ensure_company(session, "Ours")
    with acting_for(None), database.transaction() as session:
        second = companies.found(session, "Theirs")
    with acting_for(second), database.transaction() as session:
        accounts.ensure_chart(session)
        owner = people.ensure_owner(session, "Otto", [("terminal", "otto")], NOW).id
        theirs = invoice(session, owner, vendor="Secret AG").id
    house.chat.door.of_company = lambda token: _ours()
    for path in (f"/bills/{theirs}", f"/bills/{theirs}/original/1"):
        status, html = await seen(house, "olga", path)
        assert (status, "Secret" in html) == (404, False)
    assert "Secret" not in (await seen(house, "olga", "/bills"))[1]


@asynccontextmanager
async def _ours() -> AsyncIterator[None]:
    with acting_for(FIRST):
        yield


@pytest.mark.parametrize("path", ["/bills", f"/bills/{ACME}", "/audit"])
async def test_who_is_not_signed_in_is_led_to_the_ways_in(house: House, path: str) -> None:
    async with visiting(house.chat) as client, client.get(path, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize(
    "path",
    [
        "/bills?at_least=x&since=yesterday&order=up&state=odd&side=odd&text=%00",
        "/bills?after=AAAA",
        "/calendar?month=2025-99&days_late=99999999&above=-1",
        "/calendar?month=0001-01",
        "/cash-flow?until=9999-12-31",
        "/audit?since=0001-01-01&until=9999-12-31&person=",
        "/bank?on=never",
        "/bills/99999999",
        "/bills/99999999999999999999",
        "/bills/at-once?act=burn",
    ],
)
async def test_no_address_is_a_fault_of_ours(house: House, path: str) -> None:
    assert (await seen(house, "olga", path))[0] in (200, 404)


@pytest.mark.parametrize(
    ("request_", "address"),
    [
        (asked.Due(until=date(2025, 3, 28), label="this week"), "/calendar?until=2025-03-28"),
        (asked.Due(overdue=True, vendor="Acme & Co", without=("Globex", "Bau")),
         "/calendar?overdue=true&vendor=Acme+%26+Co&without=Globex&without=Bau"),
        (asked.Find(text="toner", at_least="5.00", order="largest"), "/bills?text=toner&at_least=5.00&order=largest"),
        (asked.Owed("receivable", "Initech"), "/calendar?side=receivable&vendor=Initech"),
        (asked.Waiting(), "/approvals"),
        (asked.Help(), ""),
    ],
)  # fmt: skip
def test_a_question_has_the_address_of_its_page(request_: object, address: str) -> None:
    assert address_of(request_) == address


def test_the_page_reads_the_question_back() -> None:
    query = {"overdue": ["true"], "vendor": ["Acme & Co"], "without": ["Globex", "Bau"], "until": ["2025-02-31"]}
    assert request_at(asked.Due, query) == asked.Due(overdue=True, vendor="Acme & Co", without=("Globex", "Bau"))
