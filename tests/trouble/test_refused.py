"""What a platform refuses for good is said otherwise, once, and the owner hears of it."""

from __future__ import annotations

from handlers.messages import Reply
from storage.messages import rooms
from tests.fakes.books.desk import NOW
from tests.fakes.chaos.company_in_trouble import HOUR, Company
from tests.fakes.platforms.slack import Refused as SlackRefused
from tests.fakes.platforms.telegram import Refused as TelegramRefused
from tests.fakes.platforms.two_chats import GROUP, web_looks


async def test_a_place_that_shut_us_out_is_answered_alone_and_told_to_the_owner(company: Company, channel: str) -> None:
    chats = company.chats
    method = {"slack": "chat.postMessage", "telegram": "sendMessage"}[channel]
    refused = {
        "slack": SlackRefused("restricted_action_read_only_channel"),
        "telegram": TelegramRefused(403, "Forbidden: bot was kicked from the supergroup chat"),
    }[channel]
    await chats.say(channel, "max", "help")
    said = len(company.received(channel))
    for _ in range(2):
        chats.platforms[channel].refusals[method] = [refused]
        await company.answer(channel, Reply("Acme is due."), conversation=GROUP[channel], shared=True)
    alone = company.received(channel)[said:]
    assert len(alone) == 2 and all("could not answer where you wrote" in one and "Acme is due." in one for one in alone)
    assert company.received(channel, None) == []
    await company.tick()
    told = [look for look in web_looks(chats) if "does not take what I say" in look]
    assert len(told) == 1, "once for a place and a reason"
    await company.wait(HOUR)
    assert len(company.received(channel)) == said + 2


async def test_without_the_scope_for_files_the_words_come_and_the_file_elsewhere(company: Company) -> None:
    chats = company.chats
    chats.platforms["slack"].refusals["files.getUploadURLExternal"] = [SlackRefused("missing_scope")] * 9
    message = await company.answer("slack", Reply("The export:", attachments=(await company.file(),)), who="olga")
    assert message.sender == "UOLGA"
    words, instead = company.received("slack", "olga")
    assert words == "The export:" and "could not send ledger.csv here" in instead and "missing_scope" in instead
    await company.tick()
    told = "\n".join(web_looks(chats))
    assert "does not take what I say" in told
    telegram = company.received("telegram", "olga")
    files = [post.reply.attachments for post in chats.web.posts.values() if post.reply and post.reply.attachments]
    assert [file.name for one in files for file in one] == ["ledger.csv"] or "[ledger.csv]" in telegram
    await company.wait(HOUR)
    assert len(company.received("slack", "olga")) == 2


async def test_a_person_who_blocked_us_is_answered_elsewhere(company: Company) -> None:
    company.chats.platforms["telegram"].refusals["sendMessage"] = [
        TelegramRefused(403, "Forbidden: bot was blocked by the user")
    ]
    await company.answer("telegram", Reply("Acme is due."), who="max")
    await company.tick()
    assert company.received("telegram") == []
    assert sum("Acme is due." in text for text in company.received("slack")) == 1
    await company.wait(HOUR)
    await company.tick()
    assert sum("Acme is due." in text for text in company.received("slack")) == 1


async def test_a_group_that_becomes_a_supergroup_keeps_its_conversation(company: Company) -> None:
    chats, new = company.chats, -1002000
    with chats.desk.database.transaction() as session:
        rooms.allow(session, "telegram", GROUP["telegram"], person_id=1, now=NOW, documents=True)
    await company.answer("telegram", Reply("before"), conversation=GROUP["telegram"], shared=True)
    migrated = TelegramRefused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
    chats.platforms["telegram"].refusals["sendMessage"] = [migrated]
    await company.answer("telegram", Reply("after"), conversation=GROUP["telegram"], shared=True)
    there = [look["text"] for (chat, _), look in chats.platforms["telegram"].messages.items() if chat == new]
    assert there == ["after"]
    with chats.desk.database.reading() as session:
        assert rooms.find_room(session, "telegram", str(new)).documents
        assert not rooms.find_room(session, "telegram", GROUP["telegram"]).documents
