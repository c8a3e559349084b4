"""Several pictures in one message: pages of one invoice, or an invoice each? What they say tells, or it is asked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.documents.received import Received
from handlers.language.translation import say, say_count
from handlers.messages import Choice, Message, Reply, to_json
from storage.messages import albums


def is_unclear(received: Sequence[Received]) -> bool:
    """Whether the files of a message are pictures that may be pages of one document: not where each is a document by
    itself, with a total, and none has the number of another."""
    pictures = all(file.attachment.media_type.startswith("image/") for file in received)
    if len(received) < 2 or not pictures or any(file.reading.problem or file.reading.statements for file in received):
        return False
    papers = [paper.document.fields for file in received for paper in file.papers]
    numbers = [fields["number"].value for fields in papers if "number" in fields]
    whole = all(file.papers for file in received) and all("total" in fields for fields in papers)
    return not whole or len(set(numbers)) < len(numbers)


def ask(session: Session, context: Context, message: Message) -> tuple[Reply, ...]:
    """Asks whether the pictures are one invoice; nothing is read into the books before that is said."""
    album = albums.keep_album(session, message.key, to_json(message), context.now)
    text = say_count(
        "You sent {n} picture together. Is it one invoice, or several?",
        "You sent {n} pictures together. Are they pages of one invoice, or an invoice each?",
        len(message.attachments),
    )
    return (
        Reply(
            text,
            choices=(
                Choice(choice_id("album", argument=f"{album.id}:one"), say("One invoice"), "primary"),
                Choice(choice_id("album", argument=f"{album.id}:several"), say("Several invoices")),
            ),
        ),
    )
