"""Formatted text as bots send it: parse modes, explicit entities, limits, and what lies in one another."""

from typing import Any

import pytest

from sandbox.entities import entity_text
from sandbox.people import Bot, Group, Person
from tests.sandbox.conftest import Api, Json


def _entity(kind: str, offset: int, length: int, **fields: Any) -> Json:
    return {"type": kind, "offset": offset, "length": length} | fields


async def _shown(api: Api, group: Group, text: str, **how: Any) -> list[str]:
    sent = await api.ok("sendMessage", chat_id=group.id, text=text, **how)
    return [f"{entity['type']} {entity_text(sent['text'], entity)}" for entity in sent.get("entities", [])]


@pytest.mark.parametrize(
    ("mode", "text"),
    [("HTML", "<b>Honey</b>"), ("markdownv2", "*Honey*"), ("Markdown", "*Honey*"), ("none", "*Honey*")],
)
async def test_every_parse_mode_is_read(api: Api, group: Group, mode: str, text: str) -> None:
    expected = [] if mode == "none" else ["bold Honey"]
    assert await _shown(api, group, text, parse_mode=mode) == expected


async def test_a_person_is_mentioned_only_if_the_bot_has_met_her(
    api: Api, ann: Person, bob: Person, group: Group
) -> None:
    link = '<a href="tg://user?id={}">you</a>'
    sent = await api.ok("sendMessage", chat_id=group.id, text=link.format(ann.id), parse_mode="HTML")
    assert sent["entities"] == [_entity("text_mention", 0, 3, user=ann.user.to_json())]
    assert await _shown(api, group, link.format(bob.id), parse_mode="HTML") == []
    mention = _entity("text_mention", 0, 3, user={"id": ann.id})
    assert await _shown(api, group, "you", entities=[mention]) == ["text_mention you"]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b><code>x</code>y</b>", ["code x", "bold y"]),
        ('<a href="x.org"><code>x</code></a>', ["code x"]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", ["blockquote ab"]),
        ("<b>a<b>b</b></b>", ["bold ab"]),
        ("<b>a</b><b>b</b>", ["bold ab"]),
        ("<blockquote><b>a</b> <code>b</code></blockquote>", ["blockquote a b", "bold a", "code b"]),
        ("<pre>/my @mei_tea</pre> /my", ["pre /my @mei_tea", "bot_command /my"]),
    ],
)
async def test_what_can_not_nest_is_cut_or_dropped(
    api: Api, group: Group, html: str, shown: list[str]
) -> None:
    assert await _shown(api, group, html, parse_mode="HTML") == shown


@pytest.mark.asks_wrongly("Telegram cuts what crosses")
async def test_entities_that_cross_are_cut(api: Api, group: Group) -> None:
    crossing = [_entity("bold", 0, 3), _entity("text_link", 2, 3, url="x.org"), _entity("code", 4, 2)]
    assert await _shown(api, group, "abcdef", entities=crossing) == ["bold ab", "text_link cde", "bold c"]
    quote = [_entity("blockquote", 2, 4), _entity("code", 0, 3), _entity("italic", 1, 2)]
    assert await _shown(api, group, "abcdef", entities=quote) == ["italic b", "blockquote cdef", "italic c"]


@pytest.mark.parametrize(
    ("entity", "why"),
    [
        ("bold", "can't parse MessageEntity: expected an Object"),
        ({"type": "bold", "length": 1}, "can't parse MessageEntity: can't find field \"offset\""),
        (
            _entity("bold", 0, 1) | {"length": "x"},
            'can\'t parse MessageEntity: field "length" must be a Number',
        ),
        ({"offset": 0, "length": 1}, "can't parse MessageEntity: can't find field \"type\""),
        (_entity("", 0, 1), "can't parse MessageEntity: type is not specified"),
        (_entity("big", 0, 1), "can't parse MessageEntity: unsupported type specified"),
        (_entity("text_link", 0, 1), "can't parse MessageEntity: can't find field \"url\""),
        (_entity("text_link", 0, 1, url=3), 'can\'t parse MessageEntity: field "url" must be of type String'),
        (_entity("text_link", 0, 1, url="x"), "entity URL 'x' is invalid: Wrong HTTP URL"),
        (_entity("text_mention", 0, 1), "can't parse MessageEntity: can't find field \"user\""),
        (_entity("custom_emoji", 0, 1), "invalid custom emoji identifier specified"),
        (_entity("date_time", 0, 1, unix_time=0), "invalid date specified"),
        (_entity("bold", 0, 1, colour="red"), 'unknown field "colour" in MessageEntity'),
        (_entity("bold", -1, 1), "receive an entity with incorrect offset -1"),
        (_entity("bold", 0, 1_000_001), "receive an entity with incorrect length 1000001"),
        (_entity("bold", 9, 1), "entity begins after the end of the text at UTF-16 offset 9"),
        (
            _entity("bold", 1, 9),
            "entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10",
        ),
        (_entity("bold", 3, 1), "entity begins in a middle of a UTF-16 symbol at byte offset 8"),
        (
            _entity("bold", 0, 3),
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 8",
        ),
    ],
)
async def test_a_wrong_entity_is_refused(api: Api, group: Group, entity: Any, why: str) -> None:
    send = {"chat_id": group.id, "text": "мё🍯", "entities": [entity]}
    assert await api.refused("sendMessage", **send) == f"Bad Request: {why}"


@pytest.mark.asks_wrongly("Telegram drops what it finds itself")
async def test_entities_that_telegram_finds_itself_need_not_be_given(
    api: Api, bot: Bot, group: Group
) -> None:
    given = [_entity("hashtag", 0, 1), _entity("bold", 2, 0), _entity("pre", 2, 1, language="c")]
    assert await _shown(api, group, "a b", entities=given) == ["pre b"]
    kept = [
        _entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286"),
        _entity("date_time", 3, 4, unix_time=1_700_000_000, date_time_format="r"),
        _entity("text_link", 8, 1, url="tg://user?id=" + str(bot.id)),
    ]
    sent = await api.ok("sendMessage", chat_id=group.id, text="👍 soon x", entities=kept)
    assert sent["entities"][:2] == kept[:2]
    assert sent["entities"][2]["user"]["username"] == "vouch_bot"


async def test_no_more_than_a_hundred_entities_are_kept(api: Api, group: Group) -> None:
    assert len(await _shown(api, group, "<b>x</b> " * 120, parse_mode="HTML")) == 100


async def test_unwanted_signs_are_taken_out(api: Api, group: Group) -> None:
    sent = await api.ok(
        "sendMessage", chat_id=group.id, text="a\tb\r\n\u202ec\u202d", entities=[_entity("bold", 5, 2)]
    )
    assert (sent["text"], sent["entities"]) == ("a b\nc", [_entity("bold", 4, 1)])


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ("<b></b>", "HTML", "text must be non-empty"),
        (" \n", "", "text must be non-empty"),
        ("x" * 32_769, "", "text is too long"),
        ("x", "org", "unsupported parse_mode"),
    ],
)
async def test_a_text_that_can_not_be_sent_is_refused(
    api: Api, group: Group, text: str, mode: str, why: str
) -> None:
    send = {"chat_id": group.id, "text": text, "parse_mode": mode}
    assert await api.refused("sendMessage", **send) == f"Bad Request: {why}"
