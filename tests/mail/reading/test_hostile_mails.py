"""Strangers' bytes: whatever a mail is made of, it is read or refused at once, and the next one is served."""

from __future__ import annotations

import asyncio
import gc
import smtplib
import sys
import weakref

import pytest

from bot.bench.mail.hostile import hostile_mails
from bot.channels.mail.parse import Mail, is_page, parse
from bot.channels.mail.parsing_process import MailParser
from extraction.html.pdf import pdf_of
from extraction.html.tokens import tokens
from extraction.mail import limits
from extraction.mail.limits import MailTooComplex, limited_time
from handlers.errors import BillifyError
from tests.fakes.platforms.mail_channel import ADDRESS

HOSTILE = dict(hostile_mails(200_000))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_read_within_its_time_or_refused(name):
    with limited_time(10_000_000):  # generous: a machine under load must not fail this, quadratic time must
        try:
            mail = parse(HOSTILE[name])
        except MailTooComplex as error:
            assert "send the files directly" in str(error)
            return
    assert isinstance(mail, Mail)
    assert len(mail.text) <= limits.LONGEST_TEXT
    assert len(mail.enclosures) <= limits.MOST_FILES + 5
    for page in filter(is_page, mail.enclosures):
        assert pdf_of(page.data.decode()).startswith(b"%PDF")


@pytest.mark.parametrize("piece", ["<a ", "<!--", '<a b="', "<a b='\"", "</", "<p>", "&#9", "<script>"])
def test_html_is_cut_in_one_pass(piece):
    """Of text that is twice as long no more than twice as much is looked at: the tokens never go back."""
    places = [token.at for token in tokens(piece * 1000)]
    assert places == sorted(set(places))


def test_what_takes_too_long_is_stopped_even_where_errors_are_forgiven():
    with pytest.raises(MailTooComplex, match="takes too long"), limited_time(-2_000_000):  # a twentieth of a second
        while True:
            try:
                sum(range(1000))
            except Exception:
                continue


def test_what_others_leave_behind_is_not_collected_in_a_mails_time():
    """A finalizer forgives every error: a stop that comes while one runs would be lost, and told on stderr."""
    finalized: list[str] = []
    with limited_time(0):
        one: list[object] = []
        one.append(one)
        weakref.finalize(kept := _Leftover(one), finalized.append, "finalized")
        one.append(kept)
        del one, kept
        pairs = [[number] for number in range(100_000)]  # enough to start a collection many times over
        assert finalized == []
    del pairs
    gc.collect()
    assert finalized == ["finalized"]
    assert gc.isenabled()


class _Leftover:
    """Refers to what refers to it."""

    def __init__(self, cycle: list[object]) -> None:
        self.cycle = cycle


@pytest.mark.skipif(sys.platform != "linux", reason="the memory limit is Linux's")
async def test_a_mail_that_kills_its_process_is_refused_and_the_next_is_read(monkeypatch, caplog):
    monkeypatch.setattr("bot.channels.mail.parsing_process._MEMORY_MB", 200)
    parser = MailParser()
    with pytest.raises(BillifyError, match="send the files directly"):
        await parser.parse(b"From: anna@example.com\r\n\r\n" + b"a line of a large mail\r\n" * 3_000_000)
    assert (await parser.parse(b"From: anna@example.com\r\n\r\nhi")).text == "hi"
    await parser.close()
    with pytest.raises(BillifyError):
        await parser.parse(b"From: anna@example.com\r\n\r\nhi")
    assert "cannot be read" in caplog.text


async def test_over_smtp_it_is_refused_for_good_and_the_next_is_taken(office):
    def deliver(raw):
        with smtplib.SMTP("127.0.0.1", office.smtp_port) as connection:
            return connection.sendmail("anna@example.com", [ADDRESS], raw)

    async with office.open():
        with pytest.raises(smtplib.SMTPDataError) as refused:
            mail = HOSTILE["parts: 100,000 of them"].replace(b"Mallory <mallory@example.com>", b"anna@example.com")
            await asyncio.to_thread(deliver, mail)
        assert refused.value.smtp_code == 554
        assert b"send the files directly" in refused.value.smtp_error
        await asyncio.to_thread(deliver, b"From: anna@example.com\r\nMessage-ID: <n@x.com>\r\n\r\nwhat is due?")
        message = await office.accepting.take()
    assert message.text == "what is due?"
