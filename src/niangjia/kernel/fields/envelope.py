"""The sealed form of a text: 1 byte scheme, 2 bytes key id, 12 bytes nonce, ciphertext with its 16-byte tag.

The associated data (table, column, public id of the row) is not stored: bytes moved elsewhere do not open.
"""

import hmac
import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.hmac import HMAC

from niangjia.kernel import keys

HEAD = 3
NONCE = 12
TAG = 16
INDEX_LENGTH = 16
SCHEMES = {"aes": 1, "sm4": 2}


class Unreadable(Exception):
    """Sealed bytes that do not open; the caller says which row."""


def seal(text: str, place: bytes, purpose: str = "fields") -> bytes:
    """Seal with the purpose's newest key, for this place only."""
    key = keys.current(purpose)
    nonce = os.urandom(NONCE)
    head = bytes([SCHEMES[key.cipher]]) + key.id.to_bytes(2)
    encrypt = _seal_aes if key.cipher == "aes" else _seal_sm4
    return head + nonce + encrypt(key, nonce, text.encode(), place)


def seal_many(texts: Sequence[str], places: Iterable[bytes], purpose: str = "fields") -> list[bytes]:
    """`seal` for very many texts: the key is asked for once, the nonces are drawn at once."""
    key = keys.current(purpose)
    head = bytes([SCHEMES[key.cipher]]) + key.id.to_bytes(2)
    encrypt = _aes(key).encrypt if key.cipher == "aes" else partial(_seal_sm4, key)
    drawn = os.urandom(NONCE * len(texts))
    nonces = (drawn[start : start + NONCE] for start in range(0, len(drawn), NONCE))
    return [
        head + nonce + encrypt(nonce, text.encode(), place)
        for text, place, nonce in zip(texts, places, nonces, strict=True)
    ]


def unseal(sealed: bytes, place: bytes, purpose: str = "fields") -> str:
    """The text again, or `Unreadable` when a bit or the place differs."""
    decrypt = _OPENERS.get(sealed[0]) if len(sealed) >= HEAD + NONCE + TAG else None
    if decrypt is None:
        raise Unreadable
    key = keys.by_id(purpose, key_id(sealed))
    try:
        return decrypt(key, sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :], place).decode()
    except InvalidTag:
        raise Unreadable from None


def key_id(sealed: bytes) -> int:
    return int.from_bytes(sealed[1:HEAD])


def fingerprint(key: keys.Key, message: bytes) -> bytes:
    """16 bytes that tell nothing without the key: HMAC-SHA256, or HMAC-SM3 under an SM4 key."""
    if key.cipher == "aes":
        return hmac.digest(key.secret, message, "sha256")[:INDEX_LENGTH]
    mac = HMAC(key.secret, hashes.SM3())
    mac.update(message)
    return mac.finalize()[:INDEX_LENGTH]


@lru_cache(maxsize=32)
def _aes(key: keys.Key) -> AESGCM:
    return AESGCM(key.secret)


def _seal_aes(key: keys.Key, nonce: bytes, text: bytes, place: bytes) -> bytes:
    return _aes(key).encrypt(nonce, text, place)


def _unseal_aes(key: keys.Key, nonce: bytes, body: bytes, place: bytes) -> bytes:
    return _aes(key).decrypt(nonce, body, place)


def _seal_sm4(key: keys.Key, nonce: bytes, text: bytes, place: bytes) -> bytes:
    sealer = Cipher(SM4(key.secret[:16]), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(place)
    return sealer.update(text) + sealer.finalize() + sealer.tag


def _unseal_sm4(key: keys.Key, nonce: bytes, body: bytes, place: bytes) -> bytes:
    opener = Cipher(SM4(key.secret[:16]), modes.GCM(nonce, body[-TAG:])).decryptor()
    opener.authenticate_additional_data(place)
    return opener.update(body[:-TAG]) + opener.finalize()


_OPENERS: dict[int, Callable[[keys.Key, bytes, bytes, bytes], bytes]] = {1: _unseal_aes, 2: _unseal_sm4}
