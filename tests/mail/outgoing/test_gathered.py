"""One mail is answered by one mail, however many documents it brought, and each card says of which file it is."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from bot.channels.mail.body_text import from_html
from handlers.messages import Attachment
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME

BILLS = {
    f"{n}": paper(**{**ACME, "vendor": f"Vendor {n}", "number": f"N-{n}", "total": f"{n}00.00"}) for n in range(1, 21)
}


async def sent(post, names):
    files = tuple([Attachment(f"scan {name}.jpg", "image/jpeg", await post.store.put(name.encode())) for name in names])
    await post.serve(post.mailed("", attachments=files))


async def test_twenty_documents_make_one_answer(make_post, relay):
    post = make_post(papers=BILLS)
    async with relay.up():
        await sent(post, BILLS)
    (left,) = relay.left
    text = left.mail.get_body(("plain",)).get_content()
    shown = from_html(left.mail.get_body(("html",)).get_content())
    for n in BILLS:
        assert f"Vendor {n} · €" in text
        assert f"scan {n}.jpg" in text and f"scan {n}.jpg" in shown
    pictures = [part["Content-ID"] for part in left.mail.walk() if part["Content-ID"]]
    assert len(set(pictures)) == len(pictures) == 20
    html = left.mail.get_body(("html",)).get_content()
    assert sorted(re.findall(r"cid:([\w-]+)", html)) == sorted(one.strip("<>") for one in pictures)
    assert html.count("<body") == html.count("</body>") == 1
    assert html.count("Billify answered because") == 1


async def test_its_buttons_and_answers_are_about_the_right_card(make_post, relay):
    post = make_post(papers=BILLS)
    async with relay.up():
        await sent(post, ["1", "2"])
        html = relay.left[0].mail.get_body(("html",)).get_content()
        buttons = [one.replace("&amp;", "&") for one in re.findall('href="(mailto:[^"]+)"', html)]
        confirm = [one for one in buttons if parse_qs(urlsplit(one).query)["subject"][0].startswith("Confirm")]
        assert len(confirm) == 2
        pressed = post.mailed(choice="confirm:2", answers="mail:m1@example.com/0123456789ab#1")
        await post.serve(pressed)
        assert "Vendor 2" in post.texts()[-1] and "Confirmed" in post.texts()[-1]
        said = post.mailed("confirm", answers="mail:m1@example.com/0123456789ab#0")
        await post.serve(said)
        assert "Which" in post.texts()[-1] or "which" in post.texts()[-1], "which of the two was not said"


async def test_one_document_does_not_say_its_file(make_post, relay):
    post = make_post(papers=BILLS)
    async with relay.up():
        await sent(post, ["1"])
    assert "scan 1.jpg" not in relay.left[0].mail.get_body(("plain",)).get_content()


async def test_a_gathered_answer_waits_in_the_outbox_as_one(make_post, relay):
    from datetime import timedelta

    post = make_post(papers=BILLS)
    await sent(post, ["1", "2", "3"])
    async with relay.up():
        await post.wait(timedelta(hours=1))
    (left,) = relay.left
    assert all(f"Vendor {n}" in left.mail.get_body(("plain",)).get_content() for n in "123")
