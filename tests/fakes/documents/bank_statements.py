"""Bank statements as banks write them, in each format, from the same movements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from extraction.bank_statement import StatementLine

IBAN = "DE02120300000000202051"
ACME_IBAN = "DE89370400440532013000"


def line(day: int, amount: str, text: str = "", **values: str) -> StatementLine:
    """A movement of March 2025."""
    return StatementLine(date(2025, 3, day), Decimal(amount), text, **values)


def camt053(
    lines: Sequence[StatementLine],
    *,
    opening: str | None = "1000.00",
    closing: str | None = None,
    iban: str = IBAN,
    currency: str = "EUR",
    version: str = "08",
) -> bytes:
    """camt.053 of a version; `closing` None is what the movements make of `opening`, which None leaves both out."""
    name = "urn:iso:std:iso:20022:tech:xsd:camt.053.001." + version
    status = "<Sts><Cd>{}</Cd></Sts>" if version >= "07" else "<Sts>{}</Sts>"
    balances = ""
    if opening is not None:
        end = closing or str(Decimal(opening) + sum((each.amount for each in lines if not each.pending), Decimal(0)))
        balances = _balance("OPBD", opening, currency, lines, 0) + _balance("CLBD", end, currency, lines, -1)
    entries = "".join(_entry(each, currency, status) for each in lines)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{name}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M1</MsgId><CreDtTm>2025-04-01T00:00:00</CreDtTm></GrpHdr><Stmt><Id>S-3</Id>"
        f"<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy>"
        f"<Svcr><FinInstnId><Nm>Sparkasse</Nm></FinInstnId></Svcr></Acct>"
        f"{balances}{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(each: StatementLine, currency: str, status: str) -> str:
    role = "Cdtr" if each.amount < 0 else "Dbtr"
    party = f"<{role}><Nm>{escape(each.counterparty)}</Nm></{role}>" if each.counterparty else ""
    account = f"<{role}Acct><Id><IBAN>{each.iban}</IBAN></Id></{role}Acct>" if each.iban else ""
    sign, state = "DBIT" if each.amount < 0 else "CRDT", "PDNG" if each.pending else "BOOK"
    return (
        f'<Ntry><Amt Ccy="{currency}">{abs(each.amount)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status.format(state)}'
        f"<BookgDt><Dt>{each.booked_on}</Dt></BookgDt>"
        + (f"<AcctSvcrRef>{each.bank_reference}</AcctSvcrRef>" if each.bank_reference else "")
        + f"<NtryDtls><TxDtls><Refs><EndToEndId>{each.reference or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f"<RltdPties>{party}{account}</RltdPties><RmtInf><Ustrd>{escape(each.text)}</Ustrd></RmtInf>"
        "</TxDtls></NtryDtls></Ntry>"
    )


def _balance(code: str, amount: str, currency: str, lines: Sequence[StatementLine], at: int) -> str:
    day = lines[at].booked_on if lines else date(2025, 3, 31)
    sign = "DBIT" if amount.startswith("-") else "CRDT"
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount.lstrip("-")}</Amt>'
        f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def mt940(lines: Sequence[StatementLine], *, opening: str = "1000.00", account: str = "12030000/0000202051") -> bytes:
    """MT940 as German banks write it, field 86 with subfields."""
    end = Decimal(opening) + sum((each.amount for each in lines), Decimal(0))
    first, last = (lines[0].booked_on, lines[-1].booked_on) if lines else (date(2025, 3, 1), date(2025, 3, 31))
    fields = [":20:STARTUMS", f":25:{account}", ":28C:00003/001", f":60F:{_money(Decimal(opening), first, 'EUR')}"]
    for each in lines:
        mark = "C" if each.amount >= 0 else "D"
        amount = str(abs(each.amount)).replace(".", ",")
        bank = f"//{each.bank_reference}" if each.bank_reference else ""
        fields.append(f":61:{each.booked_on:%y%m%d}{each.booked_on:%m%d}{mark}{amount}NTRFNONREF{bank}")
        purpose = (f"EREF+{each.reference} " if each.reference else "") + f"SVWZ+{each.text}"
        parts = [purpose[at : at + 27] for at in range(0, len(purpose), 27)]
        described = "".join(f"?{20 + n}{part}" for n, part in enumerate(parts))
        party = f"?31{each.iban}?32{each.counterparty[:27]}"
        fields.append(f":86:177?00UEBERWEISUNG{described}{party}")
    fields += [f":62F:{_money(end, last, 'EUR')}", "-"]
    return "\r\n".join(fields).encode("windows-1252")


def _money(amount: Decimal, on: date, currency: str) -> str:
    return f"{'D' if amount < 0 else 'C'}{on:%y%m%d}{currency}{abs(amount)}".replace(".", ",")


def ofx(
    lines: Sequence[StatementLine], *, closing: str = "1000.00", version: int = 1, account: str = "202051"
) -> bytes:
    """OFX 1 (SGML, elements without end tags) or 2 (XML)."""
    end = (lambda tag: "") if version == 1 else (lambda tag: f"</{tag}>")

    def element(tag: str, value: str) -> str:
        return f"<{tag}>{escape(value)}{end(tag)}" if value else ""

    movements = "".join(
        "<STMTTRN>"
        + element("TRNTYPE", "CREDIT" if each.amount > 0 else "DEBIT")
        + element("DTPOSTED", f"{each.booked_on:%Y%m%d}120000[-5:EST]")
        + element("TRNAMT", str(each.amount))
        + element("FITID", each.bank_reference or f"{n}-{each.booked_on}")
        + element("NAME", each.counterparty)
        + element("MEMO", each.text)
        + "</STMTTRN>\n"
        for n, each in enumerate(lines)
    )
    header = (
        "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
        "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
        if version == 1
        else '<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE"?>'
    )
    return (
        f"{header}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>{element('CURDEF', 'EUR')}"
        f"<BANKACCTFROM>{element('BANKID', '1')}{element('ACCTID', account)}</BANKACCTFROM>"
        f"<BANKTRANLIST>{element('DTSTART', '20250301')}{element('DTEND', '20250331')}{movements}</BANKTRANLIST>"
        f"<LEDGERBAL>{element('BALAMT', closing)}{element('DTASOF', '20250331')}</LEDGERBAL>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    ).encode("windows-1252")


def qif(lines: Sequence[StatementLine]) -> bytes:
    """QIF with American dates."""
    records = "".join(
        f"D{each.booked_on:%m/%d/%Y}\nT{each.amount}\nP{each.counterparty}\nM{each.text}\n^\n" for each in lines
    )
    return f"!Type:Bank\n{records}".encode()


def csv(lines: Sequence[StatementLine], *, iban: str = IBAN) -> bytes:
    """CSV as a German savings bank exports it, the latest movement first."""
    header = (
        "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Kundenreferenz (End-to-End);"
        "Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;Betrag;Waehrung"
    )
    rows = [
        f'"{iban}";"{each.booked_on:%d.%m.%y}";"{each.booked_on:%d.%m.%y}";"";"{each.text}";"{each.reference}";'
        f'"{each.counterparty}";"{each.iban}";"{str(each.amount).replace(".", ",")}";"EUR"'
        for each in reversed(lines)
    ]
    return "\r\n".join([header, *rows, ""]).encode("windows-1252")


WRITERS: dict[str, Callable[[Sequence[StatementLine]], bytes]] = {
    "camt": camt053,
    "mt940": mt940,
    "ofx1": ofx,
    "ofx2": lambda lines: ofx(lines, version=2),
    "qif": qif,
    "csv": csv,
}
"""Each format's writer."""
