"""A bill's card in the chat in a real Chromium: corrected in place, its original, for fingers and screen readers."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from handlers.messages import Message
from storage.bills import lifecycle
from tests.web.pages.conftest import STAPLES, TOOLS
from tests.web.pages.house import House

SMALL = """() => [...document.querySelectorAll("button, a[href], input, textarea")]
  .filter((each) => each.checkVisibility() && !each.closest(".skip, .unseen"))
  .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
  .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""


@pytest.fixture
async def page(browser: Browser, house: House):
    async with house.opened(browser, locale="en-GB") as page:
        yield page


async def shown(page: Page, words: str):
    """The card of the bill that these words are about."""
    await page.get_by_label("Message", exact=True).fill(words)
    await page.keyboard.press("Enter")
    await expect(page.locator(".card")).to_have_count(1)
    return page.locator(".card")


async def test_edit_opens_the_fields_on_the_card_and_the_card_shows_what_came_of_it(house: House, page: Page):
    card = await shown(page, "show S-770")
    await card.get_by_role("button", name="Edit").click()
    total = card.get_by_label("Total")
    await expect(card.get_by_label("Vendor")).to_be_focused()
    await total.fill("a lot")
    await card.get_by_role("button", name="Save").click()
    await expect(total).to_have_attribute("aria-invalid", "true")
    await expect(total).to_be_focused()
    assert not (await Axe().run(page)).violations_count
    await total.fill("60.00")
    await card.get_by_role("button", name="Save").click()
    await expect(card.locator("h2 .amount")).to_have_text("€60.00")
    await expect(card.locator("form")).to_have_count(0)
    await expect(page.locator(".card")).to_have_count(1)
    bill = await house.desk.database.read(lambda session: lifecycle.find(session, STAPLES))
    assert bill.total_minor == 6000


async def test_edit_is_left_without_a_change(house: House, page: Page):
    card = await shown(page, "show S-770")
    for leave in ("Cancel", "Escape", "Save"):
        await card.get_by_role("button", name="Edit").click()
        await expect(card.get_by_label("Total")).to_be_visible()
        if leave == "Escape":
            await page.keyboard.press(leave)
        else:
            await card.get_by_role("button", name=leave).click()
        await expect(card.locator("form")).to_have_count(0)
        await expect(card.get_by_role("button", name="Edit")).to_be_focused()
    await expect(page.locator(".press")).to_have_count(0)


async def test_edit_says_so_where_somebody_else_changed_the_bill_meanwhile_and_loses_nothing(house: House, page: Page):
    card = await shown(page, "show S-770")
    await card.get_by_role("button", name="Edit").click()
    await card.get_by_label("Number").fill("S-999")
    elsewhere = Message("web:max@web.1", "web", "max@web", "max@web", house.desk.now, "Max", "S-770 total is 61.00")
    await house.serve(elsewhere)  # which shows the card anew here, too
    await expect(card.locator("h2 .amount")).to_have_text("€61.00")
    await expect(card.get_by_label("Number")).to_have_value("S-999")
    await card.get_by_role("button", name="Save").click()
    await expect(card.locator(".stale")).to_contain_text("Max changed this bill meanwhile.")
    await expect(card.get_by_label("Number")).to_have_value("S-999")
    await expect(card.get_by_label("Total")).to_have_value("61.00")
    await card.get_by_role("button", name="Save").click()
    await expect(card.locator(".subtitle")).to_have_text("Invoice S-999")


async def test_the_original_of_a_card_is_the_file_that_was_sent_for_who_may_see_it(house: House, browser: Browser):
    async with house.opened(browser) as page:
        answer = await page.request.get(f"{house.url}/bills/{STAPLES}/file")
        assert await answer.body() == b"staples" and "staples.jpg" in answer.headers["content-disposition"]
        assert (await page.request.get(f"{house.url}/bills/9999/file")).status == 404
    async with house.opened(browser, "max@web") as page:
        assert (await page.request.get(f"{house.url}/bills/{TOOLS}/file")).status == 404


async def test_the_chat_is_written_in_at_once_and_each_post_says_who_spoke(house: House, page: Page):
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await shown(page, "show S-770")
    assert [
        await post.evaluate("post => post.innerText.trim().split('\\n')[0]")
        for post in await page.locator(".post").all()
    ] == [
        "You:",
        "Billify:",
    ]
    await page.get_by_role("link", name="Skip to the message line").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()


async def test_whatever_is_pressed_on_a_phone_has_room_for_a_finger(house: House, browser: Browser):
    look = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "de-DE"}
    async with house.opened(browser, **look) as page:
        await page.get_by_label("Nachricht", exact=True).fill("zeig S-770")
        await page.get_by_role("button", name="Senden").click()
        await expect(page.locator(".card")).to_have_count(1)
        assert await page.evaluate(SMALL) == []
        await page.get_by_role("button", name="Ändern").click()
        await expect(page.locator(".card form")).to_be_visible()
        await expect(page.get_by_label("Lieferant", exact=True)).to_be_in_viewport()
        assert await page.evaluate(SMALL) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
