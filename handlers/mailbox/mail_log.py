"""What became of mails: "what happened to Anna's mail yesterday?", "mails today"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import moment
from handlers.language.translation import say, say_count
from handlers.mailbox.fates import fate
from handlers.messages import Reply
from handlers.requests import MailLog
from handlers.rights import permitted
from handlers.wording import period_names
from storage.mail import mail_log
from storage.mail.mail_log import KEPT_FOR
from storage.models import MailRecord, Permission
from storage.people import people

MOST_LINES = 15
LATELY = timedelta(days=7)
SEARCHED = 500


def show_mail_log(session: Session, context: Context, request: MailLog) -> tuple[Reply, ...]:
    """Each mail of that time and sender with what became of it, latest first; who may see no others' sees their own."""
    until = request.until or context.today
    asked_back = context.today - (KEPT_FOR if request.who or request.mine else LATELY)
    since = request.since or asked_back
    mine = request.mine or not permitted.may(session, context, Permission.SEE_MAIL)
    found = _found(session, context, request.who, since, until, mine)
    asked = request.since or request.until
    when = period_names.days(since, until, context.today) if asked else ""
    if not found:
        return (Reply(_none(context, request, since)),)
    head = say_count("{n} mail:", "{n} mails:", len(found))
    if when:
        head = say_count("{n} mail ({when}):", "{n} mails ({when}):", len(found), when=when)
    lines = [_line(session, context, record) for record in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines.append(say("… and {n} more.", n=len(found) - MOST_LINES))
    return (Reply("\n".join([head, *lines])),)


def _found(session: Session, context: Context, who: str, since: date, until: date, mine: bool) -> list[MailRecord]:
    begin, end = _start(context, since), _start(context, until + timedelta(days=1))
    if mine:
        own = mail_log.arrived_between(session, begin, end, person_id=context.asker.id, most=SEARCHED)
        return [record for record in own if not who or _fits(record, who)]
    if not who:
        return mail_log.arrived_between(session, begin, end, most=SEARCHED)
    for name in dict.fromkeys((who, who.removesuffix("s"))):  # "annas", in German without an apostrophe
        known = people.find_called(session, name)
        person = known[0].id if len(known) == 1 else None
        if found := mail_log.arrived_between(session, begin, end, senders=(name,), person_id=person, most=SEARCHED):
            return found
    return []


def _fits(record: MailRecord, who: str) -> bool:
    return who.casefold() in f"{record.sender} {record.sender_name} {record.subject}".casefold()


def _start(context: Context, on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=context.zone)


def _line(session: Session, context: Context, record: MailRecord) -> str:
    at = moment(record.arrived_at.astimezone(context.zone))
    who = record.sender_name or record.sender or say("nobody")
    subject = say("“{subject}”", subject=record.subject) if record.subject else say("without a subject")
    again = " " + say_count("(came {n} more time)", "(came {n} more times)", record.repeats) if record.repeats else ""
    return f"• {at} · {who} · {subject}: {fate(session, record)}{again}."


def _none(context: Context, request: MailLog, since: date) -> str:
    if context.today - since > KEPT_FOR:
        return say("I know of no such mail. I keep the log of mails for 90 days.")
    if request.who:
        return say("No mail of “{who}” arrived in that time. Was it sent to my address?", who=request.who)
    return say("No mail arrived in that time.")
