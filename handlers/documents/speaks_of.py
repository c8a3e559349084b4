"""What a document that has just come says of another that is here: a reminder of it, a credit note for it, a final
invoice that counts it in. What is no bill is put to its bill; nothing is booked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from handlers.bills.settlement_words import paid_words
from handlers.bills.shown import no_bill
from handlers.context import Context
from handlers.language.formats import listed, money, plain_amount
from handlers.language.translation import say, say_count
from handlers.wording.books.anomaly_words import anomaly_words
from handlers.wording.cards import bill_label, bill_state
from storage.bills import lifecycle, outstanding
from storage.bills.beside import papers
from storage.bills.finding import search
from storage.ledger.money import Money
from storage.models import Bill, BillState, Side
from storage.reports.insight import anomalies

MOST_PAPERS = 50


@dataclass(frozen=True)
class Remark:
    """What is said above the card, and sentences that are offered."""

    text: str = ""
    ways: tuple[str, ...] = ()


def remark(session: Session, context: Context, bill: Bill) -> Remark:
    """Of a document that is not held as a duplicate; it is put to the bill that it speaks of."""
    referred = referred_by(session, bill)
    if not lifecycle.is_bill(bill):
        if referred is not None and lifecycle.is_bill(referred) and papers.bill_of(session, bill.id) is None:
            papers.attach(session, referred, bill, person_id=context.asker.id, now=context.now)
        return Remark(_no_bill(session, bill, referred))
    found = _gather(session, context, bill)
    if lifecycle.is_credit_note(bill):
        return Remark(" ".join(filter(None, (_credit_note(session, bill, referred), found))))
    final = _final_invoice(session, bill, referred)
    odd = [anomaly_words(one) for one in anomalies.of_bill(session, bill)]
    told = say("Unusual: {what}.", what=listed(odd)) if odd else ""
    return Remark(" ".join(filter(None, (final.text, found, told))), final.ways)


def referred_by(session: Session, bill: Bill) -> Bill | None:
    """The bill that a paper names, which is here; a credit note may have that bill's own number."""
    number = str(bill.evidence.get("preceding_invoice", {}).get("value", ""))
    if not number and lifecycle.is_credit_note(bill):
        number = bill.number or ""
    found = search.find_referred(session, bill, number) if number else None
    return found if found is not None and found.id != bill.id else None


def _no_bill(session: Session, bill: Bill, referred: Bill | None) -> str:
    """What a document is that is no bill, where the bill stands that it refers to, and what differs."""
    number = str(bill.evidence.get("preceding_invoice", {}).get("value", ""))
    if lifecycle.document_type(bill) == "statement_of_account":
        return " ".join(filter(None, (no_bill.is_no_bill(bill, "", ""), _beside_ours(session, bill))))
    if not number:
        return no_bill.is_no_bill(bill, "", "")
    found = stands(session, referred) if referred else ""
    told = no_bill.is_no_bill(bill, no_bill.named_invoice(number, bill.vendor), found)
    return " ".join(filter(None, (told, _asks_more(bill, referred) if referred else "")))


def stands(session: Session, bill: Bill) -> str:
    """The bill that is spoken of, as it is here; one that is paid with the day and the account."""
    if bill.state in (BillState.PAID, BillState.PART_PAID):
        return no_bill.found_as(bill_label(bill), paid_words(session, bill))
    return no_bill.found_as(bill_label(bill), bill_state(bill))


def _asks_more(bill: Bill, referred: Bill) -> str:
    """That a reminder asks for more than is open: fees or interest, which nobody has agreed to yet."""
    asked, here = lifecycle.total_of(bill), lifecycle.total_of(referred)
    if lifecycle.document_type(bill) != "reminder" or asked is None or here is None:
        return ""
    owed = Money(referred.open_minor, here.currency) if referred.state in lifecycle.BOOKED else here
    if asked.currency != owed.currency or asked.minor <= owed.minor or not owed.minor:
        return ""
    return say("It asks for {more} more than is open: fees or interest.", more=money(asked - owed))


def _beside_ours(session: Session, bill: Bill) -> str:
    """What is open here with whom a statement of account is from, beside what it says."""
    if bill.vendor_id is None:
        return ""
    open_ = [one for one in outstanding.open_bills(session, side=Side.PAYABLE) if one.vendor_id == bill.vendor_id]
    sums = [total for total in outstanding.totals(open_) if total.currency == bill.currency]
    ours = sums[0] if sums else (Money(0, bill.currency) if bill.currency else None)
    said = lifecycle.total_of(bill)
    if ours is None:
        return ""
    here = say_count(
        "Here {n} bill of theirs is open, {amount}.",
        "Here {n} bills of theirs are open, {amount}.",
        len(open_),
        amount=money(ours),
    )
    if said is None or said == ours:
        return here if said is None else f"{here} {say('That is what it says.')}"
    return f"{here} {say('It says {amount}: {off} apart.', amount=money(said), off=money(_distance(said, ours)))}"


def _distance(one: Money, other: Money) -> Money:
    return Money(abs(one.minor - other.minor), one.currency)


def _gather(session: Session, context: Context, bill: Bill) -> str:
    """Papers that came before their bill are put to it now."""
    if bill.vendor_id is None or bill.number_key is None:
        return ""
    query = select(Bill).where(Bill.vendor_id == bill.vendor_id, Bill.state == BillState.DRAFT)
    query = query.where(col(Bill.kind).not_in(lifecycle.BOOKED_KINDS)).order_by(col(Bill.id).desc()).limit(MOST_PAPERS)
    mine = [
        paper
        for paper in session.exec(query).all()
        if papers.bill_of(session, paper.id) is None and referred_by(session, paper) is bill
    ]
    for paper in reversed(mine):
        papers.attach(session, bill, paper, person_id=context.asker.id, now=context.now)
    if not mine:
        return ""
    return say_count(
        "{n} paper that was here before belongs to it.",
        "{n} papers that were here before belong to it.",
        len(mine),
    )


def _credit_note(session: Session, bill: Bill, referred: Bill | None) -> str:
    if referred is None or lifecycle.is_credit_note(referred):
        return ""
    told = say("This is a credit note for {bill}.", bill=bill_label(referred))
    here = stands(session, referred)
    if referred.state not in lifecycle.OPEN:
        return f"{told} {here}"
    return f"{told} {here} {say('Confirm it, then say “apply the credit note” to set it against that bill.')}"


def _final_invoice(session: Session, bill: Bill, referred: Bill | None) -> Remark:
    """A final invoice counts in what was invoiced before: only the rest of it, and of its VAT, is still to be
    booked."""
    total, before = lifecycle.total_of(bill), lifecycle.total_of(referred) if referred else None
    if referred is None or total is None or before is None or lifecycle.is_credit_note(referred):
        return Remark()
    if referred.state is BillState.VOID or before.currency != total.currency or before.minor >= total.minor:
        return Remark()
    rest = total - before
    tax = None if bill.tax_minor is None else Money(bill.tax_minor - (referred.tax_minor or 0), total.currency)
    text = say(
        "This looks like a final invoice: it counts in {bill}. {stands} Of its {total}, {rest} is left; only that is "
        "to be booked if the other is not cancelled.",
        bill=bill_label(referred),
        stands=stands(session, referred),
        total=money(total),
        rest=money(rest),
    )
    if tax is None or tax.minor < 0:
        return Remark(text, (say("total is {total}", total=plain_amount(rest.decimal)),))
    way = say(
        "total is {total}, VAT is {tax} and subtotal is {net}",
        total=plain_amount(rest.decimal),
        tax=plain_amount(tax.decimal),
        net=plain_amount((rest - tax).decimal),
    )
    return Remark(text, (way,))
