"""The key ring: secrets that never touch the database, files in `KEYS_FOLDER` or given by the environment.

A purpose holds several keys: the newest seals, all of them open. A key is named by its fingerprint, so a lost
key is reported as missing and never taken for tampered data.
"""

import base64
import binascii
import hashlib
import os
import re
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

# fields: seals columns · index: finds sealed columns · audit: chains and anchors · files: seals attachments ·
# cards: seals the codes that members show
PURPOSES = ("fields", "index", "audit", "files", "cards")
LENGTH = 32
# The folder is looked at this often and no more: an import seals a million values.
SECONDS_REMEMBERED = 0.2


class KeyProblem(Exception):
    """A sentence for the operator: a key is missing, damaged, or not ours to change."""


@dataclass(frozen=True)
class Key:
    """`id` is a 15-bit fingerprint of the secret (it fits a smallint); it may be stored and shown.

    `cipher` belongs to the key: the setting chooses for keys made from now on, old ones keep theirs.
    """

    id: int
    secret: bytes = field(repr=False)
    cipher: str = "aes"

    @classmethod
    def of(cls, secret: bytes, cipher: str = "aes") -> "Key":
        fingerprint = hashlib.sha256(b"niangjia key id" + secret).digest()
        return cls(int.from_bytes(fingerprint[:2]) >> 1, secret, cipher)

    @property
    def name(self) -> str:
        return f"{self.id:04x}"


Ring = tuple[Key, ...]
_rings: dict[tuple[str, str], tuple[float, int, Ring]] = {}


def current(purpose: str) -> Key:
    """The newest key, which seals; the first one is made at first use."""
    return (ring(purpose) or _first(purpose))[0]


def by_id(purpose: str, key_id: int) -> Key:
    """The key that sealed something earlier."""
    for look in (ring, _read):
        for key in look(purpose):
            if key.id == key_id:
                return key
    raise KeyProblem(
        _("缺少密钥 %(purpose)s/%(id)s：它不在 %(folder)s 中，请从密钥备份恢复；在此之前对应数据无法读取。")
        % {"purpose": purpose, "id": f"{key_id:04x}", "folder": settings.KEYS_FOLDER}
    )


def ring(purpose: str) -> Ring:
    """Every key of a purpose, newest first; a rotation by another process is noticed."""
    if purpose not in PURPOSES:
        raise KeyProblem(
            _("没有名为 %(purpose)s 的密钥用途，可用：%(known)s。")
            % {"purpose": purpose, "known": _("、").join(PURPOSES)}
        )
    slot = os.fspath(settings.KEYS_FOLDER), purpose
    known = _rings.get(slot)
    if known is None:
        return _read(purpose)
    looked_at, stamp, keys = known
    now = time.monotonic()
    if now - looked_at > SECONDS_REMEMBERED:
        if stamp != _stamp():
            return _read(purpose)
        _rings[slot] = now, stamp, keys
    return keys


def rotate(purpose: str) -> Key:
    """Make a newer key. Old ones stay, for they still open what they sealed."""
    _must_be_ours(purpose)
    while True:
        newest = max(_files(purpose), default=0)
        if _make(purpose, newest + 1):
            return _read(purpose)[0]


def retire(purpose: str, key_id: int) -> None:
    """Take an old key out of use: its file is renamed, not destroyed. The caller saw nothing needs it."""
    _must_be_ours(purpose)
    if current(purpose).id == key_id:
        raise KeyProblem(_("这是正在使用的密钥，不能停用；请先轮换。"))
    key = by_id(purpose, key_id)
    for file in _files(purpose).values():
        if _load(file) == key:
            file.rename(file.with_suffix(".retired"))
    _read(purpose)


def _first(purpose: str) -> Ring:
    _make(purpose, 1)  # whoever loses the race reads the winner's key
    return _read(purpose)


def _read(purpose: str) -> Ring:
    stamp = _stamp()
    if given := _given(purpose):
        found = tuple(_parse(word, f"NIANGJIA_KEY_{purpose.upper()}") for word in re.split(r"[\s,]+", given))
    else:
        found = tuple(_load(file) for _number, file in sorted(_files(purpose).items(), reverse=True))
    _rings[os.fspath(settings.KEYS_FOLDER), purpose] = time.monotonic(), stamp, found
    return found


def _given(purpose: str) -> str:
    """Keys from the environment, newest first; they replace the files of that purpose."""
    return str(settings.KEYS_GIVEN.get(purpose, "")).strip()


def _must_be_ours(purpose: str) -> None:
    if _given(purpose):
        raise KeyProblem(
            _("%(name)s 由环境变量提供，请在那里增减密钥（新的写在最前），然后重启。")
            % {"name": f"NIANGJIA_KEY_{purpose.upper()}"}
        )


def _stamp() -> int:
    return Path(settings.KEYS_FOLDER).stat().st_mtime_ns


def _files(purpose: str) -> dict[int, Path]:
    pattern = re.compile(rf"{purpose}-(\d{{4,}})\.key")
    entries = ((pattern.fullmatch(file.name), file) for file in Path(settings.KEYS_FOLDER).iterdir())
    return {int(match[1]): file for match, file in entries if match}


def _load(file: Path) -> Key:
    try:
        return _parse(file.read_text(encoding="ascii").strip(), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise KeyProblem(
            _("密钥文件 %(file)s 无法读取：%(why)s。请检查权限，或从备份恢复。")
            % {"file": file, "why": error}
        ) from None


def _parse(word: str, place: str) -> Key:
    """`cipher:base64`, or base64 alone for AES."""
    cipher, _colon, text = word.rpartition(":")
    try:
        secret = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != LENGTH or cipher not in {"", "aes", "sm4"}:
        raise KeyProblem(
            _("%(place)s 中的密钥已损坏：应为 32 字节的 Base64 文本，请从备份恢复。") % {"place": place}
        )
    return Key.of(secret, cipher or "aes")


def _make(purpose: str, number: int) -> bool:
    """Put a new key file in place, whole or not at all; False when another process was first."""
    folder = Path(settings.KEYS_FOLDER)
    draft = folder / f".{purpose}-{secrets.token_hex(8)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(f"{settings.CIPHER}:".encode() + base64.b64encode(_draw(purpose)))
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link appears with its content and never replaces another: of two starters one is first.
            (folder / f"{purpose}-{number:04d}.key").hardlink_to(draft)
        except FileExistsError:
            return False
    finally:
        draft.unlink()
    _settle(folder)
    return True


def _draw(purpose: str) -> bytes:
    """A secret whose fingerprint is not yet taken."""
    taken = {key.id for key in _read(purpose)}
    while Key.of(secret := secrets.token_bytes(LENGTH)).id in taken:
        pass
    return secret


def _settle(folder: Path) -> None:
    """A key must outlive a power cut before anything is sealed with it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
