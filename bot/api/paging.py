"""Lists a page at a time: a cursor says behind which row the next page begins, so that nothing is told twice."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from bot.api.refusals import Unfit
from handlers.language.translation import say

T = TypeVar("T")
LARGEST = 2**31 - 1

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    str | None, Query(max_length=400, pattern=r"^[A-Za-z0-9_-]+$", description="`next` of the page before.")
]


class Page(BaseModel, Generic[T]):
    """A page of a list."""

    items: list[T]
    next: str | None = Field(description="The cursor of the next page; null on the last.")


def page_of(rows: Sequence[T], limit: int, place: Any) -> Page[T]:
    """The first `limit` of the rows, of which there may be one more; `place` says where one stands, as a tuple."""
    more = len(rows) > limit
    shown = list(rows[:limit])
    return Page(items=shown, next=cursor(place(shown[-1])) if more else None)


def cursor(place: Sequence[int | str]) -> str:
    """A place as it stands in an address."""
    return urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")


def place_of(said: str | None, *kinds: type) -> tuple[Any, ...]:
    """The place that a cursor names, () for none. Raises: Unfit for one that we did not make."""
    if said is None:
        return ()
    try:
        found = json.loads(urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    except (ValueError, RecursionError):
        found = None
    fits = isinstance(found, list) and len(found) == len(kinds)
    if not fits or not all(type(one) is kind and _is_sane(one) for one, kind in zip(found, kinds, strict=True)):
        raise Unfit(say("This cursor is none of ours. Begin without one, and go on with `next` of the page before."))
    return tuple(found)


def _is_sane(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) < 2**62
    return isinstance(value, str) and len(value) <= 200 and value.isprintable()
