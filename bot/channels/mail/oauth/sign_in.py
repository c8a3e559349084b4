"""What a person goes through once: with a code on any device (RFC 8628), or in this machine's browser (RFC 8252)."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import urlencode

from aiohttp import web

from bot.channels.mail.oauth.services import OAuthService
from bot.channels.mail.oauth.token_endpoint import Denied, Granted, ServiceAway, ask, tokens
from handlers.errors import BillifyError

Tell = Callable[[str, str], None]
"""Shows a person the address to open and the code to enter there ("" for none)."""

_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"


class SignInFailed(BillifyError):
    """Nobody signed in; the text says why and what to do."""


async def sign_in(service: OAuthService, user: str, tell: Tell, port: int = 0) -> Granted:
    """Waits until a person signed in as `user`. The browser comes back to `port`, where it has to be one that was
    registered (0: any). Raises: SignInFailed."""
    try:
        granted = await (_device(service, tell) if service.device_url else _browser(service, user, tell, port))
    except Denied as error:
        raise SignInFailed(f"{service.title} let nobody in: {error}. Please try again.") from error
    except ServiceAway as error:
        raise SignInFailed(f"{service.title} cannot be reached ({error}). Please try again later.") from error
    if not granted.refresh:
        raise SignInFailed(
            f"{service.title} lets us in for an hour only. Allow the application offline access, and try again."
        )
    return granted


async def _device(service: OAuthService, tell: Tell) -> Granted:
    begun = await ask(service.device_url, {"client_id": service.client_id, "scope": service.scope})
    tell(str(begun.get("verification_uri") or begun.get("verification_url")), str(begun["user_code"]))
    pause = float(begun.get("interval") or 5)
    fields = _client(service) | {"grant_type": _DEVICE_GRANT, "device_code": str(begun["device_code"])}
    async with asyncio.timeout(float(begun.get("expires_in") or 900)):
        while True:
            await asyncio.sleep(pause)
            try:
                return await tokens(service.token_url, fields)
            except Denied as error:
                if error.code == "slow_down":
                    pause += 5
                elif error.code != "authorization_pending":
                    raise
            except ServiceAway:  # the network for a moment: the code is good for minutes
                continue


async def _browser(service: OAuthService, user: str, tell: Tell, fixed: int) -> Granted:
    """The browser comes back to a port of this machine with a code, which only we can use (PKCE, RFC 7636)."""
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    answered: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()

    async def back(request: web.Request) -> web.Response:
        if secrets.compare_digest(request.query.get("state", ""), state) and not answered.done():
            answered.set_result(dict(request.query))
        return web.Response(text="You can close this window and go back to the terminal.\n")

    application = web.Application()
    application.router.add_get("/", back)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", fixed)
        await site.start()
        port = runner.addresses[0][1]
        here = f"http://{'localhost' if fixed else '127.0.0.1'}:{port}/"
        challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": service.client_id, "redirect_uri": here, "response_type": "code", "scope": service.scope,
            "state": state, "code_challenge": challenge, "code_challenge_method": "S256", "login_hint": user,
            "access_type": "offline", "prompt": "consent",
        }  # fmt: skip
        tell(f"{service.authorize_url}?{urlencode(asked)}", "")
        async with asyncio.timeout(900):
            answer = await answered
    finally:
        await runner.cleanup()
    if "code" not in answer:
        raise Denied(answer.get("error", "no code"), answer.get("error_description", ""))
    fields = {"grant_type": "authorization_code", "code": answer["code"], "redirect_uri": here}
    return await tokens(service.token_url, _client(service) | fields | {"code_verifier": verifier})


def _client(service: OAuthService) -> dict[str, str]:
    secret = {"client_secret": service.client_secret} if service.client_secret else {}
    return {"client_id": service.client_id} | secret
