"""The one Protocol that every channel implements, and what is handed to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from handlers.errors import BillifyError, PlatformLimit
from handlers.messages import Attachment, Message, Reply, reply_key, split_reply_key

Accept = Callable[[Message], Awaitable[None]]
"""Makes a message durable. Returns once it is; only then may a channel acknowledge it to its platform.
A message whose key was seen before is accepted again without effect. Raises: NotAccepted."""


class NotAccepted(Exception):
    """The message could not be made durable now: whoever brings it keeps it, and brings it again.
    It is no refusal, and so no BillifyError."""


class Whose(Protocol):
    """Tells the company of what comes in: what is done in the context that it returns is done for that company."""

    def __call__(
        self, channel: str, address: str, conversation: str = "", places: Sequence[str] = (), text: str = ""
    ) -> AbstractAsyncContextManager[None]:
        """`address` and `conversation` are the sender's, `places` the ways in of ours that it came by (a Slack
        workspace, a mail address), `text` the words, among which may be an invitation's code."""
        ...


def of_the_only(
    channel: str, address: str, conversation: str = "", places: Sequence[str] = (), text: str = ""
) -> AbstractAsyncContextManager[None]:
    """A `Whose` where there is but one company."""
    return nullcontext()


class Files(Protocol):
    """Where bytes lie by their SHA-256 (hex): the document store, as far as channels need it."""

    async def put(self, data: bytes) -> str:
        """Keeps the bytes durably and returns their SHA-256."""
        ...

    async def get(self, sha256: str) -> bytes:
        """The bytes. Raises: FileNotFoundError when nothing is kept under that name."""
        ...


class ChannelMisconfigured(BillifyError):
    """A channel cannot start as it is set up; `str(error)` names the setting and says what to put there."""

    about_settings = True  # so that a log may quote it


class Postponed(Exception):
    """The platform does not take a reply now and may take it later; `str(error)` is what it said.

    It is not tried again at once, as after other errors, but out of the outbox (`storage.messages.outbox`). `away`: the
    platform could not be reached at all, so that others need not be tried now either. `after` are the seconds for which
    it asks to wait, None where it does not say; `lasting` says that somebody has to mend something before.
    """

    def __init__(self, reason: str, *, away: bool = False, after: float | None = None, lasting: bool = False) -> None:
        super().__init__(reason)
        self.away, self.after, self.lasting = away, after, lasting


class Moved(Exception):
    """The conversation goes on under another id of the platform: `old` and `new` are those of the room."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"{old} goes on as {new}")
        self.old, self.new = old, new


class Health(Protocol):
    """Hears how a channel, or one way of it, is; tells the owner elsewhere where it stays bad. Never raises."""

    async def failing(self, reason: str, *, lasting: bool = False) -> None:
        """It does not work now, and is tried again. `lasting`: that will not help before somebody mends something."""
        ...

    async def well(self) -> None:
        """It works. Cheap to say often."""
        ...


class Unwatched:
    """A `Health` that nobody looks at, as in a process that does not listen."""

    async def failing(self, reason: str, *, lasting: bool = False) -> None:
        """See `Health`."""

    async def well(self) -> None:
        """See `Health`."""


HealthOf = Callable[[str], Health]
"""The health of a channel or of one way of it, by its name: "telegram", "mail SMTP"."""


@runtime_checkable
class Completes(Protocol):
    """A channel whose messages lack what is only looked up once they are durable (`Message.lookups`)."""

    async def complete(self, message: Message) -> Message:
        """The message with what was looked up. Raises whatever the platform's library raises, to be tried again."""
        ...


def unwatched(_: str) -> Health:
    """A health that nobody looks at."""
    return Unwatched()


class Undeliverable(PlatformLimit):
    """The platform refuses this reply for good; `str(error)` is what it said. The person hears of it elsewhere."""


@dataclass(frozen=True)
class Outgoing:
    """A reply on its way. `key` is its idempotency key; `message` is what it answers.

    `further` are replies to the same message that go out with it as one, on channels that gather: their keys count on.
    With a `file` only that one of the reply's files is sent (see `Channel.files_apart`). `tried_since` is when it was
    first tried, where that may have arrived although its answer did not: a platform that can tell is asked.
    """

    key: str
    reply: Reply
    message: Message
    further: tuple[Reply, ...] = ()
    file: int | None = None
    tried_since: datetime | None = None

    def parts(self) -> tuple[Outgoing, ...]:
        """Each reply by itself, with its own key."""
        if self.file is not None:
            return (self,)
        message_key, n = split_reply_key(self.key)
        replies = (self.reply, *self.further)
        return tuple(Outgoing(reply_key(message_key, n + i), reply, self.message) for i, reply in enumerate(replies))


class Channel(Protocol):
    """A platform on which people talk to Billify.

    The web process runs `listen`; a worker, perhaps on another machine, calls the rest. A channel keeps
    no state that both would need: what must be shared is in the ledger's database or with the platform.
    """

    name: str
    """The first part of each message key and of each identity: "telegram", "mail"…"""

    edits: bool
    """Whether a sent message can be changed in place. Where it cannot, no status is shown while reading."""

    gathers: bool
    """Whether all replies to a message go out as one, as by mail: nobody wants twenty mails in answer to one."""

    async def listen(self, accept: Accept) -> None:
        """Brings messages in until cancelled. Reconnects by itself; raises only for wrong configuration."""
        ...

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes behind `attachment.handle`.

        Raises: handlers.errors.BillifyError when the platform no longer has them, is too large, …
        """
        ...

    def files_apart(self, reply: Reply) -> Sequence[int]:
        """Which files of a reply go out after it, each as a message of its own (`Outgoing.file`); others go with it."""
        ...

    async def send(self, outgoing: Outgoing) -> str:
        """Sends a reply to the conversation of its message; returns the platform's id of what was sent.

        Raises: Postponed, Undeliverable, Moved; whatever else the platform's library raises.
        """
        ...

    async def edit(self, sent_id: str, outgoing: Outgoing) -> str:
        """Shows the reply in place of one sent earlier; returns the id it now has. Harmless to repeat.

        Where that can no longer be changed, it is sent anew, unless it is quiet.
        """
        ...

    async def close(self) -> None:
        """Ends connections. Harmless to call twice, or when nothing was opened."""
        ...
