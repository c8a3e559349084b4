"""What is not done is said in a sentence with the nearest thing; what is not certain is shown before it is done."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from handlers import requests as asked
from handlers.button_ids import parse_choice
from handlers.language.translation import LANGUAGES, Language, speaking
from handlers.requests import NotOffered, Proposed, Topic
from handlers.understand.interpreter import understand
from handlers.wording.request_words import HOW_TO_SAY, described
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.desk import Desk
from tests.fakes.books.grammar_scene import BOOKED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", get_args(Topic))
def test_each_topic_has_a_sentence_and_suggestions_that_are_understood(
    company: Company, topic: Topic, language: Language
):
    bill = company.bill(vendor="Acme GmbH")
    for request in (NotOffered(topic), NotOffered(topic, "Acme GmbH")):
        reply = company.ask(request, bill=bill, language=language)
        assert reply.text.count("noch nicht" if language == "de" else "can't") >= 1
        for choice in reply.choices:
            pressed = parse_choice(choice.id)
            assert pressed is not None and pressed.action == "say"
            with speaking(language):
                found = understand(pressed.argument or "", BOOKED)
            assert not isinstance(found, asked.Unknown | asked.Unclear), (pressed, found)


PAY = asked.Pay("58.31", "cash", date(2025, 6, 9), "EUR", "Staples", side="payable")


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (PAY, "Book €58.31 paid to Staples on 9 Jun 2025 from cash"),
        (asked.Pay("4330", vendor="Globex", side="receivable"), "Book 4,330 received from Globex today"),
        (asked.Confirm(), "Confirm Acme GmbH 2024-117 and book it"),
        (asked.Confirm("telekom"), "Confirm the bill “telekom” and book it"),
        (
            asked.Amend((asked.FieldChange("due_date", "2025-05-15"), asked.FieldChange("number", None))),
            "On Acme GmbH 2024-117, set due date to 15 May 2025 and number to none",
        ),
        (
            asked.Transfer("500", "bank", "cash", date(2025, 3, 20), "EUR"),
            "Book €500.00 moved from bank to cash on 20 Mar 2025",
        ),
        (asked.Prepay("Acme", "500", on=date(2025, 3, 20)), "Book 500 paid to Acme ahead of a bill on 20 Mar 2025"),
        (asked.Categorise("travel"), "Book Acme GmbH 2024-117 on travel"),
        (asked.Approve(), "Approve Acme GmbH 2024-117"),
        (asked.Refuse(reason="too dear"), "Refuse Acme GmbH 2024-117 (too dear)"),
        (asked.NotAnInvoice(), "Set Acme GmbH 2024-117 aside as not an invoice"),
        (asked.Allocate(), "Set Acme GmbH 2024-117 off against what is open with them"),
        (
            asked.SetOpeningBalance("12400", "bank", date(2025, 1, 1)),
            "Set the balance of bank to 12,400 on 1 Jan 2025",
        ),
        (
            asked.SeveralRequests((asked.Confirm(), asked.Approve())),
            "Confirm Acme GmbH 2024-117 and book it and Approve Acme GmbH 2024-117",
        ),
    ],
)
def test_a_change_is_told_in_words(request_: object, words: str):
    assert described(request_, "Acme GmbH 2024-117") == words


def test_without_a_day_it_is_today():
    assert described(asked.Pay(), "Acme GmbH 2024-117") == "Book all that is open paid to Acme GmbH 2024-117 today"


def test_a_proposal_changes_nothing_and_has_two_buttons(company: Company):
    bill = company.acme()
    reply = company.ask(Proposed(PAY, "paid Staples 58.31 EUR from cash on 9 June 2025"), bill=bill)
    assert reply.text == "Book €58.31 paid to Staples on 9 Jun 2025 from Cash?"
    assert [(choice.id, choice.label) for choice in reply.choices] == [
        ("say:paid Staples 58.31 EUR from cash on 9 June 2025", "Yes"),
        ("reword:pay", "Change"),
    ]
    reply = company.ask(Proposed(asked.ReopenPeriod(), "reopen the period"))
    assert reply.text == "Shall I do this: “reopen the period”?"
    long = company.ask(Proposed(PAY, "paid " + "x" * 260))
    assert [choice.label for choice in long.choices] == ["Change"] and "say “paid xxx" in long.text


async def test_change_says_how_to_word_it(database: Database, tmp_path: Path):
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), {})
    desk._offered["Change"] = "reword:pay"
    assert "Like “paid Acme 500 from cash on 3 May”" in await desk.say("[Change]")
    assert set(HOW_TO_SAY) <= {kind.__name__.lower() for kind in asked.CHANGES}
