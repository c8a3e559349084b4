"""A corpus of answers by mail: what people say, with their signatures, as fifty mail programs quote around it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

SENDER = "Anna Gruber anna.gruber@example.com"
SAID = ("confirm", "total is 1,294.50\nand number 77", "paid by card yesterday", "due 15 May\n\nvendor is Acme Ltd")
ANSWERED = (
    "Acme GmbH · €1,249.50 · Invoice 2024-117",
    "Issued 3 Mar 2025 · Due 2 Apr 2025",
    "",
    "Please check: due date",
    "Answer with: confirm · paid · not an invoice · total is …",
)


@dataclass(frozen=True)
class Answer:
    """A mail's text, and what its sender says in it."""

    client: str
    signature: str
    text: str
    said: str


def answers() -> Iterator[Answer]:
    """Every saying with every signature, as every program sends it."""
    quoted = "\n".join(f"> {line}".rstrip() for line in ANSWERED)
    bare = "\n".join(ANSWERED)
    for client in _table("quoting.toml")["client"]:
        for signature in _table("signatures.toml")["signature"]:
            for said in SAID:
                own = signature["text"].replace("{said}", said)
                whole = client["text"].replace("{quoted}", quoted).replace("{bare}", bare).replace("{text}", own)
                yield Answer(client["name"], signature["name"], whole, said)


def _table(name: str) -> dict[str, list[dict[str, str]]]:
    return tomllib.loads(files("bot.bench.mail").joinpath(name).read_text("utf-8"))
