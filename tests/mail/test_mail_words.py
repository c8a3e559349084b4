"""What a person said in a mail, without the history below it and the signature."""

from __future__ import annotations

import pytest

from bot.channels.mail.body_text import Words, from_html, words

ANSWERS = {
    "nothing around": ("confirm", "confirm"),
    "Apple Mail": ("confirm\n\nOn 3 Mar 2025, at 10:00, Billify <b@x.com> wrote:\n\n> paid?\n> no\n", "confirm"),
    "Gmail, wrapped": ("confirm\n\nOn Mon, Mar 3, 2025 at 10:00 AM Billify\n<b@x.com>\nwrote:\n\n> paid?\n", "confirm"),
    "German": ("bezahlt\n\nAm 03.03.25 um 10:00 schrieb Billify:\n> offen\n", "bezahlt"),
    "French": ("payé\n\nLe lun. 3 mars 2025 à 10:00, Billify <b@x.com> a écrit :\n\n> dû\n", "payé"),
    "unmarked history": ("ok\n\nOn 3 Mar 2025 Billify wrote:\n\nAcme, confirm · paid\n", "ok"),
    "Outlook": ("ok\n\n________________________________\nFrom: Billify\nSent: Monday\nTo: Anna\n\nAcme, paid", "ok"),
    "Outlook, German": ("ok\n\nVon: Billify <b@x.com>\nGesendet: Montag\nAn: Anna\nBetreff: Re: A\n\nAcme", "ok"),
    "Original Message": ("ok\n\n-----Original Message-----\nFrom: Billify\n\nAcme, paid", "ok"),
    "below the quote": ("On 3 Mar 2025 Billify wrote:\n> total 5?\n\ntotal is 6\n", "total is 6"),
    "between quotes": ("> total?\n6\n> due?\n15 May\n", "6\n15 May"),
    "signature": ("total is 6\n-- \nAnna Gruber\nAcme GmbH\n", "total is 6"),
    "phone": ("paid\n\nSent from my iPhone\n", "paid"),
    "only history": ("On 3 Mar 2025 Billify wrote:\n> answer with: confirm · paid\n", ""),
    # What must stay, for it may be a correction.
    "a list with hyphens": ("- total is 6\n- due 15 May", "- total is 6\n- due 15 May"),
    "thanks before the point": ("Thanks, total is 6", "Thanks, total is 6"),
    "From as a word": ("From: now on, pay Acme by card", "From: now on, pay Acme by card"),
    "On as a word": ("On 5 May I wrote: pay Acme", "On 5 May I wrote: pay Acme"),
}


@pytest.mark.parametrize(("text", "said"), ANSWERS.values(), ids=ANSWERS.keys())
def test_an_answer_is_read_without_its_history(text, said):
    assert words(text).said == said
    assert words(text).passed_on == ""


@pytest.mark.parametrize(
    "marker",
    [
        "---------- Forwarded message ---------\nFrom: Acme",
        "-------- Weitergeleitete Nachricht --------\nVon: Acme",
        "Begin forwarded message:\n\nFrom: Acme",
    ],
)
def test_a_mail_that_was_passed_on_is_kept_apart(marker):
    assert words(f"please book\n\n{marker}\n\nYou owe 5 euros") == Words("please book", f"{marker}\n\nYou owe 5 euros")


def test_the_subject_tells_an_outlook_forward_from_an_answer():
    text = "\nFrom: Acme\nSent: Monday\nSubject: bill\n\nYou owe 5 euros"
    assert words(text, "WG: bill").passed_on == text.strip()
    assert words(text, "AW: bill").passed_on == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>total is&nbsp;6</p><p>due 15 May</p>", "total is 6\n\ndue 15 May"),
        ("<div>one</div><div>two<br>three</div>", "one\ntwo\nthree"),
        ("<style>p {}</style><title>x</title>seen<script>y</script>", "seen"),
        (
            "ok<blockquote type=cite>old <b>words</b><blockquote>older</blockquote></blockquote>",
            "ok\n> old words\n> older",
        ),
        ("<table><tr><td>Total</td><td>5.00</td></tr><tr><td>Due</td></tr></table>", "Total  5.00\nDue"),
        ("a &lt; b &amp; c", "a < b & c"),
    ],
)
def test_html_is_read_as_text(html, text):
    assert from_html(html) == text
