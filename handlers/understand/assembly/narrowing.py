"""Words that narrow an answer down wherever they stand: goods and services, superlatives that nothing sorts by.

Phrasings that the classifier learns from have some of them ("find the invoice with the beamer"). They are never a
part of how a request is said: a value took them, or the person is asked.
"""

from __future__ import annotations

_GOODS = (
    "abschlagsrechnung anzahlungsrechnung auto autos batteries battery beamer bewirtung bewirtungsbeleg "
    "bewirtungsbelege blumen briefmarken burostuhl burostuhle bus buses cab cable cables cabs car cars catering "
    "chair chairs christmas cleaning coffee computer computers conference courier cups desk desks dinner domain "
    "domains drucker druckerpapier envelopes fahrrad fixkosten flight flights flowers flyer flyers food "
    "fortbildung freelancer freelancers fuel furniture gift gifts handy heating hosting hotelrechnung "
    "hotelrechnungen hotels internet jahresrechnung kabel kaffee kaffeemaschine kartusche keyboard keyboards "
    "kuchen lamp lampe laptop laptops leasing lizenz lizenzen lunch lunches maschine material messe miete mobel "
    "monitor monitors nebenkosten nebenkostenabrechnung office paper papier parking parkschein personalkosten "
    "petrol phone phones pizza plane postage printer printers projector provider putzfrau reinigung renovation "
    "rent repair repairs reparatur sachkosten schlussrechnung schreibtisch schulung server servers sprit stamps "
    "stationery strom stuhl stuhle stuhlen sub subscription subscriptions tankbeleg tankbelege taxi taxis telefon "
    "ticket tickets toner train training trains transport umbau umzug versicherung visitenkarten warranty wartung "
    "weihnachtsfeier werbebanner werbung werkzeug workshop"
)
_SUPERLATIVES = (
    "billigste billigsten billigster cheapest fastest gunstigste gunstigsten gunstigster kleinste kleinsten "
    "kleinster kurzeste kurzesten langsamste langsamster lowest niedrigste niedrigsten schnellste shortest "
    "slowest smallest"
)
_AVERAGES = "average avg durchschnitt durchschnittlich durchschnittliche median mittelwert"

NARROWING = frozenset(f"{_GOODS} {_SUPERLATIVES} {_AVERAGES}".split())
"""Folded words."""

UNLESS = {
    "spend": frozenset(_AVERAGES.split()),
    "forecast": frozenset(_GOODS.split()),
    "mileage": NARROWING,
    "categorise": NARROWING,
    "book_movement": NARROWING,
}
"""By label, those that are accounted for: a forecast says whether money suffices, whatever for."""

_CREDIT_NOTES = frozenset({"gutschriften", "creditnotes", "refunds", "erstattungen"})
_EACH = frozenset({
    "per", "pro", "each", "every", "je", "jeden", "jedem", "monthly", "weekly", "daily", "monatlich", "wochentlich",
})  # fmt: skip
_IN_PARTS = frozenset({
    "part", "parts", "instalment", "instalments", "installment", "installments", "rate", "raten", "teil", "teile",
    "teilen", "teilbetragen", "tranches",
})  # fmt: skip
NEVER_TAKEN = {
    **dict.fromkeys(("owed", "show_bill"), _CREDIT_NOTES),
    **dict.fromkeys(("find", "due"), _CREDIT_NOTES | _EACH | {"else", "sonst"}),
    **dict.fromkeys(("profit", "tax", "payments", "balance", "settled"), _EACH),
    **dict.fromkeys(("paid", "received"), _IN_PARTS),
    "spend": frozenset({"least", "weekly", "daily", "wochentlich"}),
    "forecast": frozenset({"below", "under", "unter", "unterschreitet", "lowest", "niedrigster"}),
}
"""By label, words that change what is asked, and that nothing of its request can say: a list knows no "each month"."""
ABOUT = frozenset({"around", "roughly", "approximately", "approx", "circa", "ca", "ungefahr", "etwa", "rund"})
"""Before an amount that is then no exact one."""
