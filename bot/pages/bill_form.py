"""The filled form of a bill: looked at first, and then served as the same form is that a chat opens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.inbox import Inbox, message_key
from bot.channels.web.page_language import spoken_to
from bot.channels.web.sign_in import Person, signed_in
from bot.pages import bill as bill_page
from bot.pages.stage import Stage
from bot.processing.forms.bill_forms import IN_FORM
from bot.processing.forms.trial import faults_of, tried
from bot.processing.serving import check_rights
from handlers import requests as asked
from handlers.bills.shown.versions import is_outdated, since, step_of
from handlers.button_ids import PressedButton, parse_choice
from handlers.errors import BillifyError
from handlers.language.formats import listed
from handlers.language.translation import say, speaking
from storage.bills import lifecycle
from storage.errors import LedgerError
from storage.people import people

LONGEST = 200


@dataclass(frozen=True)
class Outcome:
    """Why a form is not taken: `faults` by field; `stale` that the bill is not any more what the form was made of."""

    faults: Mapping[str, str]
    stale: str = ""


@dataclass(frozen=True)
class BillForm:
    """Takes what was typed beside a bill."""

    stage: Stage
    inbox: Inbox

    async def save(self, request: Request) -> Response:
        """Hands the corrections in, whose answer comes by the stream of events; where they do not fit, or the bill was
        changed meanwhile, the page says so and keeps what was typed."""
        person = await signed_in(request, self.stage.door)
        async with request.form(max_fields=40, max_part_size=4096) as form:
            said = {name: str(value)[:LONGEST].strip() for name, value in form.items()}
        typed = {name: said[name] for name in IN_FORM if name in said}
        was = {name: said.get(f"was_{name}", "") for name in typed}
        changed = {name: value for name, value in typed.items() if value != was[name]}
        pressed, key = parse_choice(said.get("choice", "")), message_key(person, said.get("id", ""))
        more: dict[str, Any] = {"typed": typed, "was": was}
        with speaking(await spoken_to(request, self.stage.door, person)):
            if pressed is None or pressed.action != "edit" or pressed.target != request.path_params["bill"]:
                return await self.stage.show(request, bill_page.PAGE, status=409, more=more | {"stale": _reload()})
            if not changed:
                return await self.stage.show(request, bill_page.PAGE)
            try:
                outcome = await tried(self.stage.database, lambda session: self._try(session, person, pressed, changed))
            except (BillifyError, LedgerError):  # not theirs, or not there: the page says which
                return await self.stage.show(request, bill_page.PAGE)
            if outcome.stale or outcome.faults:
                more |= {"faults": outcome.faults, "stale": outcome.stale}
                return await self.stage.show(request, bill_page.PAGE, status=409 if outcome.stale else 422, more=more)
            await self.inbox.fill(
                person, key, said["choice"], tuple(changed.items()), say("Save"), said.get("answers", "")
            )
        sent = json.dumps({"sent": {"id": said["id"]}})
        return Response(status_code=202, headers={"HX-Reswap": "none", "HX-Trigger": sent})

    def _try(self, session: Session, person: Person, pressed: PressedButton, filled: Mapping[str, str]) -> Outcome:
        context = self.stage.context(session, person)
        assert pressed.target is not None, "edit is about a bill"
        context = replace(context, bill=lifecycle.find(session, pressed.target).id, key=f"trial/{pressed.target}")
        check_rights(session, context, asked.Amend(()))
        if is_outdated(session, pressed, pressed.target, None):
            return Outcome({}, _changed_by(session, pressed))
        return Outcome(faults_of(session, context, pressed, tuple(filled.items())))


def _changed_by(session: Session, pressed: PressedButton) -> str:
    """That somebody changed it since the form was made, and who."""
    assert pressed.target is not None
    after = since(session, pressed.target, step_of(pressed.version) or 0)
    names = listed(list(dict.fromkeys(people.name_of(session, one.person_id) or say("Billify") for one in after)))
    kept = say("What you typed is still here, with what stands there now; save again to go on.")
    return f"{say('{name} changed this bill meanwhile.', name=names or say('Somebody'))} {kept}"


def _reload() -> str:
    return say("This form is out of date. What you typed is still here; look at it once more, and save again.")
