"""Joining, leaving, promoting; invite links and requests; migration."""

import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api


async def test_a_join_by_link_names_the_link(tg: Sandbox, api: Api, bob: Person, group: Group) -> None:
    link = await api.ok("createChatInviteLink", chat_id=group.id, name="Ann", member_limit=1)
    await bob.joins(link["invite_link"])
    joined, service = await api.updates("chat_member", "message")
    change = joined["chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")
    assert change["from"]["id"] == change["new_chat_member"]["user"]["id"] == bob.id
    assert change["invite_link"] == link
    assert service["message"]["new_chat_members"][0]["id"] == bob.id
    late = tg.person("Late")
    with pytest.raises(AssertionError, match="used up"):
        await late.joins(link["invite_link"])


async def test_a_link_of_another_administrator_is_masked(
    api: Api, mei: Person, bob: Person, group: Group
) -> None:
    url = await mei.makes_link(group)
    await bob.joins(url)
    [joined] = await api.updates("chat_member")
    shown = joined["chat_member"]["invite_link"]["invite_link"]
    assert shown.endswith("...")
    assert shown != url


async def test_a_join_without_a_link_names_none(
    api: Api, mei: Person, bob: Person, tg: Sandbox, group: Group
) -> None:
    await bob.joins_directly(group)
    eve = tg.person("Eve")
    await mei.adds(eve, to=group)
    by_herself, by_mei = [update["chat_member"] for update in await api.updates("chat_member")]
    assert "invite_link" not in by_herself
    assert by_mei["from"]["id"] == mei.id
    assert group.last_message.author is mei.user


async def test_a_request_is_approved_or_declined(tg: Sandbox, api: Api, bob: Person, group: Group) -> None:
    link = await api.ok("createChatInviteLink", chat_id=group.id, creates_join_request=True)
    await bob.requests_to_join(link["invite_link"])
    [update] = await api.updates("chat_join_request")
    request = update["chat_join_request"]
    assert (request["from"]["id"], request["user_chat_id"]) == (bob.id, bob.id)
    assert request["invite_link"]["pending_join_request_count"] == 1
    await api.ok("sendMessage", chat_id=request["user_chat_id"], text="One question first")
    tg.world.clock.advance(301)
    assert "can't initiate" in await api.refused("sendMessage", chat_id=bob.id, text="x")
    who = {"chat_id": group.id, "user_id": bob.id}
    await api.ok("declineChatJoinRequest", **who)
    assert await api.refused("approveChatJoinRequest", **who) == "Bad Request: HIDE_REQUESTER_MISSING"
    await bob.requests_to_join(group)
    await api.ok("approveChatJoinRequest", **who)
    [joined] = await api.updates("chat_member")
    assert joined["chat_member"]["via_join_request"] is True
    assert await api.refused("approveChatJoinRequest", **who) == "Bad Request: USER_ALREADY_PARTICIPANT"


async def test_links_are_edited_revoked_and_replaced(api: Api, bob: Person, group: Group) -> None:
    first = await api.ok("exportChatInviteLink", chat_id=group.id)
    assert (await api.ok("getChat", chat_id=group.id))["invite_link"] == first
    second = await api.ok("exportChatInviteLink", chat_id=group.id)
    with pytest.raises(AssertionError, match="revoked"):
        await bob.joins(first)
    made = (await api.ok("createChatInviteLink", chat_id=group.id, name="x"))["invite_link"]
    edited = await api.ok("editChatInviteLink", chat_id=group.id, invite_link=made, name="y")
    assert edited["name"] == "y"
    revoked = await api.ok("revokeChatInviteLink", chat_id=group.id, invite_link=made)
    assert revoked["is_revoked"] is True
    await bob.joins(second)


@pytest.mark.asks_wrongly("Telegram cuts a name that is too long")
async def test_links_have_limits_and_need_a_right(api: Api, bot: Bot, mei: Person, group: Group) -> None:
    create = {"chat_id": group.id}
    assert (await api.ok("createChatInviteLink", **create, name="x" * 33))["name"] == "x" * 32
    assert "USAGE_LIMIT_INVALID" in await api.refused("createChatInviteLink", **create, member_limit=100_000)
    both = {"member_limit": 1, "creates_join_request": True}
    assert "administrator approval" in await api.refused("createChatInviteLink", **create, **both)
    await mei.promotes_bot(bot, group, rights=frozenset({"can_manage_chat"}))
    assert await api.refused("createChatInviteLink", **create) == (
        "Bad Request: not enough rights to manage chat invite link"
    )


async def test_members_are_told_apart(
    tg: Sandbox, api: Api, mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    async def status(person: Person) -> str:
        member = await api.ok("getChatMember", chat_id=group.id, user_id=person.id)
        return str(member["status"])

    assert [await status(mei), await status(ann), await status(bob)] == ["creator", "member", "left"]
    await mei.promotes(ann, group)
    admins = await api.ok("getChatAdministrators", chat_id=group.id)
    assert [member["status"] for member in admins] == ["creator", "administrator", "administrator"]
    assert await api.ok("getChatMemberCount", chat_id=group.id) == 3
    other = tg.create_bot("other_bot")
    await mei.adds_bot(other, group, admin=True)
    assert len(await api.ok("getChatAdministrators", chat_id=group.id)) == 3
    assert len(await api.ok("getChatAdministrators", chat_id=group.id, return_bots=True)) == 4
    assert (
        await api.refused("getChatMember", chat_id=group.id, user_id=5)
        == "Bad Request: PARTICIPANT_ID_INVALID"
    )


async def test_a_banned_member_comes_back_only_unbanned(api: Api, bob: Person, group: Group) -> None:
    url = await api.ok("exportChatInviteLink", chat_id=group.id)
    await bob.joins(url)
    who = {"chat_id": group.id, "user_id": bob.id}
    await api.ok("banChatMember", **who)
    with pytest.raises(AssertionError, match="was removed"):
        await bob.joins(url)
    await api.ok("unbanChatMember", **who, only_if_banned=True)
    await bob.joins(url)
    statuses = [u["chat_member"]["new_chat_member"]["status"] for u in await api.updates("chat_member")]
    assert statuses == ["member", "kicked", "left", "member"]


async def test_not_everybody_can_be_banned(
    api: Api, bot: Bot, mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    async def refusal(method: str, person: Person) -> str:
        return await api.refused(method, chat_id=group.id, user_id=person.id)

    assert await refusal("banChatMember", mei) == "Bad Request: can't remove chat owner"
    await mei.promotes(ann, group)
    for method in ("banChatMember", "unbanChatMember"):
        assert await refusal(method, ann) == "Bad Request: user is an administrator of the chat"
    await mei.demotes(ann, group)
    await ann.says("spam", in_=group)
    await api.ok("banChatMember", chat_id=group.id, user_id=ann.id, revoke_messages=True)
    assert "spam" in [message.text for message in group.messages]
    await api.ok("banChatMember", chat_id=group.id, user_id=bob.id)
    assert group.member(bob.user).status == "kicked"
    assert (
        await api.refused("banChatMember", chat_id=group.id, user_id=5)
        == "Bad Request: PARTICIPANT_ID_INVALID"
    )
    await mei.demotes_bot(bot, group)
    assert await refusal("banChatMember", bob) == (
        "Bad Request: not enough rights to restrict/unrestrict chat member"
    )
    assert await refusal("approveChatJoinRequest", bob) == (
        "Bad Request: not enough rights to manage chat join requests"
    )


async def test_unbanning_a_member_takes_her_out(api: Api, ann: Person, group: Group) -> None:
    who = {"chat_id": group.id, "user_id": ann.id}
    await api.ok("unbanChatMember", **who, only_if_banned=True)
    assert "Ann" in group.member_names
    await api.ok("unbanChatMember", **who)
    assert "Ann" not in group.member_names


async def test_a_private_chat_has_no_administrators(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    assert await api.refused("getChatAdministrators", chat_id=ann.id) == (
        "Bad Request: there are no administrators in the private chat"
    )
    assert "private chats" in await api.refused("banChatMember", chat_id=ann.id, user_id=ann.id)
    assert (await api.ok("getChat", chat_id=ann.id))["first_name"] == "Ann"


async def test_a_public_group_is_found_by_its_name(tg: Sandbox, api: Api, bot: Bot, mei: Person) -> None:
    public = tg.group("Tea", owner=mei, username="tea_friends")
    assert (await api.ok("getChat", chat_id="@tea_friends"))["title"] == "Tea"
    assert await api.refused("sendMessage", chat_id="@tea_friends", text="x") == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    await mei.adds_bot(bot, public)
    assert (await api.ok("getChat", chat_id="@Tea_friends"))["active_usernames"] == ["tea_friends"]


async def test_an_ordinary_bot_hears_nothing_of_members_and_reactions(
    api: Api, bot: Bot, mei: Person, ann: Person, bob: Person, group: Group
) -> None:
    await mei.demotes_bot(bot, group)
    await api.updates()
    await bob.joins_directly(group)
    await bob.reacts("👍", to=group.last_message)
    await ann.leaves(group)
    kinds = [kind for update in await api.updates() for kind in update if kind != "update_id"]
    assert kinds == ["message", "message"]


async def test_the_bot_leaves(api: Api, group: Group) -> None:
    await api.ok("leaveChat", chat_id=group.id)
    assert await api.refused("getChat", chat_id=group.id) == (
        "Forbidden: bot is not a member of the supergroup chat"
    )


async def test_a_group_becomes_a_supergroup(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person
) -> None:
    group = tg.group("Village", owner=mei, members=[ann], kind="group")
    await mei.adds_bot(bot, group, admin=True)
    old_id = group.id
    await api.updates()
    await mei.migrates(group)
    left, arrived = [update["message"] for update in await api.updates("message")]
    assert (left["chat"]["id"], left["migrate_to_chat_id"]) == (old_id, group.id)
    assert (arrived["chat"]["id"], arrived["migrate_from_chat_id"]) == (group.id, old_id)
    assert str(group.id).startswith("-100")
    assert await api.call("sendMessage", chat_id=old_id, text="x") == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": group.id},
    }
    sent = await api.ok("sendMessage", chat_id=group.id, text="x")
    assert sent["message_id"] == 2
    assert group.member_names == ["Mei", "Ann", "vouch_bot"]


async def test_a_group_deep_link_may_lose_its_payload(tg: Sandbox, api: Api, bot: Bot, mei: Person) -> None:
    with_payload, without = tg.group("A", owner=mei), tg.group("B", owner=mei)
    await mei.adds_bot(bot, with_payload, payload="setup")
    await mei.adds_bot(bot, without)
    texts = [update["message"].get("text") for update in await api.updates("message")]
    assert texts == [None, "/start@vouch_bot setup", None]
