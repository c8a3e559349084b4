"""What Alembic runs: the versions, in the transaction of the connection that `upgrade` hands in."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from storage import models

assert models.Bill.metadata is SQLModel.metadata  # importing the models fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite alters a table by building it anew
)
context.run_migrations()
