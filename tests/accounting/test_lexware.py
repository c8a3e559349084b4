"""Confirmed bills in Lexware Office, over HTTP: with their document, once, as they stand, and told where not."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.background.clock import accept_due_notices
from handlers.mailbox.owner_notes import NOTE
from handlers.messages import Message
from storage.models import Role
from storage.people import people
from tests.accounting.conftest import Office
from tests.fakes.accounting.lexware import CATEGORIES, KEY, Lexware
from tests.fakes.books.desk import NOW, play

TRAVEL, REST = (str(one["id"]) for one in CATEGORIES)


def _connect(office: Office, lex: Lexware, **categories: str) -> None:
    office.connect("lexware", {"key": KEY, "url": lex.url}, **(categories or {"travel": TRAVEL, "other": REST}))


async def _notes(office: Office) -> list[str]:
    """What the owner is told by itself."""
    accepted: list[Message] = []

    async def accept(message: Message) -> None:
        accepted.append(message)

    await accept_due_notices(office.desk.database, accept, ZoneInfo("Europe/Berlin"), office.now)
    return [await office.desk.hear(each) for each in accepted if each.notice and each.notice.startswith(NOTE)]


async def test_a_confirmed_bill_arrives_with_its_document(office: Office, lex: Lexware) -> None:
    _connect(office, lex)
    await play(office.desk, [("<hotel>", []), ("the category is travel", []), ("confirm", ["Confirmed"])])
    assert await office.push() == 1 and await office.push() == 0
    (voucher,) = lex.vouchers.values()
    assert (voucher["type"], voucher["voucherNumber"], voucher["voucherDate"], voucher["dueDate"]) == (
        "purchaseinvoice", "H-7", "2025-03-03", "2025-04-02",
    )  # fmt: skip
    assert voucher["voucherItems"] == [
        {"amount": 119.0, "taxAmount": 19.0, "taxRatePercent": 19.0, "categoryId": TRAVEL}
    ]
    assert "Hotel Post" in voucher["remark"]
    assert lex.files == {voucher["id"]: [("hotel.jpg", b"hotel")]}
    assert "1 bill is in Lexware" in await office.desk.say("our accounting software")


async def test_what_was_there_before_and_drafts_are_not_pushed(office: Office, lex: Lexware) -> None:
    await play(office.desk, [("<hotel>", []), ("confirm", ["Confirmed"])])
    _connect(office, lex)
    await office.desk.say("<acme>")
    assert await office.push() == 0 and not lex.vouchers


async def test_a_credit_note_is_one_there(office: Office, lex: Lexware) -> None:
    _connect(office, lex)
    await play(office.desk, [("<back>", []), ("confirm", ["Confirmed"])])
    await office.push()
    (voucher,) = lex.vouchers.values()
    assert voucher["type"] == "purchasecreditnote" and voucher["totalGrossAmount"] == 11.9


async def test_a_correction_follows_and_nothing_comes_twice(office: Office, lex: Lexware) -> None:
    _connect(office, lex)
    await play(office.desk, [("<hotel>", []), ("confirm", ["Confirmed"])])
    await office.push()
    await office.desk.say("the number is H-8")
    await office.push()
    (voucher,) = lex.vouchers.values()
    assert voucher["voucherNumber"] == "H-8" and voucher["version"] == 2 and len(lex.files[voucher["id"]]) == 1


async def test_an_answer_that_was_lost_makes_no_second_voucher(office: Office, lex: Lexware) -> None:
    _connect(office, lex)
    await play(office.desk, [("<hotel>", []), ("confirm", ["Confirmed"])])
    lex.lose = 1
    assert await office.push() == 1 and len(lex.vouchers) == 1
    assert await office.push() == 0, "its time has not come"
    office.later(minutes=1)
    assert await office.push() == 1 and len(lex.vouchers) == 1
    assert not await _notes(office)
    assert "1 bill is in Lexware" in await office.desk.say("our accounting software")


async def test_it_comes_again_no_sooner_than_asked(office: Office, lex: Lexware) -> None:
    _connect(office, lex)
    await play(office.desk, [("<hotel>", []), ("confirm", ["Confirmed"])])
    lex.answers = [(429, {"Retry-After": "3600"})]
    assert await office.push() == 1
    office.later(minutes=59)
    assert await office.push() == 0 and lex.calls == 1
    office.later(minutes=2)
    assert await office.push() == 1 and len(lex.vouchers) == 1


async def test_what_a_person_must_mend_is_told_once_with_a_button(office: Office, lex: Lexware) -> None:
    _connect(office, lex, software=TRAVEL)
    await play(office.desk, [("<hotel>", []), ("confirm", ["Confirmed"]), ("<acme>", []), ("confirm", ["Confirmed"])])
    assert await office.push() == 2 and not lex.vouchers
    told = await _notes(office)
    assert len(told) == 2 and "Hotel Post" in told[0] and "did not arrive in Lexware" in told[0]
    assert not await _notes(office)
    assert await office.push() == 0
    assert "Not there: Hotel Post" in await office.desk.say("our accounting software")
    _connect(office, lex, other=REST)
    assert "Everything" not in await office.desk.say("[Send the bills to the accounting software again]")
    assert await office.push() == 2 and len(lex.vouchers) == 2
    assert "Everything has arrived" in await office.desk.say("send the bills to the accounting software again")


async def test_what_is_voided_here_is_told_since_it_cannot_be_taken_back_there(office: Office, lex: Lexware) -> None:
    _connect(office, lex)
    await play(office.desk, [("<hotel>", []), ("confirm", ["Confirmed"])])
    await office.push()
    await office.desk.say("undo")
    await office.push()
    (told,) = await _notes(office)
    assert "Delete the voucher H-7 there by hand" in told


async def test_a_key_that_is_good_no_more_stops_all_and_is_told_once(office: Office, lex: Lexware) -> None:
    office.connect("lexware", {"key": "another", "url": lex.url}, other=REST)
    await play(office.desk, [("<hotel>", []), ("confirm", ["Confirmed"]), ("<acme>", []), ("confirm", ["Confirmed"])])
    assert await office.push() == 1
    (told,) = await _notes(office)
    assert "no longer lets me in" in told and "billify connect accounting lexware" in told
    office.later(hours=8)
    assert await office.push() == 0
    _connect(office, lex)
    assert await office.push() == 2 and len(lex.vouchers) == 2


async def test_after_three_days_without_an_answer_a_person_is_asked(office: Office, lex: Lexware) -> None:
    _connect(office, lex)
    await play(office.desk, [("<hotel>", []), ("confirm", ["Confirmed"])])
    lex.answers = [(503, {})] * 100
    for _ in range(11):
        await office.push()
        office.later(hours=8)
    (told,) = await _notes(office)
    assert "did not arrive" in told and "503" in told
    assert await office.push() == 0


async def test_members_neither_see_nor_send(office: Office, lex: Lexware) -> None:
    _connect(office, lex)
    with office.desk.database.transaction() as session:
        code = people.invite(session, "Ben", invited_by=1, now=NOW, role=Role.MEMBER)
    await office.desk.say(code, sender="ben")
    assert "Only the owner" in await office.desk.say("send the bills to the accounting software again", sender="ben")
    assert "Only the owner" in await office.desk.say("our accounting software", sender="ben")
