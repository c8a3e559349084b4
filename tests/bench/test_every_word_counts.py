"""Words that make another question, or order, of a sentence: each is a part of what is understood, or asked about.

What follows are kinds that were once answered as if such a word had not been there: one of two times, whom a sentence
leaves out, which way money goes, a state, a bound, how often.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.bench.talk import read_head, scene_of
from bot.bench.talk_labels import label_and_slots, same
from handlers import requests as asked
from handlers.language.translation import speaking
from handlers.understand.interpreter import understand

SCENE = scene_of(read_head())


def hear(said: str) -> Any:
    language, _, text = said.partition(": ") if said.startswith("de: ") else ("en", "", said)
    with speaking("de" if language == "de" else "en"):
        return understand(text, SCENE)


BOTH_WEEKS = {"since": "2026-06-08", "until": "2026-06-21"}
RIGHT: list[tuple[str, str, dict[str, Any]]] = [
    # two times that follow each other are both meant, and each end of one is as it was said
    ("due this week or next", "due", BOTH_WEEKS),
    ("de: fällig diese oder nächste woche", "due", BOTH_WEEKS),
    ("what falls due up to and including friday", "due", {"until": "2026-06-12"}),
    ("de: was ist bis einschließlich freitag fällig", "due", {"until": "2026-06-12"}),
    ("bills i can pay later than the 1st of july", "due", {"since": "2026-07-02"}),
    ("costs of march '26", "spend", {"since": "2026-03-01", "until": "2026-03-31"}),
    ("bills from last monday", "find", {"since": "2026-06-08", "until": "2026-06-08"}),
    ("compare april and may costs", "spend", {"since": "2026-05-01", "versus_since": "2026-04-01"}),
    ("how much of the may invoices is still unpaid", "due", {"issued_since": "2026-05-01"}),
    ("which payments went out of the till last week", "payments", {"since": "2026-06-01", "account": "cash"}),
    ("de: was muss vor dem 18. bezahlt werden", "due", {"until": "2026-06-17"}),
    # whom a sentence leaves out is not whom it is about
    ("what do we owe all vendors but hetzner", "owed", {"without": ["Hetzner Online GmbH"]}),
    ("leave out hetzner: what's due in june", "due", {"without": ["Hetzner Online GmbH"]}),
    ("all payables but the overdue ones", "due", {"since": "2026-06-10"}),
    # which way money goes, and whether it has moved
    ("money coming in this month", "due", {"side": "receivable"}),
    ("outgoing payments next week", "due", {"since": "2026-06-15"}),
    ("de: was geht nächste woche an geld raus", "due", {"since": "2026-06-15"}),
    ("invoices received on monday", "find", {"since": "2026-06-08"}),
    ("de: barzahlungen in q1", "payments", {"account": "cash"}),
    # a state, an order, a number
    ("de: noch nicht fällige rechnungen von hetzner", "due", {"since": "2026-06-10"}),
    ("de: unbezahlt und schon zu spät", "due", {"overdue": True}),
    ("de: ist umbrella im rückstand", "due", {"overdue": True}),
    ("de: erste rechnung von adobe dieses jahr", "find", {"order": "oldest", "most": 1}),
    ("most expensive month this year", "spend", {"by": "month", "most": 1}),
    ("invoice no 058", "find", {"text": "058"}),
    ("find bills mentioning toner", "find", {"text": "toner"}),
    ("what's payable monday to wednesday", "due", {"since": "2026-06-15", "until": "2026-06-17"}),
    ("de: zahlungen zwischen dem 5. und 9. juni", "payments", {"since": "2026-06-05", "until": "2026-06-09"}),
    ("open bills at least 750", "due", {"above": "750.00"}),
]


@pytest.mark.parametrize(("said", "label", "slots"), RIGHT)
def test_a_word_that_narrows_is_a_value(said: str, label: str, slots: dict[str, Any]) -> None:
    found, values = label_and_slots(hear(said))
    assert found == label
    for name, value in slots.items():
        assert same(value, values[name]), name


ASKED = [
    "de: nur acme tools, nicht acme gmbh, was ist da offen",
    "travel and hotel costs in may",
    "bills in dollars",
    "credit notes from print24",
    "de: gutschriften von print24",
    "what's left when all overdue bills are paid",
    "umbrella owes 2000 more",
    "de: zahlbar montag bis mittwoch",
    "de: von umbrella nichts bekommen",
    "due within the week",
    "bills late by 10 to 20 days",
    "bills paid late in may",
    "bill for around 1800",
    "invoices with more than 500 vat",
    "bills over 1000 or under 10",
    "the last but one telekom bill",
    "de: vorletzte telekomrechnung",
    "who else sent bills this month",
    "number of vendors",
    "profit per month",
    "de: umsatz dieses jahr gegen letztes",
    "when does the balance fall below 5000",
    "least expensive month",
    "de: welche unserer rechnungen sind länger als 2 wochen unbezahlt",
    "what was still open on 31 may",
]


@pytest.mark.parametrize("said", ASKED)
def test_a_word_that_no_value_took_is_asked_about(said: str) -> None:
    assert isinstance(hear(said), asked.Unclear | asked.Unknown)


ORDERS_NOTHING = [
    "rejected bills",
    "de: abgelehnte rechnungen",
    "de: bestätigte rechnungen im mai",
    "show the approved invoices",
    "credit notes from print24",
    "pay all but telekom",
    "don't approve krause",
    "de: krause freigeben aber nicht müller söhne",
    "globex paid in two parts",
    "remind max on friday",
    "remind me every friday",
]


@pytest.mark.parametrize("said", ORDERS_NOTHING)
def test_a_bill_described_or_spared_is_not_acted_upon(said: str) -> None:
    assert isinstance(hear(said), asked.Unclear | asked.Unknown | asked.Proposed)
