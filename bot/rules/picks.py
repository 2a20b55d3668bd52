"""Reads what shall change of a pick that runs: "title Wool scarf", "stock red 12, blue 5", "till 21:00"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from bot.draft_errors import DraftPriceUnreadable
from bot.edit_errors import EditUnreadable, ReasonMissing
from bot.errors import WordsTooLong
from bot.rules.draft_answers import Reading, answered
from bot.rules.draft_variants import restocked
from bot.rules.drafts import DraftContent, DraftVariant
from bot.rules.pick_categories import read_category
from bot.rules.pricing import Terms
from bot.rules.typed_text import fold, one_line, plain, says_something
from storage.states import DraftStep

Field = Literal["title", "words", "photo", "price", "tiers", "stock", "till", "category"]

LONGEST_REASON = 300

_MEANT: Mapping[str, Field] = {
    **{field: field for field in get_args(Field)},
    **{"text": "words", "description": "words", "until": "till", "deadline": "till", "picture": "photo"},
    **{"titulo": "title", "texto": "words", "foto": "photo", "existencias": "stock", "hasta": "till"},
    **{"название": "title", "описание": "words", "фото": "photo", "остаток": "stock", "до": "till"},
    **{"precio": "price", "tramos": "tiers", "цена": "price", "скидки": "tiers"},
    **{"价格": "price", "价": "price", "阶梯价": "tiers"},
    **{"categoria": "category", "категория": "category", "类别": "category", "分类": "category"},
    **{"标题": "title", "说明": "words", "照片": "photo", "库存": "stock", "截止": "till"},
}


_NONE = frozenset({"-", "–", "—"})
_ASK = frozenset({"ask", "preguntar", "спросить", "询问"})


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What shall change, and what was typed as its new value."""

    field: Field
    text: str


def read_edit(text: str, *, number: int, has_photo: bool) -> Edit:
    """What an /edit says behind the pick's number; a photo alone is the new photo. Raises EditUnreadable."""
    word, *rest = text.split(maxsplit=1) or [""]
    value = rest[0].strip() if rest else ""
    field = _MEANT.get(fold(word.rstrip(":")))
    if has_photo and not value and (not word or field == "photo"):
        return Edit(field="photo", text="")
    if field is None or not value:
        raise EditUnreadable(number)
    return Edit(field=field, text=value)


def is_field(word: str) -> bool:
    """Whether this names something that can be edited."""
    return word in get_args(Field)


def as_field(word: str) -> Field:
    """The field of this name. Raises LookupError."""
    if not is_field(word):
        raise LookupError(word)
    return cast(Field, word)


def new_title(text: str, reading: Reading) -> str:
    """A title as it may be stored. Raises what a draft's title raises."""
    return answered(DraftContent(), DraftStep.TITLE, text, reading).title


def new_words(text: str, reading: Reading) -> str:
    """A description as it may be stored. Raises WordsTooLong."""
    return answered(DraftContent(), DraftStep.WORDS, text, reading).words


def new_category(text: str) -> str | None:
    """A category as it may be stored; a dash takes it away. Raises CategoryUnreadable."""
    return None if plain(text).strip() in _NONE else read_category(text)


def new_deadline(text: str, reading: Reading) -> datetime:
    """A deadline. Raises DeadlineUnreadable, DeadlinePast, DeadlineTooFar."""
    closes_at = answered(DraftContent(), DraftStep.DEADLINE, text, reading).closes_at
    assert closes_at is not None
    return closes_at


def new_stocks(kinds: Mapping[int, DraftVariant], text: str) -> dict[int, int | None]:
    """The stock of each variant by key, None without limit. Raises StockUnreadable, VariantUnknown."""
    kept = {variant.name: variant.stock for variant in restocked(list(kinds.values()), text)}
    # What the reader takes away stays on the card, with nothing left.
    return {key: kept.get(variant.name, 0) for key, variant in kinds.items()}


def new_price(terms: Terms, text: str, reading: Reading) -> Terms:
    """The same tiers upon another price. Raises DraftPriceUnreadable, and what tiers can get wrong."""
    content = answered(_priced(terms, reading), DraftStep.PRICE, text, reading)
    if content.currency != reading.currency or content.price_amount is None:
        raise DraftPriceUnreadable(text)
    return Terms(price_amount=content.price_amount, tiers=content.tiers)


def new_tiers(terms: Terms, text: str, reading: Reading) -> Terms:
    """Other tiers below the same price; a dash takes them away. Raises what tiers can get wrong."""
    if plain(text).strip() in _NONE:
        return Terms(price_amount=terms.price_amount)
    content = answered(_priced(terms, reading), DraftStep.TIERS, text, reading)
    return Terms(price_amount=terms.price_amount, tiers=content.tiers)


def asks_buyers(text: str) -> tuple[str, bool]:
    """A price without the word "ask" behind it, and whether that word was there."""
    before, _, last = text.rpartition(" ")
    if before and fold(last) in _ASK:
        return before.strip(), True
    return text, False


def _priced(terms: Terms, reading: Reading) -> DraftContent:
    return DraftContent(price_amount=terms.price_amount, currency=reading.currency, tiers=terms.tiers)


def read_reason(text: str, *, number: int) -> str:
    """Why a pick is withdrawn, as its buyers will read it. Raises ReasonMissing, WordsTooLong."""
    reason = one_line(text)
    if not says_something(reason):
        raise ReasonMissing(number)
    if len(reason) > LONGEST_REASON:
        raise WordsTooLong(len(reason), LONGEST_REASON)
    return reason
