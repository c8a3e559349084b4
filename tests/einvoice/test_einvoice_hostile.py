"""XML that is broken, hostile or something else is refused with advice, and never costs more than a moment."""

from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.einvoice.syntaxes import read_xml
from extraction.errors import Unreadable
from extraction.pipeline.extract import extract_documents
from tests.fakes.documents.einvoices import cii, ubl

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = f'<!DOCTYPE Invoice [<!ENTITY l0 "lol">{LAUGHS}]><Invoice>&l9;</Invoice>'.encode()
EXTERNAL = b'<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>'
EXTERNAL_DTD = b'<!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/invoice.dtd"><Invoice/>'
PARAMETER = b'<!DOCTYPE Invoice [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><Invoice/>'


NATIONAL = [file.read_bytes() for file in sorted((Path(__file__).parent / "national").glob("*/*.xml"))]


def problem_of(data: bytes) -> tuple[str, str]:
    """Code and message with which a file is refused by the whole path."""
    reading = extract_documents(data, lambda picture, page: ())
    assert reading.problem is not None
    assert reading.documents == ()
    return reading.problem.code, reading.problem.message


@pytest.mark.parametrize(
    "data",
    [BILLION_LAUGHS, BILLION_LAUGHS.decode().encode("utf-16"), EXTERNAL, EXTERNAL_DTD, PARAMETER],
    ids=["billion laughs", "the same in UTF-16", "external entity", "external DTD", "parameter entity"],
)
def test_a_document_type_is_refused_before_it_does_harm(data: bytes) -> None:
    began = time.process_time()
    code, message = problem_of(data)
    assert code == "xml_doctype"
    assert "Please" in message
    assert time.process_time() - began < 1  # the laughs would be three thousand million letters


@pytest.mark.parametrize(
    "data",
    [b"<a>" * 50_000, b"<a>" * 1_000 + b"</a>" * 1_000, b"<a>" + b"<b/>" * 1_000_001 + b"</a>"],
    ids=["deep and unclosed", "deep", "many elements"],
)
def test_xml_out_of_bounds_is_refused(data: bytes) -> None:
    assert problem_of(data)[0] == "xml_too_large"


@pytest.mark.parametrize(
    "data",
    [
        ubl()[:-40],
        ubl()[: len(ubl()) // 2],
        ubl() + b"<again/>",
        ubl().replace(b"</cbc:ID>", b"</cbc:Id>", 1),
        ubl().replace(b"xmlns:cbc", b"xmlns:other"),
        b"<",
        b"<?xml version='1.0'?>",
        ubl().replace(b'encoding="UTF-8"', b'encoding="klingon"'),
        ubl().decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16")[:501],
    ],
    ids=[
        "cut",
        "half",
        "two roots",
        "tags cross",
        "unbound prefix",
        "one sign",
        "no root",
        "unknown encoding",
        "cut UTF-16",
    ],
)
def test_broken_xml_says_that_it_is(data: bytes) -> None:
    code, message = problem_of(data)
    assert code == "broken_xml"
    assert "export it again" in message


@pytest.mark.parametrize(
    "data",
    [
        codecs.BOM_UTF8 + ubl(),
        b"\n  " + ubl() + b"\0\0\n",
        ubl().decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16"),
        ubl().decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16-be"),
        ubl().decode().replace('"UTF-8"', '"ISO-8859-1"').encode("latin-1"),
        ubl().decode().replace('"UTF-8"', '"windows-1252"').encode("windows-1252"),
        ubl().decode().encode("windows-1252"),  # says UTF-8
    ],
    ids=["byte order mark", "padding", "UTF-16", "UTF-16 unmarked", "Latin 1", "Windows", "Windows that says UTF-8"],
)
def test_names_are_right_in_every_encoding(data: bytes) -> None:
    reading = extract_documents(data, lambda picture, page: ())
    assert reading.problem is None
    assert reading.media_type == "application/xml"
    assert reading.documents[0].value("vendor") == "Möbel Müller GmbH"


CAMT = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt/></Document>'


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>', "not_an_einvoice", "an order"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_an_einvoice", "svg"),
        (b"<Invoice><ID>7</ID></Invoice>", "not_an_einvoice", "Invoice"),  # somebody's own format
        (b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', "empty_einvoice", "neither"),
    ],
    ids=["order", "picture", "own format", "empty"],
)
def test_other_xml_is_called_what_it_is(data: bytes, code: str, words: str) -> None:
    found, message = problem_of(data)
    assert found == code
    assert words in message
    assert "please send" in message


def test_a_bank_statement_is_read_as_one() -> None:
    found, message = problem_of(CAMT)
    assert found == "statement_empty"
    assert "bank statement" in message and "export it once more" in message


@pytest.mark.parametrize("amount", ["12,50", "abc", "1e999999999", "NaN", "Infinity", "9" * 400, "", "--1"])
def test_what_is_no_amount_is_left_out(amount: str) -> None:
    (document,) = read_xml(cii({"GrandTotalAmount>140.4<": f"GrandTotalAmount>{amount}<"}))
    assert document.value("total") == "140.40"  # as it is to be paid
    assert document.value("subtotal") == "120.00"


@pytest.mark.parametrize("day", ["20251332", "tomorrow", "", "0", "2025"])
def test_what_is_no_date_is_left_out(day: str) -> None:
    (document,) = read_xml(cii({"20250303": day}))
    assert "issue_date" not in document.fields
    assert document.value("number") == "2024-117"


@settings(max_examples=150)
@given(st.data())
def test_however_it_is_damaged_it_is_read_or_refused(data: st.DataObject) -> None:
    xml = bytearray(data.draw(st.sampled_from([ubl(), cii(), *NATIONAL])))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(xml) - 1))
        xml[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=4))
    try:
        documents = read_xml(bytes(xml))
    except Unreadable as error:
        assert error.problem.message
    else:
        assert documents
