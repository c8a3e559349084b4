"""What is paid and what is not, and the money that moved. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from handlers.errors import NotFound
from handlers.requests import Due, Find, History, Owed, Payments, Settled, Why
from storage.approvals import approvals
from storage.ledger.money import Money
from storage.models import Account, Decision, Entry, Posting, Role
from storage.payments import bill_payments, settlement
from storage.payments.settlement import Share
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.small_company import NOW
from tests.fakes.books.staff import join, require_approval


def telekom(company: Company, number: str, issued: str, total: str = "71.34") -> int:
    return company.bill(vendor="Telekom AG", number=number, issue_date=issued, due_date="2025-04-10", total=total)


def moved_out(company: Company, since: date, until: date) -> int:
    """What left bank and cash for payments, counted posting by posting."""
    with company.database.transaction() as session:
        held = [account.id for account in session.exec(select(Account)).all() if account.liquidity]
        undone = {entry.reverses for entry in session.exec(select(Entry)).all()}
        kinds = {entry.id: entry for entry in session.exec(select(Entry)).all()}
        return sum(
            -posting.amount_minor
            for posting in session.exec(select(Posting)).all()
            if posting.account_id in held
            and posting.amount_minor < 0
            and since <= posting.booked_on <= until
            and kinds[posting.entry_id].kind in ("payment", "prepayment", "fee")
            and posting.entry_id not in undone
        )


def test_a_paid_bill_is_answered_with_yes_and_when(company: Company):
    bill = telekom(company, "T-1", "2025-01-03")
    company.pay(bill, on=date(2025, 2, 3))
    reply = company.ask(Settled(bill_hint="T-1"))
    assert reply.text == "Yes: paid on 3 Feb 2025, €71.34 from Bank." and reply.bill == bill
    assert company.ask(Settled(vendor="telekom"), language="de").text.startswith("Ja: ")


def test_an_open_bill_is_answered_with_no_and_what_it_waits_for(company: Company):
    join(company, "Anna", Role.APPROVER)
    require_approval(company, 100000)
    company.bill(vendor="Krause", number="K-1", due_date="2025-03-25", total="2142.00")
    assert company.ask(Settled(bill_hint="K-1")).text == (
        "No: €2,142.00 is open, due 25 Mar 2025 (in 4 days), waits for the approval of Anna."
    )


def test_a_part_is_told_as_a_part(company: Company):
    bill = company.acme()
    company.pay(bill, "500", on=date(2025, 3, 20), account="cash")
    assert company.ask(Settled(), bill=bill).text == (
        "Only a part: paid on 20 Mar 2025, €500.00 from Cash. €749.50 is open, due 2 Apr 2025 (in 12 days)."
    )


def test_a_draft_is_not_paid(company: Company):
    company.bill(draft=True)
    assert company.ask(Settled(bill_hint="2024-117")).text.startswith("No: it waits to be confirmed")


def test_whether_a_party_was_paid_for_a_month(company: Company):
    march, second = telekom(company, "T-3", "2025-03-03"), telekom(company, "T-4", "2025-03-05", "10.00")
    february = telekom(company, "T-2", "2025-02-03")
    company.pay(february, on=date(2025, 2, 20))
    company.pay(march)
    in_march = {"since": date(2025, 3, 1), "until": date(2025, 3, 31), "label": "from Telekom, in March 2025"}
    reply = company.ask(Settled(vendor="telekom", **in_march))
    assert reply.text.splitlines() == [
        "No: 1 of 2 bills from Telekom, in March 2025 are not paid in full, €10.00 is open.",
        "1. Telekom AG T-4 · €10.00 · €10.00 is open, due 10 Apr 2025 (in 20 days)",
        "2. Telekom AG T-3 · €71.34 · paid on 21 Mar 2025, €71.34 from Bank",
    ]
    assert reply.listed == (second, march)
    company.pay(second)
    assert company.ask(Settled(vendor="telekom", **in_march)).text.startswith("Yes: all 2 bills from Telekom")
    none = company.ask(Settled(vendor="telekom", since=date(2024, 5, 1), until=date(2024, 5, 31)))
    assert none.text.startswith("I found no bill from telekom, from 1 May 2024 to 31 May 2024, so I can't say")
    assert "Telekom AG T-4" in none.text and none.bill is None
    with pytest.raises(NotFound, match="no vendor or customer called “eom”"):
        company.ask(Settled(vendor="eom"))


def test_when_somebody_was_last_paid(company: Company):
    first, second = telekom(company, "T-1", "2025-01-03"), telekom(company, "T-2", "2025-02-03", "77.29")
    asked = Settled(vendor="telekom", last=True)
    assert company.ask(asked).text == "No payment to Telekom AG is booked."
    company.pay(second, on=date(2025, 3, 3))
    company.pay(first, on=date(2025, 2, 3))
    reply = company.ask(asked)
    assert reply.text.splitlines() == [
        "We last paid Telekom AG €77.29:",
        "• 3 Mar 2025 · Telekom AG T-2 · €77.29 · Bank",
    ]
    assert reply.listed == (second,)
    theirs = company.ours("Globex AG", number="R-1", total="4330.00")
    company.pay(theirs, "330", on=date(2025, 3, 10))
    assert company.ask(Settled(vendor="globex", last=True)).text.startswith("Globex AG last paid us €330.00:")


def test_payments_are_money_that_moved(company: Company):
    old = company.bill(vendor="Hotel", number="H-1", issue_date="2025-01-10", total="160.00")
    acme = company.acme()
    company.pay(old, on=date(2025, 3, 4), account="cash")
    company.pay(acme, "249.50", on=date(2025, 3, 20))
    company.pay(company.ours("Globex AG", number="R-1", total="300.00"), on=date(2025, 3, 5))
    march = {"since": date(2025, 3, 1), "until": date(2025, 3, 31), "label": "in March 2025"}
    reply = company.ask(Payments(**march))
    assert reply.text.splitlines() == [
        "2 payments in March 2025, €409.50:",
        "1. 20 Mar 2025 · Acme GmbH 2024-117 · €249.50 · Bank",
        "2. 4 Mar 2025 · Hotel H-1 · €160.00 · Cash",
    ]
    assert reply.listed == (acme, old)
    assert moved_out(company, march["since"], march["until"]) == 40950
    assert "Acme GmbH 2024-117" in company.ask(Why()).text
    cash = company.ask(Payments(**march, account="cash"))
    assert cash.text.startswith("1 payment in March 2025, account Cash, €160.00:") and cash.bill == old
    assert company.ask(Payments("receivable", **march)).text.startswith("€300.00 came in in March 2025:")
    assert company.ask(Payments(vendor="hotel")).text.startswith("1 payment to hotel, €160.00:")
    assert company.ask(Payments(since=date(2025, 1, 1), until=date(2025, 1, 31))).text == (
        "No payment was booked from 1 Jan 2025 to 31 Jan 2025."
    )
    with pytest.raises(NotFound, match="no account “Sparkasse”"):
        company.ask(Payments(account="Sparkasse"))


def test_of_a_payment_to_several_only_the_part_of_one_counts(company: Company):
    hotel = company.bill(vendor="Hotel", number="H-1", total="160.00")
    acme = company.acme()
    with company.database.transaction() as session:
        settlement.book_settlement(
            session,
            [Share(hotel, Money(16000, "EUR")), Share(acme, Money(124950, "EUR"))],
            key="both",
            account="bank",
            on=date(2025, 3, 20),
            person_id=company.owner,
            now=NOW,
        )
    assert company.ask(Payments()).text.startswith("1 payment, €1,409.50:")
    assert company.ask(Payments(vendor="hotel")).text.splitlines() == [
        "1 payment to hotel, €160.00:",
        "• 20 Mar 2025 · Hotel H-1 · €160.00 · Bank",
    ]
    assert company.ask(Settled(bill_hint="H-1")).text == "Yes: paid on 20 Mar 2025, €160.00 from Bank."


def test_what_was_taken_back_is_no_payment(company: Company):
    bill = company.acme()
    company.pay(bill)
    with company.database.transaction() as session:
        bill_payments.unpay(session, bill, key="u", person_id=company.owner, now=NOW)
    assert company.ask(Payments()).text == "No payment was booked."
    assert company.ask(Settled(bill_hint="2024-117")).text.startswith("No: €1,249.50 is open")


def test_who_approved_sent_and_paid(company: Company):
    anna = join(company, "Anna", Role.APPROVER)
    require_approval(company, 100000)
    bill = company.acme()
    at = "21 Mar 2025, 10:30"
    assert company.ask(History(what="approved"), bill=bill).text == (
        "Nobody approved it (yet).\nWaits for the approval of Anna."
    )
    with company.database.transaction() as session:
        approvals.decide(session, bill, Decision.APPROVED, key="a", person_id=anna, now=NOW)
    assert company.ask(History(what="approved"), bill=bill).text == f"Anna approved it on {at}."
    assert company.ask(History(what="sent"), bill=bill).text == f"Olga sent it on {at}."
    assert company.ask(History(what="paid"), bill=bill).text == "Nobody paid it (yet)."
    company.pay(bill, on=date(2025, 3, 20))
    assert company.ask(History(what="paid"), bill=bill).text == (
        f"Paid on 20 Mar 2025, €1,249.50 from Bank.\nOlga noted that on {at}."
    )


def test_exclusions_and_lateness(company: Company):
    acme = company.acme()
    company.bill(vendor="Acme Tools Ltd", number="T-1", total="80.00", due_date="2025-02-20")
    duo = company.bill(vendor="Duo", number="D-1", total="2000.00", due_date="2025-03-20")
    undated = company.bill(vendor="Bolt", number="B-1", total="5.00", due_date=None)
    reply = company.ask(Due(without=("acme",)))
    assert reply.text.startswith("2 open bills without acme, €2,005.00:") and reply.listed == (duo, undated)
    late = company.ask(Due(days_late=14))
    assert late.text.startswith("1 open bill more than 14 days overdue, €80.00:")
    assert company.ask(Due(days_late=29)).text.startswith("There is no open bill more than 29 days overdue.")
    assert company.ask(Due(no_due_date=True)).listed == (undated,)
    assert company.ask(Due(order="largest", most=2)).listed == (duo, acme)
    assert company.ask(Due(order="largest", most=2)).text.startswith("2 open bills, €3,249.50:")
    with pytest.raises(NotFound, match="“eom”"):
        company.ask(Due(vendor="eom"))


def test_all_of_a_name_are_summed_and_named(company: Company):
    company.bill(vendor="Acme Logistics GmbH", number="L-1", total="100.00", due_date="2025-03-25")
    company.bill(vendor="Acme Tools Ltd", number="T-1", total="80.00", currency="USD", due_date="2025-03-24")
    company.bill(vendor="Duo", number="D-1", total="2000.00")
    reply = company.ask(Owed(party="acme"))
    assert reply.text.splitlines() == [
        "We owe €100.00 and US$80.00, all “acme” together:",
        "• Acme Logistics GmbH · €100.00 · 1 bill",
        "• Acme Tools Ltd · US$80.00 · 1 bill",
        "1. Acme Tools Ltd T-1 · US$80.00 · due 24 Mar 2025 (in 3 days)",
        "2. Acme Logistics GmbH L-1 · €100.00 · due 25 Mar 2025 (in 4 days)",
    ]
    assert company.ask(Owed(without=("duo",))).text.startswith("We owe €100.00 and US$80.00, without duo:")


def test_a_customer_owes_and_is_late(company: Company):
    theirs = company.ours("Globex AG", number="R-1", total="4330.00", due_date="2025-02-16")
    reply = company.ask(Owed("receivable", "globex"))
    assert reply.text.splitlines()[0] == "Globex AG owes us €4,330.00, 33 days late:" and reply.listed == (theirs,)
    turned = company.ask(Owed(party="globex")).text
    assert "Globex AG owes us €4,330.00, 33 days late." in turned


def test_bills_are_counted_and_found_by_who_sent_them(company: Company):
    maxim = join(company, "Max")
    first = company.bill(vendor="Duo", number="D-1", issue_date="2025-02-01", sent_by=maxim)
    second = company.bill(vendor="Bolt", number="B-1", issue_date="2025-03-01", sent_by=maxim)
    company.acme()
    reply = company.ask(Find(person="max", order="oldest"))
    assert reply.text.startswith("2 bills sent by max:") and reply.listed == (first, second)
    assert company.ask(Find(count=True, most=1)).text.startswith("3 bills:")
    assert company.ask(Find(person="Max", without=("duo",))).listed == (second,)
    with pytest.raises(NotFound, match="There are: Olga and Max"):
        company.ask(Find(person="Zoe"))


def test_of_a_week_that_began_what_was_due_before_is_said_as_well(company: Company):
    company.bill(vendor="Duo", number="D-1", total="2000.00", due_date="2025-03-10")
    acme = company.acme()
    week = {"since": date(2025, 3, 17), "until": date(2025, 4, 6), "label": "this week"}
    text = company.ask(Due(**week)).text
    assert text.splitlines() == [
        "1 open bill this week, €1,249.50:",
        "• Acme GmbH 2024-117 · €1,249.50 · due 2 Apr 2025 (in 12 days)",
        "1 more is overdue since before that, €2,000.00.",
    ]
    company.pay(acme)
    nothing = company.ask(Due(**week)).text
    assert nothing.startswith("Nothing is due this week.\n1 more is overdue since before that")
    assert "overdue since" not in company.ask(Due(since=date(2025, 4, 1), until=date(2025, 4, 30))).text
    company.bill(vendor="Bolt", number="B-1", draft=True)
    assert "waits to be confirmed" in company.ask(Due(**week)).text
    assert "waits to be confirmed" not in company.ask(Due(vendor="duo")).text


def test_open_bills_by_when_they_were_issued(company: Company):
    acme = company.acme()
    company.bill(vendor="Duo", number="D-1", issue_date="2025-02-28", total="2000.00")
    march = Due(issued_since=date(2025, 3, 1), issued_until=date(2025, 3, 31))
    reply = company.ask(march)
    assert reply.text.startswith("1 open bill issued from 1 Mar 2025 to 31 Mar 2025, €1,249.50:")
    assert reply.bill == acme and "Acme GmbH 2024-117" in company.ask(Why()).text
    company.pay(acme)
    assert company.ask(march).text == "There is no open bill issued from 1 Mar 2025 to 31 Mar 2025."
    assert company.ask(Due(issued_since=date(2025, 3, 1)), language="de").text.startswith("Es gibt keine offene")


def test_why_a_party_is_overdue_tells_which_of_its_bills_are(company: Company):
    late = company.bill(number="A-1", due_date="2025-03-11", total="80.00")
    company.acme()
    tools = company.bill(vendor="Acme Tools Ltd", number="T-1", due_date="2025-03-18", total="20.00")
    reply = company.ask(Why("overdue", "acme"))
    first, second = reply.text.splitlines()
    assert first.startswith(
        "1. Acme GmbH A-1 · It was due on 11 Mar 2025, 10 days ago, and €80.00 of it is still open."
    )
    assert second.startswith("2. Acme Tools Ltd T-1 · It was due on 18 Mar 2025") and reply.listed == (late, tools)
    assert company.ask(Why("overdue", "Acme Tools Ltd")).text.startswith("Acme Tools Ltd T-1: It was due on")
    assert company.ask(Why("overdue", "2024-117")).text.startswith("It is not overdue")
    assert company.ask(Why("A-1 not paid", "A-1")).text.startswith("No: €80.00 is open")


def test_the_plural_of_a_name_sums_up_all_who_have_it(company: Company):
    company.acme()
    company.bill(vendor="Acme Tools Ltd", number="T-1", due_date="2025-03-18", total="20.00")
    company.bill(vendor="Duo", number="D-1", total="2000.00")
    assert company.ask(Owed(party="acmes")).text.startswith("We owe €1,269.50, all “acmes” together:")
    assert company.ask(Due(vendor="acme")).text.startswith("2 open bills, €1,269.50:")
    assert company.ask(Find(vendor="Acme GmbH", label="from Acme GmbH")).text.startswith("1 bill from Acme GmbH:")
