"""The README's first five minutes, for real: every part runs, nothing is replaced."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.fakes.servers.dovecot import Dovecot
from tests.fakes.servers.mail_relay import relay
from tests.fakes.servers.programs import needed
from tests.whole.conftest import Running, running

pytestmark = pytest.mark.ocr


async def test_a_photo_is_sent_from_the_shell_confirmed_and_asked_about(tmp_path: Path, samples: Path) -> None:
    async with running(tmp_path) as billify:
        (card,) = await _said(billify, "--attach", str(samples / "acme-invoice.jpg"))
        assert card["card"]["title"] == "Acme GmbH · €1,249.50"
        assert card["card"]["subtitle"] == "Invoice 2024-117"
        assert any("30 days net" in doubt for doubt in card["card"]["doubts"])
        picture = Path(card["attachments"][0]["path"])
        assert picture.read_bytes().startswith(b"\x89PNG")
        confirm = next(choice["id"] for choice in card["choices"] if choice["label"] == "Confirm")

        (corrected,) = await _said(billify, "total is 1,294.50")
        assert corrected["card"]["changes"] == [{"label": "Total", "old": "€1,249.50", "new": "€1,294.50"}]
        await _said(billify, "undo")
        (confirmed,) = await _said(billify, "--choose", confirm)
        assert confirmed["card"]["state"].startswith("Confirmed by")
        assert "€1,249.50" in (await _said(billify, "what's due?"))[0]["text"]
        assert "Accounts payable: €1,249.50" in (await _said(billify, "balance"))[0]["text"]


async def test_an_invoice_is_dropped_on_the_web_chat(tmp_path: Path, samples: Path, browser: Browser) -> None:
    async with running(tmp_path) as billify:
        page = await browser.new_page()
        await page.goto(billify.link)
        await page.set_input_files("#files", samples / "harrow-finch-invoice.jpg")
        await page.get_by_role("button", name="Send").click()
        await expect(page.get_by_text("Reading", exact=False)).to_be_visible(timeout=20_000)
        await expect(page.get_by_text("Harrow & Finch Ltd")).to_be_visible(timeout=60_000)
        await expect(page.get_by_text("Reading", exact=False)).to_be_hidden()

        await page.get_by_role("button", name="Confirm", exact=True).click()
        await expect(page.get_by_text("Confirmed by")).to_be_visible(timeout=20_000)
        await page.get_by_label("Message", exact=True).fill("what's due?")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("1 open bill")).to_be_visible(timeout=20_000)
        await page.reload()
        await expect(page.get_by_text("1 open bill")).to_be_visible()


async def test_an_invoice_is_mailed_and_the_answer_lies_in_a_mailbox(
    tmp_path: Path, samples: Path, dovecot: Dovecot
) -> None:
    async with relay(dovecot) as smtp_url, running(tmp_path, BILLIFY_SMTP_URL=smtp_url) as billify:
        await _swaks(billify, "--header", "Subject: Our invoice", "--attach", f"@{samples / 'corrib-power-bill.pdf'}")
        (card,) = await _mails(dovecot, 1)
        assert card["Subject"] == "Re: Our invoice"
        html, text = (card.get_body((kind,)) for kind in ("html", "plain"))
        assert html and text and "Corrib Power" in html.get_content() and "Corrib Power" in text.get_content()

        await _swaks(billify, "--header", "Subject: Re: Our invoice", "--body", "confirm")
        refused = (await _mails(dovecot, 2))[1]
        assert "answer the mail" in refused.get_body(("plain",)).get_content()

        thread = ("--header", f"In-Reply-To: {card['Message-ID']}", "--header", f"References: {card['Message-ID']}")
        await _swaks(billify, "--header", "Subject: Re: Our invoice", *thread, "--body", "confirm")
        confirmed = (await _mails(dovecot, 3))[2]
        assert "Confirmed by" in confirmed.get_body(("plain",)).get_content()
        assert card["Message-ID"] in confirmed["References"]


async def _said(billify: Running, *arguments: str) -> list[dict]:
    return json.loads(await billify.call("say", "--json", *arguments))


async def _swaks(billify: Running, *options: str) -> None:
    sent = await asyncio.create_subprocess_exec(
        *(needed("swaks", "swaks"), "--server", f"127.0.0.1:{billify.mail_port}", "--from", "owner@localhost"),
        *("--to", "billify@localhost", *options),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await sent.communicate()
    assert sent.returncode == 0, out.decode()


async def _mails(dovecot: Dovecot, n: int) -> list[EmailMessage]:
    """The owner's mails, as soon as there are so many, oldest first."""
    async with asyncio.timeout(60):
        while len(mails := await asyncio.to_thread(dovecot.mails, "owner")) < n:
            await asyncio.sleep(0.2)
    return [email.message_from_bytes(mail, policy=email.policy.default) for mail in mails]
