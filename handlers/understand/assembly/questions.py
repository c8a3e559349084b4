"""Questions to the ledger, of the values in a sentence; one function a label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Literal

from handlers.requests import (
    Ageing,
    Balance,
    Due,
    Find,
    Forecast,
    History,
    Income,
    Owed,
    PartyDetails,
    Payments,
    Profit,
    Settled,
    ShowBill,
    ShowOriginal,
    Spend,
    TrialBalance,
    Why,
)
from handlers.understand.assembly.material import Material, group
from handlers.understand.readers.due_and_balance import bound_money
from handlers.understand.readers.reports import FORECAST_DAYS
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values.amounts import Amount
from handlers.understand.values.periods import Period
from handlers.wording import period_names

_LATE = ("overdue", "late", "uberfallig*", "ueberfallig*", "verspatet", "verzug", "arrears", "delinquent", "rausteht")
_LARGEST = (
    "most",
    "meisten",
    "largest",
    "biggest",
    "highest",
    "gross*",
    "hochst*",
    "teuerst*",
    "priciest",
    "top",
    "fattest",
    "largst",
)
_OLDEST = ("oldest", "altest*", "longest", "langst*", "earliest", "first")
_NO_DATE = (
    "without due date",
    "without a due date",
    "no due date",
    "ohne falligkeit",
    "ohne falligkeitsdatum",
    "ohne datum",
)
_BELOW = ("under", "below", "less", "unter", "weniger", "maximal", "hochstens", "most", "max", "cheaper", "bis")
_ABOVE = (
    "over",
    "above",
    "more",
    "than",
    "uber",
    "mehr",
    "als",
    "mindestens",
    "least",
    "from",
    "ab",
    "exceeding",
    "min",
    "bigger",
)
_LAST = ("last", "zuletzt", "letzte*", "letztes", "most recently", "latest", "letztmals")


def _bounds(material: Material) -> tuple[Amount | None, Amount | None]:
    """From and up to which amount; a bare one is both."""
    tags = tuple(material.beyond_doubt(tag) for tag in material.take_all("amount"))
    amounts = [tag.value for tag in tags if isinstance(tag.value, Amount)]
    if len(amounts) == 2:
        return amounts[0], amounts[1]
    if len(amounts) != 1:
        if amounts:
            raise SlotMismatch
        return None, None
    before = material.before(tags[0])
    if before in _BELOW:
        return None, amounts[0]
    if before in _ABOVE:
        return amounts[0], None
    return amounts[0], amounts[0]


def _order(material: Material) -> Literal["due", "oldest", "largest"]:
    return "largest" if material.has(*_LARGEST) else "oldest" if material.has(*_OLDEST) else "due"


def _most(material: Material, *, ordered: bool) -> int | None:
    """How many were asked for; one where an order was said and something single."""
    number = material.number()
    if number is not None:
        return number
    several = material.has("bills", "invoices", "rechnungen", "expenses", "ausgaben", "items", "ones", "vendors", "suppliers",
                           "lieferanten", "customers", "kunden", "costs", "kosten", "posten", "belege", "receipts")  # fmt: skip
    return 1 if ordered and not several else None


def due(material: Material) -> Due | Owed:
    """What is open, due or overdue."""
    side, tag = material.side, material.peek("party")
    if (
        tag
        and isinstance(tag.value, tuple)
        and len(tag.value) > 1
        and material.has("all", "alle", "together", "zusammen", "allen")
    ):
        return owed(material)
    vendor, without, when = material.party(), material.without(), material.when()
    least, most = _bounds(material)
    late_by = material.take("lateness")
    if most is not None and most is not least:
        raise SlotMismatch
    late = late_by is not None or material.has(*_LATE) or bool(when and when.overdue)
    no_date = material.says(*_NO_DATE)
    order = _order(material)
    label = period_names.overdue() if late else when.label if when else ""
    bound = bound_money(least.value, least.currency or material.scene.currency) if least else None
    return Due(
        until=when.until if when and not when.overdue else None,
        since=when.since if when and not when.overdue else None,
        overdue=late,
        vendor=vendor,
        label=period_names.condition(label, vendor, bound, side),
        above=least.value if least else None,
        currency=least.currency if least else None,
        side=side,
        without=without,
        days_late=int(str(late_by.value)) if late_by else None,
        no_due_date=no_date,
        order=order,
        most=_most(material, ordered=order != "due"),
    )


def owed(material: Material) -> Due | Owed:
    """What is owed by party; with a time, or a bound, it is which bills are due."""
    if material.peek("period") or material.peek("day") or material.peek("amount") or material.peek("lateness"):
        return due(material)
    side = material.side
    tag = material.take("party")
    several = tag is not None and isinstance(tag.value, tuple) and len(tag.value) > 1
    together = material.has("all", "alle", "together", "zusammen", "allen", "altogether")
    party = None if tag is None else material.text(tag) if several and together else material.name(tag)
    return Owed(side, party, material.without())


def settled(material: Material) -> Settled:
    """Is it paid?"""
    side = material.side
    bill = material.take("bill")
    vendor, when = material.party(), material.when()
    since, until, label = _ends(when)
    known = side if vendor or material.has("we", "wir", "us", "uns") else None
    return Settled(
        str(bill.value) if bill else None, vendor, known, since, until, last=material.has(*_LAST), label=label
    )  # fmt: skip


def payments(material: Material) -> Payments:
    """Money that moved."""
    side = material.side
    since, until, label = _ends(material.when())
    return Payments(side, since, until, material.party(), material.account(), label)


def spend(material: Material) -> Spend | Income:
    """What was spent, grouped, compared, or on average."""
    periods = (*material.take_all("period"), *material.take_all("day"))
    if len(periods) > 2:
        raise SlotMismatch
    first = material.stretch(periods[0]) if periods else None
    second = material.stretch(periods[1]) if len(periods) > 1 else None
    by = group(material)
    largest = material.has(*_LARGEST)
    if by is None and largest and not material.has("category", "kategorie", "kategorien", "categories", "block"):
        by_bill: Literal["bill"] | None = "bill"
    else:
        by_bill = None
    category, vendor, person = material.category(), material.party(), material.person()
    category = category or (None if vendor else material.category_spoken_of())
    average = material.has("average", "avg", "mean", "durchschnitt*", "schnitt")
    if by is None and average and material.has("month", "monat", "monthly"):
        by = "month"
    since, until, label = _ends(first)
    if first is None:
        since, until = material.scene.today.replace(month=1, day=1), material.scene.today
        label = period_names.between(since, until)
    title = material.scene.names.titles.get(category or "", category)
    return Spend(
        since,
        until,
        category,
        vendor,
        by_bill or by or "category",
        compare=second is None and material.has(*_COMPARES),
        chart=material.has("chart", "graph", "diagramm", "grafik", "plot"),
        label=period_names.spent(label, title, vendor),
        person=person,
        without=material.without(),
        versus_since=second.since if second else None,
        versus_until=second.until if second else None,
        versus_label=second.label if second else "",
        most=_most(material, ordered=largest),
        average=average,
    )


_COMPARES = ("compared", "compare", "versus", "vs", "vergleich", "vergleiche", "verglichen", "gegenuber", "difference")


def income(material: Material) -> Income:
    """Our own sales."""
    since, until, label = _ends(material.when())
    if not label:
        since, until = material.scene.today.replace(month=1, day=1), material.scene.today
        label = period_names.between(since, until)
    by: Literal["vendor", "month"] = "month" if group(material) == "month" else "vendor"
    largest = material.has(*_LARGEST, "best", "beste*", "important", "wichtigst*")
    return Income(since, until, material.party(), by, _most(material, ordered=largest), label)


def profit(material: Material) -> Profit:
    """The result of a period, this year so far where none was said."""
    since, until, label = _ends(material.when())
    if not label:
        since, until = material.scene.today.replace(month=1, day=1), material.scene.today
        label = period_names.between(since, until)
    return Profit(since, until, label)


def balance(material: Material) -> Balance | Forecast:
    """What there is, or was; of a day to come it is a forecast."""
    when, account = material.when(), material.account()
    on = when.until if when else None
    if when and on and on > material.scene.today:
        if account not in (None, "bank"):
            raise SlotMismatch
        return Forecast(on, when.label)
    if account is None and material.has("cash", "bar", "kasse", "till", "kassenstand"):
        account = "cash"
    return Balance(account, None if on == material.scene.today else on)


def forecast(material: Material) -> Forecast:
    """What there will be; whether something can be afforded; how long the money lasts."""
    when, amount = material.when(), material.amount()
    material.drop("account")
    today = material.scene.today
    until = when.until if when and when.until else today + timedelta(days=FORECAST_DAYS)
    if until < today:
        raise SlotMismatch
    label = when.label if when else period_names.next_days(FORECAST_DAYS)
    runs_out = material.says("how long", "wie lange", "run out", "runway", "runs out", "running out") or material.has(
        "pleite", "broke"
    )
    pays_all = material.has(
        "paying", "after", "everything", "nachdem", "alles", "enough", "reicht", "genug", "abzug", "left"
    )
    return Forecast(
        until,
        label,
        afford=amount.value if amount else None,
        currency=amount.currency if amount else None,
        after_bills=amount is None and not runs_out and pays_all,
        runs_out=runs_out,
    )


def ageing(material: Material) -> Ageing:
    """Open amounts by age."""
    return Ageing(material.side)


def find(material: Material) -> Find:
    """Bills, open or not."""
    since, until, label = _ends(material.when())
    number = _number(material)
    least, most = _bounds(material)
    bill, vendor, person = material.take("bill"), material.party(), material.person()
    largest, oldest = material.has(*_LARGEST), material.has(*_OLDEST)
    newest = material.has("last", "latest", "newest", "letzte*", "neueste*", "neuste*", "jungste*", "recent")
    scene = material.scene
    text = str(bill.value) if bill else number
    values = (least.value if least else None, most.value if most else None)
    return Find(
        text,
        vendor,
        *values,
        since,
        until,
        order="largest" if largest else "oldest" if oldest else "newest",
        most=_most(material, ordered=largest or oldest or newest),
        label=period_names.found(label, text, vendor, *(bound_money(value, scene.currency) for value in values)),
        person=person,
        count=material.says("how many", "wie viele", "number of", "anzahl") or material.has("count", "anzahl"),
        without=material.without(),
    )


def _number(material: Material) -> str | None:
    """Many digits in a row without any mark: the number of a bill rather than an amount."""
    tag = material.peek("amount")
    if tag is None or not material.text(tag).isdigit() or len(material.text(tag)) < 5:
        return None
    if material.before(tag) in _BELOW + _ABOVE:
        return None
    material.drop("amount")
    return material.text(tag)


def history(material: Material) -> History:
    """What happened to a bill, or who did one thing to it."""
    what: Literal["sent", "confirmed", "approved", "paid"] | None = None
    for one, words in _STEPS.items():
        if material.has(*words):
            what = one
            break
    material.drop("person")  # "was it Anna who approved it?" is answered by who it was
    return History(material.hint(), what)


_STEPS: Mapping[Literal["sent", "confirmed", "approved", "paid"], tuple[str, ...]] = {
    "approved": ("approved", "approve", "signed", "freigegeben", "genehmigt", "abgesegnet", "okayed", "ok'd", "cleared"),
    "sent": ("sent", "send", "uploaded", "submitted", "geschickt", "hochgeladen", "eingereicht", "gesendet", "forwarded",
             "brought", "photographed", "abgegeben", "weitergeleitet"),
    "confirmed": ("confirmed", "confirm", "booked", "entered", "bestatigt", "gebucht", "verbucht", "erfasst", "eingetragen"),
    "paid": ("paid", "pay", "settled", "transferred", "bezahlt", "gezahlt", "uberwiesen", "beglichen"),
}  # fmt: skip


def why(material: Material) -> Why:
    """Why something is as it is."""
    hint = material.hint()
    about = (
        "overdue" if material.has(*_LATE) else "paid" if hint and material.has("paid", "bezahlt", "unpaid") else None
    )
    return Why(about, hint)


def show_bill(material: Material) -> ShowBill:
    """A bill's card."""
    return ShowBill(material.hint())


def show_original(material: Material) -> ShowOriginal:
    """The original document."""
    since, until, _ = _ends(material.when())
    return ShowOriginal(material.hint(), since, until)


def party(material: Material) -> PartyDetails:
    """What is known of a vendor or customer. Raises: SlotMismatch where nobody is named."""
    name = material.party()
    material.drop("field", "account")
    if name is None:
        raise SlotMismatch
    about: Literal["iban", "vat_id", "terms", "category"] | None = None
    if material.has("iban", "account", "konto", "kontonummer", "bankverbindung", "bankdaten"):
        about = "iban"
    elif material.has("vat", "ust", "ustid", "umsatzsteuer*", "steuernummer", "tax", "mwst"):
        about = "vat_id"
    elif material.has("terms", "zahlungsziel", "zahlungsbedingungen", "conditions", "bedingungen"):
        about = "terms"
    return PartyDetails(name, about)


def trial_balance(material: Material) -> TrialBalance:
    """Every account's balance."""
    return TrialBalance(material.day())


def _ends(when: Period | None):  # type: ignore[no-untyped-def]
    return (when.since, when.until, when.label) if when else (None, None, "")


BUILDERS: Mapping[str, Callable[[Material], object]] = {
    "due": due, "owed": owed, "settled": settled, "payments": payments, "spend": spend, "income": income, "profit": profit,
    "balance": balance, "forecast": forecast, "ageing": ageing, "find": find, "history": history, "why": why,
    "show_bill": show_bill, "show_original": show_original, "party": party, "trial_balance": trial_balance,
}  # fmt: skip
PAST = frozenset({"payments", "spend", "income", "profit", "find", "settled", "show_original", "balance", "history",
                  "paid", "received", "prepay", "transfer", "tax", "activity", "export", "close", "open"})  # fmt: skip
"""Labels about what was: "in May" is the last one."""
