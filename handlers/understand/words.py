"""The words that requests are made of, English and German, folded (lower case, without accents).

Whoever adds a phrase here adds its words to what typing mistakes are repaired to: VOCABULARY is made of all tables.
"""

from __future__ import annotations

import unicodedata

from babel import Locale

from handlers.requests import Confirm, Edit, Greeting, Help, NotAnInvoice, Request, ShowBill, Thanks, Undo

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
    "tip": ("tip", "gratuity", "service charge", "trinkgeld"),
    "vendor": (
        "vendor", "vendor name", "supplier", "supplier name", "seller", "issuer", "company", "lieferant", "verkaufer",
        "handler", "rechnungssteller", "firma",
    ),
    "number": (
        "number", "invoice number", "invoice no", "invoice nr", "bill number", "receipt number", "invoice id",
        "invoice #", "#", "number #", "nr", "nummer", "rechnungsnummer", "rechnungsnr", "rechnung nr", "belegnummer",
    ),
    "issue_date": (
        "issued", "issue date", "issued on", "invoice date", "bill date", "date", "dated", "date of issue",
        "tax date", "rechnungsdatum", "datum", "ausgestellt", "ausstellungsdatum", "belegdatum",
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

PHRASES: dict[Request, tuple[str, ...]] = {
    Confirm(): (
        "confirm", "confirm it", "confirm this", "confirmed", "ok", "okay", "yes", "yep", "yeah", "yes confirm",
        "ok confirm", "looks good", "looks right", "looks fine", "looks correct", "it looks good", "that looks good",
        "all good", "all correct", "all right", "correct", "it is correct", "that is correct", "that is right",
        "it is right", "right", "good", "fine", "approve", "approved", "approve it", "book it", "post it", "go ahead",
        "confirm the bill", "confirm the invoice", "yes it is correct", "yes that is right", "yes looks good",
        "ok looks good", "sure", "yup", "exactly", "absolutely", "k", "that is all correct",
        "it is all correct", "yes that is all correct", "all is correct", "👍", "stimmt alles", "stimmt so", "ja",
        "passt", "stimmt", "das stimmt", "passt so", "alles richtig", "richtig", "bestatigen", "bestatige",
        "bestatigt", "buchen", "in ordnung", "ja passt", "ja stimmt", "genau", "korrekt", "sieht gut aus",
    ),
    NotAnInvoice(): (
        "not an invoice", "not a bill", "no invoice", "it is not an invoice", "this is not an invoice", "not invoice",
        "that is not an invoice", "it is not a bill", "this is not a bill", "that is not a bill", "discard it",
        "discard", "delete it", "delete", "ignore it", "ignore this", "void it", "void", "keine rechnung",
        "das ist keine rechnung", "loschen", "ignorieren", "verwerfen",
    ),
    Undo(): (
        "undo", "undo it", "undo that", "undo this", "revert", "revert it", "revert that", "take it back", "go back",
        "take that back", "ruckgangig", "ruckgangig machen", "mach das ruckgangig", "zuruck", "zurucknehmen",
    ),
    Edit(): (
        "edit", "edit it", "edit this", "change it", "change this", "correct it", "wrong", "it is wrong",
        "this is wrong", "that is wrong", "not right", "not correct", "it is not right", "it is not correct",
        "incorrect", "no", "nope", "i want to correct something", "something is wrong", "bearbeiten", "andern",
        "korrigieren", "falsch", "das ist falsch", "stimmt nicht", "das stimmt nicht", "nein",
    ),
    Help(): (
        "help", "help me", "menu", "commands", "start", "who are you", "what are you", "what is this",
        "what can you do", "what can i do", "what can i say", "what can i ask", "how does it work", "how do you work",
        "how does this work", "what do you do", "what else can you do", "hilfe", "wer bist du", "was kannst du",
        "was kann ich tun", "was kann ich sagen", "wie funktioniert das", "was machst du",
    ),
    Greeting(): (
        "hi", "hello", "hey", "hi there", "hello there", "hey there", "good morning", "good afternoon", "howdy",
        "good evening", "morning", "hallo", "guten morgen", "guten tag", "guten abend", "moin", "servus",
        "gruss gott",
    ),
    Thanks(): (
        "thanks", "thank you", "thanks a lot", "thank you very much", "many thanks", "cheers", "thx", "great thanks",
        "thanks so much", "ok thanks", "ok danke", "perfect thanks", "danke", "danke schon", "dankeschon",
        "vielen dank", "besten dank",
    ),
    ShowBill(): (
        "show", "show me", "is it due", "show it", "show it again", "show me the bill", "show the bill",
        "show this bill", "show me the card", "what is the total", "what is the due date", "when is it due",
        "when is this due", "how much is it", "what is the amount", "is it paid", "was it paid", "is it confirmed",
        "who is it from", "who is the vendor", "what is the status", "status", "how much is this",
        "how much is the bill", "how much is the invoice", "wann ist sie fallig", "wie hoch ist die rechnung",
        "zeig sie nochmal", "von wem ist sie",
    ),
}  # fmt: skip
"""Requests that are said in a few set phrases, matched word by word."""

BEFORE = (
    "please", "bitte", "can you", "could you", "would you", "will you", "can i", "i want to", "i would like to",
    "tell me", "let me know", "kannst du", "konntest du", "ich mochte", "sag mir", "hi", "hello", "hey", "hallo",
    "billify", "ok", "so", "well", "and", "also", "now", "then", "sorry", "actually", "good morning", "guten morgen",
    "guten tag", "the", "and the", "oh", "ah", "hmm", "i think", "i mean", "thanks", "danke", "na", "und", "ja",
    "yes",
)  # fmt: skip
"""Openings that change nothing about what is asked."""

AFTER = (
    "please", "bitte", "thanks", "thank you", "danke", "billify", "for me", "now", "right now", "again", "mal",
    "then", "at the moment", "to me", "in total", "altogether", "insgesamt", "instead", "denn", "jetzt",
)  # fmt: skip
"""Endings that change nothing about what is asked."""

PATTERN_WORDS = (
    "aber account accounts actually add after ago aktuelle aktueller alle already als amounts andere any anything "
    "attachment auf balance balances bald bank bankkonto bar bargeld been before beglichen bei beleg bereits "
    "bestatige betragen betragt between bezahlen bezahlt bill bills bis box but called card cash change chat "
    "clear code colleague comes coming create credit currency current dates day days debit dem demnachst den der "
    "did diese diesen dieser direct display document does dokument dollars dues during eigentlich ein eine einen "
    "einladen einladung einladungscode else empty end ende enter entferne equals erhalt etwas euro euros "
    "everything fallige falligen falls fehlt file fix following foto from full fully fur geld gestern get gets "
    "gezahlt gib gibt give got hab habe haben had half has hat have heisst here heute how image immediately "
    "innerhalb instead invitation invite invited invoice invoices its jahr jahresende join just karte kasse "
    "kassen kassenstand kein keine known konten konto kontostand kontostande lade last lastschrift late later "
    "lauten lautet left let letzte letzten list look losche make mark marked markieren meant mehrwertsteuer mein "
    "member missing mit monat monaten monatsende money month months morgen move muss mussen must nach nachste "
    "nachsten nachster named need needs never new next nicht nichts nie nil noch none nothing nrs null nur off "
    "offen offene offenen ohne onboard only open original originalrechnung our out outstanding over overall "
    "overdue owe owed owing paid partly past pay payed payment payments pdf pending per person petty photo "
    "picture please plus pounds presentation previous quartal quarter rather read reads really rechnung "
    "rechnungen redeem remainder remaining remove rest salden saldo scan scanned schick schicke schulden schuldig "
    "see sein send set settled setze shortly should show sind sofort soll sollen sollte somebody someone sondern "
    "soon sowie spatestens spelled spelt statt still tage tagen team teilweise ten than the this through till "
    "time today tomorrow too transfer transferred uberfallig uberfallige uberfalligen ubermorgen uberweisung "
    "uberwiesen ueberfaellig ueberfaellige ueberfallig uebermorgen ueberwiesen unbezahlt unbezahlte unknown "
    "unpaid uns unser unsere until upcoming update upon user verschiebe via viel viele vom vor vorgestern war "
    "ware week weeks welche werden were what whats when where which whole whom wieviel will wir wird wire with "
    "within without woche wochen written wrong wurde year yesterday your zahlen zeig zeige zero zum zwischen "
)
"""The other words of the readers' tables and patterns."""

_CALENDAR = [
    name.casefold().strip(".")
    for language in ("en", "de")
    for table in (Locale(language).months, Locale(language).days)
    for name in table["format"]["wide"].values()
]


def fold(text: str) -> str:
    """Lower case, without accents: what two ways of typing a word have in common ("Fällig" → "fallig")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _vocabulary() -> frozenset[str]:
    said = [PATTERN_WORDS, *BEFORE, *AFTER, *map(fold, _CALENDAR)]
    said += [phrase for table in (FIELDS.values(), PHRASES.values()) for phrases in table for phrase in phrases]
    return frozenset(word for phrase in said for word in phrase.split())


VOCABULARY = _vocabulary()
"""Every word that means something to the grammar."""
