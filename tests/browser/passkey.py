"""A key that is registered without a device."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData


def a_passkey() -> dict[str, Any]:
    """What an authenticator answers at registration, as it is kept."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(bytes(16), b"a passkey in tests", public)
    authenticator = AuthenticatorData.create(bytes(32), 0x45, 0, credential)
    client = CollectedClientData.create("webauthn.create", b"challenge", "https://localhost")
    return {
        "id": websafe_encode(credential.credential_id),
        "rawId": websafe_encode(credential.credential_id),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", authenticator, {})),
        },
    }
