"""The VAT return of a period: its boxes, what is to be paid, the bills behind a box, and what is doubtful beside."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.formats import listed, money, plain_amount
from handlers.language.translation import language, say, say_count
from handlers.messages import Reply
from handlers.requests import VatReturn
from handlers.wording import lists, period_names
from handlers.wording.books import vat_texts
from storage.bills import lifecycle, vat_treatment
from storage.ledger import vat_countries
from storage.ledger.money import Money
from storage.people import company
from storage.reports import vat_return as reports
from storage.reports.spending import Period
from storage.reports.vat_return import Doubtful, Figure


def vat_return(session: Session, context: Context, request: VatReturn) -> tuple[Reply, ...]:
    """The figures by box, or the bills behind one. Raises: NotFound for a box that the form has not."""
    ours = company.company(session)
    made, label = _made(session, context, request)
    form = made.form
    if request.box:
        return (_bills_behind(session, made, request.box, label),)
    values = {"form": form.names[language()], "label": label, "basis": vat_texts.basis_name(ours.vat_basis)}
    lines = [say("{form} {label}, {basis}:", **values)]
    lines += [_line(one) for one in made.figures if one.bills or one.base.minor or one.tax.minor]
    name, number = form.result.names[language()], form.result.number
    lines.append(f"• {number} · {name}: {money(made.result)}")
    if form.country is None:
        lines.append(say("I don't know the form of your country. Say “we are based in Germany” to get its boxes."))
    lines += [
        say("{amount} came in ahead without a bill; VAT may be due on it already.", amount=money(amount))
        for amount in made.advances
    ]
    if not made.doubtful:
        return (Reply("\n".join(lines)),)
    lines.append(
        say_count("Not in these figures, or not wholly: {n} bill.", "Not in these figures, or not wholly: {n} bills.",
                  len(made.doubtful))
    )  # fmt: skip
    bills = lifecycle.find_each(session, [one.bill for one in made.doubtful])
    by_bill = {one.bill: one for one in made.doubtful}
    home = vat_treatment.home_of(ours)
    listing = lists.bill_list(
        bills,
        lambda bill: _doubt(by_bill[bill.id], lists.vendor_and_number(bill), vat_texts.reason(
            bill, by_bill[bill.id].reason, vat_treatment.suggestion(bill, home)
        )),
    )  # fmt: skip
    return (Reply("\n".join([*lines, listing.text]), listed=listing.bills),)


def bills_behind_all(session: Session, context: Context, request: VatReturn) -> Reply:
    """The bills behind every figure of a return, box by box."""
    made, label = _made(session, context, request)
    boxes = [request.box] if request.box else [one.box.number for one in made.figures if one.bills and not one.box.sum]
    replies = [_bills_behind(session, made, number, label) for number in boxes]
    if not replies:
        return Reply(say("Nothing stands in any box {label}.", label=label))
    return Reply("\n".join(reply.text for reply in replies), listed=replies[0].listed if len(replies) == 1 else ())


def _made(session: Session, context: Context, request: VatReturn) -> tuple[reports.VatReturn, str]:
    """The return, and its time in words."""
    ours = company.company(session)
    form = vat_countries.form_of(vat_treatment.home_of(ours).country)
    span = Period(request.since, request.until)
    made = reports.vat_return(session, span, form, ours.vat_basis, context.currency)
    return made, request.label or period_names.between(span.since, span.until)


def _line(figure: Figure) -> str:
    """ "• 81 · Sales at 19%: €1,000 · VAT €190.00"."""
    box = figure.box
    declared = f"{plain_amount(figure.declared)} {figure.base.currency}"
    parts = [declared if box.base else "", _tax(figure) if box.tax or box.sum else ""]
    return f"• {box.number} · {box.names[language()]}: {' · '.join(filter(None, parts))}"


def _tax(figure: Figure) -> str:
    amount = money(figure.tax)
    if not figure.box.base:
        return amount
    if figure.box.tax_number:
        return say("VAT ({number}) {amount}", number=figure.box.tax_number, amount=amount)
    return say("VAT {amount}", amount=amount)


def _doubt(doubtful: Doubtful, name: str, reason: str) -> str:
    return f"{name} · {money(doubtful.amount)} · {reason}"


def _bills_behind(session: Session, made: reports.VatReturn, number: str, label: str) -> Reply:
    """The bills of a box, with what each brings to it."""
    figure = made.figure(number)
    if figure is None:
        numbers = listed([one.box.number for one in made.figures])
        raise NotFound(say("The form has no box {number}. It has {numbers}.", number=number, numbers=numbers))
    name = figure.box.names[language()]
    if not figure.bills:
        return Reply(say("Nothing stands in box {number} ({name}) {label}.", number=number, name=name, label=label))
    head = say("Box {number} ({name}) {label}:", number=number, name=name, label=label)
    bills = lifecycle.find_each(session, figure.bills)
    parts = dict(figure.parts)
    listing = lists.bill_list(bills, lambda bill: f"{lists.vendor_and_number(bill)} · {_part(figure, parts[bill.id])}")
    return Reply("\n".join([head, listing.text, _sum(figure)]), listed=listing.bills)


def _part(figure: Figure, part: tuple[Money, Money]) -> str:
    """What a bill brings to a box: without VAT, and VAT, as far as the box has them."""
    base, tax = part
    return " · ".join(
        text
        for text in (
            money(base) if figure.box.base else "",
            _tax_of(figure, tax) if figure.box.tax or figure.box.sum else "",
        )
        if text
    )


def _tax_of(figure: Figure, tax: Money) -> str:
    return say("VAT {amount}", amount=money(tax)) if figure.box.base else money(tax)


def _sum(figure: Figure) -> str:
    return say("Together: {amount}.", amount=_part(figure, (figure.base, figure.tax)))
