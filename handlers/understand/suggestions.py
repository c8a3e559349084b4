"""The nearest sentences that are understood, for words that are not."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from handlers.understand.sentence import Sentence

SENTENCES: dict[str, tuple[str, ...]] = {
    "what's due?": ("bills to pay", "what is payable", "due", "fällig", "open invoices", "owe"),
    "what's due this week?": ("this week", "diese woche", "next days"),
    "what's overdue?": ("late", "reminder", "überfällig", "mahnung"),
    "balance": ("money", "account", "cash", "bank", "how much do we have", "kontostand", "geld"),
    "undo": ("back", "mistake", "revert", "rückgängig"),
    "paid": ("payment", "pay", "settled", "bezahlt", "is paid", "have we paid"),
    "edit": ("change", "correct", "wrong", "total", "date", "vendor", "ändern"),
    "confirm": ("approve", "book", "bestätigen", "post"),
    "show me the invoice": ("document", "original", "file", "picture", "rechnung zeigen"),
    "invite anna@example.com": ("colleague", "person", "access", "invite", "einladen", "user"),
    "help": ("what can you do", "how", "hilfe"),
}
"""Sentences to offer, each with words that hint at it."""

MOST = 3
_NEAR_ENOUGH = 65
_ALWAYS = ("what's due?", "balance", "help")


def nearest(said: Sentence) -> tuple[str, ...]:
    """Up to three sentences, the nearest first; the commonest ones where nothing is near."""
    hints = {hint: offered for offered, near in SENTENCES.items() for hint in (offered, *near)}
    scored = process.extract(said.plain[:200], hints.keys(), scorer=fuzz.WRatio, limit=12, score_cutoff=_NEAR_ENOUGH)
    found = dict.fromkeys(hints[hint] for hint, _, _ in scored)
    return tuple(found)[:MOST] or _ALWAYS
