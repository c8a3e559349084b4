"""The original of a bill, page by page, as pictures."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from extraction.process.page_drawer import PageDrawer
from tests.fakes.books.desk import Desk
from tests.fakes.documents.document_files import INVOICE, pdf
from tests.fakes.platforms.webchat import signed_in
from tests.web.pages.house import house_of


async def test_each_page_of_an_original_is_drawn(desk: Desk) -> None:
    async with house_of(desk, drawer=PageDrawer()) as house:
        await house.desk.send(pdf(INVOICE, pages=2), "two-pages.pdf")
        (bill,) = {reply.bill for reply in house.desk.replies if reply.card}
        house.chat.door.tokens["olga@web-link"] = "olga@web"
        async with signed_in(house.chat, "olga@web") as client:
            async with client.get(f"/bills/{bill}/original") as answer:
                assert (await answer.text()).count("<img") == 2
            async with client.get(f"/bills/{bill}/original/2") as answer:
                assert answer.content_type == "image/jpeg"
                drawn = Image.open(BytesIO(await answer.read()))
                assert drawn.height > drawn.width > 800
            async with client.get(f"/bills/{bill}/original/3") as answer:
                assert answer.status == 404
