"""Commands that begin with a slash: each is a request of its own, and none corrects a bill.

"/due tomorrow" asks what is due tomorrow, although "due tomorrow" said to a card is its due date. Telegram, Slack and
whoever types them in a chat mean the same.
"""

from __future__ import annotations

import re

from handlers.language.translation import Language, language_of_app

_COMMAND = re.compile(r"/(?P<name>\w+)(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)

SENTENCES: dict[str, tuple[str, str]] = {
    "start": ("help", "join {rest}"),
    "help": ("help", "help"),
    "menu": ("help", "help"),
    "due": ("what's due?", "what's due {rest}?"),
    "overdue": ("what's overdue?", "what's overdue {rest}?"),
    "owe": ("what do we owe?", "what do we owe {rest}?"),
    "owed": ("who owes us?", "what does {rest} owe us?"),
    "balance": ("balance", "balance {rest}"),
    "forecast": ("forecast", "forecast {rest}"),
    "spend": ("what did we spend?", "what did we spend {rest}?"),
    "spent": ("what did we spend?", "what did we spend {rest}?"),
    "find": ("last 5 invoices", "find {rest}"),
    "total": ("what did we spend?", "what did we spend {rest}?"),
    "number": ("last 5 invoices", "find {rest}"),
    "vendor": ("last 5 invoices", "what do we owe {rest}?"),
    "hilfe": ("hilfe", "hilfe"),
    "fallig": ("was ist fällig?", "was ist {rest} fällig?"),
    "faellig": ("was ist fällig?", "was ist {rest} fällig?"),
    "fällig": ("was ist fällig?", "was ist {rest} fällig?"),
    "uberfallig": ("was ist überfällig?", "was ist überfällig {rest}?"),
    "ueberfaellig": ("was ist überfällig?", "was ist überfällig {rest}?"),
    "saldo": ("saldo", "saldo {rest}"),
    "suche": ("letzte 5 rechnungen", "suche {rest}"),
    "forderungen": ("wer schuldet uns was?", "was schuldet uns {rest}?"),
    "prognose": ("prognose", "prognose {rest}"),
    "ausgaben": ("was haben wir ausgegeben?", "was haben wir {rest} ausgegeben?"),
    "zurueck": ("rückgängig", "rückgängig {rest}"),
}
"""What a command says alone, and with words behind it. Others say what they are called: "/mark_paid 117"."""
IN_NO_LANGUAGE: dict[Language, dict[str, str]] = {"de": {"start": "hilfe", "menu": "hilfe"}}
"""What those say alone that apps send for people, whatever language they speak."""


def is_command(text: str) -> bool:
    """Whether a message is a command."""
    return _COMMAND.fullmatch(text.strip()) is not None


def without_slash(text: str, locale: str = "") -> str:
    """A command as the sentence that it stands for, where the app sent it in the language of `locale` (IETF BCP 47);
    other words as they are."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return text
    name, rest = found["name"].casefold(), (found["rest"] or "").strip().rstrip("?")
    in_theirs = IN_NO_LANGUAGE.get(language_of_app(locale) or "en", {})
    if not rest and name in in_theirs:
        return in_theirs[name]
    if name in SENTENCES:
        alone, followed = SENTENCES[name]
        return followed.format(rest=rest) if rest else alone
    return f"{name.replace('_', ' ')} {rest}".strip()
