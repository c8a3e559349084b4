"""What is kept of documents so that corrections teach something."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class Imprint(SQLModel, table=True):
    """What a bill's document looked like when it was read, before anything known of its vendor was put in.

    `vendor_key` is the match key of the vendor's name as it was read, None where none was. `sightings` are the values
    on its pages with their words and places, each as a row of `extraction.corrections.printed_values.PrintedValue`:
    among them a later correction is found.
    """

    bill_id: int = Field(primary_key=True, foreign_key="bill.id")
    vendor_key: str | None = Field(default=None, index=True)
    vat_id: str | None = Field(default=None, index=True)
    iban: str | None = Field(default=None, index=True)
    sightings: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
