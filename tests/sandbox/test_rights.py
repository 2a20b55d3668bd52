"""Restricting, promoting, banning: who may do it to whom, what it does, when it ends."""

from typing import Any

import pytest

from sandbox.models.members import PERMISSIONS, USUAL_PERMISSIONS, USUAL_RIGHTS
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api

_DAY = 86_400
_ALL = dict.fromkeys(PERMISSIONS, True)


async def _restrict(api: Api, group: Group, person: Person, **given: Any) -> None:
    given.setdefault("permissions", {})
    await api.ok("restrictChatMember", chat_id=group.id, user_id=person.id, **given)


async def _changes(api: Api) -> list[tuple[str, str]]:
    changes = [update["chat_member"] for update in await api.updates("chat_member")]
    return [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]


async def test_a_muted_member_is_silent_until_it_is_over(
    tg: Sandbox, api: Api, ann: Person, group: Group
) -> None:
    until = tg.world.clock.date() + 3600
    await _restrict(api, group, ann, until_date=until)
    [update] = await api.updates("chat_member")
    told = update["chat_member"]["new_chat_member"]
    assert (told["status"], told["is_member"], told["until_date"]) == ("restricted", True, until)
    assert not any(told[permission] for permission in PERMISSIONS)
    with pytest.raises(AssertionError, match="is muted"):
        await ann.says("hello", in_=group)
    tg.world.clock.advance(3601)
    await ann.says("hello", in_=group)
    assert (await api.ok("getChatMember", chat_id=group.id, user_id=ann.id))["status"] == "member"
    assert await _changes(api) == []


async def test_single_permissions_are_taken(api: Api, ann: Person, group: Group) -> None:
    await _restrict(
        api,
        group,
        ann,
        permissions={"can_send_messages": True, "can_send_documents": True},
        use_independent_chat_permissions=True,
    )
    await ann.says("hello", in_=group)
    with pytest.raises(AssertionError, match="lacks can_send_photos"):
        await ann.sends_photo(in_=group)
    with pytest.raises(AssertionError, match="lacks can_send_polls"):
        await ann.sends_poll("Tea?", ["Yes", "No"], in_=group)
    with pytest.raises(AssertionError, match="lacks can_invite_users"):
        await ann.adds(ann, to=group)
    await ann.reacts("👍", to=group.last_message)


async def test_wider_permissions_bring_narrower_ones(api: Api, ann: Person, group: Group) -> None:
    await _restrict(api, group, ann, permissions={"can_send_other_messages": True})
    told = await api.ok("getChatMember", chat_id=group.id, user_id=ann.id)
    assert told["can_send_messages"] is told["can_send_voice_notes"] is told["can_send_photos"] is True
    assert told["can_send_polls"] is told["can_invite_users"] is False
    await _restrict(api, group, ann, permissions={"can_send_polls": True})
    told = await api.ok("getChatMember", chat_id=group.id, user_id=ann.id)
    assert told["can_send_messages"] is told["can_react_to_messages"] is True
    assert told["can_send_photos"] is False


async def test_all_permissions_lift_a_restriction(api: Api, ann: Person, group: Group) -> None:
    await _restrict(api, group, ann)
    await _restrict(api, group, ann)
    await _restrict(api, group, ann, permissions=_ALL)
    assert await _changes(api) == [("member", "restricted"), ("restricted", "member")]


async def test_a_restriction_waits_for_ones_return(api: Api, ann: Person, group: Group) -> None:
    await _restrict(api, group, ann)
    await ann.leaves(group)
    told = await api.ok("getChatMember", chat_id=group.id, user_id=ann.id)
    assert (told["status"], told["is_member"]) == ("restricted", False)
    await ann.joins_directly(group)
    with pytest.raises(AssertionError, match="is muted"):
        await ann.says("hello", in_=group)


@pytest.mark.parametrize(("seconds", "is_forever"), [(20, True), (367 * _DAY, True), (_DAY, False)])
async def test_too_short_or_too_long_is_for_good(
    tg: Sandbox, api: Api, ann: Person, group: Group, seconds: int, is_forever: bool
) -> None:
    until = tg.world.clock.date() + seconds
    await _restrict(api, group, ann, until_date=until)
    told = await api.ok("getChatMember", chat_id=group.id, user_id=ann.id)
    assert told["until_date"] == (0 if is_forever else until)


@pytest.mark.parametrize(
    ("permissions", "why"),
    [
        ({"can_fly": True}, 'unknown field "can_fly" in ChatPermissions'),
        (
            {"can_send_polls": "yes"},
            'can\'t parse chat permissions: Field "can_send_polls" must be of type Boolean',
        ),
    ],
)
async def test_wrong_permissions_are_named(
    api: Api, ann: Person, group: Group, permissions: dict[str, Any], why: str
) -> None:
    who = {"chat_id": group.id, "user_id": ann.id}
    assert await api.refused("restrictChatMember", **who, permissions=permissions) == f"Bad Request: {why}"


async def test_not_everybody_can_be_restricted(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person, group: Group
) -> None:
    async def refusal(person_id: int, chat_id: int = group.id) -> str:
        return await api.refused("restrictChatMember", chat_id=chat_id, user_id=person_id, permissions={})

    assert await refusal(mei.id) == "Bad Request: can't remove chat owner"
    assert await refusal(bot.id) == "Bad Request: can't restrict self"
    await mei.promotes(ann, group)
    assert await refusal(ann.id) == "Bad Request: user is an administrator of the chat"
    await mei.demotes(ann, group)
    await mei.promotes_bot(bot, group, rights=frozenset({"can_invite_users"}))
    assert await refusal(ann.id) == "Bad Request: not enough rights to restrict/unrestrict chat member"
    village = tg.group("Village", owner=mei, members=[ann], kind="group")
    await mei.adds_bot(bot, village, admin=True)
    assert await refusal(ann.id, village.id) == "Bad Request: method is available only for supergroups"


async def test_what_members_may_do_is_set_for_all(
    api: Api, bot: Bot, mei: Person, ann: Person, group: Group
) -> None:
    await api.ok("setChatPermissions", chat_id=group.id, permissions={"can_send_messages": True})
    told = (await api.ok("getChat", chat_id=group.id))["permissions"]
    assert {name for name, on in told.items() if on} == {"can_send_messages", "can_react_to_messages"}
    with pytest.raises(AssertionError, match="lacks can_send_photos"):
        await ann.sends_photo(in_=group)
    await mei.sends_photo(in_=group)
    await mei.demotes_bot(bot, group)
    assert await api.refused("setChatPermissions", chat_id=group.id, permissions={}) == (
        "Bad Request: not enough rights to change chat permissions"
    )
    await mei.lets_members(group, frozenset())
    assert await api.refused("sendMessage", chat_id=group.id, text="x") == (
        "Bad Request: not enough rights to send text messages to the chat"
    )


async def test_the_permissions_of_some_chats_are_fixed(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person
) -> None:
    channel = tg.channel("News", owner=mei)
    await mei.adds_bot(bot, channel, admin=True)
    await ann.starts(bot)
    for chat_id, kind in ((channel.id, "channel"), (ann.id, "private")):
        assert await api.refused("setChatPermissions", chat_id=chat_id, permissions={}) == (
            f"Bad Request: can't change {kind} chat permissions"
        )


async def _promote(api: Api, group: Group, person_id: int, **rights: bool) -> str:
    body = await api.call("promoteChatMember", chat_id=group.id, user_id=person_id, **rights)
    return str(body.get("description", "done"))


async def test_a_bot_gives_rights_that_it_has(
    api: Api, bot: Bot, mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    assert await _promote(api, group, ann.id, can_pin_messages=True) == "Bad Request: not enough rights"
    rights = USUAL_RIGHTS - {"can_change_info"} | {"can_promote_members"}
    await mei.promotes_bot(bot, group, rights=rights)
    assert await _promote(api, group, ann.id, can_change_info=True) == "Bad Request: RIGHT_FORBIDDEN"
    assert await _promote(api, group, bob.id, can_pin_messages=True) == "Bad Request: USER_NOT_PARTICIPANT"
    assert await _promote(api, group, 5, can_pin_messages=True) == "Bad Request: PARTICIPANT_ID_INVALID"
    assert await _promote(api, group, mei.id, can_pin_messages=True) == "Bad Request: can't remove chat owner"
    assert await _promote(api, group, bot.id, can_pin_messages=True) == "Bad Request: can't promote self"
    await api.updates()
    assert await _promote(api, group, ann.id, can_pin_messages=True) == "done"
    [update] = await api.updates("chat_member")
    told = update["chat_member"]["new_chat_member"]
    assert (told["status"], told["can_be_edited"], told["is_anonymous"]) == ("administrator", True, False)
    given = {name for name, value in told.items() if name.startswith("can_") and value is True}
    assert given == {"can_be_edited", "can_manage_chat", "can_pin_messages"}


async def test_a_bot_changes_only_administrators_that_go_back_to_it(
    api: Api, bot: Bot, mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    all_rights = USUAL_RIGHTS | {"can_promote_members"}
    await mei.promotes_bot(bot, group, rights=all_rights)
    await bob.joins_directly(group)
    await mei.promotes(bob, group)
    assert await _promote(api, group, bob.id) == "Bad Request: CHAT_ADMIN_REQUIRED"
    await mei.demotes(bob, group)
    await _promote(api, group, ann.id, can_promote_members=True, can_restrict_members=True)
    await ann.promotes(bob, group, rights=frozenset({"can_restrict_members"}))
    assert (await api.ok("getChatMember", chat_id=group.id, user_id=bob.id))["can_be_edited"] is True
    assert await _promote(api, group, bob.id) == "done"
    assert (await api.ok("getChatMember", chat_id=group.id, user_id=bob.id))["status"] == "member"
    assert await _promote(api, group, bob.id) == "done"
    await api.ok("banChatMember", chat_id=group.id, user_id=ann.id)
    assert group.member(ann.user).status == "kicked"


async def test_people_give_only_rights_that_they_have(
    mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    await bob.joins_directly(group)
    await mei.promotes(ann, group)
    with pytest.raises(AssertionError, match="lacks can_promote_members"):
        await ann.promotes(bob, group)
    await mei.promotes(ann, group, rights=frozenset({"can_promote_members"}))
    with pytest.raises(AssertionError, match="rights that she lacks"):
        await ann.promotes(bob, group)
    with pytest.raises(AssertionError, match="can't change Mei"):
        await ann.demotes(mei, group)
    with pytest.raises(AssertionError, match="lacks can_restrict_members"):
        await ann.restricts(bob, group)


async def test_promoting_needs_a_supergroup_or_channel(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person
) -> None:
    village = tg.group("Village", owner=mei, members=[ann], kind="group")
    await mei.adds_bot(bot, village, admin=True)
    assert await _promote(api, village, ann.id, can_pin_messages=True) == (
        "Bad Request: method is available for supergroup and channel chats only"
    )
    assert await api.refused("unbanChatMember", chat_id=village.id, user_id=ann.id) == (
        "Bad Request: method is available for supergroup and channel chats only"
    )


async def test_an_office_has_a_title(api: Api, bot: Bot, mei: Person, ann: Person, group: Group) -> None:
    async def titled(person: Person, title: str) -> str:
        given = {"chat_id": group.id, "user_id": person.id, "custom_title": title}
        return str((await api.call("setChatAdministratorCustomTitle", **given)).get("description", "done"))

    assert await titled(mei, "Boss") == "Bad Request: only creator can edit their custom title"
    assert await titled(ann, "Curator") == "Bad Request: user is not an administrator"
    await mei.promotes(ann, group)
    assert await titled(ann, "Curator") == (
        "Bad Request: not enough rights to change custom title of the user"
    )
    await mei.demotes(ann, group)
    await mei.promotes_bot(bot, group, rights=USUAL_RIGHTS | {"can_promote_members"})
    await _promote(api, group, ann.id, can_pin_messages=True)
    assert await titled(ann, "Honey 🍯") == "Bad Request: ADMIN_RANK_EMOJI_NOT_ALLOWED"
    assert await titled(ann, "Curator of everything") == "Bad Request: ADMIN_RANK_INVALID"
    assert await titled(ann, "Honey curator") == "done"
    told = await api.ok("getChatMember", chat_id=group.id, user_id=ann.id)
    assert told["custom_title"] == "Honey curator"
    await _promote(api, group, ann.id, is_anonymous=True)
    told = await api.ok("getChatMember", chat_id=group.id, user_id=ann.id)
    assert (told["custom_title"], told["is_anonymous"]) == ("Honey curator", True)


async def test_a_title_needs_a_supergroup(tg: Sandbox, api: Api, bot: Bot, mei: Person) -> None:
    channel = tg.channel("News", owner=mei)
    await mei.adds_bot(bot, channel, admin=True)
    given = {"chat_id": channel.id, "user_id": mei.id, "custom_title": "x"}
    assert await api.refused("setChatAdministratorCustomTitle", **given) == (
        "Bad Request: method is available only for supergroups"
    )


async def test_a_ban_runs_out(tg: Sandbox, api: Api, ann: Person, group: Group) -> None:
    until = tg.world.clock.date() + _DAY
    await api.ok("banChatMember", chat_id=group.id, user_id=ann.id, until_date=until)
    told = await api.ok("getChatMember", chat_id=group.id, user_id=ann.id)
    assert (told["status"], told["until_date"]) == ("kicked", until)
    with pytest.raises(AssertionError, match="was removed"):
        await ann.joins_directly(group)
    tg.world.clock.advance(_DAY)
    await ann.joins_directly(group)
    assert "Ann" in group.member_names


async def test_whoever_is_removed_from_a_basic_group_may_return(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person, bob: Person
) -> None:
    village = tg.group("Village", owner=mei, members=[ann], kind="group")
    await mei.adds_bot(bot, village, admin=True)
    await api.ok("banChatMember", chat_id=village.id, user_id=ann.id)
    assert village.member(ann.user).status == "left"
    assert await api.refused("banChatMember", chat_id=village.id, user_id=bob.id) == (
        "Bad Request: USER_NOT_PARTICIPANT"
    )
    await ann.joins_directly(village)
    await mei.removes(ann, village)
    assert village.member(ann.user).status == "left"


async def test_people_mute_and_remove_one_another(mei: Person, ann: Person, group: Group) -> None:
    await mei.restricts(ann, group)
    with pytest.raises(AssertionError, match="is muted"):
        await ann.says("hello", in_=group)
    await mei.unrestricts(ann, group)
    await ann.says("hello", in_=group)
    await mei.removes(ann, group)
    await mei.unbans(ann, group)
    await ann.joins_directly(group)
    with pytest.raises(AssertionError, match="lacks can_change_info"):
        await ann.renames(group, "Mine")


async def test_a_group_is_renamed(api: Api, mei: Person, group: Group) -> None:
    await mei.renames(group, "Tea friends")
    [update] = await api.updates("message")
    assert update["message"]["new_chat_title"] == "Tea friends"
    assert update["message"]["chat"]["title"] == "Tea friends"
    assert (await api.ok("getChat", chat_id=group.id))["title"] == "Tea friends"


async def test_a_new_group_allows_the_usual(api: Api, group: Group) -> None:
    told = (await api.ok("getChat", chat_id=group.id))["permissions"]
    assert {name for name, on in told.items() if on} == USUAL_PERMISSIONS


async def test_a_bot_can_not_leave_a_private_chat(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    assert await api.refused("leaveChat", chat_id=ann.id) == "Bad Request: can't leave private chats"


async def test_blocking_is_told_in_private(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    await api.updates()
    await ann.blocks(bot)
    await ann.starts(bot)
    changes = [update["my_chat_member"] for update in await api.updates("my_chat_member")]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    assert {change["chat"]["id"] for change in changes} == {ann.id}
    assert {change["from"]["id"] for change in changes} == {ann.id}


async def test_a_bots_permissions_hold_for_what_it_repeats(
    api: Api, bot: Bot, mei: Person, ann: Person, group: Group
) -> None:
    picture = await ann.sends_photo(in_=group)
    words = await ann.says("hello", in_=group)
    await mei.demotes_bot(bot, group)
    await mei.lets_members(group, frozenset({"can_send_messages"}))
    to = {"chat_id": group.id, "from_chat_id": group.id}
    no_photos = "Bad Request: not enough rights to send photos to the chat"
    for method in ("copyMessage", "forwardMessage"):
        await api.ok(method, **to, message_id=words.id)
        assert await api.refused(method, **to, message_id=picture.id) == no_photos
    for method in ("copyMessages", "forwardMessages"):
        assert await api.refused(method, **to, message_ids=[picture.id]) == no_photos
    assert picture.photo is not None
    file_id = picture.message.photo.file_id if picture.message.photo else ""
    album = [{"type": "photo", "media": file_id}] * 2
    assert await api.refused("sendMediaGroup", chat_id=group.id, media=album) == no_photos
    assert await api.refused("sendPhoto", chat_id=group.id, photo=file_id) == no_photos


async def test_permissions_must_be_there(api: Api, ann: Person, group: Group) -> None:
    who = {"chat_id": group.id, "user_id": ann.id}
    assert await api.refused("restrictChatMember", **who, permissions="") == (
        "Bad Request: can't parse permissions JSON object"
    )
