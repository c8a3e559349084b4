"""The `billify` command."""

from __future__ import annotations

import asyncio
import json
import tempfile
import traceback
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from config.logging import set_up
from config.settings import Settings
from handlers.errors import BillifyError
from storage.errors import LedgerError

if TYPE_CHECKING:
    from bot.running import Role

# Commands import what they run: `billify say` should not wait for what only `billify run` needs.

app = typer.Typer(
    help="Send it a photo of an invoice; it keeps the books and answers questions about cash.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
bench = typer.Typer(help="Measure, on documents with known truth or on a ledger.", no_args_is_help=True)
app.add_typer(bench, name="bench")
console = Console(stderr=True)


def main() -> None:
    """Entry point. An error is one line that says what to do, exit status 1; a fault of ours is in a file."""
    try:
        app()
    except (BillifyError, LedgerError) as error:
        _complain(str(error))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as error:
        details = Path(tempfile.gettempdir()) / f"billify-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        details.write_text(traceback.format_exc())
        _complain(f"That failed ({type(error).__name__}). Try again; if it goes on, the details in {details} tell why.")


def _complain(text: str) -> NoReturn:
    console.print(f"[red]✗[/red] {escape(text)}", highlight=False, soft_wrap=True)
    raise SystemExit(1) from None


def _settings() -> Settings:
    """The settings in force. Raises: BillifyError naming each setting that is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"BILLIFY_{'_'.join(map(str, e['loc'])).upper()}: {e['msg'][0].lower()}{e['msg'][1:]}"
            for e in error.errors()
        )
        raise BillifyError(f"A setting is wrong. {faults}") from None
    set_up(settings.log_level)
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return settings


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def _run_process(*roles: Role) -> None:
    """Runs until Ctrl-C, which is how one ends it, and so no error."""
    from bot.running import run_process

    with suppress(KeyboardInterrupt):
        asyncio.run(run_process(_settings(), "all" if len(roles) > 1 else roles[0], roles))


# --- running --------------------------------------------------------------------------------------------------------


@app.command()
def run() -> None:
    """Everything in one process: web chat, mail inbox, every configured channel, the worker and the clock."""
    _run_process("web", "worker", "clock")


@app.command()
def web() -> None:
    """Only listens: the web chat, the mail inbox, and every configured channel."""
    _run_process("web")


@app.command()
def worker() -> None:
    """Only serves messages: reads, books, answers. Any number of these may run."""
    _run_process("worker")


@app.command()
def clock(
    once: Annotated[bool, typer.Option("--once", help="Tells people what is due now, prints it, and ends.")] = False,
    now: Annotated[datetime | None, typer.Option(help="With --once: as if it were that time.")] = None,
) -> None:
    """Only does what is due by time. Several do no harm."""
    if not once:
        return _run_process("clock")
    from bot.talk import ring_once

    return _run(ring_once(_settings(), _aware(now)))


@app.command()
def release() -> None:
    """Brings the databases up to date before new processes start."""
    from bot.running import release as migrate

    _run(migrate(_settings()))


@app.command()
def config() -> None:
    """Prints the settings in force, secrets hidden."""
    for name, value in _settings().model_dump().items():
        print(f"{name} = {json.dumps(value, default=str, ensure_ascii=False)}")


# --- talking --------------------------------------------------------------------------------------------------------

As = Annotated[str, typer.Option("--as", help="Who speaks; the owner unless another name is given.")]
In = Annotated[str, typer.Option("--in", help="The conversation; one of one's own unless another is named.")]
Now = Annotated[datetime | None, typer.Option(help="Sets the clock for this message (the owner's terminal only).")]


@app.command()
def say(
    text: Annotated[str, typer.Argument(help="What to say.")] = "",
    attach: Annotated[list[Path] | None, typer.Option(help="A file to send along; may be repeated.")] = None,
    choose: Annotated[str, typer.Option(help="Presses the choice with this id.")] = "",
    as_: As = "",
    in_: In = "",
    now: Now = None,
    as_json: Annotated[bool, typer.Option("--json", help="Prints the replies as JSON.")] = False,
) -> None:
    """Sends one message through the terminal channel and prints the replies."""
    from bot.talk import Said, say_once

    if not (text or attach or choose):
        raise BillifyError("Nothing to say: give a text, --attach a file, or --choose a choice.")
    said = Said(text, tuple(attach or ()), choose or None, as_, in_, _aware(now))
    _run(say_once(_settings(), said, as_json=as_json))


@app.command()
def chat(as_: As = "", in_: In = "") -> None:
    """The same, interactively. A line that names a file sends it; a number presses a button; Ctrl-D ends."""
    from bot.talk import chat as converse

    _run(converse(_settings(), as_, in_))


@app.command()
def invite(who: Annotated[str, typer.Argument(help="A name or a mail address.")]) -> None:
    """Prints a code that links somebody's chat or mail address to the company."""
    from bot.talk import Said, say_once

    _run(say_once(_settings(), Said(f"invite {who}"), as_json=False))


@app.command()
def link() -> None:
    """Prints a one-time link that signs the owner in to the web chat."""
    from bot.running import print_link

    _run(print_link(_settings()))


def _aware(moment: datetime | None) -> datetime | None:
    """The moment with a time zone: this machine's where none was given."""
    return moment.astimezone(UTC) if moment else None


# --- the books ------------------------------------------------------------------------------------------------------


@app.command()
def export(
    since: Annotated[datetime, typer.Argument(help="The first day, or a month's: 2026-10-01.", formats=["%Y-%m-%d"])],
    until: Annotated[datetime, typer.Argument(help="The last day, inclusive.", formats=["%Y-%m-%d"])],
    format_: Annotated[
        str, typer.Option("--format", help="xlsx, csv, zip, hledger, beancount, datev, or all.")
    ] = "all",
    to: Annotated[Path, typer.Option(help="The folder for the files.")] = Path(),
) -> None:
    """Writes the books of a period to files, and prints their names."""
    from bot.books import write_export

    _run(write_export(_settings(), since.date(), until.date(), format_, to))


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Statements of the bank: CAMT, MT940, OFX, QIF or CSV.")],
    as_json: Annotated[bool, typer.Option("--json", help="Prints the replies as JSON.")] = False,
) -> None:
    """Imports bank statements and matches their movements with open bills. The same file twice adds nothing."""
    from bot.talk import Said, say_once

    _run(say_once(_settings(), Said(attach=tuple(files)), as_json=as_json))


@app.command("pay-file")
def pay_file(
    until: Annotated[
        datetime | None, typer.Option(help="Only bills due by this day: 2026-10-01.", formats=["%Y-%m-%d"])
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Prints the replies as JSON.")] = False,
) -> None:
    """Makes a SEPA credit-transfer file (pain.001) for the bills that may be paid, and prints where it is."""
    from bot.talk import Said, say_once

    due = f" due by {until.date().isoformat()}" if until else ""
    _run(say_once(_settings(), Said(f"payment file{due}"), as_json=as_json))


@app.command()
def rates(
    file: Annotated[Path, typer.Argument(help="CSV, XML or ZIP from ecb.europa.eu/stats/eurofxref.", exists=True)],
) -> None:
    """Imports the European Central Bank's reference rates; those that are known already are left alone."""
    from bot.books import import_rates

    _run(import_rates(_settings(), file))


# --- documents ------------------------------------------------------------------------------------------------------


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders whose files are read.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, as soon as each is read.")] = False,
) -> None:
    """Reads documents without touching the ledger."""
    from bot.documents import print_readings

    if not asyncio.run(print_readings(_settings(), paths, as_json=as_json)):
        raise SystemExit(1)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("samples"),
    seed: Annotated[int, typer.Option(help="Another seed, other photographs.")] = 1,
) -> None:
    """Writes a few invoices and receipts, as PDF and as photographs, with their truth."""
    from extraction.samples import write_samples

    for path in write_samples(folder, seed=seed, today=datetime.now().astimezone().date()):
        print(path)


@bench.command("read")
def bench_read(
    folder: Annotated[Path, typer.Argument(help="A data set: files and truth.jsonl.")],
    limit: Annotated[int | None, typer.Option(help="Only so many, evenly spread over the set.")] = None,
    print_only: Annotated[bool, typer.Option("--print-only", help="Without the e-invoices inside PDFs.")] = False,
    failures: Annotated[
        Path | None, typer.Option(help="Count what was missed and why; a picture of each here.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw confidence against what was right, as PNG.")] = None,
) -> None:
    """Prints the share of fields read right, the seconds a document, and how far confidence can be trusted."""
    from extraction.bench.read import Asked
    from extraction.bench.read import bench_read as measure
    from extraction.bench.sets import NoTruth

    try:
        measure(folder, limit, asked=Asked(print_only, failures, plot))
    except NoTruth as error:
        raise BillifyError(str(error)) from None


@bench.command("ledger")
def bench_ledger(
    postings: Annotated[int, typer.Option(help="How large the ledger grows.", min=1000)] = 1_000_000,
    database: Annotated[str, typer.Option(help="An empty PostgreSQL database to measure beside SQLite.")] = "",
) -> None:
    """Fills a ledger and prints how long questions and bookings take as it grows."""
    from bot.bench.ledger import bench_ledger as measure

    measure(postings, database)


@bench.command("speed")
def bench_speed(
    folder: Annotated[Path, typer.Argument(help="A data set of pictures: files and truth.jsonl.")],
    limit: Annotated[int, typer.Option(help="Only so many, evenly spread over the set.")] = 20,
) -> None:
    """Times Billify, stock EasyOCR, RapidOCR and Tesseract side by side on the same documents."""
    from extraction.bench.sets import NoTruth
    from extraction.bench.speed import bench_speed as measure

    try:
        measure(folder, limit)
    except NoTruth as error:
        raise BillifyError(str(error)) from None


if __name__ == "__main__":
    main()
