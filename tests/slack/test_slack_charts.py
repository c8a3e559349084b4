"""Charts: drawn by Slack where the workspace has such blocks, else as a picture."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.channel import Outgoing
from bot.channels.slack.views.chart import is_drawable
from handlers.messages import Attachment, Chart, Message, Reply
from tests.fakes.platforms.message_acceptor import send_whole
from tests.fakes.platforms.slack import DIRECT

ASKED = Message("slack:T1:D77:1", "slack", DIRECT, "UANNA", datetime(2025, 3, 21, tzinfo=UTC))
SPENT = Chart(
    "bar", "Spent in March", (("Rent", "2500.00"), ("Travel and everything that goes with it", "-80.5")), "EUR"
)


async def answer(files, n: int = 1) -> Outgoing:
    pictures = [
        Attachment(f"spend-{i}.png", "image/png", await files.put(b"\x89PNG %d" % i), chart=SPENT) for i in range(n)
    ]
    return Outgoing("slack:T1:D77:1#0", Reply("You spent €2,580.50.", attachments=tuple(pictures)), ASKED)


async def test_slack_draws_it_and_no_picture_is_sent(platform, slack, files):
    sent = await slack.send(await answer(files))
    chart = platform.shown(sent)["blocks"][1]
    assert (chart["type"], chart["title"]) == ("data_visualization", "Spent in March")
    (series,) = chart["chart"]["series"]
    assert series["data"][0] == {"label": "Rent", "value": 2500.0}
    assert series["data"][1] == {"label": "Travel and everythi…", "value": -80.5}
    assert platform.files == {}


async def test_a_workspace_without_them_gets_the_picture_and_is_not_asked_again(platform, slack, files):
    platform.charts = False
    for _ in range(2):
        sent = await slack.send(await answer(files))
        assert [block["type"] for block in platform.shown(sent)["blocks"]] == ["section"]
    assert [file["about"]["name"] for file in platform.files.values()] == ["spend-0.png"] * 2
    assert (platform.unsupported, platform.faults) == (1, [])


async def test_more_than_two_are_pictures(platform, slack, files):
    sent = await send_whole(slack, await answer(files, 3))
    assert [block["type"] for block in platform.shown(sent)["blocks"]] == [
        "section", "data_visualization", "data_visualization",
    ]  # fmt: skip
    assert [file["about"]["name"] for file in platform.files.values()] == ["spend-2.png"]


@pytest.mark.parametrize(
    ("points", "drawn"),
    [((), False), ((("a", "1"),) * 2, False), (tuple((str(n), "1") for n in range(21)), False), ((("a", "1"),), True)],
)
def test_what_slack_would_refuse_is_not_tried(points, drawn):
    assert is_drawable(Chart("line", "Balance", points, "EUR")) is drawn
