"""Every request that changes something leaves a row with who asked, by which message, on which channel, old and new."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.processing.dispatch import HANDLERS
from handlers import requests as asked
from handlers.button_ids import choice_id
from storage.ledger import exchange_rates
from storage.ledger.exchange_rates import Rate
from storage.models import Audit, AuditLink, Bill, Person
from storage.people import web_sessions
from storage.trail.verification import verify
from tests.fakes.books.bank_desk import BankPapers
from tests.fakes.books.desk import of_type, paper
from tests.rights.conftest import PAPERS, Office

PREFERS = (
    asked.SetLanguage, asked.SetTimeZone, asked.SetQuietHours, asked.SetReminderDays, asked.SendNoticesHere,
    asked.Remind, asked.SnoozeBill,
)  # fmt: skip
ADDED = (asked.Transfer, asked.Prepay, asked.ValueCurrencies, asked.TellDifference, asked.Split, asked.Claim)
"""What only adds entries, which never change, or is of a bill's evidence alone: the step tells it all."""
DRAFTED = (asked.Trip, asked.PerDiem, asked.PettyCash)
"""What comes in as a document does: the step says that it came, and the document what."""
TABLE = b"Datum;Text;Betrag\n03/04/2025;Miete;-900,00\n05/04/2025;Strom;-80,00\n"
SAID = (
    "add project Town Hall", "<print>", "total is 142", "book it as travel", "book it on project Town Hall",
    "note: ask them", "put it on hold", "release the hold", "confirm", "paid", "undo", "I paid it myself",
    "remind me tomorrow", "snooze it until Monday", "keep everything of Acme", "<slip>", "attach it to P-624",
    "our country is Germany", "drove 62 km to Potsdam yesterday with my own car", "3 days per diem",
    "petty cash 12.50 for stamps, no receipt", "budget for travel 300 a month",
)  # fmt: skip


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[type, list[str]]:
    """The keys of the messages by which each kind of request was served."""
    found: dict[type, list[str]] = defaultdict(list)

    def noting(kind: type, handler: Any) -> Any:
        def note(session: Any, context: Any, request: Any) -> Any:
            found[kind].append(context.key)
            return handler(session, context, request)

        return note

    for kind, handler in list(HANDLERS.items()):
        monkeypatch.setitem(HANDLERS, kind, noting(kind, handler))
    return found


async def test_each_change_leaves_who_by_which_message_and_old_and_new(
    office: Office, served: dict[type, list[str]]
) -> None:
    with office.database.transaction() as session:
        rates = {date(2025, 1, 31): "1.00", date(2025, 2, 20): "1.05", date(2025, 2, 28): "1.10"}
        exchange_rates.add(session, [Rate("USD", day, rate) for day, rate in rates.items()])
    again = {"twin": {**PAPERS["acme"], "total": "1200.00"}, "third": {**PAPERS["bau"], "total": "600.00"}}
    slip = of_type(paper("other", vendor="Print24 GmbH", number="L-1"), "delivery_note")
    read = {name: paper(**values) for name, values in (PAPERS | again).items()}
    office.read_by(BankPapers({**read, "slip": slip}))

    async def tell(said: str, who: str = "olga", **more: Any) -> str:
        more = {"channel": "terminal", **more}
        return await office.tell(who, said, **more)

    for said in SAID:
        await tell(said)
    for said in CONVERSATION:
        who, _, words = said.rpartition(": ")
        await tell(words, who or "olga")
        if words == "<statement>":
            for pressed in (office._button("Bank"), "unmatch:1", "match:1:4", "unmatch:1", "book:1:bank_fees"):
                await tell("", choice=pressed)
    for name, action in (("twin", "keep-both"), ("third", "keep-new"), ("twin2", "discard")):
        if name == "twin2":
            office.read_by(BankPapers({name: paper(**{**PAPERS["globex"], "total": "1.00"})}))
        await tell(f"<{name}>")
        await tell("", choice=choice_id(action, _latest(office)))  # type: ignore[arg-type]
    await tell("confirm all")
    await tell("yes")
    await office.send(TABLE, "bank.csv")
    await tell("", choice=office._button("Bank"))
    way = next(choice.id for reply in office.replies for choice in reply.choices if choice.id.startswith("columns:"))
    await tell("", choice=way)
    await tell("undo the import")
    with office.database.transaction() as session:
        web_sessions.begin(session, "olga@web.example", "Firefox", now=office.now)
    await tell("sign me out everywhere")
    await tell("you may answer about money here", room="lobby", channel="telegram")
    await tell("rename travel to Trips")
    with office.database.reading() as session:
        step = session.exec(select(Audit.id).where(Audit.action == "renamed")).all()[-1]
        max_ = session.exec(select(Person.id).where(Person.name == "Max")).one()
    await tell("", choice=choice_id("revoke", argument=str(step)))
    for said, who in (("leave the company", "ada"), ("remove Max", "olga")):
        await tell(said, who=who)
        await tell("yes", who=who)
    await tell("", choice=choice_id("agree", argument=f"erase:1:{max_}"))
    await tell("hand over the company to Bea")
    await tell("yes")

    silent = [kind.__name__ for kind in (*asked.CHANGES, *PREFERS) if not _shown(office, kind, served[kind])]
    assert not silent, "say each of them above: what it changes has to stand in the audit, old and new"
    with office.database.reading() as session:
        found = verify(session)
        assert found.fault == "" and found.erased, "also with what was blotted out of it"


def _shown(office: Office, kind: type, keys: list[str]) -> bool:
    """Whether one of the messages left a row that says all there is to say."""
    with office.database.reading() as session:
        links = session.exec(select(AuditLink).where(AuditLink.message_key.in_(keys))).all()  # type: ignore[union-attr]
        known = [link for link in links if link.person_id and link.channel]
        if kind in ADDED:
            return any(session.get_one(Audit, link.audit_id).details for link in known if link.audit_id)
        if kind in DRAFTED:
            steps = [session.get_one(Audit, link.audit_id) for link in known if link.audit_id]
            return any(step.action == "drafted" for step in steps)
        return any(link.changes for link in known)


def _latest(office: Office) -> int:
    with office.database.reading() as session:
        return max(session.exec(select(Bill.id)).all())


CONVERSATION = (
    "confirm M-188", "write off the rest of M-188 because it was waived", "undo", "ada: approve H-100", "ada: undo",
    "ada: refuse H-100", "show S-770", "not an invoice",
    "our IBAN is DE02500105170137075030", "make the payment file", "withdraw the payment file",
    "<statement>", "500 from the bank to cash",  "prepaid Acme 500", "apply the prepayment of Acme",
    "opening balance of cash is 100 on 1 February 2025", "add bank account Second DE02120300000000202051",
    "close the books until 28 February 2025", "reopen the books", "our company is called Linden GmbH",
    "Bank is account 1201 in DATEV", "add bank account Wise USD",
    "opening balance of Wise is 100 USD on 1 February 2025",
    "the balance of Wise was 90.00 USD on 20 February 2025 with 10.00 USD less booked as bank fees",
    "value other currencies at 28 February 2025",
    "bills from 900 need approval", "own bills may be approved", "make Udo an accountant", "members may see balances",
    "invite Eve", "link my Telegram", "unlink my Slack", "rename Max to Moritz", "rename Moritz to Max",
    "merge Udo into Bea", "yes", "always take in mails from evil.example", "forget the sender evil.example",
    "make an intake address for Evil from evil.example", "close the intake address for Evil",
    "my other address is olga@home.example", "speak German", "time zone is Europe/London", "quiet from 20 to 7",
    "remind me 5 days before", "send my reminders here", "create an API token for Zapier", "revoke token 1",
    "create a webhook for https://example.com/hook", "pause webhook 1",
)  # fmt: skip
