"""The ring of keys: made once, noticed by others, rotated while everybody goes on writing."""

from __future__ import annotations

import hashlib
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text
from sqlmodel import select

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.errors import BadKey, DocumentDamaged
from storage.models import Conversation, Inbound, OAuthAccount, Post, SlackInstallation
from storage.sealing.columns import seal_columns
from storage.sealing.key_ring import (
    KeyRing,
    begin_rotation,
    finish_rotation,
    key_ring,
    load_or_create_secret,
    read_keys,
)
from storage.sealing.reseal import reseal_columns

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
NOW = datetime(2026, 11, 1, tzinfo=UTC)
CODE = "K7QM-2XWP-9TRD"


def test_a_key_is_made_once_even_when_many_ask_at_once(tmp_path: Path) -> None:
    file = tmp_path / "home" / "document.key"
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: load_or_create_secret(file), range(16)))
    assert keys == set(read_keys(file)) and len(keys.pop()) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_configured_keys_come_first_and_no_file_is_written(tmp_path: Path) -> None:
    sealed = KeyRing([KEY]).seal(b"x", "a")
    assert key_ring(tmp_path / "key", configured=f"{OTHER.hex()},{KEY.hex()}").open(sealed, "a") == b"x"
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_none_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="openssl rand -hex 32"):
        key_ring(tmp_path / "key", configured="hunter2")
    (tmp_path / "key").write_text("")
    with pytest.raises(BadKey, match=str(tmp_path)):
        key_ring(tmp_path / "key")


def test_what_is_sealed_stands_for_nothing_else() -> None:
    keys = KeyRing([KEY])
    with pytest.raises(InvalidTag):
        keys.open(keys.seal(b"x", "one"), "other")
    with pytest.raises(InvalidTag):
        KeyRing([OTHER]).open(keys.seal(b"x", "one"), "one")


def test_what_was_sealed_before_there_was_a_ring_opens(tmp_path: Path) -> None:
    nonce = bytes(12)
    bare = nonce + AESGCM(OTHER).encrypt(nonce, b"token", b"T1")
    original = b"BFY1" + nonce + AESGCM(KEY).encrypt(nonce, b"pdf", b"a")
    keys = KeyRing([KEY], former=[OTHER])
    assert keys.open(bare, "T1") == b"token" and keys.open(original, "a") == b"pdf"
    assert not keys.is_current(bare) and not keys.is_current(original)


def test_rotating_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    file = tmp_path / "document.key"
    first = load_or_create_secret(file)
    begin_rotation(file)
    begun = read_keys(file)
    assert len(begun) == 2 and begun[1] == first
    begin_rotation(file)
    assert read_keys(file) == begun, "a rotation that was begun is finished first"
    assert finish_rotation(file) == 1 and read_keys(file) == begun[:1]


def test_it_rotates_while_another_process_writes(tmp_path: Path) -> None:
    """The other process has a ring of its own over the same file, as it would have."""
    file = tmp_path / "keys" / "document.key"
    theirs, ours = key_ring(file), key_ring(file)
    writing = DocumentStore(tmp_path / "documents", theirs)
    before = [writing.keep(b"before %d" % n) for n in range(20)]
    stop, during = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            during.append(writing.keep(b"during %d" % len(during)))

    writer = threading.Thread(target=write)
    writer.start()
    begin_rotation(file)
    store = DocumentStore(tmp_path / "documents", ours)
    store.reseal()
    stop.set()
    writer.join()
    assert store.reseal() == 0, "what was written meanwhile lies under the new key"
    finish_rotation(file)

    fresh = DocumentStore(tmp_path / "documents", KeyRing(file=file))
    for sha256 in (*before, *during):
        assert hashlib.sha256(fresh.fetch(sha256)).hexdigest() == sha256


def test_texts_and_sign_ins_lie_sealed_and_move_to_the_new_key(tmp_path: Path, database: Database) -> None:
    file = tmp_path / "document.key"
    keys = key_ring(file)
    with database.transaction() as session:
        session.add(Post(key="plain", channel="web", conversation="1", message=f'"{CODE}"', changed_at=NOW))
        session.add(Conversation(channel="web", conversation="1", last={"text": CODE}))
    seal_columns(database.engine, keys)
    with database.transaction() as session:
        session.add(Inbound(key="k", channel="web", conversation="1", served_at=NOW, replies=f'["{CODE}"]'))
        session.add(Conversation(channel="web", conversation="2", pending={"of": CODE}))
        session.add(SlackInstallation(workspace="T1", sealed=keys.seal(b"xoxb", "T1"), installed_at=NOW))
        account = OAuthAccount(user="a@b.c", provider="google", sealed=keys.seal(b"ya29", "a@b.c"), expires_at=NOW)
        session.add(account)

    begin_rotation(file)
    assert reseal_columns(database.engine, keys) == 6
    assert reseal_columns(database.engine, keys) == 0
    finish_rotation(file)

    with database.engine.connect() as connection:
        kept = [
            str(value)
            for rows in ("message FROM post", "replies FROM inbound", "pending, last FROM conversation")
            for row in connection.execute(text(f"SELECT {rows}"))
            for value in row
        ]
    assert len(kept) == 6 and not any(CODE in one for one in kept)
    fresh = KeyRing(file=file)
    seal_columns(database.engine, fresh)
    with database.reading() as session:
        assert session.get_one(Inbound, "k").replies == f'["{CODE}"]'
        one, other = session.exec(select(Conversation).order_by(Conversation.conversation)).all()
        assert (one.last, one.pending, other.last, other.pending) == ({"text": CODE}, None, None, {"of": CODE})
        assert fresh.open(session.get_one(SlackInstallation, "T1").sealed, "T1") == b"xoxb"
        assert fresh.open(session.get_one(OAuthAccount, "a@b.c").sealed, "a@b.c") == b"ya29"

    seal_columns(database.engine, KeyRing([KEY]))
    with database.reading() as session, pytest.raises(DocumentDamaged, match=r"document\.key"):
        session.get_one(Inbound, "k")
