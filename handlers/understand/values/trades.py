"""Trades as both languages call them: "the bakery" is Bäckerei Müller, "the landlord" the Hausverwaltung.

People name a party by what it does as often as by its name, and not always in the language of the name.
"""

from __future__ import annotations

_TRADES = (
    ("bakery", "baker", "bakers", "backerei", "backer"),
    ("butcher", "butchers", "metzgerei", "metzger", "fleischerei", "fleischer"),
    ("carpenter", "carpentry", "joiner", "joinery", "tischlerei", "tischler", "schreinerei", "schreiner"),
    ("carrier", "haulier", "forwarder", "spedition", "logistik", "logistics"),
    ("caretaker", "janitor", "hausmeister", "hausmeisterservice"),
    ("cleaner", "cleaners", "cleaning", "reinigung", "gebaudereinigung", "putzfirma"),
    ("construction", "builder", "builders", "bau", "bauunternehmen", "baufirma"),
    ("doctor", "arzt", "praxis"),
    ("electrician", "electricians", "elektriker", "elektro"),
    ("energy", "utility", "utilities", "stadtwerke", "stadtwerk", "energie", "versorger"),
    ("florist", "florists", "blumen", "blumenladen", "florist"),
    ("furniture", "mobel", "buromobel"),
    ("gardener", "gardeners", "gartner", "gartnerei", "gartenbau"),
    ("hotel", "hotels"),
    ("insurance", "insurer", "versicherung", "versicherungen"),
    ("landlord", "landlady", "vermieter", "vermieterin", "hausverwaltung", "immobilien", "verwaltung"),
    ("lawyer", "lawyers", "solicitor", "attorney", "anwalt", "rechtsanwalt", "kanzlei", "anwalte", "rechtsanwalte"),
    ("notary", "notar", "notariat"),
    ("painter", "painters", "maler", "malerbetrieb"),
    ("pharmacy", "chemist", "apotheke"),
    ("plumber", "plumbers", "klempner", "installateur", "sanitar"),
    ("printer", "printers", "printing", "druckerei"),
    ("railway", "railways", "train", "trains", "rail", "bahn"),
    ("restaurant", "gasthaus", "gasthof", "wirtshaus"),
    ("taxi", "taxis", "cab"),
    ("telecom", "telco", "telecoms", "telekom"),
    ("travel agency", "reiseburo"),
    ("waterworks", "wasserwerk", "wasserwerke"),
    ("tax adviser", "tax advisor", "accountant", "bookkeeper", "buchhalter", "buchhalterin", "tax accountant",
     "tax consultant", "steuerberater", "steuerberaterin", "steuerberatung"),
    ("property management", "property manager", "letting agent", "letting agency", "hausverwaltung", "hausverwalter"),
)  # fmt: skip
"""Folded words and pairs of words; each row is one trade."""

_ALIKE: dict[str, frozenset[str]] = {}
for _row in _TRADES:
    for _word in _row:
        _ALIKE[_word] = _ALIKE.get(_word, frozenset()) | frozenset(_row) - {_word}


def trade_words(plain: str) -> frozenset[str]:
    """Other words, folded, for the trade that a word, or a pair of words, names; empty where it names none."""
    return _ALIKE.get(plain, frozenset())
