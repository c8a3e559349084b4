"""Bank statements that ask a reader for much, or say what no bank would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

_MT = ":20:A\n:25:DE02120300000000202051\n:28C:1\n:60F:C250301EUR1000,00\n"
_OFX = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKTRANLIST>"
_CAMT = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>'
    "<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>"
)
_CAMT_END = "</Stmt></BkToCstmrStmt></Document>"
_HEAD = "Date;Amount;Text;Counterparty\n"


def statement_tricks(chosen: Callable[[str], bool] = bool) -> Iterator[tuple[str, bytes]]:
    """What each does, and its bytes; only of those whose name is `chosen`."""
    for name, make in ((name, make) for name, make in _TRICKS.items() if chosen(name)):
        yield name, make().encode()


def table(rows: int, row: str = "2025-03-{day:02};-{n}.00;Order {n};Shop {n}") -> str:
    """A bank's table of so many movements."""
    return _HEAD + "".join(row.format(n=n, day=n % 28 + 1) + "\n" for n in range(rows))


def _entry(amount: str = "1.00", day: str = "2025-03-03") -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt></Ntry>"
    )


def _days(day: str) -> str:
    return f"{_HEAD}{day};1.00;a;b\n{day};2.00;a;b\n"


_TRICKS: dict[str, Callable[[], str]] = {
    "CSV: 60,000 movements": lambda: table(60_000),
    "CSV: 60,000 equal movements": lambda: table(60_000, "2025-03-03;-1.00;a;b"),
    "CSV: 60,000 currencies": lambda: "Date;Amount;Currency;Text\n" + "".join(
        f"2025-03-03;1.00;{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676 % 26)};a\n"
        for n in range(60_000)
    ),
    "CSV: 1 million rows": lambda: _HEAD + "2025-03-03;-1.00;a;b\n" * 1_000_000,
    "CSV: 1 million columns": lambda: "Date;Amount" + ";a" * 1_000_000 + "\n2025-03-03;1.00" + ";b" * 1_000_000,
    "CSV: delimiters": lambda: _HEAD + ";" * 5_000_000,
    "CSV: one cell of 20 MB": lambda: _HEAD + "2025-03-03;1.00;" + "a" * 20_000_000,
    "CSV: an open quote": lambda: _HEAD + '2025-03-03;1.00;"' + "a\n" * 1_000_000,
    "CSV: amounts of 10,000 digits": lambda: _HEAD + f"2025-03-03;{'9' * 10_000}.00;a;b\n" * 100,
    "CSV: digits and dots": lambda: _HEAD + ("2025-03-03;" + "1." * 20_000 + "x;a;b\n") * 20,
    "CSV: blanks": lambda: _HEAD + "2025-03-03;1.00;a" + " " * 5_000_000 + ";b",
    "CSV: dates of blanks": lambda: _HEAD + (" " * 20_000 + "3-;1.00;a;b\n") * 20,
    "CSV: formulas": lambda: table(5, '2025-03-0{day};1.00;"=HYPERLINK(""http://x"")";+1'),
    "CSV: the year 9999": lambda: _days("9999-12-31"),
    "CSV: the year 1": lambda: _days("0001-01-01"),
    "CSV: NUL": lambda: _HEAD + "2025-03-03;1.00;a\0b;c\n",
    "MT940: 100,000 movements": lambda: _MT + ":61:2503030303D1,00NMSCa//b\n:86:Shop\n" * 100_000,
    "MT940: one line of 5 MB": lambda: _MT + ":61:2503030303D1,00NMSCa\n:86:" + "?20a" * 1_200_000,
    "MT940: amounts of 10,000 digits": lambda: _MT + f":61:2503030303D{'9' * 10_000},00NMSCa\n",
    "MT940: the year 0": lambda: _MT + ":61:0001010101D1,00NMSCa\n:62F:C000000EUR1,00\n",
    "MT940: no day": lambda: _MT + ":61:2513991399D1,00NMSCa\n",
    "MT940: tags": lambda: ":20:A\n" * 1_000_000,
    "OFX: 60,000 movements": lambda: _OFX
    + "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250303<TRNAMT>-1.00<FITID>1<NAME>a</STMTTRN>" * 60_000,
    "OFX: elements within each other": lambda: _OFX + "<A>" * 500_000,
    "OFX: an end without a beginning": lambda: _OFX + "</STMTTRN></A></OFX><OFX>",
    "OFX: no amount": lambda: _OFX + "<STMTTRN><DTPOSTED>2025<TRNAMT>nan</STMTTRN></BANKTRANLIST>",
    "OFX: a bracket": lambda: "<OFX>" + "<" * 1_000_000,
    "OFX: the year 9999": lambda: _OFX + "<STMTTRN><DTPOSTED>99991231235959[-12:X]<TRNAMT>1<FITID>1</STMTTRN>",
    "QIF: 200,000 movements": lambda: "!Type:Bank\n" + "D3/3/25\nT-1.00\nPShop\n^\n" * 200_000,
    "QIF: no amount": lambda: "!Type:Bank\nD3/3'25\nTx\n^\n",
    "QIF: the year 9999": lambda: "!Type:Bank\nD12/31/9999\nT1.00\n^\n",
    "CAMT: 60,000 movements": lambda: _CAMT + _entry() * 60_000 + _CAMT_END,
    "CAMT: the year 9999": lambda: _CAMT + _entry(day="9999-12-31") + _CAMT_END,
    "CAMT: the year 1": lambda: _CAMT + _entry(day="0001-01-01") + _CAMT_END,
    "CAMT: infinity": lambda: _CAMT + _entry("Infinity") + _entry("1E+999999") + _CAMT_END,
    "CAMT: no number": lambda: _CAMT + _entry("NaN") + _CAMT_END,
    "CAMT: 10,000 digits": lambda: _CAMT + _entry("9" * 10_000) + _CAMT_END,
    "CAMT: entries within each other": lambda: _CAMT + "<Ntry>" * 90,
    "CAMT: 100,000 statements": lambda: _CAMT.partition("<Stmt>")[0] + "<Stmt/>" * 100_000 + _CAMT_END,
}  # fmt: skip
