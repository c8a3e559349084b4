"""Proof that a mail answers one of ours: message ids and button codes that only we can make.

Whoever sends a mail can write any address into From, and money is at stake. Each answer of ours therefore has a
message id, and each of its buttons a code, signed (HMAC-SHA-256) for the one address that the answer went to. A mail
that brings one back came from somebody who could read that mailbox; a code made for another address proves nothing.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer

_CODE = re.compile(r"\[[^\[\]]*?\b([\w-]{4,600}\.[\w-]{43})\s*\]")


@dataclass(frozen=True)
class SignedButton:
    """A button that was pressed: the key of the reply that it stands in, and the id of its choice."""

    answers: str
    choice: str


class ReplyTokens:
    """Makes and checks the marks. `domain` is the right-hand side of our message ids."""

    def __init__(self, secret: bytes, domain: str) -> None:
        self._secret = secret
        self._domain = domain

    def message_id(self, key: str, address: str) -> str:
        """Our message id (without brackets) for the reply of this key to this address; always the same one.

        It is below 250 characters for keys below 130 bytes, which `inbound` sees to.
        """
        return f"{self._seal('answer', key, address)}@{self._domain}"

    def answered(self, message_ids: Iterable[str], address: str) -> str | None:
        """The key of the reply that a mail from this address answers: the last of ours that it refers to.

        None where it refers to none of ours, or to one that was sent to somebody else.
        """
        for message_id in reversed(tuple(message_ids)):
            local, _, domain = message_id.rpartition("@")
            if domain == self._domain and (key := self._unseal("answer", local, address)):
                return key
        return None

    def code(self, press: SignedButton, address: str) -> str:
        """The code in a button's mail to us."""
        return self._seal("press", f"{press.choice}\n{press.answers}", address)

    def pressed(self, text: str, address: str) -> SignedButton | None:
        """What the code in brackets in this text asks for. None where there is none, or it is not for this address,
        or there are several that differ."""
        opened = {self._unseal("press", code, address) for code in _CODE.findall(text)} - {None}
        if len(opened) != 1:
            return None
        choice, _, answers = str(opened.pop()).partition("\n")
        return SignedButton(answers, choice)

    def without_code(self, text: str) -> str:
        """The text without the bracketed line that a button put there."""
        return _CODE.sub("", text).strip()

    def _seal(self, purpose: str, value: str, address: str) -> str:
        data = urlsafe_b64encode(value.encode()).rstrip(b"=")
        return self._signer(purpose, address).sign(data).decode()

    def _unseal(self, purpose: str, sealed: str, address: str) -> str | None:
        try:
            data = self._signer(purpose, address).unsign(sealed.encode())
        except (BadSignature, UnicodeError):
            return None
        return urlsafe_b64decode(data + b"=" * (-len(data) % 4)).decode()

    def _signer(self, purpose: str, address: str) -> Signer:
        salt = f"billify mail {purpose} {address.lower()}".encode()
        return Signer(self._secret, salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)
