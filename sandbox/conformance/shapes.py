"""The types of the API as checks: compiled once, a closure for each, then only called."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sandbox.conformance.problems import NONE, Check, Problem, Problems, Rule, as_integer, short, under
from sandbox.conformance.spec import Field, Spec
from sandbox.methods.registry import Upload

_ARRAY = "Array of "
_SIMPLE = ("Integer", "String", "Boolean", "Float", "InputFile")
# The first Telegram account is of August 2013; Telegram keeps dates in 32 bits. Milliseconds are far above.
EARLIEST = 1_375_000_000
LATEST = 2**31 - 1
# Where Telegram takes a plain string for an object of these types, in requests.
_SHORTHAND = ("KeyboardButton", "InputPollOption")
# Of a user whom a bot mentions, Telegram reads only the id.
_ENOUGH = {"User": frozenset({"id"})}
# Fields that hold one of the words that their description puts between quotation marks.
_CHOICES = frozenset(
    {
        ("Chat", "type"),
        ("ChatFullInfo", "type"),
        ("InlineKeyboardButton", "style"),
        ("KeyboardButton", "style"),
        ("MessageEntity", "type"),
        ("Poll", "type"),
        ("ReactionTypeEmoji", "emoji"),
    }
)
_FOREVER = ("until_date", "completion_date")


class Shapes:
    """Checks of values against the spec's types; `seen` counts which fields of which types came by.

    `lenient` reads nested numbers as Telegram reads those of a request: a string of digits is an integer.
    """

    def __init__(self, spec: Spec, *, rules: Mapping[str, Sequence[Rule]], lenient: bool = False) -> None:
        self.seen: dict[str, set[str]] = {}
        self._spec = spec
        self._rules = rules
        self._lenient = lenient
        self._objects: dict[str, Check] = {}
        self._checks: dict[tuple[str, ...], Check] = {}

    def of(self, types: Sequence[str]) -> Check:
        """Return the check that a value is of one of the types."""
        key = tuple(types)
        if key not in self._checks:
            self._checks[key] = self._compiled(key)
        return self._checks[key]

    def field(self, field: Field) -> Check:
        """Return the check of a field or parameter, a point in time included."""
        check = self.of(field.types)
        return _in_time(check, may_be_none=field.name in _FOREVER) if field.is_time else check

    def _compiled(self, types: tuple[str, ...]) -> Check:
        if all(name.startswith(_ARRAY) for name in types):
            return _array(self.of([name.removeprefix(_ARRAY) for name in types]))
        simple = [name for name in types if name in _SIMPLE]
        concrete = [found for name in types if name not in _SIMPLE for found in self._spec.concrete(name)]
        if not concrete:
            return _simple(simple, lenient=self._lenient)
        check = self._object(concrete[0]) if len(concrete) == 1 else self._union(concrete)
        if self._lenient and concrete[0] in _SHORTHAND:
            simple.append("String")
        return _either(check, _simple(simple, lenient=self._lenient)) if simple else check

    def _object(self, name: str) -> Check:
        if name not in self._objects:
            self._objects[name] = self._compiled_object(name)
        return self._objects[name]

    def _compiled_object(self, name: str) -> Check:
        fields: dict[str, Check] = {}
        seen = self.seen.setdefault(name, set())
        shape = self._spec.types[name]
        required = frozenset(field.name for field in shape.fields if field.is_required)
        if self._lenient and name in _ENOUGH:
            required = _ENOUGH[name]
        rules = tuple(self._rules.get(name, ()))

        def check(value: Any) -> Problems:
            if type(value) is not dict:
                return (Problem("", f"{short(value)} is no {name}"),)
            seen.update(value)
            problems: list[Problem] = []
            for key, item in value.items():
                inner = fields.get(key)
                if inner is None:
                    problems.append(Problem(key, f"{name} has no such field"))
                elif found := inner(item):
                    problems += under(key, found)
            if not value.keys() >= required:
                problems += [
                    Problem(key, f"{name} needs this field") for key in sorted(required - value.keys())
                ]
            if not problems:
                for rule in rules:
                    problems += rule(value)
            return problems

        # Types hold themselves (a Message its reply), so the check must be known before its fields are.
        self._objects[name] = check
        fields.update({field.name: self._of_type(name, field) for field in shape.fields})
        return check

    def _of_type(self, name: str, field: Field) -> Check:
        check = self.field(field)
        if self._lenient and "attach://" in field.description:
            return _either_file(check)
        return _one_of(check, field.quoted) if (name, field.name) in _CHOICES else check

    def _union(self, names: Sequence[str]) -> Check:
        if set(names) == {"Message", "InaccessibleMessage"}:
            return self._maybe_inaccessible()
        markers = {name: self._spec.types[name].marker for name in names}
        by_mark: dict[Any, list[str]] = {}
        key = next((marker[0] for marker in markers.values() if marker), None)
        if key is None or None in markers.values():
            return self._best(names)
        for name, marker in markers.items():
            assert marker is not None
            by_mark.setdefault(marker[1], []).append(name)
        checks = {mark: self._best(found) for mark, found in by_mark.items()}
        expected = ", ".join(sorted(by_mark))

        def check(value: Any) -> Problems:
            if type(value) is not dict:
                return (Problem("", f"{short(value)} is no object"),)
            mark = value.get(key)
            chosen = checks.get(mark) if isinstance(mark, str) else None
            if chosen is None:
                return (Problem(key, f"{short(mark)} is none of {expected}"),)
            return chosen(value)

        return check

    def _maybe_inaccessible(self) -> Check:
        message, inaccessible = self._object("Message"), self._object("InaccessibleMessage")

        def check(value: Any) -> Problems:
            is_gone = type(value) is dict and value.get("date") == 0
            return inaccessible(value) if is_gone else message(value)

        return check

    def _best(self, names: Sequence[str]) -> Check:
        """Return the check against the type that a value fits best, for unions that nothing marks."""
        if len(names) == 1:
            return self._object(names[0])
        shapes = [self._spec.types[name] for name in names]
        required = {shape.name: {f.name for f in shape.fields if f.is_required} for shape in shapes}
        known = {shape.name: {f.name for f in shape.fields} for shape in shapes}
        checks = {name: self._object(name) for name in names}

        def misfit(name: str, keys: set[str]) -> int:
            return len(required[name] - keys) + len(keys - known[name])

        def check(value: Any) -> Problems:
            if type(value) is not dict:
                return (Problem("", f"{short(value)} is none of {', '.join(names)}"),)
            keys = set(value)
            return checks[min(names, key=lambda name: misfit(name, keys))](value)

        return check


def _array(inner: Check) -> Check:
    def check(value: Any) -> Problems:
        if type(value) is not list:
            return (Problem("", f"{short(value)} is no array"),)
        problems: list[Problem] = []
        for position, item in enumerate(value):
            if found := inner(item):
                problems += under(f"[{position}]", found)
        return problems

    return check


def _either_file(inner: Check) -> Check:
    """Return the check of a reference that may have become the file itself already."""

    def check(value: Any) -> Problems:
        return NONE if type(value) is Upload else inner(value)

    return check


def _either(objects: Check, simple: Check) -> Check:
    def check(value: Any) -> Problems:
        return objects(value) if type(value) is dict else simple(value)

    return check


def _simple(names: Sequence[str], *, lenient: bool) -> Check:
    """Return the check of a plain value. A bool is no integer, however Python sees it."""
    accepted = frozenset(_accepted(names))
    what = " or ".join(names)
    digits = lenient and "Integer" in names

    def check(value: Any) -> Problems:
        if type(value) in accepted or (digits and as_integer(value) is not None):
            return NONE
        return (Problem("", f"{short(value)} is no {what}"),)

    return check


def _accepted(names: Sequence[str]) -> Iterator[type]:
    for name in names:
        match name:
            case "Integer":
                yield int
            case "Float":
                yield from (float, int)
            case "Boolean":
                yield bool
            case "InputFile":
                # A file that came with the request, or a reference to one.
                yield from (Upload, str)
            case _:
                yield str


def _one_of(inner: Check, allowed: frozenset[str]) -> Check:
    def check(value: Any) -> Problems:
        if found := inner(value):
            return found
        return NONE if value in allowed else (Problem("", f"{short(value)} is none of {_listed(allowed)}"),)

    return check


def _listed(words: frozenset[str]) -> str:
    listed = ", ".join(sorted(words))
    return listed if len(listed) <= 300 else f"{len(words)} that are known"


def _in_time(inner: Check, *, may_be_none: bool) -> Check:
    def check(value: Any) -> Problems:
        if found := inner(value):
            return found
        moment = int(value)
        if EARLIEST <= moment <= LATEST or (moment == 0 and may_be_none):
            return NONE
        return (Problem("", f"{value} is no plausible time in seconds"),)

    return check
