"""Reads the parameters of a request, or of a webhook's answer, whichever way they came."""

import zlib
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, ClientPayloadError, ClientResponse, MultipartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from sandbox.errors import ApiError, bad_request
from sandbox.methods.registry import Upload
from sandbox.models.users import Json
from sandbox.wire import BadJson, is_utf8, read_json

LARGEST_BODY = 50 * 1024 * 1024
_ATTACHED = "attach://"
_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
# What aiohttp's readers raise at bodies that are not what their headers say.
_UNREADABLE = (
    ValueError,
    AssertionError,
    LookupError,
    RuntimeError,
    zlib.error,
    HttpProcessingError,
    ClientPayloadError,
    web.RequestPayloadError,
)


async def read_request(request: web.Request) -> Json:
    """Return the parameters of a call; raises ApiError 400 or 413 for what can't be read."""
    given: Json = dict(request.query) if request.query_string else {}
    if not request.can_read_body:
        return given
    kind = request.content_type
    try:
        if kind == _JSON:
            return given | _json_object(await request.read())
        if kind == _FORM:
            return given | _form(await request.read())
        if kind == _MULTIPART:
            return given | await _multipart(await request.multipart())
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None
    except _UNREADABLE:
        raise bad_request("the request body can't be read") from None
    if body:
        raise bad_request(f"unsupported content type {kind}")
    return given


async def read_answer(response: ClientResponse) -> Json:
    """Return what a webhook answered: the parameters of a method, and its name under "method".

    Raises ApiError for what can't be read.
    """
    kind = response.content_type
    try:
        if kind == _JSON:
            return _json_object(await response.read())
        if kind == _FORM:
            return _form(await response.read())
        if kind == _MULTIPART:
            return await _multipart(MultipartReader(response.headers, response.content))
        await response.read()
    except _UNREADABLE:
        raise bad_request("the webhook's answer can't be read") from None
    return {}


def _json_object(body: bytes) -> Json:
    if not body:
        return {}
    try:
        parsed = read_json(body)
    except BadJson as error:
        raise bad_request(f"can't parse request JSON: {error}") from None
    if not isinstance(parsed, dict):
        raise bad_request("the request JSON must be an object")
    return parsed


def _form(body: bytes) -> Json:
    return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))


async def _multipart(reader: MultipartReader) -> Json:
    fields: Json = {}
    uploads: dict[str, Upload] = {}
    size = 0
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or not part.name:
            raise bad_request("nested or nameless parts of a form can't be read")
        content = bytes(await part.read(decode=True))
        size += len(content)
        if size > LARGEST_BODY:
            raise ApiError(413, "Request Entity Too Large")
        if not is_utf8(part.name) or not is_utf8(part.filename or ""):
            raise bad_request("names in a form must be encoded in UTF-8")
        if part.filename is not None:
            mime_type = part.headers.get("Content-Type")
            uploads[part.name] = Upload(name=part.filename, content=content, mime_type=mime_type)
        else:
            fields[part.name] = content.decode()
    return _with_uploads(fields, uploads)


def _with_uploads(fields: Json, uploads: dict[str, Upload]) -> Json:
    """Put files in the place of the attach:// references to them."""
    attached: set[str] = set()

    def nested(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: nested(item) for name, item in value.items()}
        if isinstance(value, list):
            return [nested(item) for item in value]
        name = value.removeprefix(_ATTACHED) if isinstance(value, str) else ""
        if name not in uploads or name == value:
            return value
        attached.add(name)
        return uploads[name]

    def resolved(value: Any) -> Any:
        if isinstance(value, str) and _ATTACHED in value and value.lstrip()[:1] in ("[", "{"):
            return nested(_as_json(value))
        if not isinstance(value, str) or not value.startswith(_ATTACHED):
            return value
        name = value.removeprefix(_ATTACHED)
        if name not in uploads:
            raise bad_request(f'there is no file "{name}" in the request')
        attached.add(name)
        return uploads[name]

    parameters = {name: resolved(value) for name, value in fields.items()}
    return parameters | {name: upload for name, upload in uploads.items() if name not in attached}


def _as_json(value: str) -> Any:
    """Return what a field holds; what is no JSON stays as it is, for its method to refuse."""
    try:
        return read_json(value.encode())
    except BadJson:
        return value
