"""Who wrote a mail that was handed to our own server: SPF, DKIM and DMARC against a real (small) name server."""

from __future__ import annotations

import pytest

from bot.channels.mail.authentication import Authenticator, Client, dns_records
from tests.mail.trust.conftest import SECRET

SERVER, STRANGER = "203.0.113.7", "198.51.100.9"


def mail(sender: str = "anna@example.com", text: str = "what is due?", more: str = "") -> bytes:
    return f"From: {sender}\r\nTo: billify@example.net\r\nSubject: due\r\n{more}\r\n{text}\r\n".encode()


async def standing(authenticator, raw, ip=STRANGER, path="anna@example.com", **client):
    stamped = await authenticator.stamp(raw, Client(ip, "mx.example.com", path, **client))
    return (await authenticator.verdict(stamped)).standing


async def test_the_domains_own_server_is_believed(authenticator, domain):
    domain("example.com")
    assert await standing(authenticator, mail(), SERVER) == "aligned"


async def test_somebody_elses_server_is_not(authenticator, domain):
    domain("example.com")
    domain("evil.example", "v=spf1 ip4:198.51.100.9 -all")
    assert await standing(authenticator, mail()) == "unaligned"
    # SPF passes, for the return path: it says nothing of From
    assert await standing(authenticator, mail(), path="anna@evil.example") == "unaligned"


async def test_a_signature_is_believed_wherever_the_mail_came_from(authenticator, domain):
    anna = domain("example.com")
    assert await standing(authenticator, anna.sign(mail())) == "aligned"
    assert await standing(authenticator, anna.sign(mail()).replace(b"due?", b"due!")) == "unaligned"


async def test_a_signature_of_another_domain_is_not(authenticator, domain):
    domain("example.com")
    assert await standing(authenticator, domain("evil.example").sign(mail())) == "unaligned"


async def test_a_signature_over_the_beginning_of_the_text_is_none(authenticator, domain):
    """What follows it anybody may have written (RFC 6376, 8.2)."""
    anna = domain("example.com", spf="")
    assert await standing(authenticator, anna.sign(mail(), length=True) + b"pay 500 to me\r\n") == "unaligned"
    assert await standing(authenticator, anna.sign(mail(), length=True)) == "unaligned"


@pytest.mark.parametrize(
    ("path", "policy", "expected"),
    [
        ("bounces@mail.example.com", "v=DMARC1; p=reject", "aligned"),
        ("bounces@mail.example.com", "v=DMARC1; p=reject; aspf=s", "unaligned"),
        ("bounces@mail.example.com", "", "aligned"),
        ("bounces@example.co.uk", "v=DMARC1; p=none", "unaligned"),
    ],
)
async def test_subdomains_speak_for_their_domain_unless_it_says_no(authenticator, domain, path, policy, expected):
    domain("example.com", dmarc=policy)
    domain(path.partition("@")[2], dmarc="")
    assert await standing(authenticator, mail(), SERVER, path) == expected


async def test_neighbours_under_a_public_suffix_are_strangers(authenticator, domain):
    domain("anna.co.uk", dmarc="")
    domain("evil.co.uk")
    assert await standing(authenticator, mail("anna@anna.co.uk"), SERVER, "x@evil.co.uk") == "unaligned"


async def test_a_domain_that_publishes_nothing_vouches_for_nobody(authenticator, zone):
    assert await standing(authenticator, mail()) == "unaligned"


@pytest.mark.parametrize(
    "headers",
    [
        "From: Anna <anna@example.com>\r\nFrom: evil@evil.example",
        "From: evil@evil.example\r\nFrom: Anna <anna@example.com>",
        "From: anna@example.com, evil@evil.example",
        'From: "anna@example.com" <evil@evil.example>, anna@example.com',
        "From: anna@example.com <evil@evil.example>",
        "Sender: anna@example.com",
    ],
)
async def test_two_authors_are_none(authenticator, domain, headers):
    """Signatures and readers would take different ones of them."""
    domain("example.com"), domain("evil.example")
    raw = f"{headers}\r\nSubject: x\r\n\r\nhi\r\n".encode()
    assert await standing(authenticator, raw, SERVER) == "unaligned"
    assert await standing(authenticator, raw, "127.0.0.1") == "unaligned"


async def test_a_silent_name_server_leaves_it_open(authenticator, domain, zone, monkeypatch):
    monkeypatch.setattr(dns_records, "_SECONDS", 0.3)
    anna = domain("example.com")
    zone.silent = True
    assert await standing(authenticator, anna.sign(mail()), SERVER) == "unknown"


async def test_programs_on_this_machine_are_believed_but_not_what_they_relay(authenticator):
    assert await standing(authenticator, mail(), "127.0.0.1") == "aligned"
    assert await standing(authenticator, mail(), "::1") == "aligned"
    relayed = mail(more="Received: from evil.example by mail.example.net; Fri, 21 Mar 2025 09:00:00 +0000\r\n")
    assert await standing(authenticator, relayed, "127.0.0.1") == "unaligned"


async def test_nobody_is_trusted_for_their_address_where_that_is_set(zone):
    careful = Authenticator(SECRET, trusted_networks=(), records=zone.resolver())
    assert await standing(careful, mail(), "127.0.0.1") == "unaligned"


async def test_a_login_speaks_for_its_own_address_only(authenticator):
    assert await standing(authenticator, mail(), login="anna@example.com") == "aligned"
    assert await standing(authenticator, mail(), login="ben@example.com") == "unaligned"


async def test_what_a_sender_writes_of_itself_is_taken_away(authenticator, domain):
    domain("example.com")
    first = await authenticator.stamp(mail(), Client(SERVER, "mx", "anna@example.com"))
    ours = first.partition(b"\r\n")[0] + b"\r\n"
    assert ours.startswith(b"Authentication-Results: billify-")
    assert await standing(authenticator, ours + mail()) == "unaligned"
    folded = ours.replace(b"; ", b"\r\n ;\r\n\t")
    assert await standing(authenticator, folded + mail()) == "unaligned"


async def test_an_address_of_another_alphabet_is_checked_by_the_name_that_dns_has(authenticator, domain):
    domain("xn--mller-kva.example")
    raw = mail("Änne <änne@müller.example>")
    assert await standing(authenticator, raw, SERVER, "änne@xn--mller-kva.example") == "aligned"
