"""What people order in English with a bill in focus: confirm, pay, undo, show. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import (
    Confirm,
    Edit,
    Greeting,
    Help,
    Invite,
    NotAnInvoice,
    Pay,
    Redeem,
    ShowBill,
    ShowOriginal,
    Thanks,
    Undo,
)
from tests.fakes.books.grammar_bill import hear

COMMANDS = [
    *[(said, Confirm()) for said in (
        "confirm", "Confirm.", "confrim", "ok", "OK!", "yes", "Yes please", "looks good", "Looks good!",
        "looks good to me", "that's correct", "approve", "yes, looks good", "confirm the bill",
    )],
    *[(said, Undo()) for said in ("undo", "Undo please", "undo that", "unod", "take it back", "revert")],
    *[(said, NotAnInvoice()) for said in (
        "not an invoice", "this isn't an invoice", "It's not an invoice.", "that's not a bill", "not an invioce",
    )],
    *[(said, Edit()) for said in ("edit", "no", "that's wrong", "it's wrong", "something is wrong")],
    *[(said, Help()) for said in (
        "help", "Help!", "hlep", "/help", "/start", "who are you?", "what can you do?", "how does this work?",
    )],
    *[(said, Greeting()) for said in ("hi", "Hello", "hey there", "good morning", "Hello Billify", "hello there")],
    *[(said, Thanks()) for said in ("thanks", "Thank you!", "thx", "thank you very much", "ok thanks", "thnaks")],
    *[(said, ShowBill()) for said in (
        "what is the total?", "when is it due?", "is it paid?", "show me the bill again",
    )],
    *[(said, ShowOriginal()) for said in (
        "show me the invoice", "show the original", "send me the pdf", "show me the invioce",
        "can you show me the document?",
    )],
    ("show me the Acme invoice", ShowOriginal("Acme")),
    ("show me the invoice from Acme", ShowOriginal("Acme")),
    ("confirm the Acme bill", Confirm("Acme")),
    ("paid", Pay()),
    ("Paid!", Pay()),
    ("piad", Pay()),
    ("it's paid", Pay()),
    ("mark as paid", Pay()),
    ("mark it as paid", Pay()),
    ("I paid it", Pay()),
    ("I've paid this already", Pay()),
    ("we have paid the invoice", Pay()),
    ("paid in full", Pay()),
    ("paid 500", Pay("500.00")),
    ("paid 500 from cash yesterday", Pay("500.00", "cash", date(2025, 3, 20))),
    ("paid yesterday", Pay(on=date(2025, 3, 20))),
    ("paid in cash", Pay(account="cash")),
    ("paid by bank transfer", Pay(account="bank")),
    ("paid from the bank", Pay(account="bank")),
    ("paid €1,249.50 on 3 March", Pay("1249.50", on=date(2025, 3, 3), currency="EUR")),
    ("we paid 500 USD by card on Monday", Pay("500.00", "bank", date(2025, 3, 17), "USD")),
    ("paid Acme 500 yesterday from cash", Pay("500.00", "cash", date(2025, 3, 20), vendor="Acme")),
    ("paid on 15.03.", Pay(on=date(2025, 3, 15))),
    ("paid 15.05", Pay("15.05")),
    ("paid last Friday", Pay(on=date(2025, 3, 14))),
    ("paid the rest", Pay()),
    ("Acme has been paid", Pay(vendor="Acme")),
    ("paid with my credit card", Pay(account="bank")),
    ("invite anna@example.com", Invite("anna@example.com")),
    ("Please invite Anna", Invite("Anna")),
    ("invite Anna Schmidt", Invite("Anna Schmidt")),
    ("can you invite anna.b+x@mail.example.co.uk?", Invite("anna.b+x@mail.example.co.uk")),
    ("inivte Anna", Invite("Anna")),
    ("join 7K2M-9QXA-PLW4", Redeem("7K2M-9QXA-PLW4")),
    ("/start 7K2M-9QXA-PLW4", Redeem("7K2M-9QXA-PLW4")),
    ("my code is 7K2M-9QXA-PLW4", Redeem("7K2M-9QXA-PLW4")),
]  # fmt: skip


@pytest.mark.parametrize(("said", "understood"), COMMANDS)
def test_a_person_orders(said, understood):
    assert hear(said) == understood
