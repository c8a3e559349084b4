"""How the company wants it: rules for approvals, and who has which role. The owner decides."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound, NotPossible
from handlers.language.formats import listed, money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.people.irrevocable import asked_first, is_sure, person_meant
from handlers.requests import AllowSelfApproval, AssignRole, RequireApproval, ShowApprovalRules
from handlers.rights.labels import ROLES
from storage.approvals import approval_rules, second_person
from storage.ledger.money import Money
from storage.models import ApprovalRule, Person, Role
from storage.people import company, people


def require(session: Session, context: Context, request: RequireApproval) -> tuple[Reply, ...]:
    """Bills from an amount on need approval."""
    approval_rules.require(
        session,
        Money.of(request.amount, request.currency or context.currency),
        steps=request.steps,
        role=Role(request.role),
        category=request.category,
        person_id=context.asker.id,
        now=context.now,
    )
    return rules(session, context, ShowApprovalRules())


def rules(session: Session, context: Context, request: ShowApprovalRules) -> tuple[Reply, ...]:
    """The rules in force."""
    own = company.company(session).approve_own
    lines = [_rule(rule) for rule in approval_rules.in_force(session)]
    if not lines:
        return (Reply(say("Bills need no approval. Say for example “bills from 500 need approval”.")),)
    lines.append(
        say("People may approve bills that they sent.")
        if own
        else say("Nobody approves bills that they sent themselves.")
    )
    lines += dict.fromkeys(
        filter(None, (_not_satisfied(session, rule, own=own) for rule in approval_rules.in_force(session)))
    )
    return (Reply("\n".join(lines)),)


def own_approval(session: Session, context: Context, request: AllowSelfApproval) -> tuple[Reply, ...]:
    """Whether people may approve their own bills."""
    company.allow_own_approval(session, request.allowed, person_id=context.asker.id, now=context.now)
    return rules(session, context, ShowApprovalRules())


def appoint(session: Session, context: Context, request: AssignRole) -> tuple[Reply, ...]:
    """Another role for somebody. Raises: NotFound, NotPossible when it is not clear who is meant."""
    role, person = Role(request.role), _appointed(session, request)
    if not is_sure(session, context, request) and role is not person.role:
        if person.id == context.asker.id:
            people.check_owned_without(session, person)
            text = say("Give up your role, and be {role}? You cannot take that back yourself.", role=say(ROLES[role]))
            return asked_first(context, text, say("Give it up"), request.role, person)
        if role is Role.OWNER:
            text = say(
                "Make {name} an owner? Owners may everything: remove people, you among them, and hand the company "
                "over.",
                name=person.name,
            )
            return asked_first(context, text, say("Make {name} an owner", name=person.name), request.role, person)
    people.appoint(session, person, role, by=context.asker.id, now=context.now)
    return (Reply(say("{name} is {role} now.", name=person.name, role=say(ROLES[role]))),)


def _appointed(session: Session, request: AssignRole) -> Person:
    if request.sure is not None:
        return person_meant(session, request, request.name)
    found = people.find_called(session, request.name)
    if not found:
        raise NotFound(say("I know nobody called {name}. Invite them first: “invite {name}”.", name=request.name))
    if len(found) > 1:
        names = listed([person.name for person in found], "or")
        raise NotPossible(say("Whom do you mean: {names}? Say the whole name.", names=names))
    return found[0]


def _not_satisfied(session: Session, rule: ApprovalRule, *, own: bool) -> str:
    """Whose bills the rule holds up for ever, as too few people may approve them, with the ways out; "" where there are
    enough."""
    able = second_person.of_rank(session, rule.role)
    if len(able) < rule.steps:
        return say(
            "As it is, nobody can satisfy this: {n} people have to approve, and only {able} may. Such a bill stays "
            "unpaid until you say “invite Ada as {role}”.",
            n=rule.steps,
            role=say(ROLES[rule.role]),
            able=listed([person.name for person in able]),
        )
    if own or len(able) > rule.steps:
        return ""
    return say(
        "As it is, nobody can approve a bill that {able} sent: it stays unpaid until you say “invite Ada as {role}” or "
        "“people may approve their own bills”.",
        able=listed([person.name for person in able], "or"),
        role=say(ROLES[rule.role]),
    )


def _rule(rule: ApprovalRule) -> str:
    least = money(Money(rule.min_minor, rule.currency))
    role = say(ROLES[rule.role])
    if rule.category:
        return say_count(
            "• {category} from {amount}: {n} person ({role}) has to approve.",
            "• {category} from {amount}: {n} people ({role}) have to approve.",
            rule.steps,
            category=rule.category,
            amount=least,
            role=role,
        )
    return say_count(
        "• Bills from {amount}: {n} person ({role}) has to approve.",
        "• Bills from {amount}: {n} people ({role}) have to approve.",
        rule.steps,
        amount=least,
        role=role,
    )
