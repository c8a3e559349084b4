"""Block Kit's rules as Slack documents them, and what breaks them, in words.

https://docs.slack.dev/reference/block-kit: blocks, block elements, composition objects; /surfaces for views. A field
that is not documented is a fault as well, as is a type that does not belong there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
Faults = Iterator[str]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
ALL_TEXTS = 12_000
"""Characters in all blocks of a message; beyond it is answered with msg_blocks_too_long (slackapi/bolt-js #2509)."""
CHARTS = 2
"""Blocks of data visualization in a message."""


def faults_of_message(blocks: list[Json]) -> list[str]:
    """What is wrong with the blocks of a message; empty for nothing."""
    return list(_surface(blocks, MESSAGE_BLOCKS, _MESSAGE))


def faults_of_view(view: Json) -> list[str]:
    """What is wrong with a modal or a Home tab."""
    return list(_view(view))


def text_length(blocks: object) -> int:
    """How many characters there are in all texts."""
    if isinstance(blocks, Mapping):
        return sum(len(value) if name == "text" and isinstance(value, str) else text_length(value)
                   for name, value in blocks.items())  # fmt: skip
    return sum(map(text_length, blocks)) if isinstance(blocks, list) else 0


def _view(view: Json) -> Faults:
    yield from _keys(view, {"type", "blocks"}, {"title", "submit", "close", "private_metadata", "callback_id",
                                               "external_id", "clear_on_close", "notify_on_close"})  # fmt: skip
    modal = view.get("type") == "modal"
    if view.get("type") not in ("modal", "home"):
        yield f"a view of the type {view.get('type')}"
    for name in ("title", "submit", "close"):
        if name in view:
            yield from _text(view[name], 24, name, plain=True)
    if modal and "title" not in view:
        yield "a modal without a title"
    if not modal and view.keys() & {"title", "submit", "close"}:
        yield "a Home tab with what only modals have"
    if modal and "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        yield "a modal with inputs and no submit"
    for name, limit in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        yield from _length(view.get(name, "-"), limit, name)
    yield from _surface(view["blocks"], VIEW_BLOCKS, _MESSAGE - {"data_visualization"} | {"input"})


def _surface(blocks: list[Json], most: int, allowed: frozenset[str]) -> Faults:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    named = Counter(block["block_id"] for block in blocks if "block_id" in block)
    yield from (f"the block_id {name} twice" for name, times in named.items() if times > 1)
    if sum(block["type"] == "data_visualization" for block in blocks) > CHARTS:
        yield f"more than {CHARTS} charts"
    for block in blocks:
        if block.get("type") not in allowed:
            yield f"a block of the type {block.get('type')}"
            continue
        yield from _length(block.get("block_id", "-"), 255, "block_id")
        yield from _BLOCKS[block["type"]]({name: value for name, value in block.items() if name != "block_id"})
        ids = Counter(one["action_id"] for one in block.get("elements", ()) if "action_id" in one)
        yield from (f"the action_id {name} twice in a block" for name, times in ids.items() if times > 1)


def _section(block: Json) -> Faults:
    yield from _keys(block, {"type"}, {"text", "fields", "accessory", "expand"})
    if "text" not in block and "fields" not in block:
        yield "a section without text or fields"
    if "text" in block:
        yield from _text(block["text"], 3000, "section")
    if "fields" in block and not 1 <= len(block["fields"]) <= 10:
        yield f"{len(block['fields'])} fields"
    for each in block.get("fields", ()):
        yield from _text(each, 2000, "field")
    if "accessory" in block:
        yield from _element(block["accessory"], {"button", "image", "overflow", "static_select", "datepicker"})


def _header(block: Json) -> Faults:
    yield from _keys(block, {"type", "text"})
    yield from _text(block["text"], 150, "header", plain=True)


def _context(block: Json) -> Faults:
    yield from _keys(block, {"type", "elements"})
    if not 1 <= len(block["elements"]) <= 10:
        yield f"{len(block['elements'])} elements in a context"
    for each in block["elements"]:
        yield from _element(each, {"image"}) if each.get("type") == "image" else _text(each, 3000, "context")


def _actions(block: Json) -> Faults:
    yield from _keys(block, {"type", "elements"})
    if not 1 <= len(block["elements"]) <= 25:
        yield f"{len(block['elements'])} elements in actions"
    for each in block["elements"]:
        yield from _element(each, {"button", "overflow", "static_select", "datepicker"})


def _image(block: Json) -> Faults:
    yield from _keys(block, {"type", "alt_text"}, {"image_url", "slack_file", "title"})
    yield from _length(block["alt_text"], 2000, "alt_text")
    if ("image_url" in block) == ("slack_file" in block):
        yield "an image with neither or both of image_url and slack_file"
    yield from _length(block.get("image_url", "-"), 3000, "image_url")
    if "title" in block:
        yield from _text(block["title"], 2000, "title of an image", plain=True)


def _divider(block: Json) -> Faults:
    yield from _keys(block, {"type"})


def _input(block: Json) -> Faults:
    yield from _keys(block, {"type", "label", "element"}, {"hint", "optional", "dispatch_action"})
    yield from _text(block["label"], 2000, "label", plain=True)
    if "hint" in block:
        yield from _text(block["hint"], 2000, "hint", plain=True)
    yield from _element(block["element"], {"plain_text_input", "datepicker", "static_select"})


def _chart(block: Json) -> Faults:
    """https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block."""
    yield from _keys(block, {"type", "title", "chart"})
    yield from _length(block["title"], 50, "title of a chart")
    chart = block["chart"]
    if chart["type"] == "pie":
        yield from _keys(chart, {"type", "segments"})
        if not 1 <= len(chart["segments"]) <= 6:
            yield f"{len(chart['segments'])} segments"
        for each in chart["segments"]:
            yield from _point(each)
        return
    if chart["type"] not in ("bar", "line", "area"):
        yield f"a chart of the type {chart['type']}"
    yield from _keys(chart, {"type", "series", "axis_config"})
    yield from _keys(chart["axis_config"], {"categories"}, {"x_label", "y_label"})
    categories = chart["axis_config"]["categories"]
    if not 1 <= len(categories) <= 20 or len(set(categories)) < len(categories):
        yield f"{len(categories)} categories, or one of them twice"
    if not 1 <= len(chart["series"]) <= 6:
        yield f"{len(chart['series'])} series"
    for each in chart["series"]:
        yield from _keys(each, {"name", "data"})
        yield from _length(each["name"], 20, "name of a series")
        if [point["label"] for point in each["data"]] != categories:
            yield "a series whose labels are not the categories"
        for point in each["data"]:
            yield from _point(point)
    for name in ("x_label", "y_label"):
        yield from _length(chart["axis_config"].get(name, "-"), 50, name)


def _point(point: Json) -> Faults:
    yield from _keys(point, {"label", "value"})
    yield from _length(point["label"], 20, "label in a chart")
    if not isinstance(point["value"], int | float) or isinstance(point["value"], bool):
        yield f"the value {point['value']!r} in a chart"


_BLOCKS: dict[str, Callable[[Json], Faults]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "divider": _divider,
    "input": _input,
    "data_visualization": _chart,
}
_MESSAGE = frozenset(_BLOCKS) - {"input"}


def _element(element: Json, allowed: set[str]) -> Faults:
    kind = element.get("type", "")
    if kind not in allowed:
        yield f"{kind} where it may not be"
        return
    if kind == "image":
        yield from _image(element)
        return
    yield from _length(element["action_id"], 255, "action_id")
    yield from _keys(element, {"type", "action_id"}, _FIELDS[kind])
    if "text" in element:
        yield from _text(element["text"], 75, "button", plain=True)
    for name, limit in (("value", 2000), ("url", 3000), ("accessibility_label", 75)):
        yield from _length(element.get(name, "-"), limit, name)
    if element.get("style", "primary") not in ("primary", "danger"):
        yield f"the style {element['style']}"
    if "confirm" in element:
        yield from _confirm(element["confirm"])
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, "placeholder", plain=True)
    if "options" in element:
        yield from _options(element["options"], 5 if kind == "overflow" else 100)
    if kind == "static_select" and element.get("initial_option", element["options"][0]) not in element["options"]:
        yield "an initial option that is none of the options"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", element.get("initial_date", "2025-01-31")):
        yield f"the date {element['initial_date']}"
    if kind == "button" and "text" not in element:
        yield "a button without a text"
    if not 1 <= element.get("max_length", 1) <= 3000 or len(element.get("initial_value", "")) > 3000:
        yield "an input of more than 3000 characters"


_FIELDS = {
    "button": {"text", "value", "url", "style", "confirm", "accessibility_label"},
    "overflow": {"options", "confirm"},
    "static_select": {"options", "placeholder", "initial_option", "confirm", "focus_on_load"},
    "datepicker": {"initial_date", "placeholder", "confirm", "focus_on_load"},
    "plain_text_input": {"initial_value", "multiline", "min_length", "max_length", "placeholder", "focus_on_load"},
}


def _options(options: list[Json], most: int) -> Faults:
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for each in options:
        yield from _keys(each, {"text", "value"}, {"description", "url"})
        yield from _text(each["text"], 75, "option", plain=True)
        yield from _length(each["value"], 150, "value of an option")


def _confirm(confirm: Json) -> Faults:
    yield from _keys(confirm, {"title", "text", "confirm", "deny"}, {"style"})
    yield from _text(confirm["title"], 100, "title of a question", plain=True)
    yield from _text(confirm["text"], 300, "question", plain=True)
    for name in ("confirm", "deny"):
        yield from _text(confirm[name], 30, name, plain=True)


def _text(text: Json, limit: int, what: str, *, plain: bool = False) -> Faults:
    yield from _keys(text, {"type", "text"}, {"emoji", "verbatim"})
    if text["type"] != "plain_text" and (plain or text["type"] != "mrkdwn"):
        yield f"{what} as {text['type']}"
    if "emoji" in text and text["type"] != "plain_text":
        yield f"{what} with emoji"
    yield from _length(text["text"], limit, what)


def _length(value: str, limit: int, what: str) -> Faults:
    if not isinstance(value, str) or not 1 <= len(value) <= limit:
        yield f"{what} of {len(value)} characters, of at most {limit}"


def _keys(given: Json, needed: set[str], optional: set[str] = frozenset()) -> Faults:  # type: ignore[assignment]
    if missing := needed - given.keys():
        yield f"{given.get('type', 'something')} without {', '.join(sorted(missing))}"
    if strange := given.keys() - needed - optional:
        yield f"{given.get('type', 'something')} with {', '.join(sorted(strange))}"
