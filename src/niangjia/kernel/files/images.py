"""Pictures are drawn anew: upright, at most 2560 pixels long, nothing of camera or place left in them."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from niangjia.kernel.errors import Invalid
from niangjia.kernel.files.kinds import JPEG, PNG, FileKind

LONGEST = 2560
PREVIEW = 320
# A phone's 50-megapixel mode fits, since a JPEG is decoded at a fraction of its size. Others are decoded in full.
MOST_PIXELS = {"JPEG": 52_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
QUALITY = 85

# Pixels that can be made smaller as they are; palettes and bits cannot.
_SMOOTH = frozenset({"RGB", "RGBA", "L"})
# What Pillow's three decoders raise on damaged input.
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    struct.error,
    zlib.error,
    LookupError,
    OverflowError,
)


@dataclass(frozen=True)
class Picture:
    """A redrawn picture and its small preview, both complete in memory."""

    kind: FileKind
    content: BytesIO
    preview: BytesIO


def redraw(source: IO[bytes], kind: FileKind) -> Picture:
    """Decode with the one decoder that fits, and write the pixels into a new file."""
    try:
        with Image.open(source, formats=[kind.decoder]) as image:
            _must_be_bearable(image, MOST_PIXELS[kind.decoder])
            image.draft("RGB", (LONGEST, LONGEST))
            image.load()
            drawn = image if image.mode in _SMOOTH else _plain(image)
            drawn.thumbnail((LONGEST, LONGEST))
            pixels = _plain(ImageOps.exif_transpose(drawn))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large(MOST_PIXELS[kind.decoder]) from None
    except _DAMAGED:
        raise Invalid(_("这张照片不完整或已损坏，无法读取。请重新拍摄或重新选择后上传。")) from None
    small = _on_white(pixels)
    small.thumbnail((PREVIEW, PREVIEW))
    kept = PNG if pixels.mode == "RGBA" else JPEG
    return Picture(kept, _encoded(pixels, kept), _encoded(small, JPEG))


def on_paper(source: IO[bytes], longest: int) -> Image.Image:
    """A kept picture on white, no longer than a printed page needs."""
    with Image.open(source, formats=[JPEG.decoder, PNG.decoder]) as image:
        image.draft("RGB", (longest, longest))
        image.thumbnail((longest, longest))
        return _on_white(image)


def _must_be_bearable(image: Image.Image, most: int) -> None:
    """Judged by the header, before a pixel is decoded."""
    if image.width * image.height > most:
        raise _too_large(most)


def _too_large(most: int) -> Invalid:
    return Invalid(
        _("这张图片的像素过多（上限 %(most)d 万）。请用较低的分辨率重新拍摄或缩小后上传。")
        % {"most": most // 10_000}
    )


def _plain(image: Image.Image) -> Image.Image:
    """Only RGB, or RGBA where something shines through, as in a seal or a signature."""
    if image.has_transparency_data:
        alpha = image.convert("RGBA")
        lowest, _highest = alpha.getchannel("A").getextrema()
        if isinstance(lowest, (int, float)) and lowest < 255:
            return alpha
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.copy()
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _encoded(image: Image.Image, kind: FileKind) -> BytesIO:
    bare = Image.new(image.mode, image.size)
    bare.paste(image)  # a new image carries no EXIF, no comment, no profile over
    written = BytesIO()
    if kind == PNG:
        bare.save(written, "PNG", optimize=True)
    else:
        bare.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    written.seek(0)
    return written
