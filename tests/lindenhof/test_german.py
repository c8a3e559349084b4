"""What staff of Lindenhof GmbH ask and tell in German, each in a fresh conversation, on Wednesday 10 June 2026.

What has to be answered is worked out from the list of the documents that were booked.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.fakes.books.desk import Desk
from tests.fakes.books.lindenhof_bills import ACME, BILLS, GLOBEX, LOGISTICS, SOEHNE, TELEKOM, TODAY, TOOLS, UMBRELLA
from tests.fakes.books.lindenhof_figures import (
    costs,
    dollar,
    due,
    euro,
    held,
    invoiced,
    net,
    numbers,
    overdue,
    owed,
    paid,
    still,
    to_us,
)
from tests.fakes.books.lindenhof_talk import Row, hear, row

MONDAY, SUNDAY = date(2026, 6, 8), date(2026, 6, 14)
MAY, END_OF_MAY = date(2026, 5, 1), date(2026, 5, 31)
YEAR = date(2026, 1, 1)
FIRST_QUARTER = costs(YEAR, date(2026, 3, 31))
IN_MAY, IN_APRIL = costs(MAY, END_OF_MAY), costs(date(2026, 4, 1), date(2026, 4, 30))
LARGEST = sorted(IN_MAY, key=lambda one: -one.net)[:5]
PAID = paid(MAY, END_OF_MAY)
ALL_COSTS = costs(YEAR, TODAY)
ACMES = [ACME, LOGISTICS, TOOLS]
PHONE = costs(YEAR, TODAY, party=TELEKOM)
LATE = f"Dazu kommen 2 schon vorher fällige, {euro(still(overdue()))}."
IN_TWO_WEEKS = due(date(2026, 6, 24))

DUE = [
    row("was müssen wir diese woche noch zahlen", LATE, head=[euro(still(due(SUNDAY, MONDAY)))],
        bills=numbers(due(SUNDAY, MONDAY))),
    row("was ist in 2 wochen fällig", head=[euro(still(IN_TWO_WEEKS))], bills=numbers(IN_TWO_WEEKS)),
    row("was haben wir noch nicht bezahlt", head=[euro(still(owed())), dollar(still(owed(), "USD"))],
        bills=numbers(owed())),
    row("wie viel schulden wir acme logistics", head=[euro(47_600)], bills={"L-26-19"}),
    row("was steht bei müller söhne noch offen", head=[euro(595_000)], bills=numbers(owed(SOEHNE))),
    row("was schulden wir außer acme",
        head=[euro(still(owed(without=ACMES))), dollar(still(owed(without=ACMES), "USD"))]),
    row("rechnungen ohne fälligkeit", bills=numbers(one for one in owed() if one.due is None)),
    row("was schuldet globex noch", "schuldet uns", head=[euro(433_000)], bills={"R-2026-04"}),
    row("welche kunden sind überfällig", GLOBEX, head=[euro(433_000)],
        bills=numbers(one for one in to_us() if one.due and one.due < TODAY)),
    row("warum ist acme überfällig", "2026-058", "22. Mai 2026", euro(94_950), "no: 2026-071", bills={"2026-058"}),
]  # fmt: skip

SETTLED = [
    row("haben wir telekom schon überwiesen", "Nein: 77,29 € offen, fällig am 17. Juni 2026", bills={"T-2606"}),
    row("wer hat die rechnung von müller & söhne freigegeben", "Anna hat sie am 4. Mai 2026", bills={"2026-17"}),
    row("was haben wir im mai bezahlt", head=[euro(sum(minor for _, minor in PAID))],
        bills=numbers(one for one, _ in PAID)),
]  # fmt: skip

COSTS = [
    row("ausgaben q1 2026", "Q1 2026", head=[euro(net(FIRST_QUARTER)), dollar(net(FIRST_QUARTER, "USD"))]),
    row("ausgaben mai im vergleich zum vormonat", euro(net(IN_MAY)), euro(net(IN_APRIL)), "no: genauso viel"),
    row("größte ausgabe im mai", "Die größten Ausgaben im Mai 2026", "• Müller & Söhne Bau GmbH 2026-17 · 5.000,00 €",
        bills={"2026-17"}),
    row("die wichtigsten lieferanten dieses jahr", "no: Globex", "no: Umbrella",
        head=[euro(net(ALL_COSTS)), dollar(net(ALL_COSTS, "USD"))]),
    row("wie hoch ist die durchschnittliche telekomrechnung", "ohne MwSt.",
        head=[euro(round(net(PHONE) / len(PHONE))), euro(net(PHONE))], bills=numbers(PHONE[:5])),
    row("wer ist unser größter kunde", f"• {UMBRELLA} · {euro(net(invoiced(YEAR, TODAY, UMBRELLA)))}",
        f"no: • {GLOBEX}", head=[euro(net(invoiced(YEAR, TODAY)))]),
    row("kosten fürs auto im mai", head=[euro(net(costs(MAY, END_OF_MAY, category="vehicles")))], bills={"AR-512"}),
    row("was haben wir bei staples 2025 gekauft", bills={"ST-2508", "ST-2511"}),
]  # fmt: skip

MONEY = [
    row("ust-voranmeldung mai", "19 %: 5.000 EUR · Steuer 950,00 €", "anderen Unternehmern: 2.176,59 €", TOOLS),
    row("kassenstand", "Kasse", "no: Bank", head=[euro(held("cash"))]),
    row("wieviel dollar haben wir", head=[dollar(held("bank-2"))]),
    row("wie lange reicht unser geld noch", "geht bis 10. Juli 2026 nicht aus", euro(held("bank") + held("cash"))),
]  # fmt: skip

FINDING = [
    row("rechnungen von max", "14 Rechnungen", bills=numbers(
        sorted((one for one in BILLS if one.sent_by == "Max"), key=lambda one: one.issued)[-10:])),
    row("gibts was neues", bills={"P24-322", "K-26-1"}),
    row("was ist heute zu tun", bills={"P24-322", "K-26-1"}),
    row("stornier die letzte zahlung", "Was davon soll ich zurücknehmen?", "Deutsche Bahn DB-26-05"),
]  # fmt: skip

ORDERS = [
    row("hab staples gestern bar bezahlt", "58,31 € am 9. Juni 2026 bezahlt", bills={"ST-2606"},
        booked=(("payment", "ST-2606", "cash", -5_831, "2026-06-09"),), acts=("paid",)),
    row("globex hat den rest bezahlt", "4.330,00 € auf Bank erhalten", bills={"R-2026-04"},
        booked=(("payment", "R-2026-04", "bank", 433_000, "2026-06-10"),), acts=("paid",)),
    row("500 euro von der bank in die kasse gestern", "500,00 € von Bank an Kasse am 9. Juni 2026",
        booked=(("transfer", None, "cash", 50_000, "2026-06-09"), ("transfer", None, "bank", -50_000, "2026-06-09")),
        acts=("transferred",)),
    row("export mai für den steuerberater", "1. Mai 2026 bis 31. Mai 2026", "2026-05-01_2026-05-31.xlsx"),
    row("gutschrift print24 verrechnen", "59,50 € von Print24 GmbH P24-G7", "gegen 59,50 € von Print24 GmbH P24-310",
        acts=("allocated", "allocated")),
]  # fmt: skip

NOT_OFFERED = [
    row("acme noch nicht bezahlen", "Welche meinst du?"),
    row("84 km mit dem privatauto zum kunden", "84 km × 0,30 € = 25,20 €", acts=("drafted",)),
]  # fmt: skip


@pytest.mark.parametrize("wanted", [*DUE, *SETTLED, *COSTS, *MONEY, *FINDING, *ORDERS, *NOT_OFFERED])
async def test_what_is_said_in_german(office: Desk, wanted: Row):
    await hear(office, wanted)
