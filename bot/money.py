"""Money in minor units of an ISO 4217 currency: reading, writing and dividing it without losing a cent."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from babel.core import get_global
from babel.numbers import format_currency, format_decimal, get_currency_precision

WHOLE_BPS = 10_000
LARGEST_PRICE_MAJOR = 10_000_000

# Telegram's own, of which nobody but Telegram knows.
_STARS = "XTR"
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "DOP")
_POUNDS = ("GBP", "EGP", "LBP", "SYP")
_YUAN = ("CNY", "TWD", "HKD", "MOP")
_YEN = ("CNY", "JPY")
_ROUBLES = ("RUB", "BYN")
# An empty first candidate means that the word alone does not say which currency it is.
_PESOS = ("", "MXN", "ARS", "CLP", "COP", "UYU", "DOP", "PHP", "CUP")
_CROWNS = ("", "SEK", "NOK", "DKK", "ISK", "CZK")
_SIGNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("$", "dollar", "dollars", "dólares", "dólar", "долларов", "доллара", "доллар"), _DOLLARS
    ),
    **dict.fromkeys(("us$", "美元", "美金"), ("USD",)),
    **dict.fromkeys(("a$", "au$"), ("AUD",)),
    **dict.fromkeys(("ca$",), ("CAD",)),
    **dict.fromkeys(("nz$",), ("NZD",)),
    **dict.fromkeys(("hk$",), ("HKD",)),
    **dict.fromkeys(("nt$",), ("TWD",)),
    **dict.fromkeys(("mx$",), ("MXN",)),
    **dict.fromkeys(("r$",), ("BRL",)),
    **dict.fromkeys(("₱",), ("PHP",)),
    **dict.fromkeys(("€", "euro", "euros", "евро", "欧元"), ("EUR",)),
    **dict.fromkeys(("£", "pound", "pounds"), _POUNDS),
    **dict.fromkeys(("¥",), _YEN),
    **dict.fromkeys(("元", "块", "块钱", "圆", "塊"), _YUAN),
    **dict.fromkeys(("rmb", "人民币", "yuan", "cn¥", "юаней", "юань"), ("CNY",)),
    **dict.fromkeys(("円", "日元", "yen", "jp¥"), ("JPY",)),
    **dict.fromkeys(("₽", "р", "р.", "руб", "руб.", "рублей", "рубля", "рубль"), _ROUBLES),
    **dict.fromkeys(("₴", "грн", "грн."), ("UAH",)),
    **dict.fromkeys(("₸", "тг", "тенге"), ("KZT",)),
    **dict.fromkeys(("₹",), ("INR",)),
    **dict.fromkeys(("₩",), ("KRW",)),
    **dict.fromkeys(("₫",), ("VND",)),
    **dict.fromkeys(("zł",), ("PLN",)),
    **dict.fromkeys(("₺",), ("TRY",)),
    **dict.fromkeys(("฿",), ("THB",)),
    **dict.fromkeys(("₪",), ("ILS",)),
    **dict.fromkeys(("peso", "pesos"), _PESOS),
    **dict.fromkeys(("kr", "kr."), _CROWNS),
}
# Where a full stop never groups thousands, so that "12.999" stays a slip of the finger.
_COMMA_GROUPS = frozenset({"JPY", "KRW"})

_PRICE = re.compile(r"(?P<before>[^\d\s+-]*)\s?(?P<number>[0-9](?:[0-9.,'’ ]*[0-9])?)\s?(?P<after>[^\d]*)")
_PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_GROUPED = re.compile(r"([0-9]{1,3})([.,'’ ])([0-9]{3}(?:\2[0-9]{3})*)(?:[.,]([0-9]+))?")


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount in minor units (cents) of an ISO 4217 currency."""

    amount: int
    currency: str


def minor_digits(currency: str) -> int:
    """How many decimal digits the currency has: 2 for EUR, 0 for JPY and Stars, 3 for KWD."""
    return 0 if currency == _STARS else get_currency_precision(currency)


def known_currency(code: str) -> bool:
    """Whether it is the upper-case ISO 4217 code of money in use today."""
    return code in _currencies_in_use()


@lru_cache(maxsize=4096)
def format_money(money: Money, locale: str) -> str:
    """The price as it is written in a locale such as `en` or `zh_CN`."""
    if money.currency == _STARS:
        return f"{format_decimal(money.amount, locale=locale)}\u00a0{_STARS}"
    major = Decimal(money.amount).scaleb(-minor_digits(money.currency))
    written = format_currency(major, money.currency, locale=locale)
    # CLDR asks for a space between a code and the digits ("KWD 1.290"); Babel leaves it out.
    return re.sub(r"(?<=[A-Za-z])(?=\d)", "\u00a0", written)


def parse_price(text: str, default_currency: str, *, largest_major: int = LARGEST_PRICE_MAJOR) -> Money:
    """Read a price as people type it; ValueError if it is not exactly one positive, unambiguous price."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    match = _PRICE.fullmatch(plain)
    if not match:
        raise ValueError("not a price")
    before, number, after = match["before"], match["number"], match["after"].strip()
    if before and after:
        raise ValueError("two currencies")
    currency = _currency(before or after, default_currency, decimals=bool(re.search(r"[.,]\d\d?$", number)))
    amount = _minor_amount(number, currency)
    if amount == 0:
        raise ValueError("a price of zero")
    if amount > largest_major * 10 ** minor_digits(currency):
        raise ValueError("an absurdly large price")
    return Money(amount=amount, currency=currency)


def share(amount: int, bps: int) -> int:
    """That many basis points of an amount in minor units, rounded towards zero: never more than is there."""
    part = abs(amount) * bps // WHOLE_BPS
    return part if amount >= 0 else -part


def split_bps(amount: int, bps: Sequence[int]) -> tuple[int, ...]:
    """One part for each rate, together exactly the share of their sum; ValueError above the whole."""
    if any(rate < 0 for rate in bps) or sum(bps) > WHOLE_BPS:
        raise ValueError("rates must not be negative nor exceed the whole")
    if sum(bps) == 0:
        return (0,) * len(bps)
    return allocate(share(amount, sum(bps)), bps)


def allocate(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Divide an amount by weights, exactly; the odd cents go to the largest remainders, then the first."""
    whole = sum(weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative and some must be positive")
    size = abs(amount)
    parts = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(size * weights[i] % whole))
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return tuple(parts) if amount >= 0 else tuple(-part for part in parts)


@cache
def _currencies_in_use() -> frozenset[str]:
    histories = get_global("territory_currencies").values()
    return frozenset(
        code for history in histories for code, _start, end, tender in history if end is None and tender
    )


def _currency(sign: str, default: str, *, decimals: bool) -> str:
    if not sign:
        return default
    if known_currency(sign.upper()):
        return sign.upper()
    candidates = _SIGNS.get(sign, ("",))
    if default in candidates and not (decimals and minor_digits(default) == 0):
        return default
    if not candidates[0]:
        raise ValueError("an unknown currency")
    return candidates[0]


def _minor_amount(number: str, currency: str) -> int:
    digits = minor_digits(currency)
    major, decimals = _major_and_decimals(number, currency, digits)
    if len(decimals) > digits:
        raise ValueError("too many decimals")
    return int(major + decimals.ljust(digits, "0"))


def _major_and_decimals(number: str, currency: str, digits: int) -> tuple[str, str]:
    if len(number) > 24:
        raise ValueError("an absurdly large price")
    if match := _GROUPED.fullmatch(number):
        head, separator, tail, decimals = match.groups()
        groups = [head, *tail.split(separator)]
        if decimals is not None and number[-len(decimals) - 1] == separator:
            raise ValueError("the same sign for thousands and for decimals")
        if decimals is None and len(groups) == 2 and separator in ".,":
            return _thousands_or_decimals(head, separator, tail, currency, digits)
        return "".join(groups), decimals or ""
    if match := _PLAIN.fullmatch(number):
        return match[1], match[2] or ""
    raise ValueError("not a number")


def _thousands_or_decimals(
    head: str, separator: str, tail: str, currency: str, digits: int
) -> tuple[str, str]:
    """1.299: in most currencies nobody can tell whether it is a thousand or a little more than one."""
    if digits == 3 and (separator == "." or head == "0"):
        return head, tail
    if digits == 0 and (separator == "," or currency not in _COMMA_GROUPS):
        return head + tail, ""
    raise ValueError("thousands or decimals?")
