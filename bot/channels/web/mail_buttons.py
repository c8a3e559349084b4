"""Buttons of mails: a link leads to a page that shows what it will do, and asks the person it was sent to once more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from uuid import uuid4

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.channel import Accept
from bot.channels.chatlog import ChatLog, Post
from bot.channels.web.inbox import Inbox, message_key
from bot.channels.web.pages import page
from bot.channels.web.sign_in import Person, SignIn, person_of_session
from handlers.language.translation import Language, language, say, speaking
from handlers.messages import Message, Reply

FORM_BYTES = 4096
_SIGN_IN_MINUTES = 5
"""One mail with a sign-in link at most goes out in so many minutes."""


@dataclass(frozen=True)
class MailButton:
    """A button as it stands in a mail of ours: what it presses (`choice`) and is called, the reply that it stands in
    with its key, and to which mail address and which person that went. `expired`: it is too old to be pressed."""

    choice: str
    label: str
    reply: Reply
    key: str
    address: str
    person_name: str
    expired: bool = False


class MailButtons(Protocol):
    """Knows the buttons behind links, and whose they are."""

    async def find(self, token: str, now: datetime) -> MailButton | None:
        """The button that a link's last part stands for; None for one that is none of ours (any more)."""
        ...

    async def is_for(self, button: MailButton, web_address: str) -> bool:
        """Whether the person of this web address is the one to whom the mail went."""
        ...


@dataclass(frozen=True)
class MailButtonPages:
    """The pages behind the links. `url` is where people reach the chat."""

    buttons: MailButtons
    door: SignIn
    log: ChatLog
    inbox: Inbox
    url: str

    def routes(self) -> list[Route]:
        """Where they stand."""
        return [
            Route("/mail/{token}", self.ask, methods=["GET"]),
            Route("/mail/{token}", self.press, methods=["POST"], max_body_size=FORM_BYTES),
            Route("/mail/{token}/sign-in", self.send_link, methods=["POST"], max_body_size=FORM_BYTES),
        ]

    async def ask(self, request: Request) -> Response:
        """What the button does, and whether that is wanted. Opening it does nothing: programs follow links too."""
        button, person = await self._meant(request), await person_of_session(request, self.door)
        if button is None:
            return page("mail_button.html", state="unknown", status=404)
        theirs = person is not None and await self.buttons.is_for(button, person.address)
        state = "expired" if button.expired else "ask" if theirs else "other" if person else "sign-in"
        with speaking(_language(button)):
            return page(
                "mail_button.html",
                state=state,
                button=button,
                id=str(uuid4()),
                address=_veiled(button.address),
                path=request.url.path,
            )

    async def press(self, request: Request) -> Response:
        """Presses it, as a button in the chat is pressed, where the answer then stands."""
        button, person = await self._meant(request), await person_of_session(request, self.door)
        if button is None or button.expired or person is None or not await self.buttons.is_for(button, person.address):
            return RedirectResponse(request.url.path, status_code=303)  # says why not
        async with request.form(max_fields=5, max_part_size=FORM_BYTES) as form:
            message = _message(button, person, str(form.get("id", "")))
        accept = self._accept()
        shown = replace(message, text=button.label)
        await self.log.write(Post(message.key, "web", person.address, shown, None, message.sent_at))
        await accept(message)
        return RedirectResponse("/", status_code=303)

    async def send_link(self, request: Request) -> Response:
        """Mails a link that signs in to the address that the button was sent to, and then leads back here."""
        button = await self._meant(request)
        if button is None or button.expired:
            return RedirectResponse(request.url.path.removesuffix("/sign-in"), status_code=303)
        now = datetime.now(UTC)
        slot = int(now.timestamp()) // (60 * _SIGN_IN_MINUTES)
        await self._accept()(
            Message(
                key=f"mail:sign-in/{button.address}/{slot}",
                channel="mail",
                conversation=button.address,
                sender=button.address,
                sender_name=button.person_name,
                sent_at=now,
                notice=f"sign-in:{self.url}/enter/{{code}}?next=/mail/{request.path_params['token']}",
            )
        )
        with speaking(_language(button)):
            return page("mail_button.html", state="sent", address=_veiled(button.address))

    async def _meant(self, request: Request) -> MailButton | None:
        return await self.buttons.find(request.path_params["token"], datetime.now(UTC))

    def _accept(self) -> Accept:
        if self.inbox.accept is None:
            raise HTTPException(503, say("Billify is just starting or stopping. Try again in a moment."))
        return self.inbox.accept


def _message(button: MailButton, person: Person, client_id: str) -> Message:
    return Message(
        key=message_key(person, client_id),
        channel="web",
        conversation=person.address,
        sender=person.address,
        sent_at=datetime.now(UTC),
        sender_name=person.name,
        choice=button.choice,
        answers=button.key,
    )


def _language(button: MailButton) -> Language:
    return button.reply.language or language()


def _veiled(address: str) -> str:
    """An address as its owner knows it and nobody learns it from: "a…@example.com"."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
