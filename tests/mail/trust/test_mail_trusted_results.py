"""Who wrote a mail that was fetched from a mailbox: what its server wrote on it counts, what a sender did does not."""

from __future__ import annotations

import pytest

from bot.channels.mail.authentication import Authenticator, Client
from tests.mail.trust.conftest import SECRET

GOOGLE = (
    "mx.google.com; dkim=pass header.i=@example.com header.s=2023 header.b=abc; spf=pass (google.com: domain of "
    "anna@example.com designates 203.0.113.7 as permitted sender) smtp.mailfrom=anna@example.com; "
    "dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=example.com"
)
MICROSOFT = (
    "spf=pass (sender IP is 203.0.113.7) smtp.mailfrom=example.com; dkim=pass (signature was verified) "
    "header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass reason=100"
)
RECEIVED = "Received: from mx.example.com by mail.example.net; Fri, 21 Mar 2025 09:00:00 +0000"


def mail(*headers: str) -> bytes:
    return "\r\n".join([*headers, "From: Anna <anna@example.com>", "Subject: due", "", "what is due?", ""]).encode()


def results(value: str) -> str:
    return f"Authentication-Results: {value}"


async def standing(zone, raw, *servers):
    return (await Authenticator(SECRET, servers=servers, records=zone.resolver()).verdict(raw)).standing


@pytest.mark.parametrize(
    ("server", "value"),
    [
        ("mx.google.com", GOOGLE),
        ("MX.Google.com", GOOGLE),
        ("microsoft", MICROSOFT),
        ("mail.example.net", "mail.example.net; dmarc=pass header.from=example.com"),
        ("mail.example.net", "mail.example.net 1; dkim=pass header.d=example.com"),
        ("mail.example.net", "mail.example.net; spf=pass smtp.mailfrom=bounce@news.example.com"),
        ("mail.example.net", "mail.example.net; auth=pass (login) smtp.auth=anna@example.com"),
    ],
)
async def test_the_servers_own_word_counts(zone, server, value):
    assert await standing(zone, mail(results(value), RECEIVED), server) == "aligned"
    assert await standing(zone, mail(RECEIVED, results(value)), server) == "aligned"
    assert await standing(zone, mail(results(value), RECEIVED)) == "unaligned"
    assert await standing(zone, mail(results(value), RECEIVED), "other.example.net") == "unaligned"


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.net; none",
        "mail.example.net; dmarc=fail header.from=example.com",
        "mail.example.net; dmarc=none header.from=example.com; spf=pass smtp.mailfrom=example.com",
        "mail.example.net; dmarc=pass header.from=evil.example",
        "mail.example.net; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=x@evil.example",
        "mail.example.net; auth=pass smtp.auth=ben@example.com",
        "mail.example.net; dmarc=pass header.from=example.com.evil.example",
        "mail.example.net.evil.example; dmarc=pass header.from=example.com",
        "mail.example.net dmarc=pass header.from=example.com",
        '"mail.example.net; dmarc=pass',
    ],
)
async def test_what_does_not_speak_for_the_author_does_not_count(zone, value):
    assert await standing(zone, mail(results(value)), "mail.example.net") == "unaligned"


async def test_what_the_server_should_have_taken_away_does_not_count(zone):
    forged = results("mail.example.net; dmarc=pass header.from=example.com")
    true = results("mail.example.net; spf=fail smtp.mailfrom=evil.example; dmarc=fail header.from=example.com")
    assert await standing(zone, mail(true, RECEIVED, forged), "mail.example.net") == "unaligned"
    assert await standing(zone, mail(RECEIVED, true, forged), "mail.example.net") == "unaligned"
    assert await standing(zone, mail(results("mail.example.net; none"), RECEIVED, forged), "mail.example.net") == (
        "unaligned"
    )
    single = results("mail.example.net; dmarc=fail header.from=example.com")
    assert await standing(zone, mail(RECEIVED, single, forged), "mail.example.net") == "unaligned"


async def test_two_milters_of_one_server_count_together(zone):
    dmarc, key = results("mail.example.net; dmarc=pass header.from=example.com"), results("mail.example.net; dkim=none")
    assert await standing(zone, mail(dmarc, key, RECEIVED), "mail.example.net") == "aligned"
    assert await standing(zone, mail(key, dmarc, RECEIVED), "mail.example.net") == "aligned"


async def test_our_own_header_on_a_fetched_mail_is_a_forgery_unless_it_has_our_name(zone):
    ours = results("billify-0123456789abcdef01234567; auth=pass smtp.auth=anna@example.com")
    assert await standing(zone, mail(ours)) == "unaligned"


async def test_signatures_count_where_no_server_says_anything(zone, domain):
    anna = domain("example.com")
    assert await standing(zone, anna.sign(mail(RECEIVED))) == "aligned"
    failed = results("mail.example.net; dmarc=fail header.from=example.com")
    assert await standing(zone, mail(failed) + b"", "mail.example.net") == "unaligned"


async def test_a_mail_server_in_front_of_ours_is_asked_the_same_way(zone):
    """By LMTP: its address says nothing of the author, what it wrote does."""
    ours = Authenticator(SECRET, servers=["mail.example.net"], records=zone.resolver())
    good = mail(results("mail.example.net; dmarc=pass header.from=example.com"), RECEIVED)
    for raw, expected in ((good, "aligned"), (mail(RECEIVED), "unaligned")):
        stamped = await ours.stamp(raw, Client("127.0.0.1", "mail.example.net", "anna@example.com", relay=True))
        assert (await ours.verdict(stamped)).standing == expected
