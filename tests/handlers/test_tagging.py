"""Values found anywhere in a sentence, and the sentence without them, on Wednesday 10 June 2026."""

from __future__ import annotations

import pytest

from handlers.understand.interpreter import name_words
from handlers.understand.tagging.tag import Tag
from handlers.understand.tagging.tags import Tags, tagged
from handlers.understand.text.sentence import sentence
from handlers.understand.values.amounts import Amount
from handlers.understand.values.dates import Sense
from handlers.understand.values.periods import Period
from tests.fakes.books.staff_scene import SCENE

BACK = [
    # said, template, values; "not": excluded, "|": the other reading
    ("anything due by eom?", "anything due <period> ?", "..2026-06-30"),
    (
        "what do we owe all the acmes together?",
        "what do we owe all the <party> together ?",
        "Acme GmbH, Acme Logistics GmbH, Acme Tools Ltd",
    ),
    ("what's still open with mueller bau", "what is still open with <party>", "Müller & Söhne Bau GmbH"),
    (
        "how much do we owe without the müller söhne one",
        "how much do we owe without the <party> one",
        "not Müller & Söhne Bau GmbH",
    ),
    (
        "was schulden wir außer acme",
        "was schulden wir ausser <party>",
        "not Acme GmbH, Acme Logistics GmbH, Acme Tools Ltd",
    ),
    (
        "spend except acme and telekom in may",
        "spend except <party> and <party> <period>",
        "not Acme GmbH, Acme Logistics GmbH, Acme Tools Ltd; not Telekom Deutschland GmbH; 2026-05-01..2026-05-31",
    ),
    (
        "not acme but telekom",
        "not <party> but <party>",
        "not Acme GmbH, Acme Logistics GmbH, Acme Tools Ltd; Telekom Deutschland GmbH",
    ),
    ("alles, nur nicht telekom", "alles nur nicht <party>", "not Telekom Deutschland GmbH"),
    (
        "was schulden wir Acme GmbH noch diese woche",
        "was schulden wir <party> noch <period>",
        "Acme GmbH; 2026-06-08..2026-06-14",
    ),
    ("wie viel schulden wir acme logistics", "wie viel schulden wir <party>", "Acme Logistics GmbH"),
    ("is büromöbel paid?", "is <party> paid ?", "Müller Büromöbel GmbH"),
    ("bill from mueller's", "bill from <party>", "Bäckerei Müller, Müller & Söhne Bau GmbH, Müller Büromöbel GmbH"),
    ("is hetzner's overdue?", "is <party> overdue ?", "Hetzner Online GmbH"),
    ("the telekom", "the <party>", "Telekom Deutschland GmbH"),
    (
        "wie hoch ist die durchschnittliche telekomrechnung",
        "wie hoch ist die durchschnittliche <party> rechnung",
        "Telekom Deutschland GmbH",
    ),
    ("wie viel schulden wir krauze", "wie viel schulden wir <party>", "Steuerberatung Krause"),
    ("aws spend ytd", "<party> spend <period>", "Amazon Web Services; 2026-01-01..2026-06-10"),
    ("how much does globex still owe", "how much does <party> still owe", "Globex AG"),
    ("pay everything but not the adler bill", "pay everything but not the <party> bill", "not Hotel Adler"),
    ("paid telekom 5.6.", "paid <party> <day>", "Telekom Deutschland GmbH; 2026-06-05"),
    ("telekom am 5.6 bezahlt", "<party> <day> bezahlt", "Telekom Deutschland GmbH; 2026-06-05"),
    ("paid telekom 5.60", "paid <party> <amount>", "Telekom Deutschland GmbH; 5.60"),
    ("paid telekom 5.6", "paid <party> <day>", "Telekom Deutschland GmbH; 2026-06-05 | amount 5.60"),
    ("paid staples 12.05", "paid <party> <amount>", "Staples; 12.05 | day 2026-05-12"),
    ("paid 12.05 EUR to staples", "paid <amount> to <party>", "12.05 EUR; Staples"),
    ("paid Print24 119", "paid <party> <amount>", "Print24 GmbH; 119.00"),
    ("paid H-1 1166.20", "paid <party> <amount>", "H-1; 1166.20"),
    ("is K-26-1 paid", "is <party> paid", "K-26-1"),
    ("invoice 881", "invoice <party>", "881 | amount 881.00"),
    ("rechnung nr 881 ist bezahlt", "rechnung <party> ist bezahlt", "881"),
    ("acme 2026-058", "<party> <party>", "Acme GmbH, Acme Logistics GmbH, Acme Tools Ltd; 2026-058"),
    ("2026 071", "<party>", "2026-071"),
    ("is 4410 paid?", "is <party> paid ?", "4410 | amount 4410.00"),
    ("which invoice was 1,785", "which invoice was <amount>", "1785.00"),
    ("paid krause 2.1k this morning", "paid <party> <amount> <day>", "Steuerberatung Krause; 2100.00; 2026-06-10"),
    ("hab staples gestern bar bezahlt", "hab <party> <day> <account> bezahlt", "Staples; 2026-06-09; cash"),
    ("paid fifty euros to staples from cash", "paid <amount> to <party> from <account>", "50.00 EUR; Staples; cash"),
    ("50 bucks to github", "<amount> to <party>", "50.00 USD | amount 50.00 CAD; GitHub"),
    (
        "500 euro von der bank in die kasse gestern",
        "<amount> von der <account> in die <account> <day>",
        "500.00 EUR; bank; cash; 2026-06-09",
    ),
    ("EUR 1 380,00 an schmidt überwiesen", "<amount> an <party> uberwiesen", "1380.00 EUR; Hausverwaltung Schmidt"),
    ("half a million to umbrella", "<amount> to <party>", "500000.00; Umbrella SE"),
    ("last 5 invoices", "last <number> invoices", "5"),
    ("top 5 vendors", "top <number> vendors", "5"),
    ("top 10 lieferanten letztes jahr", "top <number> lieferanten <period>", "10; 2025-01-01..2025-12-31"),
    ("die drei größten rechnungen im mai", "die <number> grossten rechnungen <period>", "3; 2026-05-01..2026-05-31"),
    ("bills more than 30 days overdue", "bills <lateness>", "30"),
    ("what is 3 weeks overdue", "what is <lateness>", "21"),
    ("seit 2 wochen überfällig", "<lateness>", "14"),
    ("rechnungen älter als 60 tage", "rechnungen <lateness>", "60"),
    ("bills over 500 from last month", "bills over <amount> <period>", "500.00; 2026-05-01..2026-05-31"),
    ("may i see the bill", "may i see the bill", ""),
    (
        "can we pay acme in may",
        "can we pay <party> <period>",
        "Acme GmbH, Acme Logistics GmbH, Acme Tools Ltd; 2026-05-01..2026-05-31",
    ),
    ("spend may vs april", "spend <period> vs <period>", "2026-05-01..2026-05-31; 2026-04-01..2026-04-30"),
    ("how much did max spend", "how much did <person> spend", "Max"),
    ("wer hat das freigegeben, anna?", "wer hat das freigegeben <person> ?", "Anna Weber"),
    ("rechnungen von olga im mai", "rechnungen von <person> <period>", "Olga; 2026-05-01..2026-05-31"),
    ("reisekosten im mai", "<category> kosten <period>", "travel; 2026-05-01..2026-05-31"),
    ("softwareausgaben q1 2026", "<category> ausgaben <period>", "software; 2026-01-01..2026-03-31"),
    ("rent this year please", "<category> <period> please", "rent; 2026-01-01..2026-12-31"),
    ("miete seit januar", "<category> <period>", "rent; 2026-01-01.."),
    ("biggest expense in may", "biggest expense <period>", "2026-05-01..2026-05-31"),
    ("office supplies in q2", "<category> <period>", "office; 2026-04-01..2026-06-30"),
    ("bank balance end of april", "<account> balance <period>", "bank; ..2026-04-30"),
    ("kontostand sparkasse", "kontostand <account>", "bank-2"),
    ("paid by transfer on monday", "paid by <account> <day>", "bank; 2026-06-08"),
    ("die überweisung an telekom", "die uberweisung an <party>", "Telekom Deutschland GmbH"),
    ("the total is 58,31", "the <field> is <amount>", "total; 58.31"),
    ("what is the iban of telekom", "what is the <field> of <party>", "iban; Telekom Deutschland GmbH"),
    ("rechnungsnummer ist RE-4711", "<field> ist <party>", "number; RE-4711"),
    ("what is due", "what is due", ""),
    ("what is due to mai & partner in mai", "what is due to <party> <period>", "Mai & Partner; 2026-05-01..2026-05-31"),
    ("how much did we spend in mai", "how much did we spend <period>", "2026-05-01..2026-05-31"),
    ("bank verlag bezahlt", "<party> bezahlt", "Bank Verlag"),
    (
        "was haben wir bei staples 2025 gekauft",
        "was haben wir bei <party> <period> gekauft",
        "Staples; 2025-01-01..2025-12-31 | amount 2025.00",
    ),
    ("i drove 84 km to the client today", "i drove <number> km to the client <day>", "84; 2026-06-10"),
    ("was ist ende des monats fällig", "was ist <period> fallig", "..2026-06-30"),
    ("kosten jan-märz", "kosten <period>", "2026-01-01..2026-03-31"),
    ("what came in over the weekend", "what came in <period>", "2026-06-06..2026-06-07"),
    ("deutsche bahn letzten freitag", "<party> <day>", "Deutsche Bahn; 2026-06-05"),
    ("send it to berlin", "send it to berlin", ""),
    ("who is online", "who is online", ""),
    ("how are you?", "how are you ?", ""),
    ("ok", "ok", ""),
    ("die rechnung vom 3. juni", "die rechnung <day>", "2026-06-03"),
    ("2% skonto bis 15. juni", "2% skonto <period>", "..2026-06-15"),
    ("paid 2000 to krause on the 3rd", "paid <amount> to <party> <day>", "2000.00; Steuerberatung Krause; 2026-06-03"),
    ("we got 892.50 from müller büromöbel", "we got <amount> from <party>", "892.50; Müller Büromöbel GmbH"),
    ("without tax", "without tax", ""),
    ("rechnungen ohne fälligkeit", "rechnungen ohne falligkeit", ""),
    (
        "hetzner, telekom und adobe zusammen",
        "<party> <party> und <party> zusammen",
        "Hetzner Online GmbH; Telekom Deutschland GmbH; Adobe",
    ),
]

AHEAD = [
    (
        "what do we owe acme by friday",
        "what do we owe <party> <period>",
        "Acme GmbH, Acme Logistics GmbH, Acme Tools Ltd; ..2026-06-12",
    ),
    (
        "alles außer krause und hetzner bis freitag",
        "alles ausser <party> und <party> <period>",
        "not Steuerberatung Krause; not Hetzner Online GmbH; ..2026-06-12",
    ),
    ("bis wann till friday", "bis wann <period>", "..2026-06-12"),
    ("due date is friday", "<field> is <day>", "due_date; 2026-06-12"),
    (
        "remind me about the krause bill on thu",
        "remind me about the <party> bill <day>",
        "Steuerberatung Krause; 2026-06-11",
    ),
]


@pytest.mark.parametrize(("said", "template", "values"), BACK)
def test_values_are_found_anywhere_looking_back(said, template, values):
    assert _heard(said, "past") == (template, values)


@pytest.mark.parametrize(("said", "template", "values"), AHEAD)
def test_values_are_found_anywhere_looking_ahead(said, template, values):
    assert _heard(said, "due") == (template, values)


@pytest.mark.parametrize("said", ["", "?", "5.", "31.2.", "the 45th", "''", "- -", "a" * 500, "9" * 40, "außer", "not"])
def test_nothing_makes_it_fail(said):
    assert isinstance(tagged(sentence(said), SCENE), Tags)


def _heard(said: str, sense: Sense) -> tuple[str, str]:
    found = tagged(sentence(said, name_words(SCENE)), SCENE, sense)
    return found.template, "; ".join(_written(tag) for tag in found.tags)


def _written(tag: Tag) -> str:
    value = tag.value
    if isinstance(value, Period):
        value = f"{value.since or ''}..{value.until or ''}"
    elif isinstance(value, Amount):
        value = f"{value.value} {value.currency or ''}".strip()
    elif isinstance(value, tuple):
        value = ", ".join(value)
    other = f" | {tag.other.kind} {_written(tag.other)}" if tag.other else ""
    return f"{'not ' if tag.excluded else ''}{value}{other}"
