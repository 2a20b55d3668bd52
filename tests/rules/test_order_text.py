"""Orders are read out of what people type, and talk is left alone."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import OrderUnreadable, ShopError, VariantUnknown
from bot.rules.order_text import OrderItem, OrderText, read_order, read_order_arguments

HERE = Path(__file__).parent
COLOURS = ("red", "dark blue", "红色", "жёлтый", "limón", "XL", "42", "500 g")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One labelled message; its meaning is `-` for talk."""

    variants: tuple[str, ...]
    meaning: str
    text: str

    @property
    def is_order(self) -> bool:
        """Whether something must come of it."""
        return self.meaning != "-"


@dataclass(frozen=True, kw_only=True)
class Score:
    """How a reader did on labelled lines."""

    orders: int
    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    def __str__(self) -> str:
        figures = f"precision {self.precision:.3f}, recall {self.recall:.3f}"
        return f"{figures}, wrong {self.wrong}, missed {self.missed}"

    @property
    def precision(self) -> float:
        """The part of what was read that was meant so."""
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        """The part of the orders that were read as meant."""
        return self.right / self.orders


def labelled(name: str) -> list[Line]:
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    columns = (row.split("\t") for row in rows if not row.startswith("#"))
    return [
        Line(
            variants=tuple(name for name in variants.split(";") if name),
            meaning=meaning,
            text=text.replace("\\n", "\n"),
        )
        for _language, variants, meaning, text in columns
    ]


def meaning_of(text: str, variants: Sequence[str]) -> str:
    """What the reader makes of it, in the words of the tables."""
    try:
        order = read_order(text, variants)
    except VariantUnknown as refusal:
        return f"unknown {refusal.name}"
    return "-" if order is None else in_words(order, variants)


def in_words(order: OrderText, variants: Sequence[str]) -> str:
    names = ("" if item.variant is None else variants[item.variant] for item in order.items)
    items = ",".join(f"{name}*{item.quantity}" for name, item in zip(names, order.items, strict=True))
    return f"{order.action} {items}".strip()


def score(lines: Sequence[Line]) -> Score:
    read = [(line, meaning_of(line.text, line.variants)) for line in lines]
    return Score(
        orders=sum(line.is_order for line in lines),
        right=sum(line.is_order and meaning == line.meaning for line, meaning in read),
        wrong=tuple(f"{line.text!r} as {m}" for line, m in read if m not in ("-", line.meaning)),
        missed=tuple(line.text for line, meaning in read if line.is_order and meaning == "-"),
    )


def test_no_talk_is_taken_for_an_order_and_hardly_an_order_is_missed() -> None:
    lines = labelled("order_lines.tsv")
    assert len(lines) >= 240
    assert sum(not line.is_order for line in lines) >= 130
    result = score(lines)
    assert result.precision == 1.0, result
    assert result.recall >= 0.95, result


def test_lines_that_the_reader_was_not_made_for_fare_as_well() -> None:
    result = score(labelled("order_lines_held_out.tsv"))
    assert result.precision == 1.0, result
    assert result.recall >= 0.9, result


@pytest.mark.parametrize(
    ("text", "variants", "meaning"),
    [
        ("", ["red", "blue"], "change *1"),
        ("  ", [], "change *1"),
        ("2", [], "set *2"),
        ("+2", [], "change *2"),
        ("2 red", ["red", "blue"], "set red*2"),
        ("red", ["red", "blue"], "change red*1"),
        ("red please", ["red", "blue"], "change red*1"),
        ("+1 red, +2 blue", ["red", "blue"], "change red*1,blue*2"),
        ("1000", [], "set *1000"),
        ("+1000", [], "change *1000"),
        ("1000000000000", [], "set *1000000000000"),
        ("-1", [], "change *-1"),
        ("0", [], "cancel"),
        ("cancel", [], "cancel"),
        ("取消", [], "cancel"),
    ],
)
def test_a_command_says_an_order_outright(text: str, variants: list[str], meaning: str) -> None:
    assert in_words(read_order_arguments(text, variants), variants) == meaning


@pytest.mark.parametrize("text", ["honey", "2 of what", "2?", "1 2", "-0", "2.5", "42", "purple", "1" * 2000])
def test_a_command_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(OrderUnreadable) as refusal:
        read_order_arguments(text, ["42"])
    assert refusal.value.text == text


@pytest.mark.parametrize(
    ("text", "name"), [("2 purple", "purple"), ("+1 Фиолетовый!", "Фиолетовый"), ("2 hot pink", "hot pink")]
)
def test_a_command_for_an_unknown_variant_says_which(text: str, name: str) -> None:
    with pytest.raises(VariantUnknown) as refusal:
        read_order_arguments(text, ["red", "blue"])
    assert (refusal.value.name, refusal.value.variants) == (name, ("red", "blue"))


@pytest.mark.parametrize(
    ("text", "variants"),
    [
        ("+1 red purple", ["red", "blue"]),
        ("purple +1", ["red", "blue"]),
        ("+1 purple and green grass here", ["red", "blue"]),
        ("+1 purple 2", ["red", "blue"]),
        ("+1 red -1 red", ["red", "blue"]),
        ("red 1, red 2", ["red", "blue"]),
        ("+1 red -1 blue 3 red", ["red", "blue"]),
        ("-1 red 2 blue", ["red", "blue"]),
        ("2 red -1 blue", ["red", "blue"]),
        ("more", []),
        ("one another", []),
        ("minus +1", []),
        ("-1 more", []),
        ("please more", []),
        ("+0", []),
        ("+07", []),
        ("一一", []),
        ("1 y", []),
        ("thirty eleven", []),
        ("+1 purple, 2 red", ["red", "blue"]),
        ("+1 purple, purple", ["red", "blue"]),
        ("+1 purple red", ["red", "blue"]),
        ("red more", ["red", "blue"]),
        ("+1 purple -1 red 2 blue", ["red", "blue"]),
    ],
)
def test_what_contradicts_itself_is_no_order(text: str, variants: list[str]) -> None:
    assert meaning_of(text, variants) == "-"


@pytest.mark.parametrize("variants", [["x", "y"], ["", "!"]])
def test_a_name_that_is_a_sign_or_nothing_does_not_confuse(variants: list[str]) -> None:
    assert meaning_of("x2", variants) == "set *2"


def test_every_word_of_a_name_may_be_inflected() -> None:
    assert meaning_of("2 темно красных", ["тёмно-красный", "тёмно-синий"]) == "set тёмно-красный*2"


def test_chinese_numerals_count_to_hundreds() -> None:
    numerals = ["一", "两", "十", "十二", "二十", "三十五", "两百"]
    orders = [read_order(f"来{numeral}份", []) for numeral in numerals]
    assert [order.items[0].quantity for order in orders if order] == [1, 2, 10, 12, 20, 35, 200]


def test_more_may_stand_behind_the_name() -> None:
    assert meaning_of("2 jars of red more", ["red", "blue"]) == "change red*2"


def test_several_unknown_names_are_reported_by_the_first() -> None:
    with pytest.raises(VariantUnknown) as refusal:
        read_order("+1 purple +1 hot pink", ["red", "blue"])
    assert refusal.value.name == "purple"


@pytest.mark.parametrize("variants", [[], [""]])
def test_a_kind_of_what_has_none_is_told_under_the_card(variants: list[str]) -> None:
    assert read_order("+1 dark", variants) is None
    with pytest.raises(VariantUnknown):
        read_order("+1 dark", variants, to_card=True)


@pytest.mark.parametrize("text", ["+1 haha", "+1 same here", "+1 to what Ann said", "1 dark", "2 questions?"])
def test_talk_under_a_card_without_kinds_stays_talk(text: str) -> None:
    assert read_order(text, [""], to_card=True) is None


def test_quantities_add_up_for_one_variant() -> None:
    order = read_order("+1 red, +2 blue and +1 red", ["red", "blue"])
    assert order == OrderText(
        action="change", items=(OrderItem(variant=0, quantity=2), OrderItem(variant=1, quantity=2))
    )


PIECES = (
    "two Please red Dark blue 红 份 来 两 жёлтый ещё y más treinta purple cancel 取消 шт XL 42 500 g of more"
)
MARKS = "+-0123x,.!?:()"
orderly = st.lists(st.sampled_from([*PIECES.split(), *MARKS, "\n", " ", " ", " "]), max_size=12).map("".join)


@given(st.one_of(st.text(), orderly), st.lists(st.one_of(st.text(), st.sampled_from(COLOURS)), max_size=4))
def test_any_text_is_an_order_or_talk_or_refused(text: str, variants: list[str]) -> None:
    for reader in (read_order, read_order_arguments):
        try:
            order = reader(text, variants)
        except ShopError:
            continue
        if order is not None:
            assert (order.action == "cancel") == (not order.items)
            assert all(item.variant is None or 0 <= item.variant < len(variants) for item in order.items)
            assert all(item.quantity >= 0 or order.action == "change" for item in order.items)


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(orderly)
def test_case_width_and_spaces_change_nothing(text: str) -> None:
    plain = meaning_of(text, COLOURS).casefold()
    for same in (text.upper(), wide(text), f"  {text}  ", text.replace(" ", "\u00a0 ")):
        assert meaning_of(same, COLOURS).casefold() == plain


@pytest.mark.parametrize(
    "text",
    [
        "😀" * 4096,
        "+" * 4096,
        "1" * 4096,
        "+1 " * 1365,
        "(" * 1000,
        "red " * 250,
        "一个" * 500,
        ") " * 500,
        "^" * 999,
    ],
)
def test_a_flood_of_characters_is_read_at_once(text: str) -> None:
    # Only a pattern that goes wild takes seconds; a busy machine alone does not.
    began = time.process_time()
    assert read_order(text, COLOURS) is None
    assert time.process_time() - began < 5
