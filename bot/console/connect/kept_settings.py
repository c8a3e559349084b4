"""Settings that a command keeps: lines of `billify.toml`, beside whatever else stands there."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr

from bot.console.connect.guide import Guide
from config.setting_origins import origin, variable
from config.settings import Settings, settings_file
from handlers.errors import BillifyError
from storage.sealing.atomic_files import write_atomically


def keep(guide: Guide, settings: Settings, values: Mapping[str, str]) -> None:
    """Keeps settings that are not in force yet, and says where. Raises: BillifyError where something that wins over the
    file sets one to another value."""
    new = {name: value for name, value in values.items() if in_force(settings, name) != value}
    for name in new:
        if (found := origin(name)) and not found.startswith("line "):
            raise BillifyError(
                f"{variable(name)} is set otherwise by {found}. Set it there, or unset it, and run this again."
            )
    if new:
        write_settings(settings_file(), new)
        guide.done(f"Kept in {settings_file()}: {', '.join(new)}.")


def in_force(settings: Settings, name: str) -> str:
    """The value of a text among the settings, "" for none."""
    value = getattr(settings, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")


def write_settings(file: Path, values: Mapping[str, str]) -> None:
    """Sets values in the file, which stays as it is otherwise; only its owner may read it."""
    text = file.read_text("utf-8") if file.exists() else ""
    for name, value in values.items():
        text = _with(text, name, f"{name} = {_toml(value)}")
    tomllib.loads(text)  # nothing is written that could not be read
    write_atomically(file, text.encode())


def _with(text: str, name: str, line: str) -> str:
    """The text with the line in place of the one that sets the name, else before the first table: what stands after
    that belongs to it (TOML 1.0, "Table")."""
    lines = text.splitlines()
    top = next((n for n, each in enumerate(lines) if each.lstrip().startswith("[")), len(lines))
    here = next((n for n in range(top) if re.match(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=", lines[n])), None)
    if here is None:
        lines.insert(top, line)
    else:
        lines[here] = line
    return "\n".join(lines) + "\n"


def _toml(value: str) -> str:
    """A basic string: JSON's escapes are TOML's, but for one."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
