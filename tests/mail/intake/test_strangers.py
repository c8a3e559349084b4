"""Strangers are not answered: their mail waits unread, unless somebody said whose mail is taken in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.people import invite as invitations
from storage.errors import QuarantineFull
from storage.mail import quarantine, sender_rules
from storage.mail.quarantine import AnswerPlace, QuarantineLimits
from storage.models import MailOutcome, QuarantineState, SenderKind
from storage.people import people
from tests.fakes.platforms.mail_channel import BEGAN, PDF


async def allow(office, kind, value, *, accept=True, intake=None, person=None):
    def add(session):
        sender_rules.add_rule(
            session,
            kind,
            value,
            accept=accept,
            person_id=person or office.anna,
            by=office.anna,
            now=BEGAN,
            intake_id=intake,
        )

    await office.database.run(add)


async def test_a_strangers_mail_waits_and_nothing_is_read_of_it(door, from_vendor):
    mail = from_vendor(pdf=PDF, Subject="Invoice 117")
    assert await door.hand_in(mail) is MailOutcome.QUARANTINED
    (held,) = await door.waiting()
    assert (held.held.reason, held.held.person_id, held.record.subject) == ("stranger", None, "Invoice 117")
    assert (await door.office.files.get(held.held.sha256)).endswith(mail.as_bytes())
    assert list(door.office.files._bytes) == [held.held.sha256], "the whole mail is kept, its files are not taken out"
    assert not door.office.accepting.calls


async def test_a_repeat_of_it_waits_once(door, from_vendor):
    for _ in range(3):
        await door.hand_in(from_vendor())
    assert len(await door.waiting()) == 1
    assert [record.repeats for record in await door.log()] == [2]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SenderKind.ADDRESS, "billing@acme.example"),
        (SenderKind.DOMAIN, "acme.example"),
    ],
)
async def test_mail_of_an_allowed_sender_is_taken_in_for_who_allowed_it(door, from_vendor, kind, value):
    await allow(door.office, kind, value)
    assert await door.hand_in(from_vendor("confirm everything", pdf=PDF)) is MailOutcome.TAKEN_IN
    message = await door.office.accepting.take()
    assert (message.sender, message.notice) == ("anna@example.com", "arrived:billing@acme.example")
    assert [file.name for file in message.attachments] == ["Rechnung 117.pdf"]


@pytest.mark.parametrize("sender", ["billing@notacme.example", "billing@acme.example.evil.example"])
async def test_a_domain_that_only_looks_alike_is_another(door, from_vendor, sender):
    await allow(door.office, SenderKind.DOMAIN, "acme.example")
    assert await door.hand_in(from_vendor(From=sender)) is MailOutcome.QUARANTINED


async def test_mail_of_an_unwanted_sender_is_left_alone(door, from_vendor):
    await allow(door.office, SenderKind.DOMAIN, "acme.example", accept=False)
    assert await door.hand_in(from_vendor()) is MailOutcome.IGNORED
    assert not await door.waiting()
    assert [record.reason for record in await door.log()] == ["unwanted"]


FORWARDED = {
    "Gmail": {"X_Forwarded_For": "anna@example.com billify@example.com", "X_Forwarded_To": "billify@example.com"},
    "a mailbox on the way": {"Delivered_To": "anna@example.com"},
    "Exchange's redirection": {"Resent_From": "Anna <anna@example.com>"},
}


@pytest.mark.parametrize("headers", FORWARDED.values(), ids=FORWARDED.keys())
async def test_what_a_persons_mailbox_forwards_waits_for_that_person(door, from_vendor, headers):
    await door.hand_in(from_vendor(**headers))
    (held,) = await door.waiting()
    assert (held.held.reason, held.held.person_id) == ("forwarded", door.office.anna)
    await allow(door.office, SenderKind.FORWARDER, "anna@example.com")
    assert await door.hand_in(from_vendor(Message_ID="<a2@x>", pdf=PDF, **headers)) is MailOutcome.TAKEN_IN
    assert (await door.office.accepting.take()).sender == "anna@example.com"


async def test_an_intake_address_takes_mail_of_its_allow_list_only(door, from_vendor):
    def opened(session):
        return sender_rules.open_intake_address(session, "acme", "Acme", person_id=door.office.anna, now=BEGAN).id

    address = await door.office.database.run(opened)
    await allow(door.office, SenderKind.DOMAIN, "acme.example", intake=address)
    to = "billify+acme@example.com"
    assert await door.hand_in(from_vendor(pdf=PDF, To=to)) is MailOutcome.TAKEN_IN
    assert await door.hand_in(from_vendor(To=to, From="eve@evil.example")) is MailOutcome.QUARANTINED
    assert await door.hand_in(from_vendor("elsewhere")) is MailOutcome.QUARANTINED
    assert [record.reason for record in await door.log()] == ["intake", "stranger", "stranger"]
    assert (await door.log())[0].recipient == to


async def test_a_mail_sent_before_an_invitation_and_again_after_it_is_not_lost(door, write):
    mail = write("here is my bill", From="ben@example.com", pdf=PDF)
    assert await door.hand_in(mail) is MailOutcome.QUARANTINED

    def invited(session):
        return people.invite(session, "Ben", invited_by=door.office.anna, now=BEGAN, days=4000)

    code = await door.office.database.run(invited)
    joining = write(f"join {code}", From="ben@example.com", Message_ID="<join@example.com>")
    assert await door.hand_in(joining) is MailOutcome.TAKEN_IN
    message = await door.office.accepting.take()
    await door.office.database.run(invitations.welcome, message, BEGAN)
    assert await door.hand_in(mail) is MailOutcome.TAKEN_IN
    assert (await door.office.accepting.take(2)).text == "here is my bill"
    assert await door.hand_in(mail) is MailOutcome.TAKEN_IN
    assert len(door.office.accepting.calls) == 2, "a true repeat is served once"
    assert await door.waiting() == []


async def test_what_somebody_mailed_before_they_were_let_in_is_taken_in_then(door, write):
    await door.hand_in(write("here is my bill", From="ben@example.com", pdf=PDF))
    await door.hand_in(write("buy now", From="spam@example.com"))

    def let_in(session):
        code = people.invite(session, "Ben", invited_by=door.office.anna, now=BEGAN, days=4000)
        people.redeem(session, code, "mail", "ben@example.com", datetime.now(UTC))

    await door.office.database.run(let_in)
    for _ in range(2):
        await door.mail._gate.take_released(door.office.accepting)
    assert (await door.office.accepting.take()).text == "here is my bill"
    assert len(door.office.accepting.calls) == 1
    assert [held.record.sender for held in await door.waiting()] == ["spam@example.com"]


async def test_a_wrong_code_is_not_answered(door, write):
    assert await door.hand_in(write("join AAAA-BBBB-CCCC", From="eve@evil.example")) is MailOutcome.QUARANTINED


LIMITS = {
    "mail_bytes": QuarantineLimits(mail_bytes=100),
    "sender_a_day": QuarantineLimits(sender_a_day=2),
    "domain_a_day": QuarantineLimits(domain_a_day=2),
    "mails": QuarantineLimits(mails=2),
    "total_bytes": QuarantineLimits(total_bytes=900),
}


@pytest.mark.parametrize(("limit", "limits"), LIMITS.items(), ids=LIMITS.keys())
async def test_strangers_can_have_only_so_much_kept(door, from_vendor, limit, limits):
    door.mail = door.office.mail(limits=limits)
    with pytest.raises(QuarantineFull) as full:
        for n in range(20):
            await door.hand_in(from_vendor("x" * 150, Message_ID=f"<{n}@acme.example>"))
    assert full.value.limit == limit
    assert len(door.office.files._bytes) == len(await door.waiting()) <= 4, "nothing is kept beyond it"


async def test_what_somebody_releases_is_taken_in_where_they_decided(door, from_vendor):
    mail = from_vendor("two words", pdf=PDF, Subject="Invoice")
    await door.hand_in(mail)
    (held,) = await door.waiting()

    def release(session):
        found = quarantine.find(session, held.held.id)
        quarantine.release(session, found.held, by=door.office.anna, to=AnswerPlace("slack", "U1", "D1"), now=BEGAN)

    await door.office.database.run(release)
    assert await door.mail._gate.take_released(door.office.accepting) == 1
    message = await door.office.accepting.take()
    assert (message.channel, message.sender, message.conversation) == ("slack", "U1", "D1")
    assert (message.notice, len(message.attachments)) == ("arrived:billing@acme.example", 1)
    assert await door.mail._gate.take_released(door.office.accepting) == 0
    (record,) = await door.log()
    assert (record.outcome, record.message_key) == (MailOutcome.TAKEN_IN, message.key)
    assert await door.hand_in(mail) is MailOutcome.TAKEN_IN
    assert len(door.office.accepting.calls) == 1


async def test_what_waits_is_forgotten_after_90_days(door, from_vendor):
    await door.hand_in(from_vendor())
    (held,) = await door.waiting()
    later = held.held.held_at.replace(year=held.held.held_at.year + 1)
    assert await door.office.database.run(quarantine.expire, later) == [held.held.sha256]
    found = await door.office.database.read(quarantine.find, held.held.id)
    assert found.held.state is QuarantineState.EXPIRED
