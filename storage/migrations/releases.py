"""Two versions of Billify beside each other on one database: which steps of the schema allow that, and who may go on.

A step that only adds (`expands = True` in its file: new tables, columns that may be empty, indexes) leaves everything
as earlier versions know it. Any other takes something away, and is the end of those versions: there is no way back but
a backup. So what is to be taken away is no longer used by one version, and taken away by a later one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa
from alembic.script import Script, ScriptDirectory

from storage.errors import NewerDatabase
from storage.models import SchemaRelease


@dataclass(frozen=True)
class Step:
    """One migration: what it is for, in the words of its file, and whether earlier versions may go on after it."""

    revision: str
    before: str | None
    what: str
    expands: bool


def head() -> str:
    """The revision that this program wants."""
    return _steps()[-1].revision


def pending(there: str | None) -> list[Step]:
    """The steps from a revision of ours (None: an empty database) to the newest."""
    steps = _steps()
    return steps[next((n for n, step in enumerate(steps, 1) if step.revision == there), 0) :]


def is_later(there: str | None) -> bool:
    """Whether a revision is none of ours: a later version of Billify was here."""
    return there is not None and all(step.revision != there for step in _steps())


def ends_others(steps: list[Step]) -> list[Step]:
    """Those after which earlier versions cannot go on; none of those that make an empty database."""
    if steps and steps[0].before is None:
        return []
    return [step for step in steps if not step.expands]


def check_side_by_side(connection: sa.Connection) -> None:
    """Raises: NewerDatabase unless the later version that was here last allows ours to go on."""
    table = SchemaRelease.__table__  # type: ignore[attr-defined]
    last = connection.execute(sa.select(table).order_by(table.c.at.desc()).limit(1)).first()
    if last is None or is_later(last.oldest):
        raise NewerDatabase(
            "These books were brought up to date by Billify {theirs}, and this is {ours}, which cannot work on them. "
            "Start the later version again, or restore a backup that was made before it.",
            theirs=last.version if last else "of a later version",
            ours=version("billify"),
        )


def note(connection: sa.Connection, steps: list[Step]) -> None:
    """The database has these steps now, the newest last; kept for programs of other versions."""
    ended = ends_others(steps)
    table = SchemaRelease.__table__  # type: ignore[attr-defined]
    before = connection.execute(sa.select(table.c.oldest).order_by(table.c.at.desc()).limit(1)).scalar()
    oldest = ended[-1].revision if ended else before or steps[0].before or steps[-1].revision
    values = {"revision": steps[-1].revision, "version": version("billify"), "oldest": oldest, "at": datetime.now(UTC)}
    connection.execute(sa.delete(table).where(table.c.revision == steps[-1].revision))
    connection.execute(sa.insert(table).values(values))


@cache
def _steps() -> list[Step]:
    """All of ours, the first one first."""
    scripts = ScriptDirectory(str(Path(__file__).parent)).walk_revisions()
    return [_step(script) for script in scripts][::-1]


def _step(script: Script) -> Step:
    before = script.down_revision
    assert before is None or isinstance(before, str), "our steps are one line"
    what = " ".join((script.module.__doc__ or script.doc).split("\n\n")[0].split())
    return Step(script.revision, before, what, bool(getattr(script.module, "expands", False)))
