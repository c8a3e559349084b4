"""The words that requests are made of, English and German, folded (lower case, without accents).

Whoever writes a pattern into a reader adds its words here; those of the tables in `phrases/` are known by themselves.
VOCABULARY, to which typing mistakes are repaired, is made of all of them.
"""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from config.plain_text import fold as fold
from handlers.language.translation import LANGUAGES, Language
from handlers.understand.text import grammar

FIELDS: dict[str, tuple[str, ...]] = {
    "total": (
        "total", "total amount", "total due", "amount", "amount due", "grand total", "invoice total", "gross",
        "gross amount", "sum", "price", "gesamt", "gesamtbetrag", "gesamtsumme", "summe", "betrag", "brutto",
        "bruttobetrag", "rechnungsbetrag", "endbetrag",
    ),
    "subtotal": ("subtotal", "sub total", "net", "net amount", "net total", "netto", "nettobetrag", "zwischensumme"),
    "tax": (
        "tax", "vat", "sales tax", "tax amount", "vat amount", "gst", "mwst", "ust", "steuer", "mehrwertsteuer",
        "umsatzsteuer",
    ),
    "tax_rate": ("vat rate", "tax rate", "rate of vat", "steuersatz", "ust-satz", "mwst-satz", "umsatzsteuersatz"),
    "tip": ("tip", "gratuity", "service charge", "trinkgeld"),
    "vendor": (
        "vendor", "vendor name", "supplier", "supplier name", "seller", "issuer", "company", "lieferant", "verkaufer",
        "handler", "rechnungssteller", "firma", "customer", "customer name", "client", "kunde", "kundin",
    ),
    "number": (
        "number", "invoice number", "invoice no", "invoice nr", "bill number", "receipt number", "invoice id",
        "invoice #", "rg-nr", "rg-nummer", "re-nr", "#", "number #", "nr", "nummer", "rechnungsnummer", "rechnungsnr",
        "rechnung nr", "belegnummer",
    ),
    "issue_date": (
        "issued", "issue date", "issued on", "invoice date", "bill date", "date", "dated", "date of issue",
        "tax date", "rechnungsdatum", "rg-datum", "re-datum", "datum", "ausgestellt", "ausstellungsdatum", "belegdatum",
    ),
    "due_date": (
        "due", "due date", "date due", "duedate", "due on", "payable by", "payable", "deadline", "payment date",
        "fallig", "falligkeit", "falligkeitsdatum", "faellig", "zahlbar", "zahlungsziel",
    ),
    "currency": ("currency", "wahrung", "waehrung"),
    "iban": ("iban",),
    "payment_reference": ("payment reference", "reference", "reference number", "verwendungszweck",
    "zahlungsreferenz"),
}  # fmt: skip
"""What people call the fields of a bill."""

AMOUNTS = frozenset({"total", "subtotal", "tax", "tip"})
DATES = frozenset({"issue_date", "due_date"})

BEFORE = (
    "please", "bitte", "can you", "could you", "would you", "will you", "can i", "i want to", "i would like to",
    "tell me", "let me know", "kannst du", "konntest du", "ich mochte", "sag mir", "hi", "hello", "hey", "hallo",
    "billify", "ok", "so", "well", "and", "also", "now", "then", "sorry", "actually", "good morning", "guten morgen",
    "guten tag", "the", "and the", "oh", "ah", "hmm", "i think", "i mean", "thanks", "danke", "na", "und", "ja",
    "yes", "just", "mal", "konnen sie", "konnten sie", "wurdest du", "ich will", "ich wurde gerne", "i need to",
    "i herewith inform you that", "i would like to inform you that", "please be informed that", "please note that",
    "kindly note that", "hiermit teile ich mit dass", "hiermit teile ich ihnen mit dass", "ich teile ihnen mit dass",
    "please advise whether", "please advise if", "please advise", "teilen sie mir mit", "teile mir mit", "zur info",
    "for your information", "zur kenntnis", "i need", "dann", "also bitte", "quickly", "would you be so kind to",
    "would you be so kind as to",
    "waren sie so freundlich", "waren sie so lieb", "sei so gut", "sei so lieb", "be so kind and", "kindly",
    "i would be grateful if you could", "i kindly ask you to", "please be so kind", "ich bitte um", "ich bitte sie um",
    "quick question", "kurze frage", "one more thing", "noch was", "ach so", "by the way", "ubrigens", "listen", "du",
)  # fmt: skip
"""Openings that change nothing about what is asked."""

AFTER = (
    "yes or no", "ja oder nein", "y n", "j n",
    "please", "bitte", "thanks", "thank you", "danke", "billify", "for me", "now", "right now", "again", "mal",
    "then", "at the moment", "to me", "in total", "altogether", "insgesamt", "instead", "denn", "jetzt", "currently",
    "bislang", "bisher", "noch mal", "nochmal", "doch", "eigentlich", "gerade", "aktuell", "momentan", "derzeit",
    "if you would be so kind", "if you do not mind", "if possible", "wenn moglich", "wenn sie so freundlich waren",
    "when you get a chance", "when you have a minute", "when you can", "bei gelegenheit", "wenn du zeit hast",
    "if that is ok", "wenn es geht", "like always", "wie immer", "as usual", "wie ublich", "my bad", "lol", "haha",
    "receipt follows", "receipt attached", "beleg folgt", "beleg kommt", "beleg kommt noch", "beleg anbei",
)  # fmt: skip
"""Endings that change nothing about what is asked."""

_READERS: dict[Language, str] = {
    "en": (
        "older account accounts actually add after ago already amounts any anything attachment balance balances bank "
        "bar "
        "been before between bill bills box but called card cash change chat clear code colleague comes coming create "
        "credit currency current day days debit did direct display document does dollars due dues during else empty "
        "end enter "
        "equals euro euros everything file fix following foto from full fully get gets give got had half has hat have "
        "here how image immediately instead invitation invite invited invoice invoices its join just known last late "
        "later left let list look make mark marked meant member missing mit money month months move must named need "
        "needs "
        "never new next nil none nothing null null off offen onboard only open original our out outstanding over "
        "overall overdue owe owed owing paid partly past pay payed payment payments pdf pending per person petty "
        "photo picture please plus pounds presentation previous quarter rather read reads really redeem remainder "
        "remaining remove rest scan scanned see send set settled shortly should show somebody someone soon spelled "
        "spelt still team ten than the this through till time today tomorrow too transfer transferred unknown unpaid "
        "until upcoming update upon user via week weeks were what whats when where which whole whom wire with "
        "within without whenever someday written wrong year years yesterday your zero one two three four five "
        "six seven eight nine twelve "
        "first second third fourth fifth sixth seventh eighth ninth tenth both since easter christmas so far to date "
        "accountant accountants auditor auditors bookkeeper bookkeepers members employees owners trust drafts "
        "excel xlsx csv zip datev hledger beancount approver approvers owner member spreadsheet is are do not no "
        "nobody i we you it that these those of on at by in and or an for year weekend fortnight morning evening "
        "afternoon tonight quarters fiscal financial beginning middle coming mon tues wed thu thur thurs fri sat "
        "thousand hundred million except without excluding thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    ),
    "de": (
        "aber aktuelle aktueller alle als andere auf bald bankkonto bargeld beglichen bei beleg bereits bestatige "
        "betragen betragt bezahlen bezahlt bis dates dem demnachst den der diese diesen dieser dokument eigentlich ein "
        "eine einen einladen einladung einladungscode ende entferne erhalt etwas fallige falligen falls fehlt fur geld "
        "gestern gezahlt gib gibt hab habe haben heisst heute innerhalb jahr jahre jahren jahresende karte kasse "
        "kassen kassenstand kein keine konten konto kontostand kontostande lade lastschrift lauten lautet letzte "
        "letzten letzter letztes losche markieren mein monat monate monaten monatsende morgen muss mussen nach "
        "nachste nachsten "
        "nachster nachstes nicht nichts nie noch nrs offene offenen ohne originalrechnung quartal rechnung rechnungen "
        "salden saldo schick schicke schulden schuldig sein setze sind sofort soll sollen sollte sondern sowie "
        "spatestens statt tag tage tagen teilweise uberfallig uberfallige uberfalligen ubermorgen uberweisung "
        "uberwiesen ueberfaellig ueberfaellige ueberfallig uebermorgen ueberwiesen unbezahlt unbezahlte uns unser "
        "unsere verschiebe viel viele vom von vor vorgestern ware welche werden wieviel wir wird woche wochen wurde "
        "zahlen zeig zeige zum zwischen zwei drei vier funf sechs sieben acht neun zehn zwolf erste ersten zweite "
        "zweiten dritte dritten vierte vierten funfte funften sechste sechsten seit ostern weihnachten vergangene "
        "vergangenen vorige vorigen kommende kommenden und oder ist das die es sie wie was wann wo mir mich ich wer "
        "bitte danke im zu zur ja nein beide beiden einer dieses jeher bin hast markiere alter alt falligkeiten "
        "freigeber freigeberin "
        "genehmiger "
        "inhaber inhaberin chef chefin mitglied mitglieder mitarbeiter buchhalter buchhalterin prufer pruferin "
        "wirtschaftsprufer betriebsprufer vertrauen einsehen ansehen bearbeiten entwurfe kontostande prognosen "
        "mitarbeiterin jahresanfang monatsanfang jahresbeginn monatsbeginn wochenende mitte anfang ultimo halbjahr "
        "fruh abend vormittag nachmittag quartalsende monatsmitte geschaftsjahr geschaeftsjahr kalenderwoche "
        "vorletzte vorletzten ubernachste tausend hundert ausser vergangenes voriges dreizehn vierzehn funfzehn "
        "sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig satz "
        "mandanten versteuerer versteuerung"
    ),
}
"""The other words of the readers' tables and patterns."""


@lru_cache(maxsize=20_000)
def _calendar(language: Language) -> frozenset[str]:
    tables = (Locale(language).months, Locale(language).days)
    return frozenset(fold(name).strip(".") for table in tables for name in table["format"]["wide"].values())


def _short_months() -> frozenset[str]:
    """ "sept" is no slip of "seit"."""
    tables = (Locale(language).months["format"]["abbreviated"] for language in ("en", "en_GB", "de"))
    return frozenset(fold(name).strip(".") for table in tables for name in table.values())


def _spoken(language: Language) -> frozenset[str]:
    return frozenset(_READERS[language].split()) | grammar.words()[language] | _calendar(language)


_BY_LANGUAGE = {language: _spoken(language) for language in LANGUAGES}
_SHARED = frozenset.intersection(*_BY_LANGUAGE.values())
_TABLES = (*BEFORE, *AFTER, *(phrase for phrases in FIELDS.values() for phrase in phrases))

ONLY: dict[Language, frozenset[str]] = {language: spoken - _SHARED for language, spoken in _BY_LANGUAGE.items()}
"""Words that tell the language."""

VOCABULARY = frozenset.union(
    *_BY_LANGUAGE.values(), _short_months(), (word for phrase in _TABLES for word in phrase.split())
)
"""Every word that means something to the grammar."""
