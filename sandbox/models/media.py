"""Files, and the photos and documents made of them."""

import struct
import zlib
from dataclasses import dataclass

from sandbox.models.users import Json

DEFAULT_SIZE = (800, 600)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredFile:
    """An upload: its bytes and how it is fetched again."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    name: str | None = None
    mime_type: str | None = None
    width: int = 0
    height: int = 0

    def to_json(self) -> Json:
        """Return the Bot API's File."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.content),
            "file_path": self.path,
        }

    def photo_json(self) -> list[Json]:
        """Return the Bot API's PhotoSize list: one size, the original's."""
        return [
            {
                "file_id": self.file_id,
                "file_unique_id": self.unique_id,
                "width": self.width,
                "height": self.height,
                "file_size": len(self.content),
            }
        ]

    def document_json(self) -> Json:
        """Return the Bot API's Document."""
        json: Json = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        if self.name:
            json["file_name"] = self.name
        if self.mime_type:
            json["mime_type"] = self.mime_type
        json["file_size"] = len(self.content)
        return json


def image_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels of a picture; None for what is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content) or DEFAULT_SIZE
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return DEFAULT_SIZE
    return None


def plain_picture(red: int = 222, green: int = 170, blue: int = 60) -> bytes:
    """Return a small PNG of one colour, for people who send a photo without naming one."""
    width, height = 64, 48
    row = b"\x00" + bytes((red, green, blue)) * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * height)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in (0xC0, 0xC1, 0xC2):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
