"""Keyboards, given entities, previews and protection."""

import pytest

from sandbox.people import Bot, Group, Person
from tests.sandbox.conftest import Api, Json

KEYBOARD = {"keyboard": [[{"text": "My orders"}]], "resize_keyboard": True}


async def test_a_keyboard_under_the_input_field_is_kept(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=KEYBOARD)
    assert "reply_markup" not in sent
    assert ann.private(bot).last_message.message.keyboard == KEYBOARD
    await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup={"remove_keyboard": True})
    await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup={"force_reply": True})


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ({"keyboard": [[{"text": "Phone", "request_contact": True}]]}, "in private chats only"),
        ({"keyboard": "x"}, "must be of type Array"),
        ({"keyboard": [], "colour": 1}, 'unknown field "colour"'),
        ({"buttons": []}, "can't parse reply keyboard markup JSON object"),
        ({"inline_keyboard": {}}, "must be of type Array"),
        ({"inline_keyboard": [["x"]]}, "InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [[{"text": "x", "copy_text": {}}]]}, "BUTTON_COPY_TEXT_INVALID"),
        ("not JSON", "it is not JSON"),
        ([], "must be an object"),
    ],
)
async def test_a_wrong_keyboard_is_refused(api: Api, group: Group, markup: Json, why: str) -> None:
    assert why in await api.refused("sendMessage", chat_id=group.id, text="x", reply_markup=markup)


async def test_a_copy_button_copies_and_a_link_opens(api: Api, ann: Person, group: Group) -> None:
    buttons = [{"text": "Code", "copy_text": {"text": "HONEY"}}, {"text": "Shop", "url": "https://x.org/a"}]
    await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup={"inline_keyboard": [buttons, []]})
    card = group.last_message
    assert card.buttons == [["Code", "Shop"]]
    assert (await ann.taps("Code", on=card)).copied == "HONEY"
    opened = await ann.taps("Shop", on=card)
    assert opened.opened == "https://x.org/a"
    with pytest.raises(AssertionError, match="asks the bot nothing"):
        await opened.answered()


async def test_an_invite_link_button_lets_her_in(api: Api, bob: Person, group: Group) -> None:
    free = await api.ok("createChatInviteLink", chat_id=group.id)
    asking = await api.ok("createChatInviteLink", chat_id=group.id, creates_join_request=True)
    await bob.opens(asking["invite_link"])
    assert "chat_join_request" in (await api.updates())[0]
    await bob.opens(free["invite_link"])
    assert "Bob" in group.member_names


async def test_entities_may_be_given_instead_of_html(api: Api, group: Group) -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    sent = await api.ok("sendMessage", chat_id=group.id, text="🍯 @mei_tea", entities=[bold])
    assert [entity["type"] for entity in sent["entities"]] == ["bold", "mention"]
    send = {"chat_id": group.id, "text": "x"}
    assert "MessageEntity" in await api.refused("sendMessage", **send, entities=[{"type": "bold"}])
    assert "MessageEntity" in await api.refused("sendMessage", **send, entities=["bold"])
    assert "unsupported parse_mode" in await api.refused("sendMessage", **send, parse_mode="Org")


async def test_code_and_links_hide_what_telegram_would_find(api: Api, group: Group) -> None:
    html = '<code>/order 1</code> <a href="https://x.org">@mei_tea</a> /my'
    sent = await api.ok("sendMessage", chat_id=group.id, text=html, parse_mode="HTML")
    assert [entity["type"] for entity in sent["entities"]] == ["code", "text_link", "bot_command"]


async def test_previews_and_protection_are_shown(api: Api, group: Group) -> None:
    quiet = {"is_disabled": True}
    sent = await api.ok(
        "sendMessage", chat_id=group.id, text="x", link_preview_options=quiet, protect_content="1"
    )
    assert (sent["link_preview_options"], sent["has_protected_content"]) == (quiet, True)
    source = {"from_chat_id": group.id, "message_id": sent["message_id"]}
    assert "can't be copied" in await api.refused("copyMessage", chat_id=group.id, **source)
    odd = {"disabled": True}
    assert 'unknown field "disabled"' in await api.refused(
        "sendMessage", chat_id=group.id, text="x", link_preview_options=odd
    )


async def test_the_bot_writes_into_a_reply_thread(api: Api, ann: Person, group: Group) -> None:
    said = await ann.says("hello", in_=group)
    send = {"chat_id": group.id, "text": "x"}
    sent = await api.ok("sendMessage", **send, message_thread_id=said.id)
    assert sent["message_thread_id"] == said.id
    assert "is_topic_message" not in sent
    assert "thread not found" in await api.refused("sendMessage", **send, message_thread_id=999)
    elsewhere = {"message_id": 1, "chat_id": -5}
    assert "chat not found" in await api.refused("sendMessage", **send, reply_parameters=elsewhere)
    wordy = {"message_id": "x"}
    assert "must be a Number" in await api.refused("sendMessage", **send, reply_parameters=wordy)
