"""Money between two accounts of ours, exchanged where they are kept in different currencies."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from handlers.books.undo_step import reply_with_undo
from handlers.context import Context
from handlers.errors import NotFound, NotPossible
from handlers.language.formats import coded, day, money
from handlers.language.translation import say, sayable
from handlers.messages import Reply
from handlers.requests import Transfer
from handlers.wording import account_names
from handlers.wording.books.cash_below_zero import cash_below_zero
from storage.bank import bank_accounts, internal_transfers
from storage.ledger import booking, double_entry, exchange_rates
from storage.ledger.money import Money
from storage.models import Account, Entry


def transfer(session: Session, context: Context, request: Transfer) -> tuple[Reply, ...]:
    """Money between two accounts, exchanged where they are kept in different currencies.

    Raises: NotFound; NotPossible where it was not said how much arrived; LedgerError for currencies that do not fit, an
    unknown exchange rate, or a closed day.
    """
    source = _liquidity_account(session, request.source, request.currency)
    target = _liquidity_account(session, request.target, request.received_currency)
    amount = Money.of(request.amount, request.currency or source.currency or target.currency or context.currency)
    on = request.on or context.today
    received = _received(session, request, source, target, amount, on)
    entry = internal_transfers.transfer(
        session,
        source.code,
        target.code,
        amount,
        key=context.key,
        on=on,
        received=received,
        person_id=context.asker.id,
        now=context.now,
    )
    way = {
        "source": account_names.account_name(source),
        "target": account_names.account_name(target),
        "day": day(on),
        "amount": money(amount),
    }
    if received == amount:
        text = say("Booked: {amount} from {source} to {target} on {day}.", **way)
        below = cash_below_zero(session, [source])
        return reply_with_undo(session, context, "\n".join(filter(None, (text, below))))
    text = say("Booked: {amount} from {source} as {received} to {target} on {day}.", received=money(received), **way)
    return reply_with_undo(session, context, " ".join([text, *_made_of_it(session, entry)]))


def _made_of_it(session: Session, entry: Entry) -> list[str]:
    """What was gained or lost beside the rate of the day."""
    words = {
        double_entry.EXCHANGE_GAIN: sayable("Beside the rate of that day, that is an exchange gain of {amount}."),
        double_entry.EXCHANGE_LOSS: sayable("Beside the rate of that day, that is an exchange loss of {amount}."),
    }
    legs = [leg for leg in booking.draft_of(session, entry).legs if leg.account in words]
    return [say(words[leg.account], amount=money(max(leg.amount, -leg.amount))) for leg in legs]


def _liquidity_account(session: Session, said: str | None, currency: str | None) -> Account:
    """The account that people mean; where they named none, the first at a bank that is kept in that currency, or may.

    Raises: NotFound.
    """
    if said is not None or currency is None:
        return account_names.liquidity_account(session, said)
    known = bank_accounts.banks(session)
    kept = [account for account in known if account.currency == currency] or [a for a in known if a.currency is None]
    if not kept:
        raise NotFound(
            say("There is no account in {currency}. Say “add bank account {currency}” first.", currency=currency)
        )
    return kept[0]


def _received(session: Session, request: Transfer, source: Account, target: Account, amount: Money, on: date) -> Money:
    """What arrived. Raises: NotPossible where the target is kept in another currency, and nobody said how much."""
    kept = target.currency or request.received_currency or amount.currency
    if request.received is not None:
        return Money.of(request.received, request.received_currency or kept)
    if kept == amount.currency:
        return amount
    example = exchange_rates.try_convert(session, amount, kept, on) or Money.of(
        str(amount.decimal.to_integral_value()), kept
    )
    raise NotPossible(
        say(
            "{target} is kept in {currency}. Say how much arrived there, like “{sentence}”.",
            target=account_names.account_name(target),
            currency=kept,
            sentence=say(
                "transfer {amount} from {source} to {target}, got {received}",
                amount=coded(amount),
                source=account_names.account_name(source),
                target=account_names.account_name(target),
                received=coded(example),
            ),
        )
    )
