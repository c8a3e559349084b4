"""The `billify` command."""

from __future__ import annotations

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.markup import escape

from bot.commands import benchmarks, books, chat, connect, documents, processes
from bot.commands.command import app
from handlers.errors import BillifyError
from storage.errors import LedgerError

COMMANDS = (processes, chat, connect, books, documents, benchmarks)
"""Importing them makes their commands known to `app`, in this order."""

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


if __name__ == "__main__":
    main()
