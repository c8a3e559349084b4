"""Whatever a decoder raises of strangers' bytes is a refusal that says what to do, and no process ends of it."""

from __future__ import annotations

import ast
import builtins
from pathlib import Path
from random import Random
from struct import pack

import psutil
import pytest

from bot.bench.hostile.mutations import mutated
from bot.bench.hostile.originals import mails, originals
from bot.bench.mail.samples import letter, tnef, with_file
from bot.channels.mail.parse import parse
from extraction.errors import UNFORESEEN, Unreadable, refused_as
from extraction.evidence import Problem, Word
from extraction.mail.limits import MailTooComplex
from extraction.mail.unpack import unpack
from extraction.pipeline.extract import extract_documents
from extraction.process.isolated import IsolatedProcess
from tests.fakes.documents.outlook_message import outlook_message

ROOT = Path(__file__).parents[2]
KNOWN = Problem("known", "This file is damaged. Please send it again.")


class PanicException(BaseException):
    """As libraries in Rust raise it."""


def raises(kind: str) -> None:
    """What a decoder does that meets what it did not foresee."""
    fault = PanicException if kind == "PanicException" else getattr(builtins, kind)
    raise fault("Acme GmbH owes 5.00")


def pid() -> int:
    return psutil.Process().pid


def nothing() -> None:
    """What the process begins with."""


FAULTS = ("IndexError", "UnboundLocalError", "RecursionError", "OSError", "AssertionError", "PanicException")


async def test_a_fault_is_a_refusal_and_the_process_goes_on() -> None:
    process = IsolatedProcess("decoder", nothing, memory_mb=1_000)
    try:
        before = await process.call("starting", 5.0, pid)
        for kind in FAULTS:
            with pytest.raises(Unreadable) as refused:
                await process.call("decoding", 5.0, raises, kind)
            assert refused.value.problem == UNFORESEEN
        assert await process.call("going on", 5.0, pid) == before
        assert process.restarts == process.failed_in_a_row == 0
    finally:
        await process.close()


@pytest.mark.parametrize("kind", FAULTS)
def test_a_decoder_s_fault_is_told_by_its_kind_and_place_alone(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Unreadable) as refused, refused_as():
        raises(kind)
    assert kind in caplog.text and "test_decoders.py" in caplog.text and "Acme" not in caplog.text
    with pytest.raises(Unreadable) as refused, refused_as(KNOWN):
        raises(kind)
    assert refused.value.problem == KNOWN


@pytest.mark.parametrize("error", [Unreadable(KNOWN), MailTooComplex(), MemoryError(), KeyboardInterrupt()])
def test_refusals_limits_and_interrupts_stay_what_they_are(error: BaseException) -> None:
    with pytest.raises(type(error)) as raised, refused_as():
        raise error
    assert raised.value is error


def attribute(level: int, tag: int, data: bytes) -> bytes:
    """Of a winmail.dat (MS-OXTNEF 2.1.3.2)."""
    return pack("<BHHI", level, tag, 6, len(data)) + data + pack("<H", sum(data) & 0xFFFF)


MESSAGE = outlook_message("invoice", files={"invoice.pdf": b"%PDF-" * 99})
BROKEN_OUTLOOK = {
    "data of an attachment that never began": b"\x78\x9f\x3e\x22\x01\x00" + attribute(2, 0x800F, b"invoice"),
    "a .msg of sectors that are nowhere": MESSAGE[:76] + b"\xfe" * 4 + MESSAGE[80:],
}


@pytest.mark.parametrize("data", BROKEN_OUTLOOK.values(), ids=BROKEN_OUTLOOK.keys())
def test_a_broken_file_of_outlook_says_so_and_its_mail_is_read(data: bytes) -> None:
    problem = unpack(data, "winmail.dat").problem
    assert problem is not None and problem.code == "broken_outlook"
    mail = parse(with_file(letter("please book"), data, "winmail.dat", "application/ms-tnef").as_bytes())
    assert mail.text == "please book"
    [kept] = mail.enclosures
    assert kept.data == data, "it is kept, and told of as the file it is"


def unseeing(picture: object, page: int) -> tuple[Word, ...]:
    """Eyes that see nothing, since it is decoding that is tried."""
    return ()


ORIGINALS = {
    **originals(),
    "mail": mails(),
    "Outlook": [tnef({"a.pdf": b"%PDF-"}), outlook_message("invoice", "see", files={"a.pdf": b"%PDF-"})],
}


@pytest.mark.parametrize("kind", ORIGINALS)
def test_no_change_of_a_file_raises_anything(kind: str) -> None:
    random = Random(kind)
    for n in range(40 if kind in ("PDF", "letter", "picture") else 120):
        data = mutated(ORIGINALS[kind][n % len(ORIGINALS[kind])], random)
        if kind in ("mail", "Outlook", "archive"):
            unpack(data, "a")
        else:
            extract_documents(data, unseeing)


DECODERS = {
    "PIL", "pillow_heif", "pypdfium2", "zxingcpp", "asn1crypto", "striprtf", "openpyxl", "python_calamine",
    "defusedxml", "zipfile", "olefile", "oxmsg", "tnefparse", "xml.parsers",
}  # fmt: skip
"""Packages that decode what strangers send."""
WITHIN = {
    "extraction/files/hidden_text.py": "a page that pdf.py has opened",
    "extraction/ocr/line_crops.py": "pictures of our own making",
    "extraction/pipeline/annotated_page.py": "draws on what open_pages has decoded",
    "extraction/pipeline/plain_page.py": "draws what open_pages has decoded",
    "extraction/files/office/parts.py": "archives that opened_zip has opened",
    "handlers/exports/datev.py": "writes",
    "handlers/exports/documents_zip.py": "writes",
    "handlers/people/data_protection.py": "writes",
    "storage/ledger/ecb_rates.py": "a file that who runs Billify has fetched",
}
"""Who uses one and need not mend its faults, and why."""


def imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        found |= {known for name in names for known in DECODERS if f"{name}.".startswith(f"{known}.")}
    return found


def test_who_uses_a_decoder_mends_its_faults_in_the_one_way_and_only_where_files_are_read() -> None:
    apart = ("extraction/bench/", "extraction/samples/", "bot/bench/")
    files = [file for folder in ("extraction", "bot", "handlers", "storage") for file in (ROOT / folder).rglob("*.py")]
    users = {name: file for file in files if (name := file.relative_to(ROOT).as_posix()) and imports(file)}
    careless = [
        name
        for name, file in users.items()
        if not name.startswith(apart) and name not in WITHIN and "refused_as(" not in file.read_text("utf-8")
    ]
    assert not careless, "put `refused_as` around what their decoders do"
    assert not [name for name in users if not name.startswith(("extraction/", *apart)) and name not in WITHIN]
