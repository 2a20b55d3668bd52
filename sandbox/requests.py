"""Reads the parameters of a request, whichever way they came."""

import json
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, web

from sandbox.errors import ApiError, bad_request
from sandbox.methods.registry import Upload
from sandbox.models.users import Json

LARGEST_BODY = 50 * 1024 * 1024
_ATTACHED = "attach://"


async def read_request(request: web.Request) -> Json:
    """Return the parameters of a call; raises ApiError 400 or 413 for a body that can't be read."""
    given: Json = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return given
    kind = request.content_type
    try:
        if kind == "application/json":
            return given | _json_object(await request.read())
        if kind == "application/x-www-form-urlencoded":
            return given | dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
        if kind == "multipart/form-data":
            return given | await _multipart(request)
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except (ValueError, AssertionError):
        raise bad_request("the request body can't be read") from None
    if await request.read():
        raise bad_request(f"unsupported content type {kind}")
    return given


def _json_object(body: bytes) -> Json:
    if not body:
        return {}
    try:
        parsed = json.loads(body)
    except ValueError:
        raise bad_request("can't parse request JSON") from None
    if not isinstance(parsed, dict):
        raise bad_request("the request JSON must be an object")
    return parsed


async def _multipart(request: web.Request) -> Json:
    fields: Json = {}
    uploads: dict[str, Upload] = {}
    size = 0
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or not part.name:
            raise bad_request("nested or nameless parts of a form can't be read")
        content = bytes(await part.read(decode=True))
        size += len(content)
        if size > LARGEST_BODY:
            raise ApiError(413, "Request Entity Too Large")
        if part.filename is not None:
            mime_type = part.headers.get("Content-Type")
            uploads[part.name] = Upload(name=part.filename, content=content, mime_type=mime_type)
        else:
            fields[part.name] = content.decode()
    return _with_uploads(fields, uploads)


def _with_uploads(fields: Json, uploads: dict[str, Upload]) -> Json:
    """Put files in the place of the attach:// references to them."""
    attached: set[str] = set()

    def resolved(value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith(_ATTACHED):
            return value
        name = value.removeprefix(_ATTACHED)
        if name not in uploads:
            raise bad_request(f'there is no file "{name}" in the request')
        attached.add(name)
        return uploads[name]

    parameters = {name: resolved(value) for name, value in fields.items()}
    return parameters | {name: upload for name, upload in uploads.items() if name not in attached}
