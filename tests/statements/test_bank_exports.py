"""Exports in the shapes of banks, cards and services of many countries: each movement with its sign."""

from __future__ import annotations

import pytest

from extraction.pipeline.extract import extract_documents
from tests.fakes.documents.bank_exports.every_export import EXPORTS
from tests.fakes.documents.bank_exports.export import NAMES, OURSELVES, Export


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_each_movement_with_its_sign_and_the_other_side(export: Export):
    reading = extract_documents(export.data, lambda picture, page: ())
    assert reading.problem is None, reading.problem
    found = [line for statement in reading.statements for line in statement.booked]
    lines = sorted(found, key=lambda line: line.booked_on)
    assert tuple((line.booked_on, line.amount) for line in lines) == export.moved
    assert {statement.currency for statement in reading.statements} == {export.currency}
    if export.closing is not None:
        assert (reading.statements[0].opening, reading.statements[-1].closing) == (export.opening, export.closing)
        assert not any(statement.difference for statement in reading.statements)
    told = [" ".join((line.counterparty, line.text, line.reference)).casefold() for line in lines]
    if export.named:
        assert all(name.casefold() in words for name, words in zip(NAMES, told, strict=True))
    assert not any(line.counterparty.casefold() == OURSELVES.casefold() for line in lines)
    missing = [row for statement in reading.statements for row in statement.left_out if row.is_missing]
    assert len(missing) == export.left_out
