"""Companies side by side in one installation, each blind to the others.

Every row of a company's names it (`OfCompany`). A session is of one company, and this module narrows whatever it asks,
changes or deletes to that company's rows, and stamps what it adds; PostgreSQL keeps them apart once more by row-level
security (migration 0021). Which company it is stands in the context of the work (`acting_for`); an installation with
one company need not say so. Work of the installation itself (`acting_for(None)`) sees the tables that are of no company
and those marked `found_across`: to find out whose a message is, and for which companies there is anything to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Literal

from sqlalchemy import column, event, null, text
from sqlalchemy.orm import ORMExecuteState, UOWTransaction, sessionmaker, with_loader_criteria
from sqlmodel import Field, Session, SQLModel

FIRST = 1
"""The company with which an installation begins."""
SETTING = "billify.company"
"""PostgreSQL's name for the company of a transaction; `ALL` where it is the installation's own."""
ALL = "*"

_acting: ContextVar[int | Literal["unsaid"] | None] = ContextVar("company", default="unsaid")
_SCOPE = "company"


class NoCompany(RuntimeError):
    """A company's rows were asked for where it is not clear which company's: a fault of the program."""


class _CompanyColumn:
    """A table's column of companies, by one name for all; before there is a table, a column of that name."""

    def __get__(self, _row: object, table: type[OfCompany]) -> Any:
        return getattr(table, "company_id", column("company_id"))


class _ColumnAcross:
    """The same, of a table that the installation may look into; else nothing."""

    def __get__(self, _row: object, table: type[OfCompany]) -> Any:
        return table.of if table.found_across else null()


class OfCompany(SQLModel):
    """A row of one company. `found_across`: the installation looks here for whose an address or a code is, or for which
    companies anything waits. It changes nothing here."""

    company_id: int = Field(default=None)
    found_across: ClassVar[bool] = False
    of: ClassVar[Any] = _CompanyColumn()
    of_across: ClassVar[Any] = _ColumnAcross()


@contextmanager
def acting_for(company_id: int | None) -> Iterator[None]:
    """Sessions opened meanwhile are of this company; None: of the installation itself."""
    before = _acting.set(company_id)
    try:
        yield
    finally:
        _acting.reset(before)


def acting() -> int | None:
    """The company for which work is done now; None where that is the installation's, or was not said."""
    said = _acting.get()
    return None if said == "unsaid" else said


def company_of(session: Session) -> int:
    """The id of the company whose session this is. Raises: NoCompany."""
    if (company := _scope(session)) is None:
        raise NoCompany("Say for which company, by acting_for: there are several, or this is of none.")
    return company


def is_of_company(session: Session) -> bool:
    """Whether a session is one company's, not the installation's own."""
    return _scope(session) is not None


def keep_apart(sessions: sessionmaker[Session]) -> None:
    """From now on no session made here sees, changes or adds rows of another company."""
    event.listen(sessions, "do_orm_execute", _narrow)
    event.listen(sessions, "before_flush", _stamp)


def _scope(session: Session) -> int | None:
    """The company of a session, which stays what it was when first asked for; None: it is of none, or unclear."""
    if _SCOPE not in session.info:
        said = _acting.get()
        session.info[_SCOPE] = _only(session) if said == "unsaid" else said
        if session.get_bind().dialect.name == "postgresql":
            company = session.info[_SCOPE]
            value = ALL if company is None else str(company)
            session.connection().execute(
                text("SELECT set_config(:name, :value, true)"), {"name": SETTING, "value": value}
            )
    scope: int | None = session.info[_SCOPE]
    return scope


def _only(session: Session) -> int | None:
    """The company of an installation that has but one."""
    known = session.connection().execute(text("SELECT id FROM company LIMIT 2")).scalars().all()
    return known[0] if len(known) == 1 else None if known else FIRST


def _narrow(state: ORMExecuteState) -> None:
    if state.is_column_load or not (state.is_select or state.is_update or state.is_delete):
        return
    assert isinstance(state.session, Session)
    company = _scope(state.session)
    if company is not None:
        state.statement = state.statement.options(
            with_loader_criteria(OfCompany, lambda table: table.of == company, include_aliases=True)
        )
        return
    for mapper in state.all_mappers:
        if issubclass(mapper.class_, OfCompany) and not (mapper.class_.found_across and state.is_select):
            raise NoCompany(f"Rows of {mapper.class_.__name__} are a company's: say for which, by acting_for.")
    state.statement = state.statement.options(
        with_loader_criteria(OfCompany, lambda table: table.of_across.is_not(None), include_aliases=True)
    )


def _stamp(session: Session, _flush: UOWTransaction, _instances: object) -> None:
    for row in (*session.new, *session.dirty):
        if isinstance(row, OfCompany):
            if row.company_id is None:
                row.company_id = company_of(session)
            elif row.company_id != company_of(session):
                raise NoCompany(f"{type(row).__name__} of company {row.company_id} in a session of another's.")
