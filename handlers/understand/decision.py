"""Of two readings of a sentence, by phrases and by the classifier's guess, the one that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from handlers.language.translation import say
from handlers.requests import (
    CHANGES,
    Amend,
    Due,
    Find,
    Greeting,
    Help,
    Invite,
    NotOffered,
    OfMail,
    Pay,
    Prepay,
    Remind,
    SeveralRequests,
    Side,
    Thanks,
    Unclear,
    Understood,
    Why,
)
from handlers.requests.labels import UNGUESSED, label_of
from handlers.understand.assembly.accounting import turns
from handlers.understand.assembly.assemble import Assembled
from handlers.understand.dialogue import followups
from handlers.understand.readers.corrections import field_at
from handlers.understand.tagging.parties import parties
from handlers.understand.text.sentence import NeedsClarification, Sentence, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import AMOUNTS, fold
from handlers.understand.values import names
from handlers.understand.values.field_values import CONNECTORS
from handlers.wording import clarifying_questions

MOST_TEXT = 2
"""More words than these are no text to look for, but a sentence that nobody understood."""

MOST_VALUE = 4
"""More words than these are no value of a field that somebody forgot to name."""

MOST_AMOUNT = 2
"""More words than these are no amount with its currency."""

MOST_NAME = 5
"""More words than these are no vendor's name."""

REFUSES = frozenset({
    "refuse", "reject", "rejected", "decline", "deny", "no", "not", "never", "wrong", "bounce", "return", "dispute",
    "turn", "ablehnen", "abgelehnt", "lehne", "lehnen", "zuruckweisen", "nicht", "nein", "kein", "keine", "nie",
    "falsch", "zuruck",
})  # fmt: skip
"""Without one of these nothing is offered to be refused."""

SURER, SUREST = 0.8, 0.95
"""From these probabilities on the classifier's guess counts more than another phrase that fits: what it makes of the
sentence, and that it can make nothing of it."""

SMALL_TALK = Help | Greeting | Thanks


def surer(
    phrased: Understood, made: Understood | None, guessed: Assembled, scene: SentenceContext
) -> Understood | None:
    """One of two readings of the same sentence."""
    alike = alike_labels(label_of(phrased), guessed.intent.label)
    sure = guessed.intent.probability >= SURER
    if _misread(phrased, made, guessed, scene) or _leaves_out_more(phrased, made):
        return made
    if isinstance(made, NotOffered) and isinstance(phrased, Pay) and (phrased.discounted or phrased.rest != "open"):
        return phrased
    if isinstance(phrased, (SeveralRequests | Invite | OfMail, UNGUESSED)):
        return phrased
    if isinstance(phrased, Amend) and (_corrects(guessed, scene) or _tells_vat(phrased)):
        return phrased
    if strange_names(phrased, scene):
        return made
    if made is None:
        if guessed.unsure is not None and type(guessed.unsure) is type(phrased):
            return fuller(phrased, guessed.unsure)  # a phrase and the guess agree
        # sure of another request, of which nobody could make anything: then it is not this one either
        loose = isinstance(phrased, Amend) or (
            isinstance(phrased, Pay) and not (phrased.discounted or phrased.rest != "open")
        )
        return None if sure and not alike and loose else phrased
    if isinstance(made, Unclear):
        if made.strange and alike and not isinstance(phrased, (*CHANGES, Why)) and any(map(turns, guessed.strange)):
            return made  # a phrase passes over "else", "10 to 20 days" or "second" as if they were not there
        if alike or (made.strange and not isinstance(phrased, Amend)):  # a phrase accounts for its words itself
            return phrased
        return made if guessed.intent.probability >= (SURER if isinstance(phrased, CHANGES) else SUREST) else phrased
    if (isinstance(made, Why) and made.bill_hint) or (isinstance(made, Remind) and made.text):
        return made
    if isinstance(made, Pay) and isinstance(phrased, Pay) and (phrased.rest, phrased.discounted) == ("open", False):
        return made  # which way the money went, and what is a number or an amount, phrases do not tell
    if (
        isinstance(made, Due)
        and isinstance(phrased, Due | Find)
        and (made.days_late, made.issued_since) != (None, None)
    ):
        return made  # phrases know lateness, and when a bill was issued, as days before it only
    if type(made) is type(phrased):
        return fuller(phrased, made)
    if sure and hasattr(made, "side") and hasattr(phrased, "side") and made.side != phrased.side:
        return made
    if isinstance(phrased, Find):  # whatever nobody knows looks like a text to look for
        sure = sure or guessed.intent.label != "find"
    return phrased if alike or not sure or made == Find() else made


def _leaves_out_more(phrased: Understood, made: Understood | None) -> bool:
    """Whether only the guess knows that somebody is left out, of whom the phrase then takes the question to be."""
    left_out = getattr(made, "without", ())
    return bool(left_out) and not getattr(phrased, "without", ()) and getattr(phrased, "vendor", None) in left_out


def _tells_vat(request: Amend) -> bool:
    """Whether a correction says how the bill is treated for VAT, which the classifier has no guess for."""
    return any(one.field in ("tax_category", "tax_rate", "party_country") for one in request.changes)


def _only_grammar(request: Amend) -> bool:
    """Whether a value of a correction is made of words that mean something else."""
    return any(one.value and set(fold(one.value).split()) <= _NO_VALUES for one in request.changes)


_NO_VALUES = frozenset({
    "wrong", "stimmt", "nicht", "falsch", "passt", "incorrect", "not", "right", "off", "fehlt", "missing", "is", "ist",
})  # fmt: skip


def _misread(phrased: Understood, made: Understood | None, guessed: Assembled, scene: SentenceContext) -> bool:
    """Whether a phrase took words for a value that the other reading knows to be something else."""
    match phrased, made:
        case Find(), Find() if made != Find():
            dated = made.since is not None and made.at_least is made.at_most is None is not phrased.at_least
            if dated and phrased.since is None:
                return True  # "ab 1.4."
            exact = made.at_least is not None and made.at_least == made.at_most != phrased.at_most
            return exact or (
                phrased.text is not None and made.text is None
            )  # "die Rechnung über 58,31", "did Max send"
        case Find(), _:
            return guessed.intent.label == "party" and "<field>" in guessed.template  # "look up the IBAN of Acme"
        case Amend(), Amend():
            named = made.bill_hint is not None and phrased.bill_hint is None
            return named or _only_grammar(phrased) or strange_names(phrased, scene)
        case Amend(), _:
            return strange_names(phrased, scene)
    return False


def _corrects(guessed: Assembled, scene: SentenceContext) -> bool:
    """Whether words that fit a correction are one: of the bill in focus, or where they could only ask something
    else."""
    return bool(scene.known) or guessed.intent.label in ("amend", "due", "tax")


def answers(
    made: Understood | None, guessed: Assembled, question: NeedsClarification, said: Sentence, scene: SentenceContext
) -> bool:
    """Whether a guess counts although a phrase fits but for one part, which would be asked about."""
    field = field_at(said.politely_reduced()) if question.corrects else None
    if field and isinstance(made, Amend):
        value = said.politely_reduced().part(field[1]).without(CONNECTORS)
        if field[0] not in AMOUNTS or len(value) > MOST_AMOUNT:
            return True  # "IBAN on it should be DE…": the value stands among words that no phrase has
    other = guessed.intent.label != "amend" and guessed.intent.probability >= SURER
    if field and other and made is not None and not isinstance(made, Unclear):
        return True  # "total we owe, minus Acme"
    if field:
        return False  # "total is -50": only its value is unclear
    elsewhere = guessed.intent.label != "amend" and (guessed.intent.probability >= SURER or len(said) > MOST_VALUE)
    if question.corrects and elsewhere and not (scene.known and made is None):
        return True  # any words with a figure in them could be a correction
    if made is None:
        return False
    if isinstance(made, SMALL_TALK) or (scene.last.question and followups.starts_follow_up(said)):
        return False
    return not isinstance(made, Unclear)


def strange_names(request: Understood, scene: SentenceContext) -> bool:
    """Whether a request is about somebody, or a bill, whom the books do not know. Whoever is paid ahead may be new."""
    if not scene.names.vendors.by_key or isinstance(request, Prepay):
        return False
    if isinstance(request, Find) and len((request.text or "").split()) > MOST_TEXT:
        return True
    if isinstance(request, Amend) and any(len((one.value or "").split()) > MOST_NAME for one in request.changes):
        return True
    return any(_is_strange(name, scene) for one in NAMES if isinstance(name := getattr(request, one, None), str))


def _is_strange(name: str, scene: SentenceContext) -> bool:
    if name in scene.names.numbers or names.vendors(sentence(name), scene):
        return False
    return not (" " not in name and any(sign.isdigit() for sign in name))


def alike_labels(one: str, other: str) -> bool:
    return one == other or any({one, other} <= family for family in _FAMILIES)


def fuller(phrased: Understood, made: Understood) -> Understood:
    """The one of two readings as the same request that says more; what only one says goes along with the other.

    Where they contradict each other the phrase counts, but for names: those that the books know are better than words.
    """
    changed: dict[str, Any] = {}
    for one in fields(phrased):
        mine, other = getattr(phrased, one.name), getattr(made, one.name)
        if mine == other or one.name in _WORDED:
            continue
        if (
            mine is None
            or mine == one.default
            or (isinstance(mine, str) and isinstance(other, str) and one.name in NAMES)
        ):
            changed[one.name] = other
    if not changed:
        return phrased
    left_out = changed.get("without", ())
    if left_out and getattr(phrased, "vendor", None) in left_out:
        changed["vendor"] = None  # "everything due but Krause"
    worded = {name: getattr(made, name) for name in _WORDED if hasattr(made, name) and getattr(made, name)}
    return replace(phrased, **changed, **(worded if changed.keys() - {"side"} else {}))


_FAMILIES = (
    {"due", "owed"}, {"show_bill", "show_original"}, {"categorise", "book_movement"}, {"confirm", "approve"},
    {"remind", "snooze", "reminders"},
)  # fmt: skip
"""Labels that differ by what is in focus, or by a word or two, which phrases know better."""
_WORDED = frozenset({"label"})
"""Fields that repeat others in words."""
NAMES = frozenset({"vendor", "bill_hint", "party"})


def directed(request: Understood | None, said: Sentence, scene: SentenceContext) -> Understood | None:
    """A payment goes the way that money goes with that party; a bare number that a bill has is that bill's.

    Raises: NeedsClarification where we are said to have paid a customer.
    """
    if not isinstance(request, Pay):
        return request
    numbers = [word for word in (said.text_of(one) for one in said.words) if word in scene.names.numbers]
    nameless = request.vendor is None and request.bill_hint is None and len(numbers) == 1 and numbers[0].isdigit()
    if nameless and request.amount is not None and Decimal(request.amount) == int(numbers[0]):
        request = replace(request, bill_hint=numbers[0], amount=None)
    found = names.vendors(sentence(request.vendor), scene) if request.vendor else []
    theirs = bool(found) and all(map(scene.names.is_customer_only, found))
    if theirs and request.side != "payable" and _says_we_paid(said, scene):
        bare = replace(request, vendor=None, side=None) == Pay()
        instead = (say("{name} paid us", name=found[0]),) if bare else ()
        raise NeedsClarification(clarifying_questions.customer_paid(found[0]), *instead)
    only: dict[Side, Callable[[str], bool]] = {
        "receivable": scene.names.is_customer_only,
        "payable": scene.names.is_payee_only,
    }
    for side, is_one_sided in only.items():
        if request.side is None and found and all(map(is_one_sided, found)):
            return replace(request, side=side)
    return request


def _says_we_paid(said: Sentence, scene: SentenceContext) -> bool:
    """ "paid Globex", "yesterday we paid 80 to Globex": not "Globex paid", nor "paid by Globex"."""
    words = [word.plain for word in said.words]
    if not _PAID.intersection(words) or _US.intersection(words):
        return False
    before = [word for tag in parties(said, scene) for word in words[: tag.start] if word not in _ARTICLES]
    return bool((_PAID | _WE).intersection(before)) and before[-1] not in _BY


_PAID = frozenset({"paid", "payed", "transferred", "wired", "bezahlt", "gezahlt", "uberwiesen"})
_WE = frozenset({"we", "i", "wir", "ich"})
_US = frozenset({"us", "uns", "received", "got"})
_BY = frozenset({"by", "from", "von", "vom"})
_ARTICLES = frozenset({"the", "our", "der", "die", "dem", "den", "unser", "unsere"})
