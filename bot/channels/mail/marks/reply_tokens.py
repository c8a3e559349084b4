"""Proof that a mail answers one of ours: marks that only we can make, each for one person's address, for some time.

Whoever sends a mail can write any address into From, and money is at stake. Each answer of ours therefore has a mark,
and each of its buttons a code, signed (HMAC-SHA-256) for the one address that the answer went to. The mark stands in
our Message-ID, which answers refer to, and in the address that answers go to ("billify+mark@…", RFC 5233), since relays
rewrite Message-IDs. A mail that brings one back was written by somebody who could read that mailbox; whether they are
its owner is for `authentication` to say, so that a mail that was passed on is no key for whoever has it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b32decode, b32encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from itsdangerous import BadSignature, Signer

from storage.sealing.signing_keys import SigningKeys

_CODE = re.compile(r"\[[^\[\]]*?\b([\w-]{4,700}\.[\w-]{43})\s*\]")
_MARK = re.compile(r"[a-z2-7]{36}")
_FIRST_DAY = date(2024, 1, 1)
_ID_BYTES = _SIGNATURE_BYTES = 10
"""80 bits each: nobody guesses one by mail, and a mark fits beside our name in the 64 bytes of RFC 5321, 4.5.3.1.1."""


@dataclass(frozen=True)
class SignedButton:
    """A button that was pressed: the key of the reply that it stands in, and the id of its choice."""

    answers: str
    choice: str


@dataclass(frozen=True)
class Proof:
    """What a mail was shown to answer: the reply by its key, or by our Message-ID ("sent:…"). `expired`: it was, but
    that mail of ours is too old to act on."""

    answers: str
    choice: str | None = None
    expired: bool = False


@dataclass(frozen=True)
class LinkedButton:
    """A button behind a link: what it presses, and for whose address it was made."""

    button: SignedButton
    address: str
    expired: bool = False


class ReplyTokens:
    """Makes and checks the marks. `domain` is the right-hand side of our message ids."""

    def __init__(self, secret: SigningKeys, domain: str, days: int = 60) -> None:
        """Marks are good for so many `days`, and as long as the key counts that signed them."""
        self._secret = secret
        self._domain = domain.lower()
        self._days = days

    def message_id(self, key: str, address: str, sent: datetime) -> str:
        """Our message id (without brackets) for the reply of this key to this address, always the same one.

        `sent` is the time of what it answers, rather than of the sending, which may be repeated.
        """
        return f"{self.mark(key, address, sent)}@{self._domain}"

    def mark(self, key: str, address: str, sent: datetime) -> str:
        """The mark alone: 36 letters and digits, in lower case, since mail servers change case."""
        secret = self._secret.at(sent)
        known = _hash(secret, f"reply\n{key}\n{address.lower()}".encode())[:_ID_BYTES]
        body = known + _day_number(sent).to_bytes(2, "big")
        return b32encode(body + _signature(secret, body, address)).rstrip(b"=").decode().lower()

    def answered(self, marks: Iterable[str], addresses: Iterable[str], now: datetime) -> Proof | None:
        """What a mail of somebody with these addresses answers: the last of our marks that it brings, preferring those
        that have not expired.

        `marks` are message ids, or what stands behind the "+" of an address of ours. None where no mark is ours, or was
        sent to somebody else.
        """
        found = [self._opened(mark, tuple(addresses), now) for mark in marks]
        good = [proof for proof in found if proof]
        return next((proof for proof in reversed(good) if not proof.expired), good[-1] if good else None)

    def code(self, button: SignedButton, address: str, sent: datetime) -> str:
        """The code in a button's mail to us."""
        return self._seal("press", f"{_day_number(sent)}\n{button.choice}\n{button.answers}", address, sent)

    def pressed(self, text: str, addresses: Iterable[str], now: datetime) -> Proof | None:
        """What the code in brackets in this text asks for. None where there is none, or it is for nobody of these
        addresses, or there are several that differ."""
        codes = set(_CODE.findall(text))
        opened = {self._unseal("press", code, address) for code in codes for address in addresses} - {None}
        if len(opened) != 1:
            return None
        day, choice, answers = str(opened.pop()).split("\n", 2)
        return Proof(answers, choice, self._is_over(int(day), now))

    def without_code(self, text: str) -> str:
        """The text without the bracketed line that a button put there."""
        return _CODE.sub("", text).strip()

    def link(self, button: SignedButton, address: str, sent: datetime) -> str:
        """What stands at the end of a button's link."""
        value = f"{_day_number(sent)}\n{address.lower()}\n{button.choice}\n{button.answers}"
        return self._seal("link", value, "", sent)

    def linked(self, token: str, now: datetime) -> LinkedButton | None:
        """What a link was made for; None for one that is not ours."""
        opened = self._unseal("link", token, "")
        if opened is None:
            return None
        day, address, choice, answers = opened.split("\n", 3)
        return LinkedButton(SignedButton(answers, choice), address, self._is_over(int(day), now))

    def _opened(self, mark: str, addresses: tuple[str, ...], now: datetime) -> Proof | None:
        local, at, domain = mark.lower().partition("@")
        if not _MARK.fullmatch(local) or (at and domain != self._domain):
            return None
        raw = b32decode(local.upper() + "=" * (-len(local) % 8))
        body, signature = raw[: _ID_BYTES + 2], raw[_ID_BYTES + 2 :]
        made = (_signature(secret, body, address) for secret in self._secret.accepted() for address in addresses)
        if not any(hmac.compare_digest(signature, each) for each in made):
            return None
        over = self._is_over(int.from_bytes(body[_ID_BYTES:], "big"), now)
        return Proof(f"sent:{local}@{self._domain}", expired=over)

    def _is_over(self, day: int, now: datetime) -> bool:
        return now.date() > _FIRST_DAY + timedelta(days=day + self._days)

    def _seal(self, purpose: str, value: str, address: str, sent: datetime) -> str:
        data = urlsafe_b64encode(value.encode()).rstrip(b"=")
        return _signer([self._secret.at(sent)], purpose, address).sign(data).decode()

    def _unseal(self, purpose: str, sealed: str, address: str) -> str | None:
        try:
            data = _signer(self._secret.accepted(), purpose, address).unsign(sealed.encode())
        except (BadSignature, UnicodeError):
            return None
        return urlsafe_b64decode(data + b"=" * (-len(data) % 4)).decode()


def _signature(secret: bytes, body: bytes, address: str) -> bytes:
    return _hash(secret, b"mark\n" + body + b"\n" + address.lower().encode())[:_SIGNATURE_BYTES]


def _hash(secret: bytes, data: bytes) -> bytes:
    return hmac.new(secret, b"billify mail " + data, hashlib.sha256).digest()


def _signer(secrets: Sequence[bytes], purpose: str, address: str) -> Signer:
    """`secrets` are the newest first."""
    salt = f"billify mail {purpose} {address.lower()}".encode()
    return Signer(reversed(secrets), salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)


def _day_number(sent: datetime) -> int:
    """Days since the first one that is counted; those before it are the first."""
    return min(max((sent.date() - _FIRST_DAY).days, 0), 0xFFFF)
