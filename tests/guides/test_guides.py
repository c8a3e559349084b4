"""The README and docs/: every link leads somewhere, every command and setting exists, every phrase is understood."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
import yaml

from bot.commands import command_line
from config.settings import Settings
from handlers.language.translation import speaking
from handlers.last_answer import Last
from handlers.requests import Due, Spend, Unclear, Unknown
from handlers.understand.dialogue.table_answers import answer_about_table
from handlers.understand.interpreter import understand
from storage.bills.names.vendor_index import VendorIndex
from tests.handlers.test_examples import SCENE, TABLE

AMONG = replace(
    SCENE,
    names=replace(
        SCENE.names,
        vendors=VendorIndex({name: name.title() for name in ("acme", "globex", "hetzner", "telekom", "müller")}),
        accounts={"bank": "bank", "cash": "cash", "usd account": "usd account"},
        people=("Anna", "Anna Phone", "Ada", "Max", "Ben"),
    ),
)
LISTENING = [
    replace(AMONG, last=Last(bills=(1, 2, 3), question=question, language="en")) for question in (Due(), Spend())
]
"""Where the guide's phrases are said: among those whom it names, after a question about what is due, or was spent."""
ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")))
SAID = ROOT / "docs" / "guides" / "what-you-can-say.md"
COMMANDS = typer.main.get_command(command_line.app)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.M | re.S)
INLINE = re.compile(r"`([^`\n]+)`")
NO_SETTINGS = {"BILLIFY_TOKEN", "BILLIFY_ADDRESS"}
"""Variables of examples for programs that call the API."""
PLACEHOLDERS = {"FOLDER", "FILE", "NAME", "…"}


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchor(title: str) -> str:
    """A heading's anchor, as GitHub and MkDocs make it."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


def commands_in_blocks() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for kind, text in BLOCK.findall(page.read_text("utf-8")):
            for line in text.replace("\\\n", " ").splitlines() if kind == "sh" else ():
                for part in re.split(r"\s\|\s|&&|;", line.partition(" #")[0]):
                    if found := re.match(r"(?:[A-Z_]+=\S+ +)*(?:\S+/)?billify (.+)", part.strip()):
                        yield named(page), found[1].strip()


def commands_in_words() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for said in INLINE.findall(BLOCK.sub("", page.read_text("utf-8"))):
            if re.fullmatch(r"(\S+/)?billify [a-z-].*", said):
                yield named(page), said.split("billify ", 1)[1]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", BLOCK.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, section = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{target} leads nowhere"
        if section and file.suffix == ".md":
            titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.M)
            assert section in {anchor(title) for title in titles}, f"{target} has no such section"


@pytest.mark.parametrize(("page", "said"), sorted(set(commands_in_blocks())))
def test_a_command_in_a_block_can_be_given_as_it_stands(page: str, said: str) -> None:
    command, context, words = COMMANDS, None, shlex.split(said)
    while True:
        context = command.make_context(command.name or "billify", words, parent=context)  # refuses what does not fit
        if not hasattr(command, "resolve_command"):
            return
        _, command, words = command.resolve_command(context, [*context._protected_args, *context.args])


@pytest.mark.parametrize(("page", "said"), sorted(set(commands_in_words())))
def test_a_command_that_is_named_exists_with_its_options(page: str, said: str) -> None:
    command = COMMANDS
    for word in shlex.split(said.replace("“", "").replace("…", "").replace('"', "")):
        if word.startswith("--"):
            known = {option for each in command.params for option in each.opts}
            assert word.partition("=")[0] in known, f"`billify {said}` has no {word}"
        elif hasattr(command, "commands") and word in command.commands:
            command = command.commands[word]
        elif hasattr(command, "commands"):
            assert word.isdecimal() or word in PLACEHOLDERS, f"there is no `billify {said}`"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    known = {f"BILLIFY_{name.upper()}" for name in Settings.model_fields}
    for name in set(re.findall(r"\bBILLIFY_[A-Z_]*[A-Z]\b", page.read_text("utf-8"))) - NO_SETTINGS:
        assert name.partition("__")[0].removesuffix("_FILE") in known, f"{name} is no setting"


def phrases() -> list[str]:
    rows = [line for line in SAID.read_text("utf-8").splitlines() if line.startswith("| ") and "`" in line]
    return [said for line in rows for said in INLINE.findall(line)]


@pytest.mark.parametrize("said", phrases())
def test_what_one_can_say_is_understood(said: str) -> None:
    with speaking("en"):
        words = said.replace("DE…", "DE89370400440532013000")
        understood = [answer_about_table(words, TABLE), *(understand(words, scene) for scene in LISTENING)]
    assert any(found and not isinstance(found, Unknown | Unclear) for found in understood), understood


def test_there_is_much_to_say_and_to_run() -> None:
    assert len(phrases()) > 80 and len(set(commands_in_blocks())) > 15 and len(set(commands_in_words())) > 30


def test_the_site_has_every_page_once() -> None:
    nav = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]

    def pages(part: object) -> Iterator[str]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            for each in part.values():
                yield from pages(each)
        else:
            for each in part:  # type: ignore[attr-defined]
                yield from pages(each)

    docs = ROOT / "docs"
    assert sorted(pages(nav)) == sorted(
        str(page.relative_to(docs)) for page in (*docs.glob("*.md"), *(docs / "guides").glob("*.md"))
    )


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 90
