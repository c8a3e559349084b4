"""SECURITY.md claims nothing that no test shows."""

from __future__ import annotations

import pytest

from docs import claims

HEAD = "| Claim | Where | Shown by |\n| --- | --- | --- |\n"
PLAIN_SQL = "tests/storage/db/test_tenancy.py::{}test_plain_sql_sees_one_company"
SHOWN = "tests/supply_chain/test_claims.py::test_each_claim_of_ours_is_shown"


def test_each_claim_of_ours_is_shown() -> None:
    assert list(claims.problems(claims.FILE.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (f"| A door is shut | `docs` | `{SHOWN}` |", ""),
        (f"| A door is shut | `docs` | `{PLAIN_SQL.format('TestRowLevelSecurity::')}` |", ""),
        ("| A door is shut | `docs` | it is |", "names no test"),
        (f"| A door is shut | | `{SHOWN}` |", "a row is of claim, places and tests"),
        (f"| A door is shut | somewhere | `{SHOWN}` |", "names no place"),
        (f"| A door is shut | `docs/door.py` | `{SHOWN}` |", "docs/door.py does not exist"),
        (f"| A door is shut | `docs` | `{SHOWN}`, `{SHOWN}_tight` |", "_tight does not exist"),
        ("| A door is shut | `docs` | `tests/door/test_door.py::test_shut` |", "test_shut does not exist"),
        ("| A door is shut | `docs` | `tests/supply_chain/test_claims.py` |", "test_claims.py does not exist"),
        ("| A door is shut | `docs` | `docs/claims.py::problems` |", "problems does not exist"),
        (f"| A door is shut | `docs` | `{PLAIN_SQL.format('')}` |", "does not exist"),
    ],
)  # fmt: skip
def test_a_claim_without_its_test_is_found(row: str, wrong: str) -> None:
    found = " ".join(claims.problems(HEAD + row))
    assert wrong in found
    assert bool(found) is bool(wrong)


def test_a_document_without_claims_is_none() -> None:
    assert list(claims.problems("All is well.")) == ["it claims nothing"]
