"""Orders about many bills at once: what narrows them down, and what is no such order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers import requests as asked
from handlers.language.translation import speaking
from handlers.last_answer import Last
from handlers.requests import AllAtOnce
from handlers.understand.interpreter import understand
from tests.handlers.test_examples import SCENE

ORDERS: list[tuple[str, AllAtOnce]] = [
    ("confirm all without doubts", AllAtOnce("confirm")),
    ("please confirm everything", AllAtOnce("confirm")),
    ("can you confirm all the ones without any doubt?", AllAtOnce("confirm")),
    ("confirm all that have no doubts", AllAtOnce("confirm")),
    ("post all drafts", AllAtOnce("confirm")),
    ("confirm all invoices from Acme", AllAtOnce("confirm", vendor="Acme")),
    ("confirm all except Globex", AllAtOnce("confirm", without=("Globex",))),
    ("confirm all from march", AllAtOnce("confirm", since=date(2025, 3, 1), until=date(2025, 3, 31))),
    ("approve everything under 200", AllAtOnce("approve", below="200.00")),
    ("approve all bills under 200 euros", AllAtOnce("approve", below="200.00", currency="EUR")),
    ("approve everything up to €150 from Acme", AllAtOnce("approve", vendor="Acme", below="150.00", currency="EUR")),
    (
        "approve all due this week",
        AllAtOnce("approve", since=date(2025, 3, 17), until=date(2025, 3, 23), by_due_date=True),
    ),
    ("approve all overdue", AllAtOnce("approve", until=date(2025, 3, 20), by_due_date=True)),
    ("discard all duplicates", AllAtOnce("discard")),
    ("delete the duplicates", AllAtOnce("discard")),
    ("de: bestätige alle ohne Zweifel", AllAtOnce("confirm")),
    ("de: alle bestätigen", AllAtOnce("confirm")),
    ("de: buche alle zweifelsfreien", AllAtOnce("confirm")),
    ("de: bitte alle Rechnungen unter 200 freigeben", AllAtOnce("approve", below="200.00")),
    ("de: gib alle unter 200 frei", AllAtOnce("approve", below="200.00")),
    ("de: gib alle Rechnungen von Acme frei", AllAtOnce("approve", vendor="Acme")),
    ("de: alles freigeben außer Globex", AllAtOnce("approve", without=("Globex",))),
    ("de: alle Duplikate verwerfen", AllAtOnce("discard")),
    ("de: lösche die Dubletten", AllAtOnce("discard")),
]
NONE = [
    "discard everything", "delete all", "delete all bills from Acme", "don't confirm all", "do not approve everything",
    "never approve all", "did you confirm all?", "who may approve all bills under 200", "book everything on travel",
    "confirm all from Zorblax", "confirm and approve all", "all good", "confirm acme", "de: alle löschen",
    "de: nicht alle bestätigen", "de: wer hat alle bestätigt?",
]  # fmt: skip


def hear(said: str, **scene: object) -> object:
    language, _, words = said.rpartition(": ")
    with speaking(language or "en"):
        return understand(words, replace(SCENE, last=Last(), known={}, **scene))


@pytest.mark.parametrize(("said", "meant"), ORDERS)
def test_an_order_about_many_is_understood_to_its_last_word(said: str, meant: AllAtOnce) -> None:
    assert hear(said) == meant


@pytest.mark.parametrize("said", NONE)
def test_no_other_words_are_taken_for_one(said: str) -> None:
    assert not isinstance(hear(said), AllAtOnce | asked.SeveralRequests)


def test_them_are_the_bills_that_were_listed_last() -> None:
    with speaking("en"):
        heard = understand("confirm all of them", replace(SCENE, last=Last(bills=(3, 4, 7, 9))))
        few = understand("confirm all of them", replace(SCENE, last=Last(bills=(3, 4))))
    assert heard == AllAtOnce("confirm", bills=(3, 4, 7, 9))
    assert isinstance(few, asked.SeveralRequests)
