"""What is said while something takes time; the answer takes its place."""

from __future__ import annotations

from handlers.language.translation import say


def received() -> str:
    """Status while files are fetched."""
    return say("Received…")


def reading(name: str) -> str:
    """Status while a document is read."""
    return say("Reading {name}…", name=name) if name else say("Reading…")


def making_files() -> str:
    """Status while files are made that take long."""
    return say("Making the files…")


def still_reading(name: str) -> str:
    """Status while a document takes long."""
    return say(
        "Still reading {name}… It takes longer than usual, since it is long or this machine is busy. "
        "You need do nothing.",
        name=name or say("this document"),
    )
