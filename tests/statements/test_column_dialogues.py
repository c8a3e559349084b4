"""What is said about how a table is read: shown, turned, other columns, agreed, in English and in German."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage.models import Movement
from tests.fakes.books.bank_desk import BankDesk
from tests.fakes.documents.bank_exports.every_export import EXPORTS

BY_NAME = {export.name: export.data for export in EXPORTS}
CARD = b"Date,Shop,Amount\n2025-03-04,Kaffee Rot,12.50\n2025-03-20,Haus West,1000.00\n"
AMBIGUOUS = b"!Type:Bank\nD03/04/2025\nT-12.50\nPKaffee Rot\n^\n"

Dialogue = list[tuple[str, str]]

DIALOGUES: dict[str, tuple[bytes, Dialogue]] = {
    "a preview each way, then it is imported": (BY_NAME["paypal-de"], [
        ("", "amount: “Netto”"),
        ("", "• 4 Mar 2025 · 12.50 out · Kaffee Rot\n• 14 Mar 2025 · 1,234.56 in · Kunde Nord"),
        ("", "3 movements: 1,234.56 money in, 1,012.50 money out."),
        ("ok", "Imported 3 movements of Bank, 4 Mar 2025 – 20 Mar 2025"),
    ]),
    "signs turned by button": (CARD, [
        ("", "⚠ Nothing in it tells which way the money went."),
        ("[Turn the signs]", "Now I read it like this:"),
        ("[Turn the signs]", "20 Mar 2025 · 1,000.00 in · Haus West"),
        ("turn the signs", "20 Mar 2025 · 1,000.00 out · Haus West"),
        ("yes", "Imported 2 movements"),
        ("movements", "€12.50 out on 4 Mar 2025: “Kaffee Rot”"),
    ]),
    "said in words": (CARD, [
        ("these are charges", "12.50 out · Kaffee Rot"),
        ("that's right", "Imported 2 movements"),
    ]),
    "a card is recognised": (BY_NAME["discover-card"], [
        ("", "⚠ It looks like a card's statement"),
        ("", "1,234.56 in · INTERNET PAYMENT - THANK YOU"),
    ]),
    "no, another column": (BY_NAME["paypal-de"], [
        ("no", "What is wrong? Its columns are: “Datum”, “Uhrzeit”"),
        ("the amount is Brutto", "fee: “Entgelt”"),
        ("the amount is column 7", "amount: “Entgelt”"),
        ("the amount is Trinkgeld", "There is no column “Trinkgeld”"),
        ("the amount is net", "amount: “Netto”"),
        ("the date is column 99", "There is no column “99”"),
        ("what's due?", "Nothing"),
        ("turn the signs", ""),
    ]),
    "no, and what next": (CARD, [
        ("[Something else is wrong]", "Nothing is imported before you agree."),
        ("the other side is column 2", "other side: “Shop”"),
        ("the text is Shop", "text: “Shop”"),
    ]),
    "day and month": (AMBIGUOUS, [
        ("", "⚠ Nothing in it tells whether day or month stands first."),
        ("", "3 Apr 2025 · 12.50 out · Kaffee Rot"),
        ("months come first", "4 Mar 2025 · 12.50 out · Kaffee Rot"),
        ("ok", "Imported 1 movement of Bank, 4 Mar 2025"),
    ]),
    "auf Deutsch": (BY_NAME["paypal-de"], [
        ("sprich deutsch", "Deutsch"),
        ("<again>", "Ich lese sie so:\nDatum: „Datum“, Betrag: „Netto“"),
        ("nein", "Was stimmt nicht?"),
        ("der Betrag ist Brutto", "Gebühr: „Entgelt“"),
        ("Vorzeichen umdrehen", "14. März 2025 · 1.234,56 raus · Kunde Nord"),
        ("drehe die Vorzeichen um", "14. März 2025 · 1.234,56 rein · Kunde Nord"),
        ("der Betrag steht in Spalte 8", "Betrag: „Netto“"),
        ("ja, das stimmt", "3 Umsätze von Bank eingelesen"),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", DIALOGUES)
async def test_what_is_said_and_replied(name: str, desk: BankDesk):
    data, rows = DIALOGUES[name]
    heard = await desk.send(data)
    for said, replied in rows:
        if said:
            heard = await (desk.send(data) if said == "<again>" else desk.say(said))
        assert replied in heard, (said, heard)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_nothing_is_imported_before_somebody_agrees(desk: BankDesk):
    await desk.send(CARD)
    await desk.say("turn the signs")
    await desk.say("no")
    with desk.database.reading() as session:
        assert not session.exec(select(Movement)).all()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_what_was_agreed_to_once_holds_for_the_next_file(desk: BankDesk):
    await desk.send(CARD)
    await desk.say("turn the signs")
    await desk.say("ok")
    await desk.send(CARD.replace(b"1000.00", b"77.00").replace(b"12.50", b"1,012.50".join([b'"', b'"'])))
    with desk.database.reading() as session:
        amounts = sorted(movement.amount_minor for movement in session.exec(select(Movement)).all())
    assert amounts == [-101250, -100000, -7700, -1250]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_each_quicken_file_of_which_nothing_tells_is_asked_about(desk: BankDesk):
    await desk.send(AMBIGUOUS)
    await desk.say("ok")
    assert "whether day or month stands first" in await desk.send(AMBIGUOUS.replace(b"12.50", b"13.50"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_dollars_are_not_taken_for_euros(desk: BankDesk):
    await desk.send(BY_NAME["dollars-parentheses"])
    assert "are in “$”, but the account is kept in EUR" in await desk.say("ok")
