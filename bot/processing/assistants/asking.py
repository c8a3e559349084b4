"""What an assistant's tool, or words that it passes on, ask for: answered, or proposed where it changes anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from bot.processing.answering import answer_request
from bot.processing.dispatch import HANDLERS
from bot.processing.scene import request_of_text, scene_of
from handlers import requests as asked
from handlers.context import Context
from handlers.errors import NotUnderstood
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.understand.model import direct
from handlers.understand.model.offered import QUESTIONS, acts, offered
from handlers.understand.model.tools import tools
from storage.bills import lifecycle

IN_WORDS = "in_words"
"""The tool that takes what a person said, as they said it."""
_LONGEST = 1000
NOT_HERE = (
    asked.Export, asked.ShowOriginal, asked.PaymentCode, asked.Greeting, asked.Thanks, asked.Help, asked.Why,
    asked.ShowAll, asked.Invite, asked.AssignRole, asked.RemovePerson, asked.LeaveCompany, asked.HandOver,
    asked.ErasePerson, asked.PersonalData, asked.SwitchCompany, asked.AllowSelfApproval,
)  # fmt: skip
"""Questions whose answer is a file, which goes to people, or that lean on what was said before; and who belongs to the
company with which rights, which is nothing that a program brings up."""


@dataclass(frozen=True)
class Asked:
    """What is asked for, about which bill (None: it names its own); `sentence` is what a button for it says, "" for a
    question."""

    request: object
    bill: int | None = None
    sentence: str = ""


def tools_of_assistants(*, proposing: bool) -> list[dict[str, Any]]:
    """Every tool as {"name", "description", "parameters" (JSON schema), "changes"}; those that change anything only
    where one may propose. `bill_id` says which bill is meant by its id, where its name would not tell."""
    served = {name: kind for name, kind in offered().items() if kind in HANDLERS and kind not in NOT_HERE}
    found = []
    for tool in (each["function"] for each in tools(HANDLERS.keys())):
        kind = served.get(tool["name"])
        if kind is None or (_may_change(kind) and not proposing):
            continue
        parameters = tool["parameters"]
        properties = {**parameters["properties"], "bill_id": {"type": "integer", "minimum": 1}}
        about = {**parameters, "properties": properties} if "bill_hint" in parameters["properties"] else parameters
        found.append({**tool, "parameters": about, "changes": _may_change(kind)})
    text = {"type": "string", "minLength": 1, "maxLength": _LONGEST, "description": "in English or German"}
    words = {"type": "object", "properties": {"text": text}, "required": ["text"], "additionalProperties": False}
    told = "Ask or propose anything in plain words, as the person said it. For what no other tool fits."
    return [{"name": IN_WORDS, "description": told, "parameters": words, "changes": proposing}, *found]


def asked_by_tool(session: Session, context: Context, name: str, arguments: Mapping[str, Any]) -> Asked:
    """What a call of a tool asks for. Raises: NotUnderstood; NoSuchBill."""
    if name == IN_WORDS:
        return _in_words(session, context, arguments)
    arguments = dict(arguments)
    bill = _bill(session, arguments.pop("bill_id", None), name)
    call = direct.checked(name, arguments)
    if call.request not in HANDLERS or call.request in NOT_HERE:
        raise NotUnderstood(_no_tool(name))
    context = replace(context, bill=bill)
    scene = scene_of(session, context, *direct.texts_of(call, context.currency))
    request = direct.request_of_call(call, scene)
    if not acts(request):
        return Asked(request, bill)
    meant, sentence = direct.sentence_for(request, scene)
    return Asked(meant, bill, sentence)


def answered(session: Session, context: Context, asks: Asked) -> tuple[Reply, ...]:
    """The answer to a question, past all rights; of a change the card by which it is proposed, past the rights that it
    itself needs. Raises: BillifyError; LedgerError."""
    request = asked.Proposed(asks.request, asks.sentence) if asks.sentence else asks.request
    return answer_request(session, replace(context, bill=asks.bill), request)


def _in_words(session: Session, context: Context, arguments: Mapping[str, Any]) -> Asked:
    text = arguments.get("text")
    if set(arguments) != {"text"} or not isinstance(text, str) or not 0 < len(text.strip()) <= _LONGEST:
        raise NotUnderstood(say("Give what the person said in the field text, and nothing else."))
    understood = request_of_text(session, context, text)
    bill = understood.bill if isinstance(understood, asked.OnBill) else None
    request: Any = understood.request if isinstance(understood, asked.OnBill | asked.Proposed) else understood
    sentence = understood.sentence if isinstance(understood, asked.Proposed) else text.strip()
    parts = request.requests if isinstance(request, asked.SeveralRequests) else (request,)
    for each in parts:
        inner = each.request if isinstance(each, asked.OnBill | asked.Proposed) else each
        if type(inner) in _ANSWERED:
            continue
        if type(inner) not in offered().values() or type(inner) in NOT_HERE or type(inner) not in HANDLERS:
            raise NotUnderstood(say("This only people say, in a chat with me. Ask the person to do that."))
        if acts(inner) and len(parts) > 1:
            raise NotUnderstood(say("Propose one thing at a time."))
    if type(request) in _ANSWERED or isinstance(request, asked.SeveralRequests):
        return Asked(request)
    return Asked(request, bill, sentence if acts(request) else "")


_ANSWERED = (asked.Unclear, asked.Unknown, asked.NotOffered)
"""What is only answered with how to say it."""


def _bill(session: Session, given: object, name: str) -> int | None:
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool) or not 0 < given < 2**31:
        raise NotUnderstood(say("“{value}” is no bill's id ({name}).", value=str(given)[:40], name=name))
    return lifecycle.find(session, given).id


def _may_change(kind: type[Any]) -> bool:
    """Whether any request of that kind changes something."""
    return kind in (asked.Reminders, asked.Digest) or not issubclass(kind, QUESTIONS)


def _no_tool(name: str) -> str:
    return say("There is no tool “{name}”. The list of tools says what there is.", name=name)
