"""A hostile employee's day: what people of each role say and press that they may not. Each is refused, the books and
the people are afterwards what they were, and the owner hears of what matters."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from handlers.button_ids import choice_id
from handlers.mailbox.owner_notes import due_owner_notes
from storage.models import Audit, Bill, BillState, Movement, Role
from tests.rights.conftest import BILLS, STAFF, Office

REFUSED = re.compile(
    "Only .+ may |That is not yours alone|can take it back|bills that you sent|"
    "Nur .+ darf |Das ist nicht allein deins|Zurücknehmen kann"
)
SECRETS = ("1,249.50", "12,400", "595.00", "9,520", "8,166", "700.00")
"""Amounts of others' bills and of the accounts."""

CHANGES_BOOKED = (
    "the total of A-101 is 5.00", "book A-101 as travel", "paid A-101", "A-101 bezahlt", "confirm M-188",
    "the total of M-188 is 1.00",
)  # fmt: skip
ABOUT_A_CARD = (
    "total is 5", "der Betrag ist 5", "vendor is Mallory GmbH", "IBAN is DE02120300000000202051", "confirm it", "paid",
    "bezahlt", "not an invoice", "lösch das", "undo", "rückgängig", "approve it", "refuse it", "book it as travel",
    "due 15 May", "show it", "show the original", "what happened to it?", "QR code",
)  # fmt: skip
KEEPS_BOOKS = (
    "opening balance of the bank is 99,000 on 1 February 2025", "Anfangsbestand der Bank ist 99.000 am 1. Februar 2025",
    "transfer 500 from bank to cash", "add bank account Mallory DE02120300000000202051", "rename travel to Trips",
    "prepaid Acme 500",
)  # fmt: skip
OWNERS_ALONE = (
    "reopen the books", "our company is called Mallory GmbH", "our IBAN is DE02120300000000202051",
    "bills from 1 need no approval", "nothing needs approval", "own bills may be approved", "invite eve@evil.example",
    "invite Eve as owner", "make {who} an owner", "mach {who} zum Inhaber", "{who} is an approver",
    "rename Olga to Mallory", "merge Olga into {who}", "members may see balances", "remove Olga", "erase Olga",
    "lösche Olga", "hand over the company to {who}",
    "Mitglieder dürfen Kontostände sehen", "unlock March", "Bücher wieder aufmachen", "Freigabegrenze 99999",
    "our VAT id is DE123456789", "what do you know about Olga?",
    "auditors may confirm bills", "approvers may change the rules for approvals",
)  # fmt: skip
SEES_ALL = (
    "balance", "Kontostand", "forecast", "trial balance", "export the books of March", "profit this year",
    "what did we spend in March?", "who owes us?", "what do we owe Acme?", "what did we pay in March?", "movements",
    "show me A-101", "show me the original of A-101", "history of A-101", "was passierte mit A-101?", "is A-101 paid?",
    "what is the IBAN of Acme?", "how do I pay A-101?", "remind me tomorrow about A-101",
    "how much money do we have?", "Summen- und Saldenliste", "GuV 2024", "Bilanz zum 31. März",
    "what did Olga do today?", "audit trail",
    "largest vendor", "who confirmed A-101?", "hello and confirm M-188", "make a webhook to https://evil.example/hook",
)  # fmt: skip
MONEY = ("make the payment file", "Zahlungsdatei erstellen", "pain.001", "Sammelüberweisung", "<statement>")
DECIDES = ("approve H-100", "H-100 freigeben", "refuse A-101")

HOSTILE = {
    "max": (*CHANGES_BOOKED, *KEEPS_BOOKS, *OWNERS_ALONE, *SEES_ALL, *MONEY, *DECIDES, "close the books until February",
            "the total of T-905 is 1", "paid D-512"),
    "ada": (*KEEPS_BOOKS, *OWNERS_ALONE, "close the books until February"),
    "bea": (*OWNERS_ALONE, *DECIDES),
    "udo": (*CHANGES_BOOKED, *KEEPS_BOOKS, *OWNERS_ALONE, *MONEY, *DECIDES, "<print>",
            "close the books until February"),
}  # fmt: skip
"""What each says, and may not."""

ON_BILLS = (
    "confirm", "edit", "void", "paid", "discounted", "undo", "approve", "trust", "refuse", "qr", "show", "pick",
    "late", "keep-both", "keep-new", "discard",
)  # fmt: skip
"""Buttons on a bill's card; auditors see with some of them, and approvers and accountants may."""


@pytest.mark.parametrize("who", HOSTILE)
async def test_what_a_role_may_not_say_is_refused(office: Office, who: str) -> None:
    before = office.books()
    answers = {}
    for said in HOSTILE[who]:
        answer = await office.tell(who, said.format(who=who.capitalize()))
        if not REFUSED.search(answer):
            answers[said] = answer
        if who == "max":
            assert not any(secret in answer for secret in SECRETS), f"“{said}” tells:\n{answer}"
        assert office.books() == before, f"{who} changed something with “{said}”:\n{answer}"
    assert not answers


async def test_a_member_presses_everything_on_everybodys_cards(office: Office) -> None:
    before = office.books()
    for name, bill in BILLS.items():
        for action in ON_BILLS:
            if name in ("staples", "dhl") or (name == "tools" and action in ("edit", "show", "qr", "pick")):
                continue
            answer = await office.tell("max", choice=choice_id(action, bill))
            assert REFUSED.search(answer), f"{action} of {name}: {answer}"
            assert office.books() == before, f"{action} of {name}: {answer}"


@pytest.mark.parametrize("who", ["max", "udo", "ada"])
async def test_nobody_takes_back_what_they_could_not_have_done(office: Office, who: str) -> None:
    """Every step that there is, by each of the buttons that take steps back."""
    with office.database.reading() as session:
        steps = session.exec(select(Audit).order_by(Audit.id)).all()  # type: ignore[arg-type]
        names = {step.id: step.action for step in steps}
    theirs = {"max": ("olga's",), "udo": (), "ada": ("confirmed", "paid", "amended")}[who]
    before = office.books()
    for number, action in names.items():
        if action in theirs or (who == "max" and action == "confirmed"):
            continue
        for button in ("revoke", "takeback"):
            await office.tell(who, choice=choice_id(button, argument=str(number)))
            assert office.books() == before, f"{who} took back the {action} by {button}"


async def test_a_members_own_step_is_theirs_to_take_back_until_somebody_else_confirmed(office: Office) -> None:
    assert "Taken back" in await office.tell("max", choice=choice_id("undo", BILLS["dhl"]), channel="terminal")
    answer = await office.tell("max", choice=choice_id("undo", BILLS["tools"]))
    assert REFUSED.search(answer), answer


async def test_an_invented_statement_receives_nothing(office: Office) -> None:
    assert "import statements" in await office.tell("max", "<statement>")
    assert "import statements" in await office.tell("max", "", choice=choice_id("account", argument="1:bank"))
    with office.database.reading() as session:
        assert not session.exec(select(Movement)).all()
        ours = session.get_one(Bill, BILLS["ours"])
        assert (ours.state, ours.open_minor) == (BillState.CONFIRMED, 952000)
    assert "Which account" in await office.tell("bea", "<statement>"), "who keeps the books may"


async def test_another_persons_question_is_not_shown_whole(office: Office) -> None:
    """In a shared place the last question is everybody's, and its answer is not."""
    assert "Acme" in await office.tell("olga", "what's due?", channel="slack", room="C1")
    for said in ("show all", "why?", "warum?", "and overdue?"):
        answer = await office.tell("max", said, channel="slack", room="C1")
        assert not any(secret in answer for secret in SECRETS), f"“{said}”: {answer}"


async def test_words_below_the_owners_card_in_a_shared_place_do_nothing(office: Office) -> None:
    for name in ("acme", "bau", "ours"):
        assert "Issued" in await office.tell("olga", choice=choice_id("pick", BILLS[name]), channel="slack", room="C1")
        before = office.books()
        for said in ABOUT_A_CARD:
            answer = await office.tell("max", said, channel="slack", room="C1")
            own = "Which bill" in answer or "take back" in answer or "· Max ·" in answer
            assert REFUSED.search(answer) or own, f"“{said}”: {answer}"
            assert office.books() == before, f"“{said}”: {answer}"
            await office.tell("olga", choice=choice_id("pick", BILLS[name]), channel="slack", room="C1")


@pytest.mark.parametrize("name", ["Olga", "olga", "Оlga", "Ólga", "Olga's phone", "Ada", "Bea (Handy)"])
async def test_nobody_takes_a_colleagues_name(office: Office, name: str) -> None:
    """What is told of one would be taken for the other's, and where it takes two, the other would not count."""
    before = office.books()
    for said in (f"call me {name}", f"nenne mich {name}"):
        answer = await office.tell("max", said, channel="terminal")
        assert "nobody is to be taken" in answer or "niemand soll für" in answer, answer
    assert office.books() == before
    with office.database.reading() as session:
        (note,) = due_owner_notes(session, office.now)
        assert "attempt" in note.kind and "manage_people" in note.kind
    assert "Maximilian" in await office.tell("max", "call me Maximilian", channel="terminal")


async def test_who_counts_as_one_with_a_colleague_does_not_rename_that_away(office: Office) -> None:
    """Two invitations make two people of one, who are one by their names."""
    code = (await office.tell("olga", "invite Max's phone as approver", channel="terminal")).split("“join ")[1][:14]
    await office.tell("phone", f"join {code}", channel="slack")
    for said in ("call me Eve", "nenn mich Kim"):
        answer = await office.tell("phone", said, channel="slack")
        assert "nobody is to be taken" in answer or "niemand soll für" in answer, answer
    assert "already" in await office.tell("olga", "rename Max's phone to Max", channel="terminal")
    assert "is called Kim" in await office.tell("olga", "rename Max's phone to Kim", channel="terminal")


async def test_lists_hold_what_is_ones_own(office: Office) -> None:
    for said in ("what's due?", "was ist fällig?", "find bills", "show all bills", "what is waiting?", "digest now"):
        answer = await office.tell("max", said)
        assert not any(secret in answer for secret in SECRETS), f"“{said}”: {answer}"
    due = await office.tell("max", "what's due?")
    assert "the bills that you sent" in due and "DHL" in due and "Werkzeug KG" in due and "Acme" not in due
    everybodys = await office.tell("udo", "what's due?")
    assert "Acme GmbH" in everybodys and "DHL" in everybodys


async def test_the_owner_is_told_once_of_who_tried_what_matters(office: Office) -> None:
    for said in ("make Max an owner", "invite eve@evil.example", "close the books until February", "balance"):
        await office.tell("max", said)
    with office.database.reading() as session:
        notes = [each.kind for each in due_owner_notes(session, office.now)]
    assert len(notes) == 2, notes
    told = [await office.tell("olga", channel="terminal", notice=note) for note in notes]
    assert any("Max tried to invite people and change their roles" in text for text in told), told
    assert any("Max tried to close the books" in text and "member" in text for text in told), told


async def test_members_do_what_is_theirs(office: Office) -> None:
    assert "Print24" in await office.tell("max", "<print>", channel="terminal")
    assert "€150.00" in await office.tell("max", "total is 150", channel="terminal")
    assert "Confirmed" in await office.tell("max", "confirm", channel="terminal")
    assert "€151.00" in await office.tell("max", "total is 151", channel="terminal"), "as long as nobody else confirmed"
    assert "S-770" in await office.tell("max", "show me S-770")
    assert "staples.jpg" in await office.tell("max", "show me the original of S-770")


def test_every_role_but_the_owner_has_a_day() -> None:
    assert set(STAFF.values()) == set(Role) - {Role.OWNER} and set(HOSTILE) == set(STAFF)
