"""Who did what, and who changed it."""

from __future__ import annotations

from handlers.requests import ExportAudit, WhoChanged, WhoDidWhat
from handlers.understand.readers.corrections import field_at
from handlers.understand.readers.people import colleague
from handlers.understand.text.sentence import Sentence, SlotMismatch
from handlers.understand.values.periods import Period, period
from handlers.understand.values.slots import RequestBuilder, Slots
from handlers.wording import period_names


def _when(slots: Slots, said: Sentence) -> Period:
    """The period that the words say, today where there are none. Raises: SlotMismatch."""
    today = slots.scene.today
    if not len(said):
        return Period(today, today, period_names.on_day(today, today))
    found = period(said, slots.scene, "past")
    if found is None or found.since is None or found.since > today:
        raise SlotMismatch
    return found


def _did(slots: Slots, person: str | None = None, *, me: bool = False, when: Sentence | None = None) -> WhoDidWhat:
    found = _when(slots, slots.get("when") if when is None else when)
    assert found.since is not None
    return WhoDidWhat(found.since, found.until or slots.scene.today, found.label, person, me)


def _theirs(slots: Slots) -> WhoDidWhat:
    """A colleague and then a period, in one slot: "Max Moritz gestern". Raises: SlotMismatch."""
    said = slots.get("rest")
    for end in range(len(said), 0, -1):
        try:
            return _did(slots, colleague(said.part(0, end), slots.scene), when=said.part(end))
        except SlotMismatch:
            continue
    raise SlotMismatch


def _field(slots: Slots) -> str:
    said = slots.get("field")
    found = field_at(said)
    if found is None or found[1] != len(said):
        raise SlotMismatch
    return found[0]


def _export(slots: Slots) -> ExportAudit:
    if "when" not in slots:
        return ExportAudit()
    when = _when(slots, slots.get("when"))
    return ExportAudit(when.since, when.until, when.label)


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "export_audit": _export,
    "who_changed": lambda _: WhoChanged(),
    "who_did_period": _did,
    "what_i_did": lambda slots: _did(slots, me=True),
    "what_they_did": lambda slots: _did(slots, colleague(slots.get("person"), slots.scene)),
    "what_somebody_did": _theirs,
    "who_changed_field": lambda slots: WhoChanged(slots.bill(), _field(slots)),
    "who_changed_named": lambda slots: WhoChanged(slots.bill()),
}
