"""What a sentence is understood against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Scene:
    """Today, and what is known of the bill in focus.

    `currency` is the bill's, else the company's, else None. `day_first` reads 3/4 as 3 April. `known` holds the
    bill's values as normalised text by field name; empty where no bill is in focus.
    """

    today: date
    currency: str | None = None
    day_first: bool = True
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def issued(self) -> date | None:
        """The bill's issue date; None where it is not known as a date."""
        try:
            return date.fromisoformat(self.known.get("issue_date", ""))
        except ValueError:
            return None
