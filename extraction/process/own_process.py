"""What those have in common who do their work in a process of their own."""

from __future__ import annotations

from extraction.process.isolated import IsolatedProcess, Used


class InOwnProcess:
    """Whoever has one counts its calls as it does, and ends it."""

    _process: IsolatedProcess

    @property
    def used(self) -> Used:
        """What all calls took so far."""
        return self._process.used

    @property
    def restarts(self) -> int:
        """How often the process ended in a call, and was replaced."""
        return self._process.restarts

    @property
    def failed_in_a_row(self) -> int:
        """How many calls failed since the last one that did not."""
        return self._process.failed_in_a_row

    async def close(self) -> None:
        """Ends the process. A call under way fails with ReaderDied. Harmless to repeat."""
        await self._process.close()
