"""Fields of nested objects, read as Telegram's server reads them."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.models.users import Json


def string(given: Json, name: str) -> str:
    """Return a text that must be there; raises ApiError 400."""
    value = given.get(name)
    if value is None:
        raise bad_request(f'can\'t find field "{name}"')
    if not isinstance(value, str):
        raise bad_request(f'field "{name}" must be of type String')
    return value


def optional_string(given: Json, name: str) -> str:
    """Return a text, an empty one if there is none; raises ApiError 400."""
    return "" if given.get(name) is None else string(given, name)


def optional_array(given: Json, name: str) -> list[Any] | None:
    """Return an array, None if there is none; raises ApiError 400."""
    value = given.get(name)
    if value is not None and not isinstance(value, list):
        raise bad_request(f'field "{name}" must be of type Array')
    return value


def optional_object(given: Json, name: str) -> Json | None:
    """Return an object, None if there is none; raises ApiError 400."""
    value = given.get(name)
    if value is not None and not isinstance(value, dict):
        raise bad_request(f'field "{name}" must be of type Object')
    return value
