"""The requests as tools of a language model: closed schemas for every field that a person can say."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from handlers import requests as asked
from handlers.understand.model.offered import BY_BUTTON, fields_of, kind_of, offered
from handlers.understand.model.tools import tools

TOOLS = {tool["function"]["name"]: tool["function"] for tool in tools(get_args(asked.Request))}


@pytest.mark.parametrize("name", offered())
def test_every_field_that_is_offered_has_a_kind(name: str) -> None:
    for field in fields_of(offered()[name]):
        assert kind_of(offered()[name], field.name)


def objects(schema: Any) -> list[dict[str, Any]]:
    inner = [found for value in schema.values() if isinstance(value, dict) for found in objects(value)]
    return ([schema] if schema.get("type") == "object" else []) + inner


@pytest.mark.parametrize("name", TOOLS)
def test_each_tool_is_closed_and_says_what_it_is_for(name: str) -> None:
    found = objects(TOOLS[name]["parameters"])
    assert found and all(schema["additionalProperties"] is False for schema in found)
    assert set(found[0].get("required", ())) <= set(found[0]["properties"])
    assert TOOLS[name]["description"]


def test_what_only_buttons_make_and_labels_are_not_offered() -> None:
    assert not TOOLS.keys() & {kind.__name__ for kind in BY_BUTTON}
    assert {"Pay", "Due", "Spend", "ask_back", "not_a_request"} <= TOOLS.keys()
    assert not TOOLS["Undo"]["parameters"]["properties"]
    assert all("label" not in tool["parameters"]["properties"] for tool in TOOLS.values())
    assert "iban" not in TOOLS["Approve"]["parameters"]["properties"]


def test_only_what_is_served_is_offered() -> None:
    assert {tool["function"]["name"] for tool in tools([asked.Due])} == {"Due", "ask_back", "not_a_request"}


def test_types_are_in_the_schema() -> None:
    spend = TOOLS["Spend"]["parameters"]["properties"]
    assert spend["since"]["format"] == "date" and spend["by"]["enum"][0] == "category"
    assert TOOLS["Prepay"]["parameters"]["properties"]["amount"]["pattern"].startswith("^[0-9]")
    assert TOOLS["Prepay"]["parameters"]["required"] == ["vendor", "amount"]
