"""QR pictures, drawn as SVG into the page itself: nothing is fetched, nothing is stored."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(text: str) -> SafeString:
    """A square of paths; whoever places it gives it a size and a word for those who cannot see it."""
    return mark_safe(segno.make_qr(text, error="m").svg_inline(border=2, omitsize=True, svgclass=None))
