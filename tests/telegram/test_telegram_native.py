"""What is native to Telegram: its menu, being added to a group, what people send there that is no document."""

from __future__ import annotations

import pytest

from bot.channels.telegram import Telegram, menu
from bot.processing.slash_commands import SENTENCES, without_slash
from handlers.errors import BillifyError
from handlers.language.translation import LANGUAGES, speaking
from handlers.messages import Attachment
from handlers.people.room_greeting import HEARS_ALL, HEARS_ITS_NAME
from tests.fakes.platforms.telegram import ANNA, BOT, TOKEN, Refused

GROUP = {"id": -100200, "type": "supergroup", "title": "Office"}
MENU_KINDS = ("all_private_chats", "all_group_chats")


async def test_the_menu_is_there_in_each_language_from_the_start(platform, listener):
    await platform.seen("setMyCommands", 2 * (len(LANGUAGES) + 1))
    assert set(platform.menus) == {(kind, language) for kind in MENU_KINDS for language in ("", *LANGUAGES)}
    assert platform.menus["all_private_chats", ""]["due"] == "What is due?"
    assert platform.menus["all_private_chats", "de"]["faellig"] == "Was ist fällig?"
    assert "saldo" in platform.menus["all_private_chats", "de"]
    assert "saldo" not in platform.menus["all_group_chats", "de"], "it is told to the asker alone"


def test_each_command_of_the_menu_is_one_that_is_known():
    for language, names in menu.MENU.items():
        for name in names:
            assert name in SENTENCES or without_slash(f"/{name}") == name, f"/{name} in {language}"


async def test_a_menu_that_is_refused_holds_nobody_up(platform, telegram, accept, listener):
    platform.refusals["setMyCommands"] = [Refused(429, "Too Many Requests: retry after 0", retry_after=0)] * 9
    await platform.say("what's due?")
    assert (await accept.take()).text == "what's due?"


@pytest.mark.parametrize(
    ("said", "is_ours"),
    [("/due", True), ("/faellig", True), ("/start", True), ("/weather", False), ("/dueling", False)],
)
async def test_a_bare_command_in_a_group_is_heard_if_it_is_ours(platform, accept, listener, said, is_ours):
    entity = {"entities": [{"type": "bot_command", "offset": 0, "length": len(said)}]}
    await platform.say(said, chat=GROUP, **entity)
    await platform.say("end")
    assert (await accept.take()).text == (said if is_ours else "end")


RIGHTS = (
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
)


def membership(old: str, new: str, **more) -> dict:
    rights = dict.fromkeys(RIGHTS.split(), False)
    us = {"user": BOT, "until_date": 0} | rights
    german = ANNA | {"language_code": "de-AT"}
    return {"chat": GROUP, "from": german, "date": 1742549400} | {
        "old_chat_member": us | {"status": old},
        "new_chat_member": us | {"status": new},
    } | more  # fmt: skip


@pytest.mark.parametrize(("status", "notice"), [("member", HEARS_ITS_NAME), ("administrator", HEARS_ALL)])
async def test_being_added_to_a_group_is_a_notice(platform, accept, listener, status, notice):
    await platform._bring({"my_chat_member": membership("left", status)})
    message = await accept.take()
    assert (message.notice, message.conversation, message.sender) == (notice, "-100200", "77")
    assert message.shared and message.locale == "de-AT"


async def test_other_changes_of_where_we_are_are_no_notice(platform, accept, listener):
    await platform._bring({"my_chat_member": membership("member", "administrator")})
    await platform._bring({"my_chat_member": membership("member", "left")})
    alone = {"id": 77, "type": "private", "first_name": "Anna"}
    await platform._bring({"my_chat_member": membership("kicked", "member", chat=alone)})
    await platform.say("end")
    assert (await accept.take()).text == "end"


POLL = {
    "id": "1", "question": "Lunch?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True,
    "type": "regular", "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
}  # fmt: skip
FILE = {"file_id": "f", "file_unique_id": "u", "duration": 2}
NO_FILES = {
    "voice": {"voice": FILE},
    "video": {"video": FILE | {"width": 1, "height": 1}},
    "location": {"location": {"latitude": 1.0, "longitude": 1.0}},
    "contact": {"contact": {"phone_number": "1", "first_name": "Max"}},
    "poll": {"poll": POLL},
    "game": {"dice": {"emoji": "🎲", "value": 3}},
}


@pytest.mark.parametrize("kind", NO_FILES)
async def test_what_is_no_file_is_said_to_be_none(platform, accept, listener, kind):
    await platform.say(**NO_FILES[kind])
    message = await accept.take()
    assert (message.unread, message.attachments) == (kind, ())


async def test_in_a_group_what_is_no_file_is_nothing_to_us(platform, accept, listener):
    for sent in NO_FILES.values():
        await platform.say(chat=GROUP, **sent)
    await platform.say("end")
    assert (await accept.take()).text == "end"


async def test_an_animation_is_no_document_though_it_comes_as_one_too(platform, accept, listener):
    gif = FILE | {"width": 1, "height": 1}
    await platform.say(animation=gif, document={"file_id": "f", "file_unique_id": "u", "file_name": "cat.gif"})
    assert ((await accept.take()).unread, (await accept.take()).attachments) == ("video", ())


@pytest.mark.parametrize(("width", "shrunk"), [(960, True), (2560, False)])
async def test_a_photo_that_the_app_made_small_is_known(platform, accept, listener, width, shrunk):
    await platform.say(photo=[{"file_id": "f", "file_unique_id": "u", "width": width, "height": 600}])
    assert (await accept.take()).attachments[0].shrunk is shrunk


async def test_a_file_that_is_too_large_is_refused_before_telegram_is_asked(platform, files):
    channel = Telegram(token=TOKEN, files=files, api_url=platform.url, mail_address="in@example.com")
    channel._fetched_bytes = 20_000_000  # as on Telegram's own servers
    with pytest.raises(
        BillifyError, match=r"scan\.pdf is larger than the 20 MB .* by mail to in@example\.com"
    ) as raised:
        await channel.fetch(Attachment("scan.pdf", handle="big", size=20_000_001))
    assert not platform.calls
    with speaking("de"):
        assert "per Mail an in@example.com" in str(raised.value)
    await channel.close()


def test_only_telegrams_own_servers_have_that_limit(files):
    assert Telegram(token=TOKEN, files=files)._fetched_bytes == 20_000_000
    own = Telegram(token=TOKEN, files=files, api_url="http://localhost:8081")
    assert own._fetched_bytes == 200_000_000


async def test_a_server_of_ones_own_hands_files_over_by_their_path(platform, telegram, tmp_path):
    platform.keep(bytes(30_000_000), "big")
    platform.local_paths["big"] = str(tmp_path / "big.pdf")
    (tmp_path / "big.pdf").write_bytes(bytes(30_000_000))
    scan = Attachment("scan.pdf", handle="big", size=30_000_000)
    assert await telegram.fetch(scan) == bytes(30_000_000)
    platform.local_paths["big"] = "/var/lib/telegram-bot-api/of-another-machine.pdf"
    with pytest.raises(BillifyError, match="lies where I cannot fetch it"):
        await telegram.fetch(scan)
