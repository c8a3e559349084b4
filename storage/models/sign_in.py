"""Who is signed in on the web, by which passkeys, which programs act for whom, and what was tried to come in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.db.columns import UtcDateTime
from storage.db.tenancy import OfCompany


class WebSession(OfCompany, table=True):
    """A browser in which a person is signed in. Of the token in its cookie only the SHA-256 (hex) is kept."""

    found_across = True

    id: int = Field(default=None, primary_key=True)
    token_sha256: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    address: str
    user_agent: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class Passkey(OfCompany, table=True):
    """A key pair of a person's device or password manager (WebAuthn Level 2), of which we have the public half.

    `credential_id`, `public_key` (COSE, RFC 9052) and `user_handle` are base64url; the handle is one for all passkeys
    of a person and says nothing of them. `sign_count` is the last that the device told, 0 where it does not count.
    """

    found_across = True

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: str
    credential_id: str = Field(unique=True)
    public_key: str
    user_handle: str
    sign_count: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AccessToken(OfCompany, table=True):
    """What lets a program in, in a person's name: a token of the API, or the secret address of a feed (`kind`).

    Of its two halves `public` is what it is found by; of the other only the SHA-256 (hex) is kept. `address` is the
    person's on the channel "api"; `scopes` ("bills:read") narrow what the person may do. `expires_at` None: until it is
    revoked, which deletes the row.
    """

    found_across = True

    id: int = Field(default=None, primary_key=True)
    public: str = Field(unique=True)
    secret_sha256: str
    person_id: int = Field(foreign_key="person.id", index=True)
    address: str
    kind: str
    name: str
    scopes: list[str] = Field(default_factory=list, sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SpentChallenge(SQLModel, table=True):
    """A sign-in that was begun and came back, by the SHA-256 (hex) of its secret: it comes back once."""

    sha256: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class CodeAttempt(SQLModel, table=True):
    """A wrong code, or a link that was asked for. `who` is a channel and an address there: "telegram:501"."""

    id: int = Field(default=None, primary_key=True)
    who: str = Field(index=True)
    tried_at: datetime = Field(sa_type=UtcDateTime, index=True)
