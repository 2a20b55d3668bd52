"""Mistakes planted in messages: each is found, and the path to it named."""

import copy

import pytest

from tests.conformance.conftest import BASIC, BOT, CHANNEL, GROUP, PERSON, PRIVATE, Desk, Json
from tests.conformance.exhibits import ANONYMOUS, PAYMENT, POLL, entity, photo

pytestmark = pytest.mark.unwatched("every mistake here is planted")


def keyed(*buttons: Json) -> Json:
    """A message's keyboard of one row."""
    return {"reply_markup": {"inline_keyboard": [list(buttons)]}}


def key(text: str = "Order", **action: object) -> Json:
    return {"text": text} | action


# (the path that must be named, a piece of what must be said, the message's fields)
MESSAGES: list[tuple[str, str, Json]] = [
    ("message.massage", "no such field", {"massage": 1}),
    ("message.message_id", "is no Integer", {"message_id": "12"}),
    ("message.message_id", "is no Integer", {"message_id": True}),
    ("message.date", "needs this field", {"date": None}),
    ("message.date", "no plausible time in seconds", {"date": 1_795_000_000_000}),
    ("message.date", "is yet to come", {"date": 2_000_000_000}),
    ("message.chat.id", "-1001 is no id of a private chat", {"chat": PRIVATE | {"id": -1001}}),
    ("message.chat.id", "-4000001 is no id of a supergroup chat", {"chat": GROUP | {"id": -4_000_001}}),
    ("message.chat.id", "is no id of a group chat", {"chat": BASIC | {"id": -1_002_000_000_001}}),
    ("message.chat.id", "5 is no id of a channel chat", {"chat": CHANNEL | {"id": 5}}),
    ("message.chat.type", "'crowd' is none of", {"chat": GROUP | {"type": "crowd"}}),
    ("message.chat.title", "a group chat needs this field", {"chat": {"id": -5, "type": "group"}}),
    ("message.chat.first_name", "has no such field", {"chat": GROUP | {"first_name": "Ann"}}),
    ("message.from.id", "no id of a user", {"from": PERSON | {"id": -1}}),
    (
        "message.from.id",
        "2002 writes in the private chat of 1001",
        {"chat": PRIVATE, "from": PERSON | {"id": 2002}},
    ),
    ("message.from", "needs this field", {"from": None}),
    ("message.from.id", "1087968824, the anonymous administrator", {"sender_chat": GROUP}),
    ("message.sender_chat", "writes for a chat, which is missing", {"from": ANONYMOUS}),
    ("message.from.id", "136817688, the channels", {"sender_chat": CHANNEL, "from": ANONYMOUS}),
    ("message.from.id", "777000, Telegram", {"sender_chat": CHANNEL, "is_automatic_forward": True}),
    ("message.text", "4097 characters", {"text": "x" * 4097}),
    ("message.text", "4098 UTF-16 units", {"from": BOT, "text": "🍯" * 2049}),
    ("message.text", "0 characters", {"text": ""}),
    ("message.caption", "1025 characters", {"text": None, "photo": photo(), "caption": "x" * 1025}),
    ("message.caption", "only photos", {"caption": "Honey"}),
    ("message", "exactly one content, this has none", {"text": None}),
    ("message", "this has photo, text", {"photo": photo()}),
    ("message.photo[0].width", "0 pixels", {"text": None, "photo": photo(width=0)}),
    (
        "message.photo[0].file_id",
        "needs this field",
        {"text": None, "photo": [{"file_unique_id": "B", "width": 1, "height": 1}]},
    ),
    ("message.entities[0]", "are not within the 2", {"entities": [entity("bold", 1, 2)]}),
    ("message.entities[0]", "are not within the 2", {"entities": [entity("bold", 0, 0)]}),
    (
        "message.entities[1]",
        "starts later",
        {"text": "abcd", "entities": [entity("bold", 2, 1), entity("italic", 0, 1)]},
    ),
    (
        "message.entities[1]",
        "crosses the end",
        {"text": "abcd", "entities": [entity("bold", 0, 2), entity("italic", 1, 2)]},
    ),
    ("message.entities[0]", "cuts a character in half", {"text": "🍯!", "entities": [entity("bold", 1, 2)]}),
    (
        "message.entities[0]",
        "'pick 1' is no bot_command",
        {"text": "/pick 1", "entities": [entity("bot_command", 1, 6)]},
    ),
    ("message.entities[0].type", "'shiny' is none of", {"entities": [entity("shiny", 0, 1)]}),
    ("message.entities[0].url", "text_link needs this field", {"entities": [entity("text_link", 0, 1)]}),
    (
        "message.entities[0].url",
        "is for text_link only",
        {"entities": [entity("bold", 0, 1, url="https://t.me")]},
    ),
    (
        "message.reply_to_message.chat.id",
        "another chat",
        {"reply_to_message": {"chat": BASIC, "message_id": 3}},
    ),
    ("message.reply_to_message.message_id", "no earlier message", {"reply_to_message": {"message_id": 12}}),
    (
        "message.is_topic_message",
        "the chat has no topics",
        {"is_topic_message": True, "message_thread_id": 3},
    ),
    ("message.message_thread_id", "no thread that can have begun", {"message_thread_id": 13}),
    ("message.edit_date", "was never edited", {"edit_date": 1_700_000_000, "date": 1_700_000_000}),
    ("message.reply_markup.inline_keyboard[0][0]", "exactly one action, this has none", keyed(key())),
    (
        "message.reply_markup.inline_keyboard[0][0].callback_data",
        "65 bytes",
        keyed(key(callback_data="x" * 65)),
    ),
    (
        "message.reply_markup.inline_keyboard[0][1].callback_data",
        "66 bytes",
        keyed(key(url="https://t.me"), key(callback_data="ж" * 33)),
    ),
    ("message.reply_markup.inline_keyboard[0][0].pay", "only an invoice", keyed(key(pay=True))),
    ("message.reply_markup.inline_keyboard[0]", "9 buttons", keyed(*[key(callback_data="a")] * 9)),
    ("message.migrate_to_chat_id", "a basic group becomes", {"text": None, "migrate_to_chat_id": -5}),
    (
        "message.poll.total_voter_count",
        "4 voters, but 3 votes",
        {"text": None, "poll": POLL | {"total_voter_count": 4}},
    ),
    (
        "message.poll.options[0].persistent_id",
        "needs this field",
        {"text": None, "poll": POLL | {"options": [{"text": "A", "voter_count": 3}]}},
    ),
    (
        "message.poll.allows_revoting",
        "needs this field",
        {"text": None, "poll": {k: v for k, v in POLL.items() if k != "allows_revoting"}},
    ),
    (
        "message.invoice.currency",
        "'stars' is no currency",
        {
            "text": None,
            "invoice": {
                "title": "Tea",
                "description": "Green",
                "start_parameter": "",
                "currency": "stars",
                "total_amount": 5,
            },
        },
    ),
    ("message.successful_payment", "no pre-checkout query", {"text": None, "successful_payment": PAYMENT}),
    (
        "message.forward_origin.type",
        "'moon' is none of channel, chat, hidden_user, user",
        {"forward_origin": {"type": "moon"}},
    ),
    (
        "message.forward_origin.sender_user",
        "MessageOriginUser needs this field",
        {"forward_origin": {"type": "user", "date": 1_700_000_000}},
    ),
]


@pytest.mark.parametrize(("path", "what", "fields"), MESSAGES)
def test_a_mistake_in_a_message_is_found(desk: Desk, path: str, what: str, fields: Json) -> None:
    fields = copy.deepcopy(fields)
    if "reply_to_message" in fields:
        fields["reply_to_message"] = desk.message(message_id=3) | fields["reply_to_message"]
    found = desk.said(**fields)
    assert any(line.startswith(f"{path}: ") and what in line for line in found), found
