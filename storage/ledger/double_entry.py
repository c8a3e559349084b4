"""Double entry, pure: drafts of journal entries, what is wrong with one, and the entries that Billify makes.

Debit is positive, credit negative.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from storage.ledger.money import Money
from storage.models import EntryKind, Side

BANK, CASH = "bank", "cash"
PAYABLE, RECEIVABLE = "payable", "receivable"
INPUT_VAT, OUTPUT_VAT = "input_vat", "output_vat"
IMPORT_VAT = "import_vat"
INPUT_REVERSE, OUTPUT_REVERSE = "input_vat_reverse", "output_vat_reverse"
INPUT_ACQUISITION, OUTPUT_ACQUISITION = "input_vat_acquisition", "output_vat_acquisition"
"""The tax that we owe ourselves on what we buy, and its deduction: of reverse charge, and of intra-community
acquisitions."""
SELF_ASSESSED = {"AE": (INPUT_REVERSE, OUTPUT_REVERSE), "K": (INPUT_ACQUISITION, OUTPUT_ACQUISITION)}
INPUT_TAXES = (INPUT_VAT, IMPORT_VAT, INPUT_REVERSE, INPUT_ACQUISITION)
OUTPUT_TAXES = (OUTPUT_VAT, OUTPUT_REVERSE, OUTPUT_ACQUISITION)
EXPENSE, INCOME, EQUITY = "expense", "income", "equity"
PREPAID, ADVANCES = "prepaid", "advances"
"""What we paid vendors, and customers paid us, before there was a bill, or beyond one."""
DISCOUNT_RECEIVED, DISCOUNT_GRANTED = "discount_received", "discount_granted"
BANK_FEES, ROUNDING = "bank_fees", "rounding"
DRAWINGS, OWED_BACK = "drawings", "owed_back"
"""The private share of a bill: drawn by a sole trader or partner, or owed to us by whom it served."""
PRIVATE = (DRAWINGS, OWED_BACK)
STAFF = "owed_to_staff"
"""What people of the company paid for it out of their own pockets."""
EXCHANGE = "exchange"
"""Where money of one currency becomes money of another, so that an entry sums to zero in each of them."""
EXCHANGE_GAIN, EXCHANGE_LOSS = "exchange_gain", "exchange_loss"
VALUATION, UNREALISED_GAIN, UNREALISED_LOSS = "valuation", "unrealised_gain", "unrealised_loss"
"""What of other currencies is worth more or less than it cost when the books are closed: on the balance sheet, and as
income or expense that nobody has yet."""
WRITTEN_OFF = "written_off"
"""What is given up of what customers owe us, and we of what nobody asks for."""
AUTOMATIC = (
    DISCOUNT_RECEIVED, DISCOUNT_GRANTED, EXCHANGE_GAIN, EXCHANGE_LOSS, UNREALISED_GAIN, UNREALISED_LOSS, ROUNDING,
    WRITTEN_OFF,
)  # fmt: skip
"""Income and expense that follow from payments and valuations; no bill is booked on them."""

CONTROL_ACCOUNT = {Side.PAYABLE: PAYABLE, Side.RECEIVABLE: RECEIVABLE}
"""The account that says what is open on bills of a side."""
UNCATEGORISED = {Side.PAYABLE: EXPENSE, Side.RECEIVABLE: INCOME}
VAT = {Side.PAYABLE: INPUT_VAT, Side.RECEIVABLE: OUTPUT_VAT}
PREPAYMENT_ACCOUNT = {Side.PAYABLE: PREPAID, Side.RECEIVABLE: ADVANCES}
DISCOUNT = {Side.PAYABLE: DISCOUNT_RECEIVED, Side.RECEIVABLE: DISCOUNT_GRANTED}


@dataclass(frozen=True)
class Leg:
    """One posting to be: an amount for the account with this code, debit positive.

    `bill` is the id of the bill that it is about: on payables and receivables, the one whose open amount it changes.
    `party` is the id of the vendor or customer; `cost_object` the key of the project, cost centre or person that it is
    for. `tax` is how it is treated for VAT (`tax_codes.TaxCode` as text), None
    for what VAT has nothing to do with.
    """

    account: str
    amount: Money
    bill: int | None = None
    party: int | None = None
    tax: str | None = None
    cost_object: str | None = None


@dataclass(frozen=True)
class EntryDraft:
    """A journal entry to be. `key` makes it idempotent; `reverses` is the id of the entry that it undoes."""

    key: str
    kind: EntryKind
    booked_on: date
    description: str
    legs: tuple[Leg, ...]
    reverses: int | None = None


@dataclass(frozen=True)
class Tax:
    """VAT of one rate (per cent, a decimal such as "19"); `rate` None where only the amount is known."""

    rate: str | None
    amount: Money


@dataclass(frozen=True)
class TaxedPart:
    """A part of a bill of one treatment: `net` with the `tax` that the seller charges, on `tax_account`; `owed` is
    what we
    owe ourselves on it, booked on `owed_accounts` (deducted, owed). `code` says how, None where nothing is known of
    VAT."""

    net: Money
    tax: Money
    tax_account: str
    code: str | None = None
    owed: Money | None = None
    owed_accounts: tuple[str, str] = ("", "")


def validation_problems(draft: EntryDraft) -> list[str]:
    """Why the draft cannot be booked, one sentence each; empty when it can."""
    found = []
    if not draft.key:
        found.append("The entry has no key.")
    if len(draft.legs) < 2:
        found.append("An entry needs at least two postings.")
    found += [f"The posting on {leg.account} is zero." for leg in draft.legs if leg.amount.minor == 0]
    found += [
        f"The postings in {total.currency} do not sum to zero but to {total}."
        for total in sum_by_currency(leg.amount for leg in draft.legs)
        if total.minor != 0
    ]
    return found


def sum_by_currency(amounts: Iterable[Money]) -> list[Money]:
    """The sum of each currency, in the currencies' alphabetical order. Currencies are never mixed."""
    sums: dict[str, Money] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, Money(0, amount.currency)) + amount
    return [sums[currency] for currency in sorted(sums)]


def is_vat(account: str) -> bool:
    """Whether an account (its code) holds VAT."""
    return account.partition(":")[0] in (*INPUT_TAXES, *OUTPUT_TAXES)


def vat_account(side: Side, rate: str | None) -> str:
    """ "input_vat:19", "output_vat:7"; "input_vat" where the rate is not known."""
    return VAT[side] if rate is None else f"{VAT[side]}:{rate}"


def confirmation(
    key: str,
    booked_on: date,
    description: str,
    *,
    total: Money,
    parts: Sequence[TaxedPart] = (),
    category: str = EXPENSE,
    side: Side = Side.PAYABLE,
    credit_note: bool = False,
    bill: int | None = None,
    party: int | None = None,
    costs: Sequence[Leg] = (),
    control: str | None = None,
) -> EntryDraft:
    """We owe a bill: debit its category (net, by treatment) and input VAT by rate, credit accounts payable (gross).

    What we issued is the opposite, on receivables, output VAT and income; a credit note is the opposite again. What no
    part names is net. Tax that we owe ourselves is debited as deducted and credited as owed. `costs` are what is
    debited of a bill that is split (`split_entry.split_legs`), `control` the account on which it is open where that is
    another than the side's.
    """
    named_net = sum((part.net + part.tax for part in parts), Money(0, total.currency))
    whole = (
        *(Leg(category, part.net, tax=part.code) for part in parts),
        Leg(category, total - named_net),
        *(Leg(part.tax_account, part.tax, tax=part.code) for part in parts),
    )
    legs = (
        *(costs or whole),
        *(leg for part in parts for leg in _self_assessed(part)),
        Leg(control or CONTROL_ACCOUNT[side], -total),
    )
    named = tuple(replace(leg, bill=bill, party=party) for leg in legs if leg.amount.minor)
    turned = credit_note != (side is Side.RECEIVABLE)
    return EntryDraft(key, EntryKind.CONFIRMATION, booked_on, description, reversed_legs(named) if turned else named)


def _self_assessed(part: TaxedPart) -> tuple[Leg, ...]:
    if part.owed is None:
        return ()
    deducted, owed = part.owed_accounts
    return Leg(deducted, part.owed, tax=part.code), Leg(owed, -part.owed, tax=part.code)


def opening(key: str, booked_on: date, *, account: str, balance: Money, against: str = EQUITY) -> EntryDraft:
    """What an account held when the books began, against equity, or what somebody says that it is (`against`, a code).
    `balance` is negative for a debt."""
    legs = (Leg(account, balance), Leg(against, -balance))
    return EntryDraft(key, EntryKind.OPENING, booked_on, f"Opening balance of {account}", legs)


def transfer(key: str, booked_on: date, *, source: str, target: str, amount: Money) -> EntryDraft:
    """Money goes from one account of ours to another."""
    legs = (Leg(target, amount), Leg(source, -amount))
    return EntryDraft(key, EntryKind.TRANSFER, booked_on, f"Transfer from {source} to {target}", legs)


def exchange(
    key: str,
    booked_on: date,
    *,
    source: str,
    target: str,
    amount: Money,
    received: Money,
    worth: Money,
    difference: Leg | None,
) -> EntryDraft:
    """Money goes from one account of ours to another that is kept in another currency.

    `worth` is what one of the two is in the other's currency, and `difference` the gain or loss beside that.
    """
    taken, given = (worth, received) if worth.currency == amount.currency else (amount, worth)
    legs = (Leg(target, received), Leg(EXCHANGE, -given), Leg(EXCHANGE, taken), Leg(source, -amount))
    description = f"Transfer from {source} to {target}: {amount} for {received}"
    return EntryDraft(key, EntryKind.TRANSFER, booked_on, description, (*legs, *([difference] if difference else [])))


def reversal(key: str, entry: EntryDraft, entry_id: int) -> EntryDraft:
    """The entry that undoes `entry`, on the same accounting date, so that balances at every date are restored."""
    description = f"Reversal: {entry.description}"
    return EntryDraft(key, EntryKind.REVERSAL, entry.booked_on, description, reversed_legs(entry.legs), entry_id)


def reversed_legs(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """The legs with debit and credit exchanged."""
    return tuple(replace(leg, amount=-leg.amount) for leg in legs)
