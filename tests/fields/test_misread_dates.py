"""Dates that OCR misread: put right where that can be, and doubted; never another date without a doubt."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extraction.evidence import DOUBT_BELOW, Evidence, Page, Word
from extraction.fields.dates import find_dates
from extraction.fields.document import read_documents

FORMS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d-%m-%y", "%Y-%m-%d", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y")
LOOKALIKES = {"0": "OoQD", "1": "Il|[", "2": "Z", "5": "S", "6": "G", "8": "BE"}
DAYS = st.dates(date(2000, 1, 1), date(2039, 12, 31))


def readings(text: str) -> list[tuple[date, ...]]:
    return [span.readings for span in find_dates(text, misread=True)]


def issued(*lines: tuple[str, float]) -> Evidence | None:
    """The date of issue of a receipt with these lines below each other, each read as surely as is said."""
    words = tuple(
        Word(line, (40, 40 * n, 40 + 9 * len(line), 40 * n + 16), 1, surely)
        for n, (line, surely) in enumerate(lines, 1)
    )
    (document,) = read_documents([Page(1, 400, 800, words, "ocr")])
    return document.fields.get("issue_date")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/O4/2O18", date(2018, 4, 30)),  # letters for digits
        ("DATE: 20/03/201E", date(2018, 3, 20)),
        ("2[/07/20[7", date(2017, 7, 21)),
        ("2O-MAR-18", date(2018, 3, 20)),
        ("24-J1-16", date(2016, 11, 24)),
        ("25/1202018", date(2018, 12, 25)),  # a slash taken for a nought
        ("18/03118 15 17 06051", date(2018, 3, 18)),
        ("20/03201E", date(2018, 3, 20)),  # a separator lost and a digit misread
        ("20 03 2018", date(2018, 3, 20)),
        ("05'08/2017", None),
        ("23-ApT 2018 2:51:35P", date(2018, 4, 23)),  # the name of a month
        ("Tuesday. KArch Z7th 2018", date(2018, 3, 27)),
        ("31/03/3017", date(2017, 3, 31)),  # a digit for another, where the day is on no calendar
        ("83/18/2014", date(2014, 3, 18)),
    ],
)
def test_a_misread_date_is_put_right(text: str, day: date | None) -> None:
    assert readings(text) == [(day,)] if day else [(date(2017, 8, 5), date(2017, 5, 8))]


@pytest.mark.parametrize(
    "text",
    [
        *("03-3362 4395", "03-40212008", "(012) 345-6789", "1-300-80-8989", "000849813504", "GST 0010 9010 5344"),
        *(
            "2012-0029 RESTAURANT",
            "AF12 10/1000",
            "12:06:00",
            "12.10 15",
            "2/ 3.00",
            "5\t-4.20",
            "#01-13/14",
            "99/99/99",
        ),
        *("USD @21.080000", "18291/102/T0163", "2.50 10.00 2018", "Januar 2026", "06/05 20S3"),
    ],
)
def test_other_numbers_are_no_misread_dates(text: str) -> None:
    assert readings(text) == []


def test_a_text_layer_is_not_put_right() -> None:
    assert list(find_dates("31/02/2020 and 2O/03/2018")) == []


def test_what_can_be_several_dates_is_all_of_them() -> None:
    assert readings("31/02/2020") == [(date(2020, 2, 21),), (date(2020, 7, 31),)]


def test_the_weekday_printed_beside_it_says_which_it_is() -> None:
    assert readings("Fri 31/02/2020") == [(date(2020, 2, 21),), (date(2020, 7, 31),)]  # both are Fridays
    assert readings("Sat 11/10/2914") == [(date(2014, 10, 11),)]  # the tenth of November was a Monday


def test_a_date_that_was_put_right_is_derived_and_doubted() -> None:
    found = issued(("ACME", 0.95), ("DATE: 20/03/201E", 0.95), ("TOTAL 12.50", 0.95))
    assert found and (found.value, found.source, found.reason) == ("2018-03-20", "derived", "read “20/03/201E”")
    assert found.confidence < DOUBT_BELOW


def test_a_date_printed_again_outvotes_its_misreading() -> None:
    found = issued(("20/05/18 11:41", 0.6), ("ACME", 0.9), ("28/05/18 11:23", 0.9), ("28/05/18 11:40", 0.8))
    assert found and found.value == "2018-05-28"


def test_a_code_that_a_date_sticks_to_is_no_date_of_issue() -> None:
    found = issued(("ACME", 0.9), ("HD03-04-06 5/40/160", 0.9), ("TOTAL 12.50", 0.9), ("19-09-17 15:39 SH01", 0.9))
    assert found and found.value == "2017-09-19"


@given(DAYS, st.sampled_from(FORMS), st.data())
def test_a_date_with_a_letter_for_a_digit_comes_back(day: date, form: str, data: st.DataObject) -> None:
    printed = day.strftime(form)
    places = [place for place, char in enumerate(printed) if char in LOOKALIKES]
    assume(places)
    place = data.draw(st.sampled_from(places))
    read = printed[:place] + data.draw(st.sampled_from(LOOKALIKES[printed[place]])) + printed[place + 1 :]
    assert_back_or_doubted(read, day)


@given(DAYS, st.sampled_from(FORMS), st.sampled_from(["", " ", "1", "7", "l", "|"]), st.integers(0, 1))
def test_a_date_that_lost_a_separator_comes_back(day: date, form: str, left: str, which: int) -> None:
    printed = day.strftime(form)
    place = [at for at, char in enumerate(printed) if not char.isalnum()][which]
    assert_back_or_doubted(printed[:place] + left + printed[place + 1 :], day)


def assert_back_or_doubted(read: str, day: date) -> None:
    """That the date is read as it was printed, or is not found, or is doubted."""
    found = issued(("ACME TRADING", 0.95), (f"Date: {read}", 0.95), ("TOTAL 12.50", 0.95))
    assert found is None or found.value == day.isoformat() or found.confidence < DOUBT_BELOW, (read, found)
