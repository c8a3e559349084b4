"""Our mails as mail programs show them: Word's engine in Outlook, dark and narrow screens, none but plain text."""

from __future__ import annotations

import email
import email.policy
import mailbox
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from bot.channels.channel import Outgoing
from bot.channels.mail.look import Letterhead
from handlers.language.translation import speaking
from handlers.messages import Attachment, Card, Change, Choice, Fact, Message, Reply
from tests.fakes.platforms.mail_channel import TRUSTING

MESSAGE = Message("mail:two@example.com/0123456789ab", "mail", "one@example.com", "anna@example.com", datetime.now(UTC))
CARD = Card(
    "Acme GmbH · €1,249.50",
    "Invoice 2024-117",
    (Fact("Due", "2 Apr 2025", strong=True), Fact("VAT", "€199.50")),
    ("due date", "total"),
    (Change("Total", "€1,249.50", "€1,294.50"), Change("VAT", None, "€199.50")),
    "Waiting for you",
)
CHOICES = (
    Choice("confirm:7", "Confirm", "primary"),
    Choice("edit:7", "Edit"),
    Choice("void:7", "Not an IBAN", "danger"),
)
FULL = Reply("Read it.\nIs it right?", CARD, CHOICES)
REPLIES = {"a card": FULL, "words": Reply("hello\n\nthere"), "a list": Reply("Which one?", choices=CHOICES)}
LINKED = replace(TRUSTING, link_url="https://billify.example.com")

WORD_LAYS_OUT = {
    "td": {"padding", "width", "border", "border-top", "border-left", "white-space", "background-color"},
    "table": {"background-color"},
    "img": {"border"},
    "body": {"margin", "padding", "background-color"},
}
"""What Word obeys on these elements alone (Microsoft: Word 2007 HTML and CSS rendering capabilities in Outlook)."""
WORD_LETTERS = {
    "color", "font-family", "font-size", "font-weight", "line-height", "text-decoration", "mso-line-height-rule",
    "mso-padding-alt", "mso-hide",
}  # fmt: skip
IGNORED_WITHOUT_LOSS = {
    ("td", "border-radius"), ("table", "max-width"), ("img", "max-width"), ("img", "width"), ("img", "height"),
    ("img", "display"), ("a", "display"), ("a", "padding"), ("div", "display"),
}  # fmt: skip
"""What Word leaves out, where something else does the same: corners, widths that attributes or a table only for Word
give, padding that `mso-padding-alt` gives, and a preview that `mso-hide` hides."""


class Elements(HTMLParser):
    """Every element with its attributes, and those that are open around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes what is not open"


async def sent(office, reply, options=TRUSTING, message=MESSAGE):
    await office.mail(options=options).send(Outgoing(f"{message.key}#0", reply, message))
    (kept,) = mailbox.Maildir(office.maildir)
    return email.message_from_bytes(kept.as_bytes(), policy=email.policy.default)


def html_of(mail):
    return mail.get_body(("html",)).get_content()


@pytest.mark.parametrize("options", [TRUSTING, LINKED], ids=["by mail", "with links"])
@pytest.mark.parametrize("name", REPLIES)
async def test_words_engine_ignores_nothing_that_matters(office, name, options):
    picture = Attachment("page.png", "image/png", await office.files.put(b"\x89PNG\r\n\x1a\n"))
    reply = REPLIES[name]
    reply = replace(reply, card=replace(reply.card, picture=picture)) if reply.card else reply
    html = html_of(await sent(office, reply, options))
    elements = Elements(html)
    assert not elements.open
    for tag, attributes in elements.found:
        style = attributes.get("style") or ""
        for name_, value in re.findall(r"([\w-]+)\s*:\s*([^;]*)", style):
            known = name_ in WORD_LETTERS | WORD_LAYS_OUT.get(tag, set()) or (tag, name_) in IGNORED_WITHOUT_LOSS
            assert known, f"Word ignores {name_} on <{tag}>"
            assert not re.search(r"rgba|calc|var\(|url\(|\d(?:r?em|v[wh])\b", value), value
        if "background-color" in style:
            assert attributes.get("bgcolor") == re.search(r"background-color:\s*(#\w{6})", style)[1]
        if tag == "img":
            assert attributes["width"].isdigit() and attributes["alt"]
        if tag == "table":
            assert attributes["role"] == "presentation" and attributes["border"] == "0"
    only_word = "".join(re.findall(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", html, re.DOTALL))
    assert 'width="580"' in only_word and "PixelsPerInch" in only_word
    assert only_word.count("<table") == only_word.count("</table>")
    assert len(html) < 102_000  # Gmail cuts off what is longer


async def test_each_choice_has_a_line_of_its_own_and_its_own_capitals(office):
    mail = await sent(office, FULL)
    lines = mail.get_body(("plain",)).get_content().splitlines()
    assert [line for line in lines if line.startswith("- ")][-3:] == ["- Confirm", "- Edit", "- Not an IBAN"]
    rows = re.findall(r"<tr>(?:(?!<tr>).)*?<a [^>]*href=[^>]*>([^<]+)</a>", html_of(mail), re.DOTALL)
    assert rows == ["Confirm", "Edit", "Not an IBAN"]


async def test_plain_text_reads_by_itself(office):
    text = (await sent(office, FULL)).get_body(("plain",)).get_content()
    assert text.startswith("Read it.\nIs it right?\n\nAcme GmbH · €1,249.50\nInvoice 2024-117\n")
    assert "Status: Waiting for you" in text and "- VAT: – → €199.50" in text
    assert "\n\n\n" not in text and not any(line != line.rstrip() for line in text.splitlines() if line != "-- ")


@pytest.mark.parametrize("language", ["en", "de"])
async def test_a_mail_is_in_one_language_and_says_which(office, language):
    with speaking(language):
        reply = replace(FULL, language=language)
    mail = await sent(office, reply, LINKED)
    html, text = html_of(mail), mail.get_body(("plain",)).get_content()
    assert f'<html lang="{language}"' in html
    german = ("per Mail", "Bitte prüfen:", "Oder antworte", "deine Nachricht", "schick", "Antworte auf diese Mail")
    assert [words.lower() in unquote(f"{html} {text} {mail['Subject']}").lower() for words in german] == (
        [language == "de"] * len(german)
    )


async def test_dark_screens_get_dark_colours(office):
    html = html_of(await sent(office, FULL))
    assert '<meta name="color-scheme" content="light dark">' in html
    dark = html[html.index("prefers-color-scheme: dark") : html.index("max-width: 480px")]
    for _, attributes in Elements(html).found:
        if "color:" in (attributes.get("style") or ""):
            classes = (attributes.get("class") or "").split()
            ours = [name for name in classes if f".{name} " in dark] or "primary" in classes
            link = "text-decoration:none" in attributes["style"]  # coloured by its cell
            hidden = "mso-hide" in attributes["style"]
            assert ours or link or hidden, attributes


async def test_answers_go_to_an_address_with_a_mark_where_that_arrives(office):
    mail = await sent(office, FULL)
    mark = mail["Message-ID"].strip("<>").partition("@")[0]
    assert mail["Reply-To"].addresses[0].addr_spec == f"billify+{mark}@example.com"


@pytest.mark.parametrize(
    "letterhead",
    [Letterhead("billify@example.com", plus_addresses=False), Letterhead(f"{'b' * 40}@example.com")],
)
def test_no_mark_stands_in_an_address_that_would_not_arrive(letterhead):
    assert letterhead.answer_address("m" * 36) is None


async def test_buttons_are_links_where_there_is_a_page_and_mails_as_well(office):
    html = html_of(await sent(office, FULL, LINKED))
    links = re.findall(r'href="(https://billify\.example\.com/mail/[\w.-]+)"', html)
    assert len(links) == len(set(links)) == 3
    assert len(re.findall(r'href="mailto:billify@example\.com\?', html)) == 3
    assert "https:" not in html_of(await sent_again(office, FULL))


async def sent_again(office, reply):
    await office.mail().send(Outgoing("mail:three@example.com/0#0", reply, MESSAGE))
    kept = [
        email.message_from_bytes(each.as_bytes(), policy=email.policy.default)
        for each in mailbox.Maildir(office.maildir)
    ]
    return next(mail for mail in kept if "https:" not in html_of(mail))
