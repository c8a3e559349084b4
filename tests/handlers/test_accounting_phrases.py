"""What people say of the accounting software that bills are pushed to, in both languages."""

from __future__ import annotations

import pytest

from handlers.language.translation import Language, speaking
from handlers.requests import AccountingSoftware
from handlers.understand.interpreter import understand
from tests.fakes.books.grammar_scene import SCENE

SAID: list[tuple[Language, str, bool]] = [
    ("en", "send the bills to the accounting software again", True),
    ("en", "Please send missing invoices to Lexware again", True),
    ("en", "push the bills again to xero", True),
    ("en", "send all invocies to the accounting software once more", True),
    ("de", "Schick die Rechnungen noch einmal an die Buchhaltungssoftware", True),
    ("de", "bitte übertrage alle Belege nochmal an Xero", True),
    ("de", "Rechnungen nochmal in die Buchhaltung schicken", True),
    ("en", "our accounting software", False),
    ("en", "which bills are in xero?", False),
    ("en", "which accounting software is connected", False),
    ("de", "was ist in Lexware?", False),
    ("de", "welche Buchhaltungssoftware ist verbunden?", False),
    ("de", "zeig mir die buchhaltungssoftware", False),
]


@pytest.mark.parametrize(("language", "said", "again"), SAID)
def test_accounting_software_is_spoken_of(language: Language, said: str, again: bool) -> None:
    with speaking(language):
        assert understand(said, SCENE) == AccountingSoftware(again)
