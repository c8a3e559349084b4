"""Pictures that came together, once it was said whether they are one document or several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from bot.processing.buttons.offered_choices import Offer, chosen_offer
from bot.processing.documents.words_beside import AnsweredDocuments, answer_documents
from handlers.button_ids import parse_choice
from handlers.context import Context
from handlers.documents.received import Received
from handlers.language.translation import say
from handlers.messages import Message, Reply, from_json
from storage.messages import albums, sayings
from storage.models import Saying


@dataclass(frozen=True)
class ChosenAlbum:
    """The message with the pictures, and whether they are pages of one document."""

    message: Message
    as_one: bool


def chosen_album(session: Session, message: Message, pending: Mapping[str, Any] | None) -> ChosenAlbum | None:
    """What a button, or words that answer our question, say of an album; None where they speak of none."""
    made = message.choice
    offers: list[Offer] = [(each, label) for each, label in (pending or {}).get("offers", ())]
    if made is None and message.text and offers and all(each.startswith("album:") for each, _ in offers):
        made = chosen_offer(session, message.text, offers)
    pressed = parse_choice(made) if made else None
    if pressed is None or pressed.action != "album":
        return None
    number, _, how = (pressed.argument or "").partition(":")
    found = albums.find_album(session, int(number))
    sent = from_json(Message, found.message) if found else None
    if sent is None or (sent.channel, sent.conversation) != (message.channel, message.conversation):
        return None
    return ChosenAlbum(sent, how == "one")


def album_read(
    session: Session, context: Context, received: tuple[Received, ...], album: ChosenAlbum
) -> AnsweredDocuments:
    """The cards of what the pictures are, as if they had been sent so; not a second time."""
    sent = album.message
    if sayings.bills_of(session, Saying(channel=sent.channel, sent_id="", message_key=sent.key)):
        return AnsweredDocuments((Reply(say("I have read these already; their cards are above.")),))
    return answer_documents(session, replace(context, key=sent.key, card=None, bill=None), received, sent)
