"""Mails that bring an invoice deep within others, in pieces or not at all: each is read or says what to do."""

from __future__ import annotations

import pytest

from bot.bench.mail.samples import invoice_pdf, letter, with_file
from bot.channels.mail.parse import parse
from extraction.mail.limits import MailTooComplex
from extraction.mail.unpack import unpack
from tests.fakes.documents.outlook_message import outlook_message

PDF = invoice_pdf()
HEAD = b"From: Anna <anna@example.com>\r\nTo: billify@example.com\r\nSubject: invoice\r\nMIME-Version: 1.0\r\n"


def piece(number: int, total: int) -> bytes:
    whole = with_file(letter("please book"), PDF, "invoice.pdf", "application/pdf").as_bytes()
    size = len(whole) // total + 1
    kind = f'Content-Type: message/partial; id="a@b"; number={number}; total={total}\r\n\r\n'
    return HEAD + kind.encode() + whole[(number - 1) * size : number * size]


EXTERNAL = (
    b'Content-Type: message/external-body; access-type=URL; URL="https://files.example/i.pdf"\r\n\r\n'
    b"Content-Type: application/pdf\r\nContent-ID: <x@y>\r\n\r\n"
)


@pytest.mark.parametrize("depth", [0, 1, 3, 6])
def test_a_message_of_outlook_within_others_brings_its_files(depth):
    mail = parse(
        with_file(letter("please book"), outlook_message("x", files={"a.pdf": PDF}, depth=depth), "x.msg").as_bytes()
    )
    assert [file.data for file in mail.documents] == [PDF]


def test_messages_of_outlook_too_deep_within_each_other_are_refused_with_what_to_do():
    deep = outlook_message("x", files={"a.pdf": PDF}, depth=40)
    with pytest.raises(MailTooComplex, match="send the files directly"):
        parse(with_file(letter("please book"), deep, "x.msg").as_bytes())
    assert unpack(deep, "x.msg").problem.code == "mail_too_complex"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_piece_of_a_mail_says_so_and_brings_no_broken_file(number):
    mail = parse(piece(number, 3))
    assert (mail.unread, mail.documents) == ("partial", ())
    assert unpack(piece(number, 3), "piece.eml").problem.code == "partial_mail"


def test_one_piece_of_one_is_the_whole_mail():
    assert [file.data for file in parse(piece(1, 1)).documents] == [PDF]


def test_a_file_that_lies_elsewhere_is_said_to():
    mail = parse(HEAD + EXTERNAL)
    assert (mail.unread, mail.documents) == ("elsewhere", ())
    assert unpack(HEAD + EXTERNAL, "x.eml").problem.code == "file_elsewhere"


def test_what_is_there_counts_beside_what_is_not():
    boundary = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    pdf = b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%PDF-1.4\r\n"
    mail = parse(HEAD + boundary + EXTERNAL + b"\r\n--b\r\n" + pdf + b"--b--\r\n")
    assert [file.name for file in mail.documents] == ["a.pdf"] and mail.unread == "elsewhere"


def test_a_mail_without_any_word_says_that_it_is_empty():
    assert unpack(HEAD + b"\r\n", "x.eml").problem.code == "empty_mail"
