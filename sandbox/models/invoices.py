"""Invoices, the addresses goods are sent to, and the currencies Telegram knows."""

from dataclasses import dataclass, field

from sandbox.models.users import Json, User

STARS = "XTR"
# Digits past the decimal point, and roughly what a US dollar is worth in whole units.
_CURRENCIES: dict[str, tuple[int, float]] = {
    **{code: (2, 1.0) for code in ("USD", "EUR", "GBP", "CHF", "AUD", "CAD", "NZD", "SGD", "AZN", "BAM")},
    **{
        code: (2, 4.0)
        for code in ("AED", "SAR", "QAR", "ILS", "PLN", "MYR", "PEN", "RON", "GEL", "BYN", "BGN")
    },
    **{
        code: (2, 8.0)
        for code in ("BOB", "BRL", "CNY", "DKK", "GTQ", "HKD", "HRK", "NOK", "SEK", "TRY", "TTD")
    },
    **{
        code: (2, 20.0)
        for code in ("CZK", "EGP", "HNL", "MAD", "MDL", "MXN", "NIO", "UAH", "ZAR", "THB", "MVR")
    },
    **{code: (2, 80.0) for code in ("AFN", "DOP", "INR", "KGS", "PHP", "RUB", "BDT", "TWD", "UYU", "ETB")},
    **{code: (2, 130.0) for code in ("ALL", "DZD", "JMD", "KES", "NPR", "PKR", "LKR", "RSD", "AMD")},
    **{code: (2, 500.0) for code in ("ARS", "CRC", "HUF", "KZT", "NGN", "YER")},
    **{code: (2, 3000.0) for code in ("COP", "MMK", "MNT", "TZS")},
    **{code: (2, 14000.0) for code in ("IDR", "IRR", "LBP", "UZS")},
    **{code: (0, 130.0) for code in ("JPY", "ISK")},
    **{code: (0, 1000.0) for code in ("CLP", "KRW")},
    **{code: (0, 4000.0) for code in ("PYG", "UGX", "VND")},
    **{code: (3, 0.4) for code in ("BHD", "IQD", "JOD", "KWD", "OMR", "TND")},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Currency:
    """How a currency is written, and the least and the most an invoice may ask, in minor units."""

    digits: int
    least: int
    most: int


CURRENCIES = {
    code: Currency(
        digits=digits, least=max(1, round(rate * 10**digits)), most=round(10_000 * rate * 10**digits)
    )
    for code, (digits, rate) in _CURRENCIES.items()
} | {STARS: Currency(digits=0, least=1, most=100_000)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where goods are sent."""

    country_code: str = "GB"
    state: str = ""
    city: str = "London"
    street_line1: str = "1 Honey Lane"
    street_line2: str = ""
    post_code: str = "EC2V 8AB"

    def to_json(self) -> Json:
        """Return the Bot API's ShippingAddress."""
        return {
            "country_code": self.country_code,
            "state": self.state,
            "city": self.city,
            "street_line1": self.street_line1,
            "street_line2": self.street_line2,
            "post_code": self.post_code,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Invoice:
    """What a bot asks to be paid; anybody may pay it, as often as they like."""

    bot: User
    title: str
    description: str
    payload: str
    currency: str
    prices: tuple[tuple[str, int], ...]
    provider_token: str = ""
    provider_data: str = ""
    start_parameter: str = ""
    max_tip_amount: int = 0
    suggested_tip_amounts: tuple[int, ...] = ()
    # Of name, phone_number, email and shipping_address: what the payer has to fill in.
    needs: frozenset[str] = frozenset()
    is_flexible: bool = False
    # The product's picture as the bot named it; the sandbox fetches nothing.
    photo: Json = field(default_factory=dict)

    @property
    def total_amount(self) -> int:
        """The sum of all prices in minor units, before tips and delivery."""
        return sum(amount for _, amount in self.prices)

    @property
    def is_in_stars(self) -> bool:
        """Whether it is paid in Telegram Stars."""
        return self.currency == STARS

    @property
    def amount_text(self) -> str:
        """The total as a client writes it."""
        if self.is_in_stars:
            return f"⭐{self.total_amount}"
        digits = CURRENCIES[self.currency].digits
        return f"{self.total_amount / 10**digits:.{digits}f} {self.currency}"

    @property
    def pay_markup(self) -> Json:
        """The keyboard of an invoice that was sent without one."""
        return {"inline_keyboard": [[{"text": f"Pay {self.amount_text}", "pay": True}]]}

    @property
    def forwarded_markup(self) -> Json:
        """The keyboard of a forwarded copy: Pay, or with a start_parameter a deep link to the bot."""
        if not self.start_parameter:
            return self.pay_markup
        url = f"https://t.me/{self.bot.username}?start={self.start_parameter}"
        return {"inline_keyboard": [[{"text": f"Pay {self.amount_text}", "url": url}]]}

    def to_json(self) -> Json:
        """Return the Bot API's Invoice."""
        return {
            "title": self.title,
            "description": self.description,
            "start_parameter": self.start_parameter,
            "currency": self.currency,
            "total_amount": self.total_amount,
        }
