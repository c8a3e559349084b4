"""Nothing is booked that nobody asked for: dialogues with what moved on bank and cash, and was done, afterwards.

Lines are (who, what is said, parts of the answer). Olga owns Lindenhof GmbH, Anna approves, Max is a member; each has a
conversation of their own. It is Wednesday 10 June 2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.fakes.books.desk import Desk
from tests.fakes.books.lindenhof_talk import Booked, acts_since, booked_since, latest, state

SENDERS = {"olga": "owner", "anna": "anna", "max": "max"}
WHICH, WELCHE = "Which one do you mean?", "Welche meinst du?"
DRAFT = "[Print24 GmbH P24-322 · €238.00]"
ACMES = ("2026-058", "2026-071", "L-26-19", "AT-88")

Line = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class Scene:
    """What is said and answered, what moved then, what was done, and the states of some bills by number."""

    lines: tuple[Line, ...]
    booked: tuple[Booked, ...] = ()
    acts: tuple[str, ...] = ()
    states: tuple[tuple[str, str], ...] = ()


def scene(
    name: str,
    *lines: Line,
    booked: tuple[Booked, ...] = (),
    acts: tuple[str, ...] = (),
    misunderstood: str = "",
    **states: str,
) -> Any:
    """A dialogue; `misunderstood` says what is taken for what until that is mended."""
    marks = [pytest.mark.xfail(strict=True, reason=misunderstood)] if misunderstood else []
    known = tuple((number.replace("_", "-"), wanted) for number, wanted in states.items())
    return pytest.param(Scene(lines, booked, acts, known), id=name, marks=marks)


def payment(number: str, minor: int, account: str = "bank", on: str = "2026-06-10") -> Booked:
    """A payment of a bill; negative for money that left."""
    return ("payment", number, account, minor, on)


def olga(said: str, *expected: str) -> Line:
    """What Olga says."""
    return ("olga", said, expected)


IT = [
    scene("balance, then fine", olga("balance", "Bank"), olga("fine", WHICH, DRAFT), P24_322="draft"),
    scene("a list of two, then pay it", olga("what's overdue", "€6,899.50"), olga("pay it", WHICH, "2026-17")),
    *(scene(f"nothing shown, then {said}", olga(said, WHICH), P24_322="draft") for said in ("ok", "delete it", "paid")),
    scene("nothing shown, then passt", olga("passt", WELCHE), P24_322="draft"),
    scene("costs of two bills, then delete it", olga("what did we spend on travel in may", "€410.00"),
          olga("delete it", WHICH), HA_26_31="paid", DB_26_05="paid"),
    scene("one bill shown, then paid", olga("is 2026-071 paid", "No: €595.00 is open"), olga("paid", "Paid €595.00"),
          booked=(payment("2026-071", -59_500),), acts=("paid",)),
    scene("one customer shown, then paid", olga("which customers are overdue", "Globex AG"),
          olga("paid", "Received €4,330.00"), booked=(payment("R-2026-04", 433_000),), acts=("paid",)),
]  # fmt: skip

UNDO = [
    scene("a member does not find another's bill", ("max", "find 4410", ("I found no bill", "no: Müller")),
          ("max", "undo", ("There is nothing to take back here.",))),
    scene("a member who did nothing", ("max", "undo", ("There is nothing to take back here.",))),
    scene("a refusal of another stays", ("anna", "refuse K-26-1", ("Refused by Anna",)),
          ("max", "undo", ("nothing to take back",)), ("max", "ok", (WHICH,)), acts=("refused",)),
    scene("an approval of one's own", ("anna", "is K-26-1 paid", ("No:",)),
          ("anna", "approve it", ("Approved by Anna",)),
          ("anna", "undo", ("the approval of Steuerberatung Krause K-26-1",)), acts=("approved", "unapproved")),
    scene("reminders turned off", olga("stop reminding me", "I won't remind you"),
          olga("undo", "turning reminders on or off"), acts=("chose", "revoked")),
    scene("a role", olga("make Max an approver", "Max is approver now"), olga("undo", "the new role of Max"),
          acts=("appointed", "appointed", "revoked")),
    scene("twice takes back one thing", olga("paid staples", "Paid €58.31"),
          olga("undo", "the payment of €58.31 for Staples ST-2606"), olga("undo", "Shall I take this back?"),
          booked=(payment("ST-2606", -5_831), ("reversal", "ST-2606", "bank", 5_831, "2026-06-10")),
          acts=("paid", "unpaid"), ST_2606="confirmed"),
    scene("in a fresh conversation it is asked", olga("undo", "Shall I take this back?", "Deutsche Bahn DB-26-05"),
          DB_26_05="paid"),
]  # fmt: skip

MONEY = [
    scene("received of a vendor",
          olga("we received 892.50 from müller büromöbel", "that we owe", "Nothing was booked")),
    scene("a day is no amount", olga("telekom bezahlt 5.6.", "77,29 € am 5. Juni 2026"),
          booked=(payment("T-2606", -7_729, on="2026-06-05"),), acts=("paid",)),
    scene("a number that no bill has", olga("invoice 881", "no: →", "no: Corrected"), P24_322="draft"),
    scene("a name with digits", olga("paid print24 119", "Paid €119.00", "P24-310"),
          booked=(payment("P24-310", -11_900),), acts=("paid",), P24_322="draft"),
    scene("a number with letters", olga("paid H-1 1166.20", "Paid €1,166.20", "H-1"),
          booked=(payment("H-1", -116_620),), acts=("paid",)),
    scene("told after a question", olga("what's due?", "16 open bills"), olga("telekom bezahlt", "77,29 €"),
          booked=(payment("T-2606", -7_729),), acts=("paid",)),
    scene("told after a question of costs", olga("what did we spend in may", "€11,739.95"),
          olga("telekom bezahlt", "77,29 €"), booked=(payment("T-2606", -7_729),), acts=("paid",)),
    scene("pay is no paid", olga("pay staples", "Nothing has been paid"), ST_2606="confirmed"),
    scene("pay the first of a list", olga("what's due?", "1. Müller & Söhne Bau"),
          olga("pay the first one", "Nothing has been paid", "€5,950.00")),
    scene("zahl die erste", olga("was ist überfällig?", "1. Müller & Söhne Bau"), olga("zahl die erste", "5.950,00 €")),
    scene("pay it", olga("is 2026-071 paid", "No:"), olga("pay it", "Nothing has been paid")),
    scene("pay what may not be paid", olga("pay K-26-1", "Waits for the approval of Olga or Anna", "Nothing was paid")),
]  # fmt: skip

ANSWERED = [
    *(scene(f"which one, then {said}", olga("paid acme", WHICH, *ACMES), olga(said, "Paid €595.00"),
            booked=(payment("2026-071", -59_500),), acts=("paid",)) for said in ("2026-071", "595")),
    scene("an amount tells which", olga("paid acme 476", "Paid €476.00", "L-26-19"),
          booked=(payment("L-26-19", -47_600),), acts=("paid",)),
    scene("an amount that tells nothing", olga("paid acme 300", WHICH, *ACMES)),
]  # fmt: skip

WORDS = [
    scene("globex late", olga("is globex late", "€4,330.00", "33 days", "no: Nothing is overdue")),
    scene("payments are no costs", olga("what did we pay in may", "8 payments in May 2026, €2,817.64")),
    scene("a vendor is no category", olga("what did we pay telekom in january", "to Telekom", "€77.29", "no: 1 Feb")),
    scene("vendors are whom we buy from", olga("top 3 vendors", "no: Globex", "no: Umbrella", "no: Initech")),
    scene("our invoices are no expense", olga("biggest expense", "Müller & Söhne Bau GmbH 2026-17", "no: Globex")),
    scene("aws", olga("aws", "2 bills from AWS")),
    scene("why overdue", olga("why is acme overdue", "Acme GmbH 2026-058", "22 May 2026", "€949.50")),
    scene("why the customer is overdue", olga("why is globex overdue", "R-2026-04", "8 May 2026", "€4,330.00")),
    scene("a vendor with a number", olga("acme 2026-058", "€1,249.50"), misunderstood="not understood; shows the bill"),
    scene("außer, after a question", olga("was schulden wir", "12.847,00 €"), olga("außer acme", "10.826,50 €"),
          misunderstood="not understood, with “Lade anna@example.com ein”; the question without the Acmes"),
    scene("without, after a question", olga("what do we owe?", "€12,847.00"),
          olga("without the müller söhne one", "€6,897.00"), misunderstood="not understood; the question without them"),
    scene("only over, after a question", olga("what's due?", "16 open bills"), olga("only over 500", "7 open bills"),
          P24_322="draft"),
    scene("half a sentence", olga("paid the", "no: [Paid the]")),
]  # fmt: skip


@pytest.mark.parametrize("wanted", [*IT, *UNDO, *MONEY, *ANSWERED, *WORDS])
async def test_only_what_was_asked_is_done(office: Desk, wanted: Scene):
    entries, steps = latest(office, "entry"), latest(office, "audit")
    for who, said, expected in wanted.lines:
        heard = (await office.say(said, sender=SENDERS[who])).replace("\xa0", " ")
        for words in expected:
            unwanted = words.removeprefix("no: ")
            fits = (words in heard) if words == unwanted else (unwanted not in heard)
            assert fits, f"after “{said}” of {who}, “{words}” does not fit:\n{heard}"
    assert booked_since(office, entries) == wanted.booked
    assert acts_since(office, steps) == wanted.acts
    assert [(number, state(office, number)[0]) for number, _ in wanted.states] == list(wanted.states)
