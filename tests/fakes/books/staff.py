"""Colleagues of the owner of a company's books, for who sent, approved or may decide."""

from __future__ import annotations

from storage.models import ApprovalRule, Person, Role
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.small_company import NOW


def join(company: Company, name: str, role: Role = Role.MEMBER) -> int:
    """Somebody more; their id."""
    with company.database.transaction() as session:
        person = Person(name=name, role=role, created_at=NOW)
        session.add(person)
        session.flush()
        return person.id


def require_approval(company: Company, least_minor: int, role: Role = Role.APPROVER) -> None:
    """From now on bills of so much need somebody's approval."""
    with company.database.transaction() as session:
        session.add(
            ApprovalRule(min_minor=least_minor, currency="EUR", steps=1, role=role, made_by=company.owner, made_at=NOW)
        )
