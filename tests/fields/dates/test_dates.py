"""Dates in many spellings; day or month first is decided by evidence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.fields.patterns.dates import find_dates
from extraction.fields.patterns.day_order import day_order


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-12-25", date(2018, 12, 25)),
        ("20181225", date(2018, 12, 25)),
        ("25/12/2018", date(2018, 12, 25)),
        ("12/25/18", date(2018, 12, 25)),
        ("25.12.18", date(2018, 12, 25)),
        ("18. 04. 2020", date(2020, 4, 18)),
        ("11,04,20", date(2020, 4, 11)),  # dots that OCR took for commas
        ("31.01,2019", date(2019, 1, 31)),
        ("09.28.2016", date(2016, 9, 28)),
        ("Date/Time 12.10.05 14:30", date(2005, 10, 12)),
        ("Start 2020-04-11T08:01:58", date(2020, 4, 11)),  # what a German till's security device prints
        ("2020-04-11108:01:58", date(2020, 4, 11)),
        ("3 Mar 2025", date(2025, 3, 3)),
        ("27Dec´16", date(2016, 12, 27)),
        ("March 3, 2026", date(2026, 3, 3)),
        ("JAN-19-2017", date(2017, 1, 19)),
        ("05-MAY-2018", date(2018, 5, 5)),
        ("3. März 2025", date(2025, 3, 3)),
        ("1er août 2019", date(2019, 8, 1)),
        ("12 de enero de 2024", date(2024, 1, 12)),
        ("14-03-18 21;49 SHO3", date(2018, 3, 14)),
        ("15/01/201811:05", date(2018, 1, 15)),  # the time sticks to it
        ("15/01/2011:05", date(2020, 1, 15)),
        ("S#1 Jul.30 '11(Sat)07:27", date(2011, 7, 30)),  # a number before it
        ("Tuesday 05/04/16", date(2016, 4, 5)),  # the fourth of May was a Wednesday
    ],
)
def test_a_date_has_one_reading(text: str, day: date) -> None:
    assert [span.readings for span in find_dates(text)] == [(day,)]


@pytest.mark.parametrize(
    "text",
    [
        *("03-3362 4395", "31/02/2020", "12.50", "(012) 345-6789", "000849813504", "99/99/99"),
        *("8. 3,49", "2 .5,18 EUR", "25.6,25.7"),  # prices, and places in a list
        *("Time: 09.28.00", "Uhrzeit 12.10.05"),
        "06/05/20§8 14:29",  # the year goes on
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert list(find_dates(text)) == []


def test_a_date_that_can_be_read_two_ways_keeps_both() -> None:
    (span,) = find_dates("04/05/20")
    assert span.readings == (date(2020, 5, 4), date(2020, 4, 5))


@pytest.mark.parametrize(
    ("texts", "picked", "known"),
    [
        (["04/05/20", "05/31/20"], date(2020, 4, 5), True),  # another date shows the month first
        (["04/05/20", "31/05/20"], date(2020, 5, 4), True),
        (["04/05/20", "Bangor, ME 04401"], date(2020, 4, 5), True),  # an address in the US
        (["04/05/20", "TOTAL RM 12.00", "607-387-2218"], date(2020, 5, 4), True),  # Malaysia, whatever the telephone
        (["04/05/20", "12345 Berlin, Deutschland"], date(2020, 5, 4), True),
        (["04/05/20", "Rechnung RE 20241"], date(2020, 5, 4), False),  # German, but no ZIP code; elsewhere likely
        (["04/05/20", "Springfield", "TOTAL $8.00"], date(2020, 4, 5), False),  # which dollar?
        (["04/05/20", "Toronto ON M5A 3L2"], date(2020, 5, 4), False),  # both orders are in use there
        (["04/05/20", "GSTIN 27AAPFU0939F1ZV"], date(2020, 5, 4), False),  # and in India
        (["04/05/20"], date(2020, 5, 4), False),
        (["04/05/20", "Time: 09.28.00"], date(2020, 5, 4), False),  # a time says nothing
        (["04/05/20", "April 9, 2020"], date(2020, 4, 5), False),  # likely, but not only in the US
        (["04/05/20", "April 5, 2020"], date(2020, 4, 5), True),  # that day, written out
        (["04/05/20", "2020-05-04"], date(2020, 5, 4), True),
        (["04/05/20", "April 5, 2020", "TOTAL RM 12.00"], date(2020, 4, 5), False),  # one says this, one that
        (["04/05/20", "31/05/20", "Bangor, ME 04401"], date(2020, 5, 4), False),
    ],
)
def test_the_order_of_day_and_month_follows_the_document(texts: list[str], picked: date, known: bool) -> None:
    spans = [span for text in texts for span in find_dates(text)]
    order = day_order(texts, spans)
    assert (order.pick(spans[0]), order.known) == (picked, known)


@given(
    st.dates(date(2000, 1, 1), date(2079, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y"])
)
def test_any_day_is_read_back_as_it_was_written(day: date, form: str) -> None:
    assert [span.readings for span in find_dates(f"Date: {day.strftime(form)}")] == [(day,)]


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["12/02/25", "Toronto ON M5A 3L2"], ["2025-02-12", "2025-12-02"]),
        (["26/02/11 17:03:22", "Toronto ON M5B 1J2"], ["2026-02-11", "2011-02-26"]),  # a card slip
        (["26-02-11", "Sverige"], ["2026-02-11", "2011-02-26"]),
        (["26/02/11", "February 11, 2026", "Toronto ON M5B 1J2"], ["2026-02-11"]),
        (["26/02/11", "26 Feb 2011", "Toronto ON M5B 1J2"], ["2011-02-26"]),
        (["26/02/11", "SYARIKAT SDN BHD"], ["2011-02-26"]),  # nobody writes the year first there
        (["12/02/2025", "TOTAL 8.00"], ["2025-02-12", "2025-12-02"]),
        (["12/02/2025", "Steuer-Nr. 12/345/67890"], ["2025-02-12"]),
        (["12.02.2025", "TOTAL 8.00"], ["2025-02-12"]),  # with dots the day is first
    ],
)
def test_what_a_date_may_be_stays_open_until_something_tells(texts: list[str], days: list[str]) -> None:
    spans = [span for text in texts for span in find_dates(text)]
    assert [day.isoformat() for day in day_order(texts, spans).left_open(spans[0])] == days
