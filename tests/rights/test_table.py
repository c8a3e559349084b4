"""Nothing is served that says not what it needs, and the table in the documents is what the mechanism answers."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

from bot.processing.dispatch import HANDLERS
from handlers import requests as asked
from handlers.books.undo_rights import DECISIONS, NEEDED
from handlers.rights.labels import PERMISSIONS, ROLES
from handlers.rights.needs import NEEDS, WRAPPERS
from storage.models import Permission, Role
from storage.people import rights
from storage.undo.book_actions import REVOCABLE_ACTIONS
from storage.undo.standing import OF_BILLS

ROOT = Path(__file__).parents[2]


def test_every_request_says_what_it_needs() -> None:
    assert HANDLERS.keys() == NEEDS.keys() | ({*WRAPPERS} & HANDLERS.keys())
    assert {kind for kind in get_args(asked.Request) if isinstance(kind, type)} <= NEEDS.keys()


def test_every_step_that_can_be_taken_back_says_what_it_needs() -> None:
    assert {*OF_BILLS, *REVOCABLE_ACTIONS} == NEEDED.keys() | {*DECISIONS, "amended", "voided"}


def test_every_role_and_permission_has_its_words_and_its_line() -> None:
    assert PERMISSIONS.keys() == set(Permission) == rights.usual().keys()
    assert ROLES.keys() == set(Role)
    told = [Role.OWNER in usual.own | usual.any for usual in rights.usual().values()]
    assert not any(told), "the owner may everything, which no line has to say"


def test_use_cases_are_served_in_one_place() -> None:
    """Whoever serves a request by itself would pass the rights by."""
    users = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "bot" / "processing").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("HANDLERS[")
    ]
    assert sorted(set(users)) == ["bot/processing/dispatch.py", "bot/processing/serving.py"]


def test_nobody_looks_at_roles_but_the_table() -> None:
    """A role is compared where it is given, shown or ranked, and where the owner is told of something."""
    compared = [
        file.relative_to(ROOT).as_posix()
        for folder in ("handlers", "bot")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Compare) and "asker.role" in ast.unparse(node)
    ]
    assert not compared


@pytest.fixture(scope="module")
def table() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rights_table", ROOT / "docs" / "rights.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_is_answered(table: ModuleType) -> None:
    assert (ROOT / "docs" / "rights.md").read_text("utf-8") == table.text(), "run `python docs/rights.py`"
