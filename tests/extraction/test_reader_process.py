"""The reader in its own process: it reads, and no document, signal or limit takes it away for long."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PIL import Image

from extraction.errors import ReaderDied
from extraction.process.isolated import IsolatedProcess
from extraction.process.reader import Reader
from tests.fakes.documents.document_files import INVOICE, encoded, pdf, photograph

pytestmark = pytest.mark.ocr

ROOT = Path(__file__).parents[2]
PHOTO = encoded(photograph(), "JPEG")
PATIENCE = 120  # seconds, for what must happen at all


OTHERS: set[int] = set()
"""Processes that tests before this one left to the end of the run."""


def waits(seconds: float) -> str:
    """Takes time by the clock and none of the processor's, as on a machine that others keep busy."""
    time.sleep(seconds)
    return "done"


def nothing() -> None:
    """What the process begins with."""


async def test_time_by_the_clock_is_no_limit_but_standing_still_is() -> None:
    process = IsolatedProcess("waiter", nothing, memory_mb=1_000, standstill=3.0)
    try:
        await process.call("starting", 0.2, waits, 0.0)
        assert await process.call("waiting", 0.2, waits, 1.2) == "done"
        with pytest.raises(ReaderDied, match="stood still"):
            await process.call("waiting", 0.2, waits, 60.0)
    finally:
        await process.close()


@pytest.fixture
def readers() -> Iterator[Callable[..., Reader]]:
    """Makes readers that are closed afterwards."""
    OTHERS.clear()
    OTHERS.update(process.pid for process in processes())
    made: list[Reader] = []

    def make(**limits: float) -> Reader:
        made.append(Reader(**limits))
        return made[-1]

    yield make
    for reader in made:
        asyncio.run(reader.close())


def processes(of: int | None = None) -> list[psutil.Process]:
    """Reading processes of this one (or of another)."""
    family = psutil.Process(of).children()
    spawned = [process for process in family if any("spawn_main" in part for part in process.cmdline())]
    return [process for process in spawned if process.pid not in OTHERS]


async def started() -> psutil.Process:
    while not (running := processes()):
        await asyncio.sleep(0.02)
    return running[0]


async def test_a_photograph_is_read_and_its_values_are_shown(readers: Callable[..., Reader]) -> None:
    reader = readers()
    await reader.warm_up()
    reading = await reader.read(PHOTO, "photo.jpg")
    assert reading.problem is None
    assert (reading.media_type, reading.pages[0].source) == ("image/jpeg", "ocr")
    text = "".join(word.text for word in reading.pages[0].words).replace(" ", "")
    assert "1,249.50" in text
    assert "2024-117" in text
    assert reading.documents[0].value("total") == "1249.50"
    picture = Image.open(io.BytesIO(await reader.picture(PHOTO, reading.documents[0])))
    assert picture.format == "PNG"


async def test_a_killed_reader_is_replaced(readers: Callable[..., Reader]) -> None:
    reader = readers()
    reading = asyncio.create_task(reader.read(PHOTO))  # its models take seconds to load
    victim = await started()
    os.kill(victim.pid, signal.SIGKILL)
    with pytest.raises(ReaderDied):
        await asyncio.wait_for(reading, PATIENCE)
    assert (await reader.read(pdf())).documents[0].value("total") == "1249.50"
    assert (await started()).pid != victim.pid


async def test_a_reader_killed_while_idle_is_replaced_within_two_tries(readers: Callable[..., Reader]) -> None:
    reader = readers()
    await reader.read(b"")
    victim = await started()
    os.kill(victim.pid, signal.SIGKILL)
    try:
        reading = await reader.read(b"")
    except ReaderDied:  # the call came before the death was noticed
        reading = await reader.read(b"")
    assert reading.problem is not None
    assert reading.problem.code == "empty_file"


async def test_a_document_that_takes_too_long_is_given_up_at_once_and_says_so(readers: Callable[..., Reader]) -> None:
    reader = readers(seconds=0.1)
    problem = (await reader.read(PHOTO)).problem  # loading the models alone takes longer
    assert problem is not None and problem.code == "takes_too_long"
    assert (await reader.read(b"")).problem is not None


async def test_a_document_that_takes_too_much_memory_is_given_up_and_says_so(readers: Callable[..., Reader]) -> None:
    reader = readers(memory_mb=160)  # its imports take 80
    large = encoded(Image.new("RGB", (10_000, 10_000), "white"), "PNG")  # 400 MB of pixels
    problem = (await reader.read(large)).problem
    assert problem is not None and problem.code == "takes_too_much_memory"
    assert (await reader.read(b"")).problem is not None


async def test_an_interrupt_and_a_cancelled_call_leave_the_reader_at_work(readers: Callable[..., Reader]) -> None:
    reader = readers()
    impatient = asyncio.create_task(reader.read(PHOTO))
    waiting = asyncio.create_task(reader.read(pdf()))
    process = await started()
    process.send_signal(signal.SIGINT)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert (await asyncio.wait_for(waiting, PATIENCE)).documents[0].value("total") == "1249.50"
    assert (await started()).pid == process.pid


async def test_closing_ends_a_call_under_way_and_the_process(readers: Callable[..., Reader]) -> None:
    reader = readers()
    reading = asyncio.create_task(reader.read(PHOTO))
    process = await started()
    await asyncio.wait_for(reader.close(), PATIENCE)
    with pytest.raises(ReaderDied):
        await reading
    assert psutil.wait_procs([process], PATIENCE) == ([process], [])  # gone, or a zombie, whichever comes first
    with pytest.raises(ReaderDied, match="closed"):
        await reader.read(pdf())
    await reader.close()


def test_the_process_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio\n"
        "from extraction.process.reader import Reader\n"
        "async def main():\n"
        "    reader = Reader()\n"
        "    await reader.read(b'')\n"
        "    print('ready', flush=True)\n"
        "    await asyncio.sleep(3600)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        children = processes(parent.pid)
        assert len(children) == 1
        parent.kill()
    gone, alive = psutil.wait_procs(children, timeout=PATIENCE)
    assert (gone, alive) == (children, [])


async def test_the_text_of_a_pdf_is_read_word_for_word(readers: Callable[..., Reader]) -> None:
    reading = await readers().read(pdf(pages=103), "many.pdf")
    assert [word.text for word in reading.pages[0].words] == " ".join(INVOICE).split()
    assert reading.notice == "Only the first 100 of 103 pages were read."
