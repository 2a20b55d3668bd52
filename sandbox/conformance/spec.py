"""The machine-readable description of the Bot API: its types, methods and what marks the types of a union."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

# "The member's status in the chat, always "kicked"", "Type of the result, must be photo".
_CONSTANT = re.compile(r"(?:always|must be) [\"“]?([a-z0-9_]+)[\"”]?$")
_MARKERS = ("type", "status", "source")
_QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")
_TIME = re.compile(r"\bUnix time|expiration date", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field of a type, or a parameter of a method."""

    name: str
    types: tuple[str, ...]
    is_required: bool
    description: str

    @property
    def is_time(self) -> bool:
        """Whether it is a point in time, in seconds."""
        return self.types == ("Integer",) and bool(_TIME.search(self.description))

    @property
    def quoted(self) -> frozenset[str]:
        """The values that the description puts between quotation marks."""
        return frozenset(_QUOTED.findall(self.description))


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A type: its fields or, if it is a union, the types that it may be."""

    name: str
    fields: tuple[Field, ...]
    subtypes: tuple[str, ...]
    marker: tuple[str, str] | None

    def field(self, name: str) -> Field:
        """Return a field by its name; raises KeyError."""
        return _named(self.fields, name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """A method: its parameters and the types of its result."""

    name: str
    fields: tuple[Field, ...]
    returns: tuple[str, ...]

    def field(self, name: str) -> Field:
        """Return a parameter by its name; raises KeyError."""
        return _named(self.fields, name)


@dataclass(frozen=True, kw_only=True)
class Spec:
    """The types and methods of one version of the Bot API."""

    version: str
    types: dict[str, Shape]
    methods: dict[str, Method]

    @classmethod
    def load(cls, path: Path) -> "Spec":
        """Read a description; raises OSError, or ValueError if it is something else."""
        described = json.loads(path.read_text(encoding="utf-8"))
        try:
            return cls(
                version=described["version"],
                types={name: _shape(found) for name, found in described["types"].items()},
                methods={name: _method(found) for name, found in described["methods"].items()},
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{path} is no description of the Bot API: {error!r}") from error

    @cached_property
    def update_kinds(self) -> frozenset[str]:
        """The fields of an Update that may be its payload."""
        return frozenset(field.name for field in self.types["Update"].fields) - {"update_id"}

    def find_method(self, name: str) -> Method | None:
        """Return a method by its name in any case, as Telegram takes it."""
        return self.methods.get(name) or self._by_lower_name.get(name.lower())

    def concrete(self, name: str) -> tuple[str, ...]:
        """Return the types that a type stands for: those of a union, or itself."""
        subtypes = self.types[name].subtypes
        return tuple(found for subtype in subtypes for found in self.concrete(subtype)) or (name,)

    @cached_property
    def _by_lower_name(self) -> dict[str, Method]:
        return {name.lower(): method for name, method in self.methods.items()}


def _shape(found: Any) -> Shape:
    fields = _fields(found)
    return Shape(
        name=found["name"], fields=fields, subtypes=tuple(found.get("subtypes", ())), marker=_marker(fields)
    )


def _method(found: Any) -> Method:
    return Method(name=found["name"], fields=_fields(found), returns=tuple(found["returns"]))


def _fields(found: Any) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=field["name"],
            types=tuple(field["types"]),
            is_required=field["required"],
            description=field["description"],
        )
        for field in found.get("fields", ())
    )


def _marker(fields: tuple[Field, ...]) -> tuple[str, str] | None:
    """Return the field and the value by which objects of a type are known."""
    for field in fields:
        if field.name in _MARKERS and (constant := _CONSTANT.search(field.description)):
            return field.name, constant[1]
    return None


def _named(fields: tuple[Field, ...], name: str) -> Field:
    for field in fields:
        if field.name == name:
            return field
    raise KeyError(name)
