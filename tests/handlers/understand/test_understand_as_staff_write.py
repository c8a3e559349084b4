"""Messages as they are typed on phones, against the company of the shipped set: what is asked, and of whom."""

from __future__ import annotations

from typing import Any

import pytest

from bot.bench.talk import read_head, scene_of
from bot.bench.talk_labels import label_and_slots, same
from handlers import requests as asked
from handlers.language.translation import speaking
from handlers.understand.interpreter import understand
from handlers.understand.question_sentences import question_of

SCENE = scene_of(read_head())


def hear(said: str) -> Any:
    language, _, text = said.partition(": ") if said.startswith(("de: ", "en: ")) else ("en", "", said)
    with speaking("de" if language == "de" else "en"):
        return understand(text, SCENE)


TWO_LEFT_OUT = ["Hetzner Online GmbH", "Telekom Deutschland GmbH"]
MEANT: list[tuple[str, str, dict[str, Any]]] = [
    # a trade names a party in either language
    ("did we pay the bakery", "settled", {"vendor": "Bäckerei Müller"}),
    ("paid the tax adviser yesterday", "paid", {"vendor": "Steuerberatung Krause", "on": "2026-06-09"}),
    # corrections, wherever the value stands
    ("the vat on the staples bill is 4,20", "amend", {"field": "tax", "value": "4.20", "vendor": "Staples"}),
    ("change the invoice number on the stadtwerke bill to SW-77", "amend", {"field": "number", "value": "SW-77"}),
    ("wrong vendor, it's acme tools", "amend", {"field": "vendor", "value": "acme tools"}),
    ("de: die rechnung ist in dollar", "amend", {"field": "currency", "value": "USD"}),
    ("de: bei der telekom ist der betrag 77,29 statt 72,79", "amend", {"field": "total", "value": "77.29"}),
    ("oops wrong, the total should be 119.00 not 191", "amend", {"field": "total", "value": "119.00"}),
    # when a bill was issued, and between which amounts it lies
    ("list all unpaid bills issued in April", "due", {"issued_since": "2026-04-01", "issued_until": "2026-04-30"}),
    ("de: alle rechnungen unter 100 euro die noch offen sind", "due", {"below": "100.00"}),
    ("de: such mal die rechnung über 1.785", "find", {"amount": "1785.00"}),
    ("bills overdue longer than 3 weeks", "due", {"days_late": 21}),
    ("which customers are more than a fortnight late?", "due", {"days_late": 14, "side": "receivable"}),
    ("anything we have to pay before the weekend?", "due", {"until": "2026-06-12"}),
    ("open bills dated may", "due", {"issued_since": "2026-05-01", "issued_until": "2026-05-31"}),
    ("how many dollars have we got", "balance", {"account": "bank-3"}),
    # what is left out
    ("without rent, how much were the costs in may", "spend", {"without_categories": ["rent"]}),
    ("open bills apart from aws n github", "due", {"without": ["AWS", "GitHub"]}),
    ("what's due this week, skip schmidt", "due", {"without": ["Hausverwaltung Schmidt"]}),
    ("what do we owe this month, leave schmidt out", "due", {"without": ["Hausverwaltung Schmidt"]}),
    ("all unpaid bills not the landlord", "due", {"without": ["Hausverwaltung Schmidt"]}),
    ("de: was ist fällig, schmidt zählt nicht", "due", {"without": ["Hausverwaltung Schmidt"]}),
    ("de: was ist diese woche fällig, schmidt lassen wir weg", "due", {"without": ["Hausverwaltung Schmidt"]}),
    ("everything due but krause", "due", {"without": ["Steuerberatung Krause"]}),
    ("what do we owe in total, hetzner and telekom not counted", "owed", {"without": TWO_LEFT_OUT}),
    ("total we owe, minus acme logistics", "owed", {"without": ["Acme Logistics GmbH"]}),
    # a value is never cut in two, nor is a number an amount besides
    ("anything due btw the 15th and the 20th?", "due", {"since": "2026-06-15", "until": "2026-06-20"}),
    ("de: was kommt zw. dem 15. und dem 20.", "due", {"since": "2026-06-15", "until": "2026-06-20"}),
    # this year up to now, however it is said
    ("rent this year until today", "spend", {"category": "rent", "since": "2026-01-01", "until": "2026-06-10"}),
    ("de: wie viel miete dieses jahr bis jetzt", "spend", {"category": "rent", "since": "2026-01-01"}),
    ("de: reisekosten dies quartal bis heute", "spend", {"category": "travel", "since": "2026-04-01"}),
    # more than a time compares, more than an amount narrows
    ("how much less did we spend in may than in april", "spend", {"versus_since": "2026-04-01"}),
    ("did we spend more this quarter than the one before", "spend", {"since": "2026-04-01", "compare": True}),
    ("de: wieviel mehr haben wir diesen monat ausgegeben als im letzten", "spend", {"compare": True}),
    # cash in compounds
    ("de: bargeldbestand?", "balance", {"account": "cash"}),
    ("de: kassenstand heute", "balance", {"account": "cash"}),
    # why of whom
    ("why is globex still in arrears", "why", {"vendor": "Globex AG"}),
    ("de: warum ist Globex immer noch im Verzug?", "why", {"vendor": "Globex AG"}),
    ("why is adobe late", "why", {"vendor": "Adobe"}),
    ("what's due between the 15th and the 20th?", "due", {"since": "2026-06-15", "until": "2026-06-20"}),
    ("which ones do we have to pay up to the 19 of june", "due", {"until": "2026-06-19"}),
    ("2026-071: paid?", "settled", {"vendor": "2026-071"}),
    ("paid bill no 881 yesterday", "paid", {"vendor": "881", "on": "2026-06-09"}),
    ("de: Rechnungen von Acme Logistics ab 1.4.", "find", {"vendor": "Acme Logistics GmbH", "since": "2026-04-01"}),
    ("Paid bäcker müller 38.40 out of the till", "paid", {"vendor": "Bäckerei Müller", "account": "cash"}),
    ("took 200 out of the bank for petty cash yday", "transfer", {"source": "bank", "target": "cash"}),
    ("warn me 7 and 2 days before things are due", "reminders", {"before": (7, 2)}),
    # words that are no slip of a name
    ("de: ich bitte um eine aufstellung aller überfälligen rechnungen", "due", {"overdue": True}),
    ("de: sprich deutsch mit mir", "language", {"language": "de"}),
    # letters, second thoughts and asides
    (
        "Dear Billify, which supplier invoices are past their due date at present? With kind regards, M. Brandt",
        "due",
        {"overdue": True},
    ),
    (
        "de: Guten Tag, wären Sie so freundlich, mir den Kontostand der Sparkasse zu nennen? Vielen Dank im Voraus.",
        "balance",
        {"account": "bank-2"},
    ),
    ("what did we spend in march, wait no, april", "spend", {"since": "2026-04-01", "until": "2026-04-30"}),
    ("de: telekom bezahlt, 50, ach nein, 60 euro", "paid", {"amount": "60.00"}),
    (
        "which bills need to be paid by friday? the boss keeps asking me",
        "due",
        {"until": "2026-06-12"},
    ),
    ("did anybody pay 2026-071? the lady on the phone sounded upset", "settled", {"vendor": "2026-071"}),
    ("adobe is software, not office supplies", "categorise", {"category": "software", "vendor": "Adobe"}),
    ("new plotter would be 4800, can we swing that by mid july?", "forecast", {"amount": "4800.00"}),
    # words of home and of the phone
    ("de: ham wa die stadtwerke schon bezahlt", "settled", {"vendor": "Stadtwerke Berlin"}),
    ("paid krause 2142 from bank yday", "paid", {"amount": "2142.00", "on": "2026-06-09", "account": "bank"}),
    # names in words of one's own
    ("we've opened a new bank account with N26, please add it", "add_account", {"name": "N26"}),
    ("do invite our new colleague, jo@lindenhof.example.", "invite", {"who": "jo@lindenhof.example"}),
    ("no pings after 6pm or before 9", "quiet", {"start": 18, "end": 9}),
    ("no pings between 8pm and 7 in the morning", "quiet", {"start": 20, "end": 7}),
    # a reminder of what is to be done, a week after the next Thursday
    ("friday: chase globex, remind me", "remind", {"text": "chase globex", "on": "2026-06-12"}),
    ("give us a nudge about initech on thursday week", "remind", {"on": "2026-06-18", "vendor": "Initech GmbH"}),
    # somebody who only said something sent nothing
    ("anna said i should look for the adobe invoices from last year", "find", {"vendor": "Adobe"}),
]


@pytest.mark.parametrize(("said", "label", "slots"), MEANT, ids=[row[0] for row in MEANT])
def test_what_staff_write_is_understood(said: str, label: str, slots: dict[str, Any]) -> None:
    heard, found = label_and_slots(hear(said))
    assert heard == label, found
    for name, value in slots.items():
        assert name in found and same(value, found[name]), found
    assert "person" not in found


EACH = [
    ("paid telekom and hetzner", asked.Pay, 2),
    ("approve krause, adobe and aws", asked.Approve, 3),
    ("is krause and hetzner paid?", asked.Settled, 2),
]


@pytest.mark.parametrize(("said", "kind", "count"), EACH)
def test_one_request_about_several_parties_is_one_for_each(said: str, kind: type, count: int) -> None:
    several = hear(said)
    assert isinstance(several, asked.SeveralRequests)
    assert [type(one) for one in several.requests] == [kind] * count


def test_of_an_amount_it_is_asked_whose_it_is() -> None:
    assert not isinstance(hear("paid telekom and hetzner 200"), asked.SeveralRequests | asked.Pay)


@pytest.mark.parametrize(
    "said", ["approve all of them", "delete everything", "don't confirm all", "de: alle löschen", "de: bezahl alles"]
)
def test_all_at_once_is_asked_about(said: str) -> None:
    assert isinstance(hear(said), asked.Unclear)


NARROWER = ["what did we spend on beamers in may", "cheapest bill in may", "which bills with the new laptop are open"]


@pytest.mark.parametrize("said", NARROWER)
def test_what_narrows_an_answer_down_is_never_passed_over(said: str) -> None:
    heard = hear(said)
    assert isinstance(heard, asked.Unclear | asked.Unknown) or getattr(heard, "text", None)


WHOLE = [
    "reject the print24 one, its a duplicate",
    "reject print24, we never ordered that",
    "globex. have they paid. yes or no",
    "withdraw the payment file, the bank rejected it",
    "movement 3 is the rent, book it please",
]


@pytest.mark.parametrize("said", WHOLE)
def test_a_reason_or_a_turn_of_phrase_is_no_second_request(said: str) -> None:
    assert not isinstance(hear(said), asked.SeveralRequests)


def test_neither_of_two_orders_is_lost() -> None:
    several = hear("please approve the müller bau bill and remind me about it on friday")
    assert isinstance(several, asked.SeveralRequests)
    assert [type(one) for one in several.requests] == [asked.Approve, asked.Remind]


ASKED = [
    "what is due to Adobe this week",
    "how much do we owe Adobe?",
    "is Adobe paid?",
    "what did we spend with Adobe last month?",
    "find bills from Adobe last year",
    "de: was ist diese Woche an Adobe fällig",
    "de: wie viel schulden wir Adobe?",
    "de: was haben wir letzten Monat bei Adobe ausgegeben?",
]


@pytest.mark.parametrize("said", ASKED)
def test_a_question_is_offered_in_words_that_ask_just_that(said: str) -> None:
    request = hear(said)
    with speaking("de" if said.startswith("de: ") else "en"):
        offered = question_of(request, SCENE)
        assert offered is not None
        again = understand(offered, SCENE)
    label, slots = label_and_slots(request)
    other, others = label_and_slots(again)
    assert (label, slots) == (other, others) or {label, other} == {"due", "owed"}


NO_PAYMENTS = [
    "list the invoices received in april that are not settled",
    "which invoices of april were never paid",
    "de: welche rechnungen vom april wurden noch nicht beglichen",
    "once every bill is settled, what's left over",
]


@pytest.mark.parametrize("said", NO_PAYMENTS)
def test_what_did_not_move_is_no_payment_and_what_is_left_over_no_bill(said: str) -> None:
    heard = hear(said)
    assert not isinstance(heard, asked.Payments) and ("left over" not in said or not isinstance(heard, asked.Due))


NOT_BEYOND_DOUBT = [
    "de: steuerberater und anwalt, was kostet uns das im jahr 2025",
    "paid acme tools 200, i wish",
    "paid acme tools 200, we almost did",
    "de: adobe auf software umbuchen, dann freigeben",
    "what's due this week, the ones with the beamer",
    "how much have we got and then remind me on monday about adobe",
    "is krause paid? if not remind me tomorrow",
    "de: ist krause bezahlt, sonst erinner mich morgen",
    "remind olga on monday about adobe",
    "largest payment last month",
    "i think i paid krause",
    "paid about 500 to krause",
    "paid krause 500 to the wrong account",
    "de: krause wird am freitag bezahlt",
    "running 10 min late, traffic on the a100",
]


@pytest.mark.parametrize("said", NOT_BEYOND_DOUBT)
def test_what_is_not_beyond_doubt_is_asked_about(said: str) -> None:
    heard = hear(said)
    whole = isinstance(heard, asked.SeveralRequests) and len(heard.requests) > 1
    assert whole or isinstance(heard, asked.Unclear | asked.Unknown | asked.Proposed), heard


def test_a_change_beside_an_aside_is_shown_first() -> None:
    assert isinstance(hear("umbrella sent us 3.2k, saw it on my phone just now, so happy"), asked.Proposed)


@pytest.mark.parametrize("said", ["show me money received from initech", "list what we paid to adobe"])
def test_what_is_to_be_shown_is_not_booked(said: str) -> None:
    assert not isinstance(hear(said), asked.Pay | asked.Proposed)
