"""Places that several people read: what is told there, and what the person is told alone."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import (
    Ageing,
    AllowInRoom,
    Balance,
    ChangeWebhook,
    Digest,
    Export,
    ExportAudit,
    FinancialStatements,
    Forecast,
    Income,
    Invite,
    LinkAddress,
    LinkChannel,
    MailLog,
    MakeToken,
    MakeWebhook,
    Movements,
    OnBill,
    OpenIntakeAddress,
    Owed,
    PartyDetails,
    PaymentFile,
    Payments,
    PersonalData,
    Profit,
    Reconcile,
    Reminders,
    SeveralRequests,
    ShowAll,
    ShowOutbox,
    ShowQuarantine,
    ShowSenders,
    ShowTokens,
    ShowWebhooks,
    ShowWebSessions,
    Spend,
    TrialBalance,
    VatReturn,
    WhoDidWhat,
    Why,
)
from storage.messages import rooms

FIGURES = (
    Balance, Forecast, Income, Profit, Spend, Ageing, Owed, Payments, PartyDetails, TrialBalance, VatReturn,
    FinancialStatements, Export,
    Movements,
    Reconcile, PaymentFile, Digest,
)  # fmt: skip
"""What says how the company stands."""
THEIRS_ALONE = (
    Invite, LinkChannel, LinkAddress, Reminders, ShowQuarantine, MailLog, ShowSenders, ShowOutbox, OpenIntakeAddress,
    PersonalData,
    ShowWebSessions, MakeToken, ShowTokens, MakeWebhook, ShowWebhooks, ChangeWebhook, WhoDidWhat, ExportAudit,
)  # fmt: skip
"""What is for the asker alone, whatever the company allows: codes, how they like it, and who writes them mails."""


def allow(session: Session, context: Context, request: AllowInRoom) -> tuple[Reply, ...]:
    """What is allowed here from now on. Raises: NotPossible in a direct chat."""
    if not context.shared:
        raise NotPossible(
            say("We are alone here: I tell you everything. Say it in the channel or group that you mean.")
        )
    allowed = {name: value for name in ("figures", "documents") if (value := getattr(request, name)) is not None}
    rooms.allow(session, context.channel, context.conversation, person_id=context.asker.id, now=context.now, **allowed)
    texts = {
        ("figures", True): say("From now on I answer about balances and the like here, for everybody to read."),
        ("figures", False): say("From now on I answer about balances and the like in direct chats, not here."),
        ("documents", True): say("From now on I read every file that is sent here as a document."),
        ("documents", False): say("From now on I read only files here that are sent to me: mention me beside them."),
    }
    return (Reply("\n".join(texts[name, value] for name, value in allowed.items())),)


def is_private(session: Session, context: Context, request: object) -> bool:
    """Whether the answer goes to the asker alone, since others read where it was asked for."""
    if not context.shared:
        return False
    match request:
        case OnBill():
            return is_private(session, context, request.request)
        case SeveralRequests():
            return any(is_private(session, context, each) for each in request.requests)
        case Why() | ShowAll():
            request = context.last.question
    if isinstance(request, THEIRS_ALONE):
        return True
    allowed = rooms.find_room(session, context.channel, context.conversation).figures
    return isinstance(request, FIGURES) and not allowed


def answered_alone(name: str) -> Reply:
    """To those who read where it was asked, once the answer is sent; or how the asker can be reached."""
    return Reply(
        say("I sent the answer to {name} alone.", name=name),
        unreached=say(
            "I tell that to {name} alone, and cannot write to them yet. Open a direct chat with me, say hello, and ask "
            "there.",
            name=name,
        ),
    )
