"""What browsers are asked, and whether what they answer holds (WebAuthn, 7.1 and 7.2): the one file that knows the
library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bot.channels.web.passkeys.party import RelyingParty
from storage.people.passkeys import PublicKey

NAME = "Billify"


class NoPasskey(Exception):
    """What came is no answer to what was asked; `str(error)` is for the log."""


@dataclass(frozen=True)
class Owner:
    """Who makes a passkey: the handle that says nothing of them (base64url), and what their device calls them."""

    handle: str
    name: str


def creation_options(party: RelyingParty, owner: Owner, challenge: bytes, known: Sequence[str]) -> str:
    """JSON for `navigator.credentials.create`: a passkey that its device finds by itself, and that asks its person each
    time. `known` are the ids of theirs, so that no device makes a second one."""
    from webauthn import generate_registration_options, options_to_json  # takes a quarter of a second to load
    from webauthn.helpers import base64url_to_bytes
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    return options_to_json(
        generate_registration_options(
            rp_id=party.id,
            rp_name=NAME,
            user_id=base64url_to_bytes(owner.handle),
            user_name=owner.name,
            user_display_name=owner.name,
            challenge=challenge,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        )
    )


def created(party: RelyingParty, challenge: bytes, credential: str) -> PublicKey:
    """What a device made, from the JSON of the browser's answer. Raises: NoPasskey."""
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    with _decoding():
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    return PublicKey(
        bytes_to_base64url(made.credential_id), bytes_to_base64url(made.credential_public_key), made.sign_count
    )


def request_options(party: RelyingParty, challenge: bytes) -> str:
    """JSON for `navigator.credentials.get`: whichever passkey of ours the person chooses."""
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    asked = generate_authentication_options(
        rp_id=party.id, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json(asked)


def credential_id(credential: str) -> str:
    """Which passkey an answer says that it is of (base64url). Raises: NoPasskey."""
    return _parsed(credential)[0]


def used(party: RelyingParty, challenge: bytes, credential: str, public_key: str, handle: str) -> int:
    """What the device counts, once it is known that it has the private half and saw its person. What it counted before
    is the caller's to compare. Raises: NoPasskey."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes

    if _parsed(credential)[1] != handle:
        raise NoPasskey("it is of another person")
    with _decoding():
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    return found.new_sign_count


@contextmanager
def _decoding() -> Iterator[None]:
    """Whatever goes wrong with what strangers sent is NoPasskey: JSON, CBOR and certificates are decoded."""
    try:
        yield
    except Exception as error:
        raise NoPasskey(str(error)) from error


def _parsed(credential: str) -> tuple[str, str]:
    """The id and the user handle ("" for none) of an answer, base64url."""
    from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json

    with _decoding():
        read = parse_authentication_credential_json(credential)
    return read.id, bytes_to_base64url(read.response.user_handle) if read.response.user_handle else ""
