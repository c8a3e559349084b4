"""A person's mail addresses: further ones are linked once somebody shows that they read what is sent there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.translation import say
from handlers.messages import Message, Reply
from handlers.people import invite
from handlers.requests import LinkAddress, Redeem
from storage.messages import idempotency, reminders
from storage.messages.reminders import CLOCK_KEY_PREFIX
from storage.models import Person
from storage.people import address_links, attempts, people

SIGN_IN, ADDRESS_CODE = "sign-in", "address-code"
"""Kinds of notices (`Message.notice`): a sign-in link for who pressed a button in a mail, with the link's form; the
code that shows that somebody reads an address, with the id of the link that it is for."""
SIGN_IN_MINUTES = 30
CODE_HOURS = 24
_LINK_MINUTES = 2


def address_notice_replies(session: Session, context: Context, kind: str) -> tuple[Reply, ...] | None:
    """What is sent to an address to see whether it is read; None for another kind of notice."""
    name, _, target = kind.partition(":")
    if name == SIGN_IN:
        code = people.sign_in_link(session, context.asker.id, now=context.now, minutes=SIGN_IN_MINUTES)
        return (Reply(_sign_in(target.replace("{code}", code))),)
    if name == ADDRESS_CODE:
        made = address_links.renew_code(session, int(target), now=context.now)
        return (Reply(_code(context.asker.name, made)),) if made else ()
    return None


def address_code_messages(session: Session, now: datetime) -> list[Message]:
    """For each address that a person said is theirs: the message by which its code goes there, once."""
    return [
        Message(
            key=f"{CLOCK_KEY_PREFIX}{ADDRESS_CODE}/{link.id}",
            channel="mail",
            conversation=link.address,
            sender=link.address,
            sent_at=link.created_at,
            notice=f"{ADDRESS_CODE}:{link.id}",
            person=link.person_id,
        )
        for link in address_links.waiting(session, now)
        if link.address and not idempotency.find_without_waiting(session, f"{CLOCK_KEY_PREFIX}{ADDRESS_CODE}/{link.id}")
    ]


def sign_in_message(session: Session, person: Person, link: str, now: datetime) -> Message | None:
    """The message by which a link to sign in goes to a person, where they write to us elsewhere than on the web; None
    where they do not. `link` has {code} in it. One goes out in so many minutes."""
    place = reminders.place_of(session, person.id, without=("web", "terminal"))
    if place is None:
        return None
    slot = int(now.timestamp()) // (60 * _LINK_MINUTES)
    return Message(
        key=f"{CLOCK_KEY_PREFIX}{SIGN_IN}/{person.id}/{slot}",
        channel=place.channel,
        conversation=place.conversation,
        sender=place.address,
        sender_name=person.name,
        sent_at=now,
        notice=f"{SIGN_IN}:{link}",
        person=person.id,
    )


def link(session: Session, context: Context, request: LinkAddress) -> tuple[Reply, ...]:
    """Links an address: at once where the owner says whose it is, else once its reader's code comes back."""
    person = _meant(session, context, request.person)
    holder = people.find_person(session, "mail", request.address)
    if holder is not None:
        return (Reply(_known(request.address, holder.name)),)
    if person.id != context.asker.id:
        people.link_address(session, person.id, "mail", request.address, by=context.asker.id, now=context.now)
        return (Reply(say("{address} is {name}'s from now on.", address=request.address, name=person.name)),)
    address_links.ask(session, person.id, request.address, now=context.now, life=timedelta(hours=CODE_HOURS))
    return (
        Reply(
            say(
                "I send a code to {address}. Tell me the code here, or send it to me from that address, within {hours} "
                "hours, and mails from there count as yours.",
                address=request.address,
                hours=CODE_HOURS,
            )
        ),
    )


def redeem(session: Session, context: Context, request: Redeem) -> tuple[Reply, ...]:
    """A code from somebody known: of an address of theirs, or of an invitation that they do not need."""
    address = attempts.tried(
        session,
        f"{context.channel}:{context.asker.id}",
        context.now,
        lambda: address_links.confirm(session, request.code, context.asker.id, now=context.now),
    )
    if address is None:
        return invite.redeem(session, context, request)
    return (Reply(say("{address} is yours: mails from there count as your own now.", address=address)),)


def _meant(session: Session, context: Context, name: str) -> Person:
    """Whose address it is. Raises: NotFound."""
    own = people.find_by_id(session, context.asker.id)
    assert own is not None, "who asks was just found"
    if not name:
        return own
    written = dict.fromkeys((name, name.removesuffix("'s"), name.removesuffix("’s"), name.removesuffix("s")))
    found = next((known for each in written if (known := people.find_called(session, each))), [])
    if len(found) != 1:
        raise NotFound(
            say("I know {n} people called {name}. Please give the full name.", n=len(found), name=name)
            if found
            else say("I know nobody called {name}. “invite {name}” lets somebody in.", name=name)
        )
    return found[0]


def _known(address: str, name: str) -> str:
    return say("{address} is known already: it is {name}'s.", address=address, name=name)


def _sign_in(link: str) -> str:
    if "?next=" not in link:
        return say(
            "Open this to sign in to the chat on the web:\n{link}\n\nIt works once, within {minutes} minutes. If you "
            "did not ask for it, leave it, and pass it on to nobody.",
            link=link,
            minutes=SIGN_IN_MINUTES,
        )
    return say(
        "Open this to go on with the button that you pressed in my mail:\n{link}\n\nIt works once, within {minutes} "
        "minutes. If you pressed no button, leave it: somebody has a mail that was sent to you.",
        link=link,
        minutes=SIGN_IN_MINUTES,
    )


def _code(name: str, code: str) -> str:
    return say(
        "{name} told me that this address is theirs. If that is you, answer this mail with the code, or tell it to me "
        "in the chat:\n\n{code}\n\nIf it is not, leave it: nothing happens.",
        name=name,
        code=code,
    )
