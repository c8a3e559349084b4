"""The description of the API holds: whatever is sent, what comes back is as described, and never a fault of ours."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.applications import Starlette

from bot.api.app import PATH, make_app
from bot.api.work import Work
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.api.conftest import PAPERS
from tests.fakes.books.bank_desk import BankPapers
from tests.fakes.books.desk import Desk, paper
from tests.fakes.books.programs import Api

MANY = 1_000_000
EXAMPLES = 15
"""Of values that may be sent and of such that may not, for each operation."""


@pytest.fixture(scope="module")
def token_and_app(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Starlette]]:
    """Books with some bills, and the API before them."""
    folder = tmp_path_factory.mktemp("schema")
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, folder)}")
    desk = Desk(database, DocumentStore(folder / "documents", bytes(32)), {})
    desk.read_by(BankPapers({name: paper(**values) for name, values in PAPERS.items()}))

    async def happened() -> None:
        for said in ("<acme>", "confirm", "<globex>", "<bau>"):
            await desk.say(said)

    asyncio.run(happened())
    api = Api(desk, calls_a_minute=MANY, strangers_a_minute=MANY)
    api.programs.accept = api._accept
    yield api.token(), Starlette(routes=list(api.programs.mounts()))
    database.close()


@pytest.fixture(scope="module")
def described(token_and_app: tuple[str, Starlette]) -> Any:
    """The description, as the application gives it."""
    return schemathesis.openapi.from_asgi(f"{PATH}/openapi.json", token_and_app[1])


OPERATIONS = {
    operation["operationId"]: operation
    for path in make_app(Work(None, None, None)).openapi()["paths"].values()  # type: ignore[arg-type]
    for operation in path.values()
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_answers_as_it_says(name: str, described: Any, token_and_app: tuple[str, Starlette]) -> None:
    headers = {"Authorization": f"Bearer {token_and_app[0]}"}
    operation = described.find_operation_by_id(name)
    excluded = [positive_data_acceptance]
    if "multipart/form-data" in OPERATIONS[name].get("requestBody", {}).get("content", {}):
        excluded.append(negative_data_rejection)  # there everything is text: no value is of another type

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
    @given(
        case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )
    def answers(case: Any) -> None:
        answer = case.call_and_validate(headers=headers, excluded_checks=excluded)
        if case.meta.generation.mode is GenerationMode.POSITIVE and answer.status_code == 422:
            assert "errors" not in answer.json(), "what the description allows is never called malformed"

    answers()
