"""The chat's own words are in the person's language: the browser's at first, then the one that they told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.datastructures import Headers

from bot.channels.web.page_language import asked_for
from bot.channels.web.sign_in_database import DatabaseSignIn
from handlers.messages import Message, Reply
from storage.db.database import Database
from storage.people import people, preferences
from tests.fakes.platforms.webchat import Chat, signed_in, visiting

NOW = datetime(2025, 3, 21, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", "de"),
        ("de-AT, en", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("fr-FR,fr;q=0.9,de;q=0.4,en;q=0.3", "de"),
        ("en;q=0.5, de;q=0.8", "de"),
        ("de;q=0", "en"),
        ("fr, *;q=0.5", "en"),
        ("den, deu;q=x, ;;,", "en"),
    ],
)
def test_a_browser_asks_for_its_languages_by_weight(header: str, language: str) -> None:
    assert asked_for(Headers({"accept-language": header} if header else {})) == language


@pytest.fixture
async def german(browser: Browser, chat: Chat) -> AsyncIterator[Page]:
    """Anna's phone-wide German browser, signed in; any script error fails the test."""
    faults: list[str] = []
    context = await browser.new_context(locale="de-DE", viewport={"width": 390, "height": 800})
    opened = await context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    await opened.goto(f"{chat.url}/enter/anna-link")
    await opened.wait_for_url(f"{chat.url}/")
    yield opened
    await context.close()
    assert not faults


async def test_a_german_browser_is_spoken_to_in_german(chat: Chat, german: Page) -> None:
    assert await german.locator("html").get_attribute("lang") == "de"
    await expect(german.get_by_role("heading", name="Schick deine erste Rechnung")).to_be_visible()
    await expect(german.get_by_placeholder("Frag, oder sag, was zu ändern ist")).to_be_visible()
    await expect(german.get_by_role("button", name="Abmelden")).to_be_visible()
    for english in ("Send", "your", "Choose", "Drop", "Sign out", "Add files"):
        await expect(german.get_by_text(english, exact=False).locator("visible=true")).to_have_count(0)
    assert await german.evaluate("document.documentElement.scrollWidth") <= 390
    await german.get_by_role("button", name="Was ist fällig?").click()
    assert (await chat.accepted.take()).text == "Was ist fällig?"


async def test_what_goes_wrong_is_said_in_german(chat: Chat, german: Page) -> None:
    files = [{"name": "leer.pdf", "mimeType": "application/pdf", "buffer": b""}]
    await german.set_input_files("#files", files)
    await expect(german.get_by_role("button", name="leer.pdf entfernen")).to_be_visible()
    await german.get_by_label("Nachricht", exact=True).fill("für März")
    await german.get_by_role("button", name="Senden").click()
    await expect(german.locator(".failed")).to_contain_text("Nicht gesendet. „leer.pdf“ ist leer.")
    await chat.stop()
    await expect(german.get_by_text("Die Verbindung ist unterbrochen.")).to_be_visible()
    await chat.start()
    await expect(german.get_by_text("Die Verbindung ist unterbrochen.")).to_be_hidden()


async def test_the_page_turns_to_the_language_that_was_told(chat: Chat, page: Page) -> None:
    await expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    await page.get_by_label("Message", exact=True).fill("sprich deutsch")
    await page.keyboard.press("Enter")
    said = await chat.accepted.take()
    chat.door.languages["anna"] = "de"
    await chat.reply(said, Reply("Ab jetzt auf Deutsch.", language="de"))
    await expect(page.get_by_role("button", name="Abmelden")).to_be_visible()
    await expect(page.get_by_text("Ab jetzt auf Deutsch.")).to_be_visible()
    assert await page.locator("html").get_attribute("lang") == "de"


async def test_what_is_being_written_is_not_lost_for_another_language(chat: Chat, page: Page) -> None:
    words = page.get_by_label("Message", exact=True)
    await words.fill("half a sen")
    chat.door.languages["anna"] = "de"
    message = Message("web:1", "web", "anna", "anna", NOW)
    await chat.reply(message, Reply("Elsewhere told."))
    await expect(page.get_by_text("Elsewhere told.")).to_be_visible()
    await expect(words).to_have_value("half a sen")
    await words.fill("")
    await chat.reply(message, Reply("Nun aber."), 1)
    await expect(page.get_by_role("button", name="Abmelden")).to_be_visible()


async def test_the_told_language_goes_before_the_browsers_also_for_refusals(chat: Chat) -> None:
    chat.door.languages["anna"] = "de"
    async with signed_in(chat) as client:
        async with client.get("/", headers={"Accept-Language": "en"}) as answer:
            assert "Abmelden" in await answer.text()
        nothing = {"id": "6f1ed002-ab5f-4f3b-a1b4-6f0b3a1c0001", "text": ""}
        async with client.post("/messages", data=nothing) as answer:
            assert (await answer.json())["error"] == "Schreib zuerst etwas oder füg eine Datei hinzu."


async def test_who_is_not_signed_in_reads_the_browsers_language(chat: Chat) -> None:
    async with visiting(chat, **{"Accept-Language": "de-CH, en;q=0.5"}) as client:
        async with client.get("/") as answer:
            text = await answer.text()
            assert "Es gibt kein Passwort." in text and "<code>billify link</code>" in text
        async with client.get("/events") as answer:
            assert (await answer.json())["error"] == "Du bist nicht mehr angemeldet. Lade die Seite neu."


async def test_the_door_knows_which_language_a_person_told(database: Database) -> None:
    with database.transaction() as session:
        owner = people.ensure_owner(session, "Olga", [("web", "olga")], NOW)
    door = DatabaseSignIn(database)
    assert await door.language("olga") is None
    with database.transaction() as session:
        preferences.choose(session, owner.id, language="de")
    assert await door.language("olga") == "de"
    assert await door.language("nobody") is None
