"""Files that a bot sends: uploads, and file_ids of what is here already; checked as Telegram checks them."""

import mimetypes
from typing import Unpack

from sandbox.errors import bad_request
from sandbox.methods.registry import Call, Upload
from sandbox.models.media import FileKind, MediaDetails, StoredFile, image_size

LARGEST_PHOTO = 10 * 1024 * 1024
_LARGEST_THUMBNAIL = 200 * 1024
_LONGEST_THUMBNAIL_SIDE = 320
_MOST_PIXELS_AROUND = 10_000
_STEEPEST_RATIO = 20


def read_file(
    call: Call,
    source: Upload | str,
    kind: FileKind,
    *,
    thumbnail: Upload | str = "",
    **details: Unpack[MediaDetails],
) -> StoredFile:
    """Return the file that is meant, an upload stored anew; raises ApiError 400."""
    if isinstance(source, Upload):
        check_upload(source, kind)
        return call.world.add_file(
            source.content,
            name=source.name,
            mime_type=_mime_type(source),
            kind=kind,
            thumbnail=_thumbnail(call, thumbnail),
            **details,
        )
    known = call.world.files.get(source)
    if known is not None:
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind.title()} as {kind.title()}")
        return known
    if source.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content: the sandbox opens no outside addresses")
    raise bad_request("wrong file identifier/HTTP URL specified")


def check_upload(upload: Upload, kind: FileKind) -> None:
    """Raise ApiError 400 for an empty file, and for a photo that Telegram would not take."""
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind != "photo":
        return
    if len(upload.content) > LARGEST_PHOTO:
        raise bad_request(
            f"file of size {len(upload.content)} bytes is too big for a photo;"
            f" the maximum size is {LARGEST_PHOTO} bytes"
        )
    size = image_size(upload.content)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > _MOST_PIXELS_AROUND or max(size) > _STEEPEST_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _thumbnail(call: Call, source: Upload | str) -> StoredFile | None:
    """Keep a small JPEG; Telegram passes over anything else, and over thumbnails that are no uploads."""
    if not isinstance(source, Upload) or len(source.content) > _LARGEST_THUMBNAIL:
        return None
    size = image_size(source.content)
    if size is None or not source.content.startswith(b"\xff\xd8") or max(size) > _LONGEST_THUMBNAIL_SIDE:
        return None
    return call.world.add_file(source.content, mime_type="image/jpeg", kind="photo")


def _mime_type(upload: Upload) -> str:
    """Return the type that the name tells, as Telegram does; else the one that came with the file."""
    guessed, _ = mimetypes.guess_type(upload.name)
    return guessed or upload.mime_type or "application/octet-stream"
