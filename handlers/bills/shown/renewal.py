"""Cards follow their bill: where a message changes one, every card of it is shown anew, wherever it is.

The card that a conversation goes by, its newest with buttons, is renewed with the person's own buttons. Where the bill
is shown below in a new message, the former card loses its buttons and says so; what stands further up stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.shown.versions import reply_sent, unstamped
from handlers.button_ids import parse_choice
from handlers.context import Asker, Context
from handlers.language.translation import say, speaking
from handlers.messages import Change, Reply, split_reply_key
from handlers.rights import permitted
from handlers.wording import account_names, bill_texts
from handlers.wording.cards import shown_change
from storage import audit
from storage.approvals import approvals
from storage.bills import amendments, lifecycle
from storage.messages import deliveries, idempotency
from storage.messages.deliveries import ShownMessage
from storage.models import Bill, BillState, Person
from storage.people import people

DECIDES = ("approve", "trust", "refuse")
OVER = (BillState.PAID, BillState.VOID)
CARDS = "cards:"
"""How the notice begins by which cards follow what a program changed, before the key under which it did."""


def renew_cards(session: Session, context: Context, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The cards that the replies show anew in this conversation, as they are to look from now on, and those of each
    bill that the message changed, in other conversations and in this one."""
    below = {reply.bill for reply in replies if reply.card and reply.bill is not None and reply.replaces is None}
    changed = set(audit.touched_by(session, context.key))
    replaced = {
        (sent.channel, sent.sent_id)
        for reply in replies
        if reply.replaces and (sent := deliveries.delivery(session, reply.replaces))
    }
    return tuple(
        card
        for bill in sorted(below | changed)
        for card in _cards_of(session, context, bill, bill in below, bill in changed, replaced)
    )


def card_notice_replies(session: Session, context: Context, notice: str) -> tuple[Reply, ...] | None:
    """The cards of what a program changed, as they are to look from now on; None where the notice is another."""
    if not notice.startswith(CARDS):
        return None
    return renew_cards(session, replace(context, key=notice.removeprefix(CARDS)), ())


def _cards_of(
    session: Session,
    context: Context,
    bill_id: int,
    below: bool,
    changed: bool,
    replaced: Collection[tuple[str, str]],
) -> Iterator[Reply]:
    """The cards of one bill that are to look otherwise. `below` says that a new message here shows it, `changed` that
    it is not as it was; `replaced` are the messages on whose place an answer is shown, by channel and platform's id."""
    bill = lifecycle.find(session, bill_id)
    looks = sorted(deliveries.shown_messages_of(session, bill_id), key=_place)  # stable: the newest first within each
    for place, here in groupby(looks, key=_place):
        found = list(here)
        others = [look for look in found if (look.first.channel, look.first.sent_id) not in replaced]
        cards = [(look, reply) for look in others if (reply := reply_sent(session, look.latest)) and reply.card]
        if place == (context.channel, context.conversation) and (below or len(others) < len(found)):
            yield from _continued(session, context, bill, cards)
        elif changed and (card := next((one for one in cards if one[1].choices), cards[0] if cards else None)):
            yield from _renewed(session, context, bill, *card)


def _continued(
    session: Session, context: Context, bill: Bill, cards: Sequence[tuple[ShownMessage, Reply]]
) -> Iterator[Reply]:
    """The cards without their buttons, since the bill is shown elsewhere in the conversation by now."""
    for look, reply in cards:
        if not reply.choices:
            continue
        assert reply.card is not None
        with speaking(reply.language):
            now = bill_reply(session, context, bill)
            assert now.card is not None
            state = now.card.state if now.card.state != reply.card.state else bill_texts.continued()
        card = replace(reply.card, state=state, doubts=(), changes=())
        yield Reply(card=card, bill=bill.id, replaces=look.latest.key, quiet=True, language=reply.language)


def _renewed(session: Session, context: Context, bill: Bill, look: ShownMessage, before: Reply) -> Iterator[Reply]:
    """The card as the person who has it is to see it now, with what was changed and by whom, if that is otherwise.

    Nobody can do anything with a bill that is paid or void. Who was asked to decide keeps the buttons only while the
    bill waits for them; a card that has none gets them where it does.
    """
    person = _shown_to(session, look)
    if person is None:
        return
    asks = approvals.awaits_decision_of(session, bill, person)
    decides = any((pressed := parse_choice(one.id)) and pressed.action in DECIDES for one in before.choices)
    theirs = replace(context, asker=Asker(person.id, person.name, person.role), card=look.latest.key)
    if not permitted.visible(session, theirs, [bill]):  # they might, when it was shown
        return
    with speaking(before.language):
        now = bill_reply(session, theirs, bill, changes=_changes(session, context, bill))
        assert now.card is not None and before.card is not None
        state = now.card.state
        if context.asker.name not in state and person.id != context.asker.id:
            state = say("{state} ({name})", state=state, name=context.asker.name)
        keeps = asks if decides or not before.choices else bill.state not in OVER
        choices = now.choices if keeps else ()
        card = replace(now.card, state=state)
        if (card, unstamped(choices)) != (before.card, unstamped(before.choices)):
            yield replace(now, card=card, choices=choices, quiet=True)


def _changes(session: Session, context: Context, bill: Bill) -> tuple[Change, ...]:
    """What the message corrected on the bill, old and new."""
    names = account_names.all_names(session)
    made = amendments.made_by(session, context.key, bill.id)
    return tuple(shown_change(one, bill.currency, categories=names) for one in made if one.undone_at is None)


def _shown_to(session: Session, look: ShownMessage) -> Person | None:
    """Whom the card was for; others may have changed it since. None for nobody whom the company knows."""
    served = idempotency.find_without_waiting(session, split_reply_key(look.first.key)[0])
    if served is None or served.person_id is None:
        return None
    return people.find_by_id(session, served.person_id)


def _place(look: ShownMessage) -> tuple[str, str]:
    return look.first.channel, look.first.conversation
