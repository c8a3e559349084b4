"""Domains with keys and policies, and mails that they sign."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.channels.mail.authentication import Authenticator
from storage.sealing.signing_keys import SigningKey, SigningKeys
from tests.fakes.servers.dns_zone import Zone
from tests.fakes.servers.dns_zone import zone as zone  # a fixture

SECRET = SigningKeys([SigningKey(b"only for tests, and long enough!")])


@dataclass(frozen=True)
class Signer:
    """A domain's private key."""

    domain: str
    private: bytes

    def sign(self, raw: bytes, **options: object) -> bytes:
        signature: bytes = dkim.sign(raw, b"key", self.domain.encode(), self.private, **options)
        return signature + raw


@pytest.fixture(scope="session")
def key() -> tuple[bytes, str]:
    """A key pair: the private one as PEM, the public one as DNS has it."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    private = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = made.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private, base64.b64encode(public).decode()


@pytest.fixture
def domain(zone: Zone, key: tuple[bytes, str]):
    """Sets a domain up: who may send its mail, its key, its policy; "" leaves a record out."""

    def made(name: str, spf: str = "v=spf1 ip4:203.0.113.7 -all", dmarc: str = "v=DMARC1; p=reject") -> Signer:
        if spf:
            zone.add(name, "TXT", spf)
        if dmarc:
            zone.add(f"_dmarc.{name}", "TXT", dmarc)
        zone.add(f"key._domainkey.{name}", "TXT", f"v=DKIM1; k=rsa; p={key[1]}")
        return Signer(name, key[0])

    return made


@pytest.fixture
def authenticator(zone: Zone) -> Authenticator:
    return Authenticator(SECRET, records=zone.resolver())
