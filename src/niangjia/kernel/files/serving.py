"""Giving a file back. The caller came by the row through a domain query: that was the access check."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.errors import Missing
from niangjia.kernel.files import vault
from niangjia.kernel.files.images import on_paper
from niangjia.kernel.files.kinds import IMAGES, JPEG, PDF
from niangjia.kernel.files.models import StoredFile

# Only these are ever shown inside a page; whatever else is handed over to be saved.
SHOWN = frozenset(kind.media_type for kind in IMAGES | {PDF})
# A4 at 150 dots to the inch.
LONGEST_ON_PAPER = 1754
QUALITY_ON_PAPER = 75


@dataclass(frozen=True)
class Download:
    """What a response is made of: the headers to set and the plain content to stream."""

    headers: dict[str, str]
    stream: Iterator[bytes] = field(repr=False)


def open_stream(stored: StoredFile) -> Iterator[bytes]:
    """The plain content in chunks; `Damaged` where it cannot be trusted."""
    return vault.stream(stored.address)


def download(stored: StoredFile, *, disposition: Literal["inline", "attachment"] = "attachment") -> Download:
    is_attachment = disposition == "attachment" or stored.media_type not in SHOWN
    headers = _headers(stored.media_type, stored.name, is_attachment)
    headers["Content-Length"] = str(stored.size)
    return Download(headers, _begun(open_stream(stored)))


def preview(stored: StoredFile) -> Download:
    """A small JPEG of a picture."""
    if not stored.preview_address:
        raise Missing(_("这个附件没有缩略图，请下载查看。"))
    headers = _headers(JPEG.media_type, stored.name, is_attachment=False)
    return Download(headers, _begun(vault.stream(stored.preview_address)))


def for_printing(stored: StoredFile) -> tuple[bytes, int, int]:
    """A picture as JPEG with width and height, sharp enough on A4 and no heavier."""
    image = on_paper(BytesIO(b"".join(open_stream(stored))), LONGEST_ON_PAPER)
    written = BytesIO()
    image.convert("RGB").save(written, JPEG.decoder, quality=QUALITY_ON_PAPER)
    return written.getvalue(), image.width, image.height


def _headers(media_type: str, name: str, is_attachment: bool) -> dict[str, str]:
    return {
        "Content-Type": media_type,
        "Content-Disposition": content_disposition_header(is_attachment, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "Cache-Control": "private, no-store",
    }


def _begun(stream: Iterator[bytes]) -> Iterator[bytes]:
    """Open and prove the first chunk now, while a refusal can still become a page of its own."""
    first = next(stream)

    def whole() -> Iterator[bytes]:
        yield first
        yield from stream

    return whole()
