"""The web chat in a real Chromium: what a person sees and does."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from handlers.messages import Attachment, Card, Change, Choice, Fact, Message, Reply

DROP = """([name, size]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(size)], name, {type: "application/pdf"}));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""

CHOICES = (Choice("confirm:1", "Confirm", "primary"), Choice("void:1", "Not an invoice", "danger"))


async def drop(page: Page, name: str, size: int = 100) -> None:
    """Drops a file of zero bytes on the page."""
    await page.evaluate(DROP, [name, size])


async def say(page: Page, words: str) -> None:
    await page.get_by_label("Message", exact=True).fill(words)
    await page.keyboard.press("Enter")


async def bill(chat, *, state: str = "Waiting for you", changes: tuple[Change, ...] = ()) -> Card:
    """A card with a picture that is really there."""
    picture = BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")
    return Card(
        "Acme GmbH · €1,249.50",
        "Invoice 2024-117",
        (Fact("Due", "2 Apr 2025 (in 12 days)", strong=True),),
        ("due date (from “30 days net”)",),
        changes,
        state,
        Attachment("page.png", "image/png", await chat.files.put(picture.getvalue())),
    )


def message(key: str = "web:1") -> Message:
    return Message(key, "web", "anna", "anna", datetime.now(UTC))


async def test_a_dropped_file_is_read_on_one_message_then_confirmed_and_corrected(chat, page):
    await expect(page.get_by_text("Send your first invoice")).to_be_visible()
    await drop(page, "bill.pdf")
    dropped = await chat.accepted.take()
    assert [file.name for file in dropped.attachments] == ["bill.pdf"]
    await expect(page.locator(".mine .chip .name")).to_have_text("bill.pdf")
    await expect(page.get_by_text("Send your first invoice")).to_be_hidden()

    sent_id = await chat.reply(dropped, Reply("Received…"))
    post = page.locator(f'[id="{sent_id}"]')
    await expect(post.locator(".status")).to_have_text("Received…")
    await chat.edit(sent_id, dropped, Reply("Reading…"))
    await expect(post.locator(".status")).to_have_text("Reading…")
    await chat.edit(sent_id, dropped, Reply(card=await bill(chat), choices=CHOICES))
    await expect(post.get_by_role("heading")).to_have_text("Acme GmbH · €1,249.50")
    await expect(post.get_by_text("Please check")).to_be_visible()
    assert await page.locator(".ours").count() == 1

    await post.get_by_role("button", name="Answer this").click()
    await expect(page.locator("#answering")).to_contain_text("Acme GmbH")
    await say(page, "due 15 May")
    corrected = await chat.accepted.take(2)
    assert (corrected.text, corrected.answers) == ("due 15 May", sent_id)
    await expect(page.locator("#answering")).to_be_hidden()
    card = await bill(chat, changes=(Change("Due", "2 Apr 2025", "15 May 2025"),))
    await chat.edit(sent_id, corrected, Reply(card=card, choices=CHOICES))
    await expect(post.locator(".changes del")).to_have_text("2 Apr 2025")
    await expect(post.locator(".changes ins")).to_have_text("15 May 2025")

    await post.get_by_role("button", name="Confirm").focus()
    await page.keyboard.press("Enter")
    pressed = await chat.accepted.take(3)
    assert (pressed.choice, pressed.answers) == ("confirm:1", sent_id)
    await expect(post.get_by_role("button", name="Not an invoice")).to_be_disabled()
    await chat.edit(sent_id, pressed, Reply(card=await bill(chat, state="Confirmed by Anna")))
    await expect(post.locator(".pill")).to_have_text("Confirmed by Anna")
    await expect(page.locator(".press")).to_have_text("You chose Confirm")


async def test_buttons_are_of_use_again_when_the_answer_is_a_message_of_its_own(chat, page):
    sent_id = await chat.reply(message(), Reply("Keep both?", choices=(Choice("both", "Keep both"),)))
    button = page.locator(f'[id="{sent_id}"]').get_by_role("button", name="Keep both")
    await button.click()
    pressed = await chat.accepted.take()
    await expect(button).to_be_disabled()
    await chat.reply(pressed, Reply("That bill is locked."))
    await expect(page.get_by_text("That bill is locked.")).to_be_visible()
    await expect(button).to_be_enabled()


async def test_a_suggestion_asks_with_one_click(chat, page):
    await page.get_by_role("button", name="What’s due?").click()
    assert (await chat.accepted.take()).text == "What's due?"


async def test_chosen_files_wait_for_words_and_can_be_taken_out(chat, page):
    files = [{"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-"} for name in ("one.pdf", "two.pdf")]
    await page.set_input_files("#files", files)
    await page.get_by_role("button", name="Remove one.pdf").click()
    await say(page, "for March")
    sent = await chat.accepted.take()
    assert ([file.name for file in sent.attachments], sent.text) == (["two.pdf"], "for March")
    await expect(page.locator("#tray")).to_be_hidden()


async def test_a_file_beyond_the_limit_is_refused_in_the_page(chat, page):
    await drop(page, "huge.pdf", 26 * 2**20)
    await expect(page.get_by_role("alert")).to_contain_text("“huge.pdf” is too large")
    assert not chat.accepted.calls


async def test_what_is_said_while_the_connection_is_lost_arrives_once_it_is_back(chat, page):
    await say(page, "balance")
    await chat.accepted.take()
    await chat.stop()
    await expect(page.get_by_text("The connection is lost")).to_be_visible()
    await say(page, "what's due?")
    await expect(page.locator(".failed")).to_contain_text("Not sent")
    await chat.start()
    assert (await chat.accepted.take(2)).text == "what's due?"
    await expect(page.get_by_text("The connection is lost")).to_be_hidden()
    await expect(page.locator(".mine .text")).to_have_text(["balance", "what's due?"])
    await expect(page.locator(".pending, .failed")).to_have_count(0)


async def test_the_page_of_a_bill_opens_large_and_closes_by_key(chat, page):
    await chat.reply(message(), Reply(card=await bill(chat), bill=17))
    await page.get_by_role("link", name="Enlarge the page").click()
    large = page.get_by_role("dialog")
    await expect(large.get_by_role("link", name="Open original")).to_have_attribute("href", "/bills/17/file")
    await expect(large.get_by_role("img")).to_be_visible()
    assert await large.get_by_role("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 60
    await page.keyboard.press("Escape")
    await expect(large).to_be_hidden()


async def test_a_second_window_shows_the_same_and_signing_out_closes_the_door(chat, page):
    second = await page.context.new_page()
    await second.goto(chat.url)
    await say(page, "balance")
    await expect(second.get_by_text("balance", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in to see your bills")).to_be_visible()
    await second.reload()
    await expect(second.get_by_role("heading", name="Sign in to see your bills")).to_be_visible()


async def test_words_of_a_document_are_never_markup(chat, page):
    hostile = "<img src=x onerror=document.title='owned'>"
    await chat.reply(message(), Reply(hostile, Card(hostile), (Choice("c", hostile),)))
    await expect(page.locator(".body > .text")).to_have_text(hostile)
    assert await page.title() != "owned"


@pytest.mark.parametrize("width", [320, 390, 768])
async def test_nothing_is_wider_than_a_phone(chat, page, width):
    long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik" * 3
    choices = (*CHOICES, Choice("p", "Mark paid"), Choice("e", "Edit"))
    await chat.reply(message(), Reply(long, Card(f"{long} · €1,249.50", long, (Fact("Vendor", long),)), choices))
    await chat.reply(message(), Reply("", await bill(chat), choices), 1)
    await page.set_viewport_size({"width": width, "height": 700})
    await expect(page.locator(".card")).to_have_count(2)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
