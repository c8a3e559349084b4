"""Webhooks, in the asker's name: made, listed, paused, tried and ended."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.translation import say, sayable
from handlers.messages import Reply
from handlers.requests import ChangeWebhook, MakeWebhook, ShowWebhooks
from handlers.rights import permitted
from storage.events import deliveries
from storage.events.types import ALL
from storage.models import Permission, Webhook, WebhookState
from storage.people.access import webhooks

STATES = {
    WebhookState.ACTIVE: sayable("is told"),
    WebhookState.PAUSED: sayable("paused"),
    WebhookState.STOPPED: sayable("stopped, since it took nothing"),
    WebhookState.GONE: sayable("stopped, since it is gone"),
}


def make(session: Session, context: Context, request: MakeWebhook) -> tuple[Reply, ...]:
    """With the secret of its signatures. Raises: LedgerError for an address or types that there cannot be."""
    made = webhooks.add(session, context.asker.id, request.url, request.types, known=ALL, now=context.now)
    head = say("From now on I tell {address} what happens (webhook {n}).", address=webhooks.shown(made), n=made.id)
    return (Reply("\n".join([head, *_secret(made)])),)


def show(session: Session, context: Context, request: ShowWebhooks) -> tuple[Reply, ...]:
    """Numbered as they are to be named."""
    held = seen(session, context)
    if not held:
        return (Reply(say("There is no webhook. “create a webhook for https://…” makes one.")),)
    lines = [f"{one.id}. {webhooks.shown(one)}, {say(STATES[one.state])}" for one in held]
    how = say(
        "“pause webhook {n}”, “resume webhook {n}”, “test webhook {n}”, “replay webhook {n}” and “delete webhook {n}” "
        "do what they say.",
        n=held[0].id,
    )
    return (Reply("\n".join([say("These are told what happens here:"), *lines, how])),)


def change(session: Session, context: Context, request: ChangeWebhook) -> tuple[Reply, ...]:
    """What is done with one. Raises: NotFound."""
    webhook, by, now = find(session, context, request.webhook), context.asker.id, context.now
    n = webhook.id
    match request.act:
        case "pause":
            webhooks.turn(session, webhook, WebhookState.PAUSED, by=by, now=now)
            text = say("Webhook {n} is told nothing until you say “resume webhook {n}”; then it hears it all.", n=n)
        case "resume":
            webhooks.turn(session, webhook, WebhookState.ACTIVE, by=by, now=now)
            deliveries.begin_anew(session, n, now)
            text = say("Webhook {n} is told again what happens, and what happened meanwhile.", n=n)
        case "rotate":
            webhooks.rotate(session, webhook, by=by, now=now)
            head = say("Webhook {n} has a new secret. For a day I sign with the former one as well.", n=n)
            text = "\n".join([head, *_secret(webhook)])
        case "test":
            deliveries.test(session, n, now)
            webhooks.note(session, webhook, "test", by=by, now=now)
            text = say("I send a test to webhook {n}.", n=n)
        case "replay":
            text = _replay(session, context, webhook, request)
        case "delete":
            webhooks.remove(session, webhook, by=by, now=now)
            text = say("Webhook {n} is told nothing any more.", n=n)
    return (Reply(text),)


def _replay(session: Session, context: Context, webhook: Webhook, request: ChangeWebhook) -> str:
    """What was given up, one delivery, or everything from a place in the log on is sent once more."""
    n, now = webhook.id, context.now
    if request.since is not None:
        deliveries.replay_since(session, n, request.since)
    elif request.delivery is not None:
        if (item := deliveries.find(session, n, request.delivery)) is None:
            raise NotFound(say("There is no such delivery here."))
        deliveries.replay(session, item, now)
    elif not deliveries.replay_failed(session, n, now):
        return say("Nothing was given up for webhook {n}.", n=n)
    webhooks.note(session, webhook, "replay", by=context.asker.id, now=now)
    return say("I send it to webhook {n} once more.", n=n)


def seen(session: Session, context: Context) -> list[Webhook]:
    """The asker's own; everybody's for whoever manages people."""
    if permitted.may(session, context, Permission.MANAGE_PEOPLE):
        return webhooks.everybodys(session)
    return webhooks.of_person(session, context.asker.id)


def find(session: Session, context: Context, webhook_id: int) -> Webhook:
    """One that the asker may see. Raises: NotFound."""
    found = next((one for one in seen(session, context) if one.id == webhook_id), None)
    if found is None:
        raise NotFound(say("There is no such webhook here. “my webhooks” lists them."))
    return found


def _secret(webhook: Webhook) -> list[str]:
    return [say("What I send is signed with this secret, which is shown this once:"), webhook.secret]
