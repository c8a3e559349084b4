"""The same file twice, in the chat in a real Chromium: what is decided is seen where it was asked."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from tests.web.pages.house import House


async def test_a_discarded_duplicate_says_so_on_its_own_card_and_can_be_taken_back(house: House, browser: Browser):
    async with house.opened(browser, locale="en-GB") as page:
        for n in (1, 2):
            await page.set_input_files("#files", {"name": "t.jpg", "mimeType": "image/jpeg", "buffer": b"tools"})
            await page.get_by_role("button", name="Send").click()
            await expect(page.locator(".card")).to_have_count(n)
        twice = page.locator(".ours").filter(has=page.get_by_text("Looks like a duplicate")).last
        key = await twice.get_attribute("id")
        await twice.get_by_role("button", name="Discard").click()
        post = page.locator(f'[id="{key}"]')
        await expect(post.locator(".pill")).to_have_text("Discarded as a duplicate")
        await expect(post.get_by_role("button", name="Discard")).to_have_count(0)
        with_buttons = page.locator(".card").filter(has=page.get_by_role("button", name="Confirm"))
        await expect(with_buttons).to_have_count(1)
        await post.get_by_role("button", name="Undo").click()
        await expect(post.locator(".pill")).to_have_text("Looks like a duplicate")
