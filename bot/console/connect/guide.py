"""Telling and asking at a terminal, step by step."""

from __future__ import annotations

import asyncio
import getpass
import sys
import textwrap
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from rich.console import Console
from rich.markup import escape

from handlers.errors import BillifyError

T = TypeVar("T")

TRIES = 3
"""So often is the same thing asked for where what was said does not work."""


class NotThis(Exception):
    """What was said does not work: why, and what to do, for whoever said it."""


@dataclass
class Guide:
    """`console` shows; what is asked is read from standard input."""

    console: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))
    _step: int = 0

    def step(self, title: str, *lines: str) -> None:
        """The next step, and what to do in it."""
        self._step += 1
        self.console.print(f"\n[bold]{self._step}. {escape(title)}[/bold]")
        for line in lines:
            whole = "://" in line or line.startswith(" ")  # to be copied, or typed as it stands
            for part in [line] if whole else textwrap.wrap(line, self.console.width - 4):
                self.console.print(f"   {escape(part)}", soft_wrap=True)

    def done(self, text: str) -> None:
        """That something works."""
        self.console.print(f"   [green]✓[/green] {escape(text)}", soft_wrap=True)

    def remark(self, text: str) -> None:
        """What is worth knowing, and stops nothing."""
        self.console.print(f"   [yellow]![/yellow] {escape(text)}", soft_wrap=True)

    async def ask(self, question: str, default: str = "", *, secret: bool = False) -> str:
        """What somebody types; the default for nothing. Raises: BillifyError at the end of the input."""
        while True:
            said = await asyncio.to_thread(self._read, f"   {question}{f' [{default}]' if default else ''}: ", secret)
            if said or default:
                return said or default

    async def ask_until_it_works(
        self,
        question: str,
        given: str,
        check: Callable[[str], Awaitable[T]],
        *,
        default: str = "",
        secret: bool = False,
    ) -> tuple[str, T]:
        """What was given, else what somebody types, with what the check made of it: asked for again where it does not
        work. Raises: BillifyError when it was given, or was asked for often enough, and does not."""
        for left in reversed(range(TRIES)):
            said = given or await self.ask(question, default, secret=secret)
            try:
                return said, await check(said)
            except NotThis as error:
                if given or not left:
                    raise BillifyError(str(error)) from None
                self.console.print(f"   [red]✗[/red] {escape(str(error))}", soft_wrap=True)
        raise AssertionError("the last try returns or raises")

    def _read(self, prompt: str, secret: bool) -> str:
        try:
            if secret and sys.stdin.isatty():
                return getpass.getpass(prompt, stream=sys.stderr).strip()
            print(prompt, end="", file=sys.stderr, flush=True)
            return input().strip()
        except EOFError:
            raise BillifyError(
                "There is nobody to ask. Run it at a terminal, or give what it asks for by an option (`--help`) or a "
                "setting (`billify config`)."
            ) from None
