"""Commands that begin with a slash: each is a request of its own, and none corrects a bill.

"/due tomorrow" asks what is due tomorrow, although "due tomorrow" said to a card is its due date. Telegram, Slack and
whoever types them in a chat mean the same.
"""

from __future__ import annotations

import re

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
}
"""What a command says alone, and with words behind it. Others say what they are called: "/mark_paid 117"."""


def is_command(text: str) -> bool:
    """Whether a message is a command."""
    return _COMMAND.fullmatch(text.strip()) is not None


def without_slash(text: str) -> str:
    """A command as the sentence that it stands for; other words as they are."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return text
    name, rest = found["name"].casefold(), (found["rest"] or "").strip().rstrip("?")
    if name in SENTENCES:
        alone, followed = SENTENCES[name]
        return followed.format(rest=rest) if rest else alone
    return f"{name.replace('_', ' ')} {rest}".strip()
