"""CAMT as banks of several countries write it."""

from __future__ import annotations

from tests.fakes.documents.bank_exports.export import THREE, text


def _amount(amount: object, currency: str) -> str:
    plain = str(amount)
    sign = "DBIT" if plain.startswith("-") else "CRDT"
    return f'<Amt Ccy="{currency}">{plain.lstrip("-")}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'


def _entries(currency: str, *, new: bool, iban: bool) -> str:
    names = ("Kaffee Rot", "Kunde Nord", "Haus West")
    told = ""
    for (day, amount), name in zip(THREE, names, strict=True):
        us, them = ("Cdtr", "Dbtr") if amount > 0 else ("Dbtr", "Cdtr")
        party = f"<Pty><Nm>{name}</Nm></Pty>" if new else f"<Nm>{name}</Nm>"
        ours = "<Pty><Nm>Iris Handel</Nm></Pty>" if new else "<Nm>Iris Handel</Nm>"
        account = f"<{them}Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></{them}Acct>" if iban else ""
        status = "<Sts><Cd>BOOK</Cd></Sts>" if new else "<Sts>BOOK</Sts>"
        told += (
            f"<Ntry>{_amount(amount, currency)}{status}<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
            f"<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><{us}>{ours}</{us}>"
            f"<{them}>{party}</{them}>{account}</RltdPties><RmtInf><Ustrd>RE 1001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
        )
    return told


def _balance(code: str, amount: str, currency: str, day: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(amount, currency)}<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _document(kind: str, number: str, currency: str, iban: str, body: str, *, prefix: str = "") -> str:
    wrap = {
        "052": ("BkToCstmrAcctRpt", "Rpt"),
        "053": ("BkToCstmrStmt", "Stmt"),
        "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    }
    outer, inner = wrap[kind]
    made = (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{number}"><{outer}><GrpHdr><MsgId>M</MsgId></GrpHdr>'
        f"<{inner}><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>{currency}</Ccy><Ownr><Nm>Iris Handel</Nm></Ownr></Acct>"
        f"{body}</{inner}></{outer}></Document>"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{prefix}{made}\n'


def _ends(currency: str) -> str:
    return _balance("OPBD", "500.00", currency, "2025-03-01") + _balance("CLBD", "722.06", currency, "2025-03-31")


DE, CH, SE = "DE02120300000000202051", "CH9300762011623852957", "SE4550000000058398257466"
EMPTY_DAY = _balance("OPBD", "500.00", "EUR", "2025-03-01") + _balance("CLBD", "500.00", "EUR", "2025-03-02")

CAMT = (
    text("camt053-02.xml", _document("053", "02", "EUR", DE, _ends("EUR") + _entries("EUR", new=False, iban=True)), "EUR", balances=True),
    text("camt053-08.xml", _document("053", "08", "CHF", CH, _ends("CHF") + _entries("CHF", new=True, iban=True)), "CHF", balances=True),
    text("camt052.xml", _document("052", "08", "SEK", SE, _entries("SEK", new=True, iban=False)), "SEK"),
    text("camt054.xml", _document("054", "04", "CHF", CH, _entries("CHF", new=False, iban=False)), "CHF"),
    text(
        "two-documents-in-one-file.xml",
        _document("053", "02", "EUR", DE, EMPTY_DAY)
        + _document("053", "02", "EUR", DE, _ends("EUR") + _entries("EUR", new=False, iban=True)),
        "EUR", balances=True,
    ),
)  # fmt: skip
