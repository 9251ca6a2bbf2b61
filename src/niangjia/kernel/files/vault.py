"""The folder of sealed files. A file appears whole or not at all, under a name that tells nothing.

Address = HMAC(unit, content): the same photo sent twice by a unit is one file, but equal files of two units
look unrelated to whoever reads folder or table. Each file has a key of its own, made from the ring and
a salt; chunks are sealed with AES-GCM (SM4-GCM under such a key), numbered, the last one marked, all bound to
the address: a cut, re-ordered, exchanged or changed file does not open.
"""

import errno
import fcntl
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES, SM4
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import keys
from niangjia.kernel.errors import Refused

MAGIC = b"NJF1"
SALT = 16
HEADER = len(MAGIC) + 4 + SALT
CHUNK = 64 * 1024
TAG = 16

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StorageFull(Refused):
    """No room left; nothing was written."""

    status = 507


class Damaged(Refused):
    """The stored file is gone or does not open: the disk or somebody changed it."""

    status = 410


def put(source: IO[bytes], unit_id: int) -> str:
    """Seal the content from its beginning and return its address."""
    address = _address(source, unit_id)
    try:
        draft = _draft(source, address)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise StorageFull(
            _("存储空间已满，文件没有保存，其他内容不受影响。请联系管理员清理磁盘后重新上传。")
        ) from None
    target = path(address)
    with folder_lock():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Even an equal file is replaced: its age starts anew, so the collector cannot take it away from us.
        draft.replace(target)
    _settle(target.parent)
    return address


def stream(address: str) -> Iterator[bytes]:
    """The plain content, chunk by chunk, each proven before it is handed out."""
    try:
        file = path(address).open("rb")
    except FileNotFoundError:
        raise Damaged(_("文件已不在存储中。请联系管理员从备份恢复。")) from None
    with file:
        header = file.read(HEADER)
        if len(header) != HEADER or not header.startswith(MAGIC):
            raise _damaged()
        yield from _opened(file, header, address)


def path(address: str) -> Path:
    return Path(settings.FILES_FOLDER) / address[:2] / address[2:4] / address


def drafts() -> Path:
    folder = Path(settings.FILES_FOLDER) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def folder_lock() -> Iterator[None]:
    """Held for an instant by who puts a file in place and by who takes one away."""
    with (Path(settings.FILES_FOLDER) / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _address(source: IO[bytes], unit_id: int) -> str:
    source.seek(0)
    digest = hashlib.sha256()
    while block := source.read(CHUNK):
        digest.update(block)
    secret = hmac.digest(keys.current("files").secret, b"niangjia file address", "sha256")
    return hmac.new(secret, b"%d:" % unit_id + digest.digest(), "sha256").hexdigest()


def _draft(source: IO[bytes], address: str) -> Path:
    """The sealed content under a passing name, safely on the disk."""
    source.seek(0)
    draft = drafts() / secrets.token_hex(16)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for block in _sealed(source, address):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _sealed(source: IO[bytes], address: str) -> Iterator[bytes]:
    key = keys.current("files")
    header = MAGIC + key.id.to_bytes(4) + secrets.token_bytes(SALT)
    algorithm, bound = _own_key(key, header), header + address.encode()
    yield header
    for number, block, is_last in _numbered(source, CHUNK):
        sealer = Cipher(algorithm, modes.GCM(_nonce(number, is_last))).encryptor()
        sealer.authenticate_additional_data(bound)
        yield sealer.update(block) + sealer.finalize() + sealer.tag


def _opened(file: IO[bytes], header: bytes, address: str) -> Iterator[bytes]:
    key = keys.by_id("files", int.from_bytes(header[len(MAGIC) : HEADER - SALT]))
    algorithm, bound = _own_key(key, header), header + address.encode()
    for number, block, is_last in _numbered(file, CHUNK + TAG):
        if len(block) < TAG:
            raise _damaged()
        opener = Cipher(algorithm, modes.GCM(_nonce(number, is_last), block[-TAG:])).decryptor()
        opener.authenticate_additional_data(bound)
        plain = opener.update(block[:-TAG])
        try:
            yield plain + opener.finalize()
        except InvalidTag:
            raise _damaged() from None


def _numbered(source: IO[bytes], length: int) -> Iterator[tuple[int, bytes, bool]]:
    """Blocks with their number, and whether each is the last: a cut file thereby does not open."""
    block, number = source.read(length), 0
    while True:
        following = source.read(length)
        yield number, block, not following
        if not following:
            return
        block, number = following, number + 1


def _own_key(key: keys.Key, header: bytes) -> AES | SM4:
    """One key per file: the salt in the header makes it, so numbers may serve as nonces."""
    secret = hmac.digest(key.secret, b"niangjia file" + header, "sha256")
    return AES(secret) if key.cipher == "aes" else SM4(secret[:16])


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


def _damaged() -> Damaged:
    return Damaged(_("文件内容与保存时不一致，不能打开。请联系管理员从备份恢复。"))


def _settle(folder: Path) -> None:
    """The new name must outlive a power cut before the database speaks of it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
