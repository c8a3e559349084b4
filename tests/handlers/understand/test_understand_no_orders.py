"""What has the words of an order and is none, names that could be two, and how long understanding takes."""

from __future__ import annotations

import time
from dataclasses import replace
from statistics import median

import pytest

from handlers.language.translation import speaking
from handlers.requests import CHANGES, Hold, OnBill, SeveralRequests, Unclear, Unknown
from handlers.understand.dialogue.suggestions import SENTENCES
from handlers.understand.interpreter import understand
from handlers.understand.text.language_of_text import language_of
from tests.fakes.books.grammar_scene import ACME, BOOKED, SCENE

NO_ORDERS = [
    "should I pay Acme?", "should we confirm this?", "if Acme pays, confirm", "do not confirm",
    "don't confirm it yet", "never pay Acme", "can we pay Acme?", "would it be ok to pay Acme?",
    "what if we paid Acme 500?", "maybe confirm", "I didn't pay", "we haven't paid Acme", "did I pay Acme?",
    "is it confirmed?", "who confirmed it?", "unless it's wrong, confirm", "paid?", "have you paid Acme?",
    "shall I approve it?", "do I need to approve?", "could you maybe delete it?", "what happens if I delete it?",
    "do not close March", "should I close February?", "don't export anything", "why did you book it under travel?",
    "is Anna an approver?", "can Ben approve bills?", "do bills over 1000 need approval?", "confirm when it is paid",
    "I would pay Acme 500 if I could", "not an invoice?", "is this a duplicate?",
    "did we transfer 500 from bank to cash?", "I wonder whether to confirm", "don't invite Anna",
    "have we prepaid Acme 500?", "please don't undo", "was 500 prepaid to Acme?",
    "wenn Acme zahlt, bestätige", "soll ich Acme bezahlen?", "nicht bestätigen",
    "sollen wir die Rechnung freigeben?", "habe ich Acme bezahlt?", "noch nicht bezahlt", "ist das eine Rechnung?",
    "was wäre, wenn wir 500 zahlen?", "wurde Acme bezahlt?", "Acme hat noch nicht bezahlt", "lade Anna nicht ein",
]  # fmt: skip


@pytest.mark.parametrize("scene", [SCENE, BOOKED, replace(SCENE, known=ACME)], ids=["nothing", "booked", "draft"])
@pytest.mark.parametrize("said", NO_ORDERS)
def test_what_only_asks_denies_or_supposes_changes_nothing(said, scene):
    request = understand(said, scene)
    parts = request.requests if isinstance(request, SeveralRequests) else (request,)
    assert not any(isinstance(part.request if isinstance(part, OnBill) else part, CHANGES) for part in parts)


@pytest.mark.parametrize("scene", [SCENE, BOOKED, replace(SCENE, known=ACME)], ids=["nothing", "booked", "draft"])
@pytest.mark.parametrize("said", ["don't pay Acme", "bezahl Acme nicht", "don't pay it yet"])
def test_what_is_not_to_be_paid_is_held_and_nothing_else(said, scene):
    request = understand(said, scene)
    assert isinstance(request.request if isinstance(request, OnBill) else request, Hold)


@pytest.mark.parametrize("said", [said for said in NO_ORDERS if said != "paid?"])
def test_nothing_is_offered_that_was_denied(said):
    request = understand(said, SCENE)
    if isinstance(request, Unknown):
        assert not {"paid", "confirm", "undo", "payment file"} & set(request.suggestions)


@pytest.mark.parametrize(
    ("said", "suggested"),
    [
        ("what do we owe Müller?", ("what do we owe Müller Bau GmbH?", "what do we owe Müller IT?")),
        ("payment file for muller", ("payment file for Müller Bau GmbH", "payment file for Müller IT")),
        ("export", ("export last month", "export this month", "export last quarter")),
        ("remind me about Acme", ("remind me about Acme tomorrow",)),
        ("snooze", ("snooze until tomorrow",)),
        ("close this month", ()),
        ("remind me yesterday to call Ben", ()),
        ("remind me tomorrow at 9:30", ()),
    ],
)
def test_what_is_missing_or_could_be_two_is_asked_about(said, suggested):
    asked = understand(said, SCENE)
    assert isinstance(asked, Unclear)
    assert set(suggested) <= set(asked.suggestions)
    for suggestion in suggested:
        assert not isinstance(understand(suggestion, SCENE), Unclear | Unknown), suggestion


@pytest.mark.parametrize(
    "said",
    [
        "mark all as paid",  # which all?
        "remind me a week before Acme is due",  # not in a week
        "spend since the great flood",
        "what's due since the olympics?",
    ],
)
def test_what_is_only_half_understood_is_not_guessed(said):
    assert isinstance(understand(said, SCENE), Unclear | Unknown)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_offered_is_understood_in_each_language(sentence, language):
    from handlers.language.translation import say

    with speaking(language):
        assert not isinstance(understand(say(sentence), BOOKED), Unclear | Unknown), say(sentence)


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("what's due this week?", "en"),
        ("was ist diese Woche fällig?", "de"),
        ("Grüße", "de"),
        ("what is due nächste Woche and overdue", "en"),
        ("2024-117", None),
        ("Acme", None),
        ("", None),
    ],
)
def test_the_language_is_told_by_the_words(said, language):
    assert language_of(said) == language


def test_a_sentence_is_understood_in_milliseconds_with_a_thousand_vendors():
    vendors = {f"vendor{n}": f"Vendor {n} GmbH" for n in range(1000)}
    scene = replace(SCENE, names=replace(SCENE.names, vendors=SCENE.names.vendors.with_more(vendors)))
    sentences = [
        *SENTENCES,
        "what did we spend with Vendor 77 in Q1 compared with the quarter before?",
        "bla blub xyzzy",
    ]
    for said in sentences:
        understand(said, scene)  # phrases are compiled when they are first needed
    took = []
    for said in sentences:
        started = time.process_time()
        understand(said, scene)
        took.append(time.process_time() - started)
    assert median(took) < 0.02  # four times what is asked, for machines that are busy or slow
