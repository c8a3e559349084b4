"""How the API describes itself (OpenAPI 3.1), beyond what FastAPI makes of its routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from bot.channels.problems import MEDIA_TYPE


def describe(app: FastAPI) -> None:
    """Has the application say of each error that it is a problem of RFC 9457, and nothing else."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                servers=app.servers,
                separate_input_output_schemas=app.separate_input_output_schemas,
            )
            for path in made["paths"].values():
                for operation in path.values():
                    _tell_problems(operation["responses"])
                    if "get" in path and operation is path["get"]:
                        operation["responses"]["304"] = {"description": "It is as it was (If-None-Match)."}
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # as FastAPI's manual has it


def parameters_of(app: FastAPI) -> Mapping[str, frozenset[str]]:
    """The names of what may be asked behind the "?" of an address, by operation."""
    if not hasattr(app.state, "parameters"):
        operations = [one for path in app.openapi()["paths"].values() for one in path.values()]
        app.state.parameters = {
            one["operationId"]: frozenset(each["name"] for each in one.get("parameters", ()) if each["in"] == "query")
            for one in operations
        }
    known: Mapping[str, frozenset[str]] = app.state.parameters
    return known


def _tell_problems(responses: dict[str, Any]) -> None:
    for status, response in responses.items():
        if status >= "4":
            response["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
