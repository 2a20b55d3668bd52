"""MarkdownV2 and the old Markdown, refused in Telegram's words with offsets in bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import entity_text, utf16_length
from sandbox.errors import ApiError
from sandbox.parsing.legacy import parse_markdown
from sandbox.parsing.markdown import parse_markdown_v2
from tests.sandbox.conftest import Json


def _shown(text: str, entities: list[Json]) -> list[str]:
    return [f"{entity['type']} {entity_text(text, entity)}" for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "shown"),
    [
        (r"1\.5 \* 2", "1.5 * 2", []),
        ("*b* _i_ __u__ ~s~ ||h||", "b i u s h", "bold b,italic i,underline u,strikethrough s,spoiler h"),
        ("*a _b_ 🍯*", "a b 🍯", "bold a b 🍯,italic b"),
        ("___x_ y__", "x y", "underline x y,italic x"),
        ("`a*b\\`c`", "a*b`c", "code a*b`c"),
        ("```python\nx = 1\n```", "x = 1\n", "pre x = 1\n"),
        ("```\nx```", "x", "pre x"),
        ("[Honey](https://x.org/a\\)b)", "Honey", "text_link Honey"),
        ("[x\\.org]", "x.org", "text_link x.org"),
        ("[Ann](tg://user?id=7)", "Ann", "text_mention Ann"),
        ("![👍](tg://emoji?id=5368324170671202286)", "👍", "custom_emoji 👍"),
        ("![soon](tg://time?unix=1647531900&format=wDT)", "soon", "date_time soon"),
        (">one\n>two\nthree", "one\ntwo\nthree", "blockquote one\ntwo\n"),
        (">long\n>hidden||", "long\nhidden", "expandable_blockquote long\nhidden"),
        (">hidden||\nafter", "hidden\nafter", "expandable_blockquote hidden\n"),
        ("** x", " x", []),
        ("[x](nowhere)", "x", []),
    ],
)
def test_markdown_v2_becomes_text_and_entities(source: str, text: str, shown: str) -> None:
    got_text, got = parse_markdown_v2(source)
    assert got_text == text
    assert ",".join(_shown(got_text, got)) == "".join(shown)


def test_markdown_v2_keeps_what_an_entity_needs() -> None:
    assert parse_markdown_v2("```python\nx```")[1][0]["language"] == "python"
    assert parse_markdown_v2("[x](http://X.org?a=1)")[1][0]["url"] == "http://x.org/?a=1"
    assert parse_markdown_v2("[Ann](tg://user?id=7)")[1][0]["user"] == {"id": 7}
    [moment] = parse_markdown_v2("![x](tg://time?unix=9&format=r)")[1]
    assert (moment["unix_time"], moment["date_time_format"]) == (9, "r")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("1.5", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("a | b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("hi!", "Character '!' is reserved and must be escaped with the preceding '\\'"),
        ("я *b", "Can't find end of Bold entity at byte offset 3"),
        ("*a _b*", "Can't find end of Bold entity at byte offset 5"),
        ("```x", "Can't find end of Pre entity at byte offset 0"),
        ("```py\nx", "Can't find end of PreCode entity at byte offset 0"),
        (">*a\nb", "Can't find end of Bold entity at byte offset 1"),
        (">*a||\nb", "Can't find end of Bold entity at byte offset 1"),
        ("[x](y", "Can't find end of a URL at byte offset 4"),
        ("![x]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![x](https://x.org)", "Invalid tg://emoji or tg://time URL specified"),
        ("![x](tg://time?unix=1&format=q)", "Invalid date format used"),
    ],
)
def test_broken_markdown_v2_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_markdown_v2(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(
    ("source", "text", "shown"),
    [
        (r"snake\_case *b* _i_ `c`", "snake_case b i c", "bold b,italic i,code c"),
        ("*a_b*", "a_b", "bold a_b"),
        ("[Honey](https://x.org) [y.org]", "Honey y.org", "text_link Honey,text_link y.org"),
        ("[Ann](tg://user?id=7)", "Ann", "text_mention Ann"),
        ("```python\nx```", "x", "pre x"),
        ("```\r\nx```", "x", "pre x"),
        ("1.5 > 1!", "1.5 > 1!", ""),
        ("** x", " x", ""),
        ("[x](nowhere)", "x", ""),
    ],
)
def test_old_markdown_becomes_text_and_entities(source: str, text: str, shown: str) -> None:
    got_text, got = parse_markdown(source)
    assert got_text == text
    assert ",".join(_shown(got_text, got)) == shown


@pytest.mark.parametrize(("source", "offset"), [("я *b", 3), ("snake_case", 5), ("```x``", 0), ("[x", 0)])
def test_broken_old_markdown_is_refused_in_telegrams_words(source: str, offset: int) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_markdown(source)
    why = f"Can't find end of the entity starting at byte offset {offset}"
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


_PIECES = ["*", "_", "__", "~", "||", "`", "```", "[", "](", ")", "!", ">", "\n", "\\", "🍯", "x", "tg://"]


@given(st.lists(st.sampled_from(_PIECES)), st.booleans())
def test_no_heap_of_marks_crashes_the_readers(pieces: list[str], is_old: bool) -> None:
    try:
        text, entities = (parse_markdown if is_old else parse_markdown_v2)("".join(pieces))
    except ApiError:
        return
    assert all(entity["length"] > 0 for entity in entities)
    assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)
