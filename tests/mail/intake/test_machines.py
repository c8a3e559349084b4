"""Machines are known by their headers and, where these are missing, by their subjects in the languages of Europe."""

from __future__ import annotations

import pytest

from bot.channels.mail.automatic_mail import is_automatic_subject
from bot.channels.mail.intake import gate
from storage.models import MailOutcome
from storage.people import people
from tests.fakes.platforms.mail_channel import BEGAN, PDF

ECHOES = {
    "our own": ({"From": "Billify@Example.com"}, "own"),
    "an out-of-office note": ({"Auto_Submitted": "auto-replied (vacation)"}, "echo"),
    "Exchange's out-of-office note": ({"Auto_Submitted": "auto-generated", "Subject": "Automatic reply: bill"}, "echo"),
    "X-Autoreply": ({"X_Autoreply": "yes"}, "echo"),
    "X-Autorespond": ({"X_Autorespond": "billing"}, "echo"),
    "Precedence: auto_reply": ({"Precedence": "auto_reply"}, "echo"),
    "a mail server": ({"From": "MAILER-DAEMON@example.com"}, "bounce_unknown"),
    "failed recipients": ({"X_Failed_Recipients": "x@y.example"}, "bounce_unknown"),
    "a subject, no header": ({"Subject": "Abwesenheitsnotiz: Rechnung", "pdf": None}, "echo"),
}
MACHINES = {
    "an invoicing system": {"Auto_Submitted": "auto-generated"},
    "bulk mail": {"Precedence": "bulk"},
    "a list": {"List_Id": "<news.example.com>"},
    "a list to leave": {"List_Unsubscribe": "<mailto:off@example.com>"},
    "Exchange's rules": {"X_Auto_Response_Suppress": "All"},
    "a loop mark": {"X_Loop": "billing@example.com"},
    "a null return path": {"Return_Path": "<>"},
}


@pytest.mark.parametrize(("headers", "reason"), ECHOES.values(), ids=ECHOES.keys())
async def test_an_echo_is_not_taken_in_whatever_it_brings(door, write, headers, reason):
    outcome = await door.hand_in(write("hello", **({"pdf": PDF} | headers)))
    assert outcome in (MailOutcome.IGNORED, MailOutcome.BOUNCE)
    assert [record.reason for record in await door.log()] == [reason]
    assert not door.office.accepting.calls


@pytest.mark.parametrize("headers", MACHINES.values(), ids=MACHINES.keys())
async def test_a_machine_is_heard_only_where_it_brings_a_document(door, write, headers):
    assert await door.hand_in(write("big sale", **headers)) is MailOutcome.IGNORED
    assert await door.hand_in(write("your invoice", pdf=PDF, **headers)) is MailOutcome.TAKEN_IN
    message = await door.office.accepting.take()
    assert message.automatic and len(message.attachments) == 1


async def test_what_a_persons_machine_sent_is_shown_to_the_person_elsewhere(door, write):
    def linked(session):
        token = people.sign_in_link(session, door.office.anna, now=BEGAN, minutes=60)
        people.redeem(session, token, "telegram", "77", BEGAN)

    await door.office.database.run(linked)
    await door.hand_in(write("scan of the day", pdf=PDF, Auto_Submitted="auto-generated"))
    message = await door.office.accepting.take()
    assert (message.channel, message.sender, message.notice) == ("telegram", "77", "arrived:anna@example.com")


SUBJECTS = (
    "Automatic reply: Re: invoice", "Out of Office", "OOO until 5 May", "Automatische Antwort: Rechnung",
    "Abwesenheitsnotiz", "Réponse automatique : facture", "Absence du bureau", "Respuesta automática: factura",
    "Fuera de la oficina", "Risposta automatica: fattura", "Fuori ufficio", "Resposta automática: fatura",
    "Automatisch antwoord: factuur", "Niet op kantoor", "Automatisk svar: faktura", "Autosvar", "Automatiskt svar: x",
    "Automaattinen vastaus: lasku", "Odpowiedź automatyczna: faktura", "Poza biurem", "Automatická odpověď: faktura",
    "Mimo kancelář", "Automatická odpoveď: x", "Automatikus válasz: számla", "Házon kívül", "Răspuns automat: factură",
    "Автоматичен отговор: фактура", "Αυτόματη απάντηση: τιμολόγιο", "Automatski odgovor: račun", "Samodejni odgovor: x",
    "Automaatvastus: arve", "Automātiskā atbilde: rēķins", "Automatinis atsakymas: sąskaita", "Sjálfvirkt svar: x",
    "Автоматична відповідь: рахунок", "Автоматический ответ: счёт", "Otomatik yanıt: fatura",
    "Im Urlaub bis 5.5.", "Undelivered Mail Returned to Sender", "Unzustellbar: Rechnung", "Freagra uathoibríoch",
)  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS)
def test_subjects_of_machines_are_known(subject):
    assert is_automatic_subject(subject)


PEOPLE = (
    "Re: Automatic reply", "Urlaub: was haben wir ausgegeben?", "Out of office chairs", "Automatic door, invoice 17",
    "Rechnung Abwesenheitsnotiz", "Ferienwohnung", "absence of a receipt", "read this",
    "Autosvarende maskin faktura", "",
)  # fmt: skip


@pytest.mark.parametrize("subject", PEOPLE)
def test_subjects_of_people_are_none(subject):
    assert not is_automatic_subject(subject)


async def test_a_person_is_no_machine(door, write):
    headers = {"Auto_Submitted": "no", "Return_Path": "<anna@example.com>"}
    assert await door.hand_in(write("what is due?", **headers)) is MailOutcome.TAKEN_IN
    assert not (await door.office.accepting.take()).automatic


async def test_nobody_fills_the_log_with_what_is_left_alone(door, write, monkeypatch):
    monkeypatch.setattr(gate, "MOST_IGNORED", 5)
    for n in range(12):
        await door.hand_in(write(f"away {n}", From=f"x{n}@evil.example", Message_ID=f"<{n}@x>", X_Autoreply="yes"))
    log = await door.log()
    assert len(log) == 6 and log[-1].repeats == 6
