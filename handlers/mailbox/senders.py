"""Whose mail is taken in without asking, and the addresses of ours for one company or vendor."""

from __future__ import annotations

import re

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import CloseIntakeAddress, ForgetSender, OpenIntakeAddress, ShowSenders
from handlers.understand.text.words import fold
from storage.mail import sender_rules
from storage.models import IntakeAddress, SenderKind, SenderRule
from storage.people import company


def show_senders(session: Session, context: Context, request: ShowSenders) -> tuple[Reply, ...]:
    """The rules about senders, and the intake addresses with their allow-lists."""
    rules = [rule for rule in sender_rules.rules(session) if rule.intake_id is None]
    taken = [_said(rule) for rule in rules if rule.accept]
    refused = [_said(rule) for rule in rules if not rule.accept]
    lines = []
    if taken:
        lines.append(say("I take in mail from: {senders}.", senders=", ".join(taken)))
    if refused:
        lines.append(say("I leave mail alone from: {senders}.", senders=", ".join(refused)))
    for address in sender_rules.intake_addresses(session):
        allowed = ", ".join(_said(rule) for rule in sender_rules.allowed_at(session, address))
        lines.append(
            say(
                "{address} is for {name}, and takes mail from: {senders}.",
                address=_written(session, address),
                name=address.name,
                senders=allowed or say("nobody without asking"),
            )
        )
    if not lines:
        lines.append(
            say(
                "Mail of unknown senders waits until you decide. Say “always take in mails from acme.example”, or "
                "“make an intake address for Acme from acme.example”."
            )
        )
    return (Reply("\n".join(lines)),)


def forget_sender(session: Session, context: Context, request: ForgetSender) -> tuple[Reply, ...]:
    """Mail of that sender waits again. Raises: NotFound for a sender without a rule."""
    if not sender_rules.drop_rules(session, request.who, by=context.asker.id, now=context.now):
        raise NotFound(say("There is no rule about {sender}.", sender=request.who.lower()))
    return (Reply(say("Mail from {sender} waits for a decision again.", sender=request.who.lower())),)


def open_intake_address(session: Session, context: Context, request: OpenIntakeAddress) -> tuple[Reply, ...]:
    """An address with a name in it, and whose mail is taken in there."""
    tag = re.sub(r"[^a-z0-9]+", "-", fold(request.name)).strip("-")[:40]
    address = sender_rules.open_intake_address(session, tag, request.name, person_id=context.asker.id, now=context.now)
    for sender in request.senders:
        kind = SenderKind.ADDRESS if "@" in sender else SenderKind.DOMAIN
        sender_rules.add_rule(
            session,
            kind,
            sender,
            accept=True,
            person_id=context.asker.id,
            by=context.asker.id,
            now=context.now,
            intake_id=address.id,
        )
    allowed = ", ".join(_said(rule) for rule in sender_rules.allowed_at(session, address))
    text = say("Invoices for {name} can be sent to {address}.", name=address.name, address=_written(session, address))
    if allowed:
        return (Reply(f"{text} {say('I take in mail from {senders} there without asking.', senders=allowed)}"),)
    return (
        Reply(
            f"{text} "
            + say(
                "Whose mail shall I take in there without asking? Say “intake address for {name} from acme.example”.",
                name=address.name,
            )
        ),
    )


def close_intake_address(session: Session, context: Context, request: CloseIntakeAddress) -> tuple[Reply, ...]:
    """The address is like any other again. Raises: NotFound."""
    said = request.name.casefold()
    for address in sender_rules.intake_addresses(session):
        if said in (address.name.casefold(), address.tag):
            sender_rules.close_intake_address(session, address, context.now)
            return (
                Reply(
                    say(
                        "{address} is closed. What comes there waits for a decision.",
                        address=_written(session, address),
                    )
                ),
            )
    raise NotFound(say("There is no intake address for “{name}”.", name=request.name))


def _written(session: Session, address: IntakeAddress) -> str:
    """The whole address: ours, with its tag."""
    local, _, domain = company.mail_address(session).rpartition("@")
    return f"{local}+{address.tag}@{domain}"


def _said(rule: SenderRule) -> str:
    return say("whatever {address} forwards", address=rule.value) if rule.kind is SenderKind.FORWARDER else rule.value
