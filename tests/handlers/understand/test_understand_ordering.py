"""What people have done in English: about money, the books, reminders, the bill in focus. Today is 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import (
    AddAccount,
    Allocate,
    AllowSelfApproval,
    Amend,
    Approve,
    AssignRole,
    BookMovement,
    Categories,
    Categorise,
    ClosePeriod,
    Digest,
    Discard,
    Export,
    FieldChange,
    HowToPay,
    KeepBoth,
    KeepNew,
    Movements,
    Pay,
    PaymentCode,
    PaymentFile,
    Prepay,
    Reconcile,
    Refuse,
    Remind,
    Reminders,
    RenameAccount,
    ReopenPeriod,
    RequireApproval,
    SendNoticesHere,
    SetCompanyProfile,
    SetLanguage,
    SetOpeningBalance,
    SetQuietHours,
    SetReminderDays,
    SetTimeZone,
    ShowApprovalRules,
    ShowOriginal,
    SnoozeBill,
    Transfer,
    TrialBalance,
    Unmatch,
    WithdrawPaymentFile,
)
from handlers.understand.interpreter import understand
from tests.fakes.books.grammar_scene import BOOKED, SCENE

ORDERED = [
    # bill
    ("approve the Acme bill", Approve(bill_hint="Acme GmbH")),
    ("reject the Acme bill", Refuse(bill_hint="Acme GmbH")),
    ("put the Acme bill under office supplies", Categorise(category="office", bill_hint="Acme GmbH")),
    ("what categories are there?", Categories()),
    ("keep both", KeepBoth()),
    ("keep the new one", KeepNew()),
    ("it's a duplicate", Discard()),
    ("show me the Acme invoice", ShowOriginal("Acme")),
    ("trust the new account of Acme", Approve(bill_hint="Acme", iban=True)),
    # money
    ("payment file", PaymentFile()),
    ("make a SEPA file for everything due this week", PaymentFile(until=date(2025, 3, 23))),
    ("pay all approved bills", PaymentFile()),
    ("pay everything due by Friday", PaymentFile(until=date(2025, 3, 28))),
    ("payment file for Acme", PaymentFile(vendor="Acme GmbH")),
    ("qr code", PaymentCode()),
    ("qr for Acme", PaymentCode("Acme GmbH")),
    ("pay Acme by qr", PaymentCode("Acme GmbH")),
    ("pay it", HowToPay()),
    ("mark it paid", Pay()),
    ("pay Acme", HowToPay("Acme GmbH")),
    ("movements", Movements()),
    ("unmatched movements", Movements()),
    ("which movements are still open?", Movements()),
    ("reconcile", Reconcile()),
    ("does the bank agree with the books?", Reconcile("bank")),
    ("reconcile the Sparkasse", Reconcile(account="bank-2")),
    (
        "moved 500 from bank to cash yesterday",
        Transfer(amount="500.00", source="bank", target="cash", on=date(2025, 3, 20)),
    ),
    ("transfer 1,200 from Sparkasse to bank", Transfer(amount="1200.00", source="bank-2", target="bank")),
    (
        "we moved 5000 EUR to the USD account, got 5400 USD",
        Transfer("5000.00", None, "bank-2", None, "EUR", "5400.00", "USD"),
    ),
    (
        "moved 5000 EUR from the bank to Sparkasse and got 5400 USD",
        Transfer("5000.00", "bank", "bank-2", None, "EUR", "5400.00", "USD"),
    ),
    (
        "transferred 5000 EUR to the dollar account yesterday, we received 5400 USD",
        Transfer("5000.00", None, "bank-2", date(2025, 3, 20), "EUR", "5400.00", "USD"),
    ),
    (
        "sent 5000 EUR to the USD account and 5400 USD arrived",
        Transfer("5000.00", None, "bank-2", None, "EUR", "5400.00", "USD"),
    ),
    (
        "we exchanged 5000 EUR for 5400 USD on 20 March",
        Transfer("5000.00", None, None, date(2025, 3, 20), "EUR", "5400.00", "USD"),
    ),
    ("we withdrew 200", Transfer(amount="200.00", source="bank", target="cash")),
    ("deposited 300 cash", Transfer(amount="300.00", source="cash", target="bank")),
    ("apply the credit note", Allocate()),
    ("apply the credit note of Acme", Allocate(bill_hint="Acme GmbH")),
    ("prepaid Acme 500", Prepay(vendor="Acme GmbH", amount="500.00")),
    ("paid Acme 500 in advance from the bank", Prepay(vendor="Acme GmbH", amount="500.00", account="bank")),
    (
        "down payment of €1,000 to Globex on Monday",
        Prepay(vendor="Globex Ltd", amount="1000.00", on=date(2025, 3, 17), currency="EUR"),
    ),
    # books
    ("opening balance of the bank is 12,400 on 1 January", SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1))),
    ("our bank balance was 12,400 on 1 January", SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1))),
    (
        "the bank balance on 1 January was EUR 12,400",
        SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1), currency="EUR"),
    ),
    ("our balance was 12,400 on 1 January", SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1))),
    ("we had 12,400 in the bank on 1 January", SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1))),
    ("the balance of petty cash is 200", SetOpeningBalance(amount="200.00", account="cash")),
    ("there was 200 in the till on 1 January", SetOpeningBalance(amount="200.00", account="cash", on=date(2025, 1, 1))),
    ("opening balance cash 200", SetOpeningBalance(amount="200.00", account="cash")),
    ("the opening balance was 5000 EUR", SetOpeningBalance(amount="5000.00", currency="EUR")),
    (
        "add a bank account Sparkasse DE89 3704 0044 0532 0130 00",
        AddAccount(name="Sparkasse", kind="bank", iban="DE89370400440532013000"),
    ),
    ("new cash account Market stall", AddAccount(name="Market stall", kind="cash")),
    ("add category Events", AddAccount(name="Events", kind="expense")),
    ("rename travel to Trips", RenameAccount(name="travel", new="Trips")),
    ("close last month", ClosePeriod(date(2025, 2, 28))),
    ("close the books until 28 February", ClosePeriod(date(2025, 2, 28))),
    ("close the month", ClosePeriod(date(2025, 2, 28))),
    ("reopen", ReopenPeriod()),
    ("reopen the books", ReopenPeriod()),
    ("trial balance", TrialBalance()),
    ("trial balance at 28 February", TrialBalance(on=date(2025, 2, 28))),
    ("export March", Export(since=date(2025, 3, 1), until=date(2025, 3, 31), label="in March 2025")),
    (
        "export last quarter as csv",
        Export(since=date(2024, 10, 1), until=date(2024, 12, 31), format="csv", label="last quarter"),
    ),
    (
        "export February for datev",
        Export(since=date(2025, 2, 1), until=date(2025, 2, 28), format="datev", label="in February 2025"),
    ),
    (
        "export 2024 to hledger",
        Export(since=date(2024, 1, 1), until=date(2024, 12, 31), format="hledger", label="in 2024"),
    ),
    (
        "export this year as excel",
        Export(since=date(2025, 1, 1), until=date(2025, 12, 31), format="xlsx", label="this year"),
    ),
    ("our company is called Billify Ltd", SetCompanyProfile(field="name", value="Billify Ltd")),
    ("our VAT id is DE123456789", SetCompanyProfile(field="vat_id", value="DE123456789")),
    ("our IBAN is DE89 3704 0044 0532 0130 00", SetCompanyProfile(field="iban", value="DE89370400440532013000")),
    ("we are based in Germany", SetCompanyProfile(field="country", value="DE")),
    ("bills over 1,000 need approval", RequireApproval(amount="1000.00")),
    ("everything above 5000 needs two approvals", RequireApproval(amount="5000.00", steps=2)),
    ("travel over 500 must be approved by the owner", RequireApproval(amount="500.00", category="travel")),
    ("require two approvals for bills over 10,000", RequireApproval(amount="10000.00", steps=2)),
    ("no approval needed any more", RequireApproval(amount="0", steps=0)),
    ("approval rules", ShowApprovalRules()),
    ("make Anna an approver", AssignRole(name="Anna Schmidt", role="approver")),
    ("Ben is an approver", AssignRole(name="Ben", role="approver")),
    ("nobody may approve their own expenses", AllowSelfApproval(allowed=False)),
    # reminders
    ("remind me on Friday about the Acme bill", Remind(on=date(2025, 3, 28), bill_hint="Acme GmbH")),
    ("remind me tomorrow at 9 to call the bank", Remind(on=date(2025, 3, 22), hour=9, text="call the bank")),
    ("remind me in two weeks", Remind(on=date(2025, 4, 4))),
    ("remind me about Acme next Monday", Remind(on=date(2025, 3, 24), bill_hint="Acme GmbH")),
    ("remind me next week to pay Globex", Remind(on=date(2025, 3, 24), bill_hint="Globex Ltd")),
    (
        "remind me on 1 April at 2 pm that the rent goes up",
        Remind(on=date(2025, 4, 1), hour=14, text="the rent goes up"),
    ),
    ("set a reminder for Monday about the Globex invoice", Remind(on=date(2025, 3, 24), bill_hint="Globex Ltd")),
    ("stop reminding me", Reminders(on=False)),
    ("stop reminding me about Acme", SnoozeBill(until=None, bill_hint="Acme GmbH")),
    ("turn off reminders", Reminders(on=False)),
    ("turn reminders on", Reminders(on=True)),
    ("which reminders do I have?", Reminders()),
    ("remind me 3 days before", SetReminderDays(before=(3,))),
    ("remind me 14, 7 and 1 days before they are due", SetReminderDays(before=(14, 7, 1))),
    ("remind me 2 days after the due date", SetReminderDays(after=(2,))),
    ("digest", Digest(now=True)),
    ("send me the digest", Digest(now=True)),
    ("digest on Mondays at 8", Digest(weekday=0, hour=8)),
    ("no digest", Digest(on=False)),
    ("move the digest to Friday", Digest(weekday=4)),
    ("quiet from 8 pm to 8 am", SetQuietHours(start=20, end=8)),
    ("quiet hours 22 to 7", SetQuietHours(start=22, end=7)),
    ("don't disturb me between 20 and 8", SetQuietHours(start=20, end=8)),
    ("speak German", SetLanguage("de")),
    ("answer in English", SetLanguage("en")),
    ("in German please", SetLanguage("de")),
    ("my time zone is America/New_York", SetTimeZone("America/New_York")),
    ("send reminders here", SendNoticesHere()),
    # payments
    ("paid Acme with the discount yesterday", Pay(on=date(2025, 3, 20), vendor="Acme", discounted=True)),
    ("paid Acme 600, keep the rest for later", Pay(amount="600.00", vendor="Acme", rest="ahead")),
    ("movement 3 is bank fees", BookMovement(category="bank fees", movement=3)),
    ("movement 3 is wrong", Unmatch(movement=3)),
    ("withdraw the payment file", WithdrawPaymentFile()),
    ("that's bank fees", BookMovement(category="bank_fees")),
    ("remind me on the 28th at noon about 2024-117", Remind(on=date(2025, 3, 28), hour=12, bill_hint="2024-117")),
    ("digest every Friday at 7 am", Digest(weekday=4, hour=7)),
    ("talk to me as I write", SetLanguage("")),
    ("paid 50 from Sparkasse", Pay(amount="50.00", account="bank-2")),
    ("close 2024", ClosePeriod(date(2024, 12, 31))),
    ("bills from 1000 need approval", RequireApproval(amount="1000.00")),
    (
        "export last month for the accountant",
        Export(since=date(2025, 2, 1), until=date(2025, 2, 28), label="last month"),
    ),
    # as people also put it
    ("customer is Globex", Amend((FieldChange("vendor", "Globex"),))),
    ("book it as travel", Categorise("travel")),
    ("set it off", Allocate()),
    ("paid 600, keep the rest as credit", Pay(amount="600.00", rest="ahead")),
    ("Globex paid us 80", Pay(amount="80.00", vendor="Globex Ltd", side="receivable")),
    ("we received 80 from Globex", Pay(amount="80.00", vendor="Globex Ltd", side="receivable")),
    (
        "I transferred 500 to Acme yesterday",
        Pay(amount="500.00", on=date(2025, 3, 20), vendor="Acme GmbH", side="payable"),
    ),
    ("acme paid", Pay(vendor="Acme GmbH", side="payable")),
    ("set reminders to 5 days before", SetReminderDays(before=(5,))),
    ("cancel reminder for Acme", SnoozeBill(until=None, bill_hint="Acme")),
    ("send me the books for last month", Export(since=date(2025, 2, 1), until=date(2025, 2, 28), label="last month")),
    ("close Q4", ClosePeriod(date(2024, 12, 31))),
]

OF_A_BILL = [
    ("approve", Approve()),
    ("reject it because the amount is wrong", Refuse(reason="the amount is wrong")),
    ("book it under travel", Categorise("travel")),
    ("that's travel", Categorise("travel")),
    ("it's bank fees", Categorise("bank_fees")),
    ("category is software", Categorise("software")),
    ("remind me Friday", Remind(on=date(2025, 3, 28))),
    ("snooze until Monday", SnoozeBill(until=date(2025, 3, 24))),
    ("snooze it for a week", SnoozeBill(until=date(2025, 3, 28))),
    ("2% discount until 5 May", Amend((FieldChange("discount", "2%"), FieldChange("discount_until", "2025-05-05")))),
    (
        "2/10 net 30",
        Amend(
            (
                FieldChange("discount", "2%"),
                FieldChange("discount_until", "2025-03-13"),
                FieldChange("due_date", "2025-04-02"),
            )
        ),
    ),
    (
        "discount is 25 until 5 May",
        Amend((FieldChange("discount", "25.00"), FieldChange("discount_until", "2025-05-05"))),
    ),
    ("we issued it", Amend((FieldChange("side", "receivable"),))),
    ("snooze it for two weeks", SnoozeBill(until=date(2025, 4, 4))),
]
"""With a confirmed bill of Acme's in focus."""


@pytest.mark.parametrize(("said", "understood"), ORDERED)
def test_a_person_has_something_done(said, understood):
    assert understand(said, SCENE) == understood


@pytest.mark.parametrize(("said", "understood"), OF_A_BILL)
def test_a_person_has_something_done_with_the_bill_in_focus(said, understood):
    assert understand(said, BOOKED) == understood
