"""Belonging to a company: leaving it, removing somebody, handing it over, and speaking for another one."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context, OtherCompany
from handlers.errors import NotFound, NotPossible
from handlers.language.formats import listed
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.people.irrevocable import asked_first, is_sure, person_meant
from handlers.requests import HandOver, LeaveCompany, RemovePerson, ShowCompanies, SwitchCompany
from handlers.understand.text.words import fold
from storage.bills.vendors import match_key
from storage.people import companies, company, leaving, people


def remove(session: Session, context: Context, request: RemovePerson) -> tuple[Reply, ...]:
    """Somebody belongs to the company no more. Raises: NotFound, NotPossible where it is not clear
    who is meant; LedgerError for the only owner."""
    person = person_meant(session, request, request.name)
    if not is_sure(session, context, request):
        people.check_owned_without(session, person)
        text = say(
            "Remove {name}? Sessions, linked channels, passkeys and tokens end at once, also where {name} is signed in "
            "now. What was sent and decided stays.",
            name=person.name,
        )
        return asked_first(context, text, say("Remove {name}", name=person.name), "remove", person)
    leaving.remove(session, person, by=context.asker.id, now=context.now)
    text = say(
        "{name} is removed: I answer none of their messages and buttons any more. What they sent and decided stays.",
        name=person.name,
    )
    return (Reply(text),)


def leave(session: Session, context: Context, request: LeaveCompany) -> tuple[Reply, ...]:
    """The asker belongs to the company no more. Raises: LedgerError for the only owner."""
    person = people.find_by_id(session, context.asker.id)
    assert person is not None, "who asks is known"
    name = _name(session)
    if not is_sure(session, context, request):
        people.check_owned_without(session, person)
        text = say(
            "Leave {company}? Your access ends at once, on all channels, and only an owner can invite you again.",
            company=name,
        )
        return asked_first(context, text, say("Leave {company}", company=name), "leave")
    leaving.remove(session, person, by=context.asker.id, now=context.now)
    return (Reply(say("You have left {company}. An owner can invite you again.", company=name)),)


def hand_over(session: Session, context: Context, request: HandOver) -> tuple[Reply, ...]:
    """Another person owns the books. Raises: NotFound, NotPossible; LedgerError."""
    owner, to = people.find_by_id(session, context.asker.id), person_meant(session, request, request.name)
    assert owner is not None, "who asks is known"
    if not is_sure(session, context, request) and owner.id != to.id:
        text = say(
            "Hand {company} over to {name}? {name} owns the books then and you are an approver: you cannot take it "
            "back yourself.",
            company=_name(session),
            name=to.name,
        )
        return asked_first(context, text, say("Hand over to {name}", name=to.name), "hand-over", to)
    leaving.hand_over(session, owner, to, now=context.now)
    text = say("{name} owns the books of {company} now, and you are an approver.", name=to.name, company=_name(session))
    return (Reply(text),)


def show_companies(session: Session, context: Context, request: ShowCompanies) -> tuple[Reply, ...]:
    """The companies that know the asker here, and which one they speak for."""
    others = [each.name for each in context.elsewhere()]
    if not others:
        return (Reply(say("You speak for {company}, and are in no other company here.", company=_name(session))),)
    text = say(
        "You speak for {company}. You are also in {others}. “switch to {first}” changes that.",
        company=_name(session),
        others=listed(others),
        first=others[0],
    )
    return (Reply(text),)


def switch(session: Session, context: Context, request: SwitchCompany) -> tuple[Reply, ...]:
    """From now on this conversation is with another company. Raises: NotFound, naming those that there are."""
    others = context.elsewhere()
    meant = _meant(others, request.name)
    if not meant and match_key(request.name) == match_key(_name(session)):
        return (Reply(say("You speak for {company}.", company=_name(session))),)
    if not meant:
        known = listed([each.name for each in others]) or say("none")
        raise NotFound(
            say(
                "You are in no company called {name}. Others that know you here: {known}.",
                name=request.name,
                known=known,
            )
        )
    if len(meant) > 1:
        raise NotPossible(say("Several are called so: {names}.", names=listed([each.name for each in meant])))
    companies.choose(session, context.channel, context.conversation, meant[0].id)
    return (Reply(say("From now on you speak for {company} here.", company=meant[0].name)),)


def _meant(others: tuple[OtherCompany, ...], said: str) -> list[OtherCompany]:
    """Those of that name, else those whose name begins so."""
    name = match_key(said)
    exact = [each for each in others if match_key(each.name) == name]
    return exact or [each for each in others if fold(each.name).startswith(fold(said))]


def _name(session: Session) -> str:
    return company.company(session).name
