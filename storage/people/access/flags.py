"""What is switched on or off for one company before it is for all: something new is tried by some first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.db.tenancy import company_of
from storage.errors import Unfit
from storage.models import CompanyFlag


@dataclass(frozen=True)
class Flag:
    """`usual` is what holds for companies of which nothing was said."""

    name: str
    what: str
    usual: bool = True


LANGUAGE_MODEL = Flag("language-model", "words that nobody here knows are shown to the configured language model")
FLAGS = {flag.name: flag for flag in (LANGUAGE_MODEL,)}


def is_on(session: Session, flag: Flag) -> bool:
    """Whether it is for the session's company."""
    said = session.get(CompanyFlag, (company_of(session), flag.name))
    return flag.usual if said is None else said.turned_on


def turn(session: Session, name: str, *, on: bool, now: datetime) -> None:
    """For this company from now on. Raises: Unfit for a flag that there is not."""
    if name not in FLAGS:
        raise Unfit("There is no flag “{value}”. There are: {known}.", value=name, known=", ".join(sorted(FLAGS)))
    session.merge(CompanyFlag(company_id=company_of(session), name=name, turned_on=on, changed_at=now))
    audit.record(session, "turned flag", person_id=None, now=now, details={"flag": name, "on": on})


def said(session: Session) -> dict[str, bool]:
    """What was said for this company, by name; of flags that there are no more nothing."""
    rows = session.exec(select(CompanyFlag).order_by(col(CompanyFlag.name))).all()
    return {row.name: row.turned_on for row in rows if row.name in FLAGS}
