"""Documents in an S3-compatible store, over HTTP: kept whole, sealed, and waited for while the store is away."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.processing.durable.patience import is_passing
from storage.blobs.blobs import Blobs, open_blobs
from storage.blobs.object_store import ObjectStore
from storage.documents.document_store import DocumentStore
from storage.errors import BadStore, DocumentDamaged, StoreAway
from tests.fakes.servers.s3_server import S3Server, s3_server

KEY = bytes(range(32))


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    with s3_server() as running:
        yield running


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "folder":
        return open_blobs(tmp_path / "documents")
    return open_blobs(request.getfixturevalue("server").address(tmp_path.name))


async def test_what_is_kept_comes_back_sealed_and_is_forgotten(place: Blobs) -> None:
    store = DocumentStore(place, KEY)
    small, large = await store.put(b"IBAN DE89"), await store.put(bytes(6_000_000))
    assert await store.put(b"IBAN DE89") == small
    assert (await store.get(small), await store.get(large)) == (b"IBAN DE89", bytes(6_000_000))
    assert store.names() == {small, large}
    assert b"IBAN" not in place.read(f"{small[:2]}/{small}")
    now = datetime.now(UTC)
    assert await store.stored_before(now - timedelta(hours=1)) == []
    assert sorted(await store.stored_before(now + timedelta(hours=1))) == sorted([small, large])

    await store.discard(small)
    await store.discard(small)

    with pytest.raises(FileNotFoundError):
        await store.get(small)
    assert store.names() == {large}


async def test_no_object_stands_in_for_another(place: Blobs) -> None:
    store = DocumentStore(place, KEY)
    one, other = await store.put(b"one"), await store.put(b"other")
    place.write(f"{one[:2]}/{one}", place.read(f"{other[:2]}/{other}"))
    with pytest.raises(DocumentDamaged):
        await store.get(one)


def test_what_is_listed_has_its_size_and_its_folder(place: Blobs) -> None:
    place.write("a/one", b"12345")
    place.write("b/two", b"")
    assert sorted((blob.name, blob.size) for blob in place.each()) == [("a/one", 5), ("b/two", 0)]
    assert [blob.name for blob in place.each("a/")] == ["a/one"]
    assert list(place.each("c/")) == []


def test_who_asks_at_once_from_many_threads_gets_each_its_own(place: Blobs) -> None:
    def ask(number: int) -> None:
        place.write(f"t/{number}", str(number).encode())
        found[number] = place.read(f"t/{number}")

    found: dict[int, bytes] = {}
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: str(number).encode() for number in range(8)}


async def test_a_store_that_is_away_for_a_moment_is_waited_for() -> None:
    with s3_server() as server:
        store = DocumentStore(open_blobs(server.address("away")), KEY)
        await store.put(b"before")
        server.stop()
        asked = asyncio.create_task(store.put(b"meanwhile"))
        await asyncio.sleep(1)
        assert not asked.done()
        await asyncio.to_thread(server.start)
        assert await store.get(await asked) == b"meanwhile"


async def test_a_store_that_stays_away_is_no_fault_of_the_message() -> None:
    with s3_server() as server:
        store = DocumentStore(ObjectStore(server.address("away"), patience=1), KEY)
        kept = await store.put(b"before")
        server.stop()
        begun = time.monotonic()
        with pytest.raises(StoreAway, match="s3://billify") as away:
            await store.get(kept)
    assert is_passing(away.value), "the worker waits and goes on, as when a disk is full"
    assert time.monotonic() - begun < 60


def test_a_bucket_that_is_not_there_is_no_missing_document(server: S3Server) -> None:
    place = open_blobs(f"s3://nobodys?endpoint_url={server.url}")
    for ask in (lambda: place.read("a/b"), lambda: place.write("a/b", b""), lambda: list(place.each())):
        with pytest.raises(StoreAway, match="no bucket “nobodys”"):
            ask()


@pytest.mark.parametrize("address", ["ftp://host/folder", "s3://", "file:///x"])
def test_an_address_of_no_store_is_refused(address: str) -> None:
    with pytest.raises(BadStore, match="s3://bucket/folder"):
        open_blobs(address)
