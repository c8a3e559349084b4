"""Spans of one message are one trace, whichever process they are of, and say nothing of what it says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bot.application.app import open_app
from bot.telemetry import tracing
from config.settings import Settings
from tests.fakes.servers.ports import free_port
from tests.telemetry.test_figures import running, saying


class Collector:
    """A collector of spans, by OTLP over HTTP."""

    def __init__(self) -> None:
        self.asked: list[ExportTraceServiceRequest] = []

    @asynccontextmanager
    async def up(self, port: int) -> AsyncIterator[None]:
        application = web.Application()
        application.router.add_post("/v1/traces", self._take)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield
        finally:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        self.asked.append(ExportTraceServiceRequest.FromString(await request.read()))
        return web.Response()


async def test_a_message_is_one_trace_across_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sender's spans are kept by what it would have had as another process: another tracer, the same ids."""
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))
    port, collector = free_port(), Collector()
    settings = Settings(web_port=free_port(), mail_port=0, traces_url=f"http://127.0.0.1:{port}/v1/traces")
    async with collector.up(port), open_app(settings, "sender") as sender:
        end = tracing.trace_to(settings.traces_url, "sender")
        await sender.jobs.accept(saying("spans-1", "what do we owe Acme?"))
        await asyncio.to_thread(end)
        async with running(settings, "worker"):
            assert await asyncio.wait_for(sender.jobs.replies("terminal:spans-1"), 60)
            async with asyncio.timeout(20):
                while sender.jobs.lines()["talk"].length:
                    await asyncio.sleep(0.1)
    spans = [
        span
        for asked in collector.asked
        for of in asked.resource_spans
        for scope in of.scope_spans
        for span in scope.spans
    ]
    instances = {
        value.value.string_value
        for asked in collector.asked for of in asked.resource_spans for value in of.resource.attributes
        if value.key == "service.instance.id"
    }  # fmt: skip
    assert instances == {"sender", "seen"}
    assert {span.name for span in spans} == {"accept", "fetch", "respond", "send", "message"}
    assert len({span.trace_id for span in spans}) == 1
    (whole,) = (span for span in spans if span.name == "message")
    assert all(span.parent_span_id == whole.span_id for span in spans if span is not whole) and not whole.parent_span_id
    begun, ended = whole.start_time_unix_nano, whole.end_time_unix_nano
    about = {
        span.name: ((span.start_time_unix_nano - begun) / 1e9, (span.end_time_unix_nano - ended) / 1e9)
        for span in spans
    }
    assert all(start > -3 and end < 3 for start, end in about.values()), "seconds before and after, of a busy machine"
    told = {attribute.key for span in spans for attribute in span.attributes}
    assert told == {f"billify.{name}" for name in ("message.key", "channel", "company", "person", "outcome")}
    assert b"Acme" not in b"".join(asked.SerializeToString() for asked in collector.asked)


def test_an_error_is_told_by_its_kind_alone() -> None:
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    kept = InMemorySpanExporter()
    end = tracing.trace_to("", "test", kept)
    with pytest.raises(ValueError, match="Acme"), tracing.span("respond", "terminal:1"):
        raise ValueError("1,249.50 of Acme")
    end()
    (span,) = kept.get_finished_spans()
    assert span.status.description == "ValueError" and not span.events and "Acme" not in span.to_json()


def test_without_an_address_nothing_is_imported_or_kept() -> None:
    with tracing.span("respond", "terminal:1"):
        tracing.past("read", 1.0)
    assert tracing._tracer is None
