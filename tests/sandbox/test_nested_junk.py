"""Whatever stands in a nested field, the answer is an error of the API, never a fault of the sandbox."""

from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.models.media import plain_picture
from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json, button

pytestmark = pytest.mark.asks_wrongly("some of the junk is what Telegram reads leniently")

JUNK: list[Any] = [
    *(True, -1, 10**30, 1.5, "", "x" * 70, "https://[::1", [1], [[]], {"x": 1}, {"type": []}),
    *({"inline_keyboard": 5}, {"inline_keyboard": [[{"text": "x", "web_app": 5}]]}),
]
BUTTONS = {
    "inline_keyboard": [
        [
            {"text": "x", "callback_data": "x", "style": "danger", "icon_custom_emoji_id": "5"},
            {"text": "x", "web_app": {"url": "https://x.org"}},
            {"text": "x", "copy_text": {"text": "x"}},
            {"text": "x", "switch_inline_query_chosen_chat": {"query": "x"}},
        ]
    ]
}
KEYBOARD = {"keyboard": [["x", {"text": "x", "request_contact": True}]], "input_field_placeholder": "x"}
QUIZ = {
    "question": "x",
    "options": ["a", {"text": "b", "text_entities": [], "text_parse_mode": ""}],
    "type": "quiz",
    "correct_option_ids": [0],
    "explanation_entities": [],
}
INVOICE = {
    "title": "x",
    "description": "x",
    "payload": "x",
    "currency": "XTR",
    "prices": [{"label": "x", "amount": 1}],
}
TEXT = {"message_text": "x", "entities": [], "link_preview_options": {}}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the path to each value within a value."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in inner:
        yield from places(item, (*path, name))


def with_junk(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """Return a copy of the value with something else at one place."""
    if not path:
        return junk
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_junk(copy[path[0]], path[1:], junk)
    return copy


async def answers_well(api: Api, method: str, plausible: Json, **fixed: object) -> None:
    for path in places(plausible):
        for junk in JUNK:
            body = await api.call(method, **with_junk(plausible, path, junk), **fixed)
            assert body["ok"] or body["error_code"] < 500, (method, path, junk, body)


@pytest.mark.parametrize("markup", [BUTTONS, KEYBOARD])
async def test_junk_in_buttons(api: Api, bot: Bot, ann: Person, markup: Json) -> None:
    await ann.starts(bot)
    await answers_well(api, "sendMessage", {"reply_markup": markup}, chat_id=ann.id, text="x")


async def test_junk_in_polls(api: Api, group: Group) -> None:
    await answers_well(api, "sendPoll", QUIZ, chat_id=group.id)


async def test_junk_in_inline_results(tg: Sandbox, api: Api, bot: Bot, ann: Person, group: Group) -> None:
    bot.set_inline()
    search = await ann.types_inline(bot, in_=group)
    picture = tg.world.add_file(plain_picture(), name="honey.png").file_id
    results = [
        {"type": "article", "id": "1", "title": "x", "input_message_content": TEXT, "reply_markup": button()},
        {"type": "photo", "id": "2", "photo_file_id": picture, "caption": "x", "caption_entities": []},
        {"type": "article", "id": "3", "title": "x", "input_message_content": INVOICE},
    ]
    answer = {"results": results, "button": {"text": "x", "start_parameter": "x"}}
    await answers_well(api, "answerInlineQuery", answer, inline_query_id=search.id)


async def test_junk_in_edits(tg: Sandbox, api: Api, group: Group) -> None:
    picture = tg.world.add_file(plain_picture(), name="honey.png").file_id
    sent = await api.ok("sendPhoto", chat_id=group.id, photo=picture)
    where = {"chat_id": group.id, "message_id": sent["message_id"]}
    media = {"type": "photo", "media": picture, "caption": "x", "caption_entities": []}
    await answers_well(api, "editMessageMedia", {"media": media, "reply_markup": button()}, **where)
