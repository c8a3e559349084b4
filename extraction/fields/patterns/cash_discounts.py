"""Discounts for early payment in words: "2/10 net 30", "3% Skonto bis 14.03.2026", "escompte 2 % sous 10 jours".

A discount is a rate with a deadline. What has no deadline of its own (a discount on a line, what a customer saved) is
no term of payment; neither is interest for paying late, nor a deposit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from extraction.fields.patterns.amounts import CURRENCY, parse_amount
from extraction.fields.patterns.dates import find_dates
from extraction.fields.patterns.day_order import day_order
from extraction.fields.patterns.payment_terms import DAYS, NET

_NUMBER = r"\d{1,2}(?:[.,]\d{1,3})?"
_RATE = re.compile(
    rf"(?<![\d.,/])(?P<rate>{_NUMBER})\s?(?:%|v\.\s?H\.|prozent|per ?cent|pour ?cent|procent|per ?cento|por ?ciento)"
    rf"|\bskonto(?:satz)?\s?(?:in )?\(?%?\)?:?\s{{0,3}}(?P<after>{_NUMBER})(?!\s?%|[\d.,]*\s?(?:€|EUR|tag)|[.,]?\d)",
    re.I,
)
_SHORT_STEP = re.compile(rf"(?<![\d./])({_NUMBER})(?:\s?%?\s?/\s?|\s?%\s)(\d{{1,2}})(?:\s?d(?:ays?)?\b)?", re.I)
_SHORT = re.compile(
    rf"(?P<steps>(?:{_SHORT_STEP.pattern}[\s,;–-]{{1,3}}){{1,3}})n(?:et(?:to)?)?[\s/]{{0,2}}\d{{1,3}}\b(?!\s?[.,%]\d)",
    re.I,
)
_DAYS = re.compile(DAYS, re.I)
_BARE_DAYS = re.compile(r"\b(?:in|within|innerhalb|binnen|sous|[àa]|entro|en)\s(\d{1,2})\b(?!\s?[%./\d])(?=\W|$)", re.I)
_STRONG = re.compile(
    r"skonto|skontier\w*|\bescompte|betalingskorting|contantkorting|korting (?:voor|bij) (?:contante|snelle|vlotte)"
    r"|(?:cash|early|prompt|settlement|early[ -]payment|prompt[ -]payment|payment)[ -]discount"
    r"|discount (?:for (?:early|prompt)|if paid|when paid|if you pay)|pronto pago|pago anticipado|\bp\.\s?p\."
    r"|sconto (?:di )?(?:cassa|finanziario|per pagamento)|pagamento anticipato|paiement anticip[ée]",
    re.I,
)
_WEAK = re.compile(
    r"\b(?:discount|rebate|deduct|less|take|abz[üu]glich|abzgl|abzug|nachlass|rabatt|remise|rabais|r[ée]duction|sconto"
    r"|descuento|dto|korting|aftrek\w*|mindering)\b",
    re.I,
)
_IF_PAID = re.compile(
    r"\b(?:if|when|for|by)\W+(?:\w+\W+){0,2}(?:pa(?:y|id|ying|yment)|settled?|settlement)\b"
    r"|\bpaid (?:within|by|before|in)\b"
    r"|\bbei\W+(?:\w+\W+){0,2}(?:\w*zahlung\w*|begleichung|[üu]berweisung|ausgleich|eingang)"
    r"|\bpour\W+(?:\w+\W+)?(?:paiement|r[èe]glement)|(?:paiement|r[èe]glement) (?:sous|avant|dans|[àa])"
    r"|\bbij\W+(?:\w+\W+)?betaling|\b(?:indien|mits)\W+(?:\w+\W+){0,2}betaal\w*|betaald (?:binnen|voor)"
    r"|\b(?:per|con|se|in caso di)\W+(?:\w+\W+)?paga\w+|pagamento entro|\b(?:por|al|si|en caso de)\W+(?:\w+\W+)?pag\w+"
    r"|\b(?:payable|zahlbar|zahlung|pagable|pagabile)\b[^.;\n]{0,40}\b(?:less|abz\w*|mit|with|moins|menos|meno|con)\b",
    re.I,
)
_STRANGE = re.compile(
    r"\b(?:late\b|overdue|interest|penalt\w+|surcharge|verzug\w*|mahn\w*|\w*zins\w*|retard|p[ée]nalit\w+|indemnit\w+"
    r"|mora\w*|interess\w+|inter[ée]s\w*|ritard\w+|recargo|rente|boete|verhoging|dr[öo]jsm\w+|vat|gst|mwst|ust|tva|iva|btw"
    r"|deposit|upfront|in advance|anzahlung|vorkasse|acompte|anticipo|aanbetaling|bei (?:auftrag|bestellung)|on order)",
    re.I,
)
_NONE = re.compile(
    r"\b(?:no|not|kein\w*|ohne|sans|pas d|aucun|nessun\w*|senza|sin|geen|zonder|ni|n[ée]ant|nihil)\b\W*(?:\w+\W+)?$",
    re.I,
)
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!abzgl\.)(?<!zzgl\.)(?<!inkl\.)(?<!innerh\.)(?<!bzw\.)(?<!Tg\.)(?<!dto\.)\s+(?=[^\W\d_])|\n", re.I
)
_CLAUSE = re.compile(r"[,;]\s|[.]\s|\t|\b(?:oder|or|ou|und|and|sonst|otherwise|sinon|altrimenti|anders)\b", re.I)
_ADJACENT = re.compile(
    r"\W*(?:(?:cash |early )?(?:discount|rebate|sconto|descuento|dto|korting|remise|rabatt|nachlass)\b\W*)?"
    r"(?:(?:in|within|innerhalb|binnen|sous|sotto|entro|en|a|[àa]|dentro de)\b\W*)?(?:(?:von|of|i)\b\W*)?",
    re.I,
)
_UNTIL = re.compile(
    r"\W*(?:(?:d\.?h\.?|also|bis|until|by|till|before|au|avant le|entro il|al|hasta|tot|zum|spätestens)\W*)*"
)
_BASE = re.compile(
    rf"\W{{0,3}}(?:skonto|discount|escompte|sconto)?\W{{0,3}}\b(?:auf|von|on|of|sur|su|over|sobre|op)\b[^\d,;.\n]{{0,20}}?"
    rf"(?:{CURRENCY})?\s?(?P<base>\d{{1,3}}(?:[.,' ]\d{{3}})*[.,]\d{{2}})(?![\d%])",
    re.I,
)

_NET_BEHIND = re.compile(rf"[\s:(-]{{0,3}}(?!net\W{{1,3}}\d)(?:{NET})", re.I)  # "10 days net 30" speaks of the thirty
_NET_BEFORE = re.compile(
    rf"(?P<counted>{DAYS}\W{{0,3}})?\b(?:{NET}|solde)[\s:(-]{{0,3}}"
    r"(?:(?:bis|until|by|au|zum|sous|within|in|al|[àa])\W+){0,2}$",
    re.I,
)

Dated = tuple[int, int, date]
"""Where a date begins and ends in a text, and the day that it stands for there."""

_MOST_PER_CENT = 15
_MOST_DAYS = 120
_FURTHEST = 90  # characters between a rate and its deadline


@dataclass(frozen=True)
class DiscountStep:
    """One discount: `percent` of the total (of `base`, where that is said) less for payment by a day.

    That is `until`, as printed, or else `days` from the date of issue. `start`, `end` are where the words stand in the
    text they were found in; `words` is how they read.
    """

    percent: Decimal
    days: int | None
    until: date | None
    base: Decimal | None
    start: int
    end: int
    words: str

    def last_day(self, issued: date | None) -> date | None:
        """The last day on which it may be taken; None where that counts from an unknown date of issue."""
        if self.until is not None or self.days is None or issued is None:
            return self.until
        return last_day(issued, self.days)


def last_day(since: date, days: int) -> date | None:
    """The day so many days later; None beyond the end of the calendar."""
    try:
        return since + timedelta(days=days)
    except OverflowError:
        return None


@dataclass(frozen=True)
class _Deadline:
    start: int
    end: int
    days: int | None = None
    until: date | None = None


def find_cash_discounts(text: str, dates: Sequence[Dated] | None = None) -> tuple[DiscountStep, ...]:
    """The steps of a discount for early payment that a text states, as they are written; empty where it states none.

    `dates` are those in the text; None looks for them. Sentences end at line breaks.
    """
    if short := _SHORT.search(text):
        steps = ((Decimal(found[1].replace(",", ".")), int(found[2])) for found in _SHORT_STEP.finditer(short["steps"]))
        words = " ".join(short[0].split())
        return tuple(
            DiscountStep(percent, days, None, None, short.start(), short.end(), words)
            for percent, days in steps
            if _sensible(percent, days)
        )
    if dates is None:
        spans = list(find_dates(text))
        order = day_order([text], spans)
        dates = [(span.start, span.end, order.pick(span)) for span in spans]
    rates = [match for match in _RATE.finditer(text) if _sensible(_percent(match))]
    if not rates:
        return ()
    deadlines = [deadline for deadline in _deadlines(text, dates) if not _is_net(text, deadline)]
    return tuple(_steps(text, rates, deadlines))


def _steps(text: str, rates: Sequence[re.Match[str]], deadlines: Sequence[_Deadline]) -> Iterator[DiscountStep]:
    """Each rate with the deadline nearest to it, both used once; left out where nothing says that it is a discount."""
    ahead = bool(deadlines) and deadlines[0].start < rates[0].start()
    pairs = sorted(
        (cost, n, m)
        for n, rate in enumerate(rates)
        for m, deadline in enumerate(deadlines)
        if (cost := _distance(text, rate, deadline, ahead)) is not None
    )
    chosen: dict[int, int] = {}
    for _, n, m in pairs:
        if n not in chosen and m not in chosen.values():
            chosen[n] = m
    for n, m in sorted(chosen.items()):
        rate, deadline = rates[n], deadlines[m]
        if _is_discount(text, rate, deadline, first=n == min(chosen)):
            yield _step(text, rate, deadline, deadlines)


def _step(text: str, rate: re.Match[str], deadline: _Deadline, deadlines: Iterable[_Deadline]) -> DiscountStep:
    start, end = min(rate.start(), deadline.start), max(rate.end(), deadline.end)
    base = _BASE.match(text, rate.end()) or _BASE.match(text, end)
    until = deadline.until
    # "innerhalb 10 Tagen bis 15.03.2018": both say the same day, and the printed one needs no counting.
    printed = (other for other in deadlines if until is None and other.until and other.start >= deadline.end)
    if other := next((one for one in printed if _UNTIL.fullmatch(text, deadline.end, one.start)), None):
        until, end = other.until, max(end, other.end)
    if name := _STRONG.match(text, end + 1):
        end = name.end()
    return DiscountStep(
        _percent(rate),
        deadline.days,
        until,
        parse_amount(base["base"]) if base else None,
        start,
        end,
        " ".join(text[start:end].split()),
    )


def _percent(rate: re.Match[str]) -> Decimal:
    return Decimal((rate["rate"] or rate["after"]).replace(",", "."))


def _sensible(percent: Decimal, days: int = 0) -> bool:
    return 0 < percent <= _MOST_PER_CENT and days <= _MOST_DAYS


def _deadlines(text: str, dates: Sequence[Dated]) -> list[_Deadline]:
    """Days and dates by their place; days without a unit ("2 % in 14") only where others have one."""
    found = [_Deadline(start, end, until=day) for start, end, day in dates]
    counted = [
        _Deadline(match.start(), match.end(), days=int(match[1]))
        for match in _DAYS.finditer(text)
        if int(match[1]) <= _MOST_DAYS
    ]
    if counted:
        counted += [_Deadline(m.start(1), m.end(1), days=int(m[1])) for m in _BARE_DAYS.finditer(text)]
    for deadline in counted:
        if all(deadline.end <= other.start or other.end <= deadline.start for other in found):
            found.append(deadline)
    return sorted(found, key=lambda deadline: deadline.start)


def _is_net(text: str, deadline: _Deadline) -> bool:
    """Whether all is to be paid by then: "30 Tage netto", "net 30 days", "netto bis 04.04.2018"."""
    if _NET_BEHIND.match(text, deadline.end):
        return True
    before = _NET_BEFORE.search(text, max(0, deadline.start - 40), deadline.start)
    # "30 Tage netto 10 Tage 2%": the days before it are what is net.
    return bool(before and (deadline.until or not before["counted"]))


def _distance(text: str, rate: re.Match[str], deadline: _Deadline, ahead: bool) -> int | None:
    """How far a rate and a deadline are apart: other clauses count more than letters. None in different sentences."""
    first, last = sorted(((rate.start(), rate.end()), (deadline.start, deadline.end)))
    between = text[first[1] : last[0]]
    if first[1] > last[0] or len(between) > _FURTHEST or _SENTENCE.search(text, max(0, first[1] - 1), last[0] + 1):
        return None
    against = (deadline.start < rate.start()) != ahead
    return 100 * len(_CLAUSE.findall(between)) + len(between) + 5 * against


def _is_discount(text: str, rate: re.Match[str], deadline: _Deadline, *, first: bool) -> bool:
    """Whether the words around say so: by a name for it, by "if paid", or by the net terms beside it."""
    start, end = _sentence(text, rate)
    strange = _gap(rate, _STRANGE.finditer(text, start, end))
    named = _gap(
        rate, (match for match in _STRONG.finditer(text, start, end) if not _NONE.search(text, start, match.start()))
    )
    if min(named, 1000) < strange:
        return True
    adjacent = _between(text, rate, deadline)
    weak = _gap(rate, _WEAK.finditer(text, start, end))
    if weak < strange and (_IF_PAID.search(text, start, end) or (deadline.days and _ADJACENT.fullmatch(adjacent))):
        return True
    if strange < _FURTHEST or not deadline.days:
        return False
    nets = re.search(rf"{DAYS}\W{{0,3}}(?:{NET})\b|\b(?:net(?:to)?|n/)[\s-]{{0,2}}\d", text[start:], re.I)
    return bool(nets and _ADJACENT.fullmatch(adjacent))


def _sentence(text: str, rate: re.Match[str]) -> tuple[int, int]:
    ends = [match.start() for match in _SENTENCE.finditer(text)]
    start = max((end for end in ends if end <= rate.start()), default=0)
    return start, min((end for end in ends if end >= rate.end()), default=len(text))


def _gap(rate: re.Match[str], words: Iterable[re.Match[str]]) -> int:
    """Letters between a rate and the nearest of some words; 1000 where there is none."""
    return min((max(word.start() - rate.end(), rate.start() - word.end(), 0) for word in words), default=1000)


def _between(text: str, rate: re.Match[str], deadline: _Deadline) -> str:
    first, last = sorted(((rate.start(), rate.end()), (deadline.start, deadline.end)))
    return text[first[1] : last[0]]
