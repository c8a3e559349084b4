"""The corpus of answers: as fifty mail programs quote, in twenty languages, with two dozen signatures."""

from __future__ import annotations

from itertools import groupby

import pytest

from bot.bench.mail.answers import SENDER, answers
from bot.channels.mail.body_text import words

BY_CLIENT = [(client, list(found)) for client, found in groupby(answers(), key=lambda answer: answer.client)]


@pytest.mark.parametrize(("client", "sent"), BY_CLIENT, ids=[client for client, _ in BY_CLIENT])
def test_the_bare_words_are_left(client, sent):
    wrong = {(answer.signature, answer.said): words(answer.text, "Re: Acme", SENDER).said for answer in sent}
    assert {key: said for key, said in wrong.items() if said != key[1]} == {}


def test_the_corpus_is_as_wide_as_it_says():
    assert len(BY_CLIENT) >= 50
    assert len({answer.signature for _, sent in BY_CLIENT for answer in sent}) >= 22


OTHERS = {
    "a wrapped attribution": (
        "ok\n\nAm Mi., 5. Feb. 2020 um 17:58 Uhr schrieb Company Questions\n<questions@example.com>:\n\n> x",
        "",
        "ok",
    ),
    "the date wrapped": ("ok\n\nA B <ab@example.org> schrieb am So., 23.\nJuni 2024, 21:08:\n\n> x", "", "ok"),
    "emoji and rules": (
        "ok, confirm\n\nCheers 🎉\nSarah\n\n—————\nSarah Johnson\nManager\n📧 sarah@example.com\n📱 +1 555-0123",
        "Sarah Johnson sarah@example.com",
        "ok, confirm",
    ),
    "a middle initial": ("ok\n\nJim P. Smith | Enrollment Manager\nXYZ Corp", "Jim Smith jim@example.com", "ok"),
    "reply-to in the header": ("ok\n\nFrom: a@b.c\nReply-To: a@b.c\nSent: Tue, 2 Oct 2012\nTo: d\n\nx", "", "ok"),
    "a header in Markdown": ("ok\n\nRegards\n\n---\n\n**From:** a <a@b.c>\n**Sent:** Monday\n**To:** L\n\nx", "", "ok"),
    "below a device's line": ("confirm\n\n//Anna", "Anna", "confirm"),
    "a postscript": ("due Friday\nRegards, Anna\n\nPS: number is 77", "Anna", "due Friday\n\nPS: number is 77"),
}
STAYS = {
    "dates in a list": "see:\n\n2024-01-15 14:30:25\n15.01.2024 14:30\nJan 15, 2024 at 14:30\n\nthat is all",
    "thanks before the point": "Thanks\n\ntotal is 6",
    "thanks alone": "thanks",
    "a greeting alone": "hello",
    "a greeting with a question": "Hi, what is due?",
    "a vendor with its legal form": "vendor is Acme Ltd\nnumber 77\nIBAN DE89370400440532013000",
    "an address to invite": "please invite\n\nben@example.com",
    "a name in a question": "what do we owe Anna Gruber?",
    "a company's name": "our company is called\n\nLindenhof GmbH\nwww.example.com",
    "values like a header": "Date: 5 May\nTotal: 6",
    "best as a word": "Best price is 5\ntotal is 6",
}


@pytest.mark.parametrize(("text", "sender", "said"), OTHERS.values(), ids=OTHERS.keys())
def test_shapes_beside_the_corpus(text, sender, said):
    assert words(text, "Re: x", sender).said == said


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS.keys())
def test_what_may_be_an_order_stays(text):
    assert words(text, "", "Anna Gruber anna@example.com").said == text
