"""The companies of an installation, and whose a message is. Sessions here are of the installation itself, except where
a company is named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from storage.db.locks import acquire_lock
from storage.db.tenancy import FIRST
from storage.models import ChannelBinding, ChosenCompany, Company, Identity, Invitation
from storage.people import people
from storage.people.addresses import spellings

_CODE = re.compile(r"(?<![\w-])(?:(?:[0-9A-Za-z]{4}[- ]?){2}[0-9A-Za-z]{4}|[0-9A-Za-z]{26})(?![\w-])")
_MOST_CODES = 20


def all_companies(session: Session) -> list[Company]:
    """In the order in which they were founded."""
    return list(session.exec(select(Company).order_by(col(Company.id))).all())


def all_ids(session: Session) -> list[int]:
    """Their ids, in the same order."""
    return list(session.exec(select(Company.id).order_by(col(Company.id))).all())


def found(session: Session, name: str) -> int:
    """A further company; its id. Its chart and its owner are made by a session of its own."""
    acquire_lock(session, "company")
    last = session.exec(select(func.max(Company.id))).one() or 0
    session.add(company := Company(id=last + 1, name=name))
    session.flush()
    return company.id


def of_address(session: Session, channel: str, address: str) -> list[int]:
    """The companies that know somebody at this address, the first that did first."""
    query = select(Identity.company_id).where(
        Identity.channel == channel, col(Identity.address).in_(spellings(channel, address))
    )
    return list(dict.fromkeys(session.exec(query.order_by(col(Identity.id))).all()))


def of_code(session: Session, code: str) -> int | None:
    """The company that an invitation or a link leads into, be it still good or not; None for none of ours."""
    return session.exec(select(Invitation.company_id).where(Invitation.code_sha256 == people.code_hash(code))).first()


def whose(
    session: Session,
    channel: str,
    address: str,
    *,
    conversation: str = "",
    places: Sequence[str] = (),
    text: str = "",
) -> int:
    """The company that a message is of: of what it came in by (`bind`), else of where its sender speaks, the one that
    they chose there; a stranger's is of the company whose code it says, else of the first."""
    for place in places:
        if bound := session.get(ChannelBinding, (channel, place)):
            return bound.bound_id
    known = of_address(session, channel, address)
    if len(known) > 1 and (chosen := session.get(ChosenCompany, (channel, conversation))) and chosen.chosen_id in known:
        return chosen.chosen_id
    if known:
        return known[0]
    found = (of_code(session, said) for said in _CODE.findall(text)[:_MOST_CODES])
    return next((company for company in found if company is not None), FIRST)


def choose(session: Session, channel: str, conversation: str, company_id: int) -> None:
    """From now on the person speaks for this company there."""
    session.merge(ChosenCompany(channel=channel, conversation=conversation, chosen_id=company_id))
    session.flush()


def bind(session: Session, channel: str, place: str, company_id: int) -> None:
    """From now on what comes in there is of this company alone."""
    session.merge(ChannelBinding(channel=channel, place=place, bound_id=company_id))
    session.flush()
