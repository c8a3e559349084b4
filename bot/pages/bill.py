"""One bill: its fields to correct, VAT, what can be done, what happened to it, and the original beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from bot.pages.page import Page, Visit, place_in_chat
from bot.processing.forms import bill_forms
from extraction.evidence import CONFIDENCE_THRESHOLD
from handlers import requests as asked
from handlers.answers.history import deeds
from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.bills.shown.versions import stamped
from handlers.context import Context
from handlers.language.formats import money, rate, title
from handlers.language.translation import say, sayable
from handlers.messages import Attachment
from handlers.wording import bill_texts
from handlers.wording.cards import shown_value
from storage.bills.beside import papers
from storage.documents import document_register
from storage.ledger.money import Money
from storage.models import Bill, BillState


@dataclass(frozen=True)
class Field:
    """A field of the form: `was` is what stood there when the page was opened, `now` what stands there by now where
    somebody else changed it, in words; `fault` is why what was typed does not fit; `doubtful` says that it is unsure.
    """

    name: str
    label: str
    value: str
    was: str
    kind: str = "text"
    now: str = ""
    fault: str = ""
    doubtful: bool = False


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    bill = find_bill(session, context)
    (reply,) = stamped(session, (bill_reply(session, context, bill),))
    edit = next((choice for choice in reply.choices if choice.id.startswith("edit:")), None)
    document = document_register.of_bill(session, bill)
    beside = [document_register.of_bill(session, paper) for paper in papers.of_bill(session, bill.id)]
    forms = document_register.forms_of(session, document)
    kept = [one for one in (document, *forms, *beside) if one.discarded_at is None]
    return {
        "bill": bill,
        "version": next((choice.id.rpartition("~")[2][:4] for choice in reply.choices if "~" in choice.id), ""),
        "card": reply.card,
        "choices": [choice for choice in reply.choices if not choice.id.startswith(("edit:", "show:"))],
        "edit": edit.id if edit and bill.state is not BillState.VOID else "",
        "id": uuid4(),
        "fields": [_field(bill, name, visit.more) for name in bill_forms.IN_FORM],
        "stale": visit.more.get("stale", ""),
        "taxes": list(_taxes(bill)),
        "history": deeds(session, context, bill),
        "chat": place_in_chat(session, visit, bill),
        "files": [Attachment(one.name, one.media_type, one.sha256) for one in kept],
        "picture": Attachment("page.png", "image/png", bill.picture_sha256) if bill.picture_sha256 else None,
    }


def _field(bill: Bill, name: str, more: Any) -> Field:
    """As it stands, or as it was typed. What somebody did not touch follows what others made of it meanwhile."""
    stands = bill_forms.value_in_form(bill, name)
    typed, was = more.get("typed", {}).get(name, stands), more.get("was", {}).get(name, stands)
    touched = typed != was
    found = bill.evidence.get(name, {})
    confidence = found.get("confidence")
    unsure = confidence is not None and confidence < CONFIDENCE_THRESHOLD and found.get("source") != "person"
    return Field(
        name,
        title(bill_texts.field_name(name)),
        typed if touched else stands,
        stands,
        "date" if name.endswith("_date") else "text",
        now=(shown_value(name, found.get("value"), bill.currency) or say("none")) if touched and was != stands else "",
        fault=more.get("faults", {}).get(name, ""),
        doubtful=unsure and bill.state in (BillState.DRAFT, BillState.HELD),
    )


def _taxes(bill: Bill) -> Iterator[tuple[str, str, str]]:
    """Each rate of VAT with its net and its tax, as they are printed; "" for what is not."""
    for line in bill.taxes:
        net, tax = (_amount(line.get(name), bill.currency) for name in ("net", "tax"))
        yield rate(Decimal(str(line["rate"]))) if line.get("rate") else "", net, tax


def _amount(said: object, currency: str | None) -> str:
    return money(Money.of(str(said), currency)) if said and currency else ""


PAGE = Page("/bills/{bill:int}", sayable("Bill"), "bill.html", lambda _: asked.ShowBill(), _values)
