"""QR codes as pictures of lines, which stand in a page without any style of their own."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str, *, title: str) -> SafeString:
    """The code of a text as SVG with its quiet zone, named for those who cannot see it; a quarter may be scratched
    (error correction Q).
    """
    picture = segno.make(text, error="q", micro=False).svg_inline(
        title=title, svgclass="sign-code", lineclass="sign-line", omitsize=True, dark="#000", light="#fff", border=4
    )
    return mark_safe(picture.replace("<svg ", '<svg role="img" ', 1))
