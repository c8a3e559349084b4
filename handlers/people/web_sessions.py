"""Where somebody is signed in on the web, and signing out there from anywhere."""

from __future__ import annotations

import re

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.formats import moment
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import EndWebSessions, ShowWebSessions
from storage.models import WebSession
from storage.people import web_sessions

_BROWSERS = (
    ("Edge", r"\bEdg"), ("Opera", r"\bOPR/"), ("Firefox", r"\b(Firefox|FxiOS)/"), ("Chrome", r"\b(Chrome|CriOS)/"),
    ("Safari", r"\bSafari/"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac", "Macintosh"),
    ("Linux", "Linux"),
)  # fmt: skip
"""What browsers and systems are called, by what stands in their User-Agent; the first that fits, since those below are
named in the ones above as well."""


def browser_name(agent: str) -> str:
    """A browser as people call it, by its User-Agent: "Firefox, Linux"."""
    found = (next((name for name, mark in known if re.search(mark, agent)), None) for known in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found)) or say("A browser")


def show(session: Session, context: Context, _: ShowWebSessions) -> tuple[Reply, ...]:
    """Where the asker is signed in, numbered as it can be ended."""
    known = web_sessions.sessions_of(session, context.asker.id, now=context.now)
    if not known:
        return (Reply(say("You are signed in nowhere on the web.")),)
    lines = [f"{n}. {_described(context, each)}" for n, each in enumerate(known, 1)]
    ask = say("“sign me out everywhere” ends all of them, “sign out 1” the first.")
    return (Reply("\n".join([say("You are signed in on the web here:"), *lines, ask])),)


def end(session: Session, context: Context, request: EndWebSessions) -> tuple[Reply, ...]:
    """Signs the asker out, everywhere or in one browser. Raises: NotFound for a number that is none of the list's."""
    if request.number is None:
        ended = web_sessions.end_all(session, context.asker.id, now=context.now)
        if not ended:
            return (Reply(say("You are signed in nowhere on the web.")),)
        text = say_count("I signed you out of {n} browser.", "I signed you out of {n} browsers.", ended)
        return (Reply(text),)
    known = web_sessions.sessions_of(session, context.asker.id, now=context.now)
    if not 0 < request.number <= len(known):
        raise NotFound(say("There is no such browser. “where am I signed in?” lists them."))
    chosen = known[request.number - 1]
    text = say("You are signed out there: {browser}.", browser=browser_name(chosen.user_agent))
    web_sessions.end(session, chosen, now=context.now)
    return (Reply(text),)


def _described(context: Context, one: WebSession) -> str:
    return say(
        "{browser}, signed in on {begun}, used last on {seen}",
        browser=browser_name(one.user_agent),
        begun=moment(one.created_at.astimezone(context.zone)),
        seen=moment(one.seen_at.astimezone(context.zone)),
    )
