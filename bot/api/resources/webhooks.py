"""Webhooks: addresses that are told of events as they happen, each in the name of a token's person."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading, Writing
from bot.api.paging import Cursor, Limit, Page, page_of, place_of
from bot.api.resources.bill_actions import Said
from bot.api.resources.events import check_types, place_in_log
from bot.api.values import Id
from bot.api.work import Shape
from handlers import requests as asked
from handlers.context import Context
from handlers.people.access import webhooks as held
from storage.events import deliveries
from storage.models import Webhook as Row
from storage.models import WebhookDelivery, WebhookDeliveryState, WebhookState
from storage.people.access import webhooks

router = APIRouter(tags=["webhooks"])

Address = Annotated[str, StringConstraints(min_length=1, max_length=webhooks.LONGEST_URL, pattern=r"^[\x21-\x7e]+$")]
Place = Annotated[str, StringConstraints(max_length=400, pattern=r"^[A-Za-z0-9_-]+$")]


class Webhook(BaseModel):
    """An address that is told of events."""

    id: int
    person: int = Field(description="In whose name: it is told what they may see.")
    url: str
    types: list[str] = Field(description="The events that it is told of; of all where none is named.")
    state: WebhookState = Field(
        description="paused by a person; stopped since it took nothing for three days, or its person may not see the "
        "books; gone since it answered 410. What happens meanwhile is sent once it is active again."
    )
    created_at: datetime


class WebhookWithSecret(Webhook):
    """A webhook with what its signatures are made with, which is shown this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class Webhooks(BaseModel):
    """The token's person's; everybody's for whoever manages people."""

    items: list[Webhook]


class NewWebhook(Said):
    url: Address = Field(examples=["https://example.com/billify"], description="HTTPS, or HTTP on the same machine.")
    types: list[str] = Field(default_factory=list, max_length=100)


class Replay(Said):
    after: Place | None = Field(None, description="A cursor of the log; what was given up where none is named.")


class Delivery(BaseModel):
    """How far an event came."""

    id: int
    type: str
    subject: str
    state: WebhookDeliveryState = Field(description="failed: given up.")
    tries: int
    status: int | None = Field(description="What was answered last; null for nothing.")
    reason: str
    queued_at: datetime
    next_at: datetime | None = Field(description="When it is tried next; null once it ended.")
    ended_at: datetime | None


@router.get("/webhooks", response_model=Webhooks, operation_id="list_webhooks")
async def listed(call: Reading) -> Response:
    """All that there are."""
    return await call.read(asked.ShowWebhooks(), _all)


@router.post("/webhooks", status_code=201, response_model=WebhookWithSecret, operation_id="add_webhook")
async def add(call: Writing, said: NewWebhook) -> Response:
    """Tells an address what happens from now on. Its secret is in this answer only."""
    check_types(said.types)

    def made(session: Session, context: Context) -> WebhookWithSecret:
        return _with_secret(webhooks.of_person(session, context.asker.id)[-1])

    return await call.change(asked.MakeWebhook(said.url, tuple(said.types)), made, status=201)


@router.get("/webhooks/{webhook}", response_model=Webhook, operation_id="get_webhook")
async def one(call: Reading, webhook: Id) -> Response:
    """One of them."""
    return await call.read(asked.ShowWebhooks(), lambda session, context: _told(held.find(session, context, webhook)))


@router.delete("/webhooks/{webhook}", response_model=Webhooks, operation_id="delete_webhook")
async def delete(call: Writing, webhook: Id) -> Response:
    """It is told nothing any more. Answers with those that there still are."""
    return await call.change(asked.ChangeWebhook(webhook, "delete"), _all)


@router.post("/webhooks/{webhook}/pause", response_model=Webhook, operation_id="pause_webhook")
async def pause(call: Writing, webhook: Id) -> Response:
    """It is told nothing until it is resumed; then it is told all that happened meanwhile."""
    return await _change(call, webhook, "pause")


@router.post("/webhooks/{webhook}/resume", response_model=Webhook, operation_id="resume_webhook")
async def resume(call: Writing, webhook: Id) -> Response:
    """It is told again what happens, and what happened meanwhile."""
    return await _change(call, webhook, "resume")


@router.post("/webhooks/{webhook}/test", response_model=Webhook, operation_id="test_webhook")
async def test(call: Writing, webhook: Id) -> Response:
    """Sends a `webhook.test` to it; its deliveries tell how that went."""
    return await _change(call, webhook, "test")


@router.post("/webhooks/{webhook}/rotate", response_model=WebhookWithSecret, operation_id="rotate_webhook_secret")
async def rotate(call: Writing, webhook: Id) -> Response:
    """A new secret, in this answer only. For a day what is sent is signed with the former one as well."""
    return await call.change(
        asked.ChangeWebhook(webhook, "rotate"),
        lambda session, context: _with_secret(held.find(session, context, webhook)),
    )


@router.post("/webhooks/{webhook}/replay", response_model=Webhook, operation_id="replay_webhook")
async def replay(call: Writing, webhook: Id, said: Replay | None = None) -> Response:
    """Sends once more what was given up, or everything that happened `after` a place in the log."""
    since = place_in_log(said.after) if said and said.after is not None else None
    return await call.change(asked.ChangeWebhook(webhook, "replay", since=since), _shape(webhook))


@router.get("/webhooks/{webhook}/deliveries", response_model=Page[Delivery], operation_id="list_deliveries")
async def sent(call: Reading, webhook: Id, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """What was sent and is to be, the newest first; what ended is forgotten after 90 days."""
    below = place_of(cursor, int)

    def shape(session: Session, context: Context) -> Page[Delivery]:
        found = held.find(session, context, webhook)
        rows = deliveries.page(session, found.id, limit + 1, below[0] if below else None)
        page = page_of(rows, limit, lambda row: (row.id,))
        return Page(items=[_delivery(row) for row in page.items], next=page.next)

    return await call.read(asked.ShowWebhooks(), shape)


@router.post(
    "/webhooks/{webhook}/deliveries/{delivery}/replay", response_model=Delivery, operation_id="replay_delivery"
)
async def replay_one(call: Writing, webhook: Id, delivery: Id) -> Response:
    """Sends it once more, under the same id."""

    def shape(session: Session, context: Context) -> Delivery:
        found = deliveries.find(session, webhook, delivery)
        assert found is not None, "it was replayed"
        return _delivery(found)

    return await call.change(asked.ChangeWebhook(webhook, "replay", delivery=delivery), shape)


async def _change(call: Writing, webhook: int, act: Literal["pause", "resume", "test"]) -> Response:
    return await call.change(asked.ChangeWebhook(webhook, act), _shape(webhook))


def _shape(webhook: int) -> Shape:
    return lambda session, context: _told(held.find(session, context, webhook))


def _all(session: Session, context: Context) -> Webhooks:
    return Webhooks(items=[_told(row) for row in held.seen(session, context)])


def _told(row: Row) -> Webhook:
    return Webhook(**_columns(row))


def _with_secret(row: Row) -> WebhookWithSecret:
    return WebhookWithSecret(**_columns(row), secret=row.secret)


def _columns(row: Row) -> dict[str, Any]:
    return {"person": row.person_id} | row.model_dump(include={"id", "url", "types", "state", "created_at"})


def _delivery(row: WebhookDelivery) -> Delivery:
    waiting = row.state is WebhookDeliveryState.WAITING
    return Delivery(**row.model_dump(exclude={"next_at"}), next_at=row.next_at if waiting else None)
