"""Tools of assistants: which there are, and calls of them, in the name of a token's person."""

from __future__ import annotations

from fastapi import APIRouter
from sqlmodel import Session, select
from starlette.responses import Response

from bot.api.assistant.shapes import Told, ToolCall, Tools, WhereToConfirm, told
from bot.api.call import Call, Reading, Writing
from bot.api.work import Answer
from bot.processing.assistants.asking import IN_WORDS, answered, asked_by_tool, tools_of_assistants
from bot.processing.assistants.proposals import place_of_proposals, proposal_message
from bot.processing.outside import MadeOutside
from handlers import requests as asked
from handlers.context import Context
from handlers.errors import NotAllowed, NotUnderstood
from handlers.language.translation import Language, language, say, speaking
from handlers.messages import Message
from handlers.understand.text.language_of_text import language_of
from storage.models import AccessToken

router = APIRouter(prefix="/assistant", tags=["assistant"])
PROPOSES = "assistant:write"
"""The scope with which changes may be proposed; questions need assistant:read."""


@router.get("/tools", response_model=Tools, operation_id="list_tools")
async def tools(call: Reading) -> Response:
    """What can be asked for. What changes anything is among it where the token may propose."""
    found = tools_of_assistants(proposing=PROPOSES in call.caller.scopes)
    return await call.read(asked.Help(), lambda session, context: Tools.model_validate({"tools": found}))


@router.post("/calls", response_model=Told, operation_id="call_tool")
async def called(call: Writing, said: ToolCall) -> Response:
    """Answers a question, or proposes a change: the token's person has a card then, whose button does it. Nothing that
    is called here changes the books."""

    def shape(session: Session, context: Context) -> Told:
        with speaking(_language(said)):
            return served(session, context)

    def served(session: Session, context: Context) -> Told:
        asks = asked_by_tool(session, context, said.tool, said.arguments)
        if asks.sentence and PROPOSES not in call.caller.scopes:
            raise NotAllowed(_lacking(PROPOSES))
        try:
            replies = answered(session, context, asks)
        except MadeOutside:
            raise NotUnderstood(_makes_files()) from None
        if not asks.sentence:
            return told(replies, None)
        place = place_of_proposals(session, context)
        page = f"/bills/{asks.bill}" if asks.bill is not None else "/"
        sent_to = place.channel if place else None
        return told(replies, WhereToConfirm(sentence=asks.sentence, bill=asks.bill, sent_to=sent_to, page=page))

    async def send(answer: Answer) -> None:
        made = Told.model_validate_json(answer.body)
        if made.confirm and (message := await call.work.database.read(_card, call, made.confirm, answer.key)):
            await call.work.hand_in(message)

    return await call.change(None, shape, steps=False, then=send)


def _language(said: ToolCall) -> Language:
    """Words are answered in their language, tools in that of the call."""
    words = said.arguments.get("text")
    found = language_of(words) if said.tool == IN_WORDS and isinstance(words, str) else None
    return found or language()


def _card(session: Session, call: Call, confirm: WhereToConfirm, key: str) -> Message | None:
    """The message by which the person is shown what is proposed."""
    context = call.work.context(session, call.work.message(call.caller, key))
    by = session.exec(select(AccessToken.name).where(AccessToken.id == call.caller.token_id)).one()
    return proposal_message(session, context, confirm.sentence, confirm.bill, by, key)


def _lacking(scope: str) -> str:
    return say("This token lacks the scope {scope}. Make one that has it, or ask whoever made it.", scope=scope)


def _makes_files() -> str:
    return say("This makes files, which only people are given. Ask the person to say it in a chat.")
