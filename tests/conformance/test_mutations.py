"""Updates spoiled at random: hardly a change of their structure goes unnoticed."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.conformance.spec import Shape, Spec
from tests.conformance.conftest import Desk, Json
from tests.conformance.test_seeded_updates import GOOD

pytestmark = pytest.mark.unwatched("every mistake here is planted")

Place = tuple[Any, Any]
OTHERS: tuple[object, ...] = ("honey", 12.5, True, None, ["honey"], {"honey": 1}, -3)
DEMANDED = 0.99
"""Of all single changes of structure, so many must be found; today all 1,576 are."""


def places(value: Any) -> Iterator[Place]:
    """Every part of a value, as what holds it and where in it."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield value, key
        yield from places(part)


def retyped(value: Any, other: object) -> bool:
    """Whether a value of another type stands there now; True for 1 is one as well."""
    is_number = {type(value), type(other)} <= {int, float} and bool not in (type(value), type(other))
    return type(value) is not type(other) and not is_number


def mutations(update: Json, needed: Callable[[Json], frozenset[str]]) -> Iterator[Json]:
    """Every single change: a part of another type, a field nobody knows, a needed field gone."""
    for number, (holder, key) in enumerate(list(places(update))):
        for other in OTHERS:
            if retyped(holder[key], other):
                spoiled = copy.deepcopy(update)
                into, at = list(places(spoiled))[number]
                into[at] = other
                yield spoiled
        if isinstance(holder, dict):
            spoiled = copy.deepcopy(update)
            into, at = list(places(spoiled))[number]
            into[f"{at}x"] = into[at]
            yield spoiled
            if key in needed(holder):
                spoiled = copy.deepcopy(update)
                into, at = list(places(spoiled))[number]
                del into[at]
                yield spoiled


def needed_fields(spec: Spec) -> Callable[[Json], frozenset[str]]:
    """Tell which fields an object can't do without, by the types that it could be of."""

    def could_be(shape: Shape, value: Json) -> bool:
        names = {field.name for field in shape.fields}
        return names >= value.keys() and all(f.name in value for f in shape.fields if f.is_required)

    def needed(value: Json) -> frozenset[str]:
        found = [shape for shape in spec.types.values() if shape.fields and could_be(shape, value)]
        sets = [frozenset(field.name for field in shape.fields if field.is_required) for shape in found]
        return frozenset.intersection(*sets) if sets else frozenset()

    return needed


@pytest.mark.parametrize("name", GOOD)
def test_nearly_every_change_of_structure_is_found(desk: Desk, spec: Spec, name: str) -> None:
    update = GOOD[name](desk)
    spoiled = list(mutations(update, needed_fields(spec)))
    missed = [each for each in spoiled if not Desk(spec, watch=desk.watch).sent(each)]

    assert len(spoiled) > 50
    assert len(missed) <= len(spoiled) * (1 - DEMANDED), missed[:5]


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_rubbish_breaks_the_check_itself(desk: Desk, data: st.DataObject) -> None:
    json = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "type", "date", "text", "chat"]), inner, max_size=3)
        ),
        max_leaves=8,
    )
    update = GOOD[data.draw(st.sampled_from(sorted(GOOD)))](desk)
    for _ in range(data.draw(st.integers(min_value=1, max_value=3))):
        holder, key = data.draw(st.sampled_from(list(places(update))))
        holder[key] = data.draw(json)
    desk.sent(update)
