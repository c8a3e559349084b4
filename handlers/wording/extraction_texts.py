"""What reading said of a document, in the language that is spoken.

`extraction` words its reasons and problems in English and knows no other language; here they are recognised, whole or
sentence by sentence, and said anew. What is not in the tables stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from handlers.language.formats import day, short_day
from handlers.language.translation import say, sayable

REASONS = (
    sayable('from "{terms}"'),
    sayable("from “{terms}”"),
    sayable("{days} days, as you corrected last time"),
    sayable("as you corrected last time"),
    sayable("by its VAT number"),
    sayable("sum of {parts}"),
    sayable("read {misread}, subtotal and tax make {amount}"),
    sayable("read {misread}, lines add up to {amount}"),
    sayable("read {misread}, cash less change is {amount}"),
    sayable("read {misread}, {rate} % make {amount}"),
    sayable("{new} is new, {old} was brought forward"),
    sayable("“{sign}” without a country"),
    sayable("read “{text}”"),
    sayable("wrong check digits"),
    sayable("one of {n} payment codes"),
    sayable("the print says {value}"),
    sayable("the payment code says {value}"),
    sayable("the e-invoice says {value}"),
    sayable("subtotal + VAT is {amount}"),
    sayable("its lines make {amount} before VAT"),
    sayable("its rates make {amount}"),
    sayable("{prepaid} was prepaid, {amount} is to be paid"),
    sayable("{withheld} is withheld, {amount} is to be paid"),
    sayable("after {withheld} that is withheld as tax"),
    sayable("{amount} is to be paid back"),
    sayable("{amount} is to be paid"),
    sayable("as for their last bill"),
    sayable("because of “{text}”"),
    sayable("it has our VAT number, but another name"),
    sayable("it has our IBAN, but another name"),
    sayable("our name stands where either may"),
    sayable("“{text}” is not a discount on this bill. Say it like “2% discount until 5 May”."),
    sayable("“{text}” is not a name."),
    sayable("“{text}” is not a date."),
    sayable("“{text}” is not an amount."),
    sayable("“{text}” is negative; a document that pays us back is a credit note."),
)
"""Why a value is what it is, or is doubted; the first that fits is taken."""

SENTENCES = (
    sayable("This file is empty; perhaps the upload was cut off."),
    sayable("This is a plain text file."),
    sayable("This is a {kind} archive."),
    sayable("This is a compressed file."),
    sayable("Please unpack it."),
    sayable("This is not a kind of file that can be read here."),
    sayable("This is an Office document."),
    sayable("Please export it as PDF and send that."),
    sayable("This Office document is damaged or incomplete."),
    sayable("Please save it once more, or export it as PDF and send that."),
    sayable("This Office document unpacks to more than an invoice does."),
    sayable("This document is longer than any invoice."),
    sayable("Please send the part that is the invoice, or export it as PDF."),
    sayable("There is no text in this document."),
    sayable("Please export it as PDF, or send a photo of the page."),
    sayable("Please send the invoice as a PDF or as a photo (JPEG, PNG, HEIC, WebP, TIFF)."),
    sayable("A bank statement is read from CAMT, MT940, OFX, QIF, CSV or Excel."),
    sayable("Please send it again."),
    sayable("This ZIP archive is damaged or incomplete."),
    sayable("Please send it again, or its files."),
    sayable("This ZIP archive asks for a password."),
    sayable("Please send its files without one."),
    sayable("There are no files in this ZIP archive."),
    sayable("Please send the invoices themselves."),
    sayable("This ZIP archive holds more than {files} files or {size} MB."),
    sayable("Reading this file takes more processor time than one file may."),
    sayable("Please send fewer pages at once, or a plain PDF or photo of it."),
    sayable("Reading this file takes more memory than one file may."),
    sayable("Please send it smaller: fewer pages, or at a lower resolution."),
    sayable("This bank statement has more than 200,000 movements."),
    sayable("Please export it in parts, such as month by month."),
    sayable("A date in this bank statement lies before 1950 or after 2150."),
    sayable("Please export it once more, or correct the date."),
    sayable("A page of this PDF has more than 60,000 characters, which no letter has."),
    sayable("Please print it anew as a PDF, or send a photo of the page."),
    sayable("More is printed on this page than on any letter."),
    sayable("Please send a picture of the invoice alone, closer up."),
    sayable("Please send it in parts."),
    sayable("This ZIP archive holds archives within archives."),
    sayable("Please send its files directly."),
    sayable("This mail is too complex to be read."),
    sayable("This mail takes too long to be read."),
    sayable("This mail holds too much to be read."),
    sayable("This mail has too many parts to be read."),
    sayable("This mail has too many parts within each other to be read."),
    sayable("This mail is nested too deeply to be read."),
    sayable("This mail is too damaged to be read."),
    sayable("Please send the files directly."),
    sayable("This file of Outlook (winmail.dat, .msg) is damaged or incomplete."),
    sayable("Please send the files in it directly."),
    sayable("Something in this file is so damaged or unusual that it cannot be read."),
    sayable("Please send it once more, or what is in it as a PDF or a photo."),
    sayable("There is no invoice in this mail."),
    sayable("Please send the invoice itself."),
    sayable("This mail is encrypted."),
    sayable("Please send the invoice in it without encryption."),
    sayable("The invoice is behind a link."),
    sayable("This is a piece of a mail that was cut."),
    sayable("Please send the invoice itself, as a PDF."),
    sayable("The file is not in this mail, which only says where it lies."),
    sayable("Please open it and send me the PDF."),
    sayable("This XML file is damaged or incomplete."),
    sayable("Please export it again, or send the PDF."),
    sayable("This XML file declares a document type, which no e-invoice has and which is refused for safety."),
    sayable("This XML file is too large or too deeply nested to be an invoice."),
    sayable("This e-invoice has neither a number nor an amount."),
    sayable("This XML file is {kind}."),
    sayable(
        "E-invoices are read as UBL (Peppol, XRechnung), CII (Factur-X, ZUGFeRD, XRechnung), FatturaPA, KSeF, "
        "ebInterface, Facturae or CFDI; please send one of these, or the invoice as a PDF."
    ),
    sayable("This signed file (.p7m) is damaged or has nothing in it."),
    sayable("Please send it again, or the invoice inside it."),
    sayable("This .p7m file is encrypted."),
    sayable("Please send the invoice inside it, as XML or as a PDF."),
    sayable("This file is signed; its signature was not checked."),
    sayable("This PDF asks for a password."),
    sayable("Please remove the password and send it again."),
    sayable("This PDF is damaged and cannot be opened."),
    sayable("Please export or scan it again."),
    sayable("This PDF has no pages."),
    sayable("Please export it again."),
    sayable("This picture is damaged or incomplete."),
    sayable("Please take or send it again."),
    sayable("This picture has too many pixels to be read."),
    sayable("Please send it at a lower resolution."),
    sayable("The e-invoice inside this PDF is damaged; only what is printed was read."),
    sayable("Only the first {read} of {all} pages were read."),
    sayable("Another paper on the picture shows no bill and was left out."),
    sayable("{n} more papers on the picture show no bill and were left out."),
    sayable("This seems to be printed in Greek letters, which cannot be read in pictures: check every name and date."),
    sayable("This seems to be printed in Cyrillic, which cannot be read in pictures: check every name and date."),
    sayable("Send the PDF that it was printed from, or type what is wrong."),
    sayable("Total {amount}: {reason}."),
    sayable("In this CAMT file an amount or a date is damaged."),
    sayable("In this MT940 file a movement or a balance is damaged."),
    sayable("Please export the statement at the bank once more."),
    sayable("I found no columns with dates and amounts in this table, so I can't read it as a bank statement."),
    sayable("Please export it once more with its header line, or better as CAMT or MT940."),
    sayable("This OFX file is damaged or incomplete."),
    sayable("Please export it at the bank once more."),
    sayable(
        "This is the statement of an investment account: it tells of securities, but of no movement of money to book."
    ),
    sayable("Please send the statement of the bank account that the money goes through."),
    sayable("In this QIF file no movement has a date and an amount."),
    sayable("This Excel workbook is damaged."),
    sayable("This Excel workbook asks for a password."),
    sayable("Please save it without one."),
    sayable("This Excel workbook unpacks to more than 100 MB, or its cells lie beyond row 200,000 or too far apart."),
    sayable("Please export the statement in parts, such as month by month."),
    sayable("This bank statement holds neither movements nor a balance."),
    sayable("Please export it once more."),
    sayable("{name} is larger than {size} MB."),
    sayable("Please send a smaller version."),
)
"""What is said of files that cannot be read, or of what was left out."""

_KINDS = (
    sayable("a bank statement"),
    sayable("a payment order"),
    sayable("an order"),
    sayable("an answer to an order"),
    sayable("a delivery note"),
    sayable("an acknowledgement"),
    sayable("a catalogue"),
    sayable("a quotation"),
    sayable("a reminder"),
    sayable("no e-invoice (its root is “{name}”)"),
)
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}(?: or \d{4}-\d{2}-\d{2})+")
_ENDS = re.compile(r"(?<=[.!?]) (?=[A-Z])")


def translate_extraction_text(text: str) -> str:
    """The text in the language spoken."""
    if _DAYS.fullmatch(text):
        return _either_day([date.fromisoformat(one) for one in text.split(" or ")])
    return _said(text, REASONS) or " ".join(_said(part, SENTENCES) or say(part) for part in _ENDS.split(text))


def _either_day(days: Sequence[date]) -> str:
    """ "12 Feb or 2 Dec 2025": the days that a date may be, each year once where all are of one."""
    shown = short_day if len({one.year for one in days}) == 1 else day
    return say("{days} or {last}", days=", ".join(map(shown, days[:-1])), last=day(days[-1]))


def _said(text: str, templates: tuple[str, ...]) -> str | None:
    """The text by the first template that fits it; what fills its blanks is retold too. None where none fits."""
    for template in templates:
        if found := _pattern(template).fullmatch(text):
            filled = {name: _said(words, (*REASONS, *_KINDS)) or words for name, words in found.groupdict().items()}
            return say(template, **filled)
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """What the template looks like once its {names} are filled in."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(template)))
