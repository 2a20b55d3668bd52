"""Reads what people type about a team price: `team 2 9.90`, `team of 3: 9.90 48h`, in four languages.

What could as well describe the goods ("team spirit", "team colours 2026") is none of it.
"""

import re
from dataclasses import dataclass

from bot.errors import PriceUnreadable
from bot.money import parse_price
from bot.rules.typed_text import fold, plain

_TEAM = r"(?:team|команда|командой|equipo|en equipo|拼单|拼單)"
_PEOPLE = r"(?:people|persons|чел\.?|человека?|personas|人)"
_AT = r"(?:for|at|за|по|por|a|每人|每件)"
_HOURS = r"(?:h|hr|hrs|hours?|ч\.?|час(?:а|ов)?|horas?|小时|小時)"
_TEXT = re.compile(
    rf"(?:(?P<first>\d{{1,3}}) ?人 ?)?{_TEAM}(?![^\W\d_])(?: (?:of|de|из))? ?:? ?"
    rf"(?:(?P<size>\d{{1,3}}) ?{_PEOPLE}?[ :,，=–—-]+)?(?:{_AT} )?"
    rf"(?P<price>[^ ].*?)(?:[ ,，/]+(?P<hours>\d{{1,4}}) ?{_HOURS})?"
)
_NUMERIC = re.compile(r"[^\w\s]{0,2}\d[\d.,'’ ]*[^\w\s]?")


@dataclass(frozen=True, kw_only=True)
class TeamText:
    """A team price in minor units; what was not named is None."""

    price_amount: int
    size: int | None = None
    hours: int | None = None


def read_team(text: str, *, currency: str) -> TeamText | None:
    """The team price that a text names; None if it is about something else.

    Raises PriceUnreadable where it is a price that cannot be, or one in another currency.
    """
    match = _TEXT.fullmatch(" ".join(fold(plain(text)).split()))
    if match is None:
        return None
    typed = match["price"]
    try:
        price = parse_price(typed, currency)
    except ValueError:
        if _NUMERIC.fullmatch(typed):
            raise PriceUnreadable(typed) from None
        return None
    if price.currency != currency:
        raise PriceUnreadable(typed)
    size, hours = match["size"] or match["first"], match["hours"]
    return TeamText(
        price_amount=price.amount,
        size=int(size) if size else None,
        hours=int(hours) if hours else None,
    )
