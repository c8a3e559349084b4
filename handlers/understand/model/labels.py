"""What a question of a language model's leaves to us: the time where nothing was said, and its conditions in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers import requests as asked
from handlers.requests import Request
from handlers.understand.readers import reports
from handlers.understand.readers.due_and_balance import bound_money
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.periods_by_days import period_name
from handlers.wording import period_names


def made(kind: type[Any], values: dict[str, Any], scene: SentenceContext) -> Request | None:
    """The request with these fields; None where it is none that anybody would ask."""
    if kind is asked.Forecast:
        values = {"until": scene.today + timedelta(days=reports.FORECAST_DAYS)} | values
    if kind in (asked.Spend, asked.Income, asked.Profit) and not {"since", "until"} & set(values):
        since, until, _ = reports.span(None, scene.today)
        values = {"since": since, "until": until} | values
    request = kind(**values)
    if request in (asked.Find(), asked.Amend(())) or _is_backwards(values):
        return None
    return _labelled(request, scene)


def _is_backwards(values: dict[str, Any]) -> bool:
    since, until = values.get("since"), values.get("until")
    return isinstance(since, date) and isinstance(until, date) and since > until


def _labelled(request: Any, scene: SentenceContext) -> Request:
    """With its conditions in words, as the head of the answer repeats them."""
    when = _when(request, scene)
    match request:
        case asked.Due():
            label = period_names.overdue() if request.overdue else when
            least = bound_money(request.above, request.currency or scene.currency)
            return replace(request, label=period_names.condition(label, request.vendor, least, request.side))
        case asked.Spend():
            category = scene.names.titles.get(request.category or "", request.category)
            versus = period_name(request.versus_since, request.versus_until, scene.today)
            return replace(request, label=period_names.spent(when, category, request.vendor), versus_label=versus)
        case asked.Find():
            bounds = (bound_money(bound, scene.currency) for bound in (request.at_least, request.at_most))
            return replace(request, label=period_names.found(when, request.text, request.vendor, *bounds))
        case asked.Settled() | asked.Payments() | asked.Income() | asked.Profit() | asked.Export() | asked.Forecast():
            return replace(request, label=when)
    return request  # type: ignore[no-any-return]


def _when(request: Any, scene: SentenceContext) -> str:
    since, until = getattr(request, "since", None), getattr(request, "until", None)
    return period_name(since, until, scene.today) if since or until else ""
