"""Command lists by scope and language."""

import pytest

from sandbox.people import Group, Person
from tests.sandbox.conftest import Api, Json

ORDER = {"command": "order", "description": "Order"}
PICK = {"command": "pick", "description": "Post a pick"}


async def test_each_scope_and_language_has_its_list(api: Api, mei: Person, group: Group) -> None:
    curators = {"type": "chat_administrators", "chat_id": group.id}
    member = {"type": "chat_member", "chat_id": group.id, "user_id": mei.id}
    await api.ok("setMyCommands", commands=[ORDER])
    await api.ok("setMyCommands", commands=[PICK, ORDER], scope=curators)
    await api.ok("setMyCommands", commands=[PICK], scope=member, language_code="ru")
    assert await api.ok("getMyCommands") == [ORDER]
    assert await api.ok("getMyCommands", scope=curators) == [PICK, ORDER]
    assert await api.ok("getMyCommands", scope=member, language_code="ru") == [PICK]
    assert await api.ok("getMyCommands", scope=member) == []
    await api.ok("deleteMyCommands", scope=curators)
    assert await api.ok("getMyCommands", scope=curators) == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"commands": [{"command": "Order", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "order", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [ORDER | {"icon": "x"}]}, 'unknown field "icon" in BotCommand'),
        ({"commands": [ORDER] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [ORDER], "scope": {"type": "planet"}}, "unsupported type"),
        ({"commands": [ORDER], "scope": {"type": ["chat"]}}, "unsupported type"),
        ({"commands": [ORDER], "scope": {"type": "chat"}}, "chat_id is empty"),
        ({"commands": [ORDER], "language_code": "english"}, "invalid language code"),
    ],
)
async def test_wrong_commands_are_refused(api: Api, given: Json, why: str) -> None:
    assert why in await api.refused("setMyCommands", **given)
