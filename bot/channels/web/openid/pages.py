"""Signing in at a company's identity provider: there, and back."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web import begun
from bot.channels.web.begun import Begun
from bot.channels.web.openid.asking import ProviderFault
from bot.channels.web.openid.flow import Denied, Flow, Vouched, one_line
from bot.channels.web.openid.people import VouchedPeople
from bot.channels.web.openid.provider import IdentityProvider
from bot.channels.web.sign_in import LockedOut, SignIn, take_in, visitor_of
from bot.channels.web.ways_in import WaysIn
from config.plain_text import plain_text
from handlers.language.translation import say

log = logging.getLogger(__name__)

LONGEST_CODE, LONGEST_ADDRESS = 4096, 254


class _Refused(Exception):
    """Nobody is let in; `str(error)` says why and what to do."""


@dataclass(frozen=True)
class OpenIdPages:
    """`flows` are those of the providers by name; `url` is where people reach us."""

    flows: Mapping[str, Flow]
    people: VouchedPeople
    door: SignIn
    ways: WaysIn
    url: str

    def routes(self) -> list[Route]:
        """There and back, both followed as links."""
        return [Route("/openid/{name}", self.there), Route("/openid/{name}/back", self.back)]

    async def there(self, request: Request) -> Response:
        """Sends the browser to the provider, once it is where the provider sends it back to: cookies are of a host."""
        flow = self._flow(request)
        if request.headers.get("host", "").lower() != urlsplit(self.url).netloc.lower():
            return RedirectResponse(f"{self.url}/openid/{flow.provider.name}", status_code=303)
        started = begun.begin(request.session, _purpose(flow.provider), self.people.clock())
        try:
            return RedirectResponse(await flow.address(started), status_code=303)
        except ProviderFault as error:
            return self._fault(request, flow.provider, error)

    async def back(self, request: Request) -> Response:
        """Signs in whom the provider vouches for."""
        flow = self._flow(request)
        started = begun.take(request.session, _purpose(flow.provider))
        try:
            code = await self._code(request, flow.provider, started)
            assert started is not None
            vouched = await flow.vouched(code, started, self.people.clock())
            token = await self._token(request, flow.provider, vouched)
        except ProviderFault as error:
            return self._fault(request, flow.provider, error)
        except LockedOut as locked:
            return self.ways.show(request, "locked", status=429, minutes=locked.minutes)
        except Denied as error:
            return self._no(request, _denied(flow.provider, str(error)))
        except _Refused as refused:
            return self._no(request, str(refused))
        await take_in(request, self.door, token)
        return RedirectResponse("/", status_code=303)

    async def _code(self, request: Request, provider: IdentityProvider, started: Begun | None) -> str:
        """The code that came back, where this browser had begun and nobody came back so before (RFC 6749, 10.12)."""
        said = {name: request.query_params.get(name, "") for name in ("state", "code", "error", "iss")}
        known = started is not None and hmac.compare_digest(said["state"].encode(), started.text("state").encode())
        if started is None or not known or not await self.people.spend(started):
            raise _Refused(say("That took too long, or was begun in another window. Please sign in once more."))
        if said["iss"] and said["iss"] != provider.issuer:  # another provider's answer (RFC 9207)
            raise ProviderFault(f"the answer is of {said['iss']}")
        if said["error"] or not 0 < len(said["code"]) <= LONGEST_CODE:
            raise Denied(one_line(request.query_params.get("error_description") or said["error"] or "no code"))
        return said["code"]

    async def _token(self, request: Request, provider: IdentityProvider, vouched: Vouched) -> str:
        """The session of who is vouched for. Raises: _Refused, LockedOut."""
        address = plain_text(vouched.address)
        if not vouched.verified or "@" not in address or len(address) > LONGEST_ADDRESS:
            raise _Refused(
                say(
                    "{provider} does not say that your mail address is confirmed. Ask whoever runs it to confirm it "
                    "(email_verified), or come in by a link.",
                    provider=provider.title,
                )
            )
        if not provider.vouches_for(address):
            raise _Refused(
                say(
                    "{provider} lets in addresses of {domains}, and {address} is none. Sign in there as somebody else, "
                    "or come in by a link.",
                    provider=provider.title,
                    domains=", ".join(provider.domains),
                    address=address,
                )
            )
        token = await self.people.enter(provider, vouched, visitor_of(request))
        if token is None:
            log.warning("%s vouched for somebody whom nobody here knows", provider.name)
            raise _Refused(
                say(
                    "Nobody here goes by {address}. Ask whoever owns the books to say “invite {address}” in the chat, "
                    "then sign in again.",
                    address=address,
                )
            )
        return token

    def _flow(self, request: Request) -> Flow:
        found = self.flows.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404, say("There is no such way in. Go back and choose another."))
        return found

    def _fault(self, request: Request, provider: IdentityProvider, error: ProviderFault) -> Response:
        log.warning("Nobody can sign in by %s: %s", provider.name, error)
        text = say(
            "{provider} does not answer as it should. Try again later, or come in by a link.", provider=provider.title
        )
        return self._no(request, text, 502)

    def _no(self, request: Request, text: str, status: int = 403) -> Response:
        return self.ways.show(request, "refused", status=status, text=text)


def _purpose(provider: IdentityProvider) -> str:
    return f"openid {provider.name}"


def _denied(provider: IdentityProvider, words: str) -> str:
    return say(
        "{provider} did not let you in: {words}. Try again, or come in by a link.", provider=provider.title, words=words
    )
