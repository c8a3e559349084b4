"""What people and readers of values do to a message: slips, courtesy, values left as words; and words without sense."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

from handlers.language.translation import LANGUAGES, Language

_KEYBOARDS = {
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "de": ("qwertzuiopü", "asdfghjklöä", "yxcvbnm"),
}
_UMLAUTS = {"ä": ("ae", "a"), "ö": ("oe", "o"), "ü": ("ue", "u"), "ß": ("ss", "s")}

_BEFORE = {
    "en": "hi|hey|hello|please|pls|so|ok|and|also|um|well|sorry|hi there|can you|could you please|can you tell me|"
    "tell me|quick question|one more thing|btw|hey billify|i'd like to know|do you know|just|then|now|good morning",
    "de": "hi|hallo|hey|bitte|so|ok|und|auch|ähm|also|sorry|sag mal|kannst du|könntest du bitte|kannst du mir sagen|"
    "sag mir|kurze frage|noch was|übrigens|hey billify|ich wüsste gern|weißt du|mal|dann|jetzt|guten morgen|moin|du",
}
_AFTER = {
    "en": "please|pls|thanks|thx|now|asap|again|then|for me|thank you|right now|will you|quickly|ok|today|ty|:)",
    "de": "bitte|danke|jetzt|mal|dann|nochmal|lg|vielen dank|für mich|schnell|gerade|eben|ok|heute|noch|eigentlich|:)",
}


def _asides(language: Language) -> tuple[str, ...]:
    return tuple(Path(__file__).with_name(f"asides_{language}.txt").read_text("utf-8").splitlines())


_ASIDES = {language: _asides(language) for language in LANGUAGES}
"""What people say besides, which changes nothing about what is asked."""
_BARE = frozenset({"greeting", "thanks", "help", "none", "confirm", "undo"})
"""Labels that a word of courtesy before or after may turn into another."""

_ASKED = frozenset({"settled@payable", "settled@receivable", "history", "approve", "paid", "received"})
"""Labels that a question mark tells apart."""

_NAMES = (
    "nordlicht|kolb & partner|weber it|stark elektro|vattenfall|ikea|amazon|lidl|aral|vodafone|o2|dropbox|zoom|slack|"
    "schreinerei huber|blumen koch|allianz|sixt|ups|fedex|canva|notion|meyer gmbh|bluewave ltd|kanzlei roth|gasag|"
    "pizzeria roma|metro|conrad|meier|schulz|becker ag|wagner kg|orange ltd|sunrise inc|nova|delta gmbh|rewe"
)
_PEOPLE = "olga|anna|max|lena|tom|paul|sarah|jan|julia|mike|kim|ben|frau weber|mr smith|herr klein|my colleague"
_VALUES: dict[str, dict[str, str]] = {
    "en": {
        "period": "this month|last month|in may|this week|next week|in 2025|last year|this quarter|since january|q1|"
        "until friday|by the end of the month|today|yesterday|in the last 30 days|so far this year|next 14 days|june",
        "day": "today|tomorrow|yesterday|on friday|monday|june 12|12/6|on the 15th|next tuesday|end of month|2/6/26",
        "account": "bank|the bank|cash|petty cash|the bank account|sparkasse|paypal|the usd account|checking|till",
        "category": "rent|travel|software|office supplies|phone|energy|car|ads|insurance|meals|postage|consulting",
        "field": "total|due date|invoice date|vat|iban|number|currency|tip|subtotal|vendor|amount|tax",
        "amount": "100|1500|49.90|€200|$300|1,250.00|20 euros|3k|five hundred|12 eur|75 bucks",
        "lateness": "30 days late|two weeks overdue|more than 60 days overdue|over a month late|older than 90 days",
    },
    "de": {
        "period": "diesen monat|letzten monat|im mai|diese woche|nächste woche|2025|letztes jahr|dieses quartal|"
        "seit januar|q1|bis freitag|bis ende des monats|heute|gestern|in den letzten 30 tagen|dieses jahr|juni|im märz",
        "day": "heute|morgen|gestern|am freitag|montag|12. juni|12.6.|am 15.|nächsten dienstag|monatsende|übermorgen",
        "account": "bank|der bank|kasse|der kasse|dem konto|sparkasse|paypal|usd-konto|girokonto|barkasse|dem konto",
        "category": "miete|reise|software|büromaterial|telefon|strom|auto|werbung|versicherung|bewirtung|porto",
        "field": "betrag|fälligkeit|rechnungsdatum|mwst|iban|nummer|währung|trinkgeld|netto|lieferant|summe|steuer",
        "amount": "100|1500|49,90|200€|300 euro|1.250,00|20 eur|3k|fünfhundert|12,50|75 mäuse",
        "lateness": "30 tage überfällig|seit zwei wochen überfällig|mehr als 60 tage überfällig|älter als 90 tage",
    },
}
_TAKEN_FOR = {"day": "period", "period": "day", "number": "amount", "amount": "number", "person": "party"}
_SYLLABLES = "ba|ko|tri|mel|dor|vin|sta|lu|ger|nox|pa|ri|quo|fen|zil|mar|tech|sol|wit|bru|ka|le|hof|ner|gra|ul"


@dataclass(frozen=True)
class Noise:
    """How often each thing happens to a message (`slip`: to one of its words)."""

    value_as_word: float = 0.2
    taken_for: float = 0.06
    slip: float = 0.04
    courtesy: float = 0.2
    aside: float = 0.08
    unmarked: float = 0.4
    umlaut: float = 0.25


def disturbed(text: str, label: str, language: Language, rng: random.Random, noise: Noise) -> str:
    """The message as somebody in a hurry writes it, and as those who read values leave it."""
    said = re.sub(r"<(\w+)>", lambda token: _value(token[1], language, rng, noise), text)
    if label not in _BARE and rng.random() < noise.courtesy:
        if rng.random() < 0.6:
            said = f"{rng.choice(_BEFORE[language].split('|'))}{rng.choice((' ', ' ', ', '))}{said}"
        else:
            mark = said[-1:] if said[-1:] in "?!." else ""
            ending = rng.choice(_AFTER[language].split("|"))
            said = f"{said.rstrip('?!.')}{rng.choice((' ', ', '))}{ending}{mark}"
    if label not in _BARE and rng.random() < noise.aside:
        aside = rng.choice(_ASIDES[language])
        joint = rng.choice((", ", ". ", " - ", ", ", " "))
        said = f"{said}{joint}{aside}" if rng.random() < 0.75 else f"{aside}{joint}{said}"
    if rng.random() < noise.unmarked:
        signs = r"[.,;:!'’-]" if label in _ASKED or rng.random() < 0.7 else r"\?"
        said = re.sub(signs, "", said)
    if rng.random() < noise.umlaut:
        said = re.sub("[äöüß]", lambda letter: rng.choice(_UMLAUTS[letter[0]]), said)
    return " ".join(_slipped(word, language, rng) if rng.random() < noise.slip else word for word in said.split(" "))


def nonsense(words: Sequence[str], rng: random.Random) -> str:
    """Words without sense: invented ones, or words of everything that can be said, in no order."""
    count = rng.choice((1, 1, 2, 2, 3, 4, 5, 6, 7, 8))
    if rng.random() < 0.5 or count < 3:
        return " ".join(rng.choice((_invented, _typed_blindly))(rng) for _ in range(count))
    return " ".join(rng.choice(words) if rng.random() < 0.8 else _invented(rng) for _ in range(count))


def _value(name: str, language: Language, rng: random.Random, noise: Noise) -> str:
    """What stands in the place of a value: its token, the token of another one, or words that nobody recognised."""
    chance = rng.random()
    if chance < noise.taken_for and name in _TAKEN_FOR:
        return f"<{_TAKEN_FOR[name]}>"
    if chance > noise.value_as_word:
        return f"<{name}>"
    if name == "party":
        return _invented(rng) if rng.random() < 0.5 else rng.choice(_NAMES.split("|"))
    if name == "person":
        return rng.choice(_PEOPLE.split("|"))
    if name == "number":
        return rng.choice(
            (f"{rng.randrange(2000)}", "two", "k-26-1") if language == "en" else ("2026-07", "zwei", "h1")
        )
    return rng.choice(_VALUES[language][name].split("|"))


def _slipped(word: str, language: Language, rng: random.Random) -> str:
    """One letter swapped, dropped, doubled, or the key beside it; short words and tokens stay as they are."""
    if len(word) < 4 or not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    row = next((row for row in _KEYBOARDS[language] if word[at].lower() in row), word[at])
    key = row.find(word[at].lower())
    return word[:at] + row[max(0, min(len(row) - 1, key + rng.choice((-1, 1))))] + word[at + 1 :]


def _invented(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES.split("|")) for _ in range(rng.randint(1, 3)))


def _typed_blindly(rng: random.Random) -> str:
    return "".join(rng.choice(ascii_lowercase) for _ in range(rng.randint(3, 9)))
