"""One tree of errors whose text is safe to send to the person who asked.

Whatever is not of this tree is a fault of ours: it is logged with its traceback and the
person gets an apology that says what to do, never the text of the exception.
"""

from handlers.language.translation import say


class BillifyError(Exception):
    """Something could not be done, and `str(error)` tells the person why and what to do next.

    `about` is the id of the bill that the request was about, None for none.
    """

    about: int | None = None


class PlatformLimit(BillifyError):
    """What a platform does not let us do, said in the language that is spoken when it is told: the text is `sayable`,
    `values` fill its blanks."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text, self.values = text, values

    def __str__(self) -> str:
        return say(self.text, **self.values)


class WhichOne(BillifyError):
    """It has to be asked which bill is meant (by `hint`, where something was said); `choices` to choose from are
    (bill id, label) pairs.

    `before` are the words that are asked about, None for those of the message itself.
    """

    def __init__(
        self,
        text: str,
        choices: tuple[tuple[int, str], ...],
        hint: str | None = None,
        before: str | None = None,
    ) -> None:
        super().__init__(text)
        self.choices = choices
        self.hint = hint
        self.before = before


class NotAllowed(BillifyError):
    """The person may not do this."""


class NotUnderstood(BillifyError):
    """The words fit no request."""


class NotFound(BillifyError):
    """There is no such bill, person or document."""


class NotPossible(BillifyError):
    """The request is clear but the state of the ledger forbids it."""


class ReaderUnavailable(BillifyError):
    """The reader died or ran out of time on this document, twice."""
