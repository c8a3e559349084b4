"""Taking back what somebody decided about mail: what became of one in quarantine, whose is taken in without asking."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from storage.errors import WrongState
from storage.mail import quarantine, sender_rules
from storage.models import Audit, QuarantineState

DECIDED, RULE = "decided mail", "sender rule"
OF_MAIL = (DECIDED, RULE)
_RULES_TOO = ("always", "forwards")


def is_decided(session: Session, step: Audit) -> bool:
    """Whether what was decided about a mail still holds. Of one that was read by now only the rule that was made with
    it can be taken back; where there is none, taking it back says why not."""
    found = quarantine.find(session, step.details["held"])
    if found is None:
        return False
    if found.held.state is QuarantineState.TAKEN_IN:
        return step.details["verdict"] not in _RULES_TOO
    return found.held.state in (QuarantineState.RELEASED, QuarantineState.DISCARDED)


def restore_decision(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    """The mail waits again. Raises: WrongState once it was read or forgotten."""
    found = quarantine.find(session, step.details["held"])
    if found is not None and found.held.state is QuarantineState.TAKEN_IN:
        raise WrongState("That mail has been read already. Set what it brought aside instead: say “not an invoice”.")
    if found is None or found.held.sha256 is None:
        raise WrongState("This mail no longer waits: it was taken in, discarded or forgotten.")
    quarantine.wait_again(session, found.held)


def restore_rule(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    """The rules about the senders as they were. Raises: WrongState where there are others by now."""
    if not sender_rules.put_back(session, step.details["name"], step.details["made"], step.details["before"], now):
        raise WrongState("The rules about mail from {name} were changed again since.", name=step.details["name"])
