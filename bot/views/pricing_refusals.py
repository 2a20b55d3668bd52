"""Words for what prices, minimum quantities and limits do not allow."""

from bot import errors, pricing_errors
from bot.i18n import Translator


def pricing_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence, if the refusal is about prices."""
    match error:
        case pricing_errors.TierUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a price from a quantity on. Write it like 10+ 11.90.",
                text=_short(text),
            )
        case pricing_errors.TierRepeated(quantity=quantity):
            return t("{quantity}+ is there twice. Give each quantity one price.", quantity=t.number(quantity))
        case pricing_errors.TierTooDear(quantity=quantity, before=0):
            return t(
                "The price from {quantity} on must be lower than the first price.",
                quantity=t.number(quantity),
            )
        case pricing_errors.TierTooDear(quantity=quantity, before=before):
            return t(
                "The price from {quantity} on must be lower than the one from {before} on.",
                quantity=t.number(quantity),
                before=t.number(before),
            )
        case pricing_errors.TooManyTiers(count=count, limit=limit):
            return t("{count} lower prices are too many: {limit} at most.", count=count, limit=limit)
        case pricing_errors.TierAboveStock(quantity=quantity, stock=stock):
            return t(
                "There are only {stock}, so the price from {quantity} on could never be reached.",
                stock=t.number(stock),
                quantity=t.number(quantity),
            )
        case pricing_errors.MinimumUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a minimum. Write a number from 2 to 1,000,000, like min 10.",
                text=_short(text),
            )
        case pricing_errors.MinimumAboveStock(minimum=minimum, stock=stock):
            return t(
                "There are only {stock}, so a minimum of {minimum} could never be reached.",
                stock=t.number(stock),
                minimum=t.number(minimum),
            )
        case pricing_errors.LimitUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a limit per person. Write it like max 2 each.", text=_short(text)
            )
    return _of_an_order(t, error)


def _of_an_order(t: Translator, error: errors.ShopError) -> str | None:
    match error:
        case pricing_errors.LimitReached(limit=limit, held=0):
            return t("One person can order {limit} of this at most.", limit=t.number(limit))
        case pricing_errors.LimitReached(limit=limit, held=held):
            return t(
                "One person can order {limit} of this at most, and you have {held} already.",
                limit=t.number(limit),
                held=t.number(held),
            )
        case pricing_errors.KeepsOldPrice(price=price):
            return t(
                "Your order keeps its older price, so it cannot grow. "
                "To have more, cancel it and order again at {price}.",
                price=t.money(price),
            )
        case pricing_errors.PriceSettled():
            return t("Another group has already closed at its price, so the price cannot rise any more.")
    return None


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
