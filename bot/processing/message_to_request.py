"""What a message asks for: its words, or the button that was pressed, in the light of what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session

from bot.processing.buttons.offered_choices import Offer, chosen_offer
from bot.processing.buttons.pressed_buttons import on_bill, pressed_request
from bot.processing.scene import request_of_text, scene_of, served
from handlers import requests as asked
from handlers.banking import button_requests
from handlers.button_ids import parse_choice
from handlers.context import Context
from handlers.errors import WhichOne
from handlers.messages import Choice as OfferedButton
from handlers.messages import Message, Reply
from handlers.understand.dialogue import negation
from handlers.understand.dialogue.suggestions import nearest
from handlers.understand.dialogue.table_answers import answer_about_table
from handlers.understand.interpreter import MOST_WORDS, understand
from handlers.understand.model.answer import request_of_answer
from handlers.understand.model.arguments import ModelAnswer
from handlers.understand.text.sentence import sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import fold
from handlers.understand.values import names
from handlers.wording import bill_texts
from storage.people import address_links
from storage.people.access import flags

_CONFIRMS = ("confirm", "bestat", "book", "buch", "verbuch", "post")
_YES = frozenset({"yes", "yep", "yes please", "ja", "ja bitte", "genau"})


def text_of_message(message: Message) -> str:
    """The words of a message, or the sentence that its button stands for; "" where there is neither."""
    pressed = parse_choice(message.choice) if message.choice else None
    return (pressed.argument or "") if pressed and pressed.action == "say" else message.text


def request_of_message(
    session: Session,
    context: Context,
    message: Message,
    pending: Mapping[str, Any] | None,
    answer: ModelAnswer | None = None,
) -> object:
    """The request that words or a button make.

    `pending` is an open question of ours, as `open_question` made it; `answer` is what a language model takes the
    words for, where nobody here knows them.
    """
    if message.choice is None and address_links.is_code(session, message.text, context.asker.id, now=context.now):
        return asked.Redeem(message.text)
    if message.choice is None:
        request = _answering(session, context, message.text, pending)
        if answer and _unheard(request):
            request = request_of_answer(answer, scene_of(session, context, answer.text)) or request
        if message.command and isinstance(request, asked.Amend):  # a command corrects nothing
            request = asked.Unknown(nearest(sentence("")))
        return served(request, message.text)
    pressed = parse_choice(message.choice)
    if pressed is None:  # a button of an older version
        return asked.Unknown(nearest(sentence("")))
    return pressed_request(session, context, pressed, pending, message.filled)


def open_question(
    text: str,
    hint: str | None = None,
    choices: Sequence[OfferedButton] = (),
    asker: int | None = None,
    key: str | None = None,
) -> dict[str, Any]:
    """What is kept of a question back: the words that were asked about, the name that several bills fit, the choices
    that were offered, whose words they are, and the key of the message that we asked in answer to."""
    return {
        "text": text,
        "hint": hint,
        "offers": [(choice.id, choice.label) for choice in choices],
        "asker": asker,
        "key": key,
    }


def asked_back(
    context: Context | None,
    message: Message,
    request: object,
    replies: tuple[Reply, ...],
    answer: ModelAnswer | None,
) -> dict[str, Any] | None:
    """The question that the replies ask, as it is kept for the answer, with the words it is about; None for none."""
    choices = tuple(choice for reply in replies for choice in reply.choices)
    offered = tuple(choice for choice in choices if choice.id.startswith(("takeback:", "album:", "all:", "agree:")))
    asker = context.asker.id if context else None
    words = answer.text if answer else text_of_message(message)
    if isinstance(request, asked.Unclear):
        return open_question(words, choices=choices, asker=asker, key=message.key)
    return open_question(words, choices=offered, asker=asker, key=message.key) if offered else None


def asks_which_bill(pending: Mapping[str, Any]) -> bool:
    """Whether the question is which bill is meant."""
    offers = pending.get("offers", ())
    return bool(offers) and _of_bills(offers)


def words_for_model(session: Session, context: Context, text: str, pending: Mapping[str, Any] | None) -> str | None:
    """What a language model is to be asked about: words that nobody here knows, after those of the same person that we
    asked about; None where they are known, or are a letter, or the company does not show it any."""
    if not flags.is_on(session, flags.LANGUAGE_MODEL) or not _unheard(_answering(session, context, text, pending)):
        return None
    ours = pending and not pending.get("hint") and pending.get("asker") == context.asker.id
    words = _after(pending["text"], text) if pending and ours else text
    return words if len(sentence(words)) <= MOST_WORDS else None


def _unheard(request: object) -> bool:
    """Whether nobody here knows what the words ask for, or what one of them means."""
    return isinstance(request, asked.Unknown) or (isinstance(request, asked.Unclear) and request.strange)


def _after(before: str, text: str) -> str:
    """Words that answer a question, put behind those that were asked about."""
    return f"{before.rstrip(' .?!')} {text}"


def _answering(session: Session, context: Context, text: str, pending: Mapping[str, Any] | None) -> object:
    """The words as one of the choices that we offered, or by themselves, or where they say nothing, as what was missing
    in those we asked about."""
    if context.last.columns and (told := answer_about_table(text, button_requests.columns(context.last.columns))):
        return told
    before = pending["text"] if pending else ""
    scene = scene_of(session, context, text, *((before, _after(before, text)) if before else ()))
    request = understand(text, scene)
    if not pending or pending.get("asker", context.asker.id) != context.asker.id:  # others were not asked
        return request
    offers: list[Offer] = [(made, label) for made, label in pending.get("offers", ())]
    unknown = isinstance(request, asked.Unclear | asked.Unknown)
    made = chosen_offer(session, text, offers if unknown or _of_bills(offers) else ())
    if made is None and request == asked.Confirm() and offers:
        made = _agreed(session, context, text, offers, pending)
    if made is not None and (pressed := parse_choice(made)):
        return pressed_request(session, context, pressed, pending)
    return _completed(request, text, scene, pending)


def _completed(request: object, text: str, scene: SentenceContext, pending: Mapping[str, Any]) -> object:
    """The words with those that we asked about, where they say nothing by themselves."""
    before, hint = pending["text"], pending.get("hint")
    if isinstance(request, asked.OnBill) and request.request == asked.ShowBill():
        return on_bill(understand(before, scene), hint, request.bill)  # "the second", of those to choose from
    if not isinstance(request, asked.Unclear | asked.Unknown) or negation.hedges(sentence(text)):
        return request
    if (hint or asks_which_bill(pending)) and not _names_bill(text, scene):
        return request
    completed = understand(before.replace(hint, text) if hint else _after(before, text), scene)
    return request if isinstance(completed, asked.Unclear | asked.Unknown) else completed


def _of_bills(offers: Sequence[Offer]) -> bool:
    """Whether it is bills that we offered, which go by few words."""
    return all(made.startswith("pick:") for made, _ in offers)


def _agreed(
    session: Session, context: Context, text: str, offers: Sequence[Offer], pending: Mapping[str, Any]
) -> str | None:
    """What "ok" means to a question of ours: yes to what we would take back, and a plain "yes" the only bill that we
    named. Raises: WhichOne, the question once more, for any other word of agreement."""
    if offers[0][0].startswith(("takeback:", "all:", "agree:")):
        ordered = any(word.startswith(_CONFIRMS) for word in fold(text).split())  # no yes to the contrary of it
        ordered = ordered and not offers[0][0].startswith("all:confirm")
        return offers[0][0] if len(offers) == 1 and not ordered else None
    if not _of_bills(offers) or request_of_text(session, context, pending["text"]) == asked.Confirm():
        return None
    if len(offers) == 1 and fold(text).strip(" .!") in _YES:
        return offers[0][0]
    pressed = ((parse_choice(made), label) for made, label in offers)
    choices = tuple((one.target, label) for one, label in pressed if one and one.target is not None)
    raise WhichOne(bill_texts.which_bill(), choices, pending.get("hint"), before=pending["text"])


def _names_bill(text: str, scene: SentenceContext) -> bool:
    """Whether the words can be what a bill is called by: a number, or a vendor that we know."""
    return any(sign.isdigit() for sign in text) or bool(names.vendors(sentence(text), scene))
