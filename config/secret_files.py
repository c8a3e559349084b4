"""Settings that lie in a file each, so that no environment and no command line shows them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource, SettingsError

MOUNTED = Path("/run/secrets")
"""Where containers are handed their secrets, a file each."""


class SecretFileSource(PydanticBaseSettingsSource):
    """The file that `BILLIFY_<NAME>_FILE` names, else `billify_<name>` in `/run/secrets`; a last line end is no part of
    it. Raises: SettingsError for a file that is named and cannot be read."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Value, name, and whether it is JSON."""
        complex_ = self.field_is_complex(field)
        named = os.environ.get(f"BILLIFY_{field_name.upper()}_FILE")
        file = Path(named) if named else MOUNTED / f"billify_{field_name}"
        if not named and not file.is_file():
            return None, field_name, complex_
        try:
            return file.read_text().rstrip("\r\n"), field_name, complex_
        except (OSError, UnicodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text"
            raise SettingsError(f"BILLIFY_{field_name.upper()}_FILE: {file} cannot be read ({why})") from None

    def __call__(self) -> dict[str, Any]:
        """All that have a file, by name."""
        found: dict[str, Any] = {}
        for name, field in self.settings_cls.model_fields.items():
            value, _, complex_ = self.get_field_value(field, name)
            if value is not None:
                try:
                    found[name] = self.prepare_field_value(name, field, value, complex_)
                except ValueError:
                    raise SettingsError(f"the file of BILLIFY_{name.upper()} holds no JSON") from None
        return found


def secret_files() -> list[Path]:
    """The files that the environment names for settings."""
    named = (value for name, value in os.environ.items() if name.startswith("BILLIFY_") and name.endswith("_FILE"))
    return [Path(value) for value in named]
