"""Vendors, found again however their name is spelled."""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date
from importlib.resources import files

from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.models import Bill, BillState, Side, Vendor

LEGAL_FORMS = frozenset(tomllib.loads(files("config").joinpath("legal_forms.toml").read_text("utf-8"))["words"])
"""Words at the end of a name that say what kind of company it is."""

JOINING = frozenset({"and", "und", "et", "y", "e"})
LOOK_ALIKES = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "2": "z"})
"""Characters that a recogniser takes for one another."""

ALIKE = 88.0
"""Least similarity (0–100) of two names that may be one name read twice. A wrong “yes” only asks a question."""

CLOSE = 80.0
"""Least similarity of a half-remembered name with a vendor's."""


def match_key(name: str) -> str:
    """The name without case, accents, marks, spaces and legal form: "ACME G.m.b.H. & Co. KG" is "acme".

    Empty when the name has no letter or digit.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    plain = plain.translate({ord(mark): None for mark in ".'’`´"})
    words = _joined_initials("".join(c if c.isalnum() else " " for c in plain).split())
    kept = [word for word in words if word not in JOINING] or words
    while len(kept) > 1 and kept[-1] in LEGAL_FORMS:
        kept.pop()
    key = "".join(kept)
    return key.removesuffix("gmbh") or key  # glued to the name by a recogniser that missed the space


def alike(one: str, other: str) -> bool:
    """Whether two match keys may be one name, read twice."""
    one, other = one.translate(LOOK_ALIKES), other.translate(LOOK_ALIKES)
    return one == other or fuzz.ratio(one, other) >= ALIKE


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


def find_vendors(session: Session, name: str) -> list[Vendor]:
    """Vendors that a half-remembered name may mean: the one of that very name, else those that contain it,
    else those close to it, closest first. Empty when nobody comes near."""
    key = match_key(name)
    if not key:
        return []
    if exact := session.exec(select(Vendor).where(Vendor.match_key == key)).all():
        return list(exact)
    known = session.exec(select(Vendor.id, Vendor.match_key).order_by(col(Vendor.id))).all()
    meant = [id_ for id_, known_key in known if key in known_key]
    if not meant:
        scored = [(fuzz.ratio(key, known_key), id_) for id_, known_key in known]
        meant = [id_ for score, id_ in sorted(scored, key=lambda row: -row[0]) if score >= CLOSE]
    by_id = {vendor.id: vendor for vendor in session.exec(select(Vendor).where(col(Vendor.id).in_(meant))).all()}
    return [by_id[id_] for id_ in meant]


def find_all(session: Session, name: str) -> list[Vendor]:
    """Every vendor that a name may sum up: with "acme", Acme GmbH and Acme Tools Ltd. A name that is said with its
    legal form, or is all of somebody's, means them alone. "the Acmes" are those of "acme"; without any of its words, as
    `find_vendors`."""
    said = " ".join(name.split()).casefold()
    known = session.exec(select(Vendor).order_by(col(Vendor.id))).all()
    if whole := [vendor for vendor in known if vendor.name.casefold() == said]:
        return whole
    wanted = _plain_words(name)
    for words in (wanted, {word.removesuffix("s") for word in wanted}):
        if meant := [vendor for vendor in known if words and words <= _plain_words(vendor.name)]:
            return meant
    return find_vendors(session, name)


def _plain_words(name: str) -> set[str]:
    return {key for word in name.replace("-", " ").split() if (key := match_key(word))}


def names(session: Session) -> dict[str, str]:
    """Every vendor's name by its match key."""
    return dict(session.exec(select(Vendor.match_key, Vendor.name)).all())


def named_on_bills(session: Session, since: date) -> list[tuple[str | None, Side, str | None]]:
    """(party, side, number) of the bills that were issued since, or at no known day; void ones are left out."""
    late = col(Bill.issue_date).is_(None) | (col(Bill.issue_date) >= since)
    found = select(Bill.vendor, Bill.side, Bill.number).where(late, Bill.state != BillState.VOID).distinct()
    return [(party, Side(side), number) for party, side, number in session.exec(found).all()]


def _joined_initials(words: list[str]) -> list[str]:
    """Runs of single letters become one word: "S. A. R. L." is "sarl"."""
    joined: list[str] = []
    in_run = False
    for word in words:
        single = len(word) == 1 and word.isalpha()
        if single and in_run:
            joined[-1] += word
        else:
            joined.append(word)
        in_run = single
    return joined
