"""Settings that are wrong, told so that whoever runs Billify knows what to change, and where."""

from __future__ import annotations

import tomllib
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from config.setting_origins import FILE, meant, place, unknown_variables, variable
from config.settings import Settings, settings_file

_PROBLEMS = {
    "int_parsing": "is no whole number",
    "int_from_float": "is no whole number",
    "int_type": "is no whole number",
    "float_parsing": "is no number",
    "float_type": "is no number",
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "string_type": "is no text: put it into quotation marks",
    "date_parsing": "is no date, such as 2026-01-31",
    "date_from_datetime_parsing": "is no date, such as 2026-01-31",
    "greater_than": "is not more than {gt}",
    "greater_than_equal": "is less than {ge}",
    "less_than_equal": "is more than {le}",
    "literal_error": "is none of {expected}",
    "dict_type": "is no table",
    "list_type": "is no list",
    "missing": "is missing",
    "extra_forbidden": "is no setting there",
}
"""What is wrong with a value, by pydantic's type of error."""


class WrongSettings(ValueError):
    """What is wrong with the settings, a line each, with what to do."""


def load_settings() -> Settings:
    """The settings in force. Raises: WrongSettings, also for a variable of the environment that is a misspelt one."""
    try:
        found = Settings()
    except SettingsError as error:  # its cause may quote the value
        raise WrongSettings(_unreadable(str(error))) from None
    except tomllib.TOMLDecodeError as error:
        raise WrongSettings(f"{settings_file()} is no TOML: {error}. Correct that line.") from None
    except (OSError, UnicodeError) as error:
        raise WrongSettings(
            f"{settings_file()} cannot be read: {getattr(error, 'strerror', 'it is no text')}."
        ) from None
    except ValidationError as error:
        raise WrongSettings("\n".join(map(_fault, error.errors()))) from None
    misspelt = [(name, other) for name in unknown_variables() if (other := meant(name.removesuffix(FILE)))]
    if misspelt:
        raise WrongSettings(
            "\n".join(_no_setting(f"{name} in the environment", variable(other)) for name, other in misspelt)
        )
    return found


def _unreadable(text: str) -> str:
    """What pydantic says of a value that is no JSON names the field within quotation marks."""
    name = next((each for each in Settings.model_fields if f'"{each}"' in text), "")
    return f'{place(name)}: this is no JSON, such as {{"anna@acme.com": "…"}}. Correct it.' if name else f"{text}."


def _fault(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    field = Settings.model_fields.get(name)
    if field is None:
        return _no_setting(place(name), meant(name))
    plain = len(error["loc"]) == 1 and "Secret" not in str(field.annotation) and "@" not in str(error["input"])
    value = f"“{error['input']}”" if plain else "this"
    context: dict[str, Any] = error.get("ctx") or {}
    problem = _PROBLEMS.get(error["type"]) or str(context.get("error", f"is wrong ({error['msg']})"))
    default = field.get_default()
    instead = (
        f", or leave it out for {default}" if default and not isinstance(default, SecretStr) else ", or leave it out"
    )
    where = place(".".join(map(str, error["loc"])))
    return f"{where}: {value} {problem.format(**context)}. Correct it{instead}."


def _no_setting(where: str, other: str | None) -> str:
    hint = f"Did you mean {other}?" if other else "`billify config` prints all that there are."
    return f"{where}: there is no such setting. {hint}"


def unknown_settings() -> list[str]:
    """Of what is set and is no setting, a line each. It is no fault: some hosts set such variables by themselves."""
    return [f"{name} is set, and no setting of Billify's." for name in unknown_variables()]
