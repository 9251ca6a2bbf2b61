"""Taking an upload in."""

import os
import re
import unicodedata
from collections.abc import Collection
from typing import IO, Any

from django.core.files.base import File
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.files import images, vault
from niangjia.kernel.files.kinds import IMAGES, FileKind, sniff
from niangjia.kernel.files.models import StoredFile

LIMIT = 10 * 2**20


def store(
    upload: "IO[bytes] | File[Any]",
    *,
    actor: Actor,
    unit: Model,
    name: str = "",
    allowed: Collection[FileKind] = IMAGES,
    limit: int = LIMIT,
) -> StoredFile:
    """Check, clean, seal and record an upload for a unit. `limit` is in bytes.

    Call it before opening a transaction: drawing a photo takes a while. Content without a row is collected.
    """
    source: IO[bytes] = upload  # a Django file reads and seeks like any other
    _must_fit(source, limit)
    kind = sniff(source, allowed)
    content, preview = source, ""
    if kind.decoder:
        picture = images.redraw(source, kind)
        kind, content = picture.kind, picture.content
        preview = vault.put(picture.preview, unit.pk)
    return StoredFile.objects.create(
        unit_id=unit.pk,
        address=vault.put(content, unit.pk),
        preview_address=preview,
        name=clean_name(name or str(getattr(upload, "name", None) or ""), kind),
        media_type=kind.media_type,
        size=content.seek(0, os.SEEK_END),
        uploaded_by=actor.user,
    )


def keep(content: IO[bytes], kind: FileKind, *, actor: Actor, unit: Model, name: str) -> StoredFile:
    """Seal and record a file that the program itself made, of whatever size."""
    return StoredFile.objects.create(
        unit_id=unit.pk,
        address=vault.put(content, unit.pk),
        name=clean_name(name, kind),
        media_type=kind.media_type,
        size=content.seek(0, os.SEEK_END),
        uploaded_by=actor.user,
    )


def clean_name(name: str, kind: FileKind) -> str:
    """The last part of the name, without anything that could mislead, ending as its content demands."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem = os.path.splitext(visible)[0].strip(" .")[:100]  # noqa: PTH122
    return (stem or str(_("附件"))) + kind.extension


def _must_fit(source: IO[bytes], limit: int) -> None:
    size = source.seek(0, os.SEEK_END)
    if size == 0:
        raise Invalid(_("这个文件是空的。请重新选择后上传。"))
    if size > limit:
        raise Invalid(
            _("文件大小为 %(size).1f MB，超过上限 %(limit).0f MB。请压缩或拆分后上传。")
            % {"size": size / 2**20, "limit": limit / 2**20}
        )
