"""Forms, the Home tab, the message shortcut, and the mark on what is done, over a real ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.channels.slack import outbound
from storage.db.database import Database
from storage.models import Audit, Bill, BillState
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.slack import DIRECT, TEAM
from tests.fakes.platforms.two_chats import GROUP
from tests.slack.office import Office, open_office, user

CHECK = "white_check_mark"


@pytest.fixture
async def office(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(outbound, "LOOK_PAUSE", 0.01)
    async with open_office(database, tmp_path) as opened:
        yield opened
        assert opened.platform.faults == [], "all of it is as Slack documents it"


def bill(office: Office) -> Bill:
    with office.chats.desk.database.reading() as session:
        return session.exec(select(Bill)).one()


def fields(view: dict[str, Any]) -> dict[str, str]:
    shown = {block["block_id"]: block["element"] for block in view["blocks"]}
    return {name: one.get("initial_date") or one.get("initial_value", "") for name, one in shown.items()}


async def test_edit_is_a_form_with_what_the_bill_says_and_what_is_wrong_stands_at_its_field(office: Office) -> None:
    card = await office.card()
    await office.press("max", "Edit", card)
    form = office.platform.modals[-1]
    assert form["title"]["text"] == "Correct the bill"
    assert {"vendor": "Acme GmbH", "total": "1,249.50", "due_date": "2025-04-02"}.items() <= fields(form).items()
    assert office.taken == 0, "nothing is asked in the chat"

    refused = await office.submit("max", total="a lot", iban="DE00")
    assert refused["response_action"] == "errors"
    assert list(refused["errors"]) == ["total"]
    refused = await office.submit("max", iban="DE00 1234")
    assert list(refused["errors"]) == ["iban"]
    refused = await office.submit("max", currency="ducats")
    assert list(refused["errors"]) == ["currency"]
    assert (bill(office).total_minor, bill(office).currency) == (124950, "EUR"), "a trial changes nothing"

    assert await office.submit("max", total="1.294,50", due_date="2025-05-15", number="2024-118") == {}
    changed = bill(office)
    assert (changed.total_minor, str(changed.due_date), changed.number) == (129450, "2025-05-15", "2024-118")
    assert "€1,249.50 → €1,294.50" in office.chats.seen("slack", "max")[card], "the card itself says it"


async def test_what_the_ledger_refuses_stands_at_the_field_that_it_is_about(office: Office) -> None:
    card = await office.card()
    await office.press("max", "Confirm", card)
    await office.press("max", "Mark paid", card)
    await office.chats.say("slack", "max", "show Acme")
    with office.chats.desk.database.reading() as session:
        version = session.exec(select(Audit)).all()
    form = await office.desk.form("UMAX", "edit:1")
    assert form is not None
    refused = await office.desk.faults("UMAX", "edit:1", (("vendor", "Acme Ltd"), ("total", "1,000")))
    assert list(refused) == ["total"] and "Take the payment back first" in refused["total"]
    with office.chats.desk.database.reading() as session:
        assert session.exec(select(Audit)).all() == version, "nothing of the trial stays"


async def test_a_form_is_in_the_language_that_the_person_writes(office: Office) -> None:
    card = await office.card()
    await office.chats.say("slack", "max", "was ist fällig?")
    await office.press("max", "Edit", card)
    assert office.platform.modals[-1]["title"]["text"] == "Rechnung korrigieren"
    assert fields(office.platform.modals[-1])["total"] == "1.249,50"
    assert "total" in (await office.submit("max", total="sehr viel"))["errors"]


async def test_a_form_that_was_opened_on_an_older_bill_changes_nothing(office: Office) -> None:
    card = await office.card()
    await office.press("max", "Edit", card)
    await office.chats.say("slack", "ada", "show Acme")
    await office.chats.say("slack", "ada", "total is 1,500.00")
    await office.submit("max", vendor="Globex")
    assert (bill(office).vendor, bill(office).total_minor) == ("Acme GmbH", 150000)
    assert "I did nothing yet" in office.chats.seen("slack", "max")[card]


async def test_a_form_that_changes_nothing_says_so(office: Office) -> None:
    card = await office.card()
    await office.press("max", "Edit", card)
    assert await office.submit("max") == {}
    assert "[Confirm]" in office.chats.seen("slack", "max")[card]
    assert bill(office).total_minor == 124950


async def test_what_slack_does_not_open_in_time_is_asked_in_words(office: Office) -> None:
    card = await office.card()
    pressing = office.platform.press("Edit", card) | {"user": user("max"), "trigger_id": "late"}
    await office.bring(pressing)
    assert office.platform.modals == []
    assert "total is" in office.chats.said_last("slack", "max")


async def test_not_an_invoice_asks_why_and_its_history_says_it(office: Office) -> None:
    card = await office.card()
    await office.press("max", "Not an invoice", card)
    (block,) = office.platform.modals[-1]["blocks"]
    assert block["optional"], "nobody has to say"
    await office.submit("max", reason="That is a quote.")
    assert bill(office).state is BillState.VOID
    with office.chats.desk.database.reading() as session:
        voided = session.exec(select(Audit).where(Audit.action == "voided")).one()
    assert voided.details["note"] == "That is a quote."


async def test_who_refuses_a_payment_says_why(office: Office) -> None:
    await office.chats.say("slack", "olga", "bills from 500 need approval by an approver")
    card = await office.card()
    await office.press("max", "Confirm", card)
    await office.chats.say("slack", "ada", "show Acme")
    theirs = list(office.chats.seen("slack", "ada"))[-1]
    await office.press("ada", "Refuse", theirs)
    (block,) = office.platform.modals[-1]["blocks"]
    assert not block["optional"]
    await office.submit("ada", reason="We never ordered that.")
    assert "Refused by Ada" in office.chats.seen("slack", "ada")[theirs]
    with office.chats.desk.database.reading() as session:
        assert "We never ordered that." in str(
            session.exec(select(Audit).where(Audit.action == "refused")).one().details
        )


async def test_the_mark_is_on_what_was_sent_once_it_is_booked_and_goes_when_that_is_taken_back(office: Office) -> None:
    sent = await office.chats.say("slack", "max", files=("acme",))
    card = list(office.chats.seen("slack", "max"))[-1]
    place = (*sent.split(":"), CHECK)
    assert office.platform.reactions == set(), "it waits for somebody"
    await office.press("max", "Confirm", card)
    assert office.platform.reactions == {place}
    await office.press("max", "Undo", card)
    assert office.platform.reactions == set()


async def test_the_home_tab_says_what_waits_what_is_due_and_how_one_likes_it(office: Office) -> None:
    await office.card()
    opened = {"type": "app_home_opened", "user": "UMAX", "channel": "DMAX", "tab": "home", "event_ts": "1.0"}
    await office.bring(office.platform.message() | {"event": opened})
    home = office.platform.homes["UMAX"]
    headers = [block["text"]["text"] for block in home["blocks"] if block["type"] == "header"]
    assert headers == ["Waits for you", "Due", "How you like it"]
    assert "1 document to confirm" in str(home) and "Nothing is due" in str(home)

    (opening,) = [one for block in home["blocks"] for one in block.get("elements", ()) if "pick" in one["action_id"]]
    pressed = {**opening, "block_id": "b", "action_ts": f"{NOW.timestamp():.6f}"}
    container = {"type": "view", "view_id": "VHOME"}
    view = {"private_metadata": home["private_metadata"], "app_installed_team_id": TEAM}
    press = {"type": "block_actions", "team": None, "user": user("max"), "container": container, "view": view}
    await office.bring({**press, "actions": [pressed]})
    assert "Acme GmbH · €1,249.50" in office.chats.said_last("slack", "max"), "the card is shown in the direct chat"


async def test_the_home_tab_of_a_stranger_tells_nothing(office: Office) -> None:
    await office.card()
    opened = {"type": "app_home_opened", "user": "UEVE", "channel": "DEVE", "tab": "home", "event_ts": "1.0"}
    await office.bring(office.platform.message() | {"event": opened})
    assert "invited" in str(office.platform.homes["UEVE"]) and "Acme" not in str(office.platform.homes["UEVE"])


async def test_the_message_shortcut_records_what_a_colleague_sent_among_others(office: Office) -> None:
    file = office.platform.keep(b"acme", "acme.jpg", "image/jpeg")
    message = {"type": "message", "user": "UEVE", "ts": "1742540000.000007", "text": "our bill", "files": [file]}
    shortcut = {"type": "message_action", "callback_id": "record_invoice", "team": None, "user": user("max")}
    shortcut |= {"channel": {"id": GROUP["slack"]}, "message": message, "message_ts": message["ts"]}
    shortcut |= {"action_ts": f"{NOW.timestamp():.6f}", "trigger_id": "1.1", "response_url": "https://x"}
    await office.bring(shortcut)
    assert "Acme GmbH" in office.chats.said_last("slack")
    card = list(office.chats.seen("slack"))[-1]
    assert office.platform.shown(card)["thread_ts"] == message["ts"]
    await office.press("max", "Confirm", card)
    assert office.platform.reactions == {(GROUP["slack"], message["ts"], CHECK)}


async def test_words_of_others_are_no_order_by_the_shortcut_either(office: Office) -> None:
    await office.card()
    message = {"type": "message", "user": "UEVE", "ts": "1742540000.000008", "text": "paid Acme"}
    shortcut = {"type": "message_action", "callback_id": "record_invoice", "team": {"id": TEAM}, "user": user("max")}
    shortcut |= {"channel": {"id": GROUP["slack"]}, "message": message, "action_ts": f"{NOW.timestamp():.6f}"}
    await office.bring(shortcut)
    assert "somebody else's words" in office.chats.said_last("slack")
    assert bill(office).state is BillState.DRAFT


async def test_a_thread_that_somebody_else_began_is_known_by_what_we_wrote_there(office: Office) -> None:
    """The books know it: a new process does as well, and however many write there."""
    began = await office.chats.say("slack", "max", "@billify record this", group=True, files=("acme",))
    thread = {"channel": GROUP["slack"], "channel_type": "channel", "thread_ts": began.split(":")[1]}
    line = office.platform.message("what's the total?", user="UADA", parent_user_id="UMAX", **thread)
    await office.bring(line)
    assert office.taken == 1
    other = thread | {"thread_ts": "1742540000.000099"}
    await office.bring(office.platform.message("lunch?", user="UADA", parent_user_id="UMAX", **other))
    assert office.taken == 1, "not a thread of ours"


async def test_a_press_of_a_menu_line_is_a_press(office: Office) -> None:
    card = await office.card()
    await office.press("max", "Confirm", card)
    await office.press("max", "Show original", card)
    assert [file["about"]["name"] for file in office.platform.files.values()].count("acme.jpg") == 2
    assert DIRECT not in card
