"""Words of a document that are nobody's name: titles, labels, greetings, and what tills print on every receipt."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from extraction.fields.layout.rows import CELL, Row
from extraction.fields.patterns.document_types import document_types, plain_words
from extraction.fields.patterns.legal_forms import LEGAL
from extraction.fields.patterns.vocabulary import fold, role_of, spelt, vocabulary, words_of

_NOISE = re.compile(
    r"\b(?:thanks?|tq|welcome|page|seite|tel|phone|fax|date|time|cashier|www|http|email|e-mail|customer|merchant|copy"
    r"|tax id|powered|call|visit|please|hours|open|order|table|server|duplicate|original|reprint|re-?print|dine|eat in"
    r"|take ?out|carry out|guest|served|host|clerk|pump|danke|willkommen|merci|bienvenue|gracias|grazie|bedankt"
    r"|terima kasih|goods sold|posted|return\w*|refund|exchange|valid|come again|survey|signature|tisch|bediener"
    r"|kellner|caissier|vendeur|vendedor|mesa|tafel|manager|serveu[rs]e?|camarero|cameriere|kassierer\w*|sales ?person"
    r"|copyright|our store|th\w{1,3}[kx]s? y[o0]u|autorisierung|authori[sz]\w*|kundenbeleg|h[äa]ndlerbeleg|cardholder"
    r"|card ?no|visa|master ?card|maestro|girocard|debit|contactless|kontaktlos|icc"
    r"|separate before paying|vor der einzahlung|d[ée]tacher avant|staccare prima)\b"  # the last above Swiss slips
    r"|\w@\w[\w-]*\s?[.,]|://|\(c\)|©",
    re.I,
)
_SLIP = re.compile(
    r"(?:empfangsschein|zahlteil|annahmestelle|zus[äa]tzliche informationen|w[äa]hrung(?: betrag)?"
    r"|r[ée]c[ée]piss[ée]|section paiement|point de d[ée]p[ôo]t|informations suppl[ée]mentaires|monnaie(?: montant)?"
    r"|ricevuta|sezione pagamento|punto di accettazione|informazioni supplementari|valuta(?: importo)?"
    r"|receipt|payment part|acceptance point|additional information|currency(?: amount)?)",
    re.I,
)
"""Headings of a Swiss payment slip (SIX, Swiss Implementation Guidelines QR-bill, annex D)."""

_OFTEN_MISREAD = ("welcome", "customer", "cashier", "merchant", "original", "duplicate", "willkommen", "bienvenue")
"""Words of those that are no name even where a letter of them is misread."""

_GREETING = re.compile(
    r"^\W*(?:welcome (?:to|at)|(?:thank ?(?:you|s)|tq) ?for [a-z]+ing (?:at|with|in)|thank ?(?:you|s) for choosing"
    r"|willkommen (?:bei|im|in)|(?:vielen dank|danke) f[üu]r (?:ihren|den|deinen) (?:einkauf|besuch) (?:bei|im|in)"
    r"|bienvenue (?:[àa]|chez)|bienvenid[oa]s? a|benvenut[oi] (?:da|a)|merci de votre visite (?:chez|[àa])"
    r"|gracias por su (?:compra|visita) (?:en|a)|bedankt voor uw (?:bezoek|aankoop) (?:aan|bij))\s+"
    r"(?!our\b|us\b|unser\w*\b|notre\b|nuestr\w+\b|the\b)(?=\w)",
    re.I,
)
_OWNER = re.compile(r"^\W*(?:(?:own(?:ed)?|operated|managed|run) by|inhaber(?:in)?|inh\.|betrieben von)\W*", re.I)
_LABEL = re.compile(r"[^:]{2,25}:\s+(?=\w)")
_VALUE = re.compile(r"[#A-Z]{0,6}[-/.]?\d")
_NUMBERED = re.compile(r"(\S+(?: \S+)?)[\s:.(#]+[A-Z]{0,3}\d[\w/.-]*\W*")
_CAPTION = re.compile(r"(?::|\b(?:nr|no|num|number|nummer|num[ée]ro|#)[.:]?)$", re.I)
_CURRENCY = re.compile(r"(?:in )?(?:EURO?S?|USD|GBP|CHF|MYR|RM|SGD|PLN)", re.I)
_SPACED = re.compile(r"\b(?:[^\W\d_][-. ]){4,}[^\W\d_]\b")
_SMALL_WORD = re.compile(r"(?<![\w'’.@/-])[a-zà-ÿß]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LABELS = (("number", "other"), ("number", "invoice"), ("date", "issue"), ("date", "invoice"), ("date", "due"))
_SHORTEST_TITLE = 6
"""Letters of what a document is called that nobody else is called: a bar may be called Bon."""

_LINKS = frozenset(
    ("and", "und", "et", "of", "the", "de", "di", "da", "del", "della", "des", "du", "le", "la", "von", "van")
)


def announced(text: str) -> tuple[int, str]:
    """Where the name in a cell begins and what announces it: "greeting", "owner", "label", "" if it is the cell."""
    for said, pattern in (("greeting", _GREETING), ("owner", _OWNER), ("label", _LABEL)):
        if (found := pattern.match(text)) and found.end() < len(text):
            return found.end(), said
    return 0, ""


def announces_owner(text: str) -> bool:
    """Whether it says that the owner comes next, and no more."""
    return bool(_OWNER.fullmatch(text))


def is_noise(text: str) -> bool:
    """Whether the text has words that tills and letter papers print, and no name has."""
    if _SLIP.fullmatch(text.strip()) or _NOISE.search(text) or _NOISE.search(_closed(text)):
        return True
    words = [word for word in fold(text).split() if len(word) >= 6]
    return any(process.extractOne(word, _OFTEN_MISREAD, scorer=fuzz.ratio, score_cutoff=85) for word in words)


def is_caption(text: str, languages: frozenset[str]) -> bool:
    """Whether it says what a paper or a part of it is, in any language, or all its words are such as documents in these
    languages say what is on them with: HSN / SAC, VAT ID."""
    if LEGAL.search(text):
        return False
    if is_heading(text):
        return True
    words = spelt(text)
    known = frozenset().union(*map(words_of, languages))
    return any(len(word) > 2 for word in words) and known.issuperset(words)


def is_heading(text: str) -> bool:
    """Whether the whole of it is what papers, their copies and parts, and numbers and days on them are called."""
    folded, plain = fold(_closed(text)), plain_words(_closed(text))
    if any(vocabulary()["caption"]["heading"].fullmatch(words) for words in (folded, plain)):
        return True
    if len(plain) >= _SHORTEST_TITLE and any(of.title.fullmatch(plain) for of in document_types().values()):
        return True
    return any(vocabulary()[subject][role].fullmatch(folded) for subject, role in _LABELS)


def is_title(text: str) -> bool:
    """Whether it begins or ends with what a document is called."""
    plain = fold(_closed(text))
    found = [match for pattern in vocabulary()["title"].values() for match in pattern.finditer(plain)]
    if any(of.title.fullmatch(plain_words(_closed(text))) for of in document_types().values()):
        return True
    return any(match.start() == 0 or match.end() == len(plain) for match in found)


def is_label(row: Row, start: int, end: int) -> bool:
    """Whether a cell says what another is: a colon, a known word or heading alone, or before a number or date."""
    words = row.text[start:end].rstrip()
    count, number = len(words.split()), _NUMBERED.fullmatch(words)
    if _CAPTION.search(words) or announces_owner(words) or _CURRENCY.fullmatch(words):
        return True
    if any(pattern.fullmatch(fold(words)) for pattern in vocabulary()["party"].values()):
        return True
    if (count == 1 and role_of("number", words) == "other") or (number and role_of("number", number[1])):
        return True
    named = count < 4 and any(role_of(subject, words) for subject in ("number", "date"))
    return named and row.text[end : end + 1] == CELL and bool(_VALUE.match(row.text, end + 1))


def talk(text: str) -> float:
    """The share of words that begin small, as those of a sentence or slogan do and those of a name do not, 0 to 1."""
    small = sum(word not in _LINKS for word in _SMALL_WORD.findall(text))
    return min(1.0, small / max(1, len(_WORD.findall(text))))


def _closed(text: str) -> str:
    """The text with its letter-spaced words as one: K-U-N-D-E-N-B-E-L-E-G, R E C H N U N G."""
    return _SPACED.sub(lambda word: re.sub(r"[-. ]", "", word[0]), text)
