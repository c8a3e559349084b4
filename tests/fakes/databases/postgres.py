"""A real PostgreSQL server for tests: started in a folder of its own on a free port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.fakes.servers.ports import free_port
from tests.fakes.servers.programs import needed

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
"""What happens when the power fails is not tested, so nothing waits for the disk; nor are tables tidied, which each
test empties."""


def programs_folder() -> Path:
    """The folder of `initdb` and `pg_ctl`; skips where PostgreSQL is not installed, and fails there in CI."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)  # Debian's, the newest first
    return Path(needed("pg_ctl", "postgresql", installed)).resolve().parent


class PostgresServer:
    """A running server. `database()` makes an empty database and returns its URL."""

    def __init__(self, port: int) -> None:
        self._address = f"postgres@127.0.0.1:{port}"
        self._count = 0

    def database(self, like: str = "") -> str:
        """`like` is the URL of a database to copy, to which nobody is connected; "" for an empty one."""
        self._count += 1
        name, template = f"billify_{self._count}", make_url(like).database if like else "template1"
        with psycopg.connect(f"postgresql://{self._address}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return f"postgresql+psycopg://{self._address}/{name}"

    def database_of_nobody_special(self) -> str:
        """The same, owned by a role that is no superuser, as one should connect: row-level security binds it."""
        url = make_url(self.database())
        role = f"{url.database}_owner"
        with psycopg.connect(f"postgresql://{self._address}/{url.database}", autocommit=True) as connection:
            for order in (
                f"CREATE ROLE {role} LOGIN",
                f"ALTER DATABASE {url.database} OWNER TO {role}",
                f"ALTER SCHEMA public OWNER TO {role}",
            ):
                connection.execute(order.encode())
        return url.set(username=role).render_as_string(hide_password=False)


@contextmanager
def postgres_server(bin_folder: Path, also_at: str = "") -> Iterator[PostgresServer]:
    """Starts a server and stops it. PostgreSQL refuses to run as root, so root lends it the user `postgres`.

    `also_at` is a second address, at which all of its /24 may connect.
    """
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="billify-pg-") as folder:
        if as_user:
            shutil.chown(folder, "postgres", "postgres")
        data, port = f"{folder}/data", free_port()

        def call(program: str, *arguments: str) -> None:
            command = [*as_user, str(bin_folder / program), "-D", data, *arguments]
            done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False)
            assert done.returncode == 0, f"{program} failed:\n{done.stdout.decode()}\n{done.stderr.decode()}"

        call("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        hosts = "127.0.0.1"
        if also_at:
            hosts += f",{also_at}"
            with Path(data, "pg_hba.conf").open("a") as rules:
                rules.write(f"host all all {also_at}/24 trust\n")
        options = f"-p {port} -c listen_addresses={hosts} -c unix_socket_directories='{folder}' {FAST}"
        call("pg_ctl", "start", "--wait", "--log", f"{folder}/log", "-o", options)
        try:
            yield PostgresServer(port)
        finally:
            call("pg_ctl", "stop", "--mode=immediate")
