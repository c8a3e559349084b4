"""Where am I signed in, and sign me out: said on any channel."""

from __future__ import annotations

import pytest

from handlers.language.translation import speaking
from handlers.requests import EndWebSessions, ShowWebSessions
from handlers.understand.interpreter import understand
from handlers.understand.text.sentence_context import SentenceContext
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.people import attempts, people, web_sessions
from tests.fakes.books.desk import NOW, Desk

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


@pytest.mark.parametrize(
    ("said", "request_"),
    [
        ("where am I signed in?", ShowWebSessions()),
        ("on which devices am I logged in?", ShowWebSessions()),
        ("show my sessions", ShowWebSessions()),
        ("wo bin ich angemeldet?", ShowWebSessions()),
        ("wo bin ich überall eingeloggt", ShowWebSessions()),
        ("zeig mir meine Sitzungen", ShowWebSessions()),
        ("sign me out everywhere", EndWebSessions()),
        ("please log me out everywhere", EndWebSessions()),
        ("log me out of all devices", EndWebSessions()),
        ("end all my sessions", EndWebSessions()),
        ("melde mich überall ab", EndWebSessions()),
        ("bitte melde mich überall ab", EndWebSessions()),
        ("überall abmelden", EndWebSessions()),
        ("beende alle meine Sitzungen", EndWebSessions()),
        ("sign me out of browser 2", EndWebSessions(2)),
        ("sign out 1", EndWebSessions(1)),
        ("end session 3", EndWebSessions(3)),
        ("melde mich von 2 ab", EndWebSessions(2)),
        ("beende Sitzung 1", EndWebSessions(1)),
    ],
)
def test_what_is_asked_for(said: str, request_: object) -> None:
    with speaking("en"):
        assert understand(said, SentenceContext(NOW.date())) == request_


async def test_browsers_are_listed_and_signed_out(database: Database, tmp_path) -> None:
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), {})
    assert "nowhere on the web" in await desk.say("where am I signed in?")
    with database.transaction() as session:
        owner = people.find_person(session, "terminal", "owner")
        people.link_address(session, owner.id, "web", "person-1", by=owner.id, now=NOW)
        tokens = [web_sessions.begin(session, "person-1", agent, now=NOW) for agent in (FIREFOX, PHONE, "")]
    heard = await desk.say("where am I signed in?")
    assert "1. Firefox, Linux" in heard and "2. Safari, iPhone" in heard and "3. A browser" in heard
    assert "Safari, iPhone" in await desk.say("sign out 2")
    assert "no such browser" in await desk.say("sign out 7")
    assert "in 2 Browsern abgemeldet" in await desk.say("melde mich überall ab")
    with database.transaction() as session:
        assert not any(web_sessions.find(session, token, now=NOW) for token in tokens)


@pytest.mark.parametrize("channel", ["telegram", "slack", "terminal", "mail"])
async def test_a_stranger_tries_ten_codes_and_no_more(database: Database, tmp_path, channel: str) -> None:
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), {})
    with database.transaction() as session:
        good = people.invite(session, "Eve", invited_by=1, now=NOW)

    async def tries(code: str) -> str:
        message = desk._message("eve", text=f"join {code}")
        return await desk.hear(type(message)(**{**vars(message), "channel": channel}))

    for n in range(attempts.MOST_BY_ONE):
        assert "Try again" not in await tries(f"0000-0000-{n:04}")
    assert "tried too often. Try again in 15 minutes" in await tries(good)
    with database.transaction() as session:
        assert people.find_person(session, channel, "eve") is None
