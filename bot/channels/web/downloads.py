"""Files on their way to the browser: only those of the person's own posts, and never as active content."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from itsdangerous import Signer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.channel import Files
from bot.channels.web.pages import Link
from bot.channels.web.sign_in import SignIn, signed_in
from handlers.language.translation import say
from handlers.messages import Attachment
from storage.sealing.signing_keys import SigningKeys

# Types that browsers show without running anything in them, by their first bytes. All else is a download.
PASSIVE = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


@dataclass(frozen=True)
class Downloads:
    """Hands out links to files, and the files to whom a link was handed.

    A link is signed for one person when one of their posts is rendered; so it proves that a post of theirs refers to
    the file, without reading the log again for every picture.
    """

    files: Files
    door: SignIn
    secret: SigningKeys

    def links(self, address: str) -> Link:
        """The function that makes links for the person of this address."""

        def link(attachment: Attachment) -> str:
            query = {"name": attachment.name, "grant": self._grant(address, attachment.sha256, attachment.name)}
            return f"/file/{attachment.sha256}?{urlencode(query)}"

        return link

    async def serve(self, request: Request) -> Response:
        """One file. Raises: HTTPException 401 when not signed in, 404 when it is not for this person or not kept."""
        person = await signed_in(request, self.door)
        sha256, name = request.path_params["sha256"], request.query_params.get("name", "")
        if not self._signer.verify_signature(
            _claim(person.address, sha256, name), request.query_params.get("grant", "")
        ):
            raise HTTPException(404, say("There is no such file in your conversation."))
        try:
            data = await self.files.get(sha256)
        except FileNotFoundError:
            raise HTTPException(404, say("This file is no longer kept.")) from None
        except OSError as error:
            raise HTTPException(
                503, say("The file cannot be fetched just now. Please try again in a minute.")
            ) from error
        return _response(data, name)

    def _grant(self, address: str, sha256: str | None, name: str) -> str:
        return self._signer.get_signature(_claim(address, sha256, name)).decode()

    @property
    def _signer(self) -> Signer:
        return Signer(reversed(self.secret.accepted()), salt="billify.web.file")


def _claim(address: str, sha256: str | None, name: str) -> str:
    return f"{address}\n{sha256}\n{name}"


def passive_type(data: bytes) -> str | None:
    """The media type to show these bytes as, judged by their first bytes; None when they are only to be saved."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in PASSIVE if data.startswith(start)), None)


def _response(data: bytes, name: str) -> Response:
    kind = passive_type(data)
    disposition = "inline" if kind else "attachment"
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name or 'file', safe='')}",
        "Cache-Control": "private, max-age=31536000, immutable",  # the name is the content's hash
    }
    return Response(data, media_type=kind or "application/octet-stream", headers=headers)
