"""Which buttons and keyboards may be sent where."""

import pytest

from sandbox.people import Bot, Group, Person
from tests.sandbox.conftest import Api, Json

NO_LINK = "inline keyboard button URL '{}' is invalid: {}"


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "я" * 32},
        {"text": "x", "callback_data": "x", "style": "danger", "icon_custom_emoji_id": "5368324170671202286"},
        {"text": "x", "url": "https://x.org/a?b#c"},
        {"text": "x", "url": "x.org"},
        {"text": "x", "url": "http://127.0.0.1:8080/x"},
        {"text": "x", "url": "http://[::1]/x"},
        {"text": "x", "url": "tg://user?id=1001"},
        {"text": "x", "url": "tg:resolve?domain=vouch_bot"},
        {"text": "x", "copy_text": {"text": "x" * 256}},
        {"text": "x", "switch_inline_query": ""},
        {"text": "x", "switch_inline_query_current_chat": "honey"},
        {"text": "x", "switch_inline_query_chosen_chat": {"query": "honey", "allow_group_chats": True}},
    ],
)
async def test_a_button_of_each_kind_may_be_sent(api: Api, group: Group, button: Json) -> None:
    markup = {"inline_keyboard": [[button]]}
    sent = await api.ok("sendMessage", chat_id=group.id, text="x", reply_markup=markup)
    assert sent["reply_markup"] == markup


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "x", "url": "ftp://x.org"}, NO_LINK.format("ftp://x.org", "Unsupported URL protocol")),
        ({"text": "x", "url": "not-a-url"}, NO_LINK.format("not-a-url", "Wrong HTTP URL")),
        (
            {"text": "x", "url": "https://localhost/x"},
            NO_LINK.format("https://localhost/x", "Wrong HTTP URL"),
        ),
        ({"text": "x", "url": "https:///x"}, NO_LINK.format("https:///x", "URL host is empty")),
        ({"text": "x", "url": "tg://"}, NO_LINK.format("tg://", "Wrong tg URL")),
        ({"text": "x", "url": 5}, 'can\'t parse inline keyboard button: Field "url" must be of type String'),
        ({"url": "x.org"}, "can't parse inline keyboard button: Can't find field \"text\""),
        (
            {"text": "x", "callback_data": "x", "icon_custom_emoji_id": "honey"},
            'can\'t parse inline keyboard button: Field "icon_custom_emoji_id" must be a valid Number',
        ),
        ({"text": "x", "pay": True}, "BUTTON_TYPE_INVALID"),
        ({"text": "x", "pay": "yes"}, 'Field "pay" must be of type Boolean'),
        ({"text": "x", "copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "x", "copy_text": {"text": "x", "hue": 1}}, 'unknown field "hue" in CopyTextButton'),
        (
            {"text": "x", "login_url": {"url": "https://x.org"}},
            "does not simulate the button field login_url",
        ),
        ({"text": "x", "callback_game": {}}, "does not simulate the button field callback_game"),
        ({"text": "x", "switch_inline_query": 1}, 'Field "switch_inline_query" must be of type String'),
        ({"text": "x", "switch_inline_query_chosen_chat": ""}, "must be of type Object"),
        (
            {"text": "x", "switch_inline_query_chosen_chat": {"to": "Ann"}},
            'unknown field "to" in SwitchInlineQueryChosenChat',
        ),
    ],
)
async def test_a_wrong_button_is_named(api: Api, group: Group, button: Json, why: str) -> None:
    markup = {"inline_keyboard": [[button]]}
    assert why in await api.refused("sendMessage", chat_id=group.id, text="x", reply_markup=markup)


async def test_a_row_has_eight_buttons(api: Api, group: Group) -> None:
    button = {"text": "x", "callback_data": "x"}
    send = {"chat_id": group.id, "text": "x"}
    await api.ok("sendMessage", **send, reply_markup={"inline_keyboard": [[button] * 8]})
    assert await api.refused("sendMessage", **send, reply_markup={"inline_keyboard": [[button] * 9]}) == (
        "Bad Request: reply markup is too long"
    )


async def test_web_apps_are_for_private_chats(api: Api, bot: Bot, ann: Person, group: Group) -> None:
    await ann.starts(bot)
    secure: Json = {"inline_keyboard": [[{"text": "Shop", "web_app": {"url": "https://x.org"}}]]}
    plain: Json = {"inline_keyboard": [[{"text": "Shop", "web_app": {"url": "http://x.org"}}]]}
    await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=secure)
    assert await api.refused("sendMessage", chat_id=group.id, text="x", reply_markup=secure) == (
        "Bad Request: BUTTON_TYPE_INVALID"
    )
    assert await api.refused("sendMessage", chat_id=ann.id, text="x", reply_markup=plain) == (
        "Bad Request: inline keyboard button Web App URL 'http://x.org' is invalid:"
        " Only HTTPS links are allowed"
    )


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "x", "request_contact": True}, "phone number can be requested in private chats only"),
        ({"text": "x", "request_location": True}, "location can be requested in private chats only"),
        ({"text": "x", "request_poll": {"type": "quiz"}}, "poll can be requested in private chats only"),
        ({"text": "x", "request_users": {"request_id": 1}}, "users can be requested in private chats only"),
        (
            {"text": "x", "web_app": {"url": "https://x.org"}},
            "web App buttons can be used in private chats only",
        ),
        ({"text": "x", "callback_data": "x"}, 'unknown field "callback_data" in KeyboardButton'),
        ({"text": ""}, 'can\'t parse keyboard button: Field "text" must be a non-empty String'),
        (5, "can't parse keyboard button: KeyboardButton must be an Object"),
    ],
)
async def test_a_groups_keyboard_asks_for_nothing(api: Api, group: Group, button: Json, why: str) -> None:
    markup = {"keyboard": [[button]]}
    refused = await api.refused("sendMessage", chat_id=group.id, text="x", reply_markup=markup)
    assert refused == f"Bad Request: {why}"


async def test_a_private_keyboard_may_ask(api: Api, bot: Bot, ann: Person) -> None:
    await ann.starts(bot)
    buttons = ["My orders", {"text": "Phone", "request_contact": True, "style": "primary"}]
    markup: Json = {"keyboard": [buttons], "input_field_placeholder": "x" * 64}
    await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert ann.private(bot).last_message.message.keyboard == markup
    twice = {"keyboard": [[{"text": "x", "request_contact": True, "request_location": True}]]}
    assert "one action is allowed" in await api.refused(
        "sendMessage", chat_id=ann.id, text="x", reply_markup=twice
    )
    long = markup | {"input_field_placeholder": "x" * 65}
    assert "placeholder must have 1-64 characters" in await api.refused(
        "sendMessage", chat_id=ann.id, text="x", reply_markup=long
    )
    off = {"remove_keyboard": False}
    await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=off)
    assert ann.private(bot).last_message.message.keyboard is None
