r"""What a Swiss QR-bill may say of its invoice: Swico S1, "Syntaxdefinition der Rechnungsinformationen".

//S1/10/10201409/11/190512/20/1400.000-53/30/106017086/32/7.7/40/2:10;0:30, where a backslash escapes / and \.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_START = "//S1"
_PART = re.compile(r"/((?:\\.|[^\\/])*)")
_CONDITION = re.compile(r"0(?:\.0+)?:(\d{1,3})")  # the days without a discount
_UID_DIGITS = 9


@dataclass(frozen=True)
class BillInformation:
    """Of the invoice: number, dates (ISO 8601) and the seller's VAT id; "" where it does not say."""

    number: str = ""
    issue_date: str = ""
    due_date: str = ""
    vat_id: str = ""


def read(text: str) -> BillInformation:
    """The information; all of it empty for another syntax."""
    if not text.startswith(_START):
        return BillInformation()
    parts = [re.sub(r"\\(.)", r"\1", part) for part in _PART.findall(text.removeprefix(_START))]
    values = dict(zip(parts[::2], parts[1::2], strict=False))
    issued, uid = _day(values.get("11", "")), values.get("30", "")
    days = next((int(found[1]) for part in values.get("40", "").split(";") if (found := _CONDITION.fullmatch(part))), 0)
    return BillInformation(
        number=values.get("10", ""),
        issue_date=issued.isoformat() if issued else "",
        due_date=(issued + timedelta(days=days)).isoformat() if issued and days else "",
        vat_id=f"CHE{uid}" if uid.isdigit() and len(uid) == _UID_DIGITS else "",
    )


def _day(written: str) -> date | None:
    """A date written YYMMDD, None when it is none."""
    if not re.fullmatch(r"\d{6}", written):
        return None
    try:
        return date(2000 + int(written[:2]), int(written[2:4]), int(written[4:]))
    except ValueError:
        return None
