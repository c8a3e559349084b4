"""Where the web chat looks, in a real Chromium: the result of what somebody did is in view, and the place is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image
from playwright.async_api import Locator, Page, expect

from bot.channels.chatlog import Post
from handlers.messages import Attachment, Card, Choice, Message, Reply, drawn

CONFIRM = (Choice("confirm:1", "Confirm", "primary"),)
TALL = (600, 900)
IN_VIEW = """post => {
  const {top, bottom} = post.getBoundingClientRect();
  const free = document.getElementById("composer").getBoundingClientRect().top;
  return top >= document.querySelector(".bar").offsetHeight - 1 && bottom <= free + 1;
}"""

ON_ONE_LINE = """post => {
  const node = post.firstChild, range = document.createRange();
  const top = (from) => (range.setStart(node, from), range.setEnd(node, from + 1), range.getBoundingClientRect().top);
  return [...node.data.matchAll(/-/g)].map(({index}) => Math.abs(top(index) - top(index + 2)) < 4);
}"""


async def say_before(chat, count: int, *, first: int = 0) -> None:
    """So many replies of ours that stand there already, two lines each."""
    for n in range(first, first + count):
        await chat.reply(message(f"web:anna.{n}"), Reply(f"Answer {n}\nto something that was asked."))


async def card_above(chat, page: Page) -> tuple[str, Locator]:
    """The key of a card with a button, and the card, with a screen of answers below it."""
    sent_id = await chat.reply(message("web:anna.card"), Reply(card=Card("Acme GmbH · €1,249.50"), choices=CONFIRM))
    await say_before(chat, 12)
    post = page.locator(f'[id="{sent_id}"]')
    await expect(page.get_by_text("Answer 11")).to_be_in_viewport()
    await page.mouse.wheel(0, -5000)
    await expect(post).to_be_in_viewport()
    return sent_id, post


def message(key: str = "web:1") -> Message:
    return Message(key, "web", "anna", "anna", datetime.now(UTC))


async def settled(page: Page) -> None:
    """Waits until nothing scrolls any more."""
    await page.evaluate(
        """() => new Promise((done) => {
          let at = -1, still = 0;
          const look = () => {
            still = scrollY === at ? still + 1 : 0;
            at = scrollY;
            still > 10 ? done() : requestAnimationFrame(look);
          };
          look();
        })"""
    )


async def picture(chat) -> bytes:
    data = BytesIO()
    Image.new("RGB", TALL, "white").save(data, "PNG")
    return data.getvalue()


async def test_what_a_button_further_up_did_is_seen_on_its_card(chat, page):
    sent_id, post = await card_above(chat, page)
    await settled(page)
    await post.get_by_role("button", name="Confirm").click()
    pressed = await chat.accepted.take()
    await expect(page.locator(".press")).to_have_text("You chose Confirm")
    await chat.edit(sent_id, pressed, Reply(card=Card("Acme GmbH · €1,249.50", state="Confirmed by Anna")))
    await expect(post.locator(".pill")).to_have_text("Confirmed by Anna")
    await settled(page)
    assert await post.evaluate(IN_VIEW)
    await expect(page.get_by_role("button", name="New messages")).to_be_hidden()


async def test_an_answer_of_its_own_to_a_button_further_up_comes_into_view(chat, page):
    _, post = await card_above(chat, page)
    await post.get_by_role("button", name="Confirm").click()
    pressed = await chat.accepted.take()
    await chat.reply(pressed, Reply("That bill is locked."))
    await expect(page.get_by_text("That bill is locked.")).to_be_in_viewport()
    await settled(page)
    assert await page.locator(".ours").last.evaluate(IN_VIEW)


async def test_what_others_say_meanwhile_leaves_the_reader_where_they_are(chat, page):
    await card_above(chat, page)
    await settled(page)
    before = await page.evaluate("scrollY")
    await say_before(chat, 1, first=50)
    await expect(page.get_by_role("button", name="New messages")).to_be_visible()
    assert await page.evaluate("scrollY") == before
    await page.get_by_role("button", name="New messages").click()
    await expect(page.get_by_text("Answer 50")).to_be_in_viewport()


async def test_a_picture_has_its_room_before_it_is_there_and_is_not_under_the_composer(chat, page):
    loading = asyncio.Event()

    async def late(route):
        await loading.wait()
        await route.continue_()

    await page.route("**/file/**", late)
    data = await picture(chat)
    await say_before(chat, 12)
    file = drawn("pay.png", data, await chat.files.put(data))
    await chat.reply(message(), Reply("Scan this with your banking app.", attachments=(file,)))
    post = page.locator(".ours").last
    await expect(post.locator("img")).to_be_in_viewport()
    await settled(page)
    before = await post.evaluate("post => post.offsetHeight")
    assert before > 300
    loading.set()
    await post.locator("img").evaluate("picture => picture.decode()")
    assert await post.evaluate("post => post.offsetHeight") == before
    assert await post.evaluate(IN_VIEW)


async def test_a_picture_of_unknown_size_pushes_nothing_under_the_composer(chat, page):
    data = await picture(chat)
    await say_before(chat, 12)
    file = Attachment("scan.png", "image/png", await chat.files.put(data))
    await chat.reply(message(), Reply("Here it is.", attachments=(file,)))
    await page.locator(".ours img").evaluate("picture => picture.decode()")
    await settled(page)
    assert await page.locator(".ours").last.evaluate(IN_VIEW)


async def test_earlier_messages_are_shown_above_without_losing_the_place(chat, page):
    await say_before(chat, 130)
    await page.reload()
    first = page.locator(".post").first
    await expect(first).to_contain_text("Answer 30")
    await first.scroll_into_view_if_needed()
    await settled(page)
    marked = page.get_by_text("Answer 31")
    before = await marked.bounding_box()
    await page.get_by_role("link", name="Show earlier messages").click()
    await expect(page.locator(".post")).to_have_count(130)
    after = await marked.bounding_box()
    assert abs(after["y"] - before["y"]) < 60, "the link itself went"
    await expect(page.get_by_role("link", name="Show earlier messages")).to_have_count(0)
    assert await page.evaluate("document.activeElement.textContent.includes('Answer 29')")
    assert await page.locator(".post").all_inner_texts() == sorted(
        await page.locator(".post").all_inner_texts(), key=lambda text: int(text.split()[2])
    )


async def test_a_card_further_up_than_what_is_shown_never_comes_as_a_new_one(chat, page):
    sent_id = await chat.reply(message("web:anna.old"), Reply(card=Card("Acme GmbH · €1,249.50"), choices=CONFIRM))
    await say_before(chat, 101)
    await page.reload()
    await chat.edit(
        sent_id, message("web:anna.old"), Reply(card=Card("Acme GmbH · €1,249.50", state="Continued below"))
    )
    await say_before(chat, 1, first=200)
    await expect(page.get_by_text("Answer 200")).to_be_visible()
    await expect(page.locator(".card")).to_have_count(0)
    await page.get_by_role("link", name="Show earlier messages").click()
    await expect(page.locator(".post").first.locator(".pill")).to_have_text("Continued below")


async def test_no_line_ends_behind_a_minus(chat, page):
    await chat.reply(message(), Reply(" ".join(["Bank -€3.00"] * 40)))
    same = await page.locator(".body > .text").evaluate(ON_ONE_LINE)
    assert same == [True] * 40


async def test_what_the_person_says_in_another_window_does_not_move_this_one(chat, page):
    await card_above(chat, page)
    await settled(page)
    before = await page.evaluate("scrollY")
    said = Message("web:anna.elsewhere", "web", "anna", "anna", datetime.now(UTC), text="balance")
    await chat.log.write(Post(said.key, "web", "anna", said, None, said.sent_at))
    await expect(page.get_by_text("balance", exact=True)).to_have_count(1)
    assert await page.evaluate("scrollY") == before
