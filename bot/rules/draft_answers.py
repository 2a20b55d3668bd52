"""What is typed at a step of a draft becomes part of it, or is refused and changes nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn

from bot.draft_errors import (
    ChoiceNeeded,
    DraftPriceUnreadable,
    DraftTitleMissing,
    DraftTitleTooLong,
    PhotoAsFile,
    PhotoNeeded,
    PhotoTooSmall,
    PriceFirst,
    TeamUnreadable,
    TooManyPhotos,
)
from bot.errors import ShopError, WordsTooLong
from bot.money import Money, parse_price
from bot.pricing_errors import LimitUnreadable, MinimumUnreadable, TierUnreadable
from bot.rules import pricing_text
from bot.rules.deadlines import read_deadline
from bot.rules.draft_variants import read_count, read_kinds, restocked
from bot.rules.drafts import MOST_PHOTOS, DraftContent
from bot.rules.pick_categories import categorised, read_category
from bot.rules.pick_text import LONGEST_TITLE, LONGEST_WORDS
from bot.rules.pick_variants import read_stock
from bot.rules.pricing import TierPrice, checked_limit, checked_minimum, terms_of
from bot.rules.team_text import TeamText, read_team
from bot.rules.teams import checked_team
from bot.rules.typed_text import one_line, plain, says_something
from bot.team_errors import TeamWithTiers
from storage.states import DraftStep

LEAST_PHOTO_SIDE = 200
"""Pixels that a photo's longer side must have, to be worth a card."""

_LONGEST_NUMBER = 9
_TIER = re.compile(r"\D{0,12}?(?P<quantity>\d{1,8})\s*(?:\+|[:=→–—-]|>)?\s+(?P<price>.*\d.*)|"
                   r"(?P<quantity2>\d{1,8})\s*(?:\+|[:=→])\s*(?P<price2>.*\d.*)")  # fmt: skip
_BETWEEN_TIERS = re.compile(r"[\n\r;；|]|[,，、]\s+|，|、|[,](?=\s*\d+\s*[+:=])")
_TEAM = re.compile(
    r"(?P<price>.+?)(?:[\s,/|;xх×]+(?P<size>\d{1,4})(?=$|[\s,/|;]))?"
    r"(?:[\s,/|;]+(?P<hours>\d{1,4})\s*(?:h|ч|小时|hours?|hrs?|час\w*|horas?)\.?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What reading needs to know: the group's currency and clock, and the reader's language."""

    currency: str
    now: datetime
    time_zone: str
    language: str


def answered(content: DraftContent, step: DraftStep, text: str, reading: Reading) -> DraftContent:
    """The draft with what was typed at a step. Raises the refusal that fits what cannot be read."""
    read = _READERS.get(step)
    if read is None:
        raise PhotoNeeded if step is DraftStep.PHOTO else ChoiceNeeded
    return read(content, text, reading)


def with_photo(
    content: DraftContent, photo_id: str, *, width: int, height: int, album_id: str | None
) -> DraftContent:
    """The draft with one more photo. Raises PhotoTooSmall and TooManyPhotos."""
    if max(width, height) < LEAST_PHOTO_SIDE:
        raise PhotoTooSmall(width, height, LEAST_PHOTO_SIDE)
    if photo_id in content.photo_ids:
        return content
    if len(content.photo_ids) >= MOST_PHOTOS:
        raise TooManyPhotos(MOST_PHOTOS)
    return replace(content, photo_ids=(*content.photo_ids, photo_id), album_id=album_id)


def refused_file(mime_type: str) -> PhotoAsFile | PhotoNeeded:
    """Why a file is no photo."""
    return PhotoAsFile() if mime_type.startswith("image/") else PhotoNeeded()


def with_words(content: DraftContent, text: str) -> DraftContent:
    """The draft with its description. Raises WordsTooLong."""
    words = "\n".join(line for line in map(one_line, text.splitlines()) if line)
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong(len(words), LONGEST_WORDS)
    return replace(content, words=words)


def _title(content: DraftContent, text: str, _: Reading) -> DraftContent:
    title, category = categorised(one_line(text))
    if not says_something(title):
        raise DraftTitleMissing
    if len(title) > LONGEST_TITLE:
        raise DraftTitleTooLong(len(title), LONGEST_TITLE)
    return replace(content, title=title, category=category or content.category)


def _category(content: DraftContent, text: str, _: Reading) -> DraftContent:
    return replace(content, category=read_category(text))


def _words(content: DraftContent, text: str, _: Reading) -> DraftContent:
    return with_words(content, text)


def _price(content: DraftContent, text: str, reading: Reading) -> DraftContent:
    price = _money(text, content.currency or reading.currency)
    # A tier in another currency, or dearer than the new price, would be a promise that nobody made.
    if content.tiers and price.currency == content.currency:
        terms_of(price.amount, content.tiers)
    kept = content.tiers if price.currency == content.currency else ()
    return replace(content, price_amount=price.amount, currency=price.currency, tiers=kept)


def _variants(content: DraftContent, text: str, _: Reading) -> DraftContent:
    kinds = read_kinds(text)
    return replace(
        content,
        option_names=kinds.option_names,
        variants=kinds.variants,
        stock=kinds.stock,
        unit=kinds.unit,
    )


def _stock(content: DraftContent, text: str, _: Reading) -> DraftContent:
    if content.variants:
        return replace(content, variants=restocked(content.variants, text))
    stock = read_stock(one_line(text))
    if stock is None:
        return replace(content, stock=read_count(text))
    return replace(content, stock=stock.count, unit=stock.unit or content.unit)


def read_tiers(text: str, *, price_amount: int, currency: str) -> tuple[TierPrice, ...]:
    """The price tiers in `10: 11.90; 50: 9.90`. Raises TierUnreadable and what tiers can get wrong."""
    tiers = pricing_text.read_tiers(text, currency=currency)
    if tiers is None:
        parts = [part for part in map(one_line, _BETWEEN_TIERS.split(text)) if part]
        tiers = tuple(_tier(part, currency) for part in parts)
    terms = terms_of(price_amount, tiers)
    if not terms.tiers:
        raise TierUnreadable(text)
    return terms.tiers


def _tiers(content: DraftContent, text: str, _: Reading) -> DraftContent:
    if content.price_amount is None:
        raise PriceFirst
    if content.team_price_amount is not None:
        raise TeamWithTiers
    tiers = read_tiers(text, price_amount=content.price_amount, currency=content.currency)
    return replace(content, tiers=tiers)


def _tier(part: str, currency: str) -> TierPrice:
    match = _TIER.fullmatch(plain(part))
    if match is None:
        raise TierUnreadable(part)
    try:
        price = parse_price((match["price"] or match["price2"]).strip(), currency)
    except ValueError:
        raise TierUnreadable(part) from None
    if price.currency != currency:
        raise TierUnreadable(part)
    return TierPrice(int(match["quantity"] or match["quantity2"]), price.amount)


def _minimum(content: DraftContent, text: str, _: Reading) -> DraftContent:
    minimum = pricing_text.read_minimum(text)
    if minimum is None:
        minimum = checked_minimum(_number(text, MinimumUnreadable(text)))
    return replace(content, minimum_quantity=minimum)


def _limit(content: DraftContent, text: str, _: Reading) -> DraftContent:
    limit = pricing_text.read_limit(text)
    if limit is None:
        limit = checked_limit(_number(text, LimitUnreadable(text)))
    return replace(content, limit_per_person=limit)


def _team(content: DraftContent, text: str, _: Reading) -> DraftContent:
    if content.price_amount is None:
        raise PriceFirst
    typed = _typed_team(text, content.currency)
    terms = checked_team(
        price_amount=typed.price_amount,
        solo_amount=content.price_amount,
        size=typed.size,
        hours=typed.hours,
        has_tiers=bool(content.tiers),
    )
    return replace(
        content, team_price_amount=terms.price_amount, team_size=terms.size, team_hours=terms.hours
    )


def _typed_team(text: str, currency: str) -> TeamText:
    """As in the quick form, or without its word for a team: `9.90, 2, 24h`."""
    named = read_team(text, currency=currency)
    match = _TEAM.fullmatch(plain(one_line(text)))
    if named is not None or match is None:
        return named or _no_team(text)
    try:
        price = parse_price(match["price"].strip(), currency)
    except ValueError:
        return _no_team(text)
    if price.currency != currency:
        return _no_team(text)
    size, hours = match["size"], match["hours"]
    return TeamText(
        price_amount=price.amount, size=int(size) if size else None, hours=int(hours) if hours else None
    )


def _no_team(text: str) -> NoReturn:
    raise TeamUnreadable(text)


def _deadline(content: DraftContent, text: str, reading: Reading) -> DraftContent:
    return replace(content, closes_at=_moment(text, reading), runs_hours=None)


def _start(content: DraftContent, text: str, reading: Reading) -> DraftContent:
    return replace(content, opens_at=_moment(text, reading))


def _moment(text: str, reading: Reading) -> datetime:
    return read_deadline(text, now=reading.now, time_zone=reading.time_zone, language=reading.language)


def _money(text: str, currency: str) -> Money:
    try:
        return parse_price(one_line(text), currency)
    except ValueError:
        raise DraftPriceUnreadable(text) from None


def _number(text: str, refusal: ShopError) -> int:
    typed = plain(text).strip()
    if not typed.isdecimal() or len(typed) > _LONGEST_NUMBER:
        raise refusal
    return int(typed)


_READERS: Mapping[DraftStep, Callable[[DraftContent, str, Reading], DraftContent]] = {
    DraftStep.TITLE: _title,
    DraftStep.WORDS: _words,
    DraftStep.CATEGORY: _category,
    DraftStep.PRICE: _price,
    DraftStep.VARIANTS: _variants,
    DraftStep.STOCK: _stock,
    DraftStep.TIERS: _tiers,
    DraftStep.MINIMUM: _minimum,
    DraftStep.LIMIT: _limit,
    DraftStep.TEAM: _team,
    DraftStep.DEADLINE: _deadline,
    DraftStep.START: _start,
}
