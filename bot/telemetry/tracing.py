"""Spans for OpenTelemetry, off unless an address is set: a trace for each message, told by its key alone.

Its ids are derived from the key (SHA-256), so that the spans of all processes that had the message in hand make one
trace without anything having to travel with it. Spans hold keys, channels, ids and kinds of errors: no content.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from bot.telemetry.metrics import channel_of
from config.log_context import told
from handlers.errors import BillifyError
from handlers.messages import Message

_tracer: Any = None
_own_ids: ContextVar[tuple[int, int] | None] = ContextVar("own_ids", default=None)


def trace_to(url: str, process: str, exporter: Any = None) -> Callable[[], None]:
    """From now on spans go to the address (OTLP over HTTP, such as http://collector:4318/v1/traces), or to `exporter`;
    returns what sends the last ones and ends it. Raises: BillifyError where the packages for it are not installed.
    """
    global _tracer
    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

        if exporter is None:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

            exporter = OTLPSpanExporter(endpoint=url)
    except ImportError:
        raise BillifyError(
            "BILLIFY_TRACES_URL needs packages that are not installed: pip install 'billify[opentelemetry]'."
        ) from None

    class KeyedIds(RandomIdGenerator):
        """The ids that a span brings along, else random ones."""

        def generate_trace_id(self) -> int:
            own = _own_ids.get()
            return own[0] if own else super().generate_trace_id()

        def generate_span_id(self) -> int:
            own = _own_ids.get()
            return own[1] if own else super().generate_span_id()

    resource = Resource.create({"service.name": "billify", "service.instance.id": process})
    provider = TracerProvider(resource=resource, id_generator=KeyedIds(), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = provider.get_tracer("billify")

    def end() -> None:
        global _tracer
        _tracer = None
        provider.shutdown()

    return end


@contextmanager
def span(name: str, key: str, **attributes: str | int) -> Iterator[None]:
    """What is done meanwhile for the message of that key, as a span of its trace; of an error its kind is told."""
    if _tracer is None:
        yield
        return
    from opentelemetry.trace import Status, StatusCode

    with _tracer.start_as_current_span(
        name, context=_within(key), attributes={"billify.message.key": key, **_named(attributes)},
        record_exception=False, set_status_on_exception=False,
    ) as current:  # fmt: skip
        try:
            yield
        except BaseException as error:
            current.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


def past(name: str, seconds: float) -> None:
    """Something that took so long until now, of the message that the work is about, if there is one."""
    if _tracer is not None and (key := told().get("key")):
        ended = time.time_ns()
        begun = ended - int(seconds * 1e9)
        _tracer.start_span(name, context=_within(str(key)), start_time=begun).end(ended)


def whole(message: Message, outcome: str, seconds: float) -> None:
    """The span that holds all others of a message: it took so long until now."""
    if _tracer is None:
        return
    from opentelemetry.context import Context

    attributes: dict[str, Any] = {"message.key": message.key, "channel": channel_of(message), "outcome": outcome}
    attributes |= {name: value for name in ("company", "person") if (value := told().get(name)) is not None}
    ended = time.time_ns()
    own = _own_ids.set(_ids(message.key))
    try:
        begun = ended - int(seconds * 1e9)
        _tracer.start_span("message", context=Context(), start_time=begun, attributes=_named(attributes)).end(ended)
    finally:
        _own_ids.reset(own)


def _named(attributes: dict[str, Any]) -> dict[str, Any]:
    return {f"billify.{name}": value for name, value in attributes.items()}


def _ids(key: str) -> tuple[int, int]:
    """The ids of a message's trace, and of the span that holds all others."""
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:16]), int.from_bytes(digest[16:24])


def _within(key: str) -> Any:
    from opentelemetry.context import Context
    from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

    trace, root = _ids(key)
    parent = SpanContext(trace, root, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    return set_span_in_context(NonRecordingSpan(parent), Context())
