"""OFX as banks write it, not as the specification has it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.errors import Unreadable
from extraction.statements import ofx
from extraction.statements.ofx_tree import MOST_DEPTH, NoTree, ofx_tree

HEAD = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n"
MOVEMENT = (
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250303120000[-5:EST]<TRNAMT>-12.50<FITID>7<NAME>Acme & Co<MEMO>rent</STMTTRN>"
)
WHOLE = (
    "<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>202051</BANKACCTFROM><BANKTRANLIST>"
    f"{MOVEMENT}</BANKTRANLIST><LEDGERBAL><BALAMT>99.00<DTASOF>20250331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
)

QUIRKS: dict[str, Callable[[str], str]] = {
    "as it should be": lambda text: text,
    "no header": lambda text: text.removeprefix(HEAD),
    "small letters": lambda text: (
        text.replace("STMTTRN", "stmttrn").replace("<OFX>", "<ofx>").replace("</OFX>", "</ofx>")
    ),
    "end tags": lambda text: text.replace("<TRNAMT>-12.50", "<TRNAMT>-12.50</TRNAMT>").replace(
        "<FITID>7", "<FITID>7</FITID>"
    ),
    "an entity": lambda text: text.replace("Acme & Co", "Acme &amp; Co"),
    "CDATA": lambda text: text.replace("Acme & Co", "<![CDATA[Acme & Co]]>"),
    "an empty element without end": lambda text: text.replace("<NAME>", "<CHECKNUM>\n<NAME>"),
    "two of them": lambda text: text.replace("<TRNTYPE>", "<SIC>\n<EXTDNAME>\n<TRNTYPE>"),
    "an empty element of XML": lambda text: text.replace("<NAME>", "<CHECKNUM/><REFNUM></REFNUM><NAME>"),
    "lines and blanks": lambda text: text.replace("<", "\n  <"),
    "a comma for the decimals": lambda text: text.replace("-12.50", "-12,50"),
    "a card": lambda text: text.replace("STMTRS>", "CCSTMTRS>").replace("BANKACCTFROM", "CCACCTFROM"),
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_it_is_read_as_banks_write_it(quirk: str) -> None:
    (statement,) = ofx.read(QUIRKS[quirk](HEAD + WHOLE))
    (line,) = statement.lines
    assert (line.amount, line.counterparty, line.text, line.bank_reference) == (
        Decimal("-12.50"),
        "Acme & Co",
        "rent",
        "7",
    )
    assert (str(line.booked_on), statement.account, statement.currency) == ("2025-03-03", "202051", "EUR")
    assert statement.closing == Decimal("99.00")


@pytest.mark.parametrize(("written", "amount"), [
    ("+1250.00", "1250.00"), ("1,250.00", "1250.00"), ("-1.250,00", "-1250.00"), ("1 250,00", "1250.00"),
    ("-.50", "-0.50"), ("7", "7"),
])  # fmt: skip
def test_amounts(written: str, amount: str) -> None:
    (statement,) = ofx.read(HEAD + WHOLE.replace("-12.50", written))
    assert statement.lines[0].amount == Decimal(amount)


def test_a_movement_without_id_or_balance_is_one() -> None:
    (statement,) = ofx.read(HEAD + WHOLE.replace("<FITID>7", "<FITID>").replace("<BALAMT>99.00<DTASOF>20250331", ""))
    assert statement.lines[0].bank_reference == "" and statement.closing is None


def test_several_accounts_are_several_statements() -> None:
    inner = WHOLE.removeprefix("<OFX>").removesuffix("</OFX>")
    assert len(ofx.read(f"{HEAD}<OFX>{inner}{inner}</OFX>")) == 2


@pytest.mark.parametrize("broken", [
    "", "no statement", HEAD, HEAD + WHOLE[:-40], HEAD + "<OFX>", HEAD + "<OFX>" + "<A>" * 100_000,
    HEAD + WHOLE.replace("-12.50", "a lot"), HEAD + WHOLE.replace("20250303", "20251399"),
    HEAD + WHOLE.replace("<DTPOSTED>", "<X>"),
    HEAD + "<OFX>" + "<" * 200_000, HEAD + "<OFX>" + "<![CDATA[" * 50_000,
])  # fmt: skip
def test_what_is_broken_is_said_to_be_damaged(broken: str) -> None:
    with pytest.raises(Unreadable) as refused:
        ofx.read(broken)
    assert refused.value.problem.code == "ofx_damaged"


def test_depth_is_bounded() -> None:
    with pytest.raises(NoTree):
        ofx_tree("<OFX>" + "<A>" * MOST_DEPTH + "</A>" * MOST_DEPTH + "</OFX>")


TEXTS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(st.lists(st.tuples(st.sampled_from(["NAME", "MEMO", "FITID"]), TEXTS), min_size=1), st.booleans())
def test_whatever_is_written_is_read(values: list[tuple[str, str]], ends: bool) -> None:
    written = "".join(f"<{tag}>{escape(text)}" + (f"</{tag}>" if ends else "") for tag, text in values)
    root = ofx_tree(f"<OFX><STMTTRN>{written}</STMTTRN></OFX>")
    assert [(one.tag, one.text) for one in root[0]] == values
