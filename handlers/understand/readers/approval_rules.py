"""Who has to approve what: "bills over 1,000 need two approvals", "make Anna an approver"."""

from __future__ import annotations

from handlers.requests import AllowSelfApproval, AssignRole, RequireApproval, ShowApprovalRules
from handlers.requests.roles import Role
from handlers.understand.text.sentence import Sentence, SlotMismatch
from handlers.understand.values import names
from handlers.understand.values.conditions import conditions_of
from handlers.understand.values.slots import RequestBuilder, Slots

_ROLES: dict[str, Role] = {
    "owner": "owner", "boss": "owner", "inhaber": "owner", "inhaberin": "owner", "chef": "owner", "chefin": "owner",
    "approver": "approver",
    "approvers": "approver", "freigeber": "approver", "freigeberin": "approver", "genehmiger": "approver",
    "genehmigerin": "approver", "member": "member", "mitglied": "member",
    "user": "member", "mitarbeiter": "member", "mitarbeiterin": "member", "colleague": "member", "der chef": "owner",
    "die chefin": "owner", "der inhaber": "owner", "die inhaberin": "owner", "ein freigeber": "approver",
    "owners": "owner", "members": "member", "mitglieder": "member", "employees": "member", "staff": "member",
    "colleagues": "member", "kollegen": "member", "employee": "member", "accountant": "accountant",
    "accountants": "accountant", "bookkeeper": "accountant", "bookkeepers": "accountant", "buchhalter": "accountant",
    "buchhalterin": "accountant", "buchhalterinnen": "accountant", "auditor": "auditor", "auditors": "auditor",
    "prufer": "auditor", "pruferin": "auditor", "wirtschaftsprufer": "auditor", "wirtschaftspruferin": "auditor",
    "betriebsprufer": "auditor", "betriebspruferin": "auditor",
}  # fmt: skip


def require(slots: Slots) -> RequireApproval:
    """ "bills over 1,000 need two approvals", "travel over 500 must be approved by the owner"."""
    parts = conditions_of(slots.get("rest"), slots.scene)
    if parts is None or parts.when or parts.who or parts.below:
        raise SlotMismatch
    said = parts.what or parts.bare
    category = names.category(said, slots.scene) if said else None
    if said is not None and category is None:
        raise SlotMismatch
    role = read_role(slots.get("role")) if "role" in slots else None
    least = parts.above or parts.exactly
    return RequireApproval(
        least.value if least else "0",
        slots.number("steps", 1),
        category,
        role or "owner",
        least.currency if least else None,
    )


def role_of(plain: str) -> Role | None:
    """The role that a word means; None for other words."""
    return _ROLES.get(plain)


def read_role(said: Sentence) -> Role:
    """The role that words name. Raises: SlotMismatch."""
    found = role_of(
        said.without(
            ("an", "a", "the", "by", "from", "von", "vom", "einem", "einer", "dem", "der", "now", "jetzt", "our")
        ).plain
    )
    if found is None:
        raise SlotMismatch
    return found


def appoint(slots: Slots) -> AssignRole:
    """ "Anna is an approver", "Anna may approve bills"; only a colleague."""
    name = names.person(slots.get("name"), slots.scene)
    if name is None:
        raise SlotMismatch
    return AssignRole(name, read_role(slots.get("role")) if "role" in slots else "approver")


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "require": require,
    "require_none": lambda _: RequireApproval("0", 0),
    "own_allowed": lambda _: AllowSelfApproval(allowed=True),
    "own_refused": lambda _: AllowSelfApproval(allowed=False),
    "rules": lambda _: ShowApprovalRules(),
    "appoint": appoint,
}
