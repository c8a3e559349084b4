"""Statements of the bank, and what their movements are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import HandingIn, Reading, Writing
from bot.api.paging import Cursor, Limit, Page, page_of, place_of
from bot.api.resources.bill_actions import Said
from bot.api.resources.documents import Document, hand_in
from bot.api.values import Amount, Id, IdValue, Name, amount, decimal
from handlers import requests as asked
from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.translation import say
from storage.bank import bank_movements, statements
from storage.models import Account, MovementState, Permission
from storage.models import Movement as MovementRow
from storage.models import Statement as StatementRow

router = APIRouter(tags=["statements"])


class Statement(BaseModel):
    """A statement that was imported. Balances are null where its format has none."""

    id: int
    account: str
    format: str
    number: str | None
    currency: str
    since: date | None
    until: date | None
    opening: str | None
    closing: str | None
    imported_by: int
    imported_at: datetime


class Movement(BaseModel):
    """A line of a statement: money that came in (positive) or went out (negative)."""

    id: int
    account: str
    booked_on: date
    amount: Amount
    counterparty: str | None
    counterparty_iban: str | None
    reference: str | None
    text: str
    state: MovementState
    entry: int | None


class Match(Said):
    """The bills that a movement pays."""

    bills: list[IdValue] = Field(min_length=1, max_length=20)


class MovementCategory(Said):
    category: Name


@router.post("/statements", status_code=202, response_model=Document, operation_id="upload_statement")
async def upload(call: HandingIn, file: Annotated[UploadFile, File(description="Up to 50 MB.")]) -> Response:
    """Hands in a statement: CAMT, MT940, CSV, a workbook. What is asked back stands with its document."""
    return await hand_in(call, file, Permission.IMPORT_STATEMENTS)


@router.get("/statements", response_model=Page[Statement], operation_id="list_statements")
async def listed(call: Reading, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Statements, the latest import first."""
    place = place_of(cursor, int)

    def shape(session: Session, context: Context) -> Page[Statement]:
        found = statements.listed(session, limit + 1, place[0] if place else None)
        page = page_of(found, limit, lambda row: (row.id,))
        return Page(items=[_statement(session, row) for row in page.items], next=page.next)

    return await call.read(asked.Movements(), shape)


@router.get("/statements/{statement}", response_model=Statement, operation_id="get_statement")
async def one(call: Reading, statement: Id) -> Response:
    """One statement."""
    return await call.read(asked.Movements(), lambda session, _: _statement(session, _found(session, statement)))


@router.get("/statements/{statement}/movements", response_model=Page[Movement], operation_id="list_movements")
async def movements(call: Reading, statement: Id, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """The movements that a statement added, in its order."""
    place = place_of(cursor, int)

    def shape(session: Session, context: Context) -> Page[Movement]:
        row = _found(session, statement)
        found = statements.movements_of(session, row.id, limit + 1, place[0] if place else 0)
        page = page_of(found, limit, lambda one: (one.id,))
        return Page(items=[_movement(session, one) for one in page.items], next=page.next)

    return await call.read(asked.Movements(), shape)


@router.get("/movements/{movement}", response_model=Movement, operation_id="get_movement")
async def movement(call: Reading, movement: Id) -> Response:
    """One movement."""
    return await call.read(asked.Movements(), _shown(movement))


@router.post("/movements/{movement}/match", response_model=Movement, operation_id="match_movement")
async def match(call: Writing, movement: Id, said: Match) -> Response:
    """The movement pays these bills."""
    first, *others = said.bills
    return await _change(call, movement, asked.Match(movement, first, tuple(others)))


@router.post("/movements/{movement}/unmatch", response_model=Movement, operation_id="unmatch_movement")
async def unmatch(call: Writing, movement: Id) -> Response:
    """What the movement was booked as is taken back."""
    return await _change(call, movement, asked.Unmatch(movement))


@router.post("/movements/{movement}/book", response_model=Movement, operation_id="book_movement")
async def book(call: Writing, movement: Id, said: MovementCategory) -> Response:
    """Books a movement that no bill explains on an account of the chart, such as bank_fees."""
    return await _change(call, movement, asked.BookMovement(said.category, movement))


async def _change(call: Writing, movement: int, request: object) -> Response:
    await call.work.read(call.caller, request, _shown(movement))
    return await call.change(request, _shown(movement))


def _found(session: Session, statement_id: int) -> StatementRow:
    if (found := session.get(StatementRow, statement_id)) is None:
        raise NotFound(say("There is no such statement here."))
    return found


def _shown(movement_id: int) -> Callable[[Session, Context], Movement]:
    def shape(session: Session, context: Context) -> Movement:
        if (found := session.get(MovementRow, movement_id)) is None:
            raise NotFound(say("There is no such movement here."))
        return _movement(session, found)

    return shape


def _statement(session: Session, row: StatementRow) -> Statement:
    return Statement(
        account=session.get_one(Account, row.account_id).code,
        opening=decimal(row.opening_minor, row.currency),
        closing=decimal(row.closing_minor, row.currency),
        **row.model_dump(include=Statement.model_fields.keys() - {"account", "opening", "closing"}),
    )


def _movement(session: Session, row: MovementRow) -> Movement:
    return Movement(
        account=session.get_one(Account, row.account_id).code,
        amount=amount(bank_movements.amount_of(row)),
        entry=row.entry_id,
        **row.model_dump(include=Movement.model_fields.keys() - {"account", "amount", "entry"}),
    )
