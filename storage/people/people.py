"""Who belongs to the company, on which channels, and how somebody new comes in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import AddressTaken, LastOwner, WrongState
from storage.models import Identity, Invitation, Person, Role
from storage.people.addresses import normalised, spellings
from storage.people.oneness import told_apart, unnumbered

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: five bits a character, none that is mistaken for another."""

CODE_LENGTH = 12
"""60 bits, which nobody guesses in a week, and which one can type."""

TOKEN_LENGTH = 26
"""130 bits, for links, which nobody types."""

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def ensure_owner(session: Session, name: str, identities: Iterable[tuple[str, str]], now: datetime) -> Person:
    """The owner, created at the first start, with these (channel, address) pairs linked.

    Idempotent, and safe with several processes starting at once. Raises: AddressTaken when an address belongs to
    somebody else.
    """
    acquire_lock(session, "owner")
    owner = session.exec(select(Person).where(Person.role == Role.OWNER).order_by(col(Person.id))).first()
    if owner is None:
        owner = _add(session, name, Role.OWNER, now)
    for channel, address in identities:
        holder = find_person(session, channel, address)
        if holder is None:
            _link(session, owner, channel, address, now)
        elif holder.id != owner.id:
            raise AddressTaken(f"{address} ({channel}) belongs to {holder.name}. Give the owner another address.")
    return owner


def find_person(session: Session, channel: str, address: str) -> Person | None:
    """Who writes from this address, None when it is unknown. A mail address with a detail ("anna+bills@…", RFC 5233) is
    that of who has the one without, unless it is somebody's own."""
    return next(filter(None, (_holder(session, channel, one) for one in spellings(channel, address))), None)


def _holder(session: Session, channel: str, address: str) -> Person | None:
    return session.exec(
        select(Person)
        .join(Identity, col(Identity.person_id) == col(Person.id))
        .where(Identity.channel == channel, Identity.address == normalised(address))
    ).one_or_none()


def addresses(session: Session, person_id: int, channel: str) -> list[str]:
    """The person's addresses on a channel, in the order in which they were linked."""
    query = select(Identity.address).where(Identity.person_id == person_id, Identity.channel == channel)
    return list(session.exec(query.order_by(col(Identity.id))).all())


def find_by_id(session: Session, person_id: int) -> Person | None:
    """The person with this id."""
    return session.get(Person, person_id)


def is_same(session: Session, one: int | None, other: int | None) -> bool:
    """Whether two ids are of one person, who may have come in twice."""
    return one == other or (one is not None and other is not None and _now(session, one) == _now(session, other))


def ids_of(session: Session, person_id: int) -> tuple[int, ...]:
    """The ids of a person: their own, and those under which they had come in besides."""
    others = session.exec(select(Person.id).where(Person.merged_into == person_id).order_by(col(Person.id))).all()
    return (person_id, *others)


def find_now(session: Session, person_id: int) -> Person | None:
    """Who somebody turned out to be, else the person with this id."""
    return session.get(Person, _now(session, person_id))


def name_of(session: Session, person_id: int | None) -> str:
    """The person's name, under which they go by now; "" for nobody."""
    person = find_now(session, person_id) if person_id is not None else None
    return person.name if person else ""


def names(session: Session) -> tuple[str, ...]:
    """Everybody's name, in the order in which they came."""
    return tuple(person.name for person in everybody(session))


def everybody(session: Session) -> list[Person]:
    """All people, in the order in which they came; who came in twice once, who left or was erased not at all."""
    here = (col(Person.merged_into).is_(None), col(Person.left_at).is_(None), col(Person.erased_at).is_(None))
    return list(session.exec(select(Person).where(*here).order_by(col(Person.id))).all())


def _now(session: Session, person_id: int) -> int:
    """The id of who a person turned out to be, else their own."""
    person = session.get(Person, person_id)
    return (person and person.merged_into) or person_id


def find_called(session: Session, name: str) -> list[Person]:
    """People of this name, numbered or not ("Max 2"), or else whose name begins with it; case does not matter."""
    said, known = name.strip().casefold(), everybody(session)
    exact = [person for person in known if unnumbered(person.name, said) == said]
    return exact or [person for person in known if person.name.casefold().startswith(said)]


def check_owned_without(session: Session, person: Person) -> None:
    """Raises: LastOwner where nobody else who is here owns the books."""
    if [one.id for one in everybody(session) if one.role is Role.OWNER] == [person.id]:
        raise LastOwner("{name} is the only owner. Make somebody else an owner first.", name=person.name)


def appoint(session: Session, person: Person, role: Role, *, by: int, now: datetime) -> None:
    """Gives a person another role. Raises: LastOwner when nobody would be left who owns the books."""
    if role is not Role.OWNER:
        check_owned_without(session, person)
    details = {"person": person.id, "name": person.name, "role": str(role), "before": str(person.role)}
    person.role = role
    session.flush()
    audit.record(session, "appointed", person_id=by, now=now, details=details)


def invite(
    session: Session, name: str, *, invited_by: int, now: datetime, days: int = 7, role: Role = Role.MEMBER
) -> str:
    """A code such as "K7QM-2XWP-9TRD" with which one unknown address becomes somebody called `name` with that role.

    `name` may be a mail address: then the person is called as their channel calls them. Only the code's SHA-256 is
    kept, so this is the only time that it is known.
    """
    code = random_code()
    made = add_invitation(session, code, name, now, timedelta(days=days), invited_by=invited_by, role=role)
    audit.record(session, "invited", person_id=invited_by, now=now, details={"name": name, "invitation": made.id})
    return printed(code)


def add_link(session: Session, code: str, person_id: int, *, now: datetime, life: timedelta) -> Invitation:
    """A code that links one further address to somebody known."""
    return add_invitation(session, code, "", now, life, person_id=person_id)


def link_address(session: Session, person_id: int, channel: str, address: str, *, by: int, now: datetime) -> None:
    """Links an address to somebody known. Raises: AddressTaken when it belongs to somebody else."""
    holder = _holder(session, channel, address)
    if holder is None:
        _link(session, session.get_one(Person, person_id), channel, address, now, by=by)
    elif holder.id != person_id:
        raise AddressTaken("{address} belongs to {name}.", address=address, name=holder.name)


def withdraw_invitation(session: Session, invitation_id: int, now: datetime) -> None:
    """The code of an invitation is no good any more. Raises: WrongState when somebody came in with it already."""
    query = select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    invitation = session.exec(query.execution_options(populate_existing=True)).one()
    if invitation.redeemed_at is not None:
        raise WrongState("{name} has used the invitation already and stays.", name=invitation.name)
    invitation.expires_at = min(now, invitation.expires_at)
    session.flush()


def sign_in_link(session: Session, person_id: int, *, now: datetime, minutes: int) -> str:
    """A token that links one further address to somebody known, for a sign-in link."""
    add_link(session, token := random_code(TOKEN_LENGTH), person_id, now=now, life=timedelta(minutes=minutes))
    return token


def is_invitation(session: Session, code: str, now: datetime) -> bool:
    """Whether an unknown address would be let in by this code now."""
    found = session.exec(select(Invitation).where(Invitation.code_sha256 == code_hash(code))).one_or_none()
    return found is not None and found.redeemed_at is None and found.expires_at > now


def redeem(
    session: Session, code: str, channel: str, address: str, now: datetime, display_name: str = ""
) -> Person | None:
    """Links an address by an invitation's code or a sign-in token, once and before it expires.

    Case, dashes, spaces and look-alike letters do not matter. None when the code is no good, without saying why.
    An address belongs to one person: somebody known is returned as they are, and an invitation stays unused; a
    sign-in token of somebody else is no good.
    """
    acquire_lock(session, f"identity:{channel}:{normalised(address)}")
    query = select(Invitation).where(Invitation.code_sha256 == code_hash(code)).with_for_update()
    invitation = session.exec(query).one_or_none()
    if invitation is None or invitation.redeemed_at is not None or invitation.expires_at <= now:
        return None
    known = find_person(session, channel, address)
    if known is None:
        return come_in(session, invitation, channel, address, now, display_name)
    if invitation.person_id != known.id:
        return known if invitation.person_id is None else None
    invitation.redeemed_at, invitation.redeemed_by = now, f"{channel}:{normalised(address)}"
    session.flush()
    return known


def come_in(
    session: Session, invitation: Invitation, channel: str, address: str, now: datetime, display_name: str = ""
) -> Person:
    """Uses an invitation that is still good, or a token of somebody known, for an address that is nobody's."""
    invitation.redeemed_at, invitation.redeemed_by = now, f"{channel}:{normalised(address)}"
    person = session.get(Person, invitation.person_id or 0)
    if person is None:
        called = told_apart(everybody(session), _called(invitation.name, display_name))
        person = _add(session, called, invitation.role, now, invited_by=invitation.invited_by)
    _link(session, person, channel, address, now)
    return person


def give_lasting_address(session: Session, channel: str, address: str) -> str:
    """Gives a person one address on a channel that has none of its own, such as the web chat; returns it.

    `address`, a passing one that was just linked, becomes "person-<id>", so that wherever somebody signs in, they
    find one and the same conversation.
    """
    person = find_person(session, channel, address)
    assert person is not None
    lasting = f"person-{person.id}"
    passing = session.exec(select(Identity).where(Identity.channel == channel, Identity.address == address)).one()
    if address != lasting and find_person(session, channel, lasting):
        session.delete(passing)
    else:
        passing.address = lasting
    session.flush()
    return lasting


def _add(session: Session, name: str, role: Role, now: datetime, *, invited_by: int | None = None) -> Person:
    person = Person(name=name, role=role, created_at=now, invited_by=invited_by)
    session.add(person)
    session.flush()
    audit.record(session, "joined", person_id=person.id, now=now, details={"role": role})
    return person


def _link(session: Session, person: Person, channel: str, address: str, now: datetime, by: int | None = None) -> None:
    session.add(Identity(person_id=person.id, channel=channel, address=normalised(address), linked_at=now))
    session.flush()
    details = {"channel": channel, "address": normalised(address)}
    audit.record(session, "linked", person_id=by or person.id, now=now, details=details)


def add_invitation(
    session: Session,
    code: str,
    name: str,
    now: datetime,
    life: timedelta,
    *,
    person_id: int | None = None,
    invited_by: int | None = None,
    role: Role = Role.MEMBER,
) -> Invitation:
    """Keeps a code, by its SHA-256, for as long as it lives: of a person's further address, or of somebody new."""
    invitation = Invitation(
        code_sha256=code_hash(code),
        name=name,
        person_id=person_id,
        invited_by=invited_by,
        role=role,
        created_at=now,
        expires_at=now + life,
    )
    session.add(invitation)
    session.flush()
    return invitation


def _called(invited: str, display_name: str) -> str:
    return invited if invited and "@" not in invited else display_name.strip() or invited or "Somebody"


def printed(code: str) -> str:
    """A code in groups of four, as people read it."""
    return "-".join(code[n : n + 4] for n in range(0, len(code), 4))


def random_code(length: int = CODE_LENGTH) -> str:
    """So many characters that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def code_hash(code: str) -> str:
    """The SHA-256 of the code as it was made: what people add or mistake when they type is taken out."""
    typed = "".join(c for c in code.upper() if c.isalnum()).translate(_MISREAD)
    return hashlib.sha256(typed.encode()).hexdigest()
