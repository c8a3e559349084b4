"""How replies look in Telegram."""

from __future__ import annotations

import pytest

from bot.channels.telegram.keyboards import to_keyboard
from bot.channels.telegram.render import CAPTION_LIMIT, TEXT_LIMIT, to_caption, to_html
from handlers.messages import Attachment, Card, Change, Choice, Fact, Reply
from tests.fakes.platforms.telegram import Refused, within

ACME = Card(
    "Acme GmbH · €1,249.50",
    "Invoice 2024-117",
    (Fact("Issued", "3 Mar 2025"), Fact("Due", "2 Apr 2025 (in 12 days)", strong=True), Fact("VAT", "€199.50")),
    doubts=('due date (from "30 days net")',),
    changes=(Change("Total", "€1,249.50", "€1,294.50"), Change("Number", None, "2024-117")),
    state="Waiting for you",
)
ACME_HTML = """\
<b>Acme GmbH · €1,249.50</b> · Invoice 2024-117
⚠ Please check: due date (from "30 days net")
Issued 3 Mar 2025 · <b>Due 2 Apr 2025 (in 12 days)</b> · VAT €199.50
Total: <s>€1,249.50</s> → <b>€1,294.50</b>
Number: <b>2024-117</b>
<i>Waiting for you</i>"""


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        (Reply("Reading…"), "Reading…"),
        (Reply("a < b & c\nnext"), "a &lt; b &amp; c\nnext"),
        (Reply(card=ACME), ACME_HTML),
        (Reply("Got it.", ACME), f"Got it.\n\n{ACME_HTML}"),
        (Reply(card=Card("<script>")), "<b>&lt;script&gt;</b>"),
        (Reply(attachments=(Attachment("a.csv"), Attachment("b.csv"))), "📎 a.csv\n📎 b.csv"),
    ],
)
def test_words(reply, shown):
    assert to_html(reply) == shown


@pytest.mark.parametrize("limit", [TEXT_LIMIT, CAPTION_LIMIT, 30, 3])
@pytest.mark.parametrize("text", ["&" * 5000, "€<b>" * 2000, "🧾" * 3000, "word " * 1500])
def test_what_is_too_long_ends_early_and_says_so(text, limit):
    for reply in (Reply(text), Reply(text, ACME), Reply(card=Card(text, "x"))):
        shown = to_html(reply, limit)
        assert within(shown, limit, "too long") == shown
        assert "…" in shown[-6:]


@pytest.mark.parametrize("words", ["note " * 300, "🧾" * 900])
def test_below_a_picture_the_amount_and_the_doubts_come_first(words):
    assert to_caption(Reply("Got it.", ACME)) == f"Got it.\n\n{ACME_HTML}", "where there is room, as everywhere"
    caption = to_caption(Reply(words, ACME))
    assert caption.startswith(ACME_HTML) and caption.endswith("…")
    assert within(caption, CAPTION_LIMIT, "too long") == caption
    full = Card("Acme GmbH · €1,249.50", doubts=("total (blurred)",), facts=(Fact("Note", "x" * 2000),))
    assert to_caption(Reply(words, full)).startswith("<b>Acme GmbH · €1,249.50</b>\n⚠ Please check: total (blurred)")


def test_the_measure_itself_refuses():
    for html in ("<b>x", "x</b>", "abcdef"):
        with pytest.raises(Refused):
            within(html, 5, "too long")


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ([], None),
        (["Confirm"], [["Confirm"]]),
        (
            ["Confirm", "Edit", "Mark paid", "Not an invoice"],
            [["Confirm", "Edit"], ["Mark paid", "Not an invoice"]],
        ),
        (["Keep both", "Keep this one and discard", "No"], [["Keep both"], ["Keep this one and discard"], ["No"]]),
    ],
)
def test_rows_of_buttons(labels, rows):
    keyboard = to_keyboard(tuple(Choice(label, label) for label in labels))
    shown = keyboard and [[button.text for button in row] for row in keyboard.inline_keyboard]
    assert shown == rows


def test_a_button_carries_its_choice():
    keyboard = to_keyboard((Choice("confirm:1", "Confirm", "primary"), Choice("edit:1", "Edit")))
    confirm, edit = keyboard.inline_keyboard[0]
    assert (confirm.callback_data, confirm.style) == ("confirm:1", "primary")
    assert (edit.callback_data, edit.style) == ("edit:1", None)
