"""Files, and the photos, documents, videos and audios made of them."""

import struct
import zlib
from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack

from sandbox.models.users import Json

FileKind = Literal["photo", "document", "video", "audio"]
DEFAULT_SIZE = (800, 600)
# The beginnings by which real file ids tell their kind.
FILE_ID_PREFIXES: dict[FileKind, str] = {
    "photo": "AgACAg",
    "document": "BQACAg",
    "video": "BAACAg",
    "audio": "CQACAg",
}


class MediaDetails(TypedDict, total=False):
    """What is told of a video or an audio beside its bytes; sizes in pixels, duration in seconds."""

    width: int
    height: int
    duration: int
    title: str
    performer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredFile:
    """An upload: its bytes and how it is fetched again."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    name: str | None = None
    mime_type: str | None = None
    kind: FileKind = "document"
    width: int = 0
    height: int = 0
    duration: int = 0
    title: str | None = None
    performer: str | None = None
    thumbnail: "StoredFile | None" = None

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
        return [self._size_json()]

    def document_json(self) -> Json:
        """Return the Bot API's Document."""
        return self._named_json()

    def video_json(self) -> Json:
        """Return the Bot API's Video."""
        shape = {"width": self.width, "height": self.height, "duration": self.duration}
        return self._named_json() | shape

    def audio_json(self) -> Json:
        """Return the Bot API's Audio."""
        json = self._named_json() | {"duration": self.duration}
        if self.performer:
            json["performer"] = self.performer
        if self.title:
            json["title"] = self.title
        return json

    def _size_json(self) -> Json:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "width": self.width,
            "height": self.height,
            "file_size": len(self.content),
        }

    def _named_json(self) -> Json:
        json: Json = {"file_id": self.file_id, "file_unique_id": self.unique_id}
        if self.thumbnail is not None:
            json["thumbnail"] = self.thumbnail._size_json()
        if self.name:
            json["file_name"] = self.name
        if self.mime_type:
            json["mime_type"] = self.mime_type
        json["file_size"] = len(self.content)
        return json


def new_file(
    number: int,
    content: bytes,
    *,
    name: str | None = None,
    mime_type: str | None = None,
    kind: FileKind | None = None,
    thumbnail: StoredFile | None = None,
    **details: Unpack[MediaDetails],
) -> StoredFile:
    """Return an upload as a stored file; without a kind, a picture is a photo and the rest documents."""
    size = image_size(content)
    kind = kind or ("photo" if size else "document")
    suffix = "jpg" if kind == "photo" else (name or "file.bin").rsplit(".", 1)[-1]
    if size and kind in ("photo", "document"):
        details["width"], details["height"] = size
    return StoredFile(
        file_id=f"{FILE_ID_PREFIXES[kind]}Sandbox{number:08d}",
        unique_id=f"AQADSandbox{number:06d}",
        path=f"{kind}s/file_{number}.{suffix}",
        content=content,
        name=name,
        mime_type=mime_type,
        kind=kind,
        thumbnail=thumbnail,
        **details,
    )


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
