"""How a request is said, for what was understood but for a part: an example for each label of the classifier."""

from __future__ import annotations

from handlers.language.translation import say, sayable

EXAMPLES: dict[str, str] = {
    "add_account": sayable("add a bank account Sparkasse"),
    "amend": sayable("total is 1,294.50"),
    "appoint": sayable("make Anna an approver"),
    "book_movement": sayable("movement 3 is bank fees"),
    "categorise": sayable("book it as travel"),
    "close": sayable("close last month"),
    "digest": sayable("digest on Mondays at 8"),
    "export": sayable("export last month"),
    "forecast": sayable("forecast until 30 June"),
    "invite": sayable("invite anna@example.com"),
    "language": sayable("answer in English"),
    "not_an_invoice": sayable("not an invoice"),
    "open": sayable("opening balance of the bank is 12,400 on 1 January"),
    "paid": sayable("paid 500 from cash yesterday"),
    "prepay": sayable("prepaid Acme 500"),
    "profile": sayable("our VAT id is DE123456789"),
    "quiet": sayable("quiet hours 22 to 7"),
    "received": sayable("we received 80 from Globex"),
    "reminders": sayable("remind me 3 days before"),
    "rename": sayable("rename travel to Trips"),
    "require": sayable("bills over 1,000 need two approvals"),
    "spend": sayable("what did we spend on travel last month?"),
    "transfer": sayable("moved 500 from bank to cash yesterday"),
    "zone": sayable("my time zone is Europe/Berlin"),
}


def how_to_say(label: str) -> str | None:
    """A question back with an example; None for labels that need none."""
    example = EXAMPLES.get(label)
    if example is None:
        return None
    return say("I understood what you want, but not all of it. Say it like “{example}”.", example=say(example))
