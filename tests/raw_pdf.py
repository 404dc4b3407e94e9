"""PDF documents written object by object, for what no typesetting program writes."""

PLAIN_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
NAMELESS_FONT = b"""<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H /DescendantFonts [
<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Song /DW 1000
/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
/FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+Song /Flags 4 /FontBBox [0 0 1000 1000]
/ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 80 /CapHeight 700 >> >> ] >>"""
"""A font that draws glyphs by number and does not say which characters they are."""


def document(content: bytes, font: bytes = PLAIN_FONT, box: str = "0 0 600 800", page: str = "") -> bytes:
    """One page with `content`, in which the font is /F; `page`: more entries of the page object."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R {page} "
        "/Resources << /Font << /F 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        font,
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return (
        out
        + head
        + table
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(out))
    )
