"""Every button that changes something, pressed after what it stands under was changed elsewhere: nothing is done, and
the new values are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest
from sqlmodel import Session, col, func, select

from extraction.evidence import Reading
from handlers.button_ids import Action, parse_choice
from handlers.messages import Choice
from storage.approvals import approval_rules
from storage.bills import amendments
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger.money import Money
from storage.models import Approval, Audit, Bill, Entry, Movement, Role
from storage.payments import bill_payments
from storage.people import people
from storage.reconciliation import reconciling
from tests.fakes.books.bank_desk import BankDesk
from tests.fakes.books.desk import NOW, of_type, offering, paper
from tests.fakes.books.open_house import trust_members
from tests.fakes.books.small_company import ACME
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import ACME_IBAN, line

OTHER_IBAN = "DE02120300000000202051"
GLOBEX = {**ACME, "vendor": "Globex Ltd", "number": "881", "total": "80.00", "subtotal": "67.23", "tax": "12.77"}
PAPERS: dict[str, Reading] = {
    "acme": paper(**ACME),
    "again": paper(**ACME),
    "globex": paper(**GLOBEX),
    "bare": paper(**{name: value for name, value in ACME.items() if name != "currency"}),
    "discount": offering(paper(**ACME), ("3%", "2025-03-24")),
    "first": paper(**ACME, iban=ACME_IBAN),
    "reminder": of_type(paper("other", **ACME), "reminder"),
    "changed": paper(**{**GLOBEX, "vendor": "Acme GmbH", "number": "2024-118"}, iban=OTHER_IBAN),
}
NEW = "€1,500.00"

Elsewhere = Callable[[Session, int], None]


def corrected(bill_id: int) -> Elsewhere:
    """A colleague corrects the total."""

    def change(session: Session, by: int) -> None:
        values = {"total": "1500.00", "subtotal": None, "tax": None}
        amendments.amend(session, bill_id, values, message_key="web:elsewhere", person_id=by, now=NOW)

    return change


def paid_in_part(session: Session, by: int) -> None:
    """A colleague pays a part."""
    part = Money.of("400", "EUR")
    bill_payments.pay(session, 1, key="web:part", on=NOW.date(), person_id=by, now=NOW, amount=part, account="bank")


@dataclass(frozen=True)
class Scene:
    """What the owner says, after which there are buttons; what happens elsewhere then; which actions they have that
    change something; and what the answer has to hold."""

    said: tuple[str, ...]
    elsewhere: Elsewhere
    actions: frozenset[str]
    shown: str = NEW


def of(*actions: Action) -> frozenset[str]:
    return frozenset(actions)


SCENES = {
    "a draft": Scene(("<acme>",), corrected(1), of("confirm", "paid", "void")),
    "no bill": Scene(("<reminder>",), corrected(1), of("record", "void")),
    "no currency": Scene(("<bare>",), corrected(1), of("currency", "void"), "1500"),
    "a duplicate": Scene(("<acme>", "<again>"), corrected(2), of("keep-both", "keep-new", "discard")),
    "booked": Scene(("<acme>", "confirm"), corrected(1), of("paid", "void")),
    "booked, paid in part": Scene(("<acme>", "confirm"), paid_in_part, of("paid", "void"), "€849.50"),
    "a discount": Scene(("<discount>", "confirm"), corrected(1), of("paid", "discounted", "void")),
    "a closed period": Scene(("<acme>", "close the books until 3 March", "confirm Acme"), corrected(1), of("late")),
    "too much": Scene(("<acme>", "confirm", "paid 1300"), corrected(1), of("rest"), NEW),
    "which category": Scene(("<acme>", "categorise it"), corrected(1), of("category")),
    "which bill": Scene(("<acme>", "<globex>", "balance", "confirm"), corrected(1), of("pick")),
    "an approval": Scene(
        ("(rule)", "(max) <acme>", "(max) confirm", "show Acme"), corrected(1), of("approve", "refuse")
    ),
    "a changed account": Scene(
        ("<first>", "confirm", "(max) <changed>", "(max) confirm", "show 2024-118"), corrected(2), of("trust", "refuse")
    ),
    "many at once": Scene(("<acme>", "<globex>", "confirm all"), corrected(1), of("all")),
    "a proposal": Scene(("<acme>", "confirm", "it is travel, so happy"), corrected(1), of("say")),
}


class Desk(BankDesk):
    """Max works at it as well: "(max) confirm"; "(rule)" has bills approved from 500 on."""

    async def say(self, said: str, *, sender: str = "owner") -> str:
        if said == "(rule)":
            with self.database.transaction() as session:
                least = Money.of("500", "EUR")
                approval_rules.require(session, least, steps=1, role=Role.APPROVER, category=None, person_id=1, now=NOW)
            return ""
        if said.startswith("(max) "):
            return await super().say(said.removeprefix("(max) "), sender="max")
        return await super().say(said, sender=sender)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    made = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    with database.transaction() as session:
        code = people.invite(session, "Max", invited_by=1, now=NOW)
        assert people.redeem(session, code, "terminal", "max", NOW, "Max")
        trust_members(session)
    return made


CHANGING = frozenset(get_args(Action)) - {
    "edit", "show", "qr", "snooze", "reword", "connect", "album", "undo", "revoke", "takeback", "columns", "account",
    "mail", "agree", "preview", "unimport",
}  # fmt: skip
"""Buttons that act on what they show. What undo, an album, a statement and a mail that waited do that was changed has
tests of its own; so have the acts on people that are agreed to."""


def test_the_scenes_have_every_button() -> None:
    covered = frozenset[str]().union(*(scene.actions for scene in SCENES.values()), OF_BANK)
    assert covered == CHANGING


@pytest.mark.parametrize("name", SCENES)
async def test_a_button_on_an_older_version_changes_nothing_and_shows_the_new_values(desk: Desk, name: str) -> None:
    scene = SCENES[name]
    for said in scene.said:
        await desk.say(said)
    choices = [choice for reply in desk.replies for choice in reply.choices if not reply.quiet]
    assert scene.actions <= {_action(choice) for choice in choices}, choices
    with desk.database.transaction() as session:
        scene.elsewhere(session, _max(session))
    for choice in choices:
        if _action(choice) not in scene.actions or choice.id.startswith("pick:2"):
            continue
        before = _books(desk)
        heard = (await desk.hear(desk._message("owner", choice=choice.id))).replace("\xa0", " ")
        assert _books(desk) == before, f"{choice.id} did something"
        assert "I did nothing" in heard and scene.shown in heard, f"after {choice.id}:\n{heard}"


@pytest.mark.parametrize("name", [name for name in SCENES if name not in ("an approval", "a changed account")])
async def test_the_button_under_what_is_shown_then_does_it(desk: Desk, name: str) -> None:
    scene = SCENES[name]
    for said in scene.said:
        await desk.say(said)
    choice = next(one for reply in desk.replies for one in reply.choices if _action(one) in scene.actions)
    before = _books(desk)
    await desk.hear(desk._message("owner", choice=choice.id))
    assert _books(desk) != before or choice.id.startswith("pick:"), "nothing was changed elsewhere: it is done"


OF_BANK = frozenset({"match", "nomatch", "book", "unmatch"})


async def imported(desk: Desk) -> None:
    """Globex's bill is booked; a movement may pay it, and another is unknown."""
    for said in ("<globex>", "confirm"):
        await desk.say(said)
    lines = [line(19, "-80.00", "danke", counterparty="GLOBEX LIMITED"), line(18, "-9.90", "Entgelt")]
    await desk.send(banks.camt053(lines))
    await desk.say("[Bank]")


async def pressed_in_vain(desk: Desk, choice: Choice) -> None:
    before = _books(desk)
    heard = await desk.hear(desk._message("owner", choice=choice.id))
    assert _books(desk) == before and "I did nothing" in heard, f"{choice.id}: {heard}"


async def test_buttons_about_a_movement_that_somebody_explained_change_nothing(desk: Desk) -> None:
    await imported(desk)
    await desk.say("[None of these]")
    offered = [Choice(made, label) for label, made in desk._offered.items()]
    choices = [choice for choice in offered if _action(choice) in OF_BANK]
    assert {"match", "nomatch", "book"} <= {_action(choice) for choice in choices}, choices
    with desk.database.transaction() as session:
        for movement in session.exec(select(Movement)).all():
            reconciling.categorise(
                session, movement.id, "bank_fees", key=f"web:{movement.id}", person_id=_max(session), now=NOW
            )
    for choice in choices:
        await pressed_in_vain(desk, choice)


async def test_what_was_matched_is_not_taken_back_twice(desk: Desk) -> None:
    await imported(desk)
    await desk.say("[Globex Ltd 881 · €80.00]")
    undo = next(choice for reply in desk.replies for choice in reply.choices if _action(choice) == "unmatch")
    with desk.database.transaction() as session:
        booked = session.exec(select(Movement).where(col(Movement.entry_id).is_not(None))).one()
        reconciling.unreconcile(session, booked.id, key="web:back", person_id=_max(session), now=NOW)
    await pressed_in_vain(desk, undo)


async def test_a_button_from_before_versions_is_judged_by_what_was_shown(desk: Desk) -> None:
    await desk.say("<acme>")
    with desk.database.transaction() as session:
        corrected(1)(session, _max(session))
    before = _books(desk)
    await desk.hear(desk._message("owner", choice="confirm:1"))
    assert _books(desk) != before, "typed, and nothing was delivered that it could be judged by"


async def test_the_answer_names_what_was_changed_and_by_whom(desk: Desk) -> None:
    await desk.say("<acme>")
    old = desk._offered["Confirm"]
    await desk.say("show Acme", sender="max")
    await desk.say("total is 1,500.00", sender="max")
    heard = await desk.hear(desk._message("owner", choice=old))
    assert "total €1,249.50 → €1,500.00" in heard and "by Max" in heard and NEW in heard
    assert "Confirmed by Olga" in await desk.say("[Confirm]")


def _books(desk: Desk) -> tuple[int, ...]:
    """How much there is in the books and of decisions; whatever is done adds to it."""
    with desk.database.reading() as session:
        counts = [session.exec(select(func.count(col(table.id)))).one() for table in (Audit, Entry, Approval, Bill)]
        return tuple(counts)


def _action(choice: Choice) -> str:
    pressed = parse_choice(choice.id)
    assert pressed is not None
    return pressed.action


def _max(session: Session) -> int:
    return next(person.id for person in people.everybody(session) if person.name == "Max")
