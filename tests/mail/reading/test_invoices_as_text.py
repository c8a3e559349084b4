"""Mails that are an invoice themselves, whose invoice is behind a link, and words that are none."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from bot.bench.mail.samples import INVOICE_HTML, invoice_pdf, letter, with_file
from bot.channels.mail.parse import is_page, parse, subject_as_words
from extraction.html.page import page_of_html
from extraction.html.pdf import pdf_of

FORWARDED = "<div>{words}</div><div>---------- Forwarded message ---------<br>From: Globex &lt;b@example.com&gt;</div>"
SHOP = "Globex <no-reply@example.com>"


def bodies(mail):
    return [(file.role, file.data.decode()) for file in parse(mail.as_bytes()).enclosures if is_page(file)]


def test_a_shops_mail_is_a_document():
    ((role, page),) = bodies(letter("", "Your invoice", INVOICE_HTML, SHOP))
    assert role == "body"
    assert "€119.00" in page


def test_what_is_forwarded_is_the_document_and_the_words_above_it_are_said():
    raw = letter("", "Fwd: Your invoice", FORWARDED.format(words="book as travel") + INVOICE_HTML)
    ((role, page),) = bodies(raw)
    assert role == "shown"
    assert "book as travel" not in page
    assert parse(raw.as_bytes()).text == "book as travel"


def test_without_words_the_forwarded_text_is_what_was_said_unless_it_is_read_as_a_bill():
    ((role, _),) = bodies(letter("", "WG: Rechnung", FORWARDED.format(words="") + INVOICE_HTML))
    assert role == "body"


def test_a_mail_attached_to_a_mail_may_be_one():
    outer = letter("please book")
    outer.add_attachment(letter("", "Your invoice", INVOICE_HTML, SHOP))
    assert [role for role, _ in bodies(outer)] == ["body"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>total is €1,294.50 and invoice number 77</p>",
        "<p>please pay invoice 123</p><p>Total: €45.00</p><p>Regards</p>",
        "<table><tr><td>Anna Gruber</td></tr><tr><td>Lindenhof GmbH</td></tr></table>the invoice is paid",
    ],
)
def test_what_a_person_writes_is_none(html):
    assert bodies(letter("", "hello", html)) == []


def test_an_answer_quotes_an_invoice_and_is_none():
    mail = letter("", "Re: Your invoice", "<p>confirm</p><blockquote>" + INVOICE_HTML + "</blockquote>")
    mail["In-Reply-To"] = "<ours@example.com>"
    assert bodies(mail) == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Your invoice is ready.\nDownload it here: https://example.com/invoices/1", ""),
        ("", '<p>Hello</p><a href="https://example.com/x">View invoice</a>'),
        ("", '<p>Ihre Rechnung steht bereit.</p><a href="https://example.com/x">Jetzt herunterladen</a>'),
        ("Votre facture est disponible dans votre espace client : https://example.com/f/1", ""),
    ],
)
def test_an_invoice_behind_a_link_is_said_to_be(text, html):
    assert parse(letter(text, "hello", html).as_bytes()).unread == "linked"


@pytest.mark.parametrize("text", ["what is due? https://example.com", "see the invoice", "paid by card"])
def test_other_words_lead_nowhere(text):
    assert parse(letter(text).as_bytes()).unread is None


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("what is due?", "what is due?"),
        ("paid by card yesterday, category travel", "paid by card yesterday, category travel"),
        ("Fwd: Invoice 123", ""),
        ("WG: was ist fällig?", ""),
        ("Re: paid", ""),
        ("Rechnung 2024-117", ""),
        ("2024-117", ""),
        ("IMG_4711", ""),
        ("", ""),
    ],
)
def test_the_subject_is_the_message_where_there_is_no_other(subject, words):
    assert subject_as_words(subject) == words
    raw = with_file(letter("", subject), invoice_pdf(), "a.pdf", "application/pdf").as_bytes()
    assert parse(raw).text == words


def test_the_page_has_nothing_that_is_fetched_or_run():
    page = page_of_html(
        '<script>alert(1)</script><style>@import "https://x"</style><link rel=stylesheet href=https://x>'
        '<img src="https://x/logo.png" alt="Globex"><iframe src=https://x></iframe><svg onload=x><image href=https://x>'
        '</svg><p style="background:url(https://x);color:red" onclick=x>hello</p><object data=https://x>'
    )
    assert "https://x" not in page
    assert "onclick" not in page
    assert "script" not in page
    assert 'style="color:red"' in page
    assert "Globex" in page


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>a<td>b<tr><td>c</table>d",
        "<p>a<table><tr><td><p>b</table>c</p></div></span>",
        "<td>a</td><tr><b>b<i>c</b>d</i>",
        "<table>" * 50 + "a" + "</table>" * 60 + "b",
        "<div>" * 500 + "a",
    ],
)
def test_the_page_is_well_formed_whatever_it_was(html):
    body = page_of_html(html).partition("<body>")[2].partition("</body>")[0]
    opened = []
    for piece in body.split("<")[1:]:
        tag = piece.partition(">")[0].partition(" ")[0]
        if tag.startswith("/"):
            assert opened.pop() == tag[1:]
        elif tag not in ("br", "hr"):
            opened.append(tag)
    assert opened == []
    assert "a" in body


def test_its_text_can_be_read_from_the_pdf(monkeypatch):
    drawn = [pdf_of(page_of_html(INVOICE_HTML))]
    monkeypatch.setitem(sys.modules, "plutoprint", None)  # where there is no build of it
    drawn.append(pdf_of(page_of_html(INVOICE_HTML)))
    for data in drawn:
        with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
            text = document[0].get_textpage().get_text_range()
        assert "Globex Cloud Ltd" in text
        assert "€119.00" in text
        assert "Your receipt" not in text, "what is hidden stays so"


def test_a_machine_without_fonts_draws_it_too(tmp_path):
    nothing = tmp_path / "fonts.conf"
    nothing.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    script = (
        "import sys\nfrom extraction.html.page import page_of_html\nfrom extraction.html.pdf import pdf_of\n"
        "sys.stdout.buffer.write(pdf_of(page_of_html('<b>Total</b> 5,00 EUR')))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "FONTCONFIG_FILE": str(nothing)}
    drawn = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=environment).stdout
    with pypdfium2.PdfDocument(io.BytesIO(drawn)) as document:
        assert document[0].get_textpage().get_text_range() == "Total 5,00 EUR"
