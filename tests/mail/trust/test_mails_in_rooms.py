"""Who writes a company mails is told to the asker alone, wherever it was asked: never where others read."""

from __future__ import annotations

import pytest
from sqlmodel import delete

from storage.mail import mail_log, quarantine
from storage.mail.mail_log import ArrivedMail
from storage.models import ChosenRight, MailOutcome
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.two_chats import TwoChats
from tests.native.conftest import channel as channel  # fixtures
from tests.native.conftest import chats as chats

ASKED = {
    "mails today": "Secret takeover",
    "what happened to the mail from lawyer@law.example?": "Secret takeover",
    "which mails wait?": "Secret takeover",
    "did you get my mail?": "",
    "intake addresses": "",
    "outbox": "",
    "whose mail do you take in?": "",
    "welche Mails warten?": "Secret takeover",
    "mails von heute": "Secret takeover",
}


@pytest.fixture
def waiting(chats: TwoChats) -> None:
    """A mail that nobody else is to know of."""
    mail = ArrivedMail("mail:1", sender="lawyer@law.example", sender_name="Lawyer", subject="Secret takeover", bytes=9)
    with chats.desk.database.transaction() as session:
        quarantine.hold(session, mail, "0" * 64, reason="stranger", now=NOW)


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("asked", ASKED)
async def test_mails_are_told_of_alone(chats: TwoChats, channel: str, asked: str) -> None:
    await chats.say(channel, "olga", "@billify you may answer about money here", group=True)
    before = len(chats.seen(channel))
    await chats.say(channel, "olga", f"@billify {asked}", group=True)
    public = list(chats.seen(channel).values())[before:]
    assert len(public) == 1 and ("alone" in public[0] or "nur an Olga" in public[0]), public
    alone = "\n".join(chats.seen(channel, "olga").values())
    assert alone and ASKED[asked] in alone
    assert "Secret" not in "".join(chats.seen(channel).values())


@pytest.mark.usefixtures("waiting")
async def test_a_decision_in_a_room_tells_nobody_whose_mail_it_was(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "olga", "@billify take in the mail from law.example", group=True)
    assert "law" not in chats.said_last(channel).lower() and "Secret" not in chats.said_last(channel)
    await chats.say(channel, "max", "@billify no mail from law.example", group=True)
    assert "Secret" not in "".join(chats.seen(channel).values())


async def test_each_person_sees_their_own_mails_there(chats: TwoChats, channel: str) -> None:
    with chats.desk.database.transaction() as session:
        mail = ArrivedMail("mail:1", sender="olga@example.com", subject="Payroll")
        mail_log.record(session, mail, MailOutcome.TAKEN_IN, "person", now=NOW, person_id=1)
        session.exec(delete(ChosenRight))  # as it is where nobody said otherwise
    await chats.say(channel, "max", "@billify mails this week", group=True)
    assert "Payroll" not in "".join((*chats.seen(channel).values(), *chats.seen(channel, "max").values()))
