"""Money that moved and what there is: payments, costs, income, balances, the forecast; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Literal

from handlers.requests import (
    Balance,
    Due,
    Find,
    Forecast,
    Income,
    NotOffered,
    Owed,
    Payments,
    Profit,
    Spend,
    TrialBalance,
    VatReturn,
)
from handlers.understand.assembly import bills
from handlers.understand.assembly.conditions import LARGEST, ends_of, most_of
from handlers.understand.assembly.grouping import group
from handlers.understand.assembly.material import Material
from handlers.understand.readers.books import vat_return_of
from handlers.understand.readers.reports import FORECAST_DAYS, looked_ahead_to, span
from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import NeedsClarification, SlotMismatch
from handlers.understand.text.words import fold
from handlers.understand.values import currencies
from handlers.understand.values.dates import moved
from handlers.understand.values.periods import Period
from handlers.understand.values.periods_by_days import period_name
from handlers.wording import period_names
from handlers.wording.books import books_questions


def payments(material: Material) -> Payments | Find | Due | Owed:
    """Money that moved; bills that were received are no money. Raises: SlotMismatch for what did not move: "not
    settled", "noch nicht bezahlt"."""
    if material.has(*_NOT):
        raise SlotMismatch
    if _BILLS_CAME.search(material.said.plain):
        return bills.find(material)
    side = material.side
    since, until, label = ends_of(material.when())
    account = material.account() or ("cash" if material.has("barzahlung*", "bargeldzahlung*") else None)
    return Payments(side, since, until, material.party(), account, label)


_BILLS_CAME = re.compile(
    r"\b(?:bills|invoices|receipts|rechnungen|belege) (?:\S+ ){0,3}?(?:received|came in|arrived|eingegangen|erhalten|"
    r"bekommen|reingekommen)\b|\b(?:eingegangene|erhaltene)n? (?:rechnungen|belege)\b"
)
_NOT = ("not", "never", "unpaid", "unsettled", "outstanding", "nicht", "nie", "unbezahlt*", "offene*")


def spend(material: Material) -> Spend | Income:
    """What was spent, grouped, compared, or on average."""
    periods = (*material.take_all("period"), *material.take_all("day"))
    if len(periods) > 2:
        raise SlotMismatch
    first = material.stretch(periods[0]) if periods else None
    second = _compared(material, first, periods[1]) if first and len(periods) > 1 else None
    if first and second is None and material.has(*_COMPARES) and _JOINED.search(fold(material.text(periods[0]))):
        first, second = _apart(first, material)
    by = group(material)
    largest = material.has(*LARGEST)
    if by is None and largest and material.has("month", "monat"):
        by = "month"  # "the most expensive month"
    if by is None and largest and not material.has("category", "kategorie", "kategorien", "categories", "block"):
        by_bill: Literal["bill"] | None = "bill"
    else:
        by_bill = None
    category, vendor, person = material.category(), material.party(), material.person()
    category = category or (None if vendor else material.category_spoken_of())
    average = material.has("average", "avg", "mean", "durchschnitt*", "schnitt")
    if by is None and average and material.has("month", "monat", "monthly"):
        by = "month"
    since, until, label = span(first, material.scene.today)
    title = material.scene.names.titles.get(category or "", category)
    compares = material.has(*_COMPARES) or material.says(*_MORE_OR_LESS) or _more_than_before(material)
    return Spend(
        since,
        until,
        category,
        vendor,
        by_bill or by or "category",
        compare=second is None and compares,
        chart=material.has("chart", "graph", "diagramm", "grafik", "plot"),
        label=period_names.spent(label, title, vendor),
        person=person,
        without=material.without(),
        versus_since=second.since if second else None,
        versus_until=second.until if second else None,
        versus_label=second.label if second else "",
        most=most_of(material, ordered=largest),
        average=average,
        without_categories=tuple(str(tag.value) for tag in material.take_all("category", excluded=True)),
    )


_COMPARES = (
    "compared", "compare", "comparison", "versus", "vs", "against", "vergleich", "vergleiche", "verglichen",
    "gegenuber", "difference", "ggu", "unterschied", "relative",
)  # fmt: skip


_MORE = ("more", "less", "higher", "lower", "up", "down", "mehr", "weniger", "hoher", "niedriger", "teurer")
_MORE_OR_LESS = (
    "more or less than",
    "mehr oder weniger als",
    "less or more than",
    "higher or lower than",
    "up or down",
)


def _more_than_before(material: Material) -> bool:
    """ "How much more did we spend this quarter than the one before": than a time, where no amount is named."""
    amounts = any(tag.kind == "amount" for tag in material.tags)
    return not amounts and material.has(*_MORE) and material.has("than", "als")


def _compared(material: Material, first: Period, tag: Tag) -> Period | None:
    """With what a period is compared; None for the one before it. In "May compared to the month before", or "to the
    year before", that is seen from May. Raises: SlotMismatch where nothing is compared.
    """
    if not (material.has(*_COMPARES) or (material.has(*_MORE) and material.has("than", "als", "on"))):
        raise SlotMismatch
    second, said = material.stretch(tag), fold(material.text(tag))
    if (second.since, second.until) == (first.since, first.until) or any(word in said for word in _BEFORE_THAT):
        return None
    whole = first.since and first.until and (first.until - first.since).days > 360
    if first.since and first.until and not whole and any(word in said for word in _YEAR_BEFORE):
        since, until = moved(first.since, -1, "year"), moved(first.until, -1, "year")
        return Period(since, until, period_name(since, until, material.scene.today))
    return second


_JOINED = re.compile(r"\S (?:and|und|with|mit) \S")


def _apart(both: Period, material: Material) -> tuple[Period, Period | None]:
    """ "Compare April and May": the later of two months, and the one before it. Raises: SlotMismatch for others."""
    if both.since is None or both.until is None or moved(both.since, 2, "month") != both.until + timedelta(days=1):
        raise SlotMismatch
    later, today = moved(both.since, 1, "month"), material.scene.today
    end = later - timedelta(days=1)
    return (
        Period(later, both.until, period_name(later, both.until, today)),
        Period(both.since, end, period_name(both.since, end, today)),
    )


_BEFORE_THAT = ("vormonat", "vorquartal", "vorwoche", "month before", "quarter before", "week before")
_YEAR_BEFORE = ("vorjahr", "year before", "previous year", "last year", "letztes jahr", "letzten jahr")


def income(material: Material) -> Income:
    """Our own sales."""
    since, until, label = span(material.when(), material.scene.today)
    by: Literal["vendor", "month"] = "month" if group(material) == "month" else "vendor"
    largest = material.has(*LARGEST, "best", "beste*", "important", "wichtigst*")
    return Income(since, until, material.party(), by, most_of(material, ordered=largest), label)


def profit(material: Material) -> Profit:
    """The result of a period, this year so far where none was said."""
    since, until, label = span(material.when(), material.scene.today)
    return Profit(since, until, label)


def tax(material: Material) -> VatReturn | NotOffered:
    """The VAT return of a period; other taxes are not worked out. Raises: NeedsClarification without a period."""
    when = material.when()
    if not material.has(*_VAT) and not material.says("sales tax", "input tax"):
        return NotOffered("tax")
    if when is None:
        raise NeedsClarification(books_questions.vat_when(), *books_questions.vat_suggestions())
    return vat_return_of(when, material.scene.today)


_VAT = (
    "vat", "gst", "ust", "ustva", "uva", "mwst", "umsatzsteuer*", "mehrwertsteuer*", "vorsteuer*", "voranmeldung*",
    "zahllast", "umsatzsteuerzahllast",
)  # fmt: skip


def balance(material: Material) -> Balance | Forecast:
    """What there is, or was; of a day to come it is a forecast."""
    when, account = material.when(), material.account()
    on = when.until if when else None
    if when and on and on > material.scene.today:
        if account not in (None, "bank"):
            raise SlotMismatch
        return Forecast(looked_ahead_to(when.since, on), when.label)
    if account is None:
        account = _kept_in(material)
    if account is None and material.has(*_CASH):
        account = "cash"
    return Balance(account, None if on == material.scene.today else on)


_CASH = (
    "cash", "bar", "kasse", "till", "cashbox", "bargeld*", "kassen*", "portokasse", "barkasse*", "handkasse",
    "barbestand", "barmittel", "petty", "drawer", "register", "tin",
)  # fmt: skip


def _kept_in(material: Material) -> str | None:
    """The only account that is kept in a currency of which is spoken: "how many dollars do we have?"."""
    spoken = {code for word in material.words if len(word) > 2 for code in currencies.meant(word)}
    found = [code for code, kept in material.scene.names.kept.items() if kept in spoken]
    return found[0] if len(found) == 1 else None


def forecast(material: Material) -> Forecast:
    """What there will be; whether something can be afforded; how long the money lasts."""
    when, amount = material.when(), material.amount()
    material.drop("account")
    today = material.scene.today
    until = looked_ahead_to(when.since, when.until) if when and when.until else today + timedelta(days=FORECAST_DAYS)
    if until < today:
        raise SlotMismatch
    label = when.label if when else period_names.next_days(FORECAST_DAYS)
    runs_out = material.says(*_RUNS_OUT) or material.has("pleite", "broke", "leer", "empty", "dry", "runway")
    pays_all = material.has(
        "paying", "after", "everything", "nachdem", "alles", "enough", "reicht", "genug", "abzug", "left", "bleibt"
    )
    pays_all = pays_all or material.says(*_ALL_PAID)
    return Forecast(
        until,
        label,
        afford=amount.value if amount else None,
        currency=amount.currency if amount else None,
        after_bills=amount is None and not runs_out and pays_all,
        runs_out=runs_out,
    )


_RUNS_OUT = (
    "how long", "wie lange", "run out", "runs out", "running out", "ab wann", "wann ist das geld", "out of money",
    "out of cash", "geld ausgeht", "geht das geld aus", "zero on the account",
)  # fmt: skip
_ALL_PAID = (
    "bills are paid", "invoices are paid", "is paid", "all bills", "all the bills", "alle rechnungen", "bezahlt sind",
    "bezahlt ist", "beglichen sind",
)  # fmt: skip


def trial_balance(material: Material) -> TrialBalance:
    """Every account's balance."""
    return TrialBalance(material.day())


BUILDERS: Mapping[str, Callable[[Material], object]] = {
    "payments": payments,
    "spend": spend,
    "income": income,
    "profit": profit,
    "balance": balance,
    "forecast": forecast,
    "tax": tax,
    "trial_balance": trial_balance,
}
