"""Being let into a mailbox without a password: signed in once, kept encrypted, renewed, and told when it is over."""

from __future__ import annotations

import asyncio
import shutil
import smtplib
import tempfile
import time
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from bot.channels.channel import Outgoing, Postponed
from bot.channels.mail.oauth import AccessTokens, SignInOver
from bot.channels.mail.oauth.sign_in import SignInFailed, sign_in
from bot.channels.mail.oauth.token_endpoint import Granted, ServiceAway
from handlers.mailbox.owner_notes import SIGN_IN_OVER
from handlers.messages import Message, Reply
from storage.mail import owner_notes
from storage.models import MailboxFolder, OAuthAccount
from storage.sealing.key_ring import KeyRing
from tests.fakes.platforms.mail_channel import SECRET, TRUSTING
from tests.fakes.servers.dovecot import Dovecot
from tests.fakes.servers.oauth_service import oauth_service
from tests.fakes.servers.ports import free_port
from tests.fakes.servers.programs import needed

USER = "billify@example.com"


@pytest.fixture
async def service():
    async with oauth_service() as running:
        yield running


@pytest.fixture
def tokens(office, service):
    return AccessTokens(office.database, KeyRing([SECRET.newest]), {"microsoft": service.service()})


async def signed_in(tokens, service):
    granted = await sign_in(service.service(), USER, lambda *_: None)
    await tokens.keep(USER, "microsoft", granted)


async def test_a_person_enters_a_code_on_any_device(service):
    service.pending = ["authorization_pending", "authorization_pending"]
    told = []
    granted = await sign_in(service.service(), USER, lambda *said: told.append(said))
    assert told == [("https://sign.in/device", "ABC-DEF")]
    assert (granted.access, granted.refresh) == ("access-0", "refresh-secret")
    assert {form.get("device_code") for form in service.asked[1:]} == {"device-1"}


async def test_google_lets_in_by_the_browser_of_this_machine(service):
    opened = asyncio.get_running_loop().create_future()
    going = asyncio.create_task(sign_in(service.service("google", "s3"), USER, lambda url, _: opened.set_result(url)))
    asked = {name: value[0] for name, value in parse_qs(urlsplit(await opened).query).items()}
    assert (asked["login_hint"], asked["code_challenge_method"]) == (USER, "S256")
    service.challenge = asked["code_challenge"]
    async with aiohttp.ClientSession() as browser:
        await browser.get(asked["redirect_uri"], params={"state": "guessed", "code": "evil"})
        await browser.get(asked["redirect_uri"], params={"state": asked["state"], "code": "code-1"})
    granted = await going
    assert granted.refresh == "refresh-secret"
    assert (service.asked[-1]["code"], service.asked[-1]["client_secret"]) == ("code-1", "s3")


@pytest.mark.parametrize(
    ("refuses", "offline", "says"),
    [("access_denied", True, "let nobody in"), ("expired_token", True, "try again"), ("", False, "offline access")],
)
async def test_a_sign_in_that_fails_says_what_to_do(service, refuses, offline, says):
    service.refuses, service.offline = refuses, offline
    with pytest.raises(SignInFailed, match=says):
        await sign_in(service.service(), USER, lambda *_: None)


async def test_tokens_are_kept_encrypted_and_used_while_they_are_good(tokens, service, office):
    await signed_in(tokens, service)
    assert await tokens.access(USER) == await tokens.access(USER.upper()) == "access-0"
    with office.database.transaction() as session:
        account = session.get(OAuthAccount, USER)
        assert b"refresh-secret" not in account.sealed and b"access-0" not in account.sealed
    other = AccessTokens(
        office.database, KeyRing([b"another secret, just as long!!!!"]), {"microsoft": service.service()}
    )
    with pytest.raises(SignInOver, match=r"document\.key"):
        await other.access(USER)


async def test_a_token_is_renewed_before_it_expires(tokens, service):
    service.seconds = 200
    await signed_in(tokens, service)
    service.seconds = 3600
    assert [await tokens.access(USER), await tokens.access(USER)] == ["access-1", "access-1"]
    assert service.asked[-1]["refresh_token"] == "refresh-secret"


async def test_the_owner_is_told_once_that_a_sign_in_is_over(tokens, service, office):
    service.seconds = 1
    await signed_in(tokens, service)
    service.refuses = "invalid_grant"
    for _ in range(2):
        with pytest.raises(SignInOver, match="AADSTS700082"):
            await tokens.access(USER)
    with office.database.transaction() as session:
        (note,) = owner_notes.since(session, datetime(2025, 1, 1, tzinfo=UTC))
        assert (note.kind, note.values["user"]) == (SIGN_IN_OVER, USER)
        assert "Trace" not in note.values["reason"]
    service.refuses = ""
    await signed_in(tokens, service)
    assert await tokens.access(USER) == "access-2"


async def test_a_service_that_is_away_ends_nothing(tokens, service):
    service.seconds = 1
    await signed_in(tokens, service)
    service.status = 503
    with pytest.raises(ServiceAway):
        await tokens.access(USER)
    service.status = 200
    assert await tokens.access(USER)


async def test_nobody_signed_in_yet(tokens):
    with pytest.raises(SignInOver, match="billify connect mail"):
        await tokens.access(USER)


@pytest.fixture
def dovecot_with_oauth(service):
    """A Dovecot that asks the service whether a token is good."""
    program = needed("dovecot", "dovecot-imapd dovecot-lmtpd", ["/usr/sbin", "/usr/local/sbin"])
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    (folder / "oauth2.conf").write_text(
        f"tokeninfo_url = {service.url}/about?access_token=\nusername_attribute = email\n"
    )
    settings = (
        "auth_mechanisms = plain xoauth2 oauthbearer\n"
        f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder}/oauth2.conf\n}}\n"
    )
    server = Dovecot(program, folder, settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def test_a_mailbox_is_read_with_a_token(office, service, dovecot_with_oauth, write):
    url = f"imap://billify%40example.com@127.0.0.1:{dovecot_with_oauth.imap_port}/INBOX"
    options = replace(TRUSTING, services={"microsoft": service.service()})
    await AccessTokens(office.database, KeyRing([SECRET.newest]), options.services).keep(
        USER, "microsoft", await sign_in(service.service(), USER, lambda *_: None)
    )
    mail = office.mail(imap_url=url, options=options)
    listening = asyncio.create_task(mail.listen(office.accepting))
    try:
        await asyncio.to_thread(_deliver_until_taken, dovecot_with_oauth, write("what is due?"), office)
        assert (await office.accepting.take()).text == "what is due?"
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


def _deliver_until_taken(server, mail, office):
    """Delivers after the mailbox was connected, which is when reading begins."""
    for _ in range(100):
        with office.database.transaction() as session:
            if session.get(MailboxFolder, 1):
                break
        time.sleep(0.05)
    with smtplib.LMTP(server.host, server.lmtp_port) as connection:
        connection.sendmail("anna@example.com", ["billify@example.com"], mail.as_bytes())


class Relay:
    """A mail server that lets in by XOAUTH2 alone."""

    def __init__(self):
        self.logins, self.mails = [], []

    async def auth_XOAUTH2(self, server, args):  # noqa: N802 - aiosmtpd finds it by this name
        self.logins.append(b64decode(args[1]))
        return AuthResult(success=True, auth_data="x")

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.mails.append(envelope.content)
        return "250 OK"


async def test_answers_go_out_with_a_token(office, service):
    relay, port = Relay(), free_port()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(relay, auth_require_tls=False, loop=asyncio.get_running_loop()), "127.0.0.1", port
    )
    options = replace(TRUSTING, services={"microsoft": service.service()})
    mail = office.mail(smtp_url=f"smtp://billify%40example.com@127.0.0.1:{port}", options=options)
    message = Message("mail:one@x/0123456789ab", "mail", "one@x", "anna@example.com", datetime.now(UTC))
    with pytest.raises(Postponed, match="billify connect mail"):
        await mail.send(Outgoing(f"{message.key}#0", Reply("hello"), message))
    granted = Granted("token-1", "refresh", 3600)
    await AccessTokens(office.database, KeyRing([SECRET.newest]), options.services).keep(USER, "microsoft", granted)
    await mail.send(Outgoing(f"{message.key}#0", Reply("hello"), message))
    server.close()
    assert relay.logins == [b"user=billify@example.com\x01auth=Bearer token-1\x01\x01"]
    assert len(relay.mails) == 1
