"""What there is no receipt for: ways with one's own car, meals on trips, and small sums from the cash box.

Each gets a document of its own (Eigenbeleg) that says what, when, who and by which rule, and becomes a draft to
confirm: nothing is booked before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlmodel import Session

from config import expense_rates
from handlers.bills.bill_reply import bill_reply
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.formats import day, money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import PerDiem, PettyCash, Trip
from storage.bills.beside import claims
from storage.bills.bill_drafts import draft
from storage.documents import document_register
from storage.ledger.money import Money
from storage.models import Bill
from storage.people import company

MOST_DAYS = 60


def trip(session: Session, context: Context, request: Trip) -> tuple[Reply, ...]:
    """A draft of what the way is paid, by the rate of its day. Raises: NotPossible where no rate is known."""
    on = request.on or context.today
    country = _country(session)
    rate = expense_rates.mileage(country, on)
    if rate is None:
        raise NotPossible(
            say(
                "I know no rate for that on {day}. Say what it comes to: “petty cash …” or send a receipt.", day=day(on)
            )
        )
    if rate.unit != request.unit:
        raise NotPossible(
            say("Rates here are per mile; say how many miles it was.")
            if rate.unit == "mi"
            else say("Rates here are per kilometre; say how many kilometres it was.")
        )
    total = _money(Decimal(request.distance) * rate.rate, rate.currency)
    distance = f"{request.distance} {request.unit}"
    words = say(
        "{distance} × {rate} = {total}, by {source}.",
        distance=distance,
        rate=money(Money.of(str(rate.rate), rate.currency)),
        total=money(total),
        source=rate.source,
    )
    fields = {"total": _text(total), "currency": rate.currency, "category": "travel", "vendor": context.asker.name}
    bill = _own_receipt(session, context, f"{request.text}\n{words}", fields, on, claimed=True)
    remark = say("If that was one way only, say the distance of both.")
    return (bill_reply(session, context, bill, f"{words} {remark}"),)


def per_diem(session: Session, context: Context, request: PerDiem) -> tuple[Reply, ...]:
    """A draft of what the days are paid: the first and the last in part, those between whole. Raises: NotPossible."""
    last = request.last or context.today
    if not 1 <= request.days <= MOST_DAYS:
        raise NotPossible(say("Say how many days it was, at most {most}.", most=MOST_DAYS))
    first = last - timedelta(days=request.days - 1)
    rate = expense_rates.per_diem(_country(session), first)
    if rate is None:
        raise NotPossible(say("I know no per diem rates for your country. Send the receipts of the meals instead."))
    parts = min(request.days, 2)
    whole = request.days - parts
    total = _money(rate.part * parts + rate.whole * whole, rate.currency)
    words = say(
        "{first} to {last}: {parts} × {part} + {whole} × {full} = {total}, by {source}.",
        first=day(first),
        last=day(last),
        parts=parts,
        part=money(Money.of(str(rate.part), rate.currency)),
        whole=whole,
        full=money(Money.of(str(rate.whole), rate.currency)),
        total=money(total),
        source=rate.source,
    )
    fields = {"total": _text(total), "currency": rate.currency, "category": "travel", "vendor": context.asker.name}
    bill = _own_receipt(session, context, f"{request.text}\n{words}", fields, last, claimed=True)
    remark = say(
        "That is for trips within the country of more than eight hours a day; meals that were paid for you lessen it."
    )
    return (bill_reply(session, context, bill, f"{words} {remark}"),)


def petty_cash(session: Session, context: Context, request: PettyCash) -> tuple[Reply, ...]:
    """A draft of what was taken from the cash box, without VAT: that is deducted only with an invoice (§ 15 UStG)."""
    on = request.on or context.today
    unit = request.currency or context.currency
    if unit is None:
        raise NotPossible(
            say("In which currency? Say it once more, like “petty cash 12.50 EUR for stamps, no receipt”.")
        )
    total = Money.of(request.amount, unit)
    fields = {"total": _text(total), "currency": unit, "vendor": say("Petty cash")}
    if request.category:
        fields["category"] = request.category
    words = say(
        "{what}: {total}, from cash on {day}, without a receipt.", what=request.text, total=money(total), day=day(on)
    )
    bill = _own_receipt(session, context, words, fields, on, claimed=False)
    remark = say(
        "Without an invoice no VAT is deducted. Confirm it with “paid {total} from cash”.", total=f"{total.decimal}"
    )
    return (bill_reply(session, context, bill, f"{words} {remark}"),)


def _own_receipt(
    session: Session, context: Context, text: str, fields: Mapping[str, str], on: date, *, claimed: bool
) -> Bill:
    """The draft of a document that says itself what it is."""
    body = f"{say('Own receipt')} · {day(on)} · {context.asker.name}\n{text}\n{context.key}\n"
    document = document_register.register(
        session,
        sha256=context.keep(body.encode()),
        name=f"own-receipt-{on.isoformat()}.txt",
        media_type="text/plain",
        sent_by=context.asker.id,
        message_key=context.key,
        now=context.now,
    )
    told = {**fields, "issue_date": on.isoformat(), "document_type": "receipt", "tax_category": "O"}
    if claimed:
        told[claims.FIELD] = str(context.asker.id)
    evidence = {
        name: {"value": value, "confidence": 1.0, "page": 1, "box": None, "source": "person", "reason": ""}
        for name, value in told.items()
    }
    return draft(
        session,
        key=f"{context.key}/own",
        document=document,
        kind="receipt",
        evidence=evidence,
        person_id=context.asker.id,
        now=context.now,
        lines=[text],
    )


def _country(session: Session) -> str:
    """Raises: NotPossible while nobody said where we are."""
    country = company.company(session).country
    if country is None:
        raise NotPossible(say("I need your country for that. Say “our country is Germany”."))
    return country


def _money(amount: Decimal, currency: str) -> Money:
    return Money.of(str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP)), currency)


def _text(amount: Money) -> str:
    return f"{amount.decimal:f}"
