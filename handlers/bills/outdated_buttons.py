"""Takes the buttons off cards that have had their time: a later message shows the bill anew, or others decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.button_ids import parse_choice
from handlers.context import Asker, Context
from handlers.language.translation import say, speaking
from handlers.messages import Reply, from_json, split_reply_key
from handlers.wording import bill_texts
from storage import audit
from storage.approvals import approvals
from storage.bills import lifecycle
from storage.messages import deliveries, idempotency
from storage.messages.deliveries import ShownMessage
from storage.models import Bill, BillState, Delivery, Person
from storage.people import people

DECIDES = frozenset({"approve", "trust", "refuse"})
OVER = (BillState.PAID, BillState.VOID)


def remove_outdated_buttons(session: Session, context: Context, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """For each bill that the replies show in a new message: its former card in this conversation, without buttons.

    And for each that was changed: the cards on which others were asked to decide, as they are to look from now on.
    """
    shown = [reply for reply in replies if reply.card and reply.bill is not None and reply.replaces is None]
    former = (_former(session, context, reply) for reply in shown)
    others = (_elsewhere(session, context, bill) for bill in audit.touched(session, context.now))
    return (*(reply for reply in former if reply), *(reply for found in others for reply in found))


def _former(session: Session, context: Context, now: Reply) -> Reply | None:
    """The latest card of the bill that still has buttons, as it is to look from now on; None where there is none."""
    assert now.bill is not None and now.card is not None
    for sent in deliveries.deliveries_of(session, context.channel, context.conversation, now.bill):
        reply = reply_sent(session, sent)
        if reply and reply.card and reply.choices:
            state = now.card.state if now.card.state != reply.card.state else bill_texts.continued()
            card = replace(reply.card, state=state, doubts=(), changes=())
            return Reply(card=card, bill=now.bill, replaces=sent.key, quiet=True)
    return None


def _elsewhere(session: Session, context: Context, bill_id: int) -> Iterator[Reply]:
    """The bill's cards in other conversations, where they are to look otherwise now."""
    looks = sorted(deliveries.shown_messages_of(session, bill_id), key=_place)  # stable: the newest first within each
    for place, found in groupby(looks, key=_place):
        if place != (context.channel, context.conversation) and (card := _standing_card(session, list(found))):
            yield from _renewed(session, context, lifecycle.find(session, bill_id), *card)


def _standing_card(session: Session, looks: Sequence[ShownMessage]) -> tuple[ShownMessage, Reply] | None:
    """The card that a conversation goes by: the newest with buttons, else the newest."""
    cards = [(look, reply) for look in looks if (reply := reply_sent(session, look.latest)) and reply.card]
    return next((card for card in cards if card[1].choices), cards[0] if cards else None)


def _renewed(session: Session, context: Context, bill: Bill, look: ShownMessage, before: Reply) -> Iterator[Reply]:
    """The card as the person who has it is to see it now, if that is otherwise.

    Who was asked to decide keeps the buttons only while the bill waits for them; nobody can do anything with one that
    is paid or void. Who decided stands on it.
    """
    person = _shown_to(session, look)
    asks = person is not None and approvals.awaits_decision_of(session, bill, person)
    asked = any(_action(choice.id) in DECIDES for choice in before.choices) or (before.quiet and asks)
    if person is None or not (asked or (before.choices and bill.state in OVER)):
        return
    theirs = replace(context, asker=Asker(person.id, person.name, person.role), card=look.latest.key)
    with speaking(before.language):
        now = bill_reply(session, theirs, bill)
        assert now.card is not None and before.card is not None
        state = now.card.state
        if context.asker.name not in state:
            state = say("{state} ({name})", state=state, name=context.asker.name)
        choices = now.choices if asks else ()
        if (choices, state) != (before.choices, before.card.state):
            yield replace(now, card=replace(now.card, state=state), choices=choices, quiet=True)


def reply_sent(session: Session, sent: Delivery) -> Reply | None:
    """The reply that was sent; None where it is no longer kept."""
    message_key, n = split_reply_key(sent.key)
    served = idempotency.find_without_waiting(session, message_key)
    return from_json(tuple[Reply, ...], served.replies)[n] if served else None


def _shown_to(session: Session, look: ShownMessage) -> Person | None:
    """Whom the card was for; others may have changed it since. None for nobody whom the company knows."""
    served = idempotency.find_without_waiting(session, split_reply_key(look.first.key)[0])
    if served is None or served.person_id is None:
        return None
    return people.find_by_id(session, served.person_id)


def _action(choice: str) -> str:
    pressed = parse_choice(choice)
    return pressed.action if pressed else ""


def _place(look: ShownMessage) -> tuple[str, str]:
    return look.first.channel, look.first.conversation
