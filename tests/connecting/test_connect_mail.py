"""`billify connect mail`, with a real Dovecot: the mailbox tried out, kept, and the owner written to."""

from __future__ import annotations

import smtplib
import tomllib
from contextlib import asynccontextmanager

import pytest

from bot.console.connect.mail import connect_mailbox
from config.setting_faults import load_settings
from handlers.errors import BillifyError
from tests.fakes.servers.dovecot import PASSWORD
from tests.fakes.servers.dovecot import dovecot as dovecot  # a fixture
from tests.fakes.servers.smtp_relay import Relay

BOX = "billify@acme.example"


class Forwarding(Relay):
    """A relay that brings what is for the mailbox into it."""

    lmtp_port = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if BOX in envelope.rcpt_tos:
            with smtplib.LMTP("127.0.0.1", self.lmtp_port) as box:
                box.sendmail("", [BOX], envelope.content)
        return answer


@asynccontextmanager
async def relaying(lmtp_port: int):
    relay = Forwarding()
    relay.lmtp_port = lmtp_port
    async with relay.up():
        yield relay


async def test_a_mailbox_from_nothing_to_a_first_mail(terminal, set_up, dovecot):
    async with relaying(dovecot.lmtp_port) as relay:
        home = set_up()
        reads, sends = f"imap://{dovecot.host}:{dovecot.imap_port}", f"smtp://127.0.0.1:{relay.port}"
        login = f"billify%40acme.example:{PASSWORD}"
        terminal.types(
            "billify", BOX, PASSWORD, "imap://127.0.0.1:9", reads, sends.replace("//", "//@"), "olga@acme.example"
        )
        await connect_mailbox(load_settings(), "", "", terminal.guide)
        shown = terminal.shown
        assert "“billify” is no mail address" in shown and "127.0.0.1:9 does not let us in" in shown
        assert "It arrived." in shown and PASSWORD not in shown
        kept = tomllib.loads((home / "billify.toml").read_text())
        assert kept["mail_address"] == BOX and kept["owner_mail"] == "olga@acme.example"
        assert kept["imap_url"] == f"imap://{login}@{dovecot.host}:{dovecot.imap_port}/INBOX"
        hello = relay.left[-1]
        assert hello.to == "olga@acme.example"
        assert "Billify is connected here" in hello.mail.get_body(("plain",)).get_content()


async def test_a_mail_that_never_arrives_is_said(terminal, set_up, dovecot, monkeypatch):
    monkeypatch.setattr("bot.console.connect.mail.ARRIVES_WITHIN", 0.5)
    relay = Relay()
    async with relay.up():
        set_up(imap_url=dovecot.url("billify"), smtp_url=relay.url)
        with pytest.raises(BillifyError, match="was taken but did not arrive"):
            await connect_mailbox(load_settings(), BOX, "olga@acme.example", terminal.guide)


async def test_a_wrong_password_is_said(terminal, set_up, dovecot):
    set_up(imap_url=dovecot.url("billify").replace(PASSWORD, "wrong"), smtp_url="smtp://127.0.0.1:9")
    with pytest.raises(BillifyError, match=r"does not let us in .*refused the login"):
        await connect_mailbox(load_settings(), BOX, "olga@acme.example", terminal.guide)
