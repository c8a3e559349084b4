"""Our mail server as programs and relays use it: TLS, passwords, addresses of every form, LMTP's answers."""

from __future__ import annotations

import asyncio
import datetime
import smtplib
import ssl
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.channels.channel import ChannelMisconfigured
from bot.channels.mail.options import MailOptions
from bot.channels.mail.smtp import protocols
from bot.channels.mail.smtp import server as mail_server
from storage.people import people
from tests.fakes.platforms.mail_channel import ADDRESS, BEGAN, Office
from tests.fakes.servers.ports import free_port, opened

USERS = {"anna@example.com": "open sesame", "Scanner@Example.com": "paper"}


def write(sender="anna@example.com", text="what is due?", message_id="<one@example.com>"):
    return f"From: {sender}\r\nMessage-ID: {message_id}\r\n\r\n{text}\r\n".encode()


@pytest.fixture
def certificate(tmp_path):
    """Writes a certificate for localhost with its key; returns the options that name them."""

    def written(serial=1):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        now = datetime.datetime.now(datetime.UTC)
        made = x509.CertificateBuilder(name, name, key.public_key(), serial, now, now + datetime.timedelta(days=1))
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        signed = made.sign(key, hashes.SHA256())
        (tmp_path / "chain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        (tmp_path / "key.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return MailOptions(users=USERS, certificate=tmp_path / "chain.pem", key=tmp_path / "key.pem")

    return written


@pytest.fixture
def colleague(office):
    """Lets somebody else use Billify."""

    def joined(address):
        with office.database.transaction() as session:
            code = people.invite(session, address, invited_by=office.anna, now=BEGAN)
            people.redeem(session, code, "mail", address, BEGAN)

    return joined


@pytest.fixture
def submitting(office: Office, monkeypatch):
    """Runs `talk(connection)` with smtplib against a submission port of these options."""
    monkeypatch.setattr(protocols, "WRONG_PASSWORD_SECONDS", 0.01)

    async def run(options, talk, port=None):
        number = port or free_port()
        async with office.open(options=replace(options, submission_port=number)):
            await opened(number)

            def connect():
                with smtplib.SMTP("localhost", number) as connection:
                    return talk(connection)

            return await asyncio.to_thread(connect)

    return run


def trusting(options):
    return ssl.create_default_context(cafile=str(options.certificate))


async def test_a_program_logs_in_over_tls_and_sends(office, submitting, certificate):
    options = certificate()

    def talk(connection):
        connection.starttls(context=trusting(options))
        connection.login("anna@example.com", "open sesame")
        connection.sendmail("anna@example.com", [ADDRESS], write())

    await submitting(options, talk)
    message = await office.accepting.take()
    assert (message.sender, message.text) == ("anna@example.com", "what is due?")


async def test_a_program_sends_by_implicit_tls_after_its_login(office, certificate):
    """As scanners and phones do at port 465 (RFC 8314)."""
    options, port = certificate(), free_port()

    def talk():
        with smtplib.SMTP_SSL("localhost", port, context=trusting(options)) as connection:
            connection.ehlo()
            before = connection.docmd("MAIL", "FROM:<anna@example.com>")[0]
            assert not connection.has_extn("starttls")
            connection.login("anna@example.com", "open sesame")
            connection.sendmail("anna@example.com", [ADDRESS], write())
            return before

    async with office.open(options=replace(options, submissions_port=port)):
        await opened(port)
        assert await asyncio.to_thread(talk) == 530
    assert (await office.accepting.take()).text == "what is due?"


async def test_nothing_is_taken_before_tls_and_login(office, submitting, certificate):
    options = certificate()

    def talk(connection):
        connection.ehlo()
        answers = [connection.docmd("MAIL", "FROM:<anna@example.com>")[0], connection.docmd("AUTH", "PLAIN")[0]]
        assert not connection.has_extn("auth")
        connection.starttls(context=trusting(options))
        connection.ehlo()
        return [*answers, connection.docmd("MAIL", "FROM:<anna@example.com>")[0]]

    assert await submitting(options, talk) == [530, 530, 530]
    assert not office.accepting.calls


async def test_a_wrong_password_is_refused_and_few_can_be_tried(submitting, certificate):
    options = certificate()

    def talk(connection):
        connection.starttls(context=trusting(options))
        for password in ("", "guess", "open sesame "):
            with pytest.raises(smtplib.SMTPAuthenticationError):
                connection.login("anna@example.com", password)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            connection.login("anna@example.com", "open sesame")

    await submitting(options, talk)


async def test_on_this_machine_passwords_go_without_tls(office, submitting, colleague):
    colleague("scanner@example.com")

    def talk(connection):
        connection.login("SCANNER@example.com", "paper")
        connection.sendmail("x@example.com", [ADDRESS], write("scanner@example.com"))

    await submitting(MailOptions(users=USERS), talk)
    assert (await office.accepting.take()).sender == "scanner@example.com"


async def test_a_renewed_certificate_is_used_without_a_restart(office, submitting, certificate):
    options = certificate(1)

    def serial(port):
        with smtplib.SMTP("localhost", port) as connection:
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection.starttls(context=context)
            seen = x509.load_der_x509_certificate(connection.sock.getpeercert(binary_form=True))
            return seen.serial_number

    port = free_port()

    def talk(_connection):
        before = serial(port)
        certificate(2)
        return before, serial(port)

    assert await submitting(options, talk, port) == (1, 2)


@pytest.mark.parametrize(
    ("host", "options", "port", "names"),
    [
        ("127.0.0.1", MailOptions(), "submission_port", "BILLIFY_MAIL_USERS"),
        ("0.0.0.0", MailOptions(users=USERS), "submission_port", "BILLIFY_MAIL_CERTIFICATE"),
        ("127.0.0.1", MailOptions(), "submissions_port", "BILLIFY_MAIL_USERS"),
        ("127.0.0.1", MailOptions(users=USERS), "submissions_port", "SUBMISSIONS_PORT.*BILLIFY_MAIL_CERTIFICATE"),
    ],
)
async def test_a_port_for_logins_without_what_they_need_is_named(office, host, options, port, names):
    mail = office.mail(host=host, options=replace(options, **{port: free_port()}))
    with pytest.raises(ChannelMisconfigured, match=names):
        await mail.listen(office.accepting)


async def test_a_certificate_that_cannot_be_read_is_named(office, tmp_path):
    (tmp_path / "chain.pem").write_text("no certificate")
    options = MailOptions(certificate=tmp_path / "chain.pem")
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_MAIL_CERTIFICATE"):
        await office.mail(port=free_port(), options=options).listen(office.accepting)


@pytest.mark.parametrize(
    ("sender", "identity"),
    [
        ("änne@müller.example", "änne@xn--mller-kva.example"),
        ('"anna gruber"@example.com', '"anna gruber"@example.com'),
        ("δοκιμή@παράδειγμα.example", "δοκιμή@xn--hxajbheg2az3al.example"),
        ("Anna+Bills@Example.com", "anna+bills@example.com"),
    ],
)
async def test_addresses_of_every_form_are_taken(office, sender, identity, colleague):
    colleague(sender)

    def deliver():
        with smtplib.SMTP("127.0.0.1", office.smtp_port) as connection:
            assert connection.ehlo()[0] == 250 and connection.has_extn("smtputf8")
            answers = [
                connection.mail(sender, ["SMTPUTF8", "BODY=8BITMIME"]),
                connection.rcpt(ADDRESS),
                connection.data(write(f"Somebody <{sender}>")),
            ]
            assert [code for code, _ in answers] == [250, 250, 250], answers

    async with office.open():
        await asyncio.to_thread(deliver)
    assert (await office.accepting.take()).sender == identity


@pytest.mark.parametrize("to", ["postmaster@example.com", "Postmaster@EXAMPLE.com", "postmaster", "POSTMASTER"])
async def test_the_postmaster_is_reached(office, swaks, to):
    def deliver():
        with smtplib.SMTP("127.0.0.1", office.smtp_port) as connection:
            connection.ehlo()
            connection.mail("anna@example.com")
            return [
                connection.docmd("RCPT", f"TO:<{to}>")[0],
                connection.docmd("RCPT", "TO:<postmaster@else.where>")[0],
            ]

    async with office.open():
        assert await asyncio.to_thread(deliver) == [250, 550]


def lmtp(port, recipients, raw):
    """The answers to each recipient and, after the data, for each that was taken."""
    with smtplib.LMTP("127.0.0.1", port) as connection:
        connection.ehlo()
        connection.mail("anna@example.com")
        taken = [connection.rcpt(to)[0] for to in recipients]
        connection.putcmd("data")
        assert connection.getreply()[0] == 354
        connection.send(raw + b".\r\n")
        after = [connection.getreply()[0] for code in taken if code == 250]
        assert connection.noop()[0] == 250  # no answer too many
        return taken, after


async def test_lmtp_answers_for_each_recipient(office):
    recipients = [ADDRESS, "nobody@example.com", "billify+march@example.com", "postmaster@example.com"]
    async with office.open():
        answers = await asyncio.to_thread(lmtp, office.lmtp_port, recipients, write())
    assert answers == ([250, 550, 250, 250], [250, 250, 250])
    assert len(office.accepting.messages) == 1


async def test_lmtp_answers_for_each_recipient_that_a_mail_is_too_large_or_has_no_sender(office, monkeypatch):
    monkeypatch.setattr(mail_server, "SIZE_LIMIT", 2000)
    recipients = [ADDRESS, "billify+march@example.com"]
    async with office.open():
        large = await asyncio.to_thread(lmtp, office.lmtp_port, recipients, write(text="long " * 500))
        nobody = await asyncio.to_thread(lmtp, office.lmtp_port, recipients, write("undisclosed"))
    assert (large[1], nobody[1]) == ([552, 552], [554, 554])


async def test_a_size_that_is_told_beforehand_is_refused_at_once(office):
    def deliver():
        with smtplib.SMTP("127.0.0.1", office.smtp_port) as connection:
            connection.ehlo()
            return connection.mail("anna@example.com", [f"SIZE={mail_server.SIZE_LIMIT + 1}"])[0]

    async with office.open():
        assert await asyncio.to_thread(deliver) == 552
