"""Two machines that share a PostgreSQL server and an object store, and no folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pydantic import SecretStr

from bot.application.app import open_app
from bot.application.secret_files import secrets_of
from bot.console.audit import verify
from tests.fakes.kept import kept_books
from tests.fakes.servers.s3_server import s3_server


async def test_what_one_machine_keeps_the_other_serves(postgres_url: str, tmp_path: Path) -> None:
    with s3_server() as server:
        listening, working = (
            kept_books.settings(
                tmp_path / name,
                server.address("backups"),
                postgres_url,
                documents_url=server.address("documents"),
                document_key=SecretStr("ab" * 32),
                secret_key=SecretStr("cd" * 32),
            )
            for name in ("one", "other")
        )
        async with open_app(listening, "web.1@one") as one, kept_books.serving(working, "worker.1@other") as other:
            confirming = await kept_books.fill(one, bills=2)
            await kept_books.accept(one, confirming)
            await kept_books.answered(one, confirming)
            assert other.documents.names() == one.documents.names() != set()
            assert {other.documents.fetch(name)[:7] for name in one.documents.names()} == {b"invoice"}
            with other.database.reading() as session:
                assert kept_books.counts(session)[1:] == (2, 2, 0)
        assert secrets_of(listening)[0].newest == secrets_of(working)[0].newest
        await verify(listening)
        async with open_app(working, "audit@other") as other:
            noted = await asyncio.to_thread(other.heads.noted, 1)
        assert noted is not None and noted.position > 0, "where the audit ends is known to both"
        kept = {path.name for home in ("one", "other") for path in (tmp_path / home).iterdir()}
        assert kept <= {"audit.lock"}, "nothing else lies in a home folder"
