"""A split as text of evidence, as people read it."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.language.formats import listed, money, plain_amount
from handlers.language.translation import say
from storage.bills.splitting import split_text
from storage.bills.splitting.split_text import Part
from storage.ledger.money import Money


def split_shown(text: str, currency: str | None, names: Mapping[str, str]) -> str:
    """ "€300.00 Travel and the rest Office supplies". `names` are those of accounts and cost objects, by code and
    key."""
    return listed([_part(part, currency, names) for part in split_text.parse(text)])


def _part(part: Part, currency: str | None, names: Mapping[str, str]) -> str:
    targets = [names.get(code, code) for code in (part.account, part.cost_object) if code]
    return " ".join([measure_shown(part.measure, currency), *targets])


def measure_shown(measure: str, currency: str | None) -> str:
    """ "€300.00", "50%", "1/3", "the rest"."""
    if measure == split_text.REST:
        return say("the rest")
    if split_text.share(measure) is not None:
        return measure
    amount = Money.of(measure, currency or "EUR")
    return money(amount) if currency else plain_amount(amount.decimal)
