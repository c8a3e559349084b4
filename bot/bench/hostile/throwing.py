"""Throws inputs at the processes that read what strangers send, one after the other, and notes what came back."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Literal

import psutil

from bot.channels.mail.parsing_process import MailParser
from extraction.errors import ReaderDied
from extraction.evidence import Problem
from extraction.limits import TOO_COSTLY
from extraction.mail.unpack import is_container
from extraction.process.reader import Reader
from handlers.errors import BillifyError

Outcome = Literal["read", "refused", "stopped", "crash", "hang", "lost", "unclear"]
"""What became of an input: read; refused with what to do instead; so too, but only once it had taken all that it may;
the process died of it; it took longer than `HANG`; nothing came back; what came back is not meant for people."""

HANG = 20.0
"""Seconds of processor time from which on an input counts as one that hangs."""


@dataclass(frozen=True)
class Input:
    """Something to be read, what it is of ("PDF tricks") and what it does; a mail or a file."""

    kind: str
    name: str
    data: bytes
    mail: bool = False


@dataclass(frozen=True)
class Thrown:
    """What became of an input, in seconds by the clock and of the processor; the memory is the most that its process
    was seen to use, in MB; `said` is what was answered."""

    kind: str
    name: str
    outcome: Outcome
    seconds: float
    processor_seconds: float
    memory_mb: int
    said: str = ""


async def throw(inputs: Iterable[Input], reader: Reader, parser: MailParser) -> AsyncIterator[Thrown]:
    """What became of each."""
    for each in inputs:
        target = parser if each.mail else reader
        began, used = time.perf_counter(), target.used
        outcome, said = await _outcome(each, reader, parser)
        seconds, after = time.perf_counter() - began, target.used
        spent = after.processor_seconds - used.processor_seconds
        if outcome in ("read", "refused", "stopped") and spent > HANG:
            outcome = "hang"
        yield Thrown(each.kind, each.name, outcome, seconds, spent, after.memory_mb, said)


async def _outcome(each: Input, reader: Reader, parser: MailParser) -> tuple[Outcome, str]:
    try:
        if each.mail:
            await parser.parse(each.data)
            return "read", ""
        if is_container(each.data, ""):
            problem = (await reader.unpack(each.data)).problem
        else:
            problem = (await reader.read(each.data)).problem
    except BillifyError as error:
        return "refused", str(error)
    except ReaderDied as error:
        return "crash", str(error)
    except Exception as error:  # whatever it is, it would have been lost
        return "lost", repr(error)
    return ("read", "") if problem is None else (refusal_of(problem), problem.message)


def refusal_of(problem: Problem) -> Outcome:
    """A refusal is clear if it says in whole sentences what is wrong."""
    if problem in TOO_COSTLY.values():
        return "stopped"
    return "refused" if problem.message.endswith(".") and problem.message[:1].isupper() else "unclear"


def machine() -> str:
    """What it runs on."""
    return f"{psutil.cpu_count()} processors, {psutil.virtual_memory().total / 2**30:.0f} GB"
