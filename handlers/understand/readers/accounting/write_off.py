"""Writing off what is left of a bill."""

from __future__ import annotations

from handlers.requests import WriteOff
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values.slots import RequestBuilder, Slots

_BECAUSE = ("because", "since", "as", "reason", "weil", "da", "wegen", "grund")


def write_off(slots: Slots) -> WriteOff:
    """ "write off the rest of Globex R-1: customer insolvent"; the reason follows a colon, a comma or "because"."""
    if slots.said.asks:
        raise SlotMismatch
    said = slots.get("bill")
    start = next((n for n, word in enumerate(said.words) if n and (word.breaks or word.plain in _BECAUSE)), None)
    if "reason" in slots or start is None:
        return WriteOff(slots.text("reason"), slots.bill())
    hint = Slots({"bill": said.part(0, start)}, slots.said, slots.scene)
    return WriteOff(said.part(start).without(_BECAUSE).text.strip(" \"'“”„.,;:"), hint.bill())


REQUEST_BUILDERS: dict[str, RequestBuilder] = {"write_off": write_off}
