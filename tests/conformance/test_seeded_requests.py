"""Mistakes planted in what bots ask for, and in what they are answered: each is found."""

import json
from typing import Any

import pytest

from sandbox.methods.registry import Upload
from tests.conformance.conftest import BOT, GROUP, Desk, Json

pytestmark = pytest.mark.unwatched("every mistake here is planted")

CHAT = GROUP["id"]
SEND: Json = {"chat_id": CHAT, "text": "Honey"}
PHOTO = Upload(name="honey.jpg", content=b"jpg")
INVOICE: Json = {
    "chat_id": CHAT,
    "title": "Honey",
    "description": "A jar",
    "payload": "order:1",
    "currency": "XTR",
    "prices": [{"label": "Honey", "amount": 129}],
}
PRICE: Json = {"label": "Honey", "amount": 1}


def keyed(**action: Any) -> Json:
    return SEND | {"reply_markup": {"inline_keyboard": [[{"text": "Order"} | action]]}}


def article(**fields: Any) -> Json:
    content = {"message_text": "Honey"}
    return {"type": "article", "id": "1", "title": "Honey", "input_message_content": content} | fields


RIGHT: list[tuple[str, Json]] = [
    ("sendMessage", SEND),
    ("sendmessage", SEND),
    ("sendMessage", {"chat_id": str(CHAT), "text": "Honey", "disable_notification": "true"}),
    ("sendMessage", keyed(callback_data="x" * 64)),
    ("sendMessage", SEND | {"reply_markup": json.dumps(keyed(url="https://t.me")["reply_markup"])}),
    ("sendMessage", SEND | {"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"}),
    ("sendMessage", SEND | {"reply_markup": {"keyboard": [["My orders", {"text": "Help"}]]}}),
    ("sendPhoto", {"chat_id": CHAT, "photo": PHOTO}),
    (
        "sendMediaGroup",
        {"chat_id": CHAT, "a": PHOTO, "media": [{"type": "photo", "media": "attach://a"}] * 2},
    ),
    ("sendPoll", {"chat_id": CHAT, "question": "Which?", "options": ["Acacia", {"text": "Linden"}]}),
    ("sendInvoice", INVOICE),
    ("answerInlineQuery", {"inline_query_id": "1", "results": [article()]}),
    (
        "setMessageReaction",
        {"chat_id": CHAT, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}]},
    ),
    ("getUpdates", {"timeout": "50", "allowed_updates": '["message", "chat_member"]'}),
]


@pytest.mark.parametrize(("method", "parameters"), RIGHT)
def test_what_telegram_takes_is_let_through(desk: Desk, method: str, parameters: Json) -> None:
    assert desk.asked(method, **parameters) == []


WRONG: list[tuple[str, str, str, Json]] = [
    ("sendMassage", "", "the API has no such method", SEND),
    ("sendMessage", "colour", "sendMessage has no such parameter", SEND | {"colour": "red"}),
    ("sendMessage", "text", "needs this parameter", {"chat_id": CHAT}),
    ("sendMessage", "text", "is no String", SEND | {"text": {"words": "Honey"}}),
    ("sendMessage", "text", "4097 UTF-16 units", SEND | {"text": "x" * 4097}),
    ("sendMessage", "text", "can't parse entities", SEND | {"text": "<b>Honey", "parse_mode": "HTML"}),
    ("sendMessage", "parse_mode", "'rtf' is none of", SEND | {"parse_mode": "rtf"}),
    (
        "sendMessage",
        "entities[0]",
        "not within the 5",
        SEND | {"entities": [{"type": "bold", "offset": 0, "length": 6}]},
    ),
    ("sendMessage", "message_thread_id", "is no Integer", SEND | {"message_thread_id": "General"}),
    ("sendMessage", "disable_notification", "is no Boolean", SEND | {"disable_notification": "perhaps"}),
    ("sendMessage", "reply_markup", "is none of", SEND | {"reply_markup": "[]"}),
    (
        "sendMessage",
        "reply_parameters.message",
        "no such field",
        SEND | {"reply_parameters": {"message_id": 1, "message": 1}},
    ),
    ("sendMessage", "reply_parameters.message_id", "needs this field", SEND | {"reply_parameters": {}}),
    ("sendMessage", "reply_markup.inline_keyboard[0][0]", "this has none", keyed()),
    (
        "sendMessage",
        "reply_markup.inline_keyboard[0][0]",
        "this has url, callback_data",
        keyed(callback_data="a", url="https://t.me"),
    ),
    (
        "sendMessage",
        "reply_markup.inline_keyboard[0][0].callback_data",
        "65 bytes",
        keyed(callback_data="x" * 65),
    ),
    ("sendMessage", "reply_markup.inline_keyboard[0][0].callback_data", "0 bytes", keyed(callback_data="")),
    (
        "sendMessage",
        "reply_markup.inline_keyboard[0][0].style",
        "'pink' is none of",
        keyed(callback_data="a", style="pink"),
    ),
    (
        "sendMessage",
        "reply_markup.inline_keyboard[0][0].web_app",
        "private chats only",
        keyed(web_app={"url": "https://a.b"}),
    ),
    ("sendMessage", "reply_markup.inline_keyboard[0][0].data", "no such field", keyed(data="a")),
    ("sendMessage", "reply_markup.inline_keyboard[0][0].pay", "only an invoice", keyed(pay=True)),
    ("sendPhoto", "caption", "1025 UTF-16 units", {"chat_id": CHAT, "photo": "id", "caption": "x" * 1025}),
    ("sendPhoto", "thumb", "no such parameter", {"chat_id": CHAT, "photo": PHOTO, "thumb": PHOTO}),
    ("sendMediaGroup", "media", "1 items", {"chat_id": CHAT, "media": [{"type": "photo", "media": "id"}]}),
    (
        "sendMediaGroup",
        "media[0].type",
        "'gif' is none of",
        {"chat_id": CHAT, "media": [{"type": "gif", "media": "id"}] * 2},
    ),
    (
        "editMessageText",
        "",
        "chat_id and message_id, or inline_message_id",
        {"chat_id": CHAT, "text": "Honey"},
    ),
    ("answerCallbackQuery", "text", "201 characters", {"callback_query_id": "1", "text": "x" * 201}),
    (
        "setMessageReaction",
        "reaction",
        "2 reactions",
        {"chat_id": CHAT, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👍"}] * 2},
    ),
    (
        "setMessageReaction",
        "reaction[0].emoji",
        "'🍯' is none of",
        {"chat_id": CHAT, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "🍯"}]},
    ),
    (
        "setMyCommands",
        "commands[0].command",
        "'Pick' is no name",
        {"commands": [{"command": "Pick", "description": "Offer"}]},
    ),
    ("setMyCommands", "scope.chat_id", "needs this field", {"commands": [], "scope": {"type": "chat"}}),
    ("deleteMessages", "message_ids", "101; 1 to 100", {"chat_id": CHAT, "message_ids": list(range(1, 102))}),
    (
        "copyMessages",
        "message_ids",
        "must rise",
        {"chat_id": CHAT, "from_chat_id": CHAT, "message_ids": [2, 1]},
    ),
    (
        "sendPoll",
        "options",
        "13; 1 to 12",
        {"chat_id": CHAT, "question": "Which?", "options": ["Acacia"] * 13},
    ),
    (
        "sendPoll",
        "correct_option_ids",
        "a quiz needs",
        {"chat_id": CHAT, "question": "Which?", "options": ["A"], "type": "quiz"},
    ),
    ("sendInvoice", "prices", "2 prices", INVOICE | {"prices": [PRICE, PRICE]}),
    (
        "sendInvoice",
        "prices[0].amount",
        "is no Integer",
        INVOICE | {"prices": [{"label": "Honey", "amount": 1.29}]},
    ),
    ("sendInvoice", "provider_token", "any currency but Stars", INVOICE | {"currency": "EUR"}),
    ("sendInvoice", "payload", "129 bytes", INVOICE | {"payload": "x" * 129}),
    (
        "answerPreCheckoutQuery",
        "error_message",
        "where ok is False",
        {"pre_checkout_query_id": "1", "ok": False},
    ),
    ("answerInlineQuery", "results", "one id", {"inline_query_id": "1", "results": [article(), article()]}),
    (
        "answerInlineQuery",
        "results[0].title",
        "needs this field",
        {
            "inline_query_id": "1",
            "results": [{"type": "article", "id": "1", "input_message_content": {"message_text": "Honey"}}],
        },
    ),
    (
        "answerInlineQuery",
        "results[0].type",
        "'honey' is none of",
        {"inline_query_id": "1", "results": [article(type="honey")]},
    ),
    (
        "createChatInviteLink",
        "expire_date",
        "no plausible time in seconds",
        {"chat_id": CHAT, "expire_date": 1_795_000_000_000},
    ),
    ("sendChatAction", "action", "'dancing' is none of", {"chat_id": CHAT, "action": "dancing"}),
    (
        "setWebhook",
        "allowed_updates[0]",
        "'massage' is none of",
        {"url": "https://a.b", "allowed_updates": ["massage"]},
    ),
]


@pytest.mark.parametrize(("method", "path", "what", "parameters"), WRONG)
def test_a_mistake_in_a_request_is_found(
    desk: Desk, method: str, path: str, what: str, parameters: Json
) -> None:
    found = desk.asked(method, **parameters)
    assert any(line.startswith(f"{path}: ") and what in line for line in found), found


def sent(desk: Desk, **fields: Any) -> Json:
    return desk.message(**{"from": BOT}, text="Honey", message_id=2) | fields


def test_an_answer_must_be_of_the_methods_type(desk: Desk) -> None:
    def result(value: object) -> list[str]:
        return desk.answered({"ok": True, "result": value}, "sendMessage", **SEND)

    assert result(sent(desk)) == []
    assert result(sent(desk)) == [f"result.message_id: 2 comes after 2 in chat {CHAT}"]
    assert result(True) == ["result: True is no Message"]
    assert result(sent(desk, chat=GROUP | {"id": -1_002_000_000_002}))[0].startswith("result.chat.id: ")
    assert result(sent(desk, massage=1)) == ["result.massage: Message has no such field"]


def test_an_error_must_be_worded_as_telegram_does(desk: Desk) -> None:
    def refused(**body: object) -> list[str]:
        return desk.answered({"ok": False} | body, "sendMessage", **SEND)

    assert refused(error_code=400, description="Bad Request: chat not found") == []
    assert refused(error_code=400, description="chat not found")[0].startswith("description: ")
    too_many = {"error_code": 429, "description": "Too Many Requests: retry after 3"}
    assert refused(**too_many, parameters={"retry_after": 3}) == []
    assert refused(**too_many) == ["parameters.retry_after: an error 429 says how long to wait"]
    assert refused(**too_many, parameters={"retry_in": 3})[0].startswith("parameters.retry_in: ")
    assert desk.answered({"ok": True, "result": False}, "deleteMessage", chat_id=CHAT, message_id=1) == [
        "result: is false; what failed is an error"
    ]
