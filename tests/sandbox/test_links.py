"""Invite links, requests to join, deep links, migration."""

from typing import Any

import pytest

from sandbox.models.members import USUAL_RIGHTS
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api


async def _link(api: Api, group: Group, **given: Any) -> dict[str, Any]:
    made: dict[str, Any] = await api.ok("createChatInviteLink", chat_id=group.id, **given)
    return made


async def test_a_link_expires_by_the_clock(tg: Sandbox, api: Api, bob: Person, group: Group) -> None:
    link = await _link(api, group, expire_date=tg.world.clock.date() + 60)
    tg.world.clock.advance(61)
    with pytest.raises(AssertionError, match="expired"):
        await bob.joins(link["invite_link"])


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"member_limit": 100_000}, "USAGE_LIMIT_INVALID"),
        ({"expire_date": 1_000_000}, "EXPIRE_DATE_INVALID"),
        (
            {"member_limit": 2, "creates_join_request": True},
            "member limit can't be specified for links requiring administrator approval",
        ),
    ],
)
async def test_a_wrong_link_is_refused(api: Api, group: Group, given: dict[str, Any], why: str) -> None:
    assert await api.refused("createChatInviteLink", chat_id=group.id, **given) == f"Bad Request: {why}"
    made = (await _link(api, group))["invite_link"]
    refusal = await api.refused("editChatInviteLink", chat_id=group.id, invite_link=made, **given)
    assert refusal == f"Bad Request: {why}"


async def test_an_edit_resets_what_it_leaves_out(api: Api, group: Group) -> None:
    made = await _link(api, group, name="Ann", member_limit=5)
    edited = await api.ok("editChatInviteLink", chat_id=group.id, invite_link=made["invite_link"])
    assert not edited.keys() & {"name", "member_limit", "expire_date"}


async def test_links_are_closed_for_good(api: Api, mei: Person, group: Group) -> None:
    url = (await _link(api, group))["invite_link"]
    assert (await api.ok("revokeChatInviteLink", chat_id=group.id, invite_link=url))["is_revoked"] is True
    for method in ("editChatInviteLink", "revokeChatInviteLink"):
        assert await api.refused(method, chat_id=group.id, invite_link=url) == (
            "Bad Request: INVITE_HASH_EXPIRED"
        )
        assert await api.refused(method, chat_id=group.id, invite_link="https://t.me/+nothing") == (
            "Bad Request: INVITE_HASH_EXPIRED"
        )
        foreign = await mei.makes_link(group)
        assert await api.refused(method, chat_id=group.id, invite_link=foreign) == (
            "Bad Request: CHAT_ADMIN_REQUIRED"
        )


async def test_a_revoked_primary_link_is_replaced(api: Api, group: Group) -> None:
    primary = await api.ok("exportChatInviteLink", chat_id=group.id)
    assert await api.refused("editChatInviteLink", chat_id=group.id, invite_link=primary, name="x") == (
        "Bad Request: CHAT_INVITE_PERMANENT"
    )
    revoked = await api.ok("revokeChatInviteLink", chat_id=group.id, invite_link=primary)
    assert (revoked["is_primary"], revoked["is_revoked"]) == (True, True)
    assert (await api.ok("getChat", chat_id=group.id))["invite_link"] not in (primary, None)


async def test_a_primary_link_is_its_owners_secret(api: Api, bot: Bot, mei: Person, group: Group) -> None:
    await mei.makes_link(group)
    assert "invite_link" not in await api.ok("getChat", chat_id=group.id)
    await api.ok("exportChatInviteLink", chat_id=group.id)
    await mei.promotes_bot(bot, group, rights=USUAL_RIGHTS - {"can_invite_users"})
    assert "invite_link" not in await api.ok("getChat", chat_id=group.id)


async def test_a_private_chat_has_no_links(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    assert await api.refused("createChatInviteLink", chat_id=ann.id) == (
        "Bad Request: can't invite members to a private chat"
    )
    assert await api.refused("approveChatJoinRequest", chat_id=ann.id, user_id=ann.id) == (
        "Bad Request: the chat can't have join requests"
    )


async def test_requests_are_told_to_who_may_invite(
    api: Api, bot: Bot, mei: Person, bob: Person, group: Group
) -> None:
    await mei.promotes_bot(bot, group, rights=USUAL_RIGHTS - {"can_invite_users"})
    url = await mei.makes_link(group, asks=True)
    await bob.requests_to_join(url)
    assert await api.updates("chat_join_request") == []
    with pytest.raises(AssertionError, match="has asked already"):
        await bob.requests_to_join(url)
    await mei.declines(bob, group)
    await bob.requests_to_join(url)
    await mei.approves(bob, group)
    [update] = await api.updates("chat_member")
    joined = update["chat_member"]
    assert joined["invite_link"]["creates_join_request"] is True
    assert "via_join_request" not in joined


async def test_a_public_group_is_joined_by_its_name(tg: Sandbox, api: Api, bot: Bot, mei: Person) -> None:
    public = tg.group("Tea", owner=mei, username="tea_friends")
    await mei.adds_bot(bot, public, admin=True)
    await api.updates()
    leo, eve = tg.person("Leo"), tg.person("Eve")
    await leo.opens("https://t.me/tea_friends")
    link = await _link(api, public)
    await tg.person("Noor").opens(link["invite_link"])
    for update in await api.updates("chat_member"):
        assert "invite_link" not in update["chat_member"]
    await tg.person("Sam").joins(link["invite_link"])
    [update] = await api.updates("chat_member")
    assert update["chat_member"]["invite_link"] == link
    public.chat.asks_to_join = True
    assert (await api.ok("getChat", chat_id=public.id))["join_by_request"] is True
    with pytest.raises(AssertionError, match="unasked"):
        await eve.opens("https://t.me/tea_friends")
    await eve.requests_to_join(public)
    await api.ok("approveChatJoinRequest", chat_id=public.id, user_id=eve.id)
    [update] = await api.updates("chat_member")
    assert update["chat_member"]["via_join_request"] is True


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?start=ref_7", "/start ref_7"),
        ("", "/start"),
        ("?start=", "/start"),
        ("?start=" + "x" * 65, "/start"),
        ("?start=a%20b", "/start"),
    ],
)
async def test_a_deep_link_starts_the_bot(api: Api, ann: Person, query: str, said: str) -> None:
    await ann.opens(f"https://t.me/vouch_bot{query}")
    [update] = await api.updates("message")
    assert update["message"]["text"] == said


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_group_link_may_lose_its_payload(tg: Sandbox, api: Api, mei: Person, arrives: bool) -> None:
    tg.world.group_payloads_arrive = arrives
    village = tg.group("Village", owner=mei)
    await mei.follows("https://t.me/vouch_bot?startgroup=setup", into=village)
    texts = [update["message"].get("text") for update in await api.updates("message")]
    assert texts == ([None, "/start@vouch_bot setup"] if arrives else [None])


async def test_a_group_link_asks_for_rights(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person
) -> None:
    village = tg.group("Village", owner=mei, members=[ann])
    url = "https://t.me/vouch_bot?startgroup&admin=delete_messages+pin_messages"
    with pytest.raises(AssertionError, match="no administrator"):
        await ann.follows(url, into=village)
    await mei.removes_bot(bot, village)
    await mei.follows(url, into=village)
    assert village.member(bot.user).rights == {"can_manage_chat", "can_delete_messages", "can_pin_messages"}
    await mei.follows("https://t.me/vouch_bot?startgroup&admin=invite_users", into=village)
    assert village.member(bot.user).rights == {"can_manage_chat", "can_invite_users"}
    with pytest.raises(AssertionError, match="rights that there are not"):
        await mei.follows("https://t.me/vouch_bot?startgroup&admin=fly", into=village)
    with pytest.raises(AssertionError, match="use follows"):
        await mei.opens(url)


async def test_a_channel_link_makes_an_administrator(tg: Sandbox, api: Api, bot: Bot, mei: Person) -> None:
    channel = tg.channel("News", owner=mei)
    with pytest.raises(AssertionError, match="is not for"):
        await mei.follows("https://t.me/vouch_bot?startgroup=x", into=channel)
    await mei.follows("https://t.me/vouch_bot?startchannel&admin=post_messages", into=channel)
    assert channel.member(bot.user).rights == {"can_manage_chat", "can_post_messages"}


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("sendMessage", {"text": "x"}),
        ("sendChatAction", {"action": "typing"}),
        ("editMessageText", {"message_id": 1, "text": "x"}),
        ("deleteMessage", {"message_id": 1}),
        ("pinChatMessage", {"message_id": 1}),
        ("createChatInviteLink", {}),
        ("exportChatInviteLink", {}),
        ("banChatMember", {"user_id": 1001}),
        ("setChatPermissions", {"permissions": {}}),
        ("promoteChatMember", {"user_id": 1001}),
        ("approveChatJoinRequest", {"user_id": 1001}),
        ("getChatAdministrators", {}),
        ("getChatMemberCount", {}),
        ("getChatMember", {"user_id": 1001}),
    ],
)
async def test_a_group_that_moved_names_its_new_id(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, method: str, given: dict[str, Any]
) -> None:
    village = tg.group("Village", owner=mei, kind="group")
    await mei.adds_bot(bot, village, admin=True)
    old_id = village.id
    await mei.migrates(village)
    body = await api.call(method, chat_id=old_id, **given)
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": village.id}


async def test_a_group_that_moved_may_still_be_looked_at(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person
) -> None:
    village = tg.group("Village", owner=mei, members=[ann], kind="group")
    await mei.adds_bot(bot, village, admin=True)
    old_id = village.id
    with pytest.raises(AssertionError, match="is not"):
        await ann.migrates(village)
    await mei.migrates(village)
    assert (await api.ok("getChat", chat_id=old_id))["type"] == "group"
    assert (await api.ok("getChatMember", chat_id=old_id, user_id=bot.id))["status"] == "administrator"
    assert (await api.ok("getChat", chat_id=village.id))["type"] == "supergroup"
