"""What came by: methods, parameters, kinds of updates and fields, added up over many worlds."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.conformance.spec import Spec
from sandbox.models.users import Json


@dataclass(kw_only=True)
class Coverage:
    """Counts of accepted calls and of updates; the parameters and fields that were seen."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    updates: Counter[str] = field(default_factory=Counter)
    parameters: dict[str, set[str]] = field(default_factory=dict)
    sent: dict[str, set[str]] = field(default_factory=dict)
    received: dict[str, set[str]] = field(default_factory=dict)

    def merge(self, other: "Coverage") -> None:
        """Add what somebody else saw."""
        self.accepted.update(other.accepted)
        self.refused.update(other.refused)
        self.updates.update(other.updates)
        for into, more in (
            (self.parameters, other.parameters),
            (self.sent, other.sent),
            (self.received, other.received),
        ):
            add_fields(into, more)

    def to_json(self) -> Json:
        """Return it as plain data, to be carried between processes."""
        return {
            name: dict(value) if isinstance(value, Counter) else _listed(value)
            for name, value in vars(self).items()
        }

    @classmethod
    def from_json(cls, json: Mapping[str, Any]) -> "Coverage":
        """Return what `to_json` was made of."""
        counts: dict[str, Any] = {name: Counter(json[name]) for name in ("accepted", "refused", "updates")}
        fields: dict[str, Any] = {
            name: {key: set(names) for key, names in json[name].items()}
            for name in ("parameters", "sent", "received")
        }
        return cls(**counts, **fields)

    def unexercised(self, methods: Sequence[str]) -> list[str]:
        """Return those methods that were never called with success."""
        return sorted(name for name in methods if not self.accepted[name])

    def summary(self, spec: Spec, *, methods: Sequence[str]) -> Iterator[str]:
        """Say in a few lines how much was seen; `methods` are those to be seen."""
        known = [name for name in methods if name in spec.methods]
        taken = sum(len(self.parameters.get(name, ())) for name in known)
        there = sum(len(spec.methods[name].fields) for name in known)
        yield (
            f"{len(methods) - len(self.unexercised(methods))} of {len(methods)} methods, "
            f"{taken} of their {there} parameters, {sum(self.accepted.values())} calls accepted, "
            f"{sum(self.refused.values())} refused"
        )
        yield (
            f"{len(self.updates)} of {len(spec.update_kinds)} kinds of updates, "
            f"{sum(self.updates.values())} sent; {sum(map(len, self.sent.values()))} fields of "
            f"{sum(map(bool, self.sent.values()))} types sent, {sum(map(len, self.received.values()))} of "
            f"{sum(map(bool, self.received.values()))} received"
        )

    def report(self, spec: Spec) -> Iterator[str]:
        """Tell everything: each method with its parameters, each type with its fields, and what lacks."""
        yield f"Coverage of {spec.version}"
        yield ""
        yield "Methods: calls accepted and refused; parameters seen, then those never seen"
        for name in sorted(self.accepted.keys() | self.refused.keys()):
            method = spec.find_method(name)
            names = [found.name for found in method.fields] if method is not None else []
            seen = self.parameters.get(name, set())
            yield f"  {name}: {self.accepted[name]} + {self.refused[name]}{_told(names, seen)}"
        yield ""
        yield "Updates"
        for kind in sorted(spec.update_kinds):
            yield f"  {kind}: {self.updates[kind]}"
        for title, seen_by_type in (
            ("Sent by the sandbox", self.sent),
            ("Received from bots", self.received),
        ):
            yield ""
            yield f"{title}: fields seen, then those never seen"
            for name, seen in sorted(seen_by_type.items()):
                if seen:
                    yield f"  {name}{_told([found.name for found in spec.types[name].fields], seen)}"


def add_fields(into: dict[str, set[str]], more: Mapping[str, set[str]]) -> None:
    """Add fields, or parameters, of each type, or method."""
    for name, fields in more.items():
        into.setdefault(name, set()).update(fields)


def _listed(fields: Mapping[str, set[str]]) -> dict[str, list[str]]:
    return {name: sorted(names) for name, names in fields.items() if names}


def _told(names: Sequence[str], seen: set[str]) -> str:
    present = ", ".join(name for name in names if name in seen) or "none"
    missing = ", ".join(name for name in names if name not in seen)
    return f"; {present}" + (f"; never {missing}" if missing else "")
