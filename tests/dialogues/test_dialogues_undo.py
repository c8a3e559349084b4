"""Undo: the asker's own last change here, at once; anything older, elsewhere or of others is asked, if the role may.
Tables of (who, said, parts of what is answered), and what is in the books afterwards."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from handlers.books.undo import undo
from handlers.messages import Message
from handlers.requests import Undo
from storage.approvals import approval_rules
from storage.db.database import Database
from storage.ledger.money import Money
from storage.models import Person, Role
from storage.people import preferences
from tests.dialogues.test_dialogues_it import PAPERS, Line, play_between, states
from tests.fakes.books.desk import NOW, Desk
from tests.fakes.books.open_house import desk_of_three

SHALL = "Shall I take this back?"

DIALOGUES: dict[str, tuple[list[Line], dict[str, str]]] = {
    "a member does not take back another's payment": (
        [
            *(("olga", said, ()) for said in ("members may not record payments", "<acme>", "ok", "paid")),
            ("max", "show me the details of Acme", ("Acme GmbH",)),
            ("max", "undo", ("Olga did that. Only they, or somebody who may record payments",)),
            ("max", "[Undo]", ("Olga did that",)),
            ("max", "undo the last payment", ("no: Taken back",)),
        ],
        {"2024-117": "paid"},
    ),
    "an approver is asked first": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok", "paid")),
            ("ada", "show me the details of Acme", ()),
            ("ada", "undo", (SHALL, "Olga · the payment of €1,249.50 for Acme GmbH 2024-117", "[Take it back]")),
            ("olga", "what's overdue?", ()),
            ("ada", "[Take it back]", ("Taken back: the payment",)),
        ],
        {"2024-117": "confirmed"},
    ),
    "nothing here, nothing undone": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok", "paid")),
            ("ada", "undo", ("nothing to take back",)),
            ("max", "undo", ("nothing to take back",)),
        ],
        {"2024-117": "paid"},
    ),
    "a question does not make it another undo": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok")),
            ("max", "<globex>", ()),
            ("max", "ok", ()),
            ("max", "what's due?", ()),
            ("max", "show me the details of Acme", ()),
            ("max", "undo", ("Taken back: the confirmation of Globex Ltd",)),
        ],
        {"2024-117": "confirmed", "2026-071": "draft"},
    ),
    "a second undo asks": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok", "paid")),
            ("olga", "undo", ("Taken back: the payment",)),
            ("olga", "undo", (SHALL, "the confirmation of Acme GmbH 2024-117")),
            ("olga", "undo", (SHALL,)),
            ("olga", "balance", ()),
            ("olga", "ok", ("no: Taken back",)),
        ],
        {"2024-117": "confirmed"},
    ),
    "a payment of a draft is taken back with the confirmation": (
        [
            ("olga", "<acme>", ()),
            ("olga", "paid", ("Paid €1,249.50",)),
            ("olga", "undo", ("Taken back: the confirmation of Acme GmbH 2024-117 and the payment of €1,249.50",)),
        ],
        {"2024-117": "draft"},
    ),
    "all of one message": (
        [
            *(("olga", said, ()) for said in ("<globex>", "ok", "<bau>", "ok", "what's due?")),
            ("olga", "paid the first and the second", ("Paid €595.00", "Paid €700.00")),
            ("olga", "undo", ("Globex Ltd", "Müller Bau GmbH")),
        ],
        {"2026-071": "confirmed", "M-1": "confirmed"},
    ),
    "what others did since is said": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok")),
            ("max", "show me the details of Acme", ()),
            ("max", "due 15 May", ("15 May 2025",)),
            (
                "olga",
                "undo",
                (SHALL, "the confirmation of", "Since then: the correction of Acme GmbH 2024-117 (due date"),
            ),
        ],
        {"2024-117": "confirmed"},
    ),
    "what was set aside comes back, and no payment before it": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok", "<globex>", "not an invoice")),
            ("olga", "undo", ("Taken back", "Waiting for you")),
        ],
        {"2024-117": "confirmed", "2026-071": "draft"},
    ),
    "a document that was sent is not passed over": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok", "<globex>")),
            ("olga", "undo", ("to send Globex Ltd 2026-071, which cannot be taken back",)),
        ],
        {"2024-117": "confirmed", "2026-071": "draft"},
    ),
    "settings, not an unrelated payment": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok", "paid")),
            ("olga", "stop reminding me", ()),
            ("olga", "undo", ("I took back turning reminders on or off",)),
            ("olga", "make Max an approver", ("Max is approver now",)),
            ("olga", "undo", ("I took back the new role of Max",)),
            ("olga", "no digest", ()),
            ("olga", "undo", ("I took back the change of the digest",)),
            ("olga", "bills from 500 need approval", ("Bills from €500.00",)),
            ("olga", "undo", ("I took back the change of the rules",)),
            ("olga", "approval rules", ("Bills need no approval",)),
            ("olga", "remind me tomorrow about Acme", ()),
            ("olga", "undo", ("I took back the reminder",)),
            ("olga", "invite Bert", ("Bert",)),
            ("olga", "undo", ("I took back the invitation of Bert",)),
            ("olga", "speak German", ("Ich spreche jetzt Deutsch",)),
            ("olga", "rückgängig", ("die Änderung der Sprache",)),
        ],
        {"2024-117": "paid"},
    ),
    "a button of a card that others changed since": (
        [
            *(("max", said, ()) for said in ("<acme>", "due 15 May")),
            ("olga", "show me the details of Acme", ()),
            ("olga", "ok", ("Confirmed",)),
            ("olga", "members may only confirm their own bills", ("only their own",)),
            ("max", "[Undo]", ("Olga did that",)),
        ],
        {"2024-117": "confirmed"},
    ),
    "the button twice": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok", "paid")),
            ("olga", "[Undo]", ("Taken back: the payment",)),
            ("olga", "[Undo]", (SHALL, "the confirmation")),
        ],
        {"2024-117": "confirmed"},
    ),
    "no is no": (
        [
            *(("olga", said, ()) for said in ("<acme>", "ok", "paid", "undo")),
            ("olga", "undo", (SHALL,)),
            ("olga", "no", ("no: Taken back",)),
            ("olga", "ok", ("no: Taken back",)),
        ],
        {"2024-117": "confirmed"},
    ),
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return desk_of_three(database, tmp_path, PAPERS)


@pytest.mark.parametrize("name", DIALOGUES)
async def test_undo_takes_back_ones_own_last_change(desk: Desk, name: str) -> None:
    lines, expected = DIALOGUES[name]
    await play_between(desk, lines)
    assert states(desk) == expected
    with desk.database.reading() as session:
        roles = {person.name: person.role for person in session.exec(select(Person)).all()}
        assert roles == {"Olga": Role.OWNER, "Ada": Role.APPROVER, "Max": Role.MEMBER}
        chosen = preferences.preference(session, 1)
        assert (chosen.muted, chosen.digest, chosen.language) == (False, True, None)


async def test_what_is_of_an_earlier_day_is_asked(desk: Desk) -> None:
    await play_between(desk, [("olga", "<acme>", ()), ("olga", "ok", ())])
    desk.now = NOW + timedelta(days=28)
    await play_between(desk, [("olga", "undo", (SHALL, "21 Mar 2025", "the confirmation of Acme"))])
    assert states(desk) == {"2024-117": "confirmed"}
    await play_between(desk, [("olga", "ja", ("Zurückgenommen",))])
    assert states(desk) == {"2024-117": "draft"}


async def test_nobody_revives_what_another_refused(desk: Desk) -> None:
    with desk.database.transaction() as session:
        least = Money.of("500", "EUR")
        approval_rules.require(session, least, steps=1, role=Role.APPROVER, category=None, person_id=1, now=NOW)
    asked: list[Line] = [
        *(("max", said, ()) for said in ("<acme>", "ok")),
        ("ada", "approve the Acme bill", ("Approved",)),
        ("ada", "refuse it", ("Refused",)),
    ]
    for who in ("max", "olga"):
        asked += [
            (who, "show me the details of Acme", ("Refused by Ada",)),
            (who, "[Undo]", ("no: Taken back",)),
            (who, "undo", ("no: Taken back: the refusal",)),
            (who, "paid Acme", ("Ada refused",)),
        ]
    await play_between(desk, asked)
    await play_between(desk, [("ada", "undo", ("Taken back: the refusal of Acme GmbH 2024-117",))])


async def test_who_lost_the_right_does_not_take_a_decision_back(desk: Desk) -> None:
    await play_between(
        desk,
        [
            ("olga", "bills from 500 need approval by an approver", ()),
            *(("max", said, ()) for said in ("<acme>", "ok")),
            ("ada", "refuse the Acme bill", ("Refused",)),
            ("olga", "make Ada a member", ("Ada is member now",)),
            ("ada", "undo", ("You may no longer decide about this bill",)),
            ("max", "show me the details of Acme", ("Refused by Ada",)),
        ],
    )


async def test_which_payment_is_meant_is_asked(desk: Desk) -> None:
    await play_between(
        desk, [("olga", said, ()) for said in ("<acme>", "ok", "paid", "<globex>", "ok", "paid", "balance")]
    )
    with desk.database.reading() as session:
        situation = desk.conversation._situation(session, Message("terminal:x", "terminal", "owner", "owner", NOW))
    with desk.database.transaction() as session:
        assert situation.context is not None
        (reply,) = undo(session, situation.context, Undo(what="the last payment"))
        (one,) = undo(session, situation.context, Undo(what="payment", vendor="Acme"))
    assert [choice.label for choice in reply.choices] == [
        "The payment of €595.00 for Globex Ltd 2026-071",
        "The payment of €1,249.50 for Acme GmbH 2024-117",
    ]
    assert "Acme GmbH" in one.text and states(desk) == {"2024-117": "paid", "2026-071": "paid"}
    heard = await desk.hear(desk._message("owner", choice=one.choices[0].id))
    assert "Taken back: the payment" in heard
    assert states(desk) == {"2024-117": "confirmed", "2026-071": "paid"}
