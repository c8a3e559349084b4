"""The `billify` command begins here: so little that Ctrl-C while the rest is loaded ends it as quietly as later."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point. A terminal is told at once that it waits; what is printed next overwrites that."""
    try:
        if sys.stderr.isatty():
            print("…", end="\r", file=sys.stderr, flush=True)
        from bot.commands.command_line import run

        run()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
