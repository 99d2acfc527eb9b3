"""What a picture's bytes say about it: kind and size, without decoding it."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from dataclasses import dataclass

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

# A drawing that points outside itself could make a renderer read files or ask the network.
_OUTSIDE = re.compile(rb"""(?:xlink:)?href\s*=\s*(?:"(?!#|data:)[^"]*"|'(?!#|data:)[^']*')""", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """Suffix without a dot, MIME type, and size in pixels (0 when a drawing has no own size)."""

    suffix: str
    mime: str
    width: int
    height: int
    data: bytes

    def address(self) -> str:
        """The picture as a data address."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode('ascii')}"


def read(encoded: str | None) -> Picture | None:
    """The picture in a base64 text, or None when there is none or its kind is not known."""
    if not encoded:
        return None
    try:
        data = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        return None
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        return Picture("png", "image/png", width, height, data)
    if data.startswith(b"\xff\xd8\xff"):
        width, height = _jpeg_size(data)
        return Picture("jpg", "image/jpeg", width, height, data)
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) > 10:
        width, height = struct.unpack("<HH", data[6:10])
        return Picture("gif", "image/gif", width, height, data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Picture("webp", "image/webp", 0, 0, data)
    if re.search(rb"<svg[\s>]", data[:4096]):
        return Picture("svg", "image/svg+xml", 0, 0, _OUTSIDE.sub(b"", data))
    return None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return 0, 0
