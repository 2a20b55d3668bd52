"""How many are wished for, apart from the goods: "5 apples", "2 packs of rice", "honey x2"."""

import re
from collections.abc import Sequence
from typing import Final

from bot.rules.order_words import NUMBERS, VOCABULARY, Kind
from bot.rules.typed_text import fold

_NUMBER: Final = re.compile(r"[x×х+]?(?P<count>\d{1,9})[x×х]?")
_TIMES: Final = re.compile(r"[x×х]\d{1,9}")
#: "2包" is a number and a word; "7up" is one word.
_GLUED: Final = re.compile(r"(?<=[\d两])(?=[\u3400-\u9fff])|(?<=\d)(?=[^\W\d_\u3400-\u9fff]+$)")
_CHINESE: Final = re.compile(
    r"(?P<count>\d{1,9}|两)(?P<unit>[\u3400-\u9fff])的?(?P<goods>.*[\u3400-\u9fff].*)|"
    r"(?P<goods_before>.*[\u3400-\u9fff].*?) ?[x×]?"
    r"(?P<count_behind>\d{1,9}|两)(?P<unit_behind>[\u3400-\u9fff])"
)
_TWO: Final = "两"
_SURELY_A_NAME: Final = 100
"""A number from here on that begins the goods is part of their name: "1984", "100 years"."""
_MEASURES: Final = frozenset(
    word
    for line in (
        "mg g gr gram grams kg kilo kilos kilogram l liter liters litre litres ml cl oz lb lbs cm mm m",
        "gramo gramos litro litros г гр грамм граммов кг кило килограмм килограмма л литр литра литров мл",
    )
    for word in line.split()
)


def count_alone(part: str) -> int | None:
    """How many a part says that names nothing: "2", "x2", "3 jars", "2包"."""
    first, *rest = _words(_GLUED.sub(" ", part)) or [""]
    count = _number(first)
    return count if (not rest and first[-1:].isdigit()) or _is_unit(rest) else None


def counted(words: str) -> tuple[int | None, str]:
    """How many of which goods, if the words say both; else nothing, and the words as they are."""
    return _in_chinese(words) or _ahead(words.split()) or _behind(words.split()) or (None, words)


def _in_chinese(words: str) -> tuple[int, str] | None:
    found = _CHINESE.fullmatch(words)
    if found is None or not _is_unit([found["unit"] or found["unit_behind"]]):
        return None
    count = found["count"] or found["count_behind"]
    return 2 if count == _TWO else int(count), found["goods"] or found["goods_before"]


def _ahead(words: Sequence[str]) -> tuple[int, str] | None:
    count = _number(fold(words[0])) if words else None
    goods = words[2:] if len(words) > 1 and _kind(words[1:2]) is Kind.TIMES else words[1:]
    if count is None or count >= _SURELY_A_NAME or not goods or fold(goods[0]) in _MEASURES:
        return None
    named = goods[1:] if _is_unit(goods[:1]) else goods
    named = named[1:] if len(named) < len(goods) and _kind(named[:1]) is Kind.OF else named
    return count, " ".join(named or goods)


def _behind(words: Sequence[str]) -> tuple[int, str] | None:
    """What stands last says only how many: a sign, a unit or a comma says so."""
    last = [fold(word).strip(".") for word in words[-2:]]
    if len(words) > 2 and (_is_unit(last[1:]) or _kind(last[:1]) is Kind.TIMES):
        named, said = words[:-2], last[0] if _is_unit(last[1:]) else last[1]
    elif len(words) > 1 and (_TIMES.fullmatch(last[1]) or words[-2].endswith(",")):
        named, said = words[:-1], last[1]
    else:
        return None
    count = _number(said)
    return None if count is None else (count, " ".join(named).rstrip(","))


def _words(text: str) -> list[str]:
    return [word.strip(".") for word in fold(text).split()]


def _number(word: str) -> int | None:
    found = _NUMBER.fullmatch(word)
    return int(found["count"]) if found else 2 if word == _TWO else NUMBERS.get(word)


def _is_unit(words: Sequence[str]) -> bool:
    return _kind(words) in (Kind.UNIT, Kind.TIMES)


def _kind(words: Sequence[str]) -> Kind | None:
    kind, _ = VOCABULARY.get(tuple(fold(word).strip(".") for word in words), (None, 0))
    return kind
