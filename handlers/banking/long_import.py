"""Statements of many movements: noted at once, imported a few movements at a time beside everything else, and told of
when they are done (see bot.background.imports).

Whoever does it may die at any moment: what is there already is not added again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlmodel import Session, col, select

from extraction.bank_statement import BankStatement
from extraction.evidence import Reading
from extraction.statements.read_statements import read_as
from extraction.statements.tables.column_mapping import ColumnMapping
from handlers.banking.import_summary import MOST_ASKED, Tally, doubts_about, summary_of
from handlers.banking.statement_drafts import draft_of, ourselves
from handlers.context import Context
from handlers.language.translation import Language, language, say, speaking
from handlers.messages import Message, Reply, adapter
from storage.bank import long_imports, statements
from storage.bank.statements import MovementDraft, StatementDraft
from storage.documents import document_register
from storage.messages import reminders
from storage.models import Account, Document, Movement, MovementState, Statement, StatementImport
from storage.reconciliation import reconciling

AT_ONCE = 1000
"""Movements that are imported while their sender waits; it takes some seconds at most."""

BATCH = 100
"""Movements of one transaction: others that write wait for about a tenth of a second."""

IMPORTED = "imported"
"""The kind of notice (`Message.notice`), with the import's id."""

Planned = tuple[Account, BankStatement, StatementDraft]


@dataclass(frozen=True)
class Piece:
    """A part of the file: which statement's, on which account, and the draft of its movements."""

    statement: int
    account: int
    draft: StatementDraft


def is_long(session: Session, document: Document, planned: Sequence[Planned]) -> bool:
    """Whether there is so much to import that nobody should wait for it. What is there already is soon said."""
    earlier = _earlier(session, document.sha256)
    is_there = earlier is not None and not earlier.failed
    return not is_there and sum(len(draft.movements) for _, _, draft in planned) > AT_ONCE


def begin(
    session: Session, context: Context, document: Document, planned: Sequence[Planned], columns: dict[str, Any] | None
) -> Reply:
    """Notes the statements, to be imported beside everything else. `columns` is how a table is read."""
    parts, said = [], []
    for account, statement, draft in planned:
        begun = statements.begin_statement(session, account.id, draft, person_id=context.asker.id, now=context.now)
        said.append((statement, draft, begun.gap))
        place = {"part": draft.part, "statement": begun.statement.id}
        parts.append({**place, "account": account.id, "currency": draft.currency})
    item = StatementImport(
        sha256=document.sha256,
        person_id=context.asker.id,
        channel=context.channel,
        conversation=context.conversation,
        address=reminders.address_on(session, context.asker.id, context.channel) or "",
        parts=parts,
        columns=columns,
        doubts=doubts_about(said),
        language=language(),
        total=sum(len(draft.movements) for _, _, draft in planned),
        begun_at=context.now,
    )
    if failed := _earlier(session, document.sha256):
        session.delete(failed)
        session.flush()
    session.add(item)
    session.flush()
    text = say(
        "I am importing the {total} movements of {account}. I'll tell you when they are all there; go on meanwhile.",
        total=_number(item.total),
        account=planned[0][0].name,
    )
    return Reply(text)


def _earlier(session: Session, sha256: str) -> StatementImport | None:
    return session.exec(select(StatementImport).where(StatementImport.sha256 == sha256)).one_or_none()


def under_way(session: Session, sha256: str) -> Reply | None:
    """What is said of a file that is being imported; None where it is not."""
    item = long_imports.of_file(session, sha256)
    return Reply(progress(item)) if item else None


def progress(item: StatementImport) -> str:
    """How far an import is, in the language spoken."""
    return say("Importing {total} movements … {done} so far.", total=_number(item.total), done=_number(item.done))


def _number(number: int) -> str:
    return f"{number:,}" if language() == "en" else f"{number:,}".replace(",", ".")


def told_in_its_language(item: StatementImport) -> str:
    """How far it is, in the language in which it was asked for."""
    with speaking(cast(Language, item.language)):
        return progress(item)


def notice(item: StatementImport, now: datetime) -> Message:
    """The message that tells of its end, and before that of how far it is."""
    return Message(
        key=f"{reminders.CLOCK_KEY_PREFIX}{IMPORTED}/{item.id}",
        channel=item.channel,
        conversation=item.conversation,
        sender=item.address,
        sent_at=now,
        notice=f"{IMPORTED}:{item.id}",
        person=item.person_id,
    )


def pieces(session: Session, item: StatementImport, reading: Reading) -> tuple[Piece, ...]:
    """What is to be imported of the file, which was read anew. Raises: LookupError where it says something else now."""
    found = reading.statements
    if reading.table and item.columns is not None:
        columns = adapter(ColumnMapping).validate_python(item.columns)
        found = (read_as(reading.table, columns, reading.media_type),)
    return tuple(
        Piece(
            part["statement"],
            part["account"],
            draft_of(
                found[part["part"]],
                part["currency"],
                sha256=item.sha256,
                part=part["part"],
                us=ourselves(session, found[part["part"]]),
            ),
        )
        for part in item.parts
    )


def missing(session: Session, piece: Piece) -> list[tuple[MovementDraft, str]]:
    """The movements of a part that are not there yet, with their keys."""
    return statements.unknown_movements(session, piece.account, piece.draft)


def batches(movements: Sequence[tuple[MovementDraft, str]]) -> Iterator[Sequence[tuple[MovementDraft, str]]]:
    """Them in pieces of a transaction each."""
    for at in range(0, len(movements), BATCH):
        yield movements[at : at + BATCH]


def import_batch(
    session: Session,
    item_id: int,
    piece: Piece,
    batch: Sequence[tuple[MovementDraft, str]],
    *,
    done: int,
    now: datetime,
) -> StatementImport:
    """Adds these movements and looks for what explains them; `done` were looked at by then."""
    item = long_imports.find(session, item_id)
    statement = session.exec(select(Statement).where(Statement.id == piece.statement)).one()
    new = statements.add_movements(session, statement, batch)
    key = f"{IMPORTED}:{item.id}"
    reconciling.reconcile_movements(session, new, key=key, person_id=item.person_id, now=now)
    long_imports.go_on(session, item_id, done, now)
    return item


def import_notice_replies(session: Session, context: Context, kind: str) -> tuple[Reply, ...] | None:
    """What came of a long import, account by account; None for another kind of notice."""
    name, _, number = kind.partition(":")
    if name != IMPORTED:
        return None
    item = long_imports.find(session, int(number))
    if item.failed:
        text = say("I could not finish the import: the file can't be read any more. Please send it again.")
        return (Reply(text),)
    document = document_register.find_document(session, item.sha256)
    document_id = document.id if document else 0
    told: list[Reply] = []
    doubts = list(item.doubts)
    for account_id in dict.fromkeys(part["account"] for part in item.parts):
        ids = [part["statement"] for part in item.parts if part["account"] == account_id]
        account = session.exec(select(Account).where(Account.id == account_id)).one()
        told += summary_of(session, context, account, _tally(session, item, ids), doubts, document_id)
        doubts = []
    return tuple(told)


def _tally(session: Session, item: StatementImport, ids: list[int]) -> Tally:
    states = long_imports.counted(session, ids)
    query = (
        select(Movement).where(col(Movement.statement_id).in_(ids)).order_by(col(Movement.booked_on), col(Movement.id))
    )
    asked = session.exec(query.where(Movement.state == MovementState.ASKED).limit(MOST_ASKED + 1)).all()
    first, last = long_imports.period(session, ids)
    one_account = len(ids) == len(item.parts)
    known = item.total - sum(states.values()) if one_account else 0
    return Tally(states, known, first, last, asked)
