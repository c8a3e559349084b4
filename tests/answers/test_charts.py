"""Pictures say the same numbers as the text, in the language spoken, and fit a phone."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from handlers.charts.bars import MOST, ageing_chart, spend_chart
from handlers.charts.forecast import NAMED, forecast_chart
from handlers.charts.style import png
from handlers.language.translation import speaking
from storage.ledger.money import Money
from storage.models import Account, AccountType
from storage.reports.cash_flow_forecast import Basis, Flow, Forecast

TODAY = date(2025, 3, 21)


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


AHEAD = Forecast(
    euros("4200"),
    TODAY,
    date(2025, 5, 20),
    (
        Flow(TODAY, euros("-80"), "Globex Ltd", Basis.OVERDUE, (1,)),
        Flow(date(2025, 4, 2), euros("-1249.50"), "Acme GmbH", Basis.OPEN, (2,)),
        Flow(date(2025, 4, 10), euros("-2900"), "Landlord with a name that is far too long", Basis.OPEN, (3,)),
        Flow(date(2025, 4, 25), euros("3100"), "Kunde AG", Basis.OPEN, (4,)),
        Flow(date(2025, 5, 1), euros("-100"), "Hosting AG", Basis.EXPECTED, (5, 6, 7)),
    ),
)
SPENT = [("Travel", euros("200")), ("Office supplies", euros("150.25"))]


def words(figure: Figure) -> str:
    """Everything that is written on a chart."""
    png(figure)  # what stands on the axes is only known once it is drawn
    return "\n".join(text.get_text() for text in figure.findobj(Text) if text.get_visible())


def test_the_forecast_names_the_largest_bills_and_where_it_ends():
    said = words(forecast_chart(AHEAD))
    # 4,200 - 80 - 1,249.50 - 2,900 + 3,100 - 100
    assert "Bank and cash until 20 May: €2,970.50" in said
    for line in (
        "1  2 Apr · Acme GmbH · -€1,249.50",
        "2  10 Apr · Landlord with a n… · -€2,900.00",
        "3  25 Apr · Kunde AG · €3,100.00",
        "4  1 May · Hosting AG · -€100.00 (expected)",
    ):
        assert line in said
    assert "Globex" not in said  # the smallest is a mark without a name
    assert NAMED == 4


def test_a_forecast_that_is_counted_from_zero_says_so():
    bank = Account(code="bank", name="Bank", type=AccountType.ASSET, liquidity=True)
    assert "⚠ counted from zero" in words(forecast_chart(replace(AHEAD, untold=(bank,))))
    assert "counted from zero" not in words(forecast_chart(AHEAD))


def test_bars_carry_their_amounts():
    said = words(spend_chart(SPENT, "in March 2025"))
    assert all(part in said for part in ("Spent in March 2025", "Travel", "€200.00", "€150.25"))


def test_what_is_too_much_for_a_phone_is_one_bar():
    said = words(spend_chart([(f"Category {n}", euros("10")) for n in range(MOST + 3)], "in 2025"))
    assert "Everything else" in said and "€40.00" in said  # 11 bars: 7 by name, 4 together
    assert "Category 6" in said and "Category 7" not in said


def test_charts_speak_german():
    with speaking("de"):
        assert "Bank und Kasse bis 20. Mai: 2.970,50\xa0€" in words(forecast_chart(AHEAD))
        assert "1.249,50\xa0€" in words(ageing_chart([("Noch nicht fällig", euros("1249.50"))]))


@pytest.mark.parametrize("draw", [lambda: forecast_chart(AHEAD), lambda: spend_chart(SPENT, "in 2025")])
def test_a_chart_is_a_light_picture_three_phones_wide(draw):
    picture = Image.open(io.BytesIO(png(draw())))
    assert picture.format == "PNG" and picture.width == 1200 and 400 < picture.height < 1400
    assert picture.convert("RGB").getpixel((2, 2)) == (255, 255, 255)


def test_equal_charts_are_equal_bytes_however_many_are_drawn_at_once():
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: png(spend_chart(SPENT, "in 2025")), range(4)))
    assert len(set(drawn)) == 1


def test_a_forecast_in_which_nothing_happens_is_a_level_line():
    said = words(forecast_chart(Forecast(euros("0"), TODAY, TODAY, ())))
    assert "€0.00" in said


def test_a_chart_of_debts_only_has_room_for_its_words():
    assert "-€20.00" in words(spend_chart([("Refunds", euros("-20"))], "in 2025"))
