"""What a sentence says in phrases that are known word by word: a grammar with fuzzy words and names.

Most requests have phrases, which stand in the tables in `phrases/`; for each table a builder turns what is in the slots
into the request. Amounts, dates and corrections come in too many orders for that: their readers each know one kind of
request and answer None for the others. The first that knows the sentence decides. One that knows it but for one part
raises NeedsClarification, which becomes a question to the person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.requests import NotAnInvoice, Request
from handlers.understand.dialogue import followups, negation
from handlers.understand.readers import (
    approval_rules,
    bills,
    books,
    commands,
    due_and_balance,
    mail,
    money,
    people,
    preferences,
    reminders,
    reports,
    rights,
    trail,
)
from handlers.understand.readers.accounting import further_accounts, statements, write_off
from handlers.understand.readers.corrections import amend
from handlers.understand.readers.deeds import phrases as deeds
from handlers.understand.readers.payments import pay
from handlers.understand.text import grammar
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import AFTER, BEFORE
from handlers.understand.values.slots import RequestBuilder, Slots

REQUEST_BUILDERS: Mapping[str, RequestBuilder] = {
    **mail.REQUEST_BUILDERS,
    **trail.REQUEST_BUILDERS,
    **preferences.REQUEST_BUILDERS,
    **people.REQUEST_BUILDERS,
    **rights.REQUEST_BUILDERS,
    **reminders.REQUEST_BUILDERS,
    **deeds.REQUEST_BUILDERS,
    **bills.REQUEST_BUILDERS,
    **money.REQUEST_BUILDERS,
    **statements.REQUEST_BUILDERS,
    **further_accounts.REQUEST_BUILDERS,
    **write_off.REQUEST_BUILDERS,
    **books.REQUEST_BUILDERS,
    **approval_rules.REQUEST_BUILDERS,
    **reports.REQUEST_BUILDERS,
}
"""Table of phrases → what makes the request."""

_ASKING = frozenset({
    "what", "when", "who", "which", "how", "why", "where", "is", "are", "do", "does", "did", "can", "was", "wann",
    "wer", "welche", "wie", "warum", "wo", "ist", "sind", "hat", "has", "have", "if", "wenn", "falls", "wem", "wieso",
})  # fmt: skip


def set_phrase(said: Sentence, scene: SentenceContext) -> Request | None:
    """What a sentence asks for that is a known phrase from its first word to its last; None for any other."""
    for form in (said, said.without(endings=AFTER), said.without(BEFORE), said.politely_reduced()):
        if name := grammar.set_phrases(*grammar.SUBJECTS).get(form.plain):
            return _unless_asked(REQUEST_BUILDERS[name](Slots({}, form, scene)), said)
    return None


def read(said: Sentence, scene: SentenceContext) -> Request | None:
    """What a sentence asks for; None where no phrase fits. Raises: NeedsClarification."""
    bare = said.politely_reduced()
    readers: tuple[Callable[[Sentence, SentenceContext], Request | None], ...] = (
        commands.redeem, commands.link_address, phrased, followups.follow_up, due_and_balance.balance,
        due_and_balance.due, pay, commands.invite, commands.show,
    )  # fmt: skip
    if followups.starts_follow_up(said) and (changed := followups.follow_up(bare, scene)):
        return changed
    for reader in readers:
        if request := reader(bare, scene):
            return request
    if said.asks or bare.words[0].plain in _ASKING or negation.asks_whether(bare) or negation.denies(bare):
        return None
    try:
        return commands.confirm(bare, scene) or amend(said, scene)
    except NeedsClarification as question:
        question.corrects = True
        raise


def phrased(said: Sentence, scene: SentenceContext, only: str | None = None) -> Request | None:
    """What the first fitting phrase of the tables asks for, or of the one of that name `only`."""
    first = said.words[0].plain
    for phrase in grammar.phrases(*grammar.SUBJECTS):
        if only not in (None, phrase.name):
            continue
        if phrase.first is not None and first not in phrase.first:
            continue
        slots = said.slots(phrase.text)
        if slots is None:
            continue
        try:
            if (request := REQUEST_BUILDERS[phrase.name](Slots(slots, said, scene))) is not None:
                return request
        except SlotMismatch:
            continue
    return None


def _unless_asked(found: Request | None, said: Sentence) -> Request | None:
    """ "not an invoice?" asks; it does not order."""
    return None if said.asks and isinstance(found, NotAnInvoice) else found
