"""A bank statement arrives: it is imported once its account, and a table's columns, are known; else it is asked."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import TypeAdapter
from sqlmodel import Session, select

from extraction.bank_statement import BankStatement, CsvTable
from extraction.evidence import Reading
from extraction.statements.column_mapping import ColumnMapping, guess_columns, statement_of
from extraction.statements.read_statements import read_statements
from handlers.banking import import_questions, import_summary
from handlers.banking.statement_drafts import draft_of
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import ChooseAccount, ChooseColumns
from storage.bank import bank_accounts, statements
from storage.bank.statements import Imported, StatementDraft
from storage.documents import document_register
from storage.ledger import accounts
from storage.models import Account, CsvMapping, Document
from storage.reconciliation import reconciling

NEW = "new"


def import_statement(session: Session, context: Context, document: Document, reading: Reading) -> list[Reply]:
    """The answer to a file of the bank. By a mail that anybody could have sent, nothing is imported unasked."""
    if not context.proven:
        return [import_questions.ask_import(document, reading.statements)]
    return _import(session, context, document, reading, chosen="")


def choose_account(session: Session, context: Context, request: ChooseAccount) -> tuple[Reply, ...]:
    """Goes on with the import, now that the account is known."""
    document, reading = _again(session, context, request.document)
    return tuple(_import(session, context, document, reading, chosen=request.account))


def choose_columns(session: Session, context: Context, request: ChooseColumns) -> tuple[Reply, ...]:
    """Goes on with the import of a table, and remembers how tables with this header are read."""
    document, reading = _again(session, context, request.document)
    account = accounts.account(session, request.account)
    assert reading.table is not None
    found = guess_columns(reading.table)
    way = (found.mapping, *found.alternatives())[request.way]
    mapping = _remembered(session, reading.table) or CsvMapping(
        fingerprint=reading.table.fingerprint, account_id=account.id, made_by=context.asker.id, made_at=context.now
    )
    mapping.account_id, mapping.columns = account.id, asdict(way)
    session.add(mapping)
    session.flush()
    return tuple(_import(session, context, document, reading, chosen=account.code))


def _again(session: Session, context: Context, document_id: int) -> tuple[Document, Reading]:
    """A document whose import was asked about, read anew: the reader could read it before."""
    document = document_register.find_by_id(session, document_id)
    return document, read_statements(context.fetch(document.sha256), document.media_type)


def _import(session: Session, context: Context, document: Document, reading: Reading, *, chosen: str) -> list[Reply]:
    """Imports the statements whose accounts are known, until one has to be asked about. `chosen` is the code of the
    account that a person named for the first that is not known, `NEW` for one more."""
    found, mapping = reading.statements, None
    if reading.table and (mapping := _remembered(session, reading.table)):
        found = (statement_of(reading.table, TypeAdapter(ColumnMapping).validate_python(mapping.columns)),)
    planned: list[tuple[Account, BankStatement, StatementDraft]] = []
    question: list[Reply] = []
    for part, statement in enumerate(found):
        account, chosen = _account(session, statement, mapping, chosen)
        if account is None:
            question = [import_questions.ask_account(document, statement, bank_accounts.banks(session))]
            break
        if reading.table and mapping is None:
            return [import_questions.ask_columns(document, reading.table, guess_columns(reading.table), account.code)]
        planned.append((account, statement, _draft(context, document, account, statement, part)))
    return [*_imported(session, context, planned), *question]


def _account(
    session: Session, statement: BankStatement, mapping: CsvMapping | None, chosen: str
) -> tuple[Account | None, str]:
    """The account of ours that the statement is of, None where it has to be asked; and what is still chosen."""
    if account := bank_accounts.find_bank(session, statement.account):
        return account, chosen
    if chosen == NEW:
        name = statement.bank or statement.owner
        return bank_accounts.add_bank(session, name, number=statement.account, currency=statement.currency), ""
    if chosen:
        account = accounts.account(session, chosen)
        bank_accounts.name_account(session, account, statement.account, statement.currency)
        return account, "" if statement.account else chosen
    if mapping:
        return session.exec(select(Account).where(Account.id == mapping.account_id)).one(), chosen
    ours = bank_accounts.banks(session)
    return (ours[0] if not statement.account and len(ours) == 1 else None), chosen


def _draft(
    context: Context, document: Document, account: Account, statement: BankStatement, part: int
) -> StatementDraft:
    """Raises: NotPossible where the statement is in another currency than the account."""
    currency = statement.currency or account.currency or context.currency
    if account.currency not in (None, currency):
        text = say(
            "This statement is in {currency}, but {account} is kept in {kept}. Add an account for {currency} first, "
            "like “add bank account {account} {currency}”.",
            currency=currency,
            account=account.name,
            kept=account.currency,
        )
        raise NotPossible(text)
    return draft_of(statement, currency, sha256=document.sha256, part=part)


def _imported(
    session: Session, context: Context, planned: list[tuple[Account, BankStatement, StatementDraft]]
) -> list[Reply]:
    """Imports, looks for what explains the movements, and tells of each account what came of it."""
    done: dict[int, list[tuple[BankStatement, StatementDraft, Imported]]] = {}
    ours: dict[int, Account] = {}
    for account, statement, draft in planned:
        taken = statements.import_statement(session, account.id, draft, person_id=context.asker.id, now=context.now)
        ours[account.id] = account
        done.setdefault(account.id, []).append((statement, draft, taken))
    new = [movement for parts in done.values() for _, _, taken in parts for movement in taken.new]
    reconciling.reconcile_movements(session, new, key=context.key, person_id=context.asker.id, now=context.now)
    return [
        reply
        for account_id, parts in done.items()
        for reply in import_summary.import_summary(session, context, ours[account_id], parts)
    ]


def _remembered(session: Session, table: CsvTable) -> CsvMapping | None:
    return session.exec(select(CsvMapping).where(CsvMapping.fingerprint == table.fingerprint)).one_or_none()
