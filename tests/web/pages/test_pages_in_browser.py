"""The pages beside the chat in a real Chromium: looked at, gone through by keys, changed, and changed by others."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from storage.bills import lifecycle
from storage.models import BillState
from tests.web.pages.conftest import DHL, GLOBEX, STAPLES, STATEMENT, TOOLS
from tests.web.pages.house import House

PATHS = (
    "/bills", f"/bills/{STAPLES}", "/approvals", "/calendar", "/cash-flow", "/bank", "/people", "/audit", "/",
)  # fmt: skip
expect.set_options(timeout=20_000)  # of a machine that has much else to do
LOOKS = (
    {"viewport": {"width": 1280, "height": 860}, "locale": "en-GB", "color_scheme": "light"},
    {"viewport": {"width": 390, "height": 844}, "locale": "de-DE", "color_scheme": "dark"},
)


@pytest.fixture
async def page(browser: Browser, house: House):
    async with house.opened(browser, locale="en-GB") as page:
        yield page


async def state_of(house: House, bill: int) -> BillState:
    return await house.desk.database.read(lambda session: lifecycle.find(session, bill).state)


async def import_statement(house: House) -> None:
    await house.desk.send(STATEMENT, "march.xml")
    await house.desk.say("[Bank]")


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("look", LOOKS, ids=("large-english-light", "small-german-dark"))
async def test_every_page_is_clean_for_axe_and_as_wide_as_the_window(house: House, browser: Browser, look: dict):
    await import_statement(house)
    async with house.opened(browser, **look) as page:
        for path in PATHS:
            await page.goto(f"{house.url}{path}")
            found = await Axe().run(page)
            assert not found.violations_count, f"{path}: {found.generate_report()}"
            assert await page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"], path
            if path != "/":
                await expect(page.locator("nav [aria-current]")).to_have_count(1)


async def test_bills_are_searched_gone_through_by_keys_and_confirmed_together(house: House, page: Page):
    await page.goto(f"{house.url}/bills")
    await page.keyboard.press("/")
    await page.keyboard.type("dhl")
    await expect(page.locator("[data-row]")).to_have_count(1)
    assert "text=dhl" in page.url
    await page.goto(f"{house.url}/bills?state=waiting&order=oldest")
    rows = page.locator("[data-row]")
    await expect(rows).to_have_count(3)
    for key in "jxjxj":
        await page.keyboard.press(key)
    await expect(rows.nth(2).locator(".open")).to_be_focused()
    await press(page, "Confirm …")
    answers = page.locator("#answers")
    await expect(answers).to_contain_text("Shall I confirm this bill, €88.20?")  # of Staples' the total is in doubt
    await expect(answers).to_contain_text("1 more is left for you to look at")
    await press(page, "Confirm it")
    await expect(answers).to_contain_text("1 bill confirmed")
    await expect(rows).to_have_count(2)
    assert await state_of(house, TOOLS) is BillState.CONFIRMED
    await press(page, "Undo")
    await expect(rows).to_have_count(3)
    assert await state_of(house, TOOLS) is BillState.DRAFT


async def test_a_bill_is_corrected_with_what_does_not_fit_said_at_its_field(house: House, page: Page):
    await page.goto(f"{house.url}/bills/{STAPLES}")
    await expect(page.locator("#original")).to_contain_text("This file has no pages to show.")
    total = page.get_by_label("Total")
    await total.fill("a lot")
    await page.get_by_label("Number").fill("S-771")
    await press(page, "Save")
    await expect(total).to_have_attribute("aria-invalid", "true")
    await expect(page.locator("#total-note")).to_be_visible()
    await expect(page.get_by_label("Number")).to_have_value("S-771")
    await total.fill("60.00")
    await press(page, "Save")
    await expect(page.locator(".total")).to_have_text("€60.00")
    await expect(page.locator(".history")).to_contain_text("total €58.31 → €60.00")
    await press(page, "Confirm")
    await expect(page.locator(".about .pill")).to_have_text("Confirmed by Olga")
    await page.get_by_role("link", name="Its card in the chat").click()
    await expect(page.locator(".post:focus .card")).to_contain_text("Staples")


async def test_who_typed_while_somebody_else_changed_the_bill_is_told_and_loses_nothing(house: House, page: Page):
    await page.goto(f"{house.url}/bills/{STAPLES}")
    await page.get_by_label("Number").fill("S-999")
    await house.desk.say("<dhl>", sender="max")  # something else: nobody is disturbed
    await house.desk.say("S-770 total is 61.00", sender="max")
    await expect(page.locator("#stale")).to_be_visible()
    await expect(page.get_by_label("Number")).to_have_value("S-999")
    await press(page, "Save")
    await expect(page.locator("#stale")).to_contain_text("Max changed this bill meanwhile.")
    await expect(page.get_by_label("Number")).to_have_value("S-999")
    await expect(page.get_by_label("Total")).to_have_value("61.00")
    await press(page, "Save")
    await expect(page.locator("#view .subtitle")).to_have_text("Invoice S-999")
    await expect(page.locator(".total")).to_have_text("€61.00")


async def test_an_answer_in_the_chat_leads_to_the_page_that_shows_it_live(house: House, page: Page):
    await page.get_by_label("Message", exact=True).fill("what is due by 31 March?")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Open as a page").click()
    await expect(page).to_have_url(f"{house.url}/calendar?until=2025-03-31")
    await expect(page.locator(".sum")).to_have_text("1 open bill, €595.00")
    await page.locator(".rows .open").click()
    await expect(page).to_have_url(f"{house.url}/bills/{GLOBEX}")
    await house.desk.say("G-4711 is paid")
    await expect(page.locator(".about .pill")).to_have_text("Paid")
    await page.get_by_role("button", name="Show it in the chat").click()
    await expect(page.locator(".post .card").last).to_contain_text("Globex")


async def test_a_movement_is_matched_and_another_booked_on_the_page_of_the_bank(house: House, page: Page):
    await import_statement(house)
    await page.goto(f"{house.url}/bank")
    await expect(page.locator(".movements > li")).to_have_count(2)
    await page.get_by_label("Category of the movement").last.select_option(label="Bank fees")
    await page.get_by_role("button", name="Book without a bill").last.click()
    await expect(page.locator(".movements > li")).to_have_count(1)
    await page.get_by_role("button", name="Globex Ltd G-4711").click()
    await expect(page.get_by_text("Every movement of the bank is booked.")).to_be_visible()
    assert await state_of(house, GLOBEX) is BillState.PAID


async def test_a_member_confirms_their_own_bill_where_the_help_tells_the_keys(house: House, browser: Browser):
    async with house.opened(browser, "max@web", locale="en-GB") as page:
        await page.goto(f"{house.url}/bills")
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator("[data-row]")).to_have_count(2)
        await page.goto(f"{house.url}/bills/{DHL}")
        await press(page, "Confirm")
        await expect(page.locator(".about .pill")).to_have_text("Confirmed by Max")
