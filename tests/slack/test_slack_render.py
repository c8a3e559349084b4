"""How replies look in Slack."""

from __future__ import annotations

import pytest

from bot.channels.slack.render import Look, to_blocks, to_notice
from handlers.messages import Attachment, Card, Change, Choice, Fact, Reply
from tests.fakes.platforms.slack import FakeSlack

ACME = Card(
    "Acme GmbH · €1,249.50",
    "Invoice 2024-117",
    (Fact("Issued", "3 Mar 2025"), Fact("Due", "2 Apr 2025", strong=True)),
    doubts=("due date (from <30 days>)", "VAT"),
    changes=(Change("Total", "€1,249.50", "€1,294.50"), Change("Number", None, "2024-117")),
    state="Waiting for you",
)


def said(block) -> str | list[str]:
    """The words of a block."""
    many = block.get("fields") or block.get("elements")
    return (
        [said(each) for each in many]
        if many
        else said(block["text"])
        if isinstance(block["text"], dict)
        else block["text"]
    )


def test_a_card():
    blocks = to_blocks(Reply("Got it.", ACME, (Choice("confirm:1", "Confirm", "primary"), Choice("e", "Edit"))))
    assert [(block["type"], said(block)) for block in blocks] == [
        ("section", "Got it."),
        ("header", "Acme GmbH · €1,249.50"),
        ("context", ["Invoice 2024-117"]),
        ("section", ["Issued\n3 Mar 2025", "Due\n*2 Apr 2025*"]),
        ("section", ["Total\n~€1,249.50~ → *€1,294.50*", "Number\n*2024-117*"]),
        ("section", "⚠ Please check: due date (from &lt;30 days&gt;); VAT"),
        ("context", ["Waiting for you"]),
        ("actions", ["Confirm", "Edit"]),
    ]
    confirm, edit = blocks[-1]["elements"]
    assert (confirm["value"], confirm["style"]) == ("confirm:1", "primary")
    assert "style" not in edit


@pytest.mark.parametrize(
    ("reply", "notice"),
    [
        (Reply("Reading…"), "Reading…"),
        (Reply(card=Card("A & B")), "A &amp; B"),
        (
            Reply("Got it.", ACME, (Choice("confirm:1", "Confirm"), Choice("void:1", "No"), Choice("undo:1", "Undo"))),
            "Acme GmbH · €1,249.50 · Invoice 2024-117 · Waiting for you: Confirm\nGot it.",
        ),
        (Reply(attachments=(Attachment("a.csv"), Attachment("b.csv"))), "a.csv, b.csv"),
    ],
)
def test_a_notice(reply, notice):
    assert to_notice(reply) == notice


@pytest.mark.parametrize("text", ["x" * 9000, "&" * 9000, "word " * 30000])
def test_nothing_is_longer_than_slack_takes(text):
    long = text[:5000]
    card = Card(long, long, (Fact(long, long, True),) * 25, (long,), (Change(long, long, long),) * 25, long)
    reply = Reply(text, card, tuple(Choice(f"pick:{n}", long) for n in range(30)))
    platform = FakeSlack()
    file = platform.keep(b"page", "page.png", "image/png")["id"]
    for look in (Look(), Look(file), Look(short=True)):
        platform._check({"blocks": to_blocks(reply, look), "text": to_notice(reply)})
    assert len(to_notice(reply)) <= 3000
    assert to_notice(reply).endswith("…")


def test_the_picture_stands_small_beside_the_values_and_what_one_seldom_needs_in_a_menu():
    offered = [("paid", "Mark paid"), ("qr", "Pay by QR"), ("edit", "Edit"), ("show", "Show original"),
               ("void", "Not an invoice"), ("undo", "Undo")]  # fmt: skip
    blocks = to_blocks(
        Reply(card=ACME, choices=tuple(Choice(f"{name}:1", label) for name, label in offered)), Look("F1")
    )
    assert [block["type"] for block in blocks].count("image") == 0
    assert blocks[2]["accessory"] == {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "Acme GmbH · €1,249.50"}
    paid, edit, menu = blocks[-1]["elements"]
    assert [option["text"]["text"] for option in menu["options"]] == [
        "Pay by QR", "Show original", "Not an invoice", "Undo",
    ]  # fmt: skip
    assert "Acme GmbH · €1,249.50" in paid["confirm"]["text"]["text"], "money moves"
    assert "confirm" not in edit


def test_long_words_are_shown_whole():
    blocks = to_blocks(Reply("0123456789" * 900))
    assert "".join(block["text"]["text"] for block in blocks) == "0123456789" * 900
