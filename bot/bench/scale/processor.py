"""Processor time of a database's server, where it runs on this machine."""

from __future__ import annotations

import psutil
import sqlalchemy as sa

from storage.db.engine import ledger_engine


class ServerTime:
    """Of the PostgreSQL behind a URL."""

    def __init__(self, url: str) -> None:
        """Raises: SQLAlchemyError where it is not reached."""
        engine = ledger_engine(url)
        with engine.connect() as connection:
            mine = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
            try:
                server = psutil.Process(mine).parent()
                self._server = server if server and "postgres" in psutil.Process(mine).name() else None
            except psutil.Error:  # it is another machine's
                self._server = None
        engine.dispose()

    def seconds(self) -> float | None:
        """What it used so far, its processes that ended included; None where it cannot be seen."""
        if self._server is None:
            return None
        own = self._server.cpu_times()
        total = own.user + own.system + getattr(own, "children_user", 0.0) + getattr(own, "children_system", 0.0)
        for child in self._server.children():
            try:
                times = child.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return float(total)
