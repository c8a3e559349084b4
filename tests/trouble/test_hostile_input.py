"""What strangers send is shown as plain text, a busy database ends no process, and a model's answer changes nothing."""

from __future__ import annotations

import logging
from typing import get_args

import pytest

from config.logging import set_up
from config.plain_text import plain_text
from extraction.einvoice.semantic_model import iso_date
from extraction.errors import Unreadable
from extraction.evidence import Problem, Reading
from extraction.process.read_command import summary
from extraction.statements.read_statements import read_statements
from handlers import requests as asked
from handlers.messages import Attachment, Card, Change, Choice, Fact, Reply, from_json, to_json
from handlers.understand.model.offered import QUESTIONS, acts, offered

EVIL = "a\x1b[2J\x9b31m\u202egnp\u2066.exe\x07\u200e\r\nb\tc"
PLAIN = "a[2J31mgnp.exe\nb\tc"


@pytest.mark.parametrize(
    "shown",
    [
        Reply(EVIL, unreached=EVIL),
        Attachment(EVIL),
        Choice("confirm:1", EVIL),
        Fact(EVIL, EVIL),
        Change(EVIL, EVIL, EVIL),
        Card(EVIL, EVIL, state=EVIL),
    ],
)
def test_nothing_that_is_shown_is_obeyed_by_a_terminal(shown: object):
    assert PLAIN in vars(shown).values() and EVIL not in vars(shown).values()
    assert from_json(type(shown), to_json(shown)) == shown


def test_words_of_every_script_stay_as_they_are():
    for text in ("Größe 5 €", "שלום", "日本語", "👩‍🚀 ok", "می‌خواهم", "1\u00a0000\u202f€"):
        assert plain_text(text) == text


def test_neither_logs_nor_the_command_line_repeat_it(capsys: pytest.CaptureFixture[str]):
    before = logging.getLogger().handlers[:]
    try:
        set_up("INFO", "text")
        logging.getLogger("bot").warning("a file %s", EVIL)
    finally:
        logging.getLogger().handlers[:] = before
    assert PLAIN.partition("\n")[0] in capsys.readouterr().err
    assert "\x1b" not in summary(EVIL, Reading(problem=Problem("any", "No.")))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "text",
    ["Date;Amount;Text\n{day};1.00;a\n{day};2.00;b\n", "!Type:Bank\nD{day}\nT1.00\n^\n"],
    ids=["CSV", "QIF"],
)
def test_a_statement_of_another_age_is_refused(text: str, day: str):
    with pytest.raises(Unreadable, match="before 1950 or after 2150"):
        read_statements(text.format(day=day).encode(), "text/csv" if text.startswith("Date") else "application/qif")


def test_an_invoice_of_another_age_has_no_date():
    assert [iso_date(text) for text in ("0001-01-01", "99991231", "2025-03-03")] == ["", "", "2025-03-03"]


@pytest.mark.parametrize("text", ["Date;Amount;Text\n" + ";" * 500, "Date;Amount\n" + '"' + "a" * 200_000])
def test_a_table_that_is_none_is_refused(text: str):
    with pytest.raises(Unreadable):
        read_statements(text.encode(), "text/csv")


def test_a_model_only_asks_questions_by_itself():
    assert not set(QUESTIONS) & set(asked.CHANGES)
    known = {*get_args(asked.Request)}
    assert set(QUESTIONS) <= known
    for preference in (asked.Reminders, asked.Digest, asked.SetLanguage, asked.SetQuietHours, asked.SendNoticesHere):
        assert preference in offered().values() and preference not in QUESTIONS
    assert acts(asked.Reminders(on=False)) and not acts(asked.Reminders())
