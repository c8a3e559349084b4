"""A bank statement arrives: it is imported once its account, and a table's columns, are known; else it is asked."""

from __future__ import annotations

from dataclasses import asdict, replace

from sqlmodel import Session, select

from extraction.bank_statement import BankStatement, StatementTable
from extraction.evidence import Reading
from extraction.statements.read_statements import read_as
from extraction.statements.tables.column_choices import chosen as columns_chosen
from extraction.statements.tables.column_mapping import ColumnMapping, guess_columns
from handlers.banking import import_questions, import_summary, long_import
from handlers.banking.statement_drafts import currency_of, draft_of, ourselves
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.translation import say
from handlers.messages import Reply, adapter
from handlers.requests import ChooseAccount, ChooseColumns, ShowColumns
from handlers.rights import attempts, labels, permitted
from storage.bank import bank_accounts, statements
from storage.bank.statements import Imported, StatementDraft
from storage.documents import document_register
from storage.ledger import accounts
from storage.models import Account, CsvMapping, Document, Permission
from storage.reconciliation import reconciling

NEW = "new"


def import_statement(session: Session, context: Context, document: Document, reading: Reading) -> list[Reply]:
    """The answer to a file of the bank. By a mail that anybody could have sent, nothing is imported unasked."""
    if not permitted.may(session, context, Permission.IMPORT_STATEMENTS):
        attempts.note(session, context, Permission.IMPORT_STATEMENTS)
        return [Reply(labels.may_not(session, Permission.IMPORT_STATEMENTS))]
    if under_way := long_import.under_way(session, document.sha256):
        return [under_way]
    if not context.proven:
        return [import_questions.ask_import(document, reading.statements)]
    return _import(session, context, document, reading, chosen="")


def choose_account(session: Session, context: Context, request: ChooseAccount) -> tuple[Reply, ...]:
    """Goes on with the import, now that the account is known."""
    if under_way := _under_way(session, request.document):
        return (under_way,)
    document, reading = _again(session, context, request.document)
    return tuple(_import(session, context, document, reading, chosen=request.account))


def choose_columns(session: Session, context: Context, request: ChooseColumns) -> tuple[Reply, ...]:
    """Goes on with the import of a table, and remembers how tables with this header are read."""
    if under_way := _under_way(session, request.document):
        return (under_way,)
    document, reading = _again(session, context, request.document)
    account = accounts.account(session, request.account)
    assert reading.table is not None
    way = columns_chosen(reading.table, request.columns)
    mapping = _remembered(session, reading.table) or CsvMapping(
        fingerprint=reading.table.fingerprint, account_id=account.id, made_by=context.asker.id, made_at=context.now
    )
    mapping.account_id, mapping.columns = account.id, asdict(way)
    session.add(mapping)
    session.flush()
    return tuple(_import(session, context, document, reading, chosen=account.code))


def show_columns(session: Session, context: Context, request: ShowColumns) -> tuple[Reply, ...]:
    """How a table would be read with what a person changed, or what there is to change. Nothing is imported."""
    document, reading = _again(session, context, request.document)
    assert reading.table is not None
    account = accounts.account(session, request.account).code
    if request.change == "wrong":
        reply = import_questions.ask_what_is_wrong(document, reading.table, account, request.columns)
    else:
        choices = import_questions.changed(reading.table, request)
        reply = import_questions.ask_columns(
            document, reading.table, account, choices, why=say("Now I read it like this:")
        )
    return (replace(reply, replaces=context.card),)


def _under_way(session: Session, document_id: int) -> Reply | None:
    return long_import.under_way(session, document_register.find_by_id(session, document_id).sha256)


def _again(session: Session, context: Context, document_id: int) -> tuple[Document, Reading]:
    """A document whose import was asked about, read anew in the reader's process: it could read it before.

    Raises: ToBeRead; NotPossible where it cannot be read any more.
    """
    document = document_register.find_by_id(session, document_id)
    reading = context.reading_of(document.sha256, document.name)
    if reading.problem:
        raise NotPossible(say(reading.problem.message))
    return document, reading


def _import(session: Session, context: Context, document: Document, reading: Reading, *, chosen: str) -> list[Reply]:
    """Imports the statements whose accounts are known, until one has to be asked about. `chosen` is the code of the
    account that a person named for the first that is not known, `NEW` for one more."""
    found, mapping = reading.statements, None
    if reading.table and (mapping := _remembered(session, reading.table)):
        found = _as_remembered(reading, mapping, document.media_type)
    planned: list[tuple[Account, BankStatement, StatementDraft]] = []
    question: list[Reply] = []
    for part, statement in enumerate(found):
        account, chosen = _account(session, statement, mapping, chosen)
        if account is None:
            question = [import_questions.ask_account(document, statement, bank_accounts.banks(session))]
            break
        if reading.table and mapping is None and import_questions.needs_asking(reading.table):
            return [import_questions.ask_columns(document, reading.table, account.code)]
        planned.append((account, statement, _draft(session, context, document, account, statement, part)))
    if long_import.is_long(session, document, planned):
        as_read = mapping.columns if mapping else None
        return [long_import.begin(session, context, document, planned, as_read), *question]
    return [*_imported(session, context, document, planned), *question]


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
    session: Session, context: Context, document: Document, account: Account, statement: BankStatement, part: int
) -> StatementDraft:
    """Raises: NotPossible where the statement is in another currency than the account."""
    currency = currency_of(statement, account.currency or context.currency)
    if account.currency not in (None, currency):
        text = say(
            "This statement is in {currency}, but {account} is kept in {kept}. Add an account for {currency} first, "
            "like “add bank account {account} {currency}”.",
            currency=currency,
            account=account.name,
            kept=account.currency,
        )
        raise NotPossible(text)
    return draft_of(statement, currency, sha256=document.sha256, part=part, us=ourselves(session, statement))


def _imported(
    session: Session,
    context: Context,
    document: Document,
    planned: list[tuple[Account, BankStatement, StatementDraft]],
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
        for reply in import_summary.import_summary(session, context, ours[account_id], parts, document.id)
    ]


def _as_remembered(reading: Reading, remembered: CsvMapping, media_type: str) -> tuple[BankStatement, ...]:
    """A table as a person said that it is read. Mostly that is as the reader guessed it, and read it already."""
    assert reading.table is not None
    mapping = adapter(ColumnMapping).validate_python(remembered.columns)
    if mapping == guess_columns(reading.table).mapping:
        return reading.statements
    return (read_as(reading.table, mapping, media_type),)


def _remembered(session: Session, table: StatementTable) -> CsvMapping | None:
    return session.exec(select(CsvMapping).where(CsvMapping.fingerprint == table.fingerprint)).one_or_none()
