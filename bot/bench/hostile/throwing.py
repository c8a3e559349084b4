"""Throws an input at the processes that read what strangers send, and notes what came back."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

import psutil

from bot.channels.mail.parsing_process import TOO_DAMAGED, MailParser
from extraction.errors import UNFORESEEN, ReaderDied
from extraction.evidence import Problem
from extraction.files.zip_archive import Unpacked
from extraction.limits import TOO_COSTLY
from extraction.mail.unpack import is_container
from extraction.process.reader import Reader
from handlers.errors import BillifyError

Outcome = Literal["read", "refused", "unforeseen", "stopped", "crash", "hang", "lost", "unclear"]
"""What became of an input: read; refused with what to do instead; so too, but by words for whatever a decoder raises;
only once it had taken all that it may; the process died of it; it took longer than `HANG`; nothing came back; what came
back is not meant for people."""

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


async def throw(each: Input, reader: Reader, parser: MailParser) -> Thrown:
    """What became of it."""
    target = parser if each.mail else reader
    began, used = time.perf_counter(), target.used
    outcome, said = await (_of_mail(each, parser) if each.mail else _of_file(each, reader))
    seconds, after = time.perf_counter() - began, target.used
    spent = after.processor_seconds - used.processor_seconds
    if outcome in ("read", "refused", "unforeseen", "stopped") and spent > HANG:
        outcome = "hang"
    return Thrown(each.kind, each.name, outcome, seconds, spent, after.memory_mb, said)


async def _of_mail(each: Input, parser: MailParser) -> tuple[Outcome, str]:
    restarts, died = parser.restarts, parser.failed_in_a_row
    try:
        await parser.parse(each.data)
    except BillifyError as error:
        if parser.failed_in_a_row > died:
            return "crash", str(error)
        refused: Outcome = "unforeseen" if str(error) == str(TOO_DAMAGED) else "refused"
        return "stopped" if parser.restarts > restarts else refused, str(error)
    except Exception as error:  # whatever it is, it would have been lost
        return "lost", repr(error)
    return "read", ""


async def _of_file(each: Input, reader: Reader) -> tuple[Outcome, str]:
    try:
        unpacked = await reader.unpack(each.data) if is_container(each.data) else Unpacked()
        problem = (await reader.read(each.data)).problem if unpacked.by_itself else unpacked.problem
    except ReaderDied as error:
        return "crash", str(error)
    except Exception as error:  # whatever it is, it would have been lost
        return "lost", repr(error)
    return ("read", "") if problem is None else (refusal_of(problem), problem.message)


def refusal_of(problem: Problem) -> Outcome:
    """A refusal is clear if it says in whole sentences what is wrong."""
    if problem in TOO_COSTLY.values():
        return "stopped"
    if problem == UNFORESEEN:
        return "unforeseen"
    return "refused" if problem.message.endswith(".") and problem.message[:1].isupper() else "unclear"


def machine() -> str:
    """What it runs on."""
    return f"{psutil.cpu_count()} processors, {psutil.virtual_memory().total / 2**30:.0f} GB"
