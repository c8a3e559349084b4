"""What a bill looks like in a chat: its card, its doubts, its buttons. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.button_ids import PressedButton, bill_choices, choice_id, parse_choice, suggestion_choices
from handlers.language.formats import money, title
from handlers.messages import Change, Choice, Fact
from handlers.wording.bill_texts import field_name
from handlers.wording.cards import bill_card, bill_state, shown_change
from storage.ledger.money import Money
from storage.models import Amendment, Bill, BillState

TODAY = date(2025, 3, 21)
NOW = datetime(2025, 3, 21, 9, tzinfo=UTC)


def read(confidence: float, reason: str = "", source: str = "ocr") -> dict[str, Any]:
    return {
        "value": "as on the bill",
        "confidence": confidence,
        "page": 1,
        "box": None,
        "source": source,
        "reason": reason,
    }


def acme(**changed: Any) -> Bill:
    """The invoice of the README's first example."""
    values: dict[str, Any] = {
        "id": 17,
        "document_id": 1,
        "kind": "invoice",
        "state": BillState.DRAFT,
        "vendor": "Acme GmbH",
        "number": "2024-117",
        "issue_date": date(2025, 3, 3),
        "due_date": date(2025, 4, 2),
        "currency": "EUR",
        "subtotal_minor": 105000,
        "tax_minor": 19950,
        "total_minor": 124950,
        "evidence": {"due_date": read(0.6, 'from "30 days net"'), "total": read(0.97)},
        "created_by": 1,
        "created_at": NOW,
    }
    return Bill(**(values | changed))


def card(bill: Bill, **options: Any):
    return bill_card(bill, TODAY, doubt_below=0.8, **options)


@pytest.mark.parametrize("field", ["subtotal", "tax", "tip", "total"])
@pytest.mark.parametrize("minor", [0, 700])
def test_every_amount_that_is_doubted_is_shown(field: str, minor: int):
    bill = acme(**{f"{field}_minor": minor, "evidence": {field: read(0.5)}})
    shown = card(bill)
    assert any(doubt.startswith(field_name(field)) for doubt in shown.doubts)
    amount = money(Money(minor, "EUR"))
    assert amount in shown.title or Fact(title(field_name(field)), amount) in shown.facts


def test_a_person_sees_the_bill_at_a_glance():
    shown = card(acme())
    assert shown.title == "Acme GmbH · €1,249.50"
    assert shown.subtitle == "Invoice 2024-117"
    assert shown.facts == (
        Fact("Issued", "3 Mar 2025"),
        Fact("Due", "2 Apr 2025 (in 12 days)", strong=True),
        Fact("Subtotal", "€1,050.00"),
        Fact("VAT", "€199.50"),
    )
    assert shown.doubts == ('due date (from "30 days net")',)
    assert shown.state == "Waiting for you"


@pytest.mark.parametrize(
    ("changed", "doubts"),
    [
        ({"evidence": {}}, ()),
        ({"evidence": {"total": read(0.79)}}, ("total",)),
        ({"evidence": {"total": read(0.8)}}, ()),
        ({"evidence": {"total": read(0.1, source="person")}}, ()),
        ({"evidence": {"tax": read(0.3), "iban": read(0.1)}}, ("VAT",)),  # an IBAN is not booked
        ({"evidence": {}, "vendor": None}, ("vendor (not found)",)),
        ({"evidence": {}, "currency": None}, ("currency (not printed)",)),
        ({"evidence": {}, "due_date": None, "number": None}, ("number (not found)", "due date (not found)")),
        ({"evidence": {}, "due_date": None, "number": None, "kind": "receipt"}, ()),
        ({"evidence": {"due_date": read(1, source="person")}, "due_date": None}, ()),  # a person said: none
        ({"evidence": {}, "subtotal_minor": None, "tax_minor": None}, ()),
        ({"evidence": {}, "subtotal_minor": 104900}, ("subtotal + VAT is €1,248.50, not the total",)),
        ({"evidence": {}, "tip_minor": 100}, ("subtotal + VAT + tip is €1,250.50, not the total",)),
        ({"evidence": {}, "due_date": date(2025, 3, 1)}, ("due date (before the issue date)",)),
        ({"evidence": {}, "issue_date": date(2025, 3, 22)}, ("issue date (in the future)",)),
    ],
)
def test_a_person_is_shown_what_to_check(changed, doubts):
    assert card(acme(**changed)).doubts == doubts


def test_a_booked_bill_has_no_doubts_left():
    assert card(acme(state=BillState.CONFIRMED)).doubts == ()


def test_a_bill_without_values_still_has_a_card():
    empty = Bill(id=1, document_id=1, kind="other", state=BillState.DRAFT, created_by=1, created_at=NOW)
    shown = card(empty)
    assert (shown.title, shown.subtitle, shown.facts) == ("Unknown vendor · no total", "Document", ())


def test_an_amount_without_a_currency_is_shown_bare():
    total = read(0.9) | {"value": "1249.50"}
    assert card(acme(currency=None, total_minor=None, evidence={"total": total})).title == "Acme GmbH · 1249.50"


@pytest.mark.parametrize(
    ("currency", "total"),
    [("USD", "US$1,249.50"), ("CAD", "CA$1,249.50"), ("JPY", "JP¥124,950"), ("CHF", "CHF\u00a01,249.50")],
)
def test_no_currency_can_be_mistaken_for_another(currency, total):
    assert card(acme(currency=currency)).title == f"Acme GmbH · {total}"


@pytest.mark.parametrize(
    ("state", "open_minor", "shown"),
    [
        (BillState.HELD, 0, "Looks like a duplicate"),
        (BillState.CONFIRMED, 124950, "Confirmed by Anna"),
        (BillState.PART_PAID, 50000, "Part-paid, €500.00 open"),
        (BillState.PAID, 0, "Paid"),
        (BillState.VOID, 0, "Not an invoice"),
    ],
)
def test_a_card_says_where_the_bill_stands(state, open_minor, shown):
    assert bill_state(acme(state=state, open_minor=open_minor), "Anna") == shown


@pytest.mark.parametrize(
    ("field", "old", "new", "shown"),
    [
        ("total", "1249.50", "1294.50", Change("Total", "€1,249.50", "€1,294.50")),
        ("due_date", None, "2025-05-15", Change("Due date", None, "15 May 2025")),
        ("due_date", "2025-05-15", None, Change("Due date", "15 May 2025", "none")),
        ("tax", "199.50", "0.00", Change("VAT", "€199.50", "€0.00")),
        ("vendor", "Acne", "Acme", Change("Vendor", "Acne", "Acme")),
    ],
)
def test_a_correction_shows_old_and_new(field, old, new, shown):
    amendment = Amendment(bill_id=17, field=field, old=old, new=new, message_key="m", person_id=1, made_at=NOW)
    assert shown_change(amendment, "EUR") == shown


def labels(choices: tuple[Choice, ...]) -> list[str]:
    return [choice.label for choice in choices]


def test_a_draft_offers_what_the_readme_shows():
    choices = bill_choices(acme())
    assert labels(choices) == ["Confirm", "Edit", "Mark paid", "Not an invoice"]
    assert [choice.style for choice in choices] == ["primary", "normal", "normal", "danger"]
    assert [choice.id for choice in choices] == ["confirm:17", "edit:17", "paid:17", "void:17"]


def test_a_bill_without_currency_offers_the_companys():
    choices = bill_choices(acme(currency=None), currency="EUR")
    assert labels(choices) == ["Currency is EUR", "Edit", "Not an invoice"]
    assert choices[0].id == "currency:17:EUR"


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (BillState.HELD, ["Keep both", "Keep this one", "Discard"]),
        (BillState.CONFIRMED, ["Mark paid", "Edit", "Show original", "Not an invoice"]),
        (BillState.PAID, []),
        (BillState.VOID, []),
    ],
)
def test_the_buttons_fit_the_state(state, offered):
    assert labels(bill_choices(acme(state=state))) == offered
    assert labels(bill_choices(acme(state=state), undoable=True)) == [*offered, "Undo"]


@pytest.mark.parametrize(
    "pressed",
    [
        PressedButton("confirm", 17),
        PressedButton("undo", 5),
        PressedButton("currency", 17, "EUR"),
        PressedButton("say", None, "what's due?"),
    ],
)
def test_a_pressed_button_is_what_was_offered(pressed):
    assert parse_choice(choice_id(pressed.action, pressed.target, pressed.argument)) == pressed


@pytest.mark.parametrize(
    "made_up", ["", "confirm", "confirm:", "confirm:x", "confirm:17:EUR", "currency:17", "drop:1", "confirm:²"]
)
def test_a_made_up_button_does_nothing(made_up):
    assert parse_choice(made_up) is None


def test_a_button_is_never_too_long_for_a_platform():
    with pytest.raises(ValueError, match="255 bytes"):
        choice_id("say", None, "x" * 252)
    assert labels(suggestion_choices(("x" * 252, "what's due?"))) == ["What's due?"]
