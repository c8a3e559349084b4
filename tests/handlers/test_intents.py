"""What a message asks for, as the classifier guesses it; the weights are those that ship."""

from importlib.resources import files

import numpy as np
import pytest

from handlers.understand.intents import classifier
from handlers.understand.intents.classifier import BUCKETS, Intent, buckets, classes, classify, tokens


@pytest.mark.parametrize(
    ("text", "label", "side"),
    [
        ("which bills are due <period>?", "due", "payable"),
        ("which customers have not paid their invoices yet", "due", "receivable"),
        ("what do we owe <party>", "owed", "payable"),
        ("was schuldet uns <party> noch", "owed", "receivable"),
        ("ist die rechnung von <party> schon bezahlt?", "settled", "payable"),
        ("which payments did we make <period>", "payments", "payable"),
        ("how much did we spend on <category> <period>", "spend", None),
        ("wie viel haben wir <period> fur <category> ausgegeben", "spend", None),
        ("kontostand?", "balance", None),
        ("we paid <party> <day> from <account>", "paid", None),
        ("<party> hat uns <amount> uberwiesen", "received", None),
        ("the due date should be <day>", "amend", None),
        ("erinnere mich <day> an <party>", "remind", None),
        ("who approved the <party> bill", "history", None),
        ("export the books as csv", "export", None),
        ("vielen dank", "thanks", None),
    ],
)
def test_clear_messages(text: str, label: str, side: str | None) -> None:
    intent = classify(text)
    assert (intent.label, intent.side) == (label, side)
    assert intent.probability > 0.8


@pytest.mark.parametrize(
    "text",
    ["", "xqzt vrrmpf", "blorp fnord wibble", "asdfgh jklqw", "trimel dorvin stalu gernox", "zzz qqq www yyy xxx"],
)
def test_rubble_is_nothing(text: str) -> None:
    intent = classify(text)
    assert intent.label == "none" or intent.probability <= 0.5


def test_a_question_mark_tells_a_question_from_a_fact() -> None:
    assert classify("paid <party>").label == "paid"
    assert classify("paid <party>?").label == "settled"


def test_chances_come_in_order_and_sum_to_at_most_one() -> None:
    intent = classify("pay <party>")
    chances = [intent.probability, *(chance for _, chance in intent.others)]
    assert isinstance(intent, Intent)
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1.0001


def test_classes_are_in_the_order_of_the_alphabet() -> None:
    assert list(classes()) == sorted(classes())
    assert {"due@payable", "due@receivable", "none", "paid", "spend"} <= set(classes())
    assert len(classes()) == len(set(classes()))


def test_the_weights_are_for_this_code() -> None:
    with (
        files(classifier.__package__).joinpath(classifier.WEIGHTS).open("rb") as file,
        np.load(file) as stored,
    ):
        assert stored["vectors"].shape == (BUCKETS, len(stored["hidden"]))
        assert stored["output"].shape == (len(stored["hidden"]), len(stored["classes"]))
        assert tuple(map(str, stored["classes"])) == classes()


def test_features_stay_where_they_are() -> None:
    """Weights are read by place: another hash or another cut of words would need other weights."""
    assert tokens("what's open with <party>, k-26-1?") == ["whats", "open", "with", "<party>", "k", "#", "#", "?"]
    assert buckets("due?") == [
        *(8842, 4655, 16669, 27405, 18705, 31684, 12903),  # the word and its letters
        *(17072, 21009, 30314, 15308),  # the sign, and pairs
        *(18901, 7719),  # triples
    ]
