"""Where each setting that is in force comes from."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from config.secret_files import MOUNTED
from config.settings import Settings, settings_file

PREFIX, FILE, WITHIN = "BILLIFY_", "_FILE", "__"
_ALIKE = 0.85
"""From which likeness on (0 to 1) a name is a setting's, misspelt: BILLIFY_PORT, as some hosts set it, is none's."""


def variable(name: str) -> str:
    """The setting's environment variable; of one within a table ("openid.acme.issuer") too."""
    return PREFIX + name.upper().replace(".", WITHIN)


def origin(name: str) -> str:
    """Where the value of a setting comes from, in words; empty: it is the default."""
    whole = name.partition(".")[0]
    if variable(name) in (environment := _environment()) or any(
        each.startswith(variable(whole) + WITHIN) for each in environment
    ):
        return "the environment"
    if file := environment.get(variable(name) + FILE):
        return file
    if (mounted := MOUNTED / f"billify_{name}").is_file():
        return str(mounted)
    return f"line {line} of {settings_file()}" if (line := _line(settings_file(), whole)) else ""


def place(name: str) -> str:
    """The setting as it is called where it is set: "BILLIFY_WEB_PORT in the environment", "web_port in line 3 of …"."""
    found = origin(name)
    return f"{name if found.startswith('line ') else variable(name)} in {found or 'the environment'}"


def meant(name: str) -> str | None:
    """The setting that a misspelt name most likely is."""
    plain = name.upper().removeprefix(PREFIX).lower()
    return next(iter(difflib.get_close_matches(plain, Settings.model_fields, 1, _ALIKE)), None)


def unknown_variables() -> list[str]:
    """Environment variables that look like settings and are none."""
    known = {variable(name) + end for name in Settings.model_fields for end in ("", FILE)}
    set_there = (name for name in _environment() if name.startswith(PREFIX))
    return sorted(name for name in set_there if name.partition(WITHIN)[0] not in known)


def _environment() -> Mapping[str, str]:
    return {name.upper(): value for name, value in os.environ.items()}


def _line(file: Path, name: str) -> int | None:
    """The line that sets it, from 1; the first one where it is set in a way that no line tells; None: none does."""
    try:
        text = file.read_text()
        if name not in tomllib.loads(text):
            return None
    except (OSError, UnicodeError, tomllib.TOMLDecodeError):
        return None
    begins = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*[.=]|\s*\[\s*{re.escape(name)}\b")
    return next((number for number, line in enumerate(text.splitlines(), 1) if begins.match(line)), 1)
