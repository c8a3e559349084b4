"""What Slack has beside messages, as far as Billify uses it: modals, the Home tab, reactions, message shortcuts."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.block_kit import ALL_TEXTS, faults_of_message, faults_of_view, text_length
from tests.fakes.slack.slack_wire import Refused


@dataclass
class Surfaces:
    """`modals` are the views that were opened, in order; `homes` the Home tab of each person; `reactions` are channel,
    ts and emoji. `charts` says whether the workspace has blocks of data visualization, `unsupported` asked in vain;
    `faults` is what was
    wrong with all that was refused for its blocks. `installed` says for each token of another workspace what auth.test
    answers, `codes` what each code of OAuth is exchanged for; `token` is that of the request being answered."""

    modals: list[dict[str, Any]] = field(default_factory=list)
    homes: dict[str, dict[str, Any]] = field(default_factory=dict)
    reactions: set[tuple[str, str, str]] = field(default_factory=set)
    charts: bool = True
    unsupported: int = 0
    faults: list[str] = field(default_factory=list)
    installed: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    token: str = ""
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def check_look(self, blocks: list[dict[str, Any]]) -> None:
        """Refuses blocks that Slack would not take. Raises: Refused."""
        found = faults_of_message(blocks)
        self.faults += found
        if found:
            raise Refused("invalid_blocks")
        if not self.charts and any(block["type"] == "data_visualization" for block in blocks):
            self.unsupported += 1
            raise Refused("invalid_blocks")
        if text_length(blocks) > ALL_TEXTS:
            raise Refused("msg_blocks_too_long")

    def fill(self, view: dict[str, Any], user: dict[str, Any], **values: str | None) -> dict[str, Any]:
        """The payload of a modal that a person submits, with other values in the fields that are named."""
        filled: dict[str, dict[str, Any]] = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element, name = block["element"], block["block_id"]
                kind = "selected_date" if element["type"] == "datepicker" else "value"
                shown = element.get("initial_date" if kind == "selected_date" else "initial_value")
                filled[name] = {element["action_id"]: {"type": element["type"], kind: values.pop(name, shown)}}
        assert not values, f"no fields {values}"
        about = {"id": view["id"], "hash": f"h{next(self.numbers)}", "state": {"values": filled}}
        return {"type": "view_submission", "user": user, "view": {**view, **about}}

    def consent(self, code: str, team: str | None, us: str, enterprise: str | None = None) -> str:
        """Somebody agrees to install the app in a workspace, or (without one) a whole organisation; its token."""
        token, everywhere = f"xoxb-{team or enterprise}", team is None
        about = {"user_id": us, "team_id": team, "enterprise_id": enterprise, "is_enterprise_install": everywhere}
        self.installed[token] = about | {"bot_id": f"B{us}", "user": "billify", "team": "Other", "url": "https://x/"}
        granted = {"access_token": token, "token_type": "bot", "scope": "chat:write", "bot_user_id": us, "app_id": "A1"}
        granted |= {"authed_user": {"id": "UADMIN"}, "is_enterprise_install": everywhere}
        granted |= {"team": {"id": team, "name": "Other"} if team else None}
        granted |= {"enterprise": {"id": enterprise, "name": "Org"} if enterprise else None}
        self.codes[code] = granted
        return token

    def _oauth_v2_access(self, code: str, **_: Any) -> dict[str, Any]:
        if code not in self.codes:
            raise Refused("invalid_code")
        return self.codes.pop(code)

    def _views_open(self, trigger_id: str, view: Any, **_: Any) -> dict[str, Any]:
        if trigger_id == "late":
            raise Refused("expired_trigger_id")
        opened = {**self._checked(view), "id": f"V{next(self.numbers)}"}
        self.modals.append(opened)
        return {"view": opened}

    def _views_publish(self, user_id: str, view: Any, **_: Any) -> dict[str, Any]:
        self.homes[user_id] = self._checked(view)
        return {"view": {**view, "id": "VHOME"}}

    def _checked(self, view: Any) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(view) if isinstance(view, str) else view
        if found := faults_of_view(read):
            self.faults += found
            raise Refused("invalid_arguments")
        return read

    def _reactions_add(self, channel: str, timestamp: str, name: str, **_: Any) -> dict[str, Any]:
        if (channel, timestamp, name) in self.reactions:
            raise Refused("already_reacted")
        self.reactions.add((channel, timestamp, name))
        return {}

    def _reactions_remove(self, channel: str, timestamp: str, name: str, **_: Any) -> dict[str, Any]:
        if (channel, timestamp, name) not in self.reactions:
            raise Refused("no_reaction")
        self.reactions.remove((channel, timestamp, name))
        return {}


def action_of(blocks: list[dict[str, Any]], label: str) -> dict[str, Any]:
    """What a person does who presses what is labelled so: a button, also beside a section, or an option of a menu."""
    elements = [one for block in blocks for one in (*block.get("elements", ()), block.get("accessory", {}))]
    for element in elements:
        if element.get("type") == "button" and element["text"]["text"] == label:
            return element
        for option in element.get("options", ()):
            if element["type"] == "overflow" and option["text"]["text"] == label:
                return {"type": "overflow", "action_id": element["action_id"], "selected_option": option}
    raise AssertionError(f"nothing is labelled {label}")


def labels_of(block: dict[str, Any]) -> list[str]:
    """What can be pressed in a block, also in its menu."""
    labels = []
    for element in block.get("elements", ()):
        if element["type"] == "button":
            labels.append(element["text"]["text"])
        labels += [option["text"]["text"] for option in element.get("options", ())]
    return labels
