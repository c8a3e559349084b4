"""Whether a request is what a phrasing of a set means: its label, and slots that may differ where that is the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.bench.talk_labels import same


def is_meant(label: str, slots: Mapping[str, Any], said: str, said_slots: Mapping[str, Any], today: date) -> bool:
    """Whether label and slots are those that were said on that day; nothing may be there that was not said."""
    if label != said and not _answers_alike(label, slots, said):
        return False
    if label in _HONEST:
        return True
    wanted = {("vendor" if name == "bill" else name): value for name, value in said_slots.items()}
    if label in _OF_THE_PAST:
        wanted, slots = (_until_now(values, today) for values in (wanted, slots))
    for name, value in wanted.items():
        if name in _SOFT:
            continue
        if name not in slots:
            if name == "side" and value == "payable":
                continue
            return False
        if not same(value, slots[name]):
            return False
    extra = slots.keys() - wanted.keys() - _MAY_BE_ADDED - _USUAL.get(label, frozenset())
    return not extra


def _until_now(slots: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Slots with the days to come as today: what was "this year" is what was until now."""
    return {
        name: min(f"{value}", today.isoformat()) if name in ("until", "versus_until") else value
        for name, value in slots.items()
    }


_OF_THE_PAST = frozenset({"spend", "income", "profit", "payments", "settled", "find", "tax"})


def _answers_alike(label: str, slots: Mapping[str, Any], said: str) -> bool:
    """What we owe one party is answered alike as what is due and as what is owed."""
    return {label, said} == {"due", "owed"} and not slots.keys() & {"until", "since", "overdue", "above"}


_HONEST = frozenset({"mileage", "budget", "fees", "activity", "undo_other"})
"""Labels that are answered with what Billify does instead, or with which one is meant, or whose slots the sets
do not name: their slots do not matter."""
_SOFT = frozenset({"reason", "text", "role", "format", "what", "kind", "about"})
"""Slots in free words, which need not be the same."""
_MAY_BE_ADDED = frozenset({
    "side", "by", "order", "text", "about", "language", "reason", "last", "steps", "role", "format", "hour", "what",
    "runs_out", "now", "weekday",
})  # fmt: skip
"""Slots that follow from others, which a set need not name."""
_USUAL = {
    **dict.fromkeys(("spend", "income", "profit", "tax"), frozenset({"since", "until"})),
    **dict.fromkeys(("forecast", "export", "payments"), frozenset({"until"})),
    **dict.fromkeys(("paid", "received", "open"), frozenset({"on", "account"})),
    "due": frozenset({"overdue", "until"}),
    "balance": frozenset({"account"}),
    "digest": frozenset({"on"}),
    "zone": frozenset({"name"}),
    "require": frozenset({"steps"}),
    "reconcile": frozenset({"account"}),
}
"""Slots that have a value where nothing was said, by label."""
