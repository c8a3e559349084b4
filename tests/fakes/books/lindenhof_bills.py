"""What Lindenhof GmbH, Berlin, was sent in 14 months, as it stands on Wednesday 10 June 2026.

`BILLS` are all documents in the order of the days on which they were issued, so that a test can work out by itself what
an answer has to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TODAY = date(2026, 6, 10)
BEGIN = date(2025, 5, 1)

OURS = "Lindenhof GmbH"
ACME, LOGISTICS, TOOLS = "Acme GmbH", "Acme Logistics GmbH", "Acme Tools Ltd"
BUEROMOEBEL, SOEHNE, BAECKEREI = "Müller Büromöbel GmbH", "Müller & Söhne Bau GmbH", "Bäckerei Müller"
TELEKOM, HETZNER, RENT = "Telekom Deutschland GmbH", "Hetzner Online GmbH", "Hausverwaltung Schmidt"
KRAUSE, PRINT24, ADLER = "Steuerberatung Krause", "Print24 GmbH", "Hotel Adler"
GLOBEX, INITECH, UMBRELLA = "Globex AG", "Initech GmbH", "Umbrella SE"

IBANS = {
    TELEKOM: "DE89370400440532013000",
    KRAUSE: "DE02120300000000202051",
    ACME: "DE02100500000054540402",
    SOEHNE: "DE02300209000106531065",
}

DOLLARS = "bank-2"
OPENING = {"bank": 4_800_000, "cash": 50_000, DOLLARS: 500_000}
"""What was on the accounts when the books began, in cents; the last is in dollars."""


@dataclass(frozen=True)
class Settlement:
    """Money that moved for a bill: the day, the account, and how much in cents (None: all of it)."""

    on: date
    account: str = "bank"
    minor: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A document that was sent, and what happened to it. Amounts are cents, `vat` per cent. `ours`: we issued it."""

    party: str
    number: str
    issued: date
    due: date | None
    total: int
    category: str = "expense"
    paid: tuple[Settlement, ...] = ()
    vat: int = 19
    currency: str = "EUR"
    sent_by: str = "Anna"
    ours: bool = False
    credit_note: bool = False
    draft: bool = False

    @property
    def settled(self) -> int:
        """What was paid of it, in cents."""
        return sum(self.total if part.minor is None else part.minor for part in self.paid)

    @property
    def open(self) -> int:
        """What is still to be paid, in cents; nothing for a draft."""
        return 0 if self.draft else self.total - self.settled

    @property
    def needs_approval(self) -> bool:
        """Whether somebody has to approve it: from €2,000 on, and in dollars always."""
        return not self.ours and not self.credit_note and (self.total >= 200_000 or self.currency != "EUR")

    @property
    def net(self) -> int:
        """Without VAT, in cents, rounded half up."""
        return (self.total * 200 + 100 + self.vat) // (2 * (100 + self.vat))


def _months() -> list[date]:
    return [date(2025 + (4 + n) // 12, (4 + n) % 12 + 1, 1) for n in range(14)]


def _monthly(first: date) -> list[Sheet]:
    """What comes every month: rent, phone and servers; of this June only the rent is paid."""
    this = first == TODAY.replace(day=1)
    year, month = first.year % 100, first.month
    phone = 7134 if first < date(2026, 1, 1) else 7729
    later = () if this else (Settlement(first.replace(day=18)),)
    return [
        Sheet(RENT, f"M-{year}{month:02}", first, first.replace(day=5), 190_400, "rent",
              (Settlement(first.replace(day=3)),)),
        Sheet(TELEKOM, f"T-{year}{month:02}", first.replace(day=3), first.replace(day=17), phone, "telecom", later),
        Sheet(HETZNER, f"HZ-{year}{month:02}", first.replace(day=5), first.replace(day=19), 5_950, "software",
              () if this else (Settlement(first.replace(day=19)),)),
    ]  # fmt: skip


def _on(text: str) -> date:
    return date.fromisoformat(f"20{text}")


def _paid(text: str, account: str = "bank", minor: int | None = None) -> tuple[Settlement, ...]:
    return (Settlement(_on(text), account, minor),)


_SINGLE = [
    Sheet(ACME, "2025-031", _on("25-07-08"), _on("25-08-07"), 71_400, "goods", _paid("25-08-05")),
    Sheet("Stadtwerke Berlin", "SW-25-2", _on("25-06-10"), _on("25-06-24"), 35_700, "utilities", _paid("25-06-23")),
    Sheet("Staples", "ST-2508", _on("25-08-12"), _on("25-08-26"), 8_330, "office", _paid("25-08-25")),
    Sheet(ADLER, "HA-25-77", _on("25-09-18"), _on("25-10-02"), 21_400, "travel", _paid("25-09-29"), 7, sent_by="Max"),
    Sheet(GLOBEX, "R-2025-09", _on("25-09-22"), _on("25-10-22"), 714_000, paid=_paid("25-10-20"), ours=True),
    Sheet("Deutsche Bahn", "DB-25-10", _on("25-10-07"), _on("25-10-21"), 10_700, "travel", _paid("25-10-20"), 7,
          sent_by="Max"),
    Sheet("Staples", "ST-2511", _on("25-11-20"), _on("25-12-04"), 14_280, "office", _paid("25-12-02")),
    Sheet(INITECH, "R-2025-12", _on("25-12-04"), _on("26-01-03"), 476_000, paid=_paid("26-01-05"), ours=True),
    Sheet("DHL", "DHL-25-12", _on("25-12-15"), _on("25-12-29"), 4_760, "shipping", _paid("25-12-22")),
    Sheet("GitHub", "GH-26-01", _on("26-01-15"), _on("26-01-30"), 8_400, "software", _paid("26-01-29", DOLLARS), 0,
          "USD", "Max"),
    Sheet(GLOBEX, "R-2026-01", _on("26-01-20"), _on("26-02-19"), 595_000, paid=_paid("26-02-19"), ours=True),
    Sheet(LOGISTICS, "L-26-11", _on("26-02-10"), _on("26-03-12"), 178_500, "shipping", _paid("26-03-10")),
    Sheet(UMBRELLA, "R-2026-02", _on("26-02-12"), _on("26-03-14"), 833_000, paid=_paid("26-03-16"), ours=True),
    Sheet("Adobe", "AD-26-02", _on("26-02-18"), _on("26-03-04"), 7_140, "software", _paid("26-03-03")),
    Sheet("Stadtwerke Berlin", "SW-26-1", _on("26-03-10"), _on("26-03-24"), 38_080, "utilities", _paid("26-03-23")),
    Sheet(INITECH, "R-2026-03", _on("26-03-11"), _on("26-04-10"), 297_500, paid=_paid("26-04-10"), ours=True),
    Sheet("AWS", "AWS-26-04", _on("26-04-02"), _on("26-04-30"), 24_000, "software", _paid("26-04-28", DOLLARS), 0,
          "USD", "Max"),
    Sheet(GLOBEX, "R-2026-04", _on("26-04-08"), _on("26-05-08"), 533_000, paid=_paid("26-05-11", minor=100_000),
          ours=True),
    Sheet(ACME, "2026-058", _on("26-04-22"), _on("26-05-22"), 124_950, "goods", _paid("26-05-29", minor=30_000)),
    Sheet(SOEHNE, "2026-17", _on("26-05-04"), _on("26-05-20"), 595_000, "repairs", sent_by="Max"),
    Sheet(BAECKEREI, "BM-11", _on("26-05-07"), _on("26-05-07"), 4_280, "meals", _paid("26-05-07", "cash"), 7,
          sent_by="Max"),
    Sheet(ACME, "2026-071", _on("26-05-11"), _on("26-06-25"), 59_500, "goods"),
    Sheet(INITECH, "R-2026-05", _on("26-05-11"), TODAY, 238_000, ours=True),
    Sheet("Aral Tankstelle", "AR-512", _on("26-05-12"), _on("26-05-12"), 8_925, "vehicles", _paid("26-05-12", "cash"),
          sent_by="Max"),
    Sheet(ADLER, "HA-26-31", _on("26-05-14"), _on("26-05-28"), 32_100, "travel", _paid("26-05-21"), 7, sent_by="Max"),
    Sheet(PRINT24, "P24-310", _on("26-05-15"), _on("26-06-14"), 11_900, "marketing"),
    Sheet(LOGISTICS, "L-26-19", _on("26-05-18"), _on("26-06-12"), 47_600, "shipping"),
    Sheet("DHL", "DHL-26-05", _on("26-05-19"), _on("26-05-19"), 2_380, "shipping", _paid("26-05-19", "cash")),
    Sheet(TOOLS, "AT-88", _on("26-05-20"), _on("26-07-04"), 64_000, "equipment", vat=0, currency="USD",
          sent_by="Max"),
    Sheet("Handwerk Hoffmann", "H-1", _on("26-05-22"), _on("26-06-19"), 116_620, "repairs"),
    Sheet(BUEROMOEBEL, "4410", _on("26-05-27"), _on("26-06-26"), 89_250, "equipment"),
    Sheet(KRAUSE, "K-26-1", _on("26-05-28"), _on("26-06-11"), 214_200, "consulting", sent_by="Max"),
    Sheet("Deutsche Bahn", "DB-26-05", _on("26-05-28"), _on("26-06-11"), 11_770, "travel", _paid("26-06-09"), 7,
          sent_by="Max"),
    Sheet(PRINT24, "P24-G7", _on("26-05-29"), None, 5_950, "marketing", credit_note=True),
    Sheet(UMBRELLA, "R-2026-06", _on("26-05-29"), _on("26-06-28"), 357_000, ours=True),
    Sheet("AWS", "AWS-26-05", _on("26-06-01"), _on("26-06-30"), 25_200, "software", vat=0, currency="USD",
          sent_by="Max"),
    Sheet(BAECKEREI, "BM-12", _on("26-06-02"), None, 6_420, "meals", vat=7, sent_by="Max"),
    Sheet("Staples", "ST-2606", _on("26-06-05"), _on("26-06-19"), 5_831, "office"),
    Sheet(PRINT24, "P24-322", _on("26-06-08"), _on("26-06-29"), 23_800, "marketing", sent_by="Max", draft=True),
    Sheet("Stadtwerke Berlin", "SW-26-2", _on("26-06-09"), _on("26-06-24"), 35_700, "utilities"),
]  # fmt: skip

BILLS: tuple[Sheet, ...] = tuple(
    sorted([sheet for first in _months() for sheet in _monthly(first)] + _SINGLE, key=lambda sheet: sheet.issued)
)


def sheet(number: str) -> Sheet:
    """The document of this number."""
    return next(one for one in BILLS if one.number == number)
