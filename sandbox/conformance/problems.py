"""What is wrong and where: problems with a path, and the rules that find them."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from sandbox.models.users import Json


class Problem(NamedTuple):
    """A fault in a value: `path` leads to it from the value, "" is the value itself."""

    path: str
    what: str


Problems = Sequence[Problem]
Check = Callable[[Any], Problems]
Rule = Callable[[Json], Iterable[Problem]]
NONE: Problems = ()
_DIGITS = re.compile(r"-?[0-9]{1,19}")

# What the description of the API can't say: rules by the type, and by the method, that they hold for.
OF_TYPES: dict[str, list[Rule]] = {}
OF_REQUESTS: dict[str, list[Rule]] = {}


def under(step: str, found: Iterable[Problem]) -> list[Problem]:
    """Return problems of a part as problems of the whole that has the part at `step`."""
    return [Problem(_joined(step, path), what) for path, what in found]


def rule(*names: str) -> Callable[[Rule], Rule]:
    """Register what holds for every object of these types, once its shape is right."""
    return _register(OF_TYPES, names)


def request_rule(*methods: str) -> Callable[[Rule], Rule]:
    """Register what holds for the parameters of these methods, once their types are right."""
    return _register(OF_REQUESTS, methods)


def as_integer(value: Any) -> int | None:
    """Return the number that a string of digits stands for, as Telegram reads it; None for anything else."""
    return int(value) if isinstance(value, str) and _DIGITS.fullmatch(value.strip()) else None


def short(value: Any) -> str:
    """Return a value as a message shows it, cut if it is long."""
    shown = repr(value)
    return shown if len(shown) <= 80 else f"{shown[:77]}..."


def _register(into: dict[str, list[Rule]], names: tuple[str, ...]) -> Callable[[Rule], Rule]:
    def register(found: Rule) -> Rule:
        for name in names:
            into.setdefault(name, []).append(found)
        return found

    return register


def _joined(step: str, path: str) -> str:
    return f"{step}.{path}" if path and path[0] != "[" else f"{step}{path}"
