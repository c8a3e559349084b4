"""People and mail servers hand us mails: swaks, a real SMTP client, speaks to the real server."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.channel import ChannelMisconfigured
from bot.channels.mail.authentication import dns_records
from bot.channels.mail.intake.mail_key import message_id_of
from bot.channels.mail.options import MailOptions
from bot.channels.mail.smtp import server
from storage.mail import mail_log
from storage.mail.quarantine import QuarantineLimits
from tests.fakes.platforms.mail_channel import ADDRESS, BEGAN, PDF
from tests.fakes.servers.dns_zone import zone as zone  # a fixture


@pytest.fixture
def invoice(tmp_path):
    path = tmp_path / "invoice.pdf"
    path.write_bytes(PDF)
    return str(path)


def refused(sent):
    """The server's last complaint, as swaks prints it."""
    return next((line for line in reversed(sent.stdout.splitlines()) if line.startswith("<** ")), sent.stdout)


@pytest.mark.parametrize("protocol", ["SMTP", "LMTP"])
async def test_anna_mails_an_invoice(office, swaks, invoice, protocol):
    async with office.open():
        port = office.smtp_port if protocol == "SMTP" else office.lmtp_port
        options = ("--protocol", protocol, "--to", ADDRESS, "--header", "Subject: Rechnung März")
        sent = await swaks(port, *options, "--body", "please book", "--attach", f"@{invoice}")
        assert sent.returncode == 0, sent.stdout
        message = await office.accepting.take()
    assert (message.channel, message.sender, message.text) == ("mail", "anna@example.com", "please book")
    assert message.subject == "Rechnung März"
    (attachment,) = message.attachments
    assert attachment.name == "invoice.pdf"
    assert await office.files.get(attachment.sha256) == PDF


async def test_the_mail_is_acknowledged_only_once_it_is_durable(office, swaks):
    office.accepting.gate.clear()
    async with office.open():
        sending = asyncio.create_task(swaks(office.smtp_port, "--to", ADDRESS))
        await office.accepting.called(1)
        assert not sending.done()
        office.accepting.gate.set()
        sent = await sending
    assert sent.returncode == 0
    assert len(office.accepting.messages) == 1


async def test_a_fault_of_ours_makes_the_sender_try_again(office, swaks):
    office.accepting.failures = 1
    async with office.open():
        options = ("--to", ADDRESS, "--header", "Message-Id: <again@example.com>")
        first = await swaks(office.smtp_port, *options)
        assert refused(first).startswith("<** 451 ")
        assert not office.accepting.messages
        second = await swaks(office.smtp_port, *options)
    assert second.returncode == 0
    assert [message_id_of(key) for key in office.accepting.messages] == ["again@example.com"]


@pytest.mark.parametrize("to", ["somebody@example.com", "billify@elsewhere.example", "billify%else@example.com"])
async def test_nothing_is_relayed(office, swaks, to):
    async with office.open():
        sent = await swaks(office.smtp_port, "--to", to)
    assert refused(sent).startswith("<** 550 ")
    assert not office.accepting.calls


async def test_a_mail_to_several_of_our_names_is_one_message(office, swaks):
    async with office.open():
        sent = await swaks(office.smtp_port, "--to", f"{ADDRESS.upper()},billify+march@example.com")
        assert sent.returncode == 0, sent.stdout
        assert len(office.accepting.calls) == 1


async def test_a_mail_that_is_too_large_is_refused(office, swaks, tmp_path, monkeypatch):
    monkeypatch.setattr(server, "SIZE_LIMIT", 20_000)
    large = tmp_path / "large.pdf"
    large.write_bytes(PDF + bytes(30_000))
    async with office.open():
        sent = await swaks(office.smtp_port, "--to", ADDRESS, "--attach", f"@{large}")
        assert "SIZE 20000" in sent.stdout
        assert refused(sent).startswith("<** 552 ")
        assert not office.accepting.calls


async def test_a_mail_from_nobody_is_refused_with_the_reason(office, swaks):
    async with office.open():
        sent = await swaks(office.smtp_port, "--to", ADDRESS, "--header", "From: undisclosed")
    assert refused(sent).startswith("<** 554 ")
    assert "no usable sender" in refused(sent)


async def test_one_very_long_line_is_taken(office, swaks):
    """HTML that was written on one line, beyond the 1000 bytes of RFC 5321, 4.5.3.1.6."""
    async with office.open():
        sent = await swaks(office.smtp_port, "--to", ADDRESS, "--body", "long " * 4000)
        assert sent.returncode == 0, sent.stdout
        message = await office.accepting.take()
    assert len(message.text) > 19_000


@pytest.mark.parametrize("setting", ["BILLIFY_MAIL_PORT", "BILLIFY_MAIL_LMTP_PORT"])
async def test_a_port_that_is_taken_is_named(office, setting):
    option = "port" if setting == "BILLIFY_MAIL_PORT" else "lmtp_port"
    async with office.open():
        second = office.mail(**{option: office.smtp_port})
        with pytest.raises(ChannelMisconfigured, match=setting):
            await second.listen(office.accepting)


async def test_a_full_quarantine_puts_strangers_off_and_nobody_else(office, swaks, invoice, caplog):
    async with office.open(limits=QuarantineLimits(mails=1)):
        options = ("--to", ADDRESS, "--from", "billing@acme.example", "--attach", f"@{invoice}")
        first, second = [await swaks(office.smtp_port, *options, "--header", f"Subject: {n}") for n in "12"]
        known = await swaks(office.smtp_port, "--to", ADDRESS)
    assert first.returncode == known.returncode == 0
    assert refused(second).startswith("<** 452 4.3.1 No more mail from unknown senders")
    assert "later" in refused(second)
    assert "Traceback" not in caplog.text and "452" in caplog.text
    record = (await office.database.read(mail_log.arrived_between, BEGAN, BEGAN.replace(year=2200)))[1]
    assert (record.reason, record.detail) == ("full", "mails")


async def test_who_wrote_a_mail_is_looked_up_again_later(office, swaks, zone, monkeypatch, caplog):
    monkeypatch.setattr(dns_records, "_SECONDS", 0.2)
    zone.silent = True
    async with office.open(options=MailOptions(trusted_networks=(), dns=zone.resolver())):
        sent = await swaks(office.smtp_port, "--to", ADDRESS)
    assert refused(sent).startswith("<** 451 4.4.3 "), sent.stdout
    assert "Traceback" not in caplog.text
    assert not office.accepting.calls
