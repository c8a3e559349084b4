"""A device that makes passkeys (WebAuthn Level 2, ES256, no attestation), and lies where it is told to."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One passkey of a person. `lies` replace what it would say: origin, rp_id, type, challenge, flags, handle, id."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    handle: str = ""
    count: int = 0
    lies: dict[str, Any] = field(default_factory=dict)

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.create`."""
        self.handle = options["user"]["id"]
        point = self.key.public_key().public_numbers()
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        told = self.lies.get("id", self.id)
        attested = bytes(16) + struct.pack(">H", len(told)) + told + public
        data = self._data(options["rp"]["id"], ATTESTED) + attested
        made = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._credential(
            told, {"clientDataJSON": text(self._client("webauthn.create", options)), "attestationObject": text(made)}
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.get`."""
        self.count += 1
        client, data = self._client("webauthn.get", options), self._data(options["rpId"])
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signed}
        handle = {"userHandle": self.lies.get("handle", self.handle)}
        return self._credential(self.id, {name: text(value) for name, value in said.items()} | handle)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said | {name: value for name, value in self.lies.items() if name in said}).encode()

    def _data(self, rp_id: str, further: int = 0) -> bytes:
        flags = self.lies.get("flags", PRESENT | VERIFIED) | further
        count = self.lies.get("count", self.count)
        return hashlib.sha256(self.lies.get("rp_id", rp_id).encode()).digest() + struct.pack(">BI", flags, count)

    def _credential(self, id_: bytes, response: dict[str, str]) -> dict[str, Any]:
        return {"id": text(id_), "rawId": text(id_), "type": "public-key", "response": response}


def opened(said: str) -> bytes:
    """Bytes of base64url."""
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))
