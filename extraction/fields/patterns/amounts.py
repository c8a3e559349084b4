"""Amounts of money in a text: every convention of thousands and decimals, signs, currencies beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extraction.fields.patterns.currencies import currency_code_of

CURRENCY = (
    r"(?:US\$|CA\$|C\$|A\$|AU\$|NZ\$|S\$|HK\$|R\$|MX\$|NT\$|[$€£¥₹₩₽₺₱฿₪₫₴₦]|RM|R[sp]\.?|S/\.?|Fr\.|SFr\.|[kK]r\.?"
    r"|z[łl]|K[čc]|Ft|lei|TL|лв\.?|د\.إ|[A-Z]{3})"
)
_WRITTEN_WHOLE = (
    r"(?:Ft|HUF|kr\.?|SEK|NOK|DKK|Kč|CZK|RSD|ISK|CLP|COP|₽|RUB|€|EUR)"  # amounts without decimals are usual
)
_SPACES = " \u00a0\u202f\u2009"  # thousands apart by a blank: also one that does not break, or a thin one
_NUMBER = (
    r"\d{1,3}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?"  # 12,34,567.89 as written in India
    r"|\d{1,3}(?:(?P<mark>[.,'’])\d{3})(?:(?P=mark)\d{3})*(?:\s?[.,]\s?\d{2})?"  # 1,234.56  1.234,56  1'234.56
    rf"|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:,\d{{2}}|(?=[{_SPACES}]?{_WRITTEN_WHOLE}(?!\w)))"  # 1 234,56  1 234 Ft
    r"|\d+\s?[.,]\s?\d{2}"  # 1234.56, and 12 . 50 as OCR tears it apart
    r"|\d+(?:[.,]\d{1,4})?"
    r"|[.,]\d{2}"
)
_AMOUNT = re.compile(
    rf"(?P<open>\(\s?)?(?P<minus>[-−–]\s{{0,3}})?(?:(?<![A-Za-z]){CURRENCY}[\s:]{{0,2}})?(?P<inner>[-−–]\s?)?"
    rf"(?<![\w.,/:'’#])(?P<number>{_NUMBER})(?![\d/:]|[.,'’]\d|-\d)"
    rf"(?P<close>\s?\))?(?P<trailing>-(?![\d\w])|\s?CR\b)?(?P<after>[{_SPACES}]?{CURRENCY}(?![A-Za-z]))?"
)
_GLUED = re.compile(rf"({CURRENCY})(?=\d)")
_STUCK = re.compile(rf"{CURRENCY}$")
_APART = re.compile(rf"(?<![A-Za-z]){CURRENCY}[\s:(−–-]*$")
_UNIT = re.compile(r"\s?(?:%|kg|g|mg|l|ml|cl|m|cm|mm|km|oz|lbs?|pcs|stk|kwh|x)\b|\s?[%°]", re.IGNORECASE)
_CONFUSED = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "S": "5", "B": "8"})
_NEARLY_NUMERIC = re.compile(r"(?<![\w.,])[\dOoQDlI|SB]{0,9}\d[\dOoQDlI|SB]{0,9}\s?[.,]\s?[\dOoQDlI|SB]{2}(?!\w)")
_FRACTION_LOST = re.compile(r"(?<![\w.,])\d{1,7}[.,](?:[oOQD]{2}|\(0)(?!\w)")
# Behind it a cell ends: "2 10 apples" are none.
_POINT_LOST = re.compile(rf"(?<![\d.,:/#-])(?<!\d )(\d{{1,4}}) (?=\d{{2}}\s?(?:{CURRENCY})?\s?(?:\t|$))")

# The point as a letter of its own at the end of a row, or as another mark behind a sign: 102 D 40, §31-80.
_POINT_MISREAD = (
    re.compile(r"(?<![\d.,:/#-])(?<!\d )(\d{1,4} )[^\W\dxX_](?= \d{2}\s?$)"),
    re.compile(r"(?<=[$£€§])(\s?\d{1,4})[-;*·](?=\d{2}\s?(?:\t|$))"),
)
# What is left of RM in R32.60; two decimals make it no code.
_SIGN_CUT = re.compile(r"(?<![^\s(:=])[A-Z](?=\d{1,3}(?:,\d{3})*\.\d{2}(?![\w.,/-]))")

# Nobody writes one decimal, with the sign right behind it: 19,4€ was 19,46.
_SIGN_FOR_DIGIT = re.compile(r"(?<![\w.,])(\d{1,6}[.,]\d)€(?![\w.,])")

_LIKE_SIGN = "58"
_FEWEST = 3
_NEARLY_ALL = 0.75


@dataclass(frozen=True)
class AmountSpan:
    """An amount at `text[start:end]`. `currency` is the sign or code beside it, "" if none.

    `places` is the number of decimal places written; `unit` says that a measure follows (2,5 kg; 19 %), so that
    it is no amount of money; `torn`, that a blank stands where its point must be.
    """

    start: int
    end: int
    value: Decimal
    places: int
    currency: str = ""
    unit: bool = False
    torn: bool = False


def parse_amount(text: str, decimal_mark: str | None = None) -> Decimal | None:
    """The value of one written number, None when it is none.

    A mark that comes once with three digits behind it is a thousands mark, unless the number begins with 0 or
    `decimal_mark` (what the rest of the document uses) says otherwise.
    """
    digits = re.sub(r"[\s'’]", "", text)
    if not re.fullmatch(r"\d*(?:[.,]\d+)*", digits) or not re.search(r"\d", digits):
        return None
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return Decimal(digits)
    last = marks[-1]
    whole, _, tail = digits.rpartition(last)
    thousands = len(tail) == 3 and (
        len(marks) > 1 or (whole not in {"", "0"} and len(whole) <= 3 and decimal_mark != last)
    )
    if len(set(marks)) == 1 and len(marks) > 1:
        thousands = len(tail) != 2  # 2.800.00: OCR takes a comma for a dot
    if len(set(marks)) == 2 and marks.count(last) == 1:
        thousands = False
    if thousands:
        return Decimal(re.sub(r"[.,]", "", digits))
    return Decimal(f"{re.sub(r'[.,]', '', whole) or '0'}.{tail}")


def find_amounts(text: str, decimal_mark: str | None = None, *, points_lost: bool = False) -> Iterator[AmountSpan]:
    """Every amount in a text, left to right. Dates and times in it should have been blanked out before.

    `points_lost`: a blank before the last two digits of a cell may be a point that OCR did not see (12 50), a mark or a
    letter in its place one that it misread, and a sign in the place of the last digit one that it took for it.
    """
    # A blank in place of a letter that sticks to a number keeps offsets; RM12.50 is found by its number.
    readable = _repaired(text)
    if points_lost:
        readable = _with_points(readable, decimal_mark or ".")
    for match in _AMOUNT.finditer(_GLUED.sub(_blank, readable)):
        number = match["number"]
        value = parse_amount(number, decimal_mark)
        if value is None:
            continue
        bracketed = match["open"] and match["close"]
        if match["minus"] or match["inner"] or match["trailing"] or bracketed:
            value = -value
        start = match.start("number")
        currency = _currency(readable[:start], match["after"] or "")
        yield AmountSpan(
            start - (1 if value < 0 and not match["trailing"] and start else 0),
            match.end("number"),
            value,
            _places(number, value),
            currency,
            bool(_UNIT.match(readable, match.end("number"))) and not currency,
            torn=_torn(text, readable, match.start("number"), match.end("number")),
        )


def decimal_mark(texts: Iterable[str]) -> str | None:
    """The mark before two decimals that most amounts use; None when there is no clear majority."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(re.findall(r"\d([.,])\d{2}(?![\d.,])", text))
    (first, n), *rest = [*counts.most_common(2), ("", 0)]
    return first if n > 2 * (rest[0][1] if rest else 0) else None


def sign_taken_for_digit(spans: Sequence[AmountSpan]) -> bool:
    """Whether OCR read a dollar sign as the first digit throughout: $7.60 as 57.60 or 87.60.

    So it is when of at least `_FEWEST` different amounts nearly all begin with one of these digits or a "$", and
    several with a digit: of amounts as they come, three in twenty do (Benford's law).
    """
    money = {abs(span.value): span for span in spans if span.places == 2 and span.value and not span.unit}
    if len(money) < _FEWEST or any(span.currency not in {"", "$"} for span in money.values()):
        return False
    if any(re.match(rf"[{_LIKE_SIGN}]0\d", str(value)) for value in money):
        return False  # nobody writes $00.00
    signed = sum(span.currency == "$" for span in money.values())
    alike = sum(map(_begins_like_sign, money.values()))
    return alike > 1 and signed + alike >= _NEARLY_ALL * len(money)


def with_sign(span: AmountSpan) -> AmountSpan:
    """The amount with its first digit taken for the dollar sign that it was; others as they are."""
    digits = f"{abs(span.value):.2f}"
    if span.places != 2 or span.currency or digits[0] not in _LIKE_SIGN or len(digits) < 5:
        return span
    value = Decimal(digits[1:])
    return replace(span, start=span.start + 1, value=-value if span.value < 0 else value, currency="$")


def _begins_like_sign(span: AmountSpan) -> bool:
    return not span.currency and str(abs(span.value))[0] in _LIKE_SIGN and abs(span.value) >= 10


def _currency(before: str, behind: str) -> str:
    """The sign or code that is nearest to a number between these texts, "" if there is none."""
    found = (pattern.search(before) for pattern in (_STUCK, _APART))
    for written in (*(match[0] for match in found if match), behind):
        sign = written.strip(" :\t(−–-")
        if sign and not (len(sign) == 3 and sign.isalpha() and currency_code_of(sign) is None):
            return sign
    return ""


def _places(number: str, value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and re.search(r"[.,]", number) else 0


def _with_points(text: str, mark: str) -> str:
    """The text, of the same length, with decimal points where OCR lost or misread them; see `find_amounts`."""
    text = _SIGN_CUT.sub(" ", _SIGN_FOR_DIGIT.sub(r"\g<1>6", text))
    for pattern in (*_POINT_MISREAD, _POINT_LOST):
        text = pattern.sub(rf"\g<1>{mark}", text)
    return text


def _torn(text: str, readable: str, start: int, end: int) -> bool:
    """Whether the last mark of the number stands only in what was made readable."""
    marks = [at for at in range(start, end) if readable[at] in ".,"]
    return bool(marks) and text[marks[-1]] not in ".,"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _repaired(text: str) -> str:
    """Letters that OCR puts for digits replaced, where all around is a number with two decimals (12.O0, 8I.10).

    An S before a number is a dollar sign, not a 5; what underlines a number is no letter that sticks to it.
    """
    text = text.replace("_", " ")
    for pattern in (_NEARLY_NUMERIC, _FRACTION_LOST):
        text = pattern.sub(_digits, text)
    return text


def _digits(match: re.Match[str]) -> str:
    sign = "$" if match[0].startswith("S") else ""
    return sign + match[0][len(sign) :].replace("(", "0").translate(_CONFUSED)
