"""Mail that waits: who wrote it, and what is to become of it."""

from __future__ import annotations

from typing import get_args

from sqlmodel import Session

from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.errors import NotAllowed, NotFound
from handlers.language.formats import moment
from handlers.language.translation import say, say_count
from handlers.mailbox.fates import why_held
from handlers.messages import Choice, Reply
from handlers.requests import DecideMail, ShowQuarantine
from handlers.requests.mail import Verdict
from handlers.rights import permitted
from storage.mail import quarantine, sender_rules
from storage.mail.quarantine import AnswerPlace, HeldMail
from storage.messages import reminders
from storage.models import Permission, QuarantineState, Reach, Role, SenderKind
from storage.people import people, rights

MOST_SHOWN = 8
UNALIGNED, FORWARDED, BULK = "unaligned", "forwarded", "bulk"
COMMON_DOMAINS = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com",
    "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org",
    "proton.me", "protonmail.com", "aol.com", "orange.fr", "free.fr", "libero.it", "wp.pl", "seznam.cz",
})  # fmt: skip
"""Where anybody has an address: a domain like these is no sender."""


def show_quarantine(session: Session, context: Context, request: ShowQuarantine) -> tuple[Reply, ...]:
    """The mails that wait and that the asker may decide about, each with its buttons."""
    found = decidable(session, context.asker.id, context.asker.role)
    if not found:
        return (Reply(say("No mail waits for a decision.")),)
    return listing(context, session, found)


def decidable(session: Session, person_id: int, role: Role) -> list[HeldMail]:
    """What waits and a person may decide about: all for those who may, else what is in their own name. Mails
    that went to many come last."""
    found = [mail for mail in quarantine.waiting(session) if _may(session, mail, person_id, role)]
    return sorted(found, key=lambda mail: mail.held.reason == BULK)


def listing(context: Context, session: Session, found: list[HeldMail]) -> tuple[Reply, ...]:
    """What waits: a head, and a reply for each with its buttons."""
    head = say_count(
        "{n} mail waits for you to decide. I have not read it.",
        "{n} mails wait for you to decide. I have not read them.",
        len(found),
    )
    shown = [one(context, session, mail) for mail in found[:MOST_SHOWN]]
    more = found[MOST_SHOWN:]
    if more:
        who = ", ".join(dict.fromkeys(mail.record.sender for mail in more[:20]))
        shown.append(Reply(say_count("… and {n} more, from {who}.", "… and {n} more, from {who}.", len(more), who=who)))
    hint = say(
        "You can also say “take in the mail from {sender}”, “always take in mails from {sender}” or “no mail from "
        "{sender}”.",
        sender=found[0].record.sender,
    )
    return (Reply(f"{head}\n{hint}"), *shown)


def one(context: Context, session: Session, mail: HeldMail) -> Reply:
    """A mail that waits, with what can be done about it."""
    record = mail.record
    name = f"{record.sender_name} <{record.sender}>" if record.sender_name else record.sender
    lines = [
        name,
        say("“{subject}”", subject=record.subject) if record.subject else say("without a subject"),
        say(
            "{when}, {size} kB. {why}.",
            when=moment(record.arrived_at.astimezone(context.zone)),
            size=max(1, record.bytes // 1024),
            why=_capital(why_held(session, record)),
        ),
    ]
    return Reply("\n".join(lines), choices=_choices(mail))


def decision_of(argument: str) -> DecideMail:
    """What a button with this argument ("7:always") decides."""
    held, _, verdict = argument.partition(":")
    known = next(one for one in get_args(Verdict) if one == verdict)
    return DecideMail(known, int(held))


def decide(session: Session, context: Context, request: DecideMail) -> tuple[Reply, ...]:
    """Takes mails in, now or always, or discards them. Raises: NotFound, NotAllowed."""
    found = _meant(session, context, request)
    senders = list(dict.fromkeys(mail.record.sender for mail in found))
    match request.verdict:
        case "no":
            return _discard(session, context, request, found)
        case "always":
            _rules(session, context, request, senders, accept=True)
        case "forwards":
            _always_forwarded(session, context, found)
    waiting = [mail for mail in found if mail.held.state in (QuarantineState.WAITING, QuarantineState.DISCARDED)]
    for mail in waiting:
        _release(session, context, mail, request)
    return (Reply(_taken(request, senders, len(waiting))),)


def _release(session: Session, context: Context, mail: HeldMail, request: DecideMail) -> None:
    address = reminders.address_on(session, context.asker.id, context.channel) or context.conversation
    quarantine.release(
        session,
        mail.held,
        by=context.asker.id,
        to=AnswerPlace(context.channel, address, context.conversation),
        now=context.now,
        as_person=request.verdict == "mine" and mail.held.person_id == context.asker.id,
        verdict=request.verdict,
    )


def _discard(session: Session, context: Context, request: DecideMail, found: list[HeldMail]) -> tuple[Reply, ...]:
    waiting = [mail for mail in found if mail.held.state is QuarantineState.WAITING]
    for mail in waiting:
        quarantine.discard(session, mail.held, by=context.asker.id, now=context.now)
    if request.who and ("@" in request.who or "." in request.who):
        _rules(session, context, request, [request.who.lower()], accept=False)
        return (Reply(say("From now on I leave mail from {sender} alone.", sender=request.who.lower())),)
    return (Reply(say_count("Discarded.", "{n} mails discarded.", len(waiting))),)


def _rules(session: Session, context: Context, request: DecideMail, senders: list[str], *, accept: bool) -> None:
    """A rule about the address or domain that was said, else about each sender."""
    said = request.who.lower().lstrip("@")
    values = [said] if "." in said and " " not in said else senders
    for value in values:
        kind = SenderKind.ADDRESS if "@" in value else SenderKind.DOMAIN
        if kind is SenderKind.DOMAIN and value in COMMON_DOMAINS:
            raise NotAllowed(
                say("Anybody can have an address at {domain}. Tell me the whole address instead.", domain=value)
            )
        sender_rules.add_rule(
            session, kind, value, accept=accept, person_id=context.asker.id, by=context.asker.id, now=context.now
        )


def _always_forwarded(session: Session, context: Context, found: list[HeldMail]) -> None:
    """Whatever a person's mailbox forwards is taken in for that person from now on."""
    for mail in found:
        person = mail.held.person_id
        if mail.held.reason == FORWARDED and person is not None:
            for value in people.addresses(session, person, "mail"):
                sender_rules.add_rule(
                    session,
                    SenderKind.FORWARDER,
                    value,
                    accept=True,
                    person_id=person,
                    by=context.asker.id,
                    now=context.now,
                )


def _meant(session: Session, context: Context, request: DecideMail) -> list[HeldMail]:
    """The mails that are meant. Raises: NotFound, NotAllowed."""
    if request.mail is not None:
        found = quarantine.find(session, request.mail)
        if found is None or found.held.sha256 is None:
            raise NotFound(say("This mail no longer waits: it was taken in, discarded or forgotten."))
        if not _may(session, found, context.asker.id, context.asker.role):
            permitted.refuse(session, context, Permission.DECIDE_MAIL)
            raise NotAllowed(say("Only whom this mail claims to be from can decide about it."))
        if found.held.state not in (QuarantineState.WAITING, QuarantineState.DISCARDED):
            raise NotFound(say("This mail no longer waits: it was taken in, discarded or forgotten."))
        return [found]
    waiting = decidable(session, context.asker.id, context.asker.role)
    if not request.who:
        if len(waiting) != 1:
            raise NotFound(say("{n} mails wait. Say whose you mean: “take in the mail from …”.", n=len(waiting)))
        return waiting
    said = request.who.casefold().lstrip("@")
    meant = [mail for mail in waiting if _is_from(mail, said)]
    if not meant and (request.verdict == "in" or "." not in said):
        raise NotFound(say("No mail of “{who}” waits.", who=request.who))
    return meant


def _is_from(mail: HeldMail, said: str) -> bool:
    sender = mail.record.sender
    if "@" in said:
        return sender == said
    if "." in said and " " not in said:
        return sender.rpartition("@")[2] == said or sender.endswith(f".{said}")
    return said in mail.record.sender_name.casefold() or said in sender


def _may(session: Session, mail: HeldMail, person_id: int, role: Role) -> bool:
    if mail.held.reason == UNALIGNED:  # who it claims to be from knows, and nobody else
        return mail.held.person_id == person_id
    reach = rights.reach_of(session, role, Permission.DECIDE_MAIL)
    return reach is Reach.ANY or (reach is Reach.OWN and mail.held.person_id == person_id)


def _choices(mail: HeldMail) -> tuple[Choice, ...]:
    held = mail.held.id
    if mail.held.reason == UNALIGNED:
        return (
            Choice(choice_id("mail", None, f"{held}:mine"), say("It was me"), "primary"),
            Choice(choice_id("mail", None, f"{held}:no"), say("Not me"), "danger"),
        )
    forwards = (Choice(choice_id("mail", None, f"{held}:forwards"), say("Whatever is forwarded, always")),)
    return (
        Choice(choice_id("mail", None, f"{held}:in"), say("Take in"), "primary"),
        Choice(choice_id("mail", None, f"{held}:always"), say("This sender always")),
        *(forwards if mail.held.reason == FORWARDED else ()),
        Choice(choice_id("mail", None, f"{held}:no"), say("No"), "danger"),
    )


def _taken(request: DecideMail, senders: list[str], number: int) -> str:
    now = say_count("Taken in; I am reading it.", "{n} mails taken in; I am reading them.", number) if number else ""
    if request.verdict == "always":
        who = request.who.lower() if "." in request.who else ", ".join(senders)
        return f"{say('From now on I take in mail from {sender} without asking.', sender=who)} {now}".strip()
    if request.verdict == "forwards":
        return f"{say('From now on I take in whatever that mailbox forwards.')} {now}".strip()
    return now


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
