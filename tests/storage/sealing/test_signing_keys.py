"""The keys that sign: replaced while everybody goes on, counting until what they signed expires, then dropped."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.application.app import open_app
from bot.application.secret_files import secrets_of, signing_file
from bot.channels.mail.authentication import Authenticator, Client
from bot.channels.mail.marks.reply_tokens import ReplyTokens, SignedButton
from bot.channels.web.downloads import Downloads
from bot.console.keys import rotate
from config.settings import Settings
from handlers.messages import Attachment
from storage.errors import BadKey
from storage.sealing.signing_keys import (
    drop_signing_keys,
    read_signing_keys,
    replace_signing_key,
    signing_keys,
)
from tests.fakes.platforms.webchat import Chat, signed_in
from tests.fakes.servers.dns_zone import Zone
from tests.fakes.servers.dns_zone import zone as zone  # a fixture

NOW = datetime.now(UTC)
KEPT = timedelta(days=90)
ANNA = "anna@example.com"
BUTTON = SignedButton("mail:1#0", "confirm:7")
MAIL = b"From: Anna <anna@example.com>\r\nSubject: x\r\n\r\nhi\r\n"


def test_the_file_of_before_is_one_key_that_signs(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    file.write_text("ab" * 32 + "\n")
    keys = signing_keys(file, KEPT)
    assert keys.newest == bytes.fromhex("ab" * 32) and keys.accepted() == [keys.newest]


def test_another_process_notices_at_its_next_use(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    ours, theirs = signing_keys(file, KEPT), signing_keys(file, KEPT)
    first = theirs.newest
    assert replace_signing_key(file, KEPT, NOW) == 1
    assert theirs.newest == ours.newest != first
    assert theirs.accepted() == [ours.newest, first]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_counts_until_what_it_signed_expires_and_is_dropped_then(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    keys = signing_keys(file, KEPT)
    oldest, now = keys.newest, datetime.now(UTC)
    replace_signing_key(file, KEPT, now - KEPT + timedelta(minutes=5))
    replace_signing_key(file, KEPT, now)
    assert oldest in keys.accepted() and drop_signing_keys(file, KEPT, now) == 0
    assert drop_signing_keys(file, KEPT, now + timedelta(minutes=6)) == 1
    assert oldest not in keys.accepted() and oldest.hex() not in file.read_text()
    assert len(read_signing_keys(file)) == 2


def test_a_key_past_its_time_counts_no_more_though_no_clock_dropped_it(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    keys = signing_keys(file, KEPT)
    oldest = keys.newest
    replace_signing_key(file, KEPT, NOW - KEPT - timedelta(seconds=1))
    assert oldest.hex() in file.read_text() and keys.accepted() == [keys.newest]
    assert keys.at(NOW - timedelta(days=200)) == keys.newest


def test_what_is_sent_once_more_bears_the_mark_of_the_first_time(tmp_path: Path) -> None:
    """So that it is known as the same mail, also where the key was replaced between."""
    file = tmp_path / "secret.key"
    tokens = ReplyTokens(signing_keys(file, KEPT), "example.com")
    sent = NOW - timedelta(minutes=5)
    first, code = tokens.mark("k", ANNA, sent), tokens.code(BUTTON, ANNA, sent)
    replace_signing_key(file, KEPT, NOW)
    assert (tokens.mark("k", ANNA, sent), tokens.code(BUTTON, ANNA, sent)) == (first, code)
    assert tokens.mark("k", ANNA, NOW + timedelta(seconds=1)) != first


@pytest.mark.parametrize(
    "text", ["", "hunter2", "ab" * 32 + "\n" + "cd" * 32, "ab" * 32 + " yesterday", "ab" * 32 + " 2025-03-01T10:00:00"]
)
def test_a_file_that_is_none_is_refused_with_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.key").write_text(text)
    with pytest.raises(BadKey, match=r"openssl rand -hex 32.*backup"):
        signing_keys(tmp_path / "secret.key", KEPT)


async def test_nobody_notices_a_rotation_and_a_leaked_key_counts_no_more(
    tmp_path: Path, zone: Zone, capsys: pytest.CaptureFixture[str]
) -> None:
    """A signed-in browser, a link to a file, a mail's buttons and mark, and a mail that waits with our header."""
    settings = Settings(home=tmp_path / "home", owner_name="Olga")
    settings.home.mkdir()
    keys, _ = secrets_of(settings)
    chat = Chat(secret=keys)
    await chat.start()
    try:
        async with signed_in(chat) as anna:
            kept = Attachment("a.pdf", "application/pdf", sha256=await chat.files.put(b"%PDF-1.4 hello"))
            picture = Downloads(chat.files, chat.door, keys).links("anna")(kept)
            tokens = ReplyTokens(keys, "example.com")
            sent = NOW - timedelta(minutes=1)
            mark, link = tokens.mark("k", ANNA, sent), tokens.link(BUTTON, ANNA, sent)
            code = tokens.code(BUTTON, ANNA, sent)
            authenticator = Authenticator(keys, records=zone.resolver())
            waiting = await authenticator.stamp(MAIL, Client("127.0.0.1"))

            async def counts() -> list[bool]:
                async with anna.get("/") as page, anna.get(picture) as file:
                    return [
                        "Sign out" in await page.text(),
                        file.status == 200,
                        tokens.answered([mark], [ANNA], NOW) is not None,
                        tokens.pressed(f"[Confirm: {code}]", [ANNA], NOW) is not None,
                        tokens.linked(link, NOW) is not None,
                        (await authenticator.verdict(waiting)).aligned,
                    ]

            assert await counts() == [True] * 6
            first = keys.newest
            await rotate(settings)
            assert "at most 90 days" in capsys.readouterr().out
            assert keys.newest != first and await counts() == [True] * 6
            await rotate(settings, leaked=True)
            assert "has to sign in anew" in capsys.readouterr().out
            assert await counts() == [False] * 6
    finally:
        await chat.stop()
    async with open_app(settings, "web"):
        assert [each.replaced for each in read_signing_keys(signing_file(settings.home))] == [None]
