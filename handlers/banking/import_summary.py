"""What came of an import: how many movements are booked, what to check, the bank's balance beside the ledger's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from extraction.bank_statement import BankStatement
from handlers.banking import take_back_import
from handlers.banking.left_out import told_left_out
from handlers.banking.match_questions import match_question
from handlers.banking.reconcile import balance_line
from handlers.context import Context
from handlers.language.formats import day, money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from storage.bank import bank_balance
from storage.bank.statements import Imported, StatementDraft
from storage.ledger.money import Money
from storage.models import Account, Movement, MovementState

Part = tuple[BankStatement, StatementDraft, Imported]

MOST_ASKED = 5
"""More questions at once are a burden; “movements” lists them all."""


@dataclass(frozen=True)
class Tally:
    """What is new on an account: how many movements stand how, between which days; how many were `known`; and the first
    of those to be `asked` about, one more than are."""

    states: Mapping[MovementState, int]
    known: int
    first: date | None
    last: date | None
    asked: Sequence[Movement]


def import_summary(
    session: Session, context: Context, account: Account, parts: Sequence[Part], document_id: int
) -> list[Reply]:
    """The summary of one account's statements, then a question for each of the first likely matches."""
    new = [movement for _, _, taken in parts for movement in taken.new]
    days = [movement.booked_on for movement in new]
    tally = Tally(
        states=Counter(movement.state for movement in new),
        known=sum(taken.known for _, _, taken in parts),
        first=min(days, default=None),
        last=max(days, default=None),
        asked=[movement for movement in new if movement.state is MovementState.ASKED][: MOST_ASKED + 1],
    )
    doubts = doubts_about([(statement, draft, taken.gap) for statement, draft, taken in parts])
    return summary_of(session, context, account, tally, doubts, document_id)


def summary_of(
    session: Session, context: Context, account: Account, tally: Tally, doubts: Sequence[str], document_id: int
) -> list[Reply]:
    """The summary of what is new on an account, with what does not add up, and the questions."""
    lines = [_head(account, tally), *doubts]
    lines.append(balance_line(session, bank_balance.compare_balances(session, account, context.today)))
    asked = tally.asked
    if len(asked) > MOST_ASKED:
        lines.append(say("I ask about the first {n}; say “movements” for all.", n=MOST_ASKED))
    questions = [match_question(session, movement) for movement in asked[:MOST_ASKED]]
    choices = (take_back_import.offer(document_id),) if tally.states else ()
    return [Reply("\n".join(filter(None, lines)), choices=choices), *questions]


def _head(account: Account, tally: Tally) -> str:
    """ "Imported 42 movements of Sparkasse, 1 Mar 2025 – 31 Mar 2025: 30 booked, 5 to check, 7 without a bill." """
    known = tally.known
    if tally.first is None or tally.last is None:
        if not known:
            return say("This statement of {account} has no movements.", account=account.name)
        return say_count(
            "Nothing new: the movement of {account} is here already.",
            "Nothing new: the {n} movements of {account} are here already.",
            known,
            account=account.name,
        )
    since, until = day(tally.first), day(tally.last)
    period = since if since == until else f"{since} – {until}"
    count = say_count("{n} movement", "{n} movements", sum(tally.states.values()))
    head = say("Imported {count} of {account}, {period}:", count=count, account=account.name, period=period)
    again = [say("{n} were here already", n=known)] if known else []
    return f"{head} {', '.join([*_states(tally.states), *again])}."


def _states(states: Mapping[MovementState, int]) -> list[str]:
    booked, asked, new = (
        states.get(state, 0) for state in (MovementState.BOOKED, MovementState.ASKED, MovementState.NEW)
    )
    counts = (
        (say("{n} booked", n=booked), booked),
        (say("{n} to check", n=asked), asked),
        (say("{n} without a bill", n=new), new),
    )
    return [text for text, number in counts if number]


def doubts_about(parts: Sequence[tuple[BankStatement, StatementDraft, Money | None]]) -> list[str]:
    """What does not add up, and what was left out. With each statement goes its gap (`statements.Imported`)."""
    said = [text for part in parts for text in (_unbalanced(*part[:2]), _gap(*part[1:])) if text]
    strange = sorted({other for statement, _, _ in parts for other in statement.strange})
    if strange:
        said.append(say("⚠ It also speaks of {currencies}; that I left out.", currencies=", ".join(strange)))
    return said + told_left_out([statement for statement, _, _ in parts])


def _unbalanced(statement: BankStatement, draft: StatementDraft) -> str:
    """Opening balance and movements do not make the closing balance."""
    if not statement.difference or draft.closing is None:
        return ""
    missed = Money.of(statement.difference, draft.currency)
    if missing := sum(row.is_missing for row in statement.left_out):
        return say_count(
            "⚠ The balances say that {missed} is missing, and {n} row could not be read.",
            "⚠ The balances say that {missed} is missing, and {n} rows could not be read.",
            missing,
            missed=money(missed),
        )
    return say(
        "⚠ Opening balance and movements make {made}, but the statement closes with {closing}: off by {missed}. "
        "Please check the file, or export it once more.",
        made=money(draft.closing - missed),
        closing=money(draft.closing),
        missed=money(missed),
    )


def _gap(draft: StatementDraft, gap: Money | None) -> str:
    """The statement before closed with another balance than this one opens with."""
    if gap is None or draft.opening is None:
        return ""
    return say(
        "⚠ The statement before closed with {before}, this one opens with {opening}: is one between them missing?",
        before=money(gap),
        opening=money(draft.opening),
    )
