"""Reads what people type about prices: `10+ 11.90, 30+ 9.90`, `min 10`, `max 2 each`, in four languages.

What could as well describe the goods ("10+ years", "at least 3 layers") is none of it.
"""

import re
from collections.abc import Collection, Iterable

from bot.money import Money, parse_price
from bot.pricing_errors import LimitUnreadable, MinimumUnreadable, TierUnreadable
from bot.rules.order_words import VOCABULARY, Kind
from bot.rules.pricing import LARGEST_QUANTITY, TierPrice, checked_limit, checked_minimum
from bot.rules.typed_text import fold, plain

_UNITS = frozenset(
    words[0] for words, (kind, _) in VOCABULARY.items() if kind is Kind.UNIT and len(words) == 1
)

_FROM = "from | starting from | от | начиная с | desde | a partir de | 满 | 滿 | ≥ | >="
_OR_MORE = """
or more | and more | and up | or over | и больше | и более | или больше | или более | и выше
o mas | y mas | o más | y más | 起 | 以上 | 及以上
"""
_AT = "at | for | по | за | a | por | para | 每件 | 每份 | 每个 | 单价 | 只要 | 仅 | 各"
_EACH = """
each | apiece | per piece | a piece | за штуку | за шт | штука | cada uno | cada una | c/u | por unidad
一件 | 一份 | 每件 | 每份 | /件 | /份 | /шт
"""
_MINIMUM = """
min | min. | minimum | at least | no fewer than | minimo | minimo de | al menos | por lo menos | como minimo
минимум | мин | мин. | не менее | не меньше | 最少 | 最低 | 至少 | 起订 | 起订量
"""
_MINIMUM_AFTER = "minimum | minimo | минимум | 成团 | 起订"
_LIMIT = """
max | max. | maximum | at most | no more than | limit | maximo | maximo de | max de | limite | limite de
como mucho | como maximo | no mas de | макс | макс. | максимум | не больше | не более | лимит
最多 | 限购 | 每人 | 每人限购 | 每人最多 | 每人限 | 每人可买 | 每人最多买
"""
# "до 20" and "hasta 2" are times unless they say that they are for a person.
_LIMIT_OF_A_PERSON = "up to | hasta | до | по | 限"
_PERSON = """
each | per person | per head | per member | a person | a head | por persona | por cabeza | cada uno | cada una
на человека | на одного | в одни руки | каждому | на участника | на чел | на чел. | 每人 | 一人 | /人
"""


def _one_of(phrases: str) -> str:
    """Any of the phrases, the longest first, a word's end behind each word; accents stay as written."""
    listed = (" ".join(phrase.split()) for line in phrases.splitlines() for phrase in line.split("|"))
    patterns = (
        re.escape(phrase).replace(r"\ ", " ") + (r"(?!\w)" if re.search(r"[a-zа-я]$", phrase) else "")
        for phrase in sorted(filter(None, listed), key=len, reverse=True)
    )
    return f"(?:{'|'.join(patterns)})"


_UNIT = r"(?:(?P<unit>[^\W\d_]+)\.?)?"
_COUNTED_UNIT = (
    rf"(?: ?(?:{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![a-zа-я])\.?)?"
)
_HEAD = re.compile(
    rf"(?<![\d.,+])(?:(?P<plus>\d+)\+{_COUNTED_UNIT}(?=[ :=–—-]|$)"
    rf"|(?P<more>\d+){_COUNTED_UNIT} ?{_one_of(_OR_MORE)}"
    rf"|(?<!\w)(?P<word>{_one_of(_FROM)}) ?(?P<from>\d+)(?![.,]\d){_COUNTED_UNIT} ?(?:{_one_of(_OR_MORE)})?)"
)
_LINK = re.compile(rf" ?(?P<sign>[:=→–—-]|->)? ?(?P<word>{_one_of(_AT)})? ?")
_TAIL = re.compile(rf" ?{_one_of(_EACH)}$")
_NUMERIC = re.compile(r"[^\w\s]{0,2}\d[\d.,'’]*[^\w\s]?")
_SIGNED = re.compile(r"[^\d ]|\d[.,]\d")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")

_MINIMUM_TEXT = (
    re.compile(rf"{_one_of(_MINIMUM)} ?:? ?(?P<count>\d+) ?{_UNIT}"),
    re.compile(rf"(?:满 ?)?(?P<count>\d+) ?{_COUNTED_UNIT} ?{_one_of(_MINIMUM_AFTER)}(?P<unit>)"),
)
_LIMIT_TEXT = (
    re.compile(rf"{_one_of(_LIMIT)} ?:? ?(?P<count>\d+){_COUNTED_UNIT} ?{_one_of(_PERSON)}(?P<unit>)"),
    re.compile(rf"{_one_of(_LIMIT)} ?:? ?(?P<count>\d+) ?{_UNIT}"),
    re.compile(
        rf"(?:{_one_of(_LIMIT_OF_A_PERSON)} ?)?(?P<count>\d+){_COUNTED_UNIT} ?{_one_of(_PERSON)}(?P<unit>)"
    ),
)
# A Chinese comma has its space within it: without one, "11.90，30件起" would hold a number 11.90,30.
_SPACED = str.maketrans({"，": ", ", "、": ", ", "；": "; "})
# "2 each" alone may be anything.
_BARE_EACH = re.compile(rf"\d+ ?{_one_of('each | cada uno | cada una')}")


def read_tiers(text: str, *, currency: str) -> tuple[TierPrice, ...] | None:
    """The tiers that a text names, in the order typed; None if it is about something else.

    Raises TierUnreadable where only a part of them can be read, or where the currency is another.
    """
    typed = " ".join(plain(text.translate(_SPACED)).casefold().split())
    heads = list(_HEAD.finditer(typed))
    if not heads or heads[0].start() != 0:
        return None
    ends = [*(head.start() for head in heads[1:]), len(typed)]
    prices = [_price(head, typed[head.end() : end], currency) for head, end in zip(heads, ends, strict=True)]
    found = [price for price in prices if price is not None]
    if not found and not any(_is_numeric(typed[h.end() : e]) for h, e in zip(heads, ends, strict=True)):
        return None
    if len(found) < len(prices) or any(price.currency != currency for price in found):
        raise TierUnreadable(text)
    return tuple(
        TierPrice(_quantity(head, text), price.amount) for head, price in zip(heads, found, strict=True)
    )


def read_minimum(text: str, *, units: Collection[str] = ()) -> int | None:
    """The minimum quantity in "min 10"; `units` are further words that may be counted.

    None if it is about something else. Raises MinimumUnreadable.
    """
    count = _count(text, _MINIMUM_TEXT, units)
    if count is None:
        return None
    return checked_minimum(int(count)) if len(count) <= len(str(LARGEST_QUANTITY)) else _no_minimum(text)


def read_limit(text: str, *, units: Collection[str] = ()) -> int | None:
    """The limit per person in "max 2 each"; `units` are further words that may be counted.

    None if it is about something else. Raises LimitUnreadable.
    """
    if _BARE_EACH.fullmatch(_typed(text)):
        return None
    count = _count(text, _LIMIT_TEXT, units)
    if count is None:
        return None
    return checked_limit(int(count)) if len(count) <= len(str(LARGEST_QUANTITY)) else _no_limit(text)


def _price(head: re.Match[str], rest: str, currency: str) -> Money | None:
    link = _LINK.match(rest)
    assert link is not None
    price = _bare(rest[link.end() :])
    if head["word"] and not link["sign"]:
        if link["word"] and not _SIGNED.search(price):
            # "from 10 for 12", "от 10 по 12" are hours as well.
            return None
        if _THREE_DIGITS.match(price) and head[0].rstrip()[-1].isdigit():
            # "from 10 500" may be ten thousand five hundred.
            return None
    try:
        return parse_price(price, currency)
    except ValueError:
        return None


def _bare(price: str) -> str:
    return _TAIL.sub("", price.strip(" ,;、，；/.")).strip()


def _is_numeric(rest: str) -> bool:
    """Whether it was meant as a price, though it cannot be one."""
    link = _LINK.match(rest)
    return bool(link and not link["word"] and _NUMERIC.fullmatch(_bare(rest[link.end() :])))


def _quantity(head: re.Match[str], text: str) -> int:
    count = head["plus"] or head["more"] or head["from"]
    if len(count) > len(str(LARGEST_QUANTITY)):
        raise TierUnreadable(text)
    return int(count)


def _count(text: str, patterns: Iterable[re.Pattern[str]], units: Collection[str]) -> str | None:
    typed = _typed(text)
    for pattern in patterns:
        match = pattern.fullmatch(typed)
        if match and (not match["unit"] or match["unit"] in _UNITS or match["unit"] in units):
            return match["count"]
    return None


def _typed(text: str) -> str:
    return " ".join(fold(plain(text)).split())


def _no_minimum(text: str) -> int:
    raise MinimumUnreadable(text)


def _no_limit(text: str) -> int:
    raise LimitUnreadable(text)
