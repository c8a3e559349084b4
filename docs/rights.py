"""The table of rights, `docs/rights.md`: every request, asked for in each role, about one's own bills and others'.

`python docs/rights.py` writes it anew, `--check` fails where it is stale. What stands in it is what
`serving.check_rights` answers on a real ledger, and not what anybody thinks that it does.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.processing.proof_of_change import NEVER_BY_MAIL
from bot.processing.serving import check_rights
from handlers import requests as asked
from handlers.context import Asker, Context
from handlers.errors import NotAllowed
from handlers.rights.labels import PERMISSIONS
from handlers.rights.needs import NEEDS, Need
from storage.bills.bill_drafts import draft
from storage.db.database import Database
from storage.documents import document_register
from storage.ledger import accounts
from storage.migrations.upgrade import migrate
from storage.models import BillState, Permission, Person, Reach, Role
from storage.people import rights

FILE = Path(__file__).with_name("rights.md")
NOW = datetime(2025, 3, 21, 9, 30, tzinfo=UTC)
CHANNELS = ("slack", "telegram", "mail", "web", "terminal")
BILLS = (
    "own draft", "own booked", "own booked by another", "own paid", "draft of another", "booked of another",
)  # fmt: skip
HEAD = """# Rights

Written by `python docs/rights.py`; `make check` fails where it is stale. What a role may do is data
(`config/rights.toml`) that the owner changes by saying so (“members may see balances”, “what may members do?”); what
stands here holds where nothing was said. One place asks for it (`bot/processing/serving.py`), whatever channel a
request came from, in words or by a button, a form, a file, an edited message or a language model.

## What roles may do

“own” is what is theirs: bills that they sent and, to change them, that nobody else confirmed and no money moved for.
"""
REQUESTS = """
## Which request is served

What each request is answered with, about no bill or about one of these. “list” is served with what of it the asker may
see. The answer is the same on every channel, which the walk tries; “by mail” says what a mail may change besides: of
what it answers only (“its bill”), or nothing (“never”). Taking back needs the right that the step needed.

"""

FURTHER: tuple[tuple[str, Any], ...] = (
    ("RenamePerson (another)", asked.RenamePerson("New", "Olga")),
    ("LinkAddress (another's)", asked.LinkAddress("a@example.com", "Olga")),
    ("Digest (now)", asked.Digest(now=True)),
    ("Settled (when last)", asked.Settled(vendor="Acme GmbH", last=True)),
    ("DecideMail (always)", asked.DecideMail("always", 1)),
)
"""Requests that need something else where they say more."""


@dataclass(frozen=True)
class Row:
    """A request about a bill ("" for none), and what each role is answered: "yes", "list" or "no"."""

    request: str
    about: str
    answers: dict[Role, str]
    by_mail: str


def rows(session: Session) -> Iterator[Row]:
    """Every request about every bill; those that do not depend on the bill once. The same on all channels."""
    everybody = _people(session)
    for name, request in (*((kind.__name__, _sample(kind)) for kind in NEEDS), *FURTHER):
        if _about_bill(request):
            made = [_row(session, everybody, name, request, about) for about in BILLS]
            for answers in dict.fromkeys(str(row.answers) for row in made):
                alike = [row for row in made if str(row.answers) == answers]
                about = "any bill" if len(alike) == len(made) else "; ".join(row.about for row in alike)
                yield replace(alike[0], about=about)
        else:
            yield _row(session, everybody, name, request, "")


def _row(session: Session, everybody: dict[Role, Person], name: str, request: object, about: str) -> Row:
    answers = {}
    for role, person in everybody.items():
        bill = _bills(session, everybody, person)[about] if about else None
        heard = {_answer(session, _context(person, channel, bill), request) for channel in CHANNELS}
        assert len(heard) == 1, f"{name} of {role}: channels differ"
        answers[role] = heard.pop()
    return Row(name, about, answers, _by_mail(request))


def _answer(session: Session, context: Context, request: object) -> str:
    try:
        needs = check_rights(session, context, request)
    except NotAllowed:
        return "no"
    far = [rights.reach_of(session, context.asker.role, need.permission) for need in needs]
    return (
        "list" if any(one is Reach.OWN and need.of == "list" for one, need in zip(far, needs, strict=True)) else "yes"
    )


def _by_mail(request: object) -> str:
    if not isinstance(request, asked.CHANGES):
        return "yes"
    return "never" if isinstance(request, NEVER_BY_MAIL) else "its bill"


def _about_bill(request: object) -> bool:
    need = NEEDS[type(request)]
    return "bill" in (need.of,) if isinstance(need, Need) else type(request) in (
        asked.Amend, asked.Categorise, asked.NotAnInvoice, asked.KeepNew, asked.Pay, asked.Approve, asked.Refuse,
        asked.Remind,
    )  # fmt: skip


def _sample(kind: type[Any]) -> Any:
    """A request of this kind, in which as little is said as it can be."""
    needed = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    return kind(**dict.fromkeys(needed, ""))


def _context(person: Person, channel: str, bill: int | None) -> Context:
    return Context(
        Asker(person.id, person.name, person.role), "docs", channel, "docs", NOW, NOW.date(), UTC, "EUR",
        keep=lambda data: "", fetch=lambda sha256: b"", bill=bill,
    )  # fmt: skip


def _people(session: Session) -> dict[Role, Person]:
    """Somebody of each role; the owner's name is Olga."""
    found = {role: Person(name="Olga" if role is Role.OWNER else str(role), role=role, created_at=NOW) for role in Role}
    session.add_all([*found.values(), Person(name="Sam", role=Role.OWNER, created_at=NOW)])
    session.flush()
    return found


def _bills(session: Session, everybody: dict[Role, Person], person: Person) -> dict[str, int]:
    """A bill of each kind, as it stands to this person; made once for each."""
    known: dict[int, dict[str, int]] = session.info.setdefault("bills of the table", {})
    if person.id not in known:
        other = everybody[Role.MEMBER if person.role is not Role.MEMBER else Role.APPROVER]
        known[person.id] = {
            about: _bill(session, person if about.startswith("own") else other, about, booker)
            for about, booker in zip(BILLS, (None, person, other, person, None, other), strict=True)
        }
    return known[person.id]


def _bill(session: Session, sender: Person, about: str, booker: Person | None) -> int:
    number = session.info["bills made"] = session.info.get("bills made", 0) + 1
    file = document_register.register(
        session, sha256=f"{number:064x}", name="scan.pdf", media_type="application/pdf", sent_by=sender.id,
        message_key=f"docs:{number}", now=NOW,
    )  # fmt: skip
    read = {"vendor": "Acme GmbH", "number": f"A-{number}", "issue_date": "2025-03-01", "currency": "EUR", "total": "9"}
    evidence = {name: {"value": value, "confidence": 0.9} for name, value in read.items()}
    bill = draft(
        session, key=f"docs:{number}", document=file, kind="invoice", evidence=evidence, person_id=sender.id, now=NOW
    )
    bill.state = BillState.DRAFT
    if booker is not None:
        bill.state = BillState.PAID if "paid" in about else BillState.CONFIRMED
        bill.confirmed_by, bill.confirmed_at = booker.id, NOW
    session.flush()
    return bill.id


def text() -> str:
    """The whole document."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/ledger.db")
        migrate(database)
        with database.transaction() as session:
            accounts.ensure_chart(session)
            walked = list(rows(session))
            permitted = [
                (PERMISSIONS[one], one, {role: rights.reach_of(session, role, one) for role in Role})
                for one in Permission
            ]
        database.close()
    usual = rights.usual()
    lines = [HEAD, _line("may", *Role, "changeable", "owner told"), _line(*["---"] * (len(Role) + 3))]
    lines += [
        _line(label, *(str(far[role]) for role in Role), "no" if usual[one].fixed else "yes", _told(usual[one].told))
        for label, one, far in permitted
    ]
    lines += [REQUESTS, _line("request", "about", *Role, "by mail"), _line(*["---"] * (len(Role) + 3))]
    lines += [_line(row.request, row.about, *row.answers.values(), row.by_mail) for row in walked]
    return "\n".join(lines) + "\n"


def _told(told: bool) -> str:
    return "yes" if told else ""


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> int:
    """Writes the table, or says that it is stale."""
    now = text()
    if "--check" not in arguments:
        FILE.write_text(now, "utf-8")
        return 0
    if not FILE.exists() or FILE.read_text("utf-8") != now:
        print("docs/rights.md is stale: run `python docs/rights.py`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
