"""What a document of flowing text says: paragraphs and tables in their order, and that as HTML to be drawn."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Table:
    """Rows of cells, each of which is a flow itself."""

    rows: tuple[tuple[Flow, ...], ...]


Block = str | Table
"""A paragraph, in which tabs stand between columns and line feeds between lines; or a table."""

Flow = tuple[Block, ...]


def letters_in(flow: Iterable[Block]) -> int:
    """How many letters and digits it has."""
    return sum(
        sum(character.isalnum() for character in block)
        if isinstance(block, str)
        else sum(letters_in(cell) for row in block.rows for cell in row)
        for block in flow
    )


def html_of(flow: Iterable[Block]) -> str:
    """As HTML. Paragraphs with tabs that follow each other are a table, as they look like one."""
    return "".join(_written(flow))


def _written(flow: Iterable[Block]) -> Iterator[str]:
    for columns, blocks in groupby(flow, key=lambda block: isinstance(block, str) and "\t" in block):
        if columns:
            yield _table(tuple((cell,) for cell in str(block).split("\t")) for block in blocks)
            continue
        for block in blocks:
            yield _table(block.rows) if isinstance(block, Table) else f"<p>{_lines(block)}</p>"


def _table(rows: Iterable[tuple[Flow, ...]]) -> str:
    """The cells of a paragraph alone are lines, so that a row of one line stays one."""
    return (
        "<table>"
        + "".join(f"<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in rows)
        + "</table>"
    )


def _cell(cell: Flow) -> str:
    plain = [block for block in cell if isinstance(block, str)]
    if len(plain) == len(cell) and not any("\t" in block for block in plain):
        return "<br>".join(map(_lines, plain))
    return html_of(cell)


def _lines(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.split("\n"))
