"""What roles and permissions are called, and how it is said that somebody may not."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.language.formats import listed
from handlers.language.translation import say, sayable
from storage.models import Permission, Reach, Role
from storage.people import rights

ROLES = {
    Role.OWNER: sayable("owner"),
    Role.ACCOUNTANT: sayable("accountant"),
    Role.APPROVER: sayable("approver"),
    Role.MEMBER: sayable("member"),
    Role.AUDITOR: sayable("auditor"),
}
_ONE_OF = {
    Role.OWNER: sayable("the owner"),
    Role.ACCOUNTANT: sayable("an accountant"),
    Role.APPROVER: sayable("an approver"),
    Role.MEMBER: sayable("a member"),
    Role.AUDITOR: sayable("an auditor"),
}
ALL_OF = {
    Role.OWNER: sayable("owners"),
    Role.ACCOUNTANT: sayable("accountants"),
    Role.APPROVER: sayable("approvers"),
    Role.MEMBER: sayable("members"),
    Role.AUDITOR: sayable("auditors"),
}
PERMISSIONS = {
    Permission.OWN_SETTINGS: sayable("talk to me and change their own settings"),
    Permission.SEND_DOCUMENTS: sayable("send documents"),
    Permission.EDIT_DRAFTS: sayable("edit drafts"),
    Permission.CONFIRM_BILLS: sayable("confirm bills"),
    Permission.CORRECT_BILLS: sayable("correct booked bills"),
    Permission.VOID_BILLS: sayable("set booked bills aside"),
    Permission.RECORD_PAYMENTS: sayable("record payments"),
    Permission.APPROVE_BILLS: sayable("approve bills"),
    Permission.TRUST_ACCOUNTS: sayable("trust changed accounts"),
    Permission.SEE_BILLS: sayable("see bills"),
    Permission.SEE_SPENDING: sayable("see spending"),
    Permission.SEE_BALANCES: sayable("see balances"),
    Permission.SEE_RESULTS: sayable("see income and profit"),
    Permission.SEE_BOOKS: sayable("see and export the books"),
    Permission.SEE_MAIL: sayable("see the mail log"),
    Permission.IMPORT_STATEMENTS: sayable("import statements"),
    Permission.MAKE_PAYMENT_FILES: sayable("make payment files"),
    Permission.KEEP_BOOKS: sayable("keep the books"),
    Permission.CLOSE_BOOKS: sayable("close the books"),
    Permission.REOPEN_BOOKS: sayable("reopen the books"),
    Permission.DECIDE_MAIL: sayable("decide about mails"),
    Permission.RULE_MAIL: sayable("decide whose mail is taken in"),
    Permission.DESCRIBE_COMPANY: sayable("change the company's profile"),
    Permission.SET_RULES: sayable("change the rules for approvals"),
    Permission.OPEN_ROOMS: sayable("change what I tell in shared places"),
    Permission.MANAGE_PEOPLE: sayable("invite people and change their roles"),
    Permission.CHANGE_RIGHTS: sayable("change rights"),
}
"""What completes "may …", as it is also said to change it."""
MOST_NAMES = 3


_SAID = {
    Reach.ANY: sayable("{who} may {what}"),
    Reach.OWN: sayable("{who} may {what}, only their own"),
    Reach.NONE: sayable("{who} may not {what}"),
}


def may_say(role: Role, permission: Permission, reach: Reach) -> str:
    """ "members may see bills, only their own": as it is told, and as it can be said."""
    return say(_SAID[reach], who=say(ALL_OF[role]), what=say(PERMISSIONS[permission]))


def may_not(session: Session, permission: Permission, *, theirs: bool = False) -> str:
    """Who may, and whom to ask; `theirs` says that the asker may with what is theirs, and this is not."""
    values = {
        "who": listed([say(_ONE_OF[role]) for role in rights.roles_with(session, permission)], "or"),
        "what": say(PERMISSIONS[permission]),
        "names": _names(session, permission),
    }
    if theirs:
        return say("That is not yours alone: only {who} may {what} of others. Please ask {names}.", **values)
    return say("Only {who} may {what}. Please ask {names}.", **values)


def only_own() -> str:
    """Below an answer that leaves out what the asker may not see."""
    return say("That is about the bills that you sent; others' I may not show you.")


def may_not_take_back(session: Session, permission: Permission, name: str) -> str:
    """The same of taking back what somebody else, called `name`, did."""
    who: Sequence[str] = [say(_ONE_OF[role]) for role in rights.roles_with(session, permission)]
    return say(
        "{name} did that. Only they, or somebody who may {what} ({who}), can take it back. Nothing was changed.",
        name=name,
        what=say(PERMISSIONS[permission]),
        who=listed(list(who), "or"),
    )


def _names(session: Session, permission: Permission) -> str:
    return listed([person.name for person in rights.who_may(session, permission, most=MOST_NAMES)], "or")
