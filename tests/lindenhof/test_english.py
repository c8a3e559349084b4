"""What staff of Lindenhof GmbH ask and tell in English, each in a fresh conversation, on Wednesday 10 June 2026.

What has to be answered is worked out from the list of the documents that were booked.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.fakes.books.desk import Desk
from tests.fakes.books.lindenhof_bills import (
    ACME,
    GLOBEX,
    LOGISTICS,
    SOEHNE,
    TODAY,
    TOOLS,
)
from tests.fakes.books.lindenhof_figures import (
    costs,
    due,
    eur,
    held,
    invoiced,
    net,
    numbers,
    overdue,
    owed,
    paid,
    still,
    to_us,
    usd,
)
from tests.fakes.books.lindenhof_talk import Row, hear, row

MONDAY, SUNDAY = date(2026, 6, 8), date(2026, 6, 14)
MAY, END_OF_MAY = date(2026, 5, 1), date(2026, 5, 31)
APRIL, END_OF_APRIL = date(2026, 4, 1), date(2026, 4, 30)
JUNE, END_OF_JUNE = date(2026, 6, 1), date(2026, 6, 30)
YEAR = date(2026, 1, 1)
EVERYBODY = {eur(still(owed())), usd(still(owed(), "USD"))}

IN_MAY = costs(MAY, END_OF_MAY)
IN_APRIL = costs(APRIL, END_OF_APRIL)
FROM_CASH = paid(MAY, END_OF_MAY, "cash")
MOST = max(IN_MAY, key=lambda one: one.net)
BY_MAX = [one for one in costs(YEAR, TODAY) if one.sent_by == "Max"]
BY_ANNA = [one for one in costs(YEAR, TODAY) if one.sent_by == "Anna"]
SOFTWARE = costs(YEAR, TODAY, category="software")
BY_FRIDAY = due(date(2026, 6, 12))
LATE = f"2 more are overdue since before that, {eur(still(overdue()))}."

DUE = [
    row("what do i have to pay this week", LATE, head=[eur(still(due(SUNDAY, MONDAY)))],
        bills=numbers(due(SUNDAY, MONDAY))),
    row("anything due by eom?", head=[eur(still(due(END_OF_JUNE))), usd(still(due(END_OF_JUNE), "USD"))],
        bills=numbers(due(END_OF_JUNE))),
    row("what needs paying in the next 2 wks", head=[eur(still(due(date(2026, 6, 24))))],
        bills=numbers(due(date(2026, 6, 24)))),
    row("what havent we paid yet", head=EVERYBODY, bills=numbers(owed())),
    row("what haven't we paid from May?", head=[eur(still(owed_of_may := [o for o in owed() if o in IN_MAY])),
        usd(still(owed_of_may, "USD"))], bills=numbers(owed_of_may),
        misunderstood="not understood; Due(issued_since=1 May, issued_until=31 May)"),
    row("how much is overdue in total", head=[eur(still(overdue()))], bills=numbers(overdue())),
    row("what do we owe all the acmes together?",
        head=[eur(still(owed(ACME, LOGISTICS, TOOLS))), usd(still(owed(TOOLS), "USD"))],
        bills=numbers(owed(ACME, LOGISTICS, TOOLS))),
    row("what's still open with mueller bau", head=[eur(595_000)], bills=numbers(owed(SOEHNE))),
    row("how much are we on the hook for this month", LATE,
        head=[eur(still(due(END_OF_JUNE, JUNE))), usd(still(due(END_OF_JUNE, JUNE), "USD"))],
        bills=numbers(due(END_OF_JUNE, JUNE))),
    row("when will initech pay", eur(238_000), "10 Jun 2026 (today)", bills={"R-2026-05"}),
    row("how much does globex still owe", GLOBEX, "33 days late", head=[eur(433_000)], bills={"R-2026-04"}),
    row("which customers are overdue", GLOBEX, head=[eur(433_000)],
        bills=numbers(one for one in to_us() if one.due and one.due < TODAY)),
    row("how much do we owe without the müller söhne one",
        head=[eur(still(owed(without=[SOEHNE]))), usd(still(owed(), "USD"))]),
]  # fmt: skip

SETTLED = [
    row("has hetzner been paid for may", "Yes: paid on 19 May 2026, €59.50 from Bank", bills={"HZ-2605"}),
    row("is K-26-1 paid", "No: €2,142.00 is open, due 11 Jun 2026", "approval of Olga or Anna", bills={"K-26-1"}),
    row("when did we last pay telekom", "18 May 2026", head=[eur(7_729)], bills={"T-2605"}),
    row("who approved the müller & söhne bill", "Anna approved it on 4 May 2026", bills={"2026-17"}),
    row("why is K-26-1 not paid", "waits for the approval of Olga or Anna", bills={"K-26-1"}),
    row("what did we pay yesterday", "Deutsche Bahn DB-26-05",
        head=[eur(sum(m for _, m in paid(date(2026, 6, 9), date(2026, 6, 9))))], bills={"DB-26-05"}),
    row("what did we pay out of petty cash in may", "Cash", head=[eur(sum(minor for _, minor in FROM_CASH))],
        bills=numbers(one for one, _ in FROM_CASH)),
]  # fmt: skip

COSTS = [
    row("software spend ytd", "Software", head=[eur(net(SOFTWARE)), usd(net(SOFTWARE, "USD"))]),
    row("total costs last fiscal year", "The books begin on 1 May 2025",
        head=[eur(net(costs(date(2025, 1, 1), date(2025, 12, 31))))]),
    row("may vs april spend", "May 2026", "April 2026",
        head=[eur(net(IN_MAY)), eur(net(IN_APRIL)), usd(net(IN_MAY, "USD")), usd(net(IN_APRIL, "USD")),
              eur(net(IN_MAY) - net(IN_APRIL)), usd(net(IN_MAY, "USD") - net(IN_APRIL, "USD"))]),
    row("how much did max spend", "Max", head=[eur(net(BY_MAX)), usd(net(BY_MAX, "USD"))]),
    row("spend by person", f"Max · {eur(net(BY_MAX))}", f"Max · {usd(net(BY_MAX, 'USD'))}",
        f"Anna · {eur(net(BY_ANNA))}"),
    row("biggest expense in may", f"{MOST.party} {MOST.number} · {eur(MOST.net)}", bills={MOST.number}),
    row("spend with acme logistics since january", head=[eur(net(costs(YEAR, TODAY, party=LOGISTICS)))],
        bills=numbers(costs(YEAR, TODAY, party=LOGISTICS))),
    row("what was our turnover in q1", head=[eur(net(invoiced(YEAR, date(2026, 3, 31))))],
        bills=numbers(invoiced(YEAR, date(2026, 3, 31)))),
    row("are we profitable this year", "Profit", eur(net(invoiced(YEAR, TODAY))), eur(net(costs(YEAR, TODAY))),
        eur(net(invoiced(YEAR, TODAY)) - net(costs(YEAR, TODAY)))),
    row("did the telekom bill go up?", "I can't compare prices yet",
        misunderstood="Settled(Telekom); NotOffered('price_change', Telekom)"),
    row("hey uh can you tell me how much we spent on uh rent this year please",
        head=[eur(net(costs(YEAR, TODAY, category="rent")))]),
]  # fmt: skip

MONEY = [
    row("how much money do we have", f"Bank: {eur(held('bank'))}", f"Cash: {eur(held('cash'))}",
        usd(held("bank-2")), eur(held("bank") + held("cash"))),
    row("bank balance end of april", "30 Apr 2026", f"Bank: {eur(held('bank', END_OF_APRIL))}", "no: Cash"),
    row("can we afford 5000 on friday", head=[eur(held("bank") + held("cash") - still(BY_FRIDAY) - 500_000)],
        bills=numbers(BY_FRIDAY)),
    row("whats our balance after paying everything", usd(held("bank-2") - still(owed(), "USD")),
        head=[eur(held("bank") + held("cash") - still(owed()))]),
    row("do we have enough to pay all that is due this month", "Yes",
        head=[eur(held("bank") + held("cash") - still(due(END_OF_JUNE)))],
        misunderstood="Forecast(after_bills=True, until=30 June), which counts all bills; Forecast(afford='0', until)"),
]  # fmt: skip

FINDING = [
    row("show me the hotel bill from may", "📎 HA-26-31.pdf", bills={"HA-26-31"},
        misunderstood="ShowOriginal() without “hotel” and “may”; of Hotel Adler from May"),
    row("which invoice was 1,785", LOGISTICS, head=[eur(178_500)], bills={"L-26-11"}),
    row("last 5 invoices", bills={"SW-26-2", "P24-322", "ST-2606", "HZ-2606", "T-2606"}),
    row("bills from acme over 1000", bills={"2026-058", "L-26-11"},
        misunderstood="vendor 'Acme GmbH' alone; “acme” is three vendors, or is asked about"),
    row("acme bill?", "Which one", "2026-058", "2026-071", "L-26-19", "AT-88"),
    row("whats the iban of telekom", "DE89"),
    row("undo", "Shall I take this back?", "[Take it back]"),
]  # fmt: skip

ORDERS = [
    row("pay staples", "Nothing has been paid", "€58.31", bills={"ST-2606"}),
    row("we paid 2.1k to krause this morning", "K-26-1", "needs approval first"),
    row("got 4330 from globex today", "Received €4,330.00", bills={"R-2026-04"},
        booked=(("payment", "R-2026-04", "bank", 433_000, "2026-06-10"),), acts=("paid",)),
    row("remind me about the krause bill on thu", "11 Jun 2026", "K-26-1", acts=("set alarm",)),
    row("export q1 for the accountant", "1 Jan 2026 to 31 Mar 2026", "2026-01-01_2026-03-31.xlsx"),
    row("paid telekom and hetzner", "Paid €77.29", "Paid €59.50", bills={"T-2606", "HZ-2606"},
        booked=(("payment", "T-2606", "bank", -7_729, "2026-06-10"),
                ("payment", "HZ-2606", "bank", -5_950, "2026-06-10")),
        acts=("paid", "paid")),
]  # fmt: skip

NOT_OFFERED = [
    row("how much VAT do we get back this quarter", "Umsatzsteuer-Voranmeldung"),
    row("i drove 84 km to the client today", "84 km × €0.30 = €25.20", acts=("drafted",)),
    row("set a budget of 500 for travel", "Budget for Travel: €500.00 a month", acts=("set budget",)),
    row("anything unusual this month?", "Nothing unusual"),
    row("how much interest / late fees do we owe", "I can't work out interest or late fees yet"),
    row("how much discount did we get this year", "I can't add up discounts yet",
        misunderstood="NotOffered('fees'); NotOffered('discounts')"),
    row("what did anna do today", "Anna changed nothing today."),
]  # fmt: skip


@pytest.mark.parametrize("wanted", [*DUE, *SETTLED, *COSTS, *MONEY, *FINDING, *ORDERS, *NOT_OFFERED])
async def test_what_is_said_in_english(office: Desk, wanted: Row):
    await hear(office, wanted)
