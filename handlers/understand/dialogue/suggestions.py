"""The nearest sentences that are understood, for words that are not."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from handlers.language.translation import say, sayable
from handlers.understand.text.sentence import Sentence

SENTENCES: dict[str, tuple[str, ...]] = {
    sayable("what's due?"): (
        "bills to pay", "what is payable", "due", "fallig", "open invoices", "owe", "offene rechnungen", "zahlen",
    ),
    sayable("what's due this week?"): ("this week", "diese woche", "next days", "due soon"),
    sayable("what's overdue?"): ("late", "uberfallig", "mahnung", "too late", "dunning"),
    sayable("balance"): ("money", "account", "cash", "bank", "how much do we have", "kontostand", "geld", "konto"),
    sayable("undo"): ("back", "mistake", "revert", "ruckgangig", "oops"),
    sayable("paid"): ("payment", "pay", "settled", "bezahlt", "is paid", "have we paid", "transferred"),
    sayable("edit"): ("change", "correct", "wrong", "total", "date", "vendor", "andern", "fix"),
    sayable("confirm"): ("book", "bestatigen", "post", "accept"),
    sayable("show me the invoice"): ("document", "original", "file", "picture", "rechnung zeigen", "scan", "pdf"),
    sayable("invite anna@example.com"): ("colleague", "person", "access", "invite", "einladen", "user", "join"),
    sayable("who owes us money?"): ("receivables", "customers", "forderungen", "kunden", "owed to us", "get paid"),
    sayable("what did we spend this month?"): ("spend", "costs", "expenses", "ausgaben", "kosten", "spent", "budget"),
    sayable("forecast"): ("future", "cash flow", "liquidity", "prognose", "liquiditat", "will we have", "plan"),
    sayable("ageing report"): ("ageing", "how old", "altersstruktur", "days overdue"),
    sayable("largest bills this year"): ("find", "search", "largest", "biggest", "suche", "grosste", "look for"),
    sayable("what is waiting for me?"): ("waiting", "to do", "review", "approve", "wartet", "freigeben", "tasks"),
    sayable("history"): ("what happened", "who did", "audit", "verlauf", "changes"),
    sayable("payment file"): ("sepa", "transfer file", "uberweisung", "zahlungsdatei", "bank file", "pay all"),
    sayable("movements"): ("statement", "transactions", "umsatze", "kontoauszug", "unmatched", "bank lines"),
    sayable("reconcile"): ("agree", "match the bank", "abgleich", "difference"),
    sayable("categories"): ("category", "kategorie", "chart of accounts", "kontenplan", "group"),
    sayable("close last month"): ("close", "month end", "abschluss", "lock", "closing"),
    sayable("export last month"): ("export", "accountant", "datev", "excel", "csv", "steuerberater", "download"),
    sayable("approval rules"): ("rules", "approval", "freigabe", "four eyes", "limit"),
    sayable("remind me tomorrow"): ("reminder", "remember", "erinnerung", "erinnern", "forget", "alarm"),
    sayable("digest"): ("weekly", "summary", "overview", "wochenubersicht", "zusammenfassung"),
    sayable("answer in English"): ("language", "sprache", "english", "translate"),
    sayable("help"): ("what can you do", "how", "hilfe", "explain"),
}  # fmt: skip
"""Sentences to offer, each with words that hint at it."""

MOST = 3
_NEAR_ENOUGH = 72
_ALWAYS = (sayable("what's due?"), sayable("balance"), sayable("help"))


_ORDERS = frozenset({
    "undo", "paid", "confirm", "invite anna@example.com", "payment file", "close last month", "edit",
})  # fmt: skip
"""Sentences that change something: nothing to offer to whom says that it shall not be done."""


def nearest(said: Sentence, *, orders: bool = True) -> tuple[str, ...]:
    """Up to three sentences in the language spoken, the nearest first; the commonest ones where nothing is near.

    `orders` False leaves out those that change something.
    """
    hints = {hint: offered for offered, near in SENTENCES.items() for hint in (offered, *near)}
    scored = process.extract(said.plain[:200], hints.keys(), scorer=fuzz.WRatio, limit=12, score_cutoff=_NEAR_ENOUGH)
    found = dict.fromkeys(hints[hint] for hint, _, _ in scored if orders or hints[hint] not in _ORDERS)
    return tuple(say(sentence) for sentence in (*found, *(_ALWAYS if not found else ())))[:MOST]
