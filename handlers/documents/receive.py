"""A document arrives: it becomes a draft bill and a card to confirm, or is held beside the bill it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from sqlmodel import Session

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence, ReadDocument
from handlers.banking.import_statement import import_statement
from handlers.bills.bill_reply import bill_reply
from handlers.bills.shown import duplicate_words
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.documents import speaks_of
from handlers.documents.received import AttachedDocument, Received
from handlers.documents.vendor_memory import keep_imprint
from handlers.language.translation import say
from handlers.messages import Attachment, Fact, Reply
from handlers.wording import bill_texts
from handlers.wording.extraction_texts import translate_extraction_text
from storage.bills.bill_drafts import draft
from storage.documents import document_register
from storage.models import BillState, Document


def receive(session: Session, context: Context, received: Sequence[Received]) -> tuple[Reply, ...]:
    """A reply for each document in the files, in their order, and one for each file without any."""
    several = len(received) > 1
    return tuple(reply for n, file in enumerate(received) for reply in _file(session, context, n, file, several))


def keep_originals(session: Session, context: Context, attachments: Sequence[Attachment]) -> None:
    """Notes what was sent, before anything is read: an original is kept also when reading it fails.

    What only came along with a text is noted once it turns out to be a document.
    """
    for attachment in attachments:
        if attachment.role == "sent" and not attachment.fault:
            _original(session, context, attachment)


def _original(session: Session, context: Context, attachment: Attachment) -> Document:
    assert attachment.sha256 is not None, "fetching comes first"
    return document_register.register(
        session,
        sha256=attachment.sha256,
        name=attachment.name,
        media_type=attachment.media_type,
        sent_by=context.asker.id,
        message_key=context.key,
        now=context.now,
    )


def _file(session: Session, context: Context, n: int, file: Received, several: bool) -> list[Reply]:
    """Drafts a bill for each document in the file; what is said of one of `several` files names it."""
    if file.attachment.fault:
        return [Reply(say(file.attachment.fault, **dict(file.attachment.fault_values)))]
    document = _original(session, context, file.attachment)
    document.media_type = file.reading.media_type
    for form in file.forms:
        _original(session, context, form).form_of = document.id
    if file.reading.problem:
        return [_told(file, file.reading.problem.message, several)]
    notice = [_told(file, file.reading.notice, several)] if file.reading.notice else []
    if file.reading.statements:
        return import_statement(session, context, document, file.reading)
    if not file.papers:
        return [Reply(_with_hint(file, bill_texts.nothing_found(file.attachment.name), doubtful=True)), *notice]
    cards = [
        _document(session, context, document, f"{context.key}/{n}/{part}", part, paper)
        for part, paper in enumerate(file.papers)
    ]
    doubtful = any(card.card and card.card.doubts for card in cards)
    cards[0] = replace(cards[0], text=_with_hint(file, cards[0].text, doubtful=doubtful))
    return notice + ([_named(card, file.attachment.name) for card in cards] if several else cards)


def _with_hint(file: Received, text: str, *, doubtful: bool) -> str:
    """The text, with how the sender keeps the platform from making a picture small, where it was hard to read."""
    hint = bill_texts.was_shrunk() if doubtful and file.attachment.shrunk else ""
    return "\n".join(filter(None, (text, hint)))


def _named(reply: Reply, name: str) -> Reply:
    """The reply with the name of the file on its card, for whoever sent several."""
    if reply.card is None:
        return reply
    return replace(reply, card=replace(reply.card, facts=(*reply.card.facts, Fact(say("File"), name))))


def _told(file: Received, words: str, several: bool) -> Reply:
    return Reply(
        f"{file.attachment.name}: {translate_extraction_text(words)}" if several else translate_extraction_text(words)
    )


def _document(
    session: Session, context: Context, original: Document, key: str, part: int, paper: AttachedDocument
) -> Reply:
    read = paper.document
    said = read.fields | _discounts(read) | _beside_fields(read)
    bill = draft(
        session,
        key=key,
        document=original,
        kind=read.kind,
        evidence={name: asdict(found) for name, found in said.items()},
        person_id=context.asker.id,
        now=context.now,
        part=part,
        taxes=[asdict(line) for line in read.taxes if line.confidence >= CONFIDENCE_THRESHOLD],
        lines=[line.description for line in read.lines],
    )
    bill.picture_sha256 = paper.picture
    session.flush()
    keep_imprint(session, bill.id, paper.imprint)
    if bill.state is BillState.HELD:
        return bill_reply(session, context, bill, duplicate_words.question(session, bill))
    told = speaks_of.remark(session, context, bill)
    reply = bill_reply(session, context, bill, told.text)
    return replace(reply, choices=(*suggestion_choices(told.ways), *reply.choices))


def _beside_fields(read: ReadDocument) -> dict[str, Evidence]:
    """What the document is, who owes it, which invoice it refers to, what else the vendor is called, and how and where
    it is taxed: evidence like that of its fields."""
    receivable = read.side is not None and read.side.value == "receivable"
    found = {
        "document_type": replace(read.type, confidence=read.kind_confidence) if read.type else None,
        "side": read.side,
        "preceding_invoice": read.preceding_invoice,
        "other_name": None if receivable else read.other_name,
        "tax_category": read.tax_category,
        "party_country": read.buyer_country if receivable else read.vendor_country,
        "copies": Evidence(str(read.copies), 1.0, "derived") if read.copies > 1 else None,
    }
    return {name: evidence for name, evidence in found.items() if evidence}


def _discounts(read: ReadDocument) -> dict[str, Evidence]:
    """The first two steps of its discount for early payment by their fields; more are hardly ever stated."""
    if read.kind == "credit_note":
        return {}
    names = (("discount", "discount_until"), ("later_discount", "later_discount_until"))
    return {
        name: found
        for pair, step in zip(names, read.discounts, strict=False)
        for name, found in zip(pair, (step.amount, step.until), strict=True)
    }
