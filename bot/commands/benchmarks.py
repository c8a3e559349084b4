"""Commands that measure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.command import bench
from extraction.bench.sealed import Part
from handlers.errors import BillifyError


@bench.command("read")
def bench_read(
    folder: Annotated[Path, typer.Argument(help="A data set: files and truth.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Only so many, evenly spread over the set.")] = None,
    print_only: Annotated[bool, typer.Option("--print-only", help="Without the e-invoices inside PDFs.")] = False,
    failures: Annotated[
        Path | None, typer.Option(help="Count what was missed and why; a picture of each here.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw confidence against what was right, as PNG.")] = None,
    part: Annotated[Part, typer.Option(help="Documents that may be looked at, the sealed third, or both.")] = "all",
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Of each field what is shown without doubt, and wrong of that.")
    ] = False,
) -> None:
    """Prints the share of fields read right, the seconds a document, and how far confidence can be trusted.

    Documents of the sealed third are counted, and never drawn.
    """
    from extraction.bench.accuracy import Asked
    from extraction.bench.accuracy import bench_read as measure
    from extraction.bench.datasets import NoTruth

    try:
        measure(folder, limit, asked=Asked(part, print_only, failures, plot, calibration))
    except NoTruth as error:
        raise BillifyError(str(error)) from None


@bench.command("statements")
def bench_statements(
    folder: Annotated[Path, typer.Argument(help="Bank statements: files and truth.jsonl.")],
) -> None:
    """Prints how many movements of bank statements are right, each with its sign, and what is refused or left out."""
    from extraction.bench.datasets import NoTruth
    from extraction.bench.statements import bench_statements as measure

    try:
        measure(folder)
    except NoTruth as error:
        raise BillifyError(str(error)) from None


@bench.command("ledger")
def bench_ledger(
    postings: Annotated[int, typer.Option(help="How large the ledger grows.", min=1000)] = 1_000_000,
    database: Annotated[str, typer.Option(help="An empty PostgreSQL database to measure beside SQLite.")] = "",
) -> None:
    """Fills a ledger and prints how long questions and bookings take as it grows."""
    from bot.bench.books.queries import bench_ledger as measure

    measure(postings, database)


@bench.command("forecast")
def bench_forecast(
    companies: Annotated[int, typer.Option(help="How many companies' years are played.", min=1)] = 3,
    seed: Annotated[int, typer.Option(help="Of the first one.")] = 1,
) -> None:
    """Plays years of business and prints how far forecasts were off, learnt and by due dates."""
    from bot.bench.books.forecast import bench_forecast as measure

    measure(companies, seed)


@bench.command("speed")
def bench_speed(
    folder: Annotated[Path, typer.Argument(help="A data set of pictures (with truth.jsonl), or any folder or ZIP.")],
    limit: Annotated[int, typer.Option(help="Only so many, evenly spread over the set.")] = 20,
) -> None:
    """Times Billify, stock EasyOCR, RapidOCR and Tesseract side by side on a data set. Of any other folder, or of a ZIP
    archive, prints how many documents an hour are read."""
    from extraction.bench.datasets import NoTruth
    from extraction.bench.speed import bench_speed as measure
    from extraction.bench.throughput import bench_throughput

    if folder.exists() and not (folder / "truth.jsonl").is_file():
        bench_throughput(folder)
        return
    try:
        measure(folder, limit)
    except NoTruth as error:
        raise BillifyError(str(error)) from None


@bench.command("talk")
def bench_talk(
    file: Annotated[Path | None, typer.Argument(help="Phrasings as JSON lines; without it, those that ship.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Prints one JSON object.")] = False,
    show: Annotated[
        list[str] | None, typer.Option(help="List those that were: wrong, asked, 'not understood'.")
    ] = None,
) -> None:
    """Prints how many phrasings are understood as they are meant, asked about, not understood, or wrong."""
    from bot.bench.talk import bench_talk as measure

    measure(file, as_json=as_json, show=frozenset(show or ()))


@bench.command("mail")
def bench_mail(
    as_json: Annotated[bool, typer.Option("--json", help="Prints one JSON object.")] = False,
) -> None:
    """Prints the milliseconds that mails of each kind take to parse, and hostile ones of a megabyte."""
    from bot.bench.mail.measure import bench_mail as measure

    measure(as_json=as_json)


@bench.command("hostile")
def bench_hostile(
    folder: Annotated[
        Path | None, typer.Argument(help="Real documents, mails and statements to change as well.")
    ] = None,
    count: Annotated[int, typer.Option(help="How many inputs, the tricks among them.", min=1)] = 5000,
    seed: Annotated[int, typer.Option(help="Of what is changed: equal seeds try the same.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Prints one JSON object.")] = False,
) -> None:
    """Throws hostile inputs at the readers of documents, mails and statements, and prints what became of them."""
    from bot.bench.hostile.measure import bench_hostile as measure

    measure(count, seed, folder, as_json=as_json)


@bench.command("ack")
def bench_ack(
    events: Annotated[int, typer.Option(help="Of each kind.", min=1)] = 100,
    rival_events: Annotated[int, typer.Option(help="Of each kind for the rival.", min=1)] = 5,
    lookup_seconds: Annotated[float, typer.Option(help="How long each look-up takes the platform.", min=0)] = 3.0,
    rate: Annotated[
        int, typer.Option(help="In place of look-ups: so many messages a second by web hook, SMTP and web chat.", min=0)
    ] = 0,
    seconds: Annotated[float, typer.Option(help="With --rate: for so long.", min=0.1)] = 10.0,
    database: Annotated[str, typer.Option(help="With --rate: an empty PostgreSQL database beside SQLite.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Prints one JSON list.")] = False,
) -> None:
    """Prints how long Slack and Telegram wait for their answer while look-ups are slow, beside looking up first; or, at
    a rate, how soon messages are durable, and what was lost, doubled or overtaken."""
    from bot.bench.ack.load import bench_load
    from bot.bench.ack.measure import bench_ack as measure

    if rate:
        bench_load(rate, seconds, database, as_json=as_json)
        return
    measure(events, rival_events, lookup_seconds, as_json=as_json)


@bench.command("idle")
def bench_idle(
    seconds: Annotated[float, typer.Option(help="How long it is watched.", min=1)] = 60.0,
    start: Annotated[float, typer.Option(help="How long it may take to load before.", min=1)] = 90.0,
    database: Annotated[str, typer.Option(help="An empty PostgreSQL database to measure beside SQLite.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Prints one JSON list.")] = False,
) -> None:
    """Prints what an installation costs that nobody uses: processor time, and what it writes to disk. Takes --start and
    --seconds at most, and the same again for PostgreSQL."""
    from bot.bench.idle import bench_idle as measure

    measure(seconds, database, start, as_json=as_json)


@bench.command("scale")
def bench_scale(
    database: Annotated[str, typer.Option(help="An empty PostgreSQL database, which is filled and emptied.")],
    workers: Annotated[list[int] | None, typer.Option(help="How many, once for each number.", min=1)] = None,
    companies: Annotated[list[int] | None, typer.Option(help="How many, once for each number.", min=1)] = None,
    reading: Annotated[float, typer.Option(help="Seconds that reading a document takes, simulated.", min=0)] = 5.0,
    each: Annotated[int, typer.Option(help="Documents for each worker.", min=1)] = 12,
    as_json: Annotated[bool, typer.Option("--json", help="Prints one JSON object.")] = False,
) -> None:
    """Prints documents an hour with 1, 2, 4 and 8 workers, and what messages and the clock's minute cost with 10, 1,000
    and 10,000 companies. Of --workers and --companies, giving one leaves the other out."""
    from bot.bench.scale.measure import Sizes
    from bot.bench.scale.measure import bench_scale as measure

    usual, chosen = Sizes(), bool(workers or companies)
    sizes = Sizes(
        workers=workers or (() if chosen else usual.workers),
        companies=companies or (() if chosen else usual.companies),
        reading=reading,
        each=each,
    )
    measure(database, sizes, as_json=as_json)
