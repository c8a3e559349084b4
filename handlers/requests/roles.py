"""Roles: who has which, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["owner", "accountant", "approver", "member", "auditor"]
"""As `storage.models.Role` has them."""


@dataclass(frozen=True)
class AssignRole:
    """Somebody gets another role. `sure` as in `handlers.requests.people`."""

    name: str
    role: Role
    sure: int | None = None


@dataclass(frozen=True)
class GrantRight:
    """From now on a role may do something with everybody's documents, with its own alone, or not at all; `permission`
    and `reach` are of `storage.models`."""

    of: Role
    permission: str
    reach: Literal["any", "own", "none"]


@dataclass(frozen=True)
class ShowRights:
    """What may a role do? `of` None means all of them, `mine` the asker's."""

    of: Role | None = None
    mine: bool = False


OfRoles = AssignRole | GrantRight | ShowRights
"""What roles people have, and what these may do."""
