"""How something is treated for VAT, as it stands on each posting: "payable S 19 domestic". Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from storage.models import Side

Place = Literal["domestic", "eu", "abroad"]
"""Where the other party is: in our country, in another one of the EU, anywhere else."""

IMPORT_VAT = "IM"
"""Tax on goods that the customs office charged; it has no code in EN 16931."""

UNCERTAIN = "?"
"""Nothing told how it is treated; a VAT return lists it beside its figures."""

CATEGORIES = ("S", "Z", "E", "AE", "K", "G", "O", "L", "M", IMPORT_VAT)
"""Of EN 16931 (BT-118, UNTDID 5305): standard, zero-rated, exempt, reverse charge, intra-community supply, export,
outside
the scope, Canary Islands, Ceuta and Melilla; and import VAT."""

SELF_ASSESSED = ("AE", "K")
"""Of what we buy so, we owe the tax ourselves, and deduct it at once (§ 13b, § 1a UStG; Art. 194 to 200 of directive
2006/112/EC)."""

UNTAXED = ("Z", "E", "AE", "K", "G", "O")
"""What the seller charges no tax for."""

_NONE = "-"


@dataclass(frozen=True)
class TaxCode:
    """The treatment of one amount. `rate` in per cent ("19"), None where there is none or it is unknown; `place` None
    where the other party's country is unknown."""

    side: Side
    category: str
    rate: str | None = None
    place: Place | None = None

    def __str__(self) -> str:
        return f"{self.side.value} {self.category} {self.rate or _NONE} {self.place or _NONE}"


def parse(text: str) -> TaxCode:
    """What `str` made of a code. Raises: ValueError."""
    side, category, rate, place = text.split(" ")
    known = next((one for one in get_args(Place) if one == place), None)
    return TaxCode(Side(side), category, None if rate == _NONE else rate, known)
