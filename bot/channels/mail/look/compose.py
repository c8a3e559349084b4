"""An answer of ours as a mail: its headers, and its parts in the order that mail programs expect."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from bot.channels.channel import Outgoing
from bot.channels.mail.inbound import parent_id, root_id
from bot.channels.mail.look.letterhead import Letterhead
from bot.channels.mail.look.render import Enclosed, render
from bot.channels.mail.marks.reply_tokens import ReplyTokens
from handlers.language.translation import say, speaking
from handlers.messages import Attachment, Reply

_PICTURE_ID = "page"
_SHOWN = ("image/png",)
"""What of a reply's files stands in the mail itself: charts and payment codes, which we draw."""


class _Policy(EmailPolicy):
    """Breaks lines of message ids between ids only.

    The standard one encodes an id that does not fit on a line as RFC 2047 words, and no thread is found by those.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in ("message-id", "in-reply-to", "references"):
            return f"{name}: {f'{self.linesep} '.join(value.split())}{self.linesep}".encode("ascii")
        return bytes(super().fold_binary(name, value))


SMTP = _Policy(linesep="\r\n")
"""How a mail is written for the network; with `linesep="\\n"` for a file."""


def compose(
    outgoing: Outgoing,
    *,
    letterhead: Letterhead,
    seals: ReplyTokens,
    picture: bytes | None,
    files: list[tuple[Attachment, bytes]],
    now: datetime,
) -> EmailMessage:
    """The mail that carries a reply: plain text and HTML, pictures within, other files attached.

    `picture` is the PNG of the reply's card, None where it has none. The answer goes to the address
    that is the sender's identity (never to Reply-To), and is marked as automatic (RFC 3834, section 3.1.7).
    """
    inbound = outgoing.message
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("Billify", addr_spec=letterhead.address)
    local, _, domain = inbound.sender.rpartition("@")  # whole, "a..b@…" would be refused, which people do have
    mail["To"] = Address(_one_line(inbound.sender_name), username=local, domain=domain)
    with speaking(outgoing.reply.language):
        mail["Subject"] = _notice_subject(outgoing.reply) if inbound.notice else reply_subject(inbound.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{seals.message_id(outgoing.key, inbound.sender, inbound.sent_at)}>"
    if answer_to := letterhead.answer_address(seals.mark(outgoing.key, inbound.sender, inbound.sent_at)):
        mail["Reply-To"] = Address("Billify", addr_spec=answer_to)
    thread = dict.fromkeys(id_ for id_ in (root_id(inbound), parent_id(inbound)) if id_)
    if thread and not inbound.notice:
        mail["In-Reply-To"] = f"<{list(thread)[-1]}>"
        mail["References"] = " ".join(f"<{id_}>" for id_ in thread)
    mail["Auto-Submitted"] = "auto-generated" if inbound.notice else "auto-replied"
    mail["X-Auto-Response-Suppress"] = "All"

    within = {f"file{n}": file for n, file in enumerate(files) if file[0].media_type in _SHOWN}
    attached = [file for file in files if file[0].media_type not in _SHOWN]
    names = tuple(attachment.name for attachment, _ in attached)
    enclosed = Enclosed(_PICTURE_ID if picture else "", tuple(within), names)
    text, html = render(outgoing, letterhead, enclosed, seals)
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    if picture:
        within = {_PICTURE_ID: (Attachment("page.png"), picture)} | within
    for cid, (attachment, data) in within.items():
        shown_in = mail.get_body(("html",))
        assert shown_in is not None
        shown_in.add_related(data, "image", "png", cid=f"<{cid}>", disposition="inline", filename=attachment.name)
    for attachment, data in attached:
        maintype, _, subtype = attachment.media_type.partition("/")
        mail.add_attachment(data, maintype=maintype, subtype=subtype, filename=attachment.name)
    return mail


def reply_subject(subject: str) -> str:
    """The subject of an answer: "Re: " once, whatever the mail's was."""
    plain = _one_line(subject)[:150]
    return plain if plain.lower().startswith("re:") else f"Re: {plain or say('your message')}"


def _notice_subject(reply: Reply) -> str:
    """The subject of what nobody asked for: its first words, or what its card is about."""
    first = next(iter(reply.text.splitlines()), "") or (reply.card.title if reply.card else "")
    return _one_line(first)[:150].rstrip(":") or "Billify"


def _one_line(text: str) -> str:
    return " ".join(text.split())
