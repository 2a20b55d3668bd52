"""Privacy mode: which messages of a group a bot is shown."""

import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api


@pytest.fixture
async def quiet_group(tg: Sandbox, bot: Bot, api: Api, mei: Person, ann: Person) -> Group:
    """A group in which the bot is an ordinary member in privacy mode."""
    group = tg.group("Village", owner=mei, members=[ann])
    await mei.adds_bot(bot, group)
    await api.updates()
    return group


async def _texts(api: Api) -> list[str]:
    return [update["message"].get("text", "service") for update in await api.updates("message")]


async def test_ordinary_talk_stays_private(api: Api, ann: Person, quiet_group: Group) -> None:
    await ann.says("+2", in_=quiet_group)
    await ann.says("see you at 2", in_=quiet_group)
    assert await _texts(api) == []


async def test_commands_mentions_and_replies_are_shown(
    api: Api, ann: Person, mei: Person, quiet_group: Group
) -> None:
    await api.ok("sendMessage", chat_id=quiet_group.id, text="Honey")
    card = quiet_group.last_message
    await ann.says("+2", reply_to=card)
    await ann.says("/order@VOUCH_bot 1 2", in_=quiet_group)
    await ann.says("/my", in_=quiet_group)
    await ann.says("/my@other_bot", in_=quiet_group)
    await ann.says("@vouch_bot hello", in_=quiet_group)
    talk = await ann.says("hello", in_=quiet_group)
    await mei.says("hello you", reply_to=talk)
    assert await _texts(api) == ["+2", "/order@VOUCH_bot 1 2", "/my", "@vouch_bot hello"]


async def test_a_bare_command_goes_to_the_bot_that_spoke_last(
    tg: Sandbox, api: Api, mei: Person, ann: Person, quiet_group: Group
) -> None:
    other = tg.create_bot("other_bot")
    await mei.adds_bot(other, quiet_group)
    await api.updates()
    await ann.says("/first", in_=quiet_group)
    await api.ok("sendMessage", chat_id=quiet_group.id, text="I am here")
    await ann.says("/second", in_=quiet_group)
    assert await _texts(api) == ["/second"]
    shown_to_other = [
        u["message"].get("text")
        for u in await other.updates.poll(offset=0, limit=100, timeout=0)
        if "message" in u
    ]
    assert shown_to_other == [None]


async def test_mentions_are_a_switch(tg: Sandbox, api: Api, ann: Person, quiet_group: Group) -> None:
    tg.world.mentions_reach_bots = False
    await ann.says("@vouch_bot hello", in_=quiet_group)
    assert await _texts(api) == []


async def test_administrators_and_bots_without_privacy_see_everything(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person, quiet_group: Group
) -> None:
    await ann.says("one", in_=quiet_group)
    await mei.promotes_bot(bot, quiet_group)
    await ann.says("two", in_=quiet_group)
    await mei.demotes_bot(bot, quiet_group)
    await ann.says("three", in_=quiet_group)
    bot.has_privacy = False
    await ann.says("four, for the bot was not added anew", in_=quiet_group)
    await mei.removes_bot(bot, quiet_group)
    await mei.adds_bot(bot, quiet_group)
    await ann.says("five", in_=quiet_group)
    assert await _texts(api) == ["two", "service", "service", "five"]


async def test_bots_do_not_hear_one_another(tg: Sandbox, api: Api, mei: Person, group: Group) -> None:
    other = tg.create_bot("other_bot")
    await mei.adds_bot(other, group, admin=True)
    other.updates.drop_all()
    await api.ok("sendMessage", chat_id=group.id, text="/hello@other_bot")
    assert other.updates.pending == {}


async def test_each_message_reaches_one_bot_and_replies_go_first(
    tg: Sandbox, api: Api, mei: Person, ann: Person, quiet_group: Group
) -> None:
    other = tg.create_bot("other_bot")
    await mei.adds_bot(other, quiet_group)
    other.updates.drop_all()
    await api.ok("sendMessage", chat_id=quiet_group.id, text="Honey")
    card = quiet_group.last_message
    await api.updates()
    await ann.says("/order@other_bot 2", reply_to=card)
    assert await _texts(api) == ["/order@other_bot 2"]
    assert other.updates.pending == {}
    await ann.says("/order@other_bot 3", in_=quiet_group)
    assert await _texts(api) == []
    [update] = other.updates.pending.values()
    assert update.payload["text"] == "/order@other_bot 3"
