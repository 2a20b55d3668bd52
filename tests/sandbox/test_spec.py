"""The sandbox against the machine-readable Bot API, where VOUCH_BOTAPI_SPEC names its file."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sandbox.dispatch import method_names
from sandbox.methods.registry import METHODS
from sandbox.people import Bot, Group, Person
from sandbox.updates import KINDS
from tests.sandbox.conftest import Api, Json, button


@pytest.fixture(scope="module")
def spec() -> Json:
    path = os.environ.get("VOUCH_BOTAPI_SPEC")
    if not path:
        pytest.skip("VOUCH_BOTAPI_SPEC names no Bot API description")
    loaded: Json = json.loads(Path(path).read_text(encoding="utf-8"))
    return loaded


def test_each_method_takes_just_the_parameters_of_the_api(spec: Json) -> None:
    for name in method_names():
        expected = {field["name"] for field in spec["methods"][name].get("fields", [])}
        assert METHODS[name.lower()].parameters == expected, name


def test_the_kinds_of_updates_are_those_of_the_api(spec: Json) -> None:
    assert set(KINDS) == {field["name"] for field in spec["types"]["Update"]["fields"]} - {"update_id"}


async def test_updates_and_results_have_the_shape_of_the_api(
    spec: Json, api: Api, bot: Bot, mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    sent = await api.ok("sendMessage", chat_id=group.id, text="@mei_tea", reply_markup=button())
    card = group.last_message
    await ann.edits(await ann.says("+2", reply_to=card), "+3")
    await ann.taps("Order", on=card)
    await ann.reacts("👍", to=card)
    await group.anonymous_reactions(card, {"🔥": 2})
    link = await api.ok("createChatInviteLink", chat_id=group.id, creates_join_request=True)
    await bob.requests_to_join(link["invite_link"])
    await mei.approves(bob, group)
    await ann.sends_photo(in_=group)
    for update in await api.updates():
        _check(spec, update, ["Update"], "Update")
    _check(spec, sent, ["Message"], "sendMessage")
    for method in ("getChat", "getChatAdministrators", "getChatMemberCount"):
        result = await api.ok(method, chat_id=group.id)
        _check(spec, result, spec["methods"][method]["returns"], method)
    _check(spec, await api.ok("getMe"), ["User"], "getMe")
    _check(spec, await api.ok("getWebhookInfo"), ["WebhookInfo"], "getWebhookInfo")


@pytest.mark.parametrize(
    "broken",
    [
        {"update_id": 1, "massage": {}},
        {"update_id": "1"},
        {"message": {}},
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1}}},
        {"update_id": 1, "poll_answer": {"poll_id": "1", "option_ids": 3}},
    ],
)
def test_the_check_itself_finds_mistakes(spec: Json, broken: Json) -> None:
    with pytest.raises(AssertionError):
        _check(spec, broken, ["Update"], "Update")


_SIMPLE: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
    "True": bool,
}


def _check(spec: Json, value: Any, types: list[str], where: str) -> None:
    """Raise AssertionError unless the value is of one of the types."""
    faults = []
    for name in types:
        try:
            _check_one(spec, value, name, where)
        except AssertionError as fault:
            faults.append(str(fault))
        else:
            return
    raise AssertionError("; ".join(faults))


def _check_one(spec: Json, value: Any, name: str, where: str) -> None:
    if name in _SIMPLE:
        right = isinstance(value, _SIMPLE[name]) and (
            name in ("Boolean", "True") or not isinstance(value, bool)
        )
        assert right, f"{where}: {value!r} is no {name}"
        return
    if name.startswith("Array of "):
        assert isinstance(value, list), f"{where}: {value!r} is no array"
        for item in value:
            _check(spec, item, [name.removeprefix("Array of ")], where)
        return
    described = spec["types"][name]
    if described.get("subtypes"):
        _check(spec, value, described["subtypes"], where)
        return
    assert isinstance(value, dict), f"{where}: {value!r} is no {name}"
    fields = {field["name"]: field for field in described.get("fields", [])}
    assert value.keys() <= fields.keys(), f"{where}: {name} has no {sorted(value.keys() - fields.keys())}"
    for field in fields.values():
        if field["name"] in value:
            _check(spec, value[field["name"]], field["types"], f"{where}.{field['name']}")
        else:
            assert not field["required"], f"{where}: {name} lacks {field['name']}"
