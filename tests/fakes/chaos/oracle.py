"""Decides from what was said, and from what was shown, what a message may change; and judges what it did change.

It sees what people see (the words and cards of replies, labels of buttons) and the books by SQL. Nothing of how the
program understands or serves a message is used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.messages import Reply
from tests.fakes.chaos import judge
from tests.fakes.chaos.company import Button
from tests.fakes.chaos.judge import Grant
from tests.fakes.chaos.sight import bare, called, candidates, visible
from tests.fakes.chaos.snapshot import Books, Difference
from tests.fakes.chaos.wishes import ASSENTS, NAMES, QUESTIONS, YES, Wish, corrected

VENDOR_WORDS = frozenset({
    "acme", "müller", "telekom", "globex", "dhl", "tools", "bau", "bäckerei", "hetzner", "adler", "staples", "initech",
    "corrib", "print24", "krause",
})  # fmt: skip
_QUESTIONS = frozenset(text for text, _ in QUESTIONS)


@dataclass(frozen=True)
class Line:
    """What one person says, presses or sends, in a conversation, and what it asks for."""

    who: str
    where: str
    said: str
    wish: Wish | None = None
    button: Button | None = None

    def __str__(self) -> str:
        return f"{self.who} in {self.where}: {self.said}"


@dataclass(frozen=True)
class Question:
    """Our question that is open in a conversation: whose words it is about, what they ask for, the bills to choose from
    (None: any), and the steps that would be taken back."""

    asker: str
    wish: Wish | None
    bills: frozenset[int] | None = None
    steps: tuple[int, ...] = ()
    reply: str = ""


@dataclass
class Done:
    """A change that a message made: whose, where, of what, and the books before it."""

    who: str
    where: str
    key: str
    bills: frozenset[int]
    tables: frozenset[str]
    before: Books
    kind: str
    undone: bool = False


@dataclass
class Oracle:
    """Follows one dialogue."""

    shown: dict[str, frozenset[int]] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    meant: dict[str, frozenset[int]] = field(default_factory=dict)

    def grants(self, line: Line, books: Books) -> list[Grant]:
        """What the line may change; nothing else, and of these at most one."""
        if line.button:
            return self._pressed(line, line.button, books)
        if line.said.startswith("<"):
            return [Grant("arrive")]
        asked = self.questions.get(line.where)
        if asked and asked.asker == line.who and (answer := self._answered(line, asked, books)):
            return answer
        if line.said in ASSENTS:
            return _on(Wish("confirm"), self._it(line), books)
        return self._wished(line, line.wish, books) if line.wish else []

    def heard(self, line: Line, grants: list[Grant], books: Books, replies: Sequence[Reply], key: str) -> None:
        """What was answered, and what is meant by "it" from now on."""
        told = [reply for reply in replies if not reply.quiet]
        self._ask(line, grants, books, told, key)
        self._show(line, grants, books, told)
        self.meant[key] = self.shown.get(line.where, frozenset())

    def _ask(self, line: Line, grants: list[Grant], books: Books, told: Sequence[Reply], key: str) -> None:
        """The question that the replies ask, which goes on about the words it was about where these were no order."""
        choices = [bare(choice.id).split(":") for reply in told for choice in reply.choices]
        picks = frozenset(int(one[1]) for one in choices if one[0] == "pick")
        steps = tuple(int(one[1]) for one in choices if one[0] == "takeback")
        before, wish = self.questions.pop(line.where, None), self._asked_for(line)
        if picks or steps:
            if before is None or before.asker != line.who or (wish is not None and line.said not in ASSENTS):
                before = Question(line.who, wish)
            self.questions[line.where] = replace(before, bills=picks or None, steps=steps, reply=f"{key}#")
        elif wish and wish.name and not grants and not candidates(wish, books):
            self.questions[line.where] = Question(line.who, wish, reply=f"{key}#")

    def _show(self, line: Line, grants: list[Grant], books: Books, told: Sequence[Reply]) -> None:
        """The bills that are in sight: those that were shown, else the one that was spoken of. What is about something
        else ends it, courtesies and chatter do not."""
        where, wish = line.where, line.wish
        before = self.shown.get(where, frozenset())
        cards = frozenset[int]().union(*(visible(reply, books) for reply in told if reply.card))
        seen = cards if len(cards) > 1 else frozenset[int]().union(*(visible(reply, books) for reply in told[-1:]))
        about = {grant.bills for grant in grants if len(grant.bills) == 1}
        if line.button and line.button.id.startswith(("show:", "edit:", "qr:", "pick:")):
            about = {frozenset({int(bare(line.button.id).split(":")[1])})}
        words = set() if line.button else set(re.findall(r"\w+", line.said.lower())) & VENDOR_WORDS
        others = bool(words) and not any(called(books.bills[bill], word) for bill in before for word in words)
        elsewhere = (
            wish is not None and wish.kind in ("setting", "undo", "remind") and not line.said.startswith("speak")
        )
        if any(choice.id.startswith("pick:") for reply in told for choice in reply.choices):
            self.shown[where] = frozenset()
        elif seen:
            self.shown[where] = seen
        elif len(about) == 1 and not elsewhere:
            self.shown[where] = next(iter(about))
        elif others or elsewhere or line.said in _QUESTIONS:
            self.shown[where] = frozenset()

    def judged(self, line: Line, grants: list[Grant], difference: Difference, key: str) -> str | None:
        """What is wrong about the change; None for nothing."""
        if not difference.rows:
            return None
        if not grants:
            return "nothing was asked for"
        reasons = [judge.wrong(grant, difference, line.who) for grant in grants]
        if None not in reasons:
            return "; or ".join(str(reason) for reason in reasons)
        grant = grants[reasons.index(None)]
        if grant.kind == "undo":
            for one in self.done:
                one.undone = one.undone or (bool(grant.keys) and one.key in grant.keys)
            if not grant.keys:
                self._mark_undone(difference)
        self.done.append(
            Done(
                line.who, line.where, key, frozenset(difference.bills), frozenset(difference.tables),
                difference.before, grant.kind, undone=grant.kind == "undo",
            )
        )  # fmt: skip
        return None

    def _it(self, line: Line) -> frozenset[int]:
        shown = self.shown.get(line.where, frozenset())
        return shown if len(shown) == 1 else frozenset()

    def _asked_for(self, line: Line) -> Wish | None:
        if line.said in ASSENTS:
            return Wish("confirm")
        return line.wish or (corrected(argument_of(line.button)) if line.button else None)

    def _wished(self, line: Line, wish: Wish, books: Books) -> list[Grant]:
        if wish.kind == "undo":
            return self._undo(line)
        if wish.kind == "setting":
            allowed = not wish.owner or books.person(line.who)["role"] == "owner"
            return [Grant("setting", tables=wish.tables, of=wish.of)] if allowed else []
        if wish.name is None:
            return _on(wish, self._it(line), books) + ([Grant("remind")] if wish.kind == "remind" else [])
        return _on(wish, candidates(wish, books), books)

    def _undo(self, line: Line) -> list[Grant]:
        """The asker's own last change in this conversation, if nothing came after it, and it is not for good."""
        own = [one for one in self.done if (one.who, one.where) == (line.who, line.where)]
        if not own or own[-1].undone or own[-1].kind == "arrive":
            return []
        last = own[-1]
        later = self.done[self.done.index(last) + 1 :]
        if any(one.bills & last.bills and not one.undone for one in later):
            return []
        restores = None if any(one.bills & last.bills for one in later) else last.before
        return [Grant("undo", bills=last.bills, tables=tuple(last.tables), keys=(last.key,), restores=restores)]

    def _answered(self, line: Line, asked: Question, books: Books) -> list[Grant]:
        """What an answer to our question means; nothing where it is none."""
        if asked.steps and len(asked.steps) == 1 and (line.said in ASSENTS or line.said in YES):
            return [_taken_back(asked.steps[0], line.who, books)]
        if asked.wish is None:
            return []
        if line.said in YES and asked.bills is not None and len(asked.bills) == 1:
            return _on(asked.wish, asked.bills, books)
        if line.said not in NAMES:
            return []
        among = asked.bills if asked.bills is not None else frozenset(books.bills)
        fitting = frozenset(bill for bill in among if called(books.bills[bill], line.said))
        if line.said in ("the first", "the second", "the older one"):
            fitting = among
        elif len(fitting) > 1 and asked.wish.kind == "pay":
            fitting = candidates(replace(asked.wish, name=line.said), books)
        grants = [_on(asked.wish, frozenset({bill}), books) for bill in fitting]
        one_of = len(fitting) == 1 or line.said.startswith("the ")
        return [grant for each in grants for grant in each] if one_of else []

    def _pressed(self, line: Line, button: Button, books: Books) -> list[Grant]:
        action, _, rest = bare(button.id).partition(":")
        target, _, argument = rest.partition(":")
        bills = frozenset({int(target)}) if target.isdigit() else frozenset()
        match action:
            case "pick":
                asked = self.questions.get(line.where)
                current = asked is not None and asked.wish and button.reply.startswith(asked.reply)
                return _on(asked.wish, bills, books) if asked and asked.wish and current else []
            case "confirm" | "late":
                return _on(Wish("confirm"), bills, books)
            case "paid":
                return _on(Wish("pay"), bills, books)
            case "rest":
                return [Grant("pay", bills)]
            case "keep-both" | "keep-new":
                return [Grant("keep", bills)]
            case "void" | "discard":
                return _on(Wish("void"), bills, books)
            case "approve" | "trust":
                return _on(Wish("approve"), bills, books)
            case "refuse":
                return _on(Wish("refuse"), bills, books)
            case "undo":
                return [Grant("undo", bills, tables=judge.OF_BILLS)]
            case "takeback" | "revoke":
                return [_taken_back(int(target), line.who, books)]
            case "match" | "nomatch" | "unmatch" | "book":
                return [Grant("match", movement=int(target))]
            case "snooze":
                return [Grant("remind")]
            case "category":
                return _on(Wish("amend", values=(("category", argument),)), bills, books)
            case "say":
                wish = line.wish or corrected(argument_of(button))
                about = self._shown_with(button, line)
                if wish and wish.name is None and wish.kind not in ("undo", "setting"):
                    return _on(wish, about, books)
                return self._wished(line, wish, books) if wish else []
        return []

    def _shown_with(self, button: Button, line: Line) -> frozenset[int]:
        """The bill that "it" meant when the button was shown."""
        return self.meant.get(button.reply.partition("#")[0], frozenset())

    def _mark_undone(self, difference: Difference) -> None:
        """A card's button took back the last that was done with the bill."""
        for bill in difference.bills:
            for one in reversed(self.done):
                if bill in one.bills and not one.undone:
                    one.undone = True
                    break


def argument_of(button: Button) -> str:
    """What a button says for a person."""
    return bare(button.id).partition(":")[2]


def _on(wish: Wish, bills: frozenset[int], books: Books) -> list[Grant]:
    if len(bills) != 1:
        return []
    bill = books.bills[next(iter(bills))]
    if wish.kind == "approve" and bill["state"] == "draft":
        wish = replace(wish, kind="confirm")
    if wish.out is not None and wish.out != (bill["side"] == "payable"):
        return []
    amount, on = wish.amount, wish.on
    return [Grant(wish.kind, bills, amount=amount, account=wish.account, on=on, values=wish.values)]


ENTRUSTED = frozenset({
    "confirmed", "amended", "paid", "allocated", "written off",
    "kept both", "explained", "opened", "transferred", "prepaid", "valued",
    "added account", "renamed", "numbered", "ordered", "closed",
})  # fmt: skip
"""What members may take back of others in a company that trusts them with its books (`open_house`)."""


def _taken_back(step: int, who: str, books: Books) -> Grant:
    """The change that a step of the audit belongs to, which somebody agreed to take back."""
    row = books.tables["audit"][step]
    same = [one for one in books.rows("audit") if one["message_key"] == row["message_key"] and row["message_key"]]
    bills = frozenset(one["bill_id"] for one in same or [row] if one["bill_id"] is not None)
    mine = row["person_id"] == books.person(who)["id"]
    free = mine or books.person(who)["role"] != "member" or row["action"] in ENTRUSTED
    return Grant(
        "undo", bills, tables=judge.ANY, keys=(row["message_key"],), agreed=free, date=date(2025, 3, 21)
    )  # fmt: skip
