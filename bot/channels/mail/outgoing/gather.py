"""Several replies to one mail as one mail: whoever sends twenty invoices gets one answer with twenty cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import EmailMessage, MIMEPart

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_FOOT = re.compile(r'<tr><td class="[^"]*\bfoot\b[^>]*>.*?</td></tr>', re.DOTALL)
_CID = re.compile(r"cid:([\w.-]+)")
_BETWEEN = "\n\n" + "-" * 40 + "\n\n"


def gathered(mails: Sequence[EmailMessage]) -> EmailMessage:
    """The first mail with the contents of all, in their order: texts, cards, pictures within, files attached."""
    first = mails[0]
    if len(mails) == 1:
        return first
    texts, bodies = [_content(mail, "plain").strip() for mail in mails], []
    pictures: list[MIMEPart] = []
    files = [part for mail in mails for part in mail.walk() if part.get_content_disposition() == "attachment"]
    for n, mail in enumerate(mails):
        body = _CID.sub(rf"cid:\1-{n}", _inner(_content(mail, "html")))
        bodies.append(body if n == len(mails) - 1 else _FOOT.sub("", body))
        pictures += [_renamed(part, n) for part in mail.walk() if part["Content-ID"]]
    shell = _content(first, "html")
    whole = _BODY.sub(lambda found: found[0].replace(found[1], "\n".join(bodies), 1), shell, count=1)
    first.clear_content()
    first.set_content(_BETWEEN.join(texts) + "\n", cte="quoted-printable")
    first.add_alternative(whole, subtype="html", cte="quoted-printable")
    shown_in = first.get_body(("html",))
    assert shown_in is not None, "it was just added"
    for picture in pictures:
        data = picture.get_payload(decode=True)
        shown_in.add_related(
            data,
            "image",
            picture.get_content_subtype(),
            cid=picture["Content-ID"],
            disposition="inline",
            filename=picture.get_filename(),
        )
    for file in files:
        data = file.get_payload(decode=True)
        maintype, _, subtype = file.get_content_type().partition("/")
        first.add_attachment(data, maintype=maintype, subtype=subtype, filename=file.get_filename())
    return first


def _content(mail: EmailMessage, subtype: str) -> str:
    part = mail.get_body((subtype,))
    assert part is not None, "each of our mails is text and HTML"
    return str(part.get_content())


def _inner(html: str) -> str:
    found = _BODY.search(html)
    return found[1] if found else html


def _renamed(part: MIMEPart, n: int) -> MIMEPart:
    """The picture under a name of its own among those of all mails."""
    name = str(part["Content-ID"]).strip("<>")
    del part["Content-ID"]
    part["Content-ID"] = f"<{name}-{n}>"
    return part
