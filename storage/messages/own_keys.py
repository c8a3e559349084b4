"""Keys that come from outside, each held against the conversation of whoever brings it.

A message names others by their keys: itself (a page makes up an id), the reply of ours or the message of a person that
it answers, a card's place. Whoever writes may write any key. So what a key stands for is looked up here, for every
channel, and refused unless it stands in the conversation (the same chat, channel or group) that it was brought in, or
was said to the very same person.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from storage.errors import KeyOfAnother
from storage.messages import deliveries, sayings
from storage.messages.rooms import room_of
from storage.models import Delivery, Inbound, Post, Saying
from storage.people import people

_WITH_THREADS = ("slack", "telegram")
"""Where a conversation is a thread or topic of a place that the same people read."""
_SAID_BY_SENDER = ("mail",)
"""Where a conversation is what a sender says that it is (References), and shows nothing."""


@dataclass(frozen=True)
class Speaker:
    """Who brings a key, and where: `sender` is the channel's own id of them."""

    channel: str
    conversation: str
    sender: str


def own_delivery(session: Session, speaker: Speaker, key: str) -> Delivery | None:
    """The reply of ours that stands under this key; None for none. Raises: KeyOfAnother."""
    return _own(session, speaker, deliveries.delivery(session, key))


def own_delivery_by_sent_id(session: Session, speaker: Speaker, sent_id: str) -> Delivery | None:
    """The latest reply of ours that the platform knows by this id; None for none. Raises: KeyOfAnother."""
    return _own(session, speaker, deliveries.delivery_by_sent_id(session, speaker.channel, sent_id))


def own_saying(session: Session, speaker: Speaker, sent_id: str) -> Saying | None:
    """What somebody said that the platform knows by this id, or that is named by its key where no platform keeps the
    chat; None for nothing. Raises: KeyOfAnother."""
    said = sayings.find_saying(session, speaker.channel, sent_id)
    served = session.get(Inbound, said.message_key if said else sent_id)
    if served is None:
        return None
    check_own_message(session, speaker, served)
    return said or Saying(channel=speaker.channel, sent_id=sent_id, message_key=sent_id)


def check_own_post(former: Post, channel: str, conversation: str) -> None:
    """Raises: KeyOfAnother where the post that would be replaced stands in another chat."""
    if not stands_in(former, channel, conversation):
        raise _anothers()


def check_own_message(session: Session, speaker: Speaker, served: Inbound) -> None:
    """Raises: KeyOfAnother where a message is another's."""
    if not (stands_in(served, speaker.channel, speaker.conversation) or _is_same_person(session, speaker, served)):
        raise _anothers()


def stands_in(said: Delivery | Inbound | Post, channel: str, conversation: str) -> bool:
    """Whether something was said in this very chat, channel or group."""
    alike = room_of if channel in _WITH_THREADS else str
    return said.channel == channel and alike(said.conversation) == alike(conversation)


def _own(session: Session, speaker: Speaker, sent: Delivery | None) -> Delivery | None:
    if sent is None:
        return None
    served = session.get(Inbound, sent.key.rpartition("#")[0])
    to_nobody_known = served is None or served.person_id is None
    if speaker.channel in _SAID_BY_SENDER:
        here = to_nobody_known  # the mark that a mail brings back is for this sender's address alone
    else:
        here = stands_in(sent, speaker.channel, speaker.conversation)
    if here:
        return sent
    if served is None or to_nobody_known:
        return None
    as_served = (served.channel, served.conversation) == (sent.channel, sent.conversation)
    if as_served and _is_same_person(session, speaker, served):
        return sent
    raise _anothers()


def _is_same_person(session: Session, speaker: Speaker, served: Inbound) -> bool:
    person = people.find_person(session, speaker.channel, speaker.sender)
    return person is not None and served.person_id is not None and people.is_same(session, person.id, served.person_id)


def _anothers() -> KeyOfAnother:
    return KeyOfAnother("That belongs to another conversation. Say it anew, in your own words.")
