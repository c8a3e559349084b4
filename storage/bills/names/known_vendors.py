"""The vendors as each process remembers them between messages: a name that is said is compared with all of them.

Vendors are only ever added, and each that is stands in the company's audit chain, whose links are committed in the
order of their positions, whichever process wrote them. So what is remembered is good up to the position at which it was
read, and each question reads the links after it. What the transaction itself added is put on top and not remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from sqlmodel import Session, col, func, select

from storage.bills.names.match_keys import match_key
from storage.bills.names.vendor_index import VendorIndex
from storage.db.shared_memory import shared
from storage.db.tenancy import company_of
from storage.models import AuditLink, Vendor
from storage.trail.changes import Change, written

MOST_COMPANIES = 256
"""More companies' vendors are not remembered at once; whose were not asked for longest are read anew."""
MOST_LINKS = 500
"""Behind more links than these, reading all vendors anew is quicker."""

_MEMORY = "known vendors"
_ROW = f"{Vendor.__tablename__}:"


@dataclass(frozen=True)
class KnownVendor:
    """A vendor, without a row of the session."""

    id: int
    name: str


def known(session: Session) -> KnownVendors:
    """All vendors of the session's company as the session sees them; of the names of others that are being added now,
    those that are committed."""
    company = company_of(session)
    memory: VendorMemory = shared(session).setdefault(_MEMORY, VendorMemory())
    before = memory.get(company)
    now = _brought_up(session, before) if before else None
    if now is None:
        now = _all(session)
    if now is not before:
        memory.keep(company, now)
    return now.with_more(_added_here(session), now.position)


def _brought_up(session: Session, before: KnownVendors) -> KnownVendors | None:
    """What is remembered with what came since; None where that is too much, or the books are others by now."""
    query = select(AuditLink.position, AuditLink.changes).where(AuditLink.position >= before.position)
    links = session.exec(query.order_by(col(AuditLink.position)).limit(MOST_LINKS)).all()
    if before.position and (not links or links[0][0] != before.position or len(links) == MOST_LINKS):
        return None
    newer = [changes for position, changes in links if position > before.position]
    rows = ((row, columns) for changes in newer for row, columns in changes.items() if row.startswith(_ROW))
    added = [KnownVendor(_number(row), columns["name"][1]) for row, columns in rows]
    return before.with_more(added, links[-1][0] if links else 0)


def _all(session: Session) -> KnownVendors:
    """All that are committed, read from the table; the position first, so that nothing after it is missed."""
    position = session.exec(select(func.max(AuditLink.position))).one() or 0
    uncommitted = {one.id for one in _added_here(session)}
    query = select(Vendor.id, Vendor.name, Vendor.match_key).order_by(col(Vendor.id))
    rows = [row for row in session.exec(query).all() if row[0] not in uncommitted]
    return KnownVendors(position, {key: id_ for id_, _, key in rows}, VendorIndex({key: name for _, name, key in rows}))


def _added_here(session: Session) -> list[KnownVendor]:
    """Those that this transaction added."""
    changes = (one for one in written(session) if isinstance(one, Change) and one.column == "name")
    return [KnownVendor(_number(one.row), one.new) for one in changes if one.row.startswith(_ROW)]


def _number(row: str) -> int:
    return int(row.removeprefix(_ROW))


@dataclass(frozen=True)
class KnownVendors:
    """All vendors of a company, as they were at this position of its audit chain; `ids` by match key."""

    position: int
    ids: Mapping[str, int]
    index: VendorIndex

    def of(self, key: str) -> KnownVendor:
        """The vendor of this match key."""
        return KnownVendor(self.ids[key], self.index.by_key[key])

    def with_more(self, vendors: Iterable[KnownVendor], position: int) -> KnownVendors:
        """These as well."""
        more = {key: one for one in vendors if (key := match_key(one.name)) not in self.ids}
        if not more:
            return KnownVendors(position, self.ids, self.index) if position != self.position else self
        ids = {**self.ids, **{key: one.id for key, one in more.items()}}
        return KnownVendors(position, ids, self.index.with_more({key: one.name for key, one in more.items()}))


class VendorMemory:
    """What one process remembers of each company's vendors; it may be used from many threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, KnownVendors] = OrderedDict()
        self._lock = Lock()

    def get(self, company: int) -> KnownVendors | None:
        with self._lock:
            if company in self._known:
                self._known.move_to_end(company)
            return self._known.get(company)

    def keep(self, company: int, known: KnownVendors) -> None:
        with self._lock:
            self._known[company] = known
            self._known.move_to_end(company)
            while len(self._known) > MOST_COMPANIES:
                self._known.popitem(last=False)
