"""Dates that OCR misread: put right where that can be, and doubted; never another date without a doubt."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence, Page, Word
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.patterns.date_parts import months
from extraction.fields.patterns.dates import find_dates

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
        ("DATE: 19705713 TIME: 14:48", date(2013, 5, 19)),  # both separators, where it is said to be a date
        ("Date: 20032018", date(2018, 3, 20)),
        ("Dale 25/1203018", date(2018, 12, 25)),
        ("588617\t25 02-18", date(2018, 2, 25)),  # a column before it
        ("23/0572ö15 11:36", date(2015, 5, 23)),
        ("Kay08'14 12:42PM", date(2014, 5, 8)),  # a month, with two digits of the year and a time of day
        ("KS# 3\tÜct.1C'15 (Sat) 11:01", date(2015, 10, 10)),
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
        *("19705713", "20032018", "Kay08'14", "12:06:00 14:30", "1,50 2,50 18 14:30", "Date 12345678"),
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
    assert found.confidence < CONFIDENCE_THRESHOLD


def test_a_date_printed_again_outvotes_its_misreading() -> None:
    found = issued(("20/05/18 11:41", 0.6), ("ACME", 0.9), ("28/05/18 11:23", 0.9), ("28/05/18 11:40", 0.8))
    assert found and found.value == "2018-05-28"


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["RETURNS WITH RECEIPT THRU 01/12/2011", "NOVEMBER 13, 2010 4:03 PM"], "2010-11-13"),
        (["Form Version 2.1 from 24.03.2020", "Rechnung Nr. RK2101 vom 16.09.2019"], "2019-09-16"),
        (["Tax Invoice no. 7698/0601", "20/05/18 11:41", "28/05/18 11:23", "28/05/18 11:40"], "2018-05-28"),
        (["CK 11-22-31 - 10/400", "19-09-17 15:39 SH01"], "2017-09-19"),  # nobody writes both orders
        (["SANTACRUZ 8. 3,49  3.49", "Sale 16/06/2017"], "2017-06-16"),
        (["6 Eu Tong Sen Street #01-05/06/14", "20:37  23/07/13"], "2013-07-23"),  # a unit of a house
    ],
)
def test_what_else_is_dated_is_not_the_date_of_issue(lines: list[str], day: str) -> None:
    found = issued(("ACME", 0.9), *((line, 0.6 if line.startswith("20/") else 0.9) for line in lines), ("TOTAL 9", 0.9))
    assert found and found.value == day


@pytest.mark.parametrize(
    ("line", "surely"),
    [
        ("Date: 28/08/2017", 0.3),  # hardly legible
        ("Date: -8/08/2017", 0.95),  # its first digit may be lost
        ("Date: 08/03/2049", 0.95),  # far ahead
        ("02/19/20 - 02/25/20", 0.95),  # a period
    ],
)
def test_a_date_that_may_be_another_is_doubted(line: str, surely: float) -> None:
    found = issued(("ACME", 0.95), (line, surely), ("TOTAL 12.50", 0.95))
    assert found and found.confidence < CONFIDENCE_THRESHOLD


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
    assert found is None or found.value == day.isoformat() or found.confidence < CONFIDENCE_THRESHOLD, (read, found)


@given(DAYS, st.sampled_from(["17", "71", "11", "77", "00", "ll", ""]), st.booleans())
def test_a_date_that_lost_both_separators_comes_back_where_it_is_said_to_be_one(
    day: date, left: str, century: bool
) -> None:
    first, last = left or ("", "")
    read = f"{day:%d}{first}{day:%m}{last}{day:%Y}" if century else f"{day:%d}{first}{day:%m}{last}{day:%y}"
    assume(not any(find_dates(read)))  # 20/01/01 as 20101101 is another date, with nothing wrong about it
    assert_back_or_doubted(read, day)


@given(DAYS, st.integers(0, 2), st.sampled_from("abefhkmost"))
def test_a_month_with_a_wrong_letter_comes_back(day: date, place: int, letter: str) -> None:
    month = f"{day:%b}"
    read = month[:place] + (letter.upper() if place == 0 else letter) + month[place + 1 :]
    assume(read == month or read.lower() not in months())  # May with an a is March in Dutch
    assert_back_or_doubted(f"{read}{day:%d'%y} 12:42PM", day)


@given(st.dates(date(2010, 1, 1), date(2039, 12, 31)), st.timedeltas(timedelta(days=1), timedelta(days=4000)))
def test_a_period_is_no_date_of_issue_beside_a_date(begin: date, long: timedelta) -> None:
    end = begin + long
    found = issued(("ACME", 0.95), (f"{begin:%d.%m.%Y} - {end:%d.%m.%Y}", 0.95), ("Datum: 03.04.2009", 0.95))
    assert found and found.value == "2009-04-03"
