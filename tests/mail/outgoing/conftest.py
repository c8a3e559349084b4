"""A desk whose answers leave by a relay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage.db.database import Database
from storage.models import Role
from storage.people import people
from tests.fakes.books.desk import NOW, paper
from tests.fakes.books.small_company import ACME
from tests.fakes.platforms.mail_channel import PDF
from tests.fakes.platforms.mail_post import Post
from tests.fakes.servers.smtp_relay import Relay


@pytest.fixture
def relay() -> Relay:
    return Relay()


@pytest.fixture
def make_post(ledger: Database, tmp_path: Path, relay: Relay) -> Callable[..., Post]:
    """A post office with these options; Olga has mail and the terminal, Max mail alone."""

    def made(papers: Any = None, **options: Any) -> Post:
        post = Post(ledger, tmp_path, relay, papers or {PDF.decode(): paper(**ACME)}, **options)
        with ledger.transaction() as session:
            people.ensure_owner(session, "Olga", [("mail", "olga@example.com")], NOW)
            code = people.invite(session, "Max", invited_by=1, now=NOW)
            max_ = people.redeem(session, code, "mail", "max@example.com", NOW)
            assert max_ is not None
            people.appoint(session, max_, Role.APPROVER, by=1, now=NOW)
        return post

    return made


@pytest.fixture
def post(make_post: Callable[..., Post]) -> Post:
    return make_post()
