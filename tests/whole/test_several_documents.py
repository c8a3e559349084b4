"""One message, many bills: a stack of invoices, two receipts on one photo, an archive."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.whole.test_contract import billify


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


async def cards(*files: Path) -> list[dict[str, Any]]:
    """The cards with which Billify answers the files, sent in one message."""
    attached = [word for file in files for word in ("--attach", file)]
    status, out, err = await billify("say", *attached, "--json")
    assert status == 0, err
    return [reply["card"] for reply in json.loads(out) if reply["card"]]


def titles(cards: list[dict[str, Any]]) -> list[str]:
    return [card["title"].partition(" ·")[0] for card in cards]


async def test_each_invoice_of_a_stack_is_a_bill(home: Path, samples: Path) -> None:
    assert titles(await cards(samples / "three-invoices.pdf")) == [
        "Acme GmbH",
        "Van der Meer Logistiek B.V.",
        "Atelier Beaumont SARL",
    ]


async def test_each_file_of_an_archive_is_a_bill_with_its_own_original(
    home: Path, samples: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "march.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for name in ("acme-invoice.pdf", "cascade-invoice.pdf"):
            out.write(samples / name, f"march/{name}")
    assert titles(await cards(archive)) == ["Acme GmbH", "Cascade Cloud Services, Inc."]
    _, out, _ = await billify("say", "show me the Acme invoice", "--json")
    shown = [file for reply in json.loads(out) for file in reply["attachments"]]
    assert [file["name"] for file in shown] == ["acme-invoice.pdf"]
    assert Path(shown[0]["path"]).read_bytes() == (samples / "acme-invoice.pdf").read_bytes()


@pytest.mark.ocr
async def test_two_receipts_on_one_photo_are_two_bills_each_with_its_own_picture(home: Path, samples: Path) -> None:
    both = await cards(samples / "two-receipts.jpg")
    assert [card["title"] for card in both] == ["The Copper Pot · US$92.84", "Grüner Korb Markt · €58.36"]
    assert both[0]["picture"]["sha256"] != both[1]["picture"]["sha256"]


@pytest.mark.ocr
@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("holzmann-rechnung.jpg", "€4,732.63"),  # stands on its head
        ("cascade-invoice.jpg", "$673.74"),  # lies
        ("nordwerk-bon.jpg", "€303.50"),  # half a metre long
    ],
)
async def test_a_photo_may_be_the_wrong_way_up_or_very_long(home: Path, samples: Path, name: str, title: str) -> None:
    (card,) = await cards(samples / name)
    assert card["title"].endswith(title)
