"""What Billify says to people about themselves: hello, help, invitations."""

from __future__ import annotations

from datetime import date

from handlers.language.formats import day
from handlers.language.translation import say


def greeting(name: str) -> str:
    """Answer to "hello"."""
    return say("Hello {name}. Send me a photo or PDF of an invoice, or ask “what's due?”.", name=name)


def welcome() -> str:
    """Answer to "thanks"."""
    return say("You're welcome.")


def help_text() -> str:
    """Who Billify is and what one can say."""
    return "\n".join(
        (
            say("I'm Billify. I read invoices, keep the books and tell you what is due."),
            say(
                "• Send a photo or PDF of an invoice, or forward a mail with one. "
                "I read it and ask you to confirm. Send your bank's statement files too."
            ),
            say(
                "• Correct what I read: “total is 1,294.50”, “due 15 May”, “vendor is Acme GmbH”. “Undo” takes it back."
            ),
            say("• Say “paid”, or “paid 500 from cash yesterday”."),
            say("• Ask “what's due this week?”, “what do we owe Acme?”, “balance”, “show me the invoice”."),
            say("• Look ahead and back: “forecast 60 days”, “what did we spend in March?”, “ageing”, “why?”."),
            say("• Let a colleague in: “invite anna@example.com”."),
        )
    )


def unknown_sender() -> str:
    """To whoever is not linked to a person; says nothing about whose Billify this is."""
    return say(
        "Hello. I can only help people who have been invited. "
        "If you have an invitation code, send it to me; otherwise ask a colleague for one."
    )


def code_refused() -> str:
    """A code that is wrong, used or expired; which one is not told to a stranger."""
    return say("That code doesn't work: it may be mistyped, used already or expired. Ask your colleague for a new one.")


def here_already(name: str, channels: str) -> str:
    """To the person who invites somebody who is here."""
    where = say("{name} is here already: {channels}.", name=name, channels=channels or say("nowhere linked"))
    back = say("Who was signed out enters their name on the first page of the web chat: a link comes to them.")
    other = say("Is it somebody else? Invite them by their full name.")
    return f"{where} {back}\n{other}"


def invitation(who: str, code: str, until: date) -> str:
    """To the person who invites; meant to be passed on."""
    return say(
        "Here is the invitation for {who}: {code}\n"
        "They send “join {code}” to me on any channel. It works once, until {day}.",
        who=who,
        code=code,
        day=day(until),
    )


def joined(name: str) -> str:
    """To somebody whose code was accepted."""
    return say("Welcome, {name}. You can send me invoices now, or say “help” to see what I can do.", name=name)


def already_known(name: str) -> str:
    """A code from somebody who needs none."""
    return say("You are already signed in as {name}. Keep the code for somebody else.", name=name)


def linked(name: str) -> str:
    """To somebody whose code joined this channel to them."""
    return say("You are {name} here as well now: what you say here, you say as the same person.", name=name)


def two_people(here: str, there: str) -> str:
    """To somebody known who sends a code of somebody else."""
    return say(
        "That code is {there}'s, and you are {here} here already. If both are you, the owner says "
        "“merge {here} into {there}”. Nothing was changed.",
        here=here,
        there=there,
    )


def how_to_connect(channel: str) -> str:
    """To a stranger who may be known on another channel."""
    return say(
        "Do you use Billify elsewhere already? Say “link my {channel}” to me there, and send me here the code that you "
        "get. If you don't, ask a colleague for an invitation and send me its code.",
        channel=channel.capitalize(),
    )
