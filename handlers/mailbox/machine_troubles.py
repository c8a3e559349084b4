"""What is wrong with the machine rather than with a channel, in words for its owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from handlers.language.formats import day
from handlers.language.translation import say
from storage.models import ChannelFault

MACHINE = "machine"
DISK, QUEUE, READER, CERTIFICATE = (f"{MACHINE} {part}" for part in ("disk", "queue", "reader", "certificate"))
"""Names under which it is noted among channels' faults; the reason is a figure alone, and the words are said here."""


def is_machine(fault: ChannelFault) -> bool:
    """Whether a fault is the machine's."""
    return fault.channel.partition(" ")[0] == MACHINE


def trouble(fault: ChannelFault) -> str:
    """What is wrong, and what to do."""
    return _TROUBLES[_part(fault)](fault)


def trouble_over(fault: ChannelFault, since: str, until: str) -> str:
    """That it is well again; `since` and `until` say when it was not."""
    times = {"since": since, "until": until}
    over = {
        DISK: lambda: say("There is room on the disk again ({since} to {until} there was not).", **times),
        QUEUE: lambda: say("Messages are answered in time again ({since} to {until} they were not).", **times),
        READER: lambda: say("Documents can be read again ({since} to {until} they could not).", **times),
        CERTIFICATE: lambda: say("The certificate was renewed."),
    }
    return over[_part(fault)]()


def _disk(fault: ChannelFault) -> str:
    return say(
        "The disk of {machine} is nearly full: {free} MB are left. Make room, or nothing can be kept any more.",
        machine=fault.process,
        free=fault.reason,
    )


def _queue(fault: ChannelFault) -> str:
    return say(
        "A message has waited for {minutes} minutes. Please look whether a worker runs: “billify doctor” says so. "
        "Nothing is lost.",
        minutes=fault.reason,
    )


def _reader(fault: ChannelFault) -> str:
    return say(
        "Documents cannot be read now: it failed {times} times, one after the other. Please look into the log; "
        "“billify doctor” may say why. Everything else works on.",
        times=fault.reason,
    )


def _certificate(fault: ChannelFault) -> str:
    return say(
        "The certificate of {use} ends on {day}. Renew it, or nobody gets in from then on.",
        use=fault.channel.removeprefix(f"{CERTIFICATE} "),
        day=day(date.fromisoformat(fault.reason)),
    )


_TROUBLES: dict[str, Callable[[ChannelFault], str]] = {
    DISK: _disk,
    QUEUE: _queue,
    READER: _reader,
    CERTIFICATE: _certificate,
}


def _part(fault: ChannelFault) -> str:
    return next(name for name in _TROUBLES if fault.channel.startswith(name))
