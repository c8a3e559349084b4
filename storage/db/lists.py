"""Conditions on lists of any length: they travel as one parameter, since databases take so many and no more (SQLite
32,766, PostgreSQL 65,535)."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Text, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

SHORT = 500
"""Up to so many values go as parameters of their own, which the databases plan best."""


def one_of(column: Any, values: Collection[int] | Collection[str]) -> ColumnElement[bool]:
    """Whether the column is one of the values, however many there are."""
    if len(values) <= SHORT:
        return col(column).in_(values)
    listed = _Listed(literal(json.dumps(list(values)), Text))
    listed.numbers = all(isinstance(value, int) for value in values)
    return col(column).bool_op("IN")(listed)


class _Listed(FunctionElement[Any]):
    """The values of a JSON array, as a subquery of one column."""

    inherit_cache = False
    numbers = False


@compiles(_Listed, "sqlite")
def _of_sqlite(element: _Listed, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **kw)}))"  # noqa: S608 - a parameter


@compiles(_Listed, "postgresql")
def _of_postgresql(element: _Listed, compiler: SQLCompiler, **kw: Any) -> str:
    values = f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **kw)} AS JSONB))"
    return f"(SELECT value{'::BIGINT' if element.numbers else ''} FROM {values} AS value)"  # noqa: S608 - the same
