"""What reading said of a document, in the language that is spoken.

`extraction` words its reasons in English and knows no other language; here they are recognised and said anew. One that
is not in the table stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from handlers.language import say, sayable

TEMPLATES = (
    sayable('from "{terms}"'),
    sayable("from “{terms}”"),
    sayable("{days} days, as you corrected last time"),
    sayable("as you corrected last time"),
    sayable("read {misread}, subtotal and tax make {amount}"),
    sayable("read {misread}, lines add up to {amount}"),
    sayable("read {misread}, cash less change is {amount}"),
    sayable("read {misread}, {rate} % make {amount}"),
    sayable("sum of {parts}"),
    sayable("wrong check digits"),
    sayable("one of {n} payment codes"),
    sayable("the print says {value}"),
    sayable("the payment code says {value}"),
    sayable("the e-invoice says {value}"),
    sayable("subtotal + VAT is {amount}"),
    sayable("its lines make {amount} before VAT"),
    sayable("its rates make {amount}"),
    sayable("{prepaid} was prepaid, {amount} is to be paid"),
    sayable("{amount} is to be paid back"),
    sayable("{amount} is to be paid"),
    sayable("as for their last bill"),
    sayable("because of “{text}”"),
    sayable("it has our VAT number, but another name"),
    sayable("it has our IBAN, but another name"),
    sayable("“{text}” is not a discount on this bill. Say it like “2% discount until 5 May”."),
    sayable("“{text}” is not a name."),
    sayable("“{text}” is not a date."),
    sayable("“{text}” is not an amount."),
    sayable("“{text}” is negative; a document that pays us back is a credit note."),
)
"""The reasons that extraction and the derivation of facts give; the first that fits is taken."""


def retold(text: str) -> str:
    """The text in the language spoken."""
    for template in TEMPLATES:
        if found := _pattern(template).fullmatch(text):
            return say(template, **found.groupdict())
    return say(text)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What the template looks like once its {names} are filled in."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template)))
