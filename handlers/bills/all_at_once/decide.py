"""Decides about many bills with one word: which they are is shown first, and one "undo" takes all of it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

from sqlmodel import Session

from extraction.evidence import CONFIDENCE_THRESHOLD
from handlers.bills.all_at_once import words
from handlers.button_ids import choice_id, fits, suggestion_choices
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.requests import AllAtOnce, AllAtOnceAct, DecideAll
from handlers.rights import permitted
from handlers.wording import lists
from handlers.wording.cards import bill_label
from handlers.wording.doubts import doubts
from storage import audit
from storage.approvals import approvals
from storage.bills import duplicates, lifecycle, outstanding, vendor_ibans
from storage.bills.vendors import find_vendors
from storage.errors import LedgerError
from storage.ledger.double_entry import sum_by_currency
from storage.ledger.money import Money
from storage.models import Bill, BillState, Decision, Permission
from storage.people import people

MOST = 30
"""More bills than this are decided about in several goes, so that each can be looked at."""


def show_all_at_once(session: Session, context: Context, request: AllAtOnce) -> tuple[Reply, ...]:
    """The bills that would be decided about, with the button that does it, and how many are left to look at."""
    called = _called(session, request, _candidates(session, context, request.act))
    bounded = request.above is not None or request.below is not None
    currency = request.currency or context.currency
    meant = [bill for bill in called if not bounded or _is_between(bill, request, currency)]
    ready = [bill for bill in meant if is_ready(session, context, bill, request.act)]
    doubtful = len(meant) - len(ready)
    foreign = sum(bill.currency != currency for bill in called) if bounded else 0
    told = [words.left(request.act, doubtful)] if doubtful else []
    told += [words.other_currency(foreign)] if foreign else []
    look = suggestion_choices((say("what is waiting for me?"),)) if doubtful else ()
    if not ready:
        return (Reply("\n".join([words.nothing(request.act), *told]), choices=look),)
    shown, made = _fitting(request.act, ready[:MOST])
    listing = lists.bill_list(shown, bill_label, MOST)
    total = _total(shown)
    after = [words.more_after(len(ready) - len(shown))] if len(ready) > len(shown) else []
    text = "\n".join([words.question(request.act, len(shown), total), listing.text, *after, *told])
    button = Choice(made, words.order(request.act, len(shown)), "danger" if request.act == "discard" else "primary")
    return (Reply(text, choices=(button, *look), listed=listing.bills),)


def decide_all(session: Session, context: Context, request: DecideAll) -> tuple[Reply, ...]:
    """Each is decided about as if it had been asked for alone; one that cannot be is told of, and holds up no other."""
    done: list[Bill] = []
    failed: list[str] = []
    for bill_id in request.bills:
        bill = lifecycle.lock(session, bill_id)
        if not is_ready(session, context, bill, request.act):
            failed.append(words.no_longer(bill))
            continue
        try:
            _STEPS[request.act](session, context, bill)
        except LedgerError as error:
            failed.append(f"{lists.vendor_and_number(bill)}: {error}")
        else:
            done.append(bill)
    total = _total(done)
    lines = [words.done(request.act, len(done), total), lists.bill_list(done, bill_label, MOST).text] if done else []
    lines += [words.failed(len(failed)), *(f"• {line}" for line in failed)] if failed else []
    step = str(audit.last_step(session))
    undo = (Choice(choice_id("revoke", argument=step), say("Undo")),) if done else ()
    return (Reply("\n".join(lines), choices=undo, replaces=context.card),)


def decision_of(argument: str) -> DecideAll:
    """What the button "all:confirm:3+5+8" asks for."""
    act, _, bills = argument.partition(":")
    (known,) = (each for each in get_args(AllAtOnceAct) if each == act)
    return DecideAll(known, tuple(map(int, bills.split("+"))))


def is_ready(session: Session, context: Context, bill: Bill, act: AllAtOnceAct) -> bool:
    """Whether the asker may decide so about the bill, and nothing on it needs to be looked at alone first."""
    match act:
        case "confirm":
            return (
                bill.state is BillState.DRAFT
                and lifecycle.is_bill(bill)
                and permitted.may(session, context, Permission.CONFIRM_BILLS, bill)
                and not lifecycle.unknown(bill)
                and not doubts(bill, context.today, CONFIDENCE_THRESHOLD)
            )
        case "discard":
            return bill.state is BillState.HELD and permitted.may(session, context, Permission.EDIT_DRAFTS, bill)
        case "approve":
            person = people.find_by_id(session, context.asker.id)
            known = not vendor_ibans.changed_iban(session, bill)
            return known and person is not None and approvals.awaits_decision_of(session, bill, person)


def offered(session: Session, context: Context, waiting: Sequence[Bill], undecided: Sequence[Bill]) -> tuple[str, ...]:
    """What to say to decide about several of the bills that wait at once; nothing where it would be about one alone."""
    sentences: tuple[tuple[AllAtOnceAct, str, Sequence[Bill]], ...] = (
        ("confirm", say("confirm all without doubts"), waiting),
        ("discard", say("discard all duplicates"), waiting),
        ("approve", say("approve all"), undecided),
    )
    return tuple(
        sentence
        for act, sentence, bills in sentences
        if sum(is_ready(session, context, bill, act) for bill in bills) > 1
    )


def _candidates(session: Session, context: Context, act: AllAtOnceAct) -> list[Bill]:
    found = approvals.waiting(session) if act == "approve" else outstanding.waiting_bills(session)
    if act == "discard":
        found = [bill for bill in found if bill.state is BillState.HELD]
    return permitted.visible(session, context, found)


def _called(session: Session, request: AllAtOnce, bills: Sequence[Bill]) -> list[Bill]:
    """Those of which all holds that was said but for bounds of the amount."""
    wanted = None if request.vendor is None else _ids(session, request.vendor)
    unwanted = {vendor for name in request.without for vendor in _ids(session, name)}
    return [
        bill
        for bill in bills
        if (not request.bills or bill.id in request.bills)
        and (wanted is None or bill.vendor_id in wanted)
        and bill.vendor_id not in unwanted
        and _is_of_then(bill, request)
    ]


def _ids(session: Session, name: str) -> set[int]:
    return {vendor.id for vendor in find_vendors(session, name)}


def _is_of_then(bill: Bill, request: AllAtOnce) -> bool:
    on = bill.due_date if request.by_due_date else bill.issue_date
    if on is None:
        return request.since is None and request.until is None
    return (request.since is None or on >= request.since) and (request.until is None or on <= request.until)


def _is_between(bill: Bill, request: AllAtOnce, currency: str) -> bool:
    total = lifecycle.total_of(bill)
    if total is None or total.currency != currency:
        return False
    least = Money.of(request.above, currency) if request.above else None
    most = Money.of(request.below, currency) if request.below else None
    return (least is None or total >= least) and (most is None or total <= most)


def _total(bills: Sequence[Bill]) -> str:
    return lists.sums(sum_by_currency(total for bill in bills if (total := lifecycle.total_of(bill))))


def _fitting(act: AllAtOnceAct, bills: Sequence[Bill]) -> tuple[Sequence[Bill], str]:
    """As many of the bills as a button carries, and its id."""
    while not fits(made := f"all:{act}:{'+'.join(str(bill.id) for bill in bills)}", stamp=True):
        bills = bills[:-1]
    return bills, made


def _confirm(session: Session, context: Context, bill: Bill) -> None:
    lifecycle.confirm(session, bill.id, key=context.key, person_id=context.asker.id, now=context.now)


def _discard(session: Session, context: Context, bill: Bill) -> None:
    duplicates.keep_existing(session, bill.id, person_id=context.asker.id, now=context.now)


def _approve(session: Session, context: Context, bill: Bill) -> None:
    approvals.decide(session, bill.id, Decision.APPROVED, key=context.key, person_id=context.asker.id, now=context.now)


_STEPS: dict[AllAtOnceAct, Callable[[Session, Context, Bill], None]] = {
    "confirm": _confirm,
    "discard": _discard,
    "approve": _approve,
}
