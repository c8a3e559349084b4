"""What can be pressed under a reply: buttons, a menu of what one seldom needs, a question where money moves. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.channels.slack.blocks import BUTTONS_LIMIT, LABEL_LIMIT, Block, cut, parts, plain
from handlers.button_ids import Action, parse_choice
from handlers.language.translation import say
from handlers.messages import Choice, Reply

SELDOM: frozenset[Action] = frozenset({"qr", "show", "void", "undo"})
"""What stands in the menu of a card, so that its buttons are what one most likely wants."""
MONEY: frozenset[Action] = frozenset({"paid", "discounted", "rest", "match"})
"""What books that money moved."""
MENU_LIMIT = 5
MENU = "menu"
QUESTION_LIMIT = 300
ANSWER_LIMIT = 30


def rows(reply: Reply) -> Iterator[Block]:
    """Rows of buttons, the first of which has the menu; of nothing none."""
    about = reply.card.title if reply.card else ""
    beside, hidden = _apart(reply)
    elements = [_button(choice, about) for choice in beside]
    if hidden:
        elements.insert(min(len(beside), BUTTONS_LIMIT - 1), _menu(hidden))
    for row in parts(elements, BUTTONS_LIMIT):
        yield {"type": "actions", "elements": list(row)}


def shown(reply: Reply) -> list[Choice]:
    """What stands there as a button, and not in the menu."""
    return _apart(reply)[0]


def opening(bill_choice: str, label: str) -> Block:
    """The button beside a line about a bill that shows its card."""
    return {"type": "button", "action_id": bill_choice, "value": bill_choice, "text": plain(cut(label, LABEL_LIMIT))}


def _apart(reply: Reply) -> tuple[list[Choice], list[Choice]]:
    """What stands there as a button, and what is in the menu: only on a card, and never all of it."""
    if reply.card is None:
        return list(reply.choices), []
    hidden = [choice for choice in reply.choices if _action(choice) in SELDOM][:MENU_LIMIT]
    beside = [choice for choice in reply.choices if choice not in hidden]
    return (beside, hidden) if beside and len(hidden) > 1 else (list(reply.choices), [])


def _action(choice: Choice) -> Action | None:
    pressed = parse_choice(choice.id)
    return pressed.action if pressed else None


def _button(choice: Choice, about: str) -> Block:
    button: Block = {
        "type": "button",
        "action_id": choice.id,
        "value": choice.id,
        "text": plain(cut(choice.label, LABEL_LIMIT)),
    }
    if choice.style != "normal":
        button["style"] = choice.style
    if _action(choice) in MONEY:
        button["confirm"] = _question(choice, about)
    return button


def _menu(choices: Sequence[Choice]) -> Block:
    options = [{"text": plain(cut(choice.label, LABEL_LIMIT)), "value": choice.id} for choice in choices]
    return {"type": "overflow", "action_id": MENU, "options": options}


def _question(choice: Choice, about: str) -> Block:
    """Whether that is to be booked: a slip of the finger pays no bill."""
    text = say("This books that money has moved. {what}", what=about).strip()
    return {
        "title": plain(cut(choice.label, 100)),
        "text": plain(cut(text, QUESTION_LIMIT)),
        "confirm": plain(cut(choice.label, ANSWER_LIMIT)),
        "deny": plain(cut(say("Cancel"), ANSWER_LIMIT)),
    }
