"""Requests of bots: the method known, its parameters known, there and right, as lenient as Telegram is."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.conformance.problems import OF_REQUESTS, OF_TYPES, Check, Problem, Problems, as_integer, under
from sandbox.conformance.rules import calls
from sandbox.conformance.rules.texts import chosen
from sandbox.conformance.shapes import Shapes
from sandbox.conformance.spec import Field, Method, Spec
from sandbox.methods.registry import Upload
from sandbox.models.users import Json

# Importing the module registers its rules; the name keeps the import from looking unused.
_RULES = (calls,)
_WORDS_OF_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """A parameter: how its value is read, and what is checked of it."""

    read: Callable[[Any], Any]
    check: Check


@dataclass(frozen=True, kw_only=True, slots=True)
class CompiledMethod:
    """A method of the spec with the checks of its parameters."""

    name: str
    parameters: dict[str, Parameter]
    required: frozenset[str]


class Requests:
    """Checks what bots ask for; `seen` counts the fields of the objects that they send along."""

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self._shapes = Shapes(spec, rules=OF_TYPES, lenient=True)
        self._methods: dict[str, CompiledMethod] = {}

    @property
    def seen(self) -> Mapping[str, set[str]]:
        """The fields that came by, of each type."""
        return self._shapes.seen

    def read(self, method: str, parameters: Json) -> "Read":
        """Return a request with its values as Telegram understands them, and all that is wrong with it."""
        found = self._method(method)
        if found is None:
            return Read(method=method, problems=(Problem("", "the API has no such method"),))
        values: Json = {}
        problems: list[Problem] = []
        for name, value in parameters.items():
            parameter = found.parameters.get(name)
            if parameter is None:
                if not _is_attached(name, value, parameters):
                    problems.append(Problem(name, f"{found.name} has no such parameter"))
            elif (read := parameter.read(value)) is not None:
                values[name] = read
                problems += under(name, parameter.check(values[name]))
        problems += [
            Problem(name, f"{found.name} needs this parameter")
            for name in sorted(found.required - values.keys())
        ]
        if not problems:
            for rule in OF_REQUESTS.get(found.name, ()):
                problems += rule(values)
            problems += self._unknown_kinds(values)
        return Read(method=found.name, values=values, problems=problems)

    def _unknown_kinds(self, values: Json) -> Iterator[Problem]:
        for position, kind in enumerate(values.get("allowed_updates", ())):
            yield from chosen(f"allowed_updates[{position}]", kind, self._spec.update_kinds)

    def _method(self, name: str) -> CompiledMethod | None:
        if name not in self._methods:
            found = self._spec.find_method(name)
            if found is None:
                return None
            self._methods[name] = self._compiled(found)
        return self._methods[name]

    def _compiled(self, method: Method) -> CompiledMethod:
        return CompiledMethod(
            name=method.name,
            parameters={
                field.name: Parameter(read=_reader(field), check=self._shapes.field(field))
                for field in method.fields
            },
            required=frozenset(field.name for field in method.fields if field.is_required),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A request as it was understood."""

    method: str
    values: Json = field(default_factory=dict)
    problems: Problems


def _reader(field: Field) -> Callable[[Any], Any]:
    """Return what undoes the encodings of a form, which Telegram takes in a JSON body just as well."""
    types = field.types
    if "Integer" in types:
        return _number
    if types == ("Boolean",):
        return _truth
    if types == ("Float",):
        return _fraction
    if types == ("String",):
        return _words
    return (lambda value: value) if "String" in types or "InputFile" in types else _decoded


def _number(value: Any) -> Any:
    number = as_integer(value)
    return value if number is None else number


def _truth(value: Any) -> Any:
    if isinstance(value, str):
        return _WORDS_OF_TRUTH.get(value.lower(), value)
    return bool(value) if value in (0, 1) else value


def _fraction(value: Any) -> Any:
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _words(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except (ValueError, RecursionError):
        return value


def _is_attached(name: str, value: Any, parameters: Json) -> bool:
    """Whether a file of the request is one that another parameter refers to."""
    if not isinstance(value, Upload):
        return False
    reference = f"attach://{name}"
    return any(reference in str(other) for other in parameters.values() if not isinstance(other, Upload))
