"""What is decided about mail stands in the audit trail, and who decided takes it back."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from storage.errors import WrongState
from storage.mail import quarantine, sender_rules
from storage.models import Audit, Role
from storage.people import people
from storage.undo import changes, take_back
from tests.fakes.platforms.mail_channel import PDF
from tests.mail.intake.test_quarantine_talk import firm as firm  # a fixture


async def steps(firm):
    def read(session):
        query = select(Audit).where(col(Audit.action).in_(("decided mail", "sender rule"))).order_by(col(Audit.id))
        return [(step.action, step.details["name"], step.details.get("verdict")) for step in session.exec(query).all()]

    return await firm.desk.database.read(read)


async def waiting(firm):
    return [mail.record.sender for mail in await firm.desk.database.read(quarantine.waiting)]


async def rules(firm):
    found = await firm.desk.database.read(sender_rules.rules)
    return [(str(rule.kind), rule.value, rule.accept) for rule in found]


async def take_back_last(firm):
    """Takes Olga's last decision about mail back, by the button of a list of what can be."""

    def undo(session):
        event = session.exec(select(Audit).where(Audit.action == "decided mail").order_by(col(Audit.id).desc())).first()
        change = changes.change_of(session, event)
        take_back.take_back(session, change, key="terminal:undo", person_id=1, now=firm.desk.now)

    await firm.desk.database.run(undo)


@pytest.fixture
async def told(firm, from_vendor):
    await firm.arrives(from_vendor(pdf=PDF, Subject="Invoice 117"))
    await firm.told()


@pytest.mark.usefixtures("told")
async def test_a_no_is_taken_back_and_the_mail_waits_again(firm):
    await firm.desk.say("[No]")
    assert await steps(firm) == [("decided mail", "billing@acme.example", "no")]
    assert "the decision about the mail from billing@acme.example" in await firm.desk.say("undo")
    assert await waiting(firm) == ["billing@acme.example"]
    assert "Taken in" in await firm.desk.say("take in the mail from Acme")


@pytest.mark.usefixtures("told")
async def test_taking_in_is_taken_back_until_it_was_read(firm):
    await firm.desk.say("[Take in]")
    await firm.desk.say("undo")
    assert await waiting(firm) == ["billing@acme.example"] and await firm.released() == ""
    await firm.desk.say("take in the mail from Acme")
    assert "Acme GmbH" in await firm.released()
    with pytest.raises(WrongState, match="has been read already"):
        await take_back_last(firm)
    assert await waiting(firm) == []


@pytest.mark.usefixtures("told")
async def test_always_is_taken_back_also_when_this_one_was_read(firm):
    await firm.desk.say("[This sender always]")
    assert await rules(firm) == [("address", "billing@acme.example", True)]
    await firm.released()
    await take_back_last(firm)
    assert await rules(firm) == []


async def test_a_rule_that_took_the_place_of_another_gives_it_back(firm):
    await firm.desk.say("always take in mails from acme.example")
    await firm.desk.say("no mail from acme.example")
    await firm.desk.say("undo")
    assert await rules(firm) == [("domain", "acme.example", True)]
    await firm.desk.say("forget the sender acme.example")
    assert await rules(firm) == []
    await firm.desk.say("undo")
    assert await rules(firm) == [("domain", "acme.example", True)]


@pytest.mark.usefixtures("told")
async def test_an_approver_takes_back_their_own_and_members_nothing(firm):
    with firm.desk.database.transaction() as session:
        for name, role in (("Ada", Role.APPROVER), ("Ben", Role.MEMBER)):
            code = people.invite(session, name, invited_by=1, now=firm.desk.now)
            person = people.redeem(session, code, "terminal", name.lower(), firm.desk.now)
            people.appoint(session, person, role, by=1, now=firm.desk.now)
    await firm.desk.say("no mail from acme.example", sender="ada")
    await firm.desk.say("undo", sender="ben")
    assert await rules(firm) == [("domain", "acme.example", False)]
    await firm.desk.say("undo", sender="ada")
    assert await rules(firm) == [] and await waiting(firm) == ["billing@acme.example"]
