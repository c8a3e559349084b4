"""What roles may do, where the company wants it otherwise than `config/rights.toml`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany
from storage.models.people import Role


class Permission(StrEnum):
    """Something that a role may or may not do; `config/rights.toml` says of each what it is, and who may."""

    OWN_SETTINGS = "own_settings"
    SEND_DOCUMENTS = "send_documents"
    EDIT_DRAFTS = "edit_drafts"
    CONFIRM_BILLS = "confirm_bills"
    CORRECT_BILLS = "correct_bills"
    VOID_BILLS = "void_bills"
    RECORD_PAYMENTS = "record_payments"
    APPROVE_BILLS = "approve_bills"
    TRUST_ACCOUNTS = "trust_accounts"
    SEE_BILLS = "see_bills"
    SEE_SPENDING = "see_spending"
    SEE_BALANCES = "see_balances"
    SEE_RESULTS = "see_results"
    SEE_BOOKS = "see_books"
    SEE_MAIL = "see_mail"
    IMPORT_STATEMENTS = "import_statements"
    MAKE_PAYMENT_FILES = "make_payment_files"
    KEEP_BOOKS = "keep_books"
    CLOSE_BOOKS = "close_books"
    REOPEN_BOOKS = "reopen_books"
    DECIDE_MAIL = "decide_mail"
    RULE_MAIL = "rule_mail"
    DESCRIBE_COMPANY = "describe_company"
    SET_RULES = "set_rules"
    OPEN_ROOMS = "open_rooms"
    MANAGE_PEOPLE = "manage_people"
    CHANGE_RIGHTS = "change_rights"


class Reach(StrEnum):
    """With whose documents a role may do something: nobody's, its own, or anybody's."""

    NONE = "none"
    OWN = "own"
    ANY = "any"


class ChosenRight(OfCompany, table=True):
    """How far a role may do something, where the company decided so."""

    company_id: int = Field(default=None, primary_key=True)
    role: Role = Field(primary_key=True, sa_type=EnumText(Role))
    permission: Permission = Field(primary_key=True, sa_type=EnumText(Permission))
    reach: Reach = Field(sa_type=EnumText(Reach))
    chosen_by: int = Field(foreign_key="person.id")
    chosen_at: datetime = Field(sa_type=UtcDateTime)
