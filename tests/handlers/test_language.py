"""Everything that is said to people is there in German, with the same blanks to fill in."""

from __future__ import annotations

import ast
import inspect
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from handlers.language.translation import say, say_count, speaking
from storage import errors
from storage.errors import LedgerError, WrongState

ROOT = Path(__file__).parents[2]
GERMAN = ROOT / "handlers" / "locale" / "de.po"
REFUSALS = {name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, LedgerError)} | {
    "NoRate"
}


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument may be: a literal, or either of two."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from literals(one)
            yield from literals(other)
        case ast.JoinedStr():
            raise AssertionError(f"an f-string cannot be translated: {ast.unparse(node)}")


def called(node: ast.Call) -> str:
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def texts_of(file: Path) -> Iterator[str]:
    """What a module gives to `say`, `say_count` and `sayable`, and what the ledger refuses with."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = called(node)
        refuses = name in REFUSALS and ROOT / "storage" in file.parents and not isinstance(node.args[0], ast.JoinedStr)
        if name in ("say", "say_count", "sayable") or refuses:
            yield from literals(node.args[0])


def said() -> dict[str, Path]:
    """Every text for people, with the file that says it."""
    files = [file for folder in ("handlers", "bot", "storage") for file in sorted((ROOT / folder).rglob("*.py"))]
    found = {text: file for file in files for text in texts_of(file)}
    templates = [file for kind in ("*.html", "*.txt") for file in (ROOT / "bot").rglob(kind)]
    found |= {
        text: file for file in templates for text in re.findall(r'say(?:_count)?\("([^"]+)"', file.read_text("utf-8"))
    }
    chart = ROOT / "config" / "chart.toml"
    names = [account["name"] for account in tomllib.loads(chart.read_text("utf-8"))["account"]]
    return found | dict.fromkeys(names, chart)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def catalogue() -> dict[str, tuple[str, ...]]:
    with GERMAN.open("rb") as file:
        messages = [message for message in read_po(file, locale="de") if message.id]
    return {
        (message.id if isinstance(message.id, str) else message.id[0]): (
            (message.string,) if isinstance(message.string, str) else tuple(message.string)
        )
        for message in messages
    }


SAID = said()
CATALOGUE = catalogue()


def test_everything_can_be_said_in_german():
    missing = {text: file.relative_to(ROOT) for text, file in SAID.items() if not all(CATALOGUE.get(text, ("",)))}
    assert not missing, "\n".join(f"{file}: {text!r}" for text, file in missing.items())


def test_no_german_is_left_over():
    assert not [text for text in CATALOGUE if text not in SAID]


@pytest.mark.parametrize("text", [text for text in SAID if text in CATALOGUE])
def test_the_german_has_the_same_blanks(text):
    forms = CATALOGUE[text]
    assert [blanks(form) | {"n"} for form in forms] == [blanks(text) | {"n"}] * len(forms)
    assert all((form == form.strip()) == (text == text.strip()) for form in forms)


def test_a_person_who_writes_german_reads_german():
    with speaking("de"):
        assert say("Taken back.") == "Zurückgenommen."
        assert [say_count("{n} bill", "{n} bills", n) for n in (1, 2)] == [
            "1 Rechnung",
            "2 Rechnungen",
        ]
    assert say("Taken back.") == "Taken back."


def test_what_nobody_translated_is_said_in_english():
    with speaking("de"):
        assert say("xyzzy {n}", n=3) == "xyzzy 3"
        assert [say_count("{n} xyzzy", "{n} xyzzys", n) for n in (1, 2)] == ["1 xyzzy", "2 xyzzys"]


def test_a_refusal_of_the_ledger_has_a_text_in_english_by_itself():
    assert str(WrongState("{bill} is paid.", bill="Acme 1")) == "Acme 1 is paid."
