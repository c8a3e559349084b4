"""The commands and the JSON that other programs hold on to."""

from __future__ import annotations

import asyncio
import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

from extraction.evidence import FIELDS
from tests.whole.conftest import COMMAND

SOURCES = {"xml", "qr", "text", "ocr", "derived"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


async def billify(*arguments: str | Path, **environment: str) -> tuple[int, str, str]:
    """Exit status, what it printed, and what it printed on standard error."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *map(str, arguments),
        env={**os.environ, "COLUMNS": "400", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), timeout=120)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_read_prints_an_object_a_line_in_input_order(home: Path, samples: Path, tmp_path: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_bytes(b"ID3\x04" + bytes(2000))
    files = [samples / "acme-invoice.pdf", song, samples / "holzmann-rechnung.pdf", tmp_path / "missing.pdf"]

    status, out, _ = await billify("read", *files, "--json")

    assert status == 1, "one that cannot be read is told by the status, after all were tried"
    read = [json.loads(line) for line in out.splitlines()]
    assert [each["file"] for each in read] == [file.name for file in files]
    assert [each["error"] is None for each in read] == [True, False, True, False]
    assert all(set(each) == {"file", "seconds", "error", "documents"} for each in read)
    assert read[1]["documents"] == [] and set(read[1]["error"]) == {"code", "message"}
    (acme,) = read[0]["documents"]
    assert (acme["kind"], acme["pages"]) == ("invoice", [1])
    assert set(acme["fields"]) <= set(FIELDS)
    for found in acme["fields"].values():
        assert set(found) == {"value", "confidence", "page", "box", "source"}
        assert 0 <= found["confidence"] <= 1 and found["source"] in SOURCES
        assert found["box"] is None or len(found["box"]) == 4
    assert acme["fields"]["total"]["value"] == "1249.50"
    assert acme["fields"]["issue_date"]["value"] == "2025-03-03"
    for line in acme["lines"]:
        assert set(line) == {"description", "quantity", "unit_price", "total"}
        Decimal(line["total"])


async def test_say_prints_its_replies(home: Path, samples: Path) -> None:
    status, out, err = await billify("say", "--attach", samples / "acme-invoice.pdf", "--json")
    assert status == 0, err
    (reply,) = json.loads(out)
    assert set(reply) == {"text", "card", "choices", "attachments"}
    assert reply["card"]["title"] == "Acme GmbH · €1,249.50"
    assert all(set(choice) == {"id", "label"} for choice in reply["choices"])
    for attachment in reply["attachments"]:
        assert set(attachment) == {"name", "media_type", "path"}
        assert Path(attachment["path"]).is_file()


async def test_the_owner_sets_the_clock(home: Path, samples: Path) -> None:
    sent = ("say", "--attach", samples / "acme-invoice.pdf", "--json", "--now", "2025-03-21T09:00:00")
    _, out, _ = await billify(*sent, BILLIFY_TIME_ZONE="Europe/Berlin")
    facts = {fact["label"]: fact["value"] for fact in json.loads(out)[0]["card"]["facts"]}
    assert facts["Due"] == "2 Apr 2025 (in 12 days)"


async def test_a_conversation_has_its_own_it(home: Path, samples: Path) -> None:
    await billify("say", "--attach", samples / "acme-invoice.pdf", "--in", "kitchen")
    await billify("say", "--attach", samples / "holzmann-rechnung.pdf", "--in", "office")
    _, out, _ = await billify("say", "confirm", "--in", "kitchen")
    assert "Acme GmbH" in out and "Confirmed by" in out


async def test_somebody_else_speaks(home: Path) -> None:
    _, out, _ = await billify("say", "what's due?", "--as", "anna")
    assert "invited" in out
    _, out, _ = await billify("invite", "Anna")
    code = out.split("Anna: ")[1].split()[0]
    _, out, _ = await billify("say", f"join {code}", "--as", "anna")
    assert "Welcome, Anna" in out
    _, out, _ = await billify("say", "what's due?", "--as", "anna")
    assert "Nothing is due" in out


async def test_the_configuration_is_printed_without_secrets(home: Path) -> None:
    status, out, _ = await billify("config", BILLIFY_TELEGRAM_TOKEN="123:very-secret", BILLIFY_CURRENCY="CHF")
    assert status == 0
    assert 'currency = "CHF"' in out and f'home = "{home}"' in out
    assert "very-secret" not in out


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (("say",), {}, "Nothing to say"),
        (("say", "--attach", "missing.pdf"), {}, "missing.pdf: No such file"),
        (("config",), {"BILLIFY_CURRENCY": "euro"}, "BILLIFY_CURRENCY"),
        (("say", "hello"), {"BILLIFY_TIME_ZONE": "Mars/Olympus"}, "is no time zone"),
        (("run",), {"BILLIFY_SMTP_URL": "ftp://x"}, "BILLIFY_SMTP_URL"),
        (("say", "hello"), {"BILLIFY_DOCUMENT_KEY": "short"}, "hexadecimal"),
    ],
)
async def test_a_mistake_is_one_line_that_says_what_to_do(
    home: Path, arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    status, out, err = await billify(*arguments, **environment)
    assert status == 1
    assert said in err
    assert "Traceback" not in out + err
