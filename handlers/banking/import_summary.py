"""What came of an import: how many movements are booked, what to check, the bank's balance beside the ledger's."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from extraction.bank_statement import BankStatement
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


def import_summary(session: Session, context: Context, account: Account, parts: Sequence[Part]) -> list[Reply]:
    """The summary of one account's statements, then a question for each of the first likely matches."""
    new = [movement for _, _, taken in parts for movement in taken.new]
    lines = [_head(account, parts, new), *_doubts(parts)]
    lines.append(balance_line(session, bank_balance.compare_balances(session, account, context.today)))
    asked = [movement for movement in new if movement.state is MovementState.ASKED]
    if len(asked) > MOST_ASKED:
        lines.append(say("I ask about the first {n}; say “movements” for all.", n=MOST_ASKED))
    questions = [match_question(session, movement) for movement in asked[:MOST_ASKED]]
    return [Reply("\n".join(filter(None, lines))), *questions]


def _head(account: Account, parts: Sequence[Part], new: Sequence[Movement]) -> str:
    """ "Imported 42 movements of Sparkasse, 1 Mar 2025 – 31 Mar 2025: 30 booked, 5 to check, 7 without a bill." """
    known = sum(taken.known for _, _, taken in parts)
    if not new:
        if not known:
            return say("This statement of {account} has no movements.", account=account.name)
        return say_count(
            "Nothing new: the movement of {account} is here already.",
            "Nothing new: the {n} movements of {account} are here already.",
            known,
            account=account.name,
        )
    days = [movement.booked_on for movement in new]
    period = day(min(days)) if min(days) == max(days) else f"{day(min(days))} – {day(max(days))}"
    count = say_count("{n} movement", "{n} movements", len(new))
    head = say("Imported {count} of {account}, {period}:", count=count, account=account.name, period=period)
    again = [say("{n} were here already", n=known)] if known else []
    return f"{head} {', '.join([*_states(new), *again])}."


def _states(new: Sequence[Movement]) -> list[str]:
    states = [movement.state for movement in new]
    counts = (
        (say("{n} booked", n=states.count(MovementState.BOOKED)), states.count(MovementState.BOOKED)),
        (say("{n} to check", n=states.count(MovementState.ASKED)), states.count(MovementState.ASKED)),
        (say("{n} without a bill", n=states.count(MovementState.NEW)), states.count(MovementState.NEW)),
    )
    return [text for text, number in counts if number]


def _doubts(parts: Sequence[Part]) -> list[str]:
    """What does not add up, and what was left out."""
    said = [text for part in parts for text in (_unbalanced(part), _gap(part)) if text]
    strange = sorted({other for statement, _, _ in parts for other in statement.strange})
    if strange:
        said.append(say("⚠ It also speaks of {currencies}; that I left out.", currencies=", ".join(strange)))
    if pending := sum(line.pending for statement, _, _ in parts for line in statement.lines):
        text = say_count(
            "{n} movement is pending and left out; it comes with a later statement.",
            "{n} movements are pending and left out; they come with a later statement.",
            pending,
        )
        said.append(text)
    return said


def _unbalanced(part: Part) -> str:
    """Opening balance and movements do not make the closing balance."""
    statement, draft, _ = part
    if not statement.difference or draft.closing is None:
        return ""
    missed = Money.of(statement.difference, draft.currency)
    return say(
        "⚠ Opening balance and movements make {made}, but the statement closes with {closing}: off by {missed}. "
        "Please check the file, or export it once more.",
        made=money(draft.closing - missed),
        closing=money(draft.closing),
        missed=money(missed),
    )


def _gap(part: Part) -> str:
    """The statement before closed with another balance than this one opens with."""
    _, draft, taken = part
    if taken.gap is None or draft.opening is None:
        return ""
    return say(
        "⚠ The statement before closed with {before}, this one opens with {opening}: is one between them missing?",
        before=money(taken.gap),
        opening=money(draft.opening),
    )
