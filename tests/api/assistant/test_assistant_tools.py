"""Tools of assistants over HTTP: questions are answered, changes only proposed, by the rights of the token's person."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from handlers.messages import Message, Reply
from storage.models import Role
from storage.people import people
from tests.fakes.books.desk import NOW
from tests.fakes.books.programs import Api


async def _call(client: httpx.AsyncClient, tool: str, **arguments: Any) -> dict[str, Any]:
    answer = await client.post("/assistant/calls", json={"tool": tool, "arguments": arguments})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def _answer(api: Api, message: Message) -> tuple[Reply, ...]:
    return await api.desk.conversation.respond(message)


QUESTIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("Due", {}, ["1,249.50", "Acme"]),
    ("Due", {"vendor": "acme"}, ["1,249.50"]),
    ("Due", {"until": "2025-03-28"}, ["Nothing"]),
    ("Due", {"since": "2025-04-01", "until": "2025-04-30"}, ["1,249.50"]),
    ("Find", {"at_least": "1000"}, ["Acme"]),
    ("Find", {"text": "A-1"}, ["Acme"]),
    ("ShowBill", {"bill_hint": "Acme"}, ["1,249.50", "A-1"]),
    ("History", {"bill_id": 1}, ["Olga"]),
    ("Balance", {}, ["5,000"]),
    ("Balance", {"account": "bank"}, ["5,000"]),
    ("Spend", {"since": "2025-01-01", "until": "2025-12-31", "by": "vendor"}, ["Acme"]),
    ("in_words", {"text": "was ist fällig?"}, ["1.249,50"]),
    ("in_words", {"text": "what do we owe Acme, and what is on the bank?"}, ["1,249.50", "5,000"]),
    ("in_words", {"text": "zorgle the frumious"}, []),
]


async def test_questions_are_answered_as_in_a_chat(client: httpx.AsyncClient, api: Api) -> None:
    for tool, arguments, words in QUESTIONS:
        told = await _call(client, tool, **arguments)
        assert told["kind"] == "answer" and told["confirm"] is None and told["text"], (tool, arguments)
        assert all(each in told["text"].replace("\xa0", " ") for each in words), told["text"]
    assert not any(message.notice for message in api.accepted)


@pytest.mark.parametrize(
    ("tool", "arguments", "bill", "state"),
    [
        ("Confirm", {"bill_hint": "Globex"}, 2, "confirmed"),
        ("Confirm", {"bill_id": 2}, 2, "confirmed"),
        ("Pay", {"vendor": "Acme"}, 1, "paid"),
        ("Pay", {"vendor": "Acme", "on": "2025-03-20"}, 1, "paid"),
        ("in_words", {"text": "bitte die Rechnung von Acme als bezahlt buchen"}, 1, "paid"),
    ],
)
async def test_a_change_is_proposed_where_the_person_is_and_done_by_its_button(
    client: httpx.AsyncClient, api: Api, tool: str, arguments: dict[str, Any], bill: int, state: str
) -> None:
    with api.desk.database.transaction() as session:
        owner = people.find_person(session, "terminal", "owner")
        assert owner is not None
        people.link_address(session, owner.id, "telegram", "77", by=owner.id, now=NOW)
    before = (await client.get(f"/bills/{bill}")).json()
    told = await _call(client, tool, **arguments)
    assert told["kind"] == "proposal" and told["confirm"]["sent_to"] == "telegram" and told["confirm"]["sentence"]
    assert (await client.get(f"/bills/{bill}")).json() == before, "nothing is done by a proposal"
    notice = api.accepted[-1]
    (card,) = await _answer(api, notice)
    assert "test" in card.text and "in your name" in card.text, card.text
    (yes,) = [choice for choice in card.choices if choice.style == "primary"]
    sent = f"{notice.key}/0"
    pressed = Message("telegram:p1", "telegram", notice.conversation, "77", NOW, choice=yes.id, answers=sent)
    await _answer(api, pressed)
    assert (await client.get(f"/bills/{bill}")).json()["state"] == state


async def test_a_repeated_call_proposes_once(client: httpx.AsyncClient, api: Api) -> None:
    with api.desk.database.transaction() as session:
        owner = people.find_person(session, "terminal", "owner")
        assert owner is not None
        people.link_address(session, owner.id, "telegram", "77", by=owner.id, now=NOW)
    said = {"tool": "Pay", "arguments": {"vendor": "Acme"}}
    once = {"Idempotency-Key": "pay-acme"}
    first = await client.post("/assistant/calls", json=said, headers=once)
    again = await client.post("/assistant/calls", json=said, headers=once)
    assert first.json() == again.json()
    assert len({message.key for message in api.accepted if message.notice}) == 1


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("Nonsense", {}, 422, "Nonsense"),
    ("MakeToken", {"name": "x"}, 422, "MakeToken"),
    ("GrantRight", {}, 422, "GrantRight"),
    ("Due", {"until": "soon"}, 422, "no day"),
    ("Due", {"colour": "red"}, 422, "no such field"),
    ("Spend", {"category": "unicorns"}, 422, "unicorns"),
    ("ShowBill", {"bill_id": 99}, 404, ""),
    ("History", {"bill_id": "1"}, 422, "1"),
    ("Export", {}, 422, "Export"),
    ("HandOver", {"who": "Olga"}, 422, "HandOver"),
    ("in_words", {"text": "make Olga an approver"}, 422, "people"),
    ("in_words", {"text": "create an API token for me"}, 422, "people"),
    ("in_words", {"text": "revoke token 1"}, 422, "people"),
    ("in_words", {"text": "undo, and pay acme"}, 422, "one thing"),
    ("in_words", {}, 422, "text"),
]


async def test_what_cannot_be_asked_for_is_refused_with_what_to_do(client: httpx.AsyncClient) -> None:
    for tool, arguments, status, words in REFUSED:
        answer = await client.post("/assistant/calls", json={"tool": tool, "arguments": arguments})
        assert answer.status_code == status and words in answer.json()["detail"], answer.text


async def test_a_token_that_only_reads_neither_sees_nor_makes_proposals(api: Api) -> None:
    async with api.client(api.token(scopes=["assistant:read"])) as reading:
        tools = (await reading.get("/assistant/tools")).json()["tools"]
        assert {"Due", "in_words"} <= {tool["name"] for tool in tools}
        assert not any(tool["changes"] for tool in tools)
        assert (await _call(reading, "Due"))["text"]
        refused = await reading.post("/assistant/calls", json={"tool": "Pay", "arguments": {"vendor": "Acme"}})
        assert refused.status_code == 403 and "assistant:write" in refused.json()["detail"]
        assert (await reading.get("/bills")).status_code == 403
    async with api.client(api.token(scopes=["bills:read"])) as other:
        assert (await other.get("/assistant/tools")).status_code == 403


async def test_what_the_person_may_not_the_assistant_may_not(api: Api) -> None:
    with api.desk.database.transaction() as session:
        code = people.invite(session, "Ben", invited_by=1, now=NOW, role=Role.MEMBER)
    await api.desk.say(code, sender="ben")
    async with api.client(api.token("ben")) as bens:
        assert "1,249.50" not in (await _call(bens, "Due"))["text"].replace("\xa0", " ")
        refused = await bens.post("/assistant/calls", json={"tool": "Pay", "arguments": {"vendor": "Acme"}})
        assert refused.status_code == 403, refused.text
        assert (await bens.post("/assistant/calls", json={"tool": "Balance", "arguments": {}})).status_code == 403
