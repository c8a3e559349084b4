"""Vendors, found again however their name is spelled."""

from __future__ import annotations

from sqlmodel import Session, select

from storage.bills.names import known_vendors
from storage.bills.names.known_vendors import KnownVendor
from storage.bills.names.match_keys import ALIKE as ALIKE
from storage.bills.names.match_keys import CLOSE as CLOSE
from storage.bills.names.match_keys import LEGAL_FORMS as LEGAL_FORMS
from storage.bills.names.match_keys import LOOK_ALIKES as LOOK_ALIKES
from storage.bills.names.match_keys import alike as alike
from storage.bills.names.match_keys import look_alike as look_alike
from storage.bills.names.match_keys import match_key as match_key
from storage.bills.names.vendor_index import VendorIndex, plain_words
from storage.db.locks import acquire_lock
from storage.models import Vendor
from storage.people import company


def is_us(session: Session, name: str) -> bool:
    """Whether a name is the company's whose books these are; nobody's is, until it was said."""
    own = company.company(session).name
    return own != company.NAMELESS and alike(match_key(name), match_key(own))


def ensure_vendor(session: Session, name: str) -> Vendor:
    """The vendor with this name's match key, added under this spelling when there is none.

    Raises: ValueError when the name has no letter or digit.
    """
    key = match_key(name)
    if not key:
        raise ValueError(f"“{name}” is not a name.")
    acquire_lock(session, f"vendor:{key}")
    found = session.exec(select(Vendor).where(Vendor.match_key == key)).one_or_none()
    if found is None:
        found = Vendor(name=name, match_key=key)
        session.add(found)
        session.flush()
    return found


def find_vendors(session: Session, name: str) -> list[KnownVendor]:
    """Vendors that a half-remembered name may mean: the one of that very name, else those that contain it,
    else those close to it, closest first. Empty when nobody comes near."""
    key = match_key(name)
    if not key:
        return []
    known = known_vendors.known(session)
    if key in known.ids:
        return [known.of(key)]
    if meant := list(known.index.containing(key)):
        return [known.of(other) for other in meant]
    return [known.of(other) for other, _ in known.index.close(key, CLOSE)]


def find_all(session: Session, name: str) -> list[KnownVendor]:
    """Every vendor that a name may sum up: with "acme", Acme GmbH and Acme Tools Ltd. A name that is said with its
    legal form, or is all of somebody's, means them alone. "the Acmes" are those of "acme"; without any of its words, as
    `find_vendors`."""
    known, key = known_vendors.known(session), match_key(name)
    if key in known.ids and known.index.by_key[key].casefold() == " ".join(name.split()).casefold():
        return [known.of(key)]
    wanted = plain_words(name)
    for words in (wanted, {word.removesuffix("s") for word in wanted}):
        if meant := known.index.with_words(words):
            return sorted(map(known.of, meant), key=lambda vendor: vendor.id)
    return find_vendors(session, name)


def names(session: Session) -> VendorIndex:
    """Every vendor's name."""
    return known_vendors.known(session).index
