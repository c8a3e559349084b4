"""Webhooks: addresses outside that are told of events, in a person's name, with what they can tell that it is from us.

The secret is made here and sealed in the database, since everything sent is signed with it anew.
"""

from __future__ import annotations

import ipaddress
import secrets
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from sqlmodel import Session, col, delete, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import Unfit, WrongState
from storage.models import Webhook, WebhookDelivery, WebhookState
from storage.trail import chain

PREFIX = "whsec_"
"""How a secret begins (Standard Webhooks), so that scanners of leaked secrets know it."""
BOTH_SIGN_FOR = timedelta(days=1)
"""So long what is sent is signed with the former secret as well, for receivers to learn the new one."""
MOST = 20
"""So many webhooks one person has at most."""
LONGEST_URL = 1000


def add(
    session: Session, person_id: int, url: str, types: Sequence[str], *, known: Sequence[str], now: datetime
) -> Webhook:
    """A new webhook, which is told of what happens from now on. `known` are the types that there are.

    Raises: Unfit for an address or types that there cannot be; WrongState where the person has too many.
    """
    check_address(url)
    if unknown := [one for one in types if one not in known]:
        raise Unfit("There is no event “{value}”. There are: {known}.", value=unknown[0], known=", ".join(known))
    acquire_lock(session, f"webhooks:{person_id}")
    if len(of_person(session, person_id)) >= MOST:
        raise WrongState("You have {n} webhooks already. Delete those that nobody uses.", n=MOST)
    last = chain.head(session)
    made = Webhook(
        person_id=person_id,
        url=url,
        types=sorted(set(types)),
        secret=_secret(),
        created_at=now,
        position=(last.position if last else 0) + 1,
    )
    session.add(made)
    session.flush()
    _record(session, "added webhook", made, person_id, now)
    return made


def find(session: Session, webhook_id: int) -> Webhook | None:
    """The webhook of this id."""
    return session.get(Webhook, webhook_id)


def lock(session: Session, webhook_id: int) -> Webhook | None:
    """The webhook as it stands now, which nobody else can change until this transaction ends; None for none."""
    query = select(Webhook).where(Webhook.id == webhook_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def of_person(session: Session, person_id: int) -> list[Webhook]:
    """A person's, the oldest first."""
    return list(session.exec(select(Webhook).where(Webhook.person_id == person_id).order_by(col(Webhook.id))).all())


def everybodys(session: Session) -> list[Webhook]:
    """The company's, the oldest first."""
    return list(session.exec(select(Webhook).order_by(col(Webhook.id))).all())


def active(session: Session) -> list[Webhook]:
    """Those that are told of events."""
    query = select(Webhook).where(Webhook.state == WebhookState.ACTIVE)
    return list(session.exec(query.order_by(col(Webhook.id))).all())


def companies_with_active(session: Session) -> list[int]:
    """The companies of which some are told of events; asked by the installation."""
    return sorted(set(session.exec(select(Webhook.company_id).where(Webhook.state == WebhookState.ACTIVE))))


def turn(
    session: Session, webhook: Webhook, state: WebhookState, *, by: int | None, now: datetime, reason: str = ""
) -> None:
    """It is told of events from now on, or no more. What happened meanwhile waits."""
    if webhook.state is not state:
        webhook.state = state
        session.flush()
        _record(
            session, "changed webhook", webhook, by, now, state=str(state), **({"reason": reason} if reason else {})
        )


def rotate(session: Session, webhook: Webhook, *, by: int | None, now: datetime) -> None:
    """A new secret. For a day what is sent is signed with the former as well."""
    webhook.former_secret, webhook.secret = webhook.secret, _secret()
    webhook.former_until = now + BOTH_SIGN_FOR
    session.flush()
    _record(session, "changed webhook", webhook, by, now, renewed="secret")


def remove(session: Session, webhook: Webhook, *, by: int | None, now: datetime) -> None:
    """Nothing is told there any more, and what waited for it is dropped."""
    session.execute(delete(WebhookDelivery).where(col(WebhookDelivery.webhook_id) == webhook.id))
    session.delete(webhook)
    session.flush()
    _record(session, "removed webhook", webhook, by, now)


def remove_all(session: Session, person_id: int, *, by: int | None, now: datetime) -> None:
    """Ends all of a person's."""
    for each in of_person(session, person_id):
        remove(session, each, by=by, now=now)


def secrets_of(webhook: Webhook, now: datetime) -> tuple[str, ...]:
    """What is signed with now, the newest first."""
    former = webhook.former_secret
    lasts = former is not None and webhook.former_until is not None and now < webhook.former_until
    return (webhook.secret, former) if lasts and former is not None else (webhook.secret,)


def shown(webhook: Webhook) -> str:
    """The address as it may be told: what stands behind the host may be a secret."""
    parts = urlsplit(webhook.url)
    return f"{parts.scheme}://{parts.netloc}{'/…' if len(parts.path) > 1 or parts.query else ''}"


def check_address(url: str) -> None:
    """Raises: Unfit unless it is an address of HTTPS, or of HTTP on this machine. Where its name leads to is looked at
    whenever something is sent."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = SplitResult("", "", "", "", ""), ""
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST_URL
    if not plain or not host or parts.username is not None or parts.fragment or parts.scheme not in ("http", "https"):
        raise Unfit(
            "“{value}” is no address that can be told of events. Say one like https://example.com/billify.",
            value=url[:100],
        )
    if parts.scheme == "http" and not _is_this_machine(host):
        raise Unfit("What happens here is told by HTTPS only. Say the address with https://.")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def note(session: Session, webhook: Webhook, did: str, *, by: int, now: datetime) -> None:
    """Something was done with it that changes nothing of itself."""
    _record(session, "changed webhook", webhook, by, now, did=did)


def _secret() -> str:
    return f"{PREFIX}{b64encode(secrets.token_bytes(32)).decode()}"


def _record(session: Session, action: str, webhook: Webhook, by: int | None, now: datetime, **more: str) -> None:
    details = {"webhook": webhook.id, "address": shown(webhook), **more}
    audit.record(session, action, person_id=by, now=now, details=details)
