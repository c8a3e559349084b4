"""Every command, and what becomes of an error that one of them ends with."""

from __future__ import annotations

import os
import traceback
from typing import NoReturn

from rich.console import Console
from rich.markup import escape

from bot.application.home import write_fault
from bot.commands import (
    assistant,
    audit,
    backup,
    benchmarks,
    books,
    chat,
    companies,
    connect,
    documents,
    keys,
    processes,
    tokens,
    webhooks,
)
from bot.commands.command import app
from bot.console.operator_faults import operator_fault
from config.plain_text import plain_text
from config.setting_faults import WrongSettings
from config.settings import default_home
from handlers.errors import BillifyError
from storage.db.tenancy import NoCompany
from storage.errors import LedgerError

COMMANDS = (
    processes,
    chat,
    companies,
    connect,
    books,
    audit,
    backup,
    documents,
    tokens,
    webhooks,
    assistant,
    keys,
    benchmarks,
)
"""Importing them makes their commands known to `app`, in this order."""

console = Console(stderr=True)


def run() -> None:
    """Runs the command line. An error is one line that says what to do, exit status 1; a fault of ours is in a file."""
    os.umask(0o077)  # whatever this process writes is its owner's alone
    try:
        app()
    except (BillifyError, LedgerError, WrongSettings) as error:
        _complain(str(error))
    except NoCompany:
        _complain(
            "There are several companies here. Say for which, as in `billify --company 2 …`; `billify company list` "
            "prints their numbers."
        )
    except Exception as error:
        if line := operator_fault(error):
            _complain(line)
        details = write_fault(default_home(), traceback.format_exc())
        _complain(f"That failed ({type(error).__name__}). Try again; if it goes on, the details in {details} tell why.")


def _complain(text: str) -> NoReturn:
    for line in text.splitlines():
        console.print(f"[red]✗[/red] {escape(plain_text(line))}", highlight=False, soft_wrap=True)
    raise SystemExit(1) from None
