"""A wish as people type it without minding commas: how many, until when and for how much at most."""

from datetime import UTC, datetime

import pytest

from bot.money import Money
from bot.rules.wish_questions import goods_asked_about
from bot.rules.wish_text import WishText, read_wish

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 19, tzinfo=UTC)
FIVE = Money(amount=500, currency="EUR")


def read(text: str, language: str = "en") -> WishText:
    return read_wish(text, now=NOW, time_zone="Europe/Berlin", language=language, currency="EUR")


@pytest.mark.parametrize(
    ("text", "quantity", "words"),
    [
        *(("5 apples", 5, "apples"), ("x2 honey", 2, "honey"), ("honey x2", 2, "honey")),
        *(
            ("2 packs of AA batteries", 2, "AA batteries"),
            ("honey, two", 2, "honey"),
            ("2包芒果干", 2, "芒果干"),
        ),
        *(("две банки мёда", 2, "мёда"), ("dos paquetes de arroz", 2, "arroz"), ("芒果干两包", 2, "芒果干")),
        *(("5 apples, red", 5, "apples, red"), ("3 jars, honey", 3, "honey"), ("honey 2 jars", 2, "honey")),
        # A number in a name, a size or a measure says nothing of how many.
        *(("7up, 2", 2, "7up"), ("2 kg rice", 1, "2 kg rice"), ("1984 by Orwell", 1, "1984 by Orwell")),
        *(("shoes, size 42", 1, "shoes, size 42"), ("5号电池", 1, "5号电池"), ("iphone 15", 1, "iphone 15")),
    ],
)
def test_how_many_is_told_from_the_goods(text: str, quantity: int, words: str) -> None:
    assert read(text) == WishText(words=words, quantity=quantity)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("honey by friday up to 5.00", "en"),
        ("honey up to €5 each by friday", "en"),
        ("Honey, up to 5 each, by Friday", "en"),
        ("мёд до пятницы, до 5 евро", "ru"),
        ("miel para el viernes, hasta 5 € cada uno", "es"),
    ],
)
def test_a_day_and_a_limit_need_no_comma(text: str, language: str) -> None:
    wish = read(text, language)
    assert (wish.words.lower() in {"honey", "мёд", "miel"}, wish.limit, wish.wanted_by) == (
        True,
        FIVE,
        FRIDAY,
    )


@pytest.mark.parametrize(
    "asked", ["Who wants more?", "Who wants it?", "¿Quién quiere eso?", "谁要这个？", "Кто хочет ещё?"]
)
def test_a_question_that_names_nothing_asks_for_no_wishes(asked: str) -> None:
    assert goods_asked_about(asked) is None
    assert goods_asked_about("Who wants to go hiking?") is None
