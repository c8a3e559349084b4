"""Due dates as a calendar and bills as a table, by a secret address that can be revoked; made and ended in the chat."""

from __future__ import annotations

import csv
import re
from io import StringIO

import httpx
from icalendar import Calendar

from storage.people import identities
from tests.fakes.books.desk import NOW
from tests.fakes.books.programs import Api


async def _address(api: Api, said: str) -> str:
    with api.desk.database.transaction() as session:
        identities.record_account(session, "web", api.chat.url, NOW)
    found = re.search(r"http://\S+", await api.desk.say(said))
    assert found, said
    return found[0]


async def test_a_calendar_reads_the_due_dates_until_it_is_revoked(api: Api) -> None:
    address = await _address(api, "give me a calendar feed of my due dates")
    async with httpx.AsyncClient() as anyone:
        answer = await anyone.get(address)
        assert answer.status_code == 200 and answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
        (event,) = Calendar.from_ical(answer.text).walk("VEVENT")
        assert str(event["SUMMARY"]).replace("\xa0", " ") == "Pay Acme GmbH: €1,249.50"
        assert event.decoded("DTSTART").isoformat() == "2025-04-02" and str(event["DESCRIPTION"]) == "A-1"
        same = await anyone.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert same.status_code == 304
        assert (await anyone.get(address.replace("due.ics", "bills.csv"))).status_code == 404
        token = address.split("/")[-2]
        as_api = await anyone.get(f"{api.url}/bills", headers={"Authorization": f"Bearer {token}"})
        assert as_api.status_code == 401, "an address that is read is no key to the API"
        assert "calendar of due dates" in await api.desk.say("my tokens")
        assert "any more" in await api.desk.say("revoke token 1")
        gone = await anyone.get(address)
        assert gone.status_code == 404 and "BEGIN" not in gone.text


async def test_a_table_reads_the_bills_and_holds_no_formula(api: Api) -> None:
    await api.desk.say('vendor is =HYPERLINK("x")')
    address = await _address(api, "give me a csv link of the bills")
    async with httpx.AsyncClient() as anyone:
        answer = await anyone.get(address)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(StringIO(answer.text)))
        assert [row["total"] for row in rows] == ["595.00", "1249.50"]
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
        forged = address.removesuffix("/bills.csv")
        forged = forged[:-1] + ("A" if forged[-1] != "A" else "B")
        assert (await anyone.get(f"{forged}/bills.csv")).status_code == 404


async def test_a_token_is_made_in_the_chat(api: Api) -> None:
    for said, writes in (
        ("create an API token for Zapier", False),
        ("create an api token for Backoffice with write access for 7 days", True),
        ("erstelle einen API-Token für Kasse", False),
    ):
        told = await api.desk.say(said)
        found = re.search(r"bfy_\S+", told)
        assert found, told
        async with api.client(found[0]) as client:
            assert (await client.get("/bills/1")).status_code == 200
            status = 200 if writes else 403
            assert (await client.patch("/bills/2", json={"number": "N"})).status_code == status
    told = await api.desk.say("show my tokens")
    assert "Zapier" in told and "Backoffice" in told and "28 Mar 2025" in told and "bfy_" not in told
    assert "Zapier" in await api.desk.say("revoke token Zapier")
    assert "Zapier" not in await api.desk.say("show my tokens")
