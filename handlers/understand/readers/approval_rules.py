"""Who has to approve what: "bills over 1,000 need two approvals", "make Anna an approver"."""

from __future__ import annotations

from typing import Literal

from handlers.requests import Appoint, OwnApproval, Require, Rules
from handlers.understand.text.sentence import Misfit, Sentence
from handlers.understand.values import names
from handlers.understand.values.conditions import parts_of
from handlers.understand.values.slots import Maker, Slots

Role = Literal["owner", "approver", "member"]

_ROLES: dict[str, Role] = {
    "owner": "owner", "boss": "owner", "inhaber": "owner", "inhaberin": "owner", "chef": "owner", "chefin": "owner",
    "approver": "approver",
    "approvers": "approver", "freigeber": "approver", "freigeberin": "approver", "genehmiger": "approver",
    "genehmigerin": "approver", "member": "member", "mitglied": "member",
    "user": "member", "mitarbeiter": "member", "mitarbeiterin": "member", "colleague": "member", "der chef": "owner",
    "die chefin": "owner", "der inhaber": "owner", "die inhaberin": "owner", "ein freigeber": "approver",
}  # fmt: skip


def require(slots: Slots) -> Require:
    """ "bills over 1,000 need two approvals", "travel over 500 must be approved by the owner"."""
    parts = parts_of(slots.get("rest"), slots.scene)
    if parts is None or parts.when or parts.who or parts.below:
        raise Misfit
    said = parts.what or parts.bare
    category = names.category(said, slots.scene) if said else None
    if said is not None and category is None:
        raise Misfit
    role = _role(slots.get("role")) if "role" in slots else None
    least = parts.above or parts.exactly
    return Require(
        least.value if least else "0",
        slots.number("steps", 1),
        category,
        role or "owner",
        least.currency if least else None,
    )


def _role(said: Sentence) -> Role:
    found = _ROLES.get(
        said.without(
            ("an", "a", "the", "by", "from", "von", "vom", "einem", "einer", "dem", "der", "now", "jetzt", "our")
        ).plain
    )
    if found is None:
        raise Misfit
    return found


def appoint(slots: Slots) -> Appoint:
    """ "Anna is an approver", "Anna may approve bills"; only a colleague."""
    name = names.person(slots.get("name"), slots.scene)
    if name is None:
        raise Misfit
    return Appoint(name, _role(slots.get("role")) if "role" in slots else "approver")


MAKERS: dict[str, Maker] = {
    "require": require,
    "require_none": lambda _: Require("0", 0),
    "own_allowed": lambda _: OwnApproval(allowed=True),
    "own_refused": lambda _: OwnApproval(allowed=False),
    "rules": lambda _: Rules(),
    "appoint": appoint,
}
