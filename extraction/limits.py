"""How much of a file is decoded: what exceeds this is refused with what to do instead, before the work where its format
says how large it is. Those of mails are in extraction.mail.limits.
"""

from __future__ import annotations

from extraction.evidence import Problem

DECODING_SECONDS = 12.0
"""Of processor time for a file, apart from OCR. A page of an ordinary PDF takes 0.1 to 0.3."""

LAST_PAGE_SECONDS = 4.0
"""What has to be left of these for another page to be begun; pages after that are left out, and told of."""

CLOSER_SECONDS = 5.0
"""Of processor time for a file, OCR included, from which on no page is looked at a second time: a page takes 1 to 3."""

MOST_KEPT = 900_000_000
"""Bytes that the reading process may have in use when the next page is recognised, which takes up to 500 MB more."""

MOST_PIXEL_BYTES = 700_000_000
"""That the decoding of one picture takes; a photograph of 108 million pixels takes a third of it."""

MOST_SIDE = 60_000
"""Pixels along which a page is looked at: three metres of a till slip at 400 dpi have 47,000. Codes are read up to
65,535."""

MOST_CHARACTERS = 60_000
"""Of the text of one PDF page: the smallest print of terms has 20,000."""

MOST_WORDS = 60_000
"""Of one file: pages after that are left out, and told of. A hundred closely written pages have that many."""

MOST_PRINTED = 2_500
"""Pieces of text that OCR reads on one page; a closely printed page of terms has 1,500."""

MOST_PRINTED_CLOSER = 1_000
"""The same where a page is looked at a second time, which takes four times as long."""

MOST_LINE_PIXELS = 110_000
"""Of all lines of one page, side by side as the recogniser is shown them: 10 seconds of processor time. The longest
lines beyond that, which are prose, are left out: of 124 pages of letters in small print, four pages of terms had more.
"""

MOST_LINE_PIXELS_GLANCED = 20_000
"""The same where a few lines are read to learn which way up the page is; sixteen of ordinary print have half."""

TOO_MUCH_PRINT = Problem(
    "too_much_print",
    "More is printed on this page than on any letter. Please send a picture of the invoice alone, closer up.",
)
TOO_MUCH_TEXT = Problem(
    "too_much_text",
    "A page of this PDF has more than 60,000 characters, which no letter has. Please print it anew as a PDF, or send "
    "a photo of the page.",
)

LARGEST_OFFICE = 60_000_000
"""Bytes of the parts of an Office document, unpacked; one with ten photographs has half of it."""

MOST_OFFICE_PARTS = 2_000
"""Files within an Office document; a workbook of a hundred sheets has a quarter of it."""

MOST_SHEETS = 10
"""Of a workbook, from its first on."""

MOST_SHEET_ROWS = 2_000
"""Of a sheet that is read as an invoice."""

MOST_SHEET_COLUMNS = 40
"""Of a sheet that is read as an invoice."""

LARGEST_RICH_TEXT = 5_000_000
"""Bytes of RTF without its pictures; ten pages have 300,000."""

LARGEST_PAGE = 20_000_000
"""Bytes of a web page or a text; most of a large one are pictures within it."""

OFFICE_TOO_LARGE = Problem(
    "office_too_large",
    "This Office document unpacks to more than an invoice does. Please export it as PDF and send that.",
)
TOO_LONG_TO_DRAW = Problem(
    "too_long_to_draw",
    "This document is longer than any invoice. Please send the part that is the invoice, or export it as PDF.",
)

MOST_ROWS = 200_000
"""Movements of one bank statement: a large shop's year."""

MOST_COLUMNS = 200
"""Of a bank's table; the widest have 40."""

MOST_CELLS = 8_000_000
"""Of a workbook's sheet, the empty ones between the first and the last counted: 200,000 movements in 40 columns."""

LARGEST_WORKBOOK = 100_000_000
"""Bytes of all parts of a workbook, unpacked: 200,000 movements take a third of it."""

YEARS = range(1950, 2151)
"""In which a bank books: other years are damage, and no sum of days may leave the calendar."""

TOO_MANY_MOVEMENTS = Problem(
    "too_many_movements",
    "This bank statement has more than 200,000 movements. Please export it in parts, such as month by month.",
)
WORKBOOK_TOO_LARGE = Problem(
    "workbook_too_large",
    "This Excel workbook unpacks to more than 100 MB, or its cells lie beyond row 200,000 or too far apart. Please "
    "export the statement in parts, such as month by month.",
)
NO_SUCH_YEAR = Problem(
    "statement_year",
    "A date in this bank statement lies before 1950 or after 2150. Please export it once more, or correct the date.",
)

TOO_COSTLY = {
    "time": Problem(
        "takes_too_long",
        "Reading this file takes more processor time than one file may. Please send fewer pages at once, or a plain "
        "PDF or photo of it.",
    ),
    "memory": Problem(
        "takes_too_much_memory",
        "Reading this file takes more memory than one file may. Please send it smaller: fewer pages, or at a lower "
        "resolution.",
    ),
}
"""What is said of a file that none of these limits kept from taking too long, or too much memory."""
