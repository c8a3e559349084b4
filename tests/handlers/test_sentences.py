"""Requests that change something are said in sentences that are understood as exactly these, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handlers import requests as asked
from handlers.language.translation import speaking
from handlers.requests import FieldChange
from handlers.understand.interpreter import understand
from handlers.understand.sentences import sentence_of
from tests.fakes.books.grammar_scene import BOOKED, NAMES

ON = date(2025, 3, 3)

REQUESTS = [
    asked.Pay(),
    asked.Pay("58.31", "cash", ON, "EUR", "Deutsche Telekom AG", side="payable"),
    asked.Pay("500.00", vendor="Müller Bau GmbH", side="payable"),
    asked.Pay("500.00", vendor="Globex Ltd", side="receivable"),
    asked.Pay(vendor="Acme GmbH", discounted=True),
    asked.Pay("600.00", vendor="Acme GmbH", rest="ahead"),
    asked.Pay("600.00", vendor="Acme GmbH", rest="fee"),
    asked.Pay("600.00", vendor="Acme GmbH", rest="rounding"),
    asked.Prepay("Initech", "300.00", "cash", ON),
    asked.Transfer("500.00", "bank", "cash", ON, "EUR"),
    asked.Transfer("500.00", "bank", "cash"),
    asked.Transfer("5000.00", None, None, ON, "EUR", "5400.00", "USD"),
    asked.Transfer("5000.00", "bank", "bank-2", None, "EUR", "5400.00", "USD"),
    asked.Confirm(),
    asked.Confirm("Acme GmbH"),
    asked.Approve(),
    asked.Approve("Acme GmbH"),
    asked.Refuse(),
    asked.Refuse("Acme GmbH"),
    asked.Refuse(reason="too dear"),
    asked.Refuse("Acme GmbH", "too dear"),
    asked.NotAnInvoice(),
    asked.Undo(),
    asked.Categorise("travel"),
    asked.Categorise("travel", "Acme GmbH"),
    asked.Amend((FieldChange("total", "1300.50"),)),
    asked.Amend((FieldChange("due_date", "2025-05-15"),)),
    asked.Amend((FieldChange("vendor", "Acme Ltd"), FieldChange("issue_date", "2025-03-03"))),
    asked.Amend((FieldChange("due_date", None),)),
    asked.PaymentFile(),
    asked.PaymentFile(date(2025, 3, 28)),
    asked.PaymentFile(vendor="Acme GmbH"),
    asked.WithdrawPaymentFile(),
    asked.Unmatch(3),
    asked.BookMovement("travel", 3),
    asked.Allocate(),
    asked.Allocate("Acme GmbH"),
    asked.SetOpeningBalance("12400.00", "bank", ON, "EUR"),
    asked.AddAccount("Sparkasse", "bank"),
    asked.AddAccount("Training", "expense"),
    asked.RenameAccount("travel", "Trips"),
    asked.ClosePeriod(date(2025, 2, 28)),
    asked.ReopenPeriod(),
    asked.Invite("anna@example.com"),
    asked.AssignRole("Ben", "approver"),
    asked.AllowSelfApproval(True),
    asked.AllowSelfApproval(False),
    asked.RequireApproval("1000.00", 2, currency="EUR"),
    asked.Remind(date(2025, 3, 28), 9, "Acme GmbH"),
    asked.Remind(date(2025, 3, 28), text="call the landlord"),
    asked.SnoozeBill(date(2025, 3, 28)),
    asked.SnoozeBill(date(2025, 3, 28), "Acme GmbH"),
    asked.SnoozeBill(None, "Acme GmbH"),
    asked.Reminders(True),
    asked.Reminders(False),
    asked.SetReminderDays((14, 7, 1)),
    asked.SetReminderDays(after=(2,)),
    asked.Digest(on=False),
    asked.Digest(weekday=0, hour=8),
    asked.SetQuietHours(20, 8),
    asked.SetLanguage("de"),
    asked.SetTimeZone("Europe/Lisbon"),
    asked.SendNoticesHere(),
]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_what_is_said_is_understood_as_this_very_request(request_: Any, language: str) -> None:
    with speaking(language):
        said = next(sentence_of(request_, NAMES))
        understood = understand(said, BOOKED)
    if isinstance(understood, asked.Pay) and request_.side is None:  # which way it went may be what the sentence adds
        understood = replace(understood, side=None)
    assert understood == request_, said
