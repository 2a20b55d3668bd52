"""Amounts as the page shows them."""

from sandbox.models.invoices import CURRENCIES, STARS, Currency

_PLAIN = Currency(digits=2, least=1, most=1)


def digits_of(currency: str) -> int:
    """Return how many digits of a currency stand past the decimal point."""
    return CURRENCIES.get(currency, _PLAIN).digits


def amount_words(amount: int, currency: str) -> str:
    """Return an amount of minor units in words, such as 12.90 EUR."""
    if currency == STARS:
        return f"⭐ {amount:,}"
    digits = digits_of(currency)
    return f"{amount / 10**digits:,.{digits}f} {currency}"
