"""What is typed at a step of a promotion becomes part of it, or is refused and changes nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from bot.money import WHOLE_BPS, known_currency, parse_price
from bot.promotion_errors import (
    CountUnreadable,
    CurrencyUnknown,
    PackUnreadable,
    PercentUnreadable,
    PromotionAmountUnreadable,
    PromotionChoiceNeeded,
    PromotionIncomplete,
    PromotionTitleMissing,
    PromotionTitleTooLong,
)
from bot.rules.deadlines import read_deadline
from bot.rules.promotion_drafts import PromotionContent, PromotionStep, with_currency
from bot.rules.typed_text import one_line, plain, says_something
from storage.states import PromotionKind

LONGEST_TITLE: Final = 60
MOST_PIECES: Final = 100
MOST_COUNT: Final = 1_000_000
MOST_PER_PERSON: Final = 1_000

_PERCENT: Final = re.compile(r"[-−–]?\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*[%٪]?")
_PACK: Final = re.compile(r"\D*?(\d{1,3})(\D+)(\d{1,3})\D*")
_FREE: Final = re.compile(r"\+|送|赠|free|gratis|подар|бесплат|regal", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class PromotionReading:
    """What reading needs to know: the clock that is meant, and the reader's language."""

    now: datetime
    time_zone: str
    language: str


def answered(content: PromotionContent, text: str, reading: PromotionReading) -> PromotionContent:
    """The promotion with what was typed at its step. Raises the refusal that fits what cannot be read."""
    if content.at in (PromotionStep.PLACE, PromotionStep.OFFERS):
        # Whoever has many of them looks for a part of the title.
        return replace(content, words=one_line(text)[:LONGEST_TITLE], page=0)
    read = _READERS.get(content.at)
    if read is None:
        raise PromotionChoiceNeeded
    return read(content, text, reading)


def is_search(step: PromotionStep) -> bool:
    """Whether what is typed at a step looks for something and answers nothing."""
    return step in (PromotionStep.PLACE, PromotionStep.OFFERS)


def read_percent(text: str) -> int:
    """A rate such as "12.5 %" in basis points. Raises PercentUnreadable."""
    match = _PERCENT.fullmatch(plain(one_line(text)))
    bps = int(Decimal(f"{match[1]}.{match[2] or 0}") * 100) if match else 0
    if not 0 < bps <= WHOLE_BPS:
        raise PercentUnreadable(text)
    return bps


def read_pack(text: str) -> tuple[int, int]:
    """ "3 for 2", "3x2" or "2+1": take so many, pay so many. Raises PackUnreadable."""
    match = _PACK.fullmatch(plain(one_line(text)))
    if match is None:
        raise PackUnreadable(text)
    first, second = int(match[1]), int(match[3])
    # "2 + 1 free" names what is paid first.
    buy, pay = (first + second, first) if _FREE.search(plain(text)) else (first, second)
    if not 0 < pay < buy <= MOST_PIECES:
        raise PackUnreadable(text)
    return buy, pay


def read_count(text: str, *, most: int = MOST_COUNT) -> int:
    """A whole number from one on. Raises CountUnreadable."""
    typed = plain(text).strip().replace(" ", "")
    if not typed.isdecimal() or len(typed) > len(str(most)) or not 0 < int(typed) <= most:
        raise CountUnreadable(text, most)
    return int(typed)


def read_amount(text: str, currency: str) -> int:
    """An amount in minor units of a currency. Raises PromotionAmountUnreadable."""
    try:
        money = parse_price(one_line(text), currency)
    except ValueError:
        raise PromotionAmountUnreadable(text, currency) from None
    if money.currency != currency:
        raise PromotionAmountUnreadable(text, currency)
    return money.amount


def _title(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    title = one_line(text)
    if not says_something(title):
        raise PromotionTitleMissing
    if len(title) > LONGEST_TITLE:
        raise PromotionTitleTooLong(len(title), LONGEST_TITLE)
    return replace(content, title=title)


def _value(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    if not content.currency:
        raise PromotionIncomplete((PromotionStep.CURRENCY,))
    match content.kind:
        case PromotionKind.PERCENT:
            return replace(content, bps=read_percent(text))
        case PromotionKind.AMOUNT | PromotionKind.FRIEND:
            return replace(content, amount=read_amount(text, content.currency))
        case PromotionKind.FLASH_PRICE:
            return replace(content, unit_amount=read_amount(text, content.currency))
        case PromotionKind.BUY_N_PAY_M:
            buy, pay = read_pack(text)
            return replace(content, buy_quantity=buy, pay_quantity=pay)
    raise PromotionChoiceNeeded


def _currency(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    code = plain(one_line(text)).upper()
    if not known_currency(code):
        raise CurrencyUnknown(text)
    return with_currency(content, code)


def _minimum_amount(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    return replace(content, minimum_amount=read_amount(text, content.currency))


def _minimum_quantity(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    return replace(content, minimum_quantity=read_count(text))


def _budget(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    return replace(content, budget_amount=read_amount(text, content.currency))


def _uses(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    return replace(content, uses_limit=read_count(text))


def _person(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    return replace(content, uses_per_person=read_count(text, most=MOST_PER_PERSON))


def _quantity(content: PromotionContent, text: str, _: PromotionReading) -> PromotionContent:
    return replace(content, quantity_limit=read_count(text))


def _start(content: PromotionContent, text: str, reading: PromotionReading) -> PromotionContent:
    return replace(content, starts_at=_moment(text, reading))


def _end(content: PromotionContent, text: str, reading: PromotionReading) -> PromotionContent:
    return replace(content, ends_at=_moment(text, reading), runs_hours=None)


def _moment(text: str, reading: PromotionReading) -> datetime:
    return read_deadline(text, now=reading.now, time_zone=reading.time_zone, language=reading.language)


_READERS: Mapping[
    PromotionStep, Callable[[PromotionContent, str, PromotionReading], PromotionContent]
] = {
    PromotionStep.TITLE: _title,
    PromotionStep.VALUE: _value,
    PromotionStep.CURRENCY: _currency,
    PromotionStep.MINIMUM_AMOUNT: _minimum_amount,
    PromotionStep.MINIMUM_QUANTITY: _minimum_quantity,
    PromotionStep.BUDGET: _budget,
    PromotionStep.USES: _uses,
    PromotionStep.PERSON: _person,
    PromotionStep.QUANTITY: _quantity,
    PromotionStep.START: _start,
    PromotionStep.END: _end,
}  # fmt: skip
