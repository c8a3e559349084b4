"""Ports on this machine for servers that a test starts."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress


def free_port() -> int:
    """A port that nothing listens on, and that no connection is given: below those that systems choose themselves, each
    process beginning at another one."""
    for port in _PORTS:
        with suppress(OSError), socket.create_server(("127.0.0.1", port)) as server:
            return int(server.getsockname()[1])
    raise OSError("every port is taken")


_PORTS = (10_000 + (os.getpid() * 97 + n) % 20_000 for n in range(20_000))


async def opened(port: int) -> None:
    """Waits until something listens on the port."""
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                await writer.wait_closed()
                return
