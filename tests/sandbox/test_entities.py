"""HTML and found entities, counted in UTF-16 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import entity_text, find_entities, trim, utf16_length
from sandbox.errors import ApiError
from sandbox.parsing.html import parse_html


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain &lt;b&gt; &amp; &quot;&#39;", "plain <b> & \"'", []),
        ("<b>bold</b>", "bold", [("bold", 0, 4)]),
        ("🍯 <b>мёд</b>", "🍯 мёд", [("bold", 3, 3)]),
        ("<i>a<b>b</b></i>", "ab", [("italic", 0, 2), ("bold", 1, 1)]),
        (
            "<u>1</u><s>2</s><code>3</code>",
            "123",
            [("underline", 0, 1), ("strikethrough", 1, 1), ("code", 2, 1)],
        ),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<STRONG >x</strong>", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
        ("&lt&#x1F36F;&#62 &nbsp; &#0; &ltx", "<🍯> &nbsp; &#0; &ltx", []),
        (
            "<ins>1</ins><em>2</em><del>3</del>",
            "123",
            [("underline", 0, 1), ("italic", 1, 1), ("strikethrough", 2, 1)],
        ),
        ("<b><u><i>x</i></u></b>", "x", [("bold", 0, 1), ("italic", 0, 1), ("underline", 0, 1)]),
        ("<pre><code>x</code></pre>", "x", [("pre", 0, 1), ("code", 0, 1)]),
        ("<code class='language-c'>x</code>", "x", [("code", 0, 1)]),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<a>x.org</a>", "x.org", [("text_link", 0, 5)]),
        ('<a href="nowhere">x</a>', "x", []),
        ('<a href="tg://user?id=7">x</a>', "x", [("text_mention", 0, 1)]),
        ('<tg-time unix="soon">x</tg-time>', "x", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    got_text, got = parse_html(source)
    assert got_text == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in got] == entities


def test_links_and_code_carry_what_they_need() -> None:
    assert parse_html('<a href="https://x.org/?a=1&amp;b=2">here</a>')[1] == [
        {"type": "text_link", "offset": 0, "length": 4, "url": "https://x.org/?a=1&b=2"}
    ]
    assert parse_html('<pre><code class="language-python">x</code></pre>')[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "python"}
    ]
    assert parse_html('<tg-time unix="1700000000" format="t">x</tg-time>')[1] == [
        {"type": "date_time", "offset": 0, "length": 1, "unix_time": 1700000000, "date_time_format": "t"}
    ]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("я <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b/>x", 'Unsupported start tag "b/" at byte offset 0'),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a ='x'>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x_y>", "Unexpected end of name token at byte offset 8"),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified"),
        ('<tg-time unix="1" format="q">x</tg-time>', "Invalid date format used"),
        (
            "&#xd83c;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"
            " surrogate code units",
        ),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_in_telegrams_words(source: str, why: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/order@vouch_bot 1 2", ["bot_command /order@vouch_bot"]),
        ("🍯 /my, please", ["bot_command /my"]),
        ("1/2 of them, and/or more", []),
        ("ask @mei_tea", ["mention @mei_tea"]),
        ("mail a@b.org now", ["email a@b.org"]),
        ("see https://x.org/a.", ["url https://x.org/a"]),
        ("#honey and #1", ["hashtag #honey"]),
        ("+2 red", []),
    ],
)
def test_telegram_finds_entities_by_itself(text: str, found: list[str]) -> None:
    assert [f"{entity['type']} {entity_text(text, entity)}" for entity in find_entities(text)] == found


def test_trimming_moves_entities_along() -> None:
    assert trim("  ab  ", [{"type": "bold", "offset": 1, "length": 3}]) == (
        "ab",
        [{"type": "bold", "offset": 0, "length": 2}],
    )


@given(st.text())
def test_no_text_crashes_the_reader(source: str) -> None:
    _read_or_refuse(source)


@given(
    st.lists(
        st.sampled_from(["<b>", "</b>", "<i>", "</i>", '<a href="', '">', "</a>", "🍯", "&lt;", "<", " "])
    )
)
def test_no_heap_of_tags_crashes_the_reader(pieces: list[str]) -> None:
    _read_or_refuse("".join(pieces))


def _read_or_refuse(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ApiError:
        return
    assert all(entity["offset"] + entity["length"] <= utf16_length(text) for entity in entities)
