"""One person on several channels: who is here, joining a channel, a name, and two people who are one."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound, NotPossible
from handlers.language.formats import listed
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.people.colleagues import CHANNELS, channels_of, described, find_colleague
from handlers.people.irrevocable import asked_first, is_sure, person_meant
from handlers.requests import LinkChannel, MergePeople, RenamePerson, UnlinkChannel, WhoIsHere
from handlers.rights import permitted
from handlers.rights.permitted import NotPermitted
from handlers.wording.cards import bill_label
from storage.approvals import merged_people
from storage.models import Permission, Person
from storage.people import identities, people, rights
from storage.people.oneness import namesake, told_apart

MOST_BILLS = 5
MOST_OWNERS = 3


def who_is_here(session: Session, context: Context, request: WhoIsHere) -> tuple[Reply, ...]:
    """Everybody with their role and channels, numbered as they can be called; or the asker alone."""
    everybody = people.everybody(session)
    lines = [
        f"{n}. {described(session, person)}"
        for n, person in enumerate(everybody, 1)
        if not request.me or person.id == context.asker.id
    ]
    ask = (
        say("“link my Telegram” joins another channel to you, “call me …” changes your name.")
        if request.me
        else say("Two entries are one person? The owner says “merge 2 into 1”. “make Anna an approver” changes a role.")
    )
    return (Reply("\n".join([*lines, ask])),)


def link(session: Session, context: Context, request: LinkChannel) -> tuple[Reply, ...]:
    """A code with which the asker joins another channel, and where to send it."""
    code = identities.link_code(session, context.asker.id, now=context.now)
    minutes = identities.MINUTES
    bot = identities.account_name(session, "telegram")
    if request.channel == "telegram" and bot:
        url = f"https://t.me/{bot}?start={code.replace('-', '')}"
        text = say(
            "Open this link in Telegram and press Start: {url}\nOr send “join {code}” to @{bot} there. "
            "It works once, within {minutes} minutes.",
            url=url,
            code=code,
            bot=bot,
            minutes=minutes,
        )
    elif request.channel is None:
        text = say(
            "Send me “join {code}” on the other channel. It works once, within {minutes} minutes, and makes you one "
            "person on both.",
            code=code,
            minutes=minutes,
        )
    else:
        text = say(
            "{channel}: write to me there, in a direct chat, “join {code}”. It works once, within {minutes} minutes.",
            channel=say(CHANNELS[request.channel]),
            code=code,
            minutes=minutes,
        )
    return (Reply(text),)


def unlink(session: Session, context: Context, request: UnlinkChannel) -> tuple[Reply, ...]:
    """The asker no longer writes on a channel. Raises: NotFound; LedgerError where it is their only one."""
    channel = say(CHANNELS[request.channel])
    if not identities.unlink(session, context.asker.id, request.channel, now=context.now):
        raise NotFound(say("You are not linked on {channel}.", channel=channel))
    return (Reply(say("You are no longer linked on {channel}.", channel=channel)),)


def rename(session: Session, context: Context, request: RenamePerson) -> tuple[Reply, ...]:
    """Another name for the asker, or for a colleague. Raises: NotPermitted, NotPossible for a name of somebody else."""
    person = find_colleague(session, request.old) if request.old else people.find_by_id(session, context.asker.id)
    assert person is not None, "who asks is known"
    before = person.name
    _refuse_anothers_name(session, context, person, request.new)
    identities.rename(session, person, request.new, by=context.asker.id, now=context.now)
    if person.id == context.asker.id:
        return (Reply(say("I call you {name} from now on.", name=person.name)),)
    return (Reply(say("{before} is called {name} from now on.", before=before, name=person.name)),)


def _refuse_anothers_name(session: Session, context: Context, person: Person, name: str) -> None:
    """By name people are told, asked and told apart where it takes two (`storage.people.oneness`): nobody takes a
    colleague's, nor drops the one by which two may be one; nobody at all gives two people the very same.

    Raises: NotPermitted; NotPossible.
    """
    others = [one for one in people.everybody(session) if one.id != person.id]
    other = namesake(others, name) or namesake(others, person.name)
    if other is not None and not permitted.may(session, context, Permission.MANAGE_PEOPLE):
        text = say(
            "{other} is called so, or nearly so, and nobody is to be taken for somebody else. Say a name that tells "
            "you apart, or ask {owners} to name you both.",
            other=other.name,
            owners=listed([one.name for one in rights.who_may(session, Permission.MANAGE_PEOPLE, most=MOST_OWNERS)]),
        )
        raise NotPermitted(text, Permission.MANAGE_PEOPLE)
    if told_apart(others, name) != name:
        raise NotPossible(
            say("Somebody here is called {name} already. Say a name that tells the two apart.", name=name)
        )


def merge(session: Session, context: Context, request: MergePeople) -> tuple[Reply, ...]:
    """Two people become one; which bills take a decision anew is told."""
    gone, kept = (person_meant(session, request, each) for each in (request.name, request.into))
    if gone.id == context.asker.id:
        gone, kept = kept, gone  # nobody merges themselves away, role and all
    if not is_sure(session, context, request) and gone.id != kept.id:
        people.check_owned_without(session, gone)
        text = say(
            "{who}\n{into}\nAre they one person? They go on as {name} from then on, and are never told apart again.",
            who=described(session, gone),
            into=described(session, kept),
            name=kept.name,
        )
        return asked_first(context, text, say("One person"), "merge", gone, kept)
    name, channels = gone.name, channels_of(identities.identities_of(session, gone.id))
    made = merged_people.merge(session, gone, kept, by=context.asker.id, now=context.now)
    lines = [
        say("{name} and {into} are one person now: {who}.", name=name, into=kept.name, who=described(session, kept))
        if channels
        else say("{name} and {into} are one person now.", name=name, into=kept.name)
    ]
    if made.waiting:
        labels = [bill_label(bill) for bill in made.waiting[:MOST_BILLS]]
        lines.append(
            say_count(
                "What took two people and has one behind it does not count any more. {n} bill waits again: {bills}.",
                "What took two people and has one behind it does not count any more. {n} bills wait again: {bills}.",
                len(made.waiting),
                bills=listed(labels),
            )
        )
    return (Reply("\n".join(lines)),)
