"""Erasing a person: the books stay, and nothing in them says any more who it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, String, Table, TypeDecorator, inspect, or_, select, update
from sqlmodel import Session, SQLModel, col, delete
from sqlmodel import select as rows

from storage import audit
from storage.db.columns import EnumText
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.models import (
    AccessToken,
    Account,
    Alarm,
    Amendment,
    Audit,
    AuditLink,
    Bill,
    Company,
    Conversation,
    CsvMapping,
    ExchangeRate,
    Firing,
    Identity,
    Imprint,
    Inbound,
    Invitation,
    MailRecord,
    Movement,
    OutboxItem,
    Passkey,
    PaymentInstruction,
    Person,
    Post,
    Preference,
    QuarantinedMail,
    Role,
    Snooze,
    Statement,
    Vendor,
    VendorIban,
)
from storage.people import people
from storage.people.access import webhooks
from storage.privacy.retention import FORGOTTEN
from storage.trail import chain

NOBODY = "a former colleague"
ERASED = "erased person"
LASTING = "person-"
"""How an address of the web chat begins, which says nothing of anybody."""
AT_ONCE = 500

OF_BOOKS: tuple[type[SQLModel], ...] = (
    Account, Amendment, Bill, Company, CsvMapping, ExchangeRate, Imprint, Movement, PaymentInstruction, Statement,
    Vendor, VendorIban,
)  # fmt: skip
"""What documents and statements say of vendors, customers and ourselves: a colleague of that name is not meant."""
_THEIRS = ((Identity, "person_id"), (Preference, "person_id"), (Alarm, "person_id"), (Snooze, "person_id"),
           (Firing, "person_id"), (OutboxItem, "person_id"), (Invitation, "person_id"),
           (Passkey, "person_id"), (AccessToken, "person_id"))  # fmt: skip
"""Rows that are about nothing but the person."""


@atomic
def erase(session: Session, person: Person, *, by: int, now: datetime) -> None:
    """Takes away name, addresses, preferences, sessions and what they said. What they did stays, as done by nobody in
    particular. It cannot be undone. Raises: LastOwner; WrongState for somebody who was erased before.
    """
    acquire_lock(session, "people")
    if person.erased_at is not None:
        raise WrongState("That person was erased already.")
    people.check_owned_without(session, person)
    ids = people.ids_of(session, person.id)
    for each in ids:
        webhooks.remove_all(session, each, by=by, now=now)
    names, addresses = _names(session, ids), _addresses(session, ids)
    for table, column in _THEIRS:
        session.execute(delete(table).where(getattr(table, column).in_(ids)))
    _forget_messages(session, ids, addresses)
    for one in session.exec(rows(Person).where(col(Person.id).in_(ids))).all():
        one.name, one.role, one.erased_at = NOBODY, Role.MEMBER, now
    session.flush()
    without = _without(names, addresses, person.id)
    books = {inspect(table).local_table.name for table in OF_BOOKS}
    audit.blot_out(session, lambda details: _replaced(details, without))
    chain.blot_out(session, lambda row, said: said if row.partition(":")[0] in books else _replaced(said, without))
    _replace_everywhere(session, without)
    session.expire_all()
    audit.record(session, ERASED, person_id=by, now=now, details={"person": person.id})


def latest(session: Session) -> datetime | None:
    """When somebody was erased last; None where nobody was."""
    query = rows(Person.erased_at).where(col(Person.erased_at).is_not(None)).order_by(col(Person.erased_at).desc())
    return session.exec(query).first()


def _names(session: Session, ids: tuple[int, ...]) -> set[str]:
    """What they are and were called, also in invitations and when they came in twice."""
    found = set(session.exec(rows(Person.name).where(col(Person.id).in_(ids))).all())
    renamed = rows(Audit).where(col(Audit.action).in_(("renamed person", "appointed", "merged")))
    for event in session.exec(renamed).all():
        if event.details.get("person") in ids:
            found |= {event.details[name] for name in ("name", "before") if name in event.details} - set(Role)
    return {name for name in found if name and name != NOBODY}


def _addresses(session: Session, ids: tuple[int, ...]) -> set[str]:
    """Every address by which they write or wrote, whatever channel, and every account on which they were paid back."""
    found = set(session.exec(rows(Identity.address).where(col(Identity.person_id).in_(ids))).all())
    known = rows(Audit).where(col(Audit.action).in_(("linked", "unlinked")), col(Audit.person_id).in_(ids))
    found |= {event.details["address"] for event in session.exec(known).all() if "address" in event.details}
    invited = rows(Invitation).where(col(Invitation.person_id).in_(ids))
    found |= {one.address for one in session.exec(invited).all() if one.address}
    chose = rows(Audit).where(col(Audit.action) == "chose", col(Audit.person_id).in_(ids))
    found |= {iban for event in session.exec(chose).all() if (iban := event.details.get("chosen", {}).get("iban"))}
    return found


def _forget_messages(session: Session, ids: tuple[int, ...], addresses: set[str]) -> None:
    """What they said and were told. That each message was served stays, so that none is served again."""
    theirs = rows(Inbound.key).where(col(Inbound.person_id).in_(ids))
    session.execute(delete(Post).where(or_(col(Post.conversation).in_(addresses), col(Post.key).in_(theirs))))
    open_ = update(Conversation).where(col(Conversation.conversation).in_(addresses))
    session.execute(open_.values(pending=None, last=None))
    session.execute(update(Inbound).where(col(Inbound.person_id).in_(ids)).values(replies=FORGOTTEN))
    nothing = {"sender": "", "sender_name": "", "subject": "", "detail": ""}
    session.execute(update(MailRecord).where(col(MailRecord.person_id).in_(ids)).values(**nothing))
    session.execute(update(QuarantinedMail).where(col(QuarantinedMail.person_id).in_(ids)).values(sha256=None))


def _without(names: set[str], addresses: set[str], person_id: int) -> Callable[[str], str]:
    """What puts something else in the place of names and addresses, wherever they stand by themselves."""
    told = sorted(address for address in addresses if not address.startswith(LASTING))
    instead = {address.casefold(): f"erased-{person_id}-{n}" for n, address in enumerate(told, 1)}
    instead |= {name.casefold(): NOBODY for name in names if name.casefold() not in instead}
    longest_first = sorted(instead, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w]){'(?:' + '|'.join(map(re.escape, longest_first)) + ')'}(?![\w])", re.IGNORECASE)
    return lambda text: pattern.sub(lambda found: instead[found[0].casefold()], text)


def _replace_everywhere(session: Session, without: Callable[[str], str]) -> None:
    """In every text of every table but those of the books, sealed ones among them."""
    kept = {inspect(table).local_table.name for table in (*OF_BOOKS, Audit, AuditLink)}
    for table in SQLModel.metadata.sorted_tables:
        texts = [one for one in table.columns if _is_text(one)]
        if texts and table.name not in kept:
            for key, values in list(_changed(session, table, texts, without)):
                named = [name == value for name, value in zip(table.primary_key, key, strict=True)]
                session.execute(update(table).where(*named).values(**values))


def _changed(
    session: Session, table: Table, texts: list[Column[Any]], without: Callable[[str], str]
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    width = len(table.primary_key)
    for row in session.execute(select(*table.primary_key, *texts).execution_options(yield_per=AT_ONCE)):
        found = zip(texts, row[width:], strict=True)
        new = {column.name: changed for column, value in found if (changed := _replaced(value, without)) != value}
        if new:
            yield tuple(row[:width]), new


def _is_text(column: Column[Any]) -> bool:
    """Texts of any kind; enumerations and references say nothing of anybody."""
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, String | JSON) and not isinstance(column.type, EnumText) and not column.foreign_keys


def _replaced(value: Any, without: Callable[[str], str]) -> Any:
    """The value with every text in it replaced; names of fields stay."""
    match value:
        case str():
            return without(value)
        case list():
            return [_replaced(each, without) for each in value]
        case dict():
            return {name: _replaced(each, without) for name, each in value.items()}
    return value
