"""Originals: sealed, whole, and only ours to open."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.documents.document_store import DocumentStore
from storage.errors import DocumentDamaged

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore(tmp_path / "documents", KEY)


def stored_files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "documents").rglob("*") if path.is_file()]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=100_000))
async def test_what_is_put_comes_back(store: DocumentStore, data: bytes) -> None:
    sha256 = await store.put(data)
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert await store.put(data) == sha256
    assert await store.get(sha256) == data


async def test_nobody_reads_it_on_the_disk_or_by_file_rights(store: DocumentStore, tmp_path: Path) -> None:
    await store.put(b"IBAN DE89 3704 0044 0532 0130 00")
    (file,) = stored_files(tmp_path)
    assert b"IBAN" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_what_was_discarded_is_gone(store: DocumentStore) -> None:
    sha256 = await store.put(b"x")
    await store.discard(sha256)
    await store.discard(sha256)
    with pytest.raises(FileNotFoundError):
        await store.get(sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 64, "0" * 63 + "\n"])
async def test_what_was_never_kept_is_not_found(store: DocumentStore, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        await store.get(name)


async def test_another_key_does_not_open_it(store: DocumentStore, tmp_path: Path) -> None:
    sha256 = await store.put(b"secret")
    with pytest.raises(DocumentDamaged, match="the document key is not the one"):
        await DocumentStore(tmp_path / "documents", secrets.token_bytes(32)).get(sha256)


@pytest.mark.parametrize("position", [0, 5, 20, -1])
async def test_an_altered_file_is_noticed(store: DocumentStore, tmp_path: Path, position: int) -> None:
    sha256 = await store.put(b"pay 100 to Acme" * 10)
    (file,) = stored_files(tmp_path)
    sealed = bytearray(file.read_bytes())
    sealed[position] ^= 1
    file.write_bytes(sealed)
    with pytest.raises(DocumentDamaged):
        await store.get(sha256)


@pytest.mark.parametrize("kept", [0, 3, 10, 20])
async def test_a_file_cut_short_is_noticed(store: DocumentStore, tmp_path: Path, kept: int) -> None:
    sha256 = await store.put(b"pay 100 to Acme")
    (file,) = stored_files(tmp_path)
    os.truncate(file, kept)
    with pytest.raises(DocumentDamaged):
        await store.get(sha256)


async def test_one_document_cannot_stand_in_for_another(store: DocumentStore, tmp_path: Path) -> None:
    one, other = await store.put(b"one"), await store.put(b"other")
    files = {path.name: path for path in stored_files(tmp_path)}
    files[one].write_bytes(files[other].read_bytes())
    with pytest.raises(DocumentDamaged):
        await store.get(one)
