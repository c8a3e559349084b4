"""A port of a process's own for Prometheus: also worker and clock have figures, and listen on nothing else."""

from __future__ import annotations

import asyncio
from typing import NoReturn

from aiohttp import web

from bot.channels.channel import ChannelMisconfigured
from bot.channels.tls import Tls, is_loopback
from bot.telemetry.exposition import Exposition

PORTS = 10
"""The processes that one machine has on ports that follow each other."""


async def serve_figures(host: str, port: int, exposition: Exposition, tls: Tls) -> NoReturn:
    """Answers `/metrics` until cancelled, at the first port from `port` on that is free; and `/healthz`, to everybody,
    that the process lives.

    On this machine alone no token is needed: who has an account there sees figures, and nothing of what was said.
    Raises: ChannelMisconfigured where the address is beyond it and there is no token, or none of the ports is free.
    """
    if not (exposition.token or is_loopback(host)):
        raise ChannelMisconfigured(
            f"The figures would be shown to strangers on {host or 'all addresses'}. Set BILLIFY_METRICS_TOKEN to a "
            "long random word that Prometheus brings along (authorization: credentials), or BILLIFY_METRICS_HOST to "
            "127.0.0.1."
        )
    tls.check("What Prometheus asks", host)

    async def metrics(request: web.Request) -> web.Response:
        if exposition.token and not exposition.admits(request.headers.get("Authorization", "")):
            raise web.HTTPNotFound
        return web.Response(body=await exposition.text(), headers={"Content-Type": exposition.content_type})

    async def lives(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    application = web.Application()
    application.router.add_get("/healthz", lives)
    application.router.add_get("/metrics", metrics)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, host, port, tls)
        while True:
            await asyncio.Event().wait()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int, tls: Tls) -> None:
    for each in range(port, port + PORTS):
        try:
            await web.TCPSite(runner, host, each, ssl_context=tls.context()).start()
        except OSError as error:
            reason = error.strerror or str(error)
        else:
            return
    raise ChannelMisconfigured(
        f"None of the ports {port} to {port + PORTS - 1} can be opened for figures ({reason}). Stop what uses them, or "
        "set BILLIFY_METRICS_PORT to another."
    )
