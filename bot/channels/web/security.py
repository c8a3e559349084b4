"""What every request must pass: it comes to an address of ours, and from a page of ours.

Together with the headers set here this keeps other sites in the same browser out: DNS rebinding (Host), forged
posts (Origin and Fetch Metadata), foreign scripts (Content-Security-Policy) and framing.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from itsdangerous import TimestampSigner
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels import problems
from storage.sealing.signing_keys import SigningKeys

SESSION_DAYS = 30
"""For how long a cookie counts."""

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it browsers send "Origin: null" with our own forms (Fetch standard, section 3.1).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def own_addresses(host: str, port: int, public_url: str) -> frozenset[str]:
    """Values of the Host header (host:port, in lower case) that mean this server."""
    name = f"[{host}]" if ":" in host else host.lower()
    hosts = {*LOOPBACK, name}
    own = {f"{each}:{port}" for each in hosts}
    if port == 80:  # browsers leave the default port out
        own |= hosts
    if public_url:
        own.add(urlsplit(public_url).netloc.lower())
    return frozenset(own)


def is_loopback(host_header: str) -> bool:
    """Whether a Host header names this very machine, which no scanner of links elsewhere can reach."""
    hostname = urlsplit(f"//{host_header}").hostname or ""
    if hostname == "localhost":
        return True
    try:
        return ip_address(hostname).is_loopback
    except ValueError:
        return False


class SecurityMiddleware:
    """ASGI middleware: refuses strangers, and sets the security headers on whatever is answered."""

    def __init__(self, app: ASGIApp, addresses: frozenset[str]) -> None:
        self.app = app
        self.addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 421 (not our address) or 403 (not from our page)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-cache" if scope["path"].startswith("/static/") else "no-store")
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope), scope["path"].startswith(problems.API))
        await (refusal or self.app)(scope, receive, send_with_headers)

    def _refusal(self, method: str, headers: Headers, api: bool) -> Response | None:
        if headers.get("host", "").lower() not in self.addresses:
            text = (
                "This is not an address of Billify's. Open the one that it printed, or set BILLIFY_WEB_URL to this one."
            )
            return problems.problem(421, text) if api else PlainTextResponse(text + "\n", status_code=421)
        if method not in ("GET", "HEAD") and not self._from_own_page(headers):
            text = "This came from another site. Reload the page and try again."
            return problems.problem(403, text) if api else JSONResponse({"error": text}, 403)
        return None

    def _from_own_page(self, headers: Headers) -> bool:
        """Browsers say where a post comes from; a program that is no browser carries no one's cookie unasked."""
        origin = headers.get("origin")
        own = origin is None or urlsplit(origin).netloc.lower() in self.addresses
        return own and headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


class SignedCookies(SessionMiddleware):
    """Cookies, signed by the key that signs now, and read by all that count: HttpOnly, and SameSite=Lax.

    Lax rather than Strict: a link in a reminder's mail must find the person signed in; and nothing is changed by a
    GET, while each POST is checked for its origin. Cookies know no ports, hence the port in the name.
    """

    def __init__(self, app: ASGIApp, keys: SigningKeys, port: int, https: bool) -> None:
        super().__init__(
            app,
            secret_key="",  # each request asks for the keys anew
            session_cookie="__Host-billify" if https else f"billify-{port}",
            max_age=SESSION_DAYS * 24 * 3600,
            same_site="lax",
            https_only=https,
        )
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See `SessionMiddleware`."""
        self.signer = TimestampSigner([key.hex() for key in reversed(self._keys.accepted())])
        await super().__call__(scope, receive, send)
