"""`billify company flag`: what is switched for one company, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from bot.console.companies import NewCompany, add_company, list_flags, turn_flag
from config.settings import Settings
from handlers.errors import BillifyError
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.models import Audit
from storage.people.access import flags


async def test_a_flag_is_turned_for_one_company_told_and_stands_in_its_audit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(home=tmp_path, mail_port=0)
    await add_company(settings, NewCompany("Mühle", "Bruno"))
    await turn_flag(settings, 2, "language-model", "off")
    for number, shown in ((1, "language-model  on (as usual)"), (2, "language-model  off:")):
        capsys.readouterr()
        await list_flags(settings, number)
        assert shown in capsys.readouterr().out
    database = Database(settings.ledger_url)
    for number, on in ((1, True), (2, False)):
        with acting_for(number), database.reading() as session:
            assert flags.is_on(session, flags.LANGUAGE_MODEL) is on
            turned = session.exec(select(Audit).where(Audit.action == "turned flag")).all()
            assert [step.details for step in turned] == ([] if on else [{"flag": "language-model", "on": False}])
    database.close()


@pytest.mark.parametrize(
    ("number", "name", "state", "said"),
    [
        (1, "time-travel", "on", "no flag “time-travel”. There are: language-model"),
        (1, "language-model", "perhaps", "“on” or “off”"),
        (7, "language-model", "on", "no company 7"),
    ],
)
async def test_what_there_is_not_is_told(tmp_path: Path, number: int, name: str, state: str, said: str) -> None:
    with pytest.raises(BillifyError, match=said):
        await turn_flag(Settings(home=tmp_path, mail_port=0), number, name, state)
