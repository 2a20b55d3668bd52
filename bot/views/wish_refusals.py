"""Words for wishes that cannot be read or kept."""

from bot import wish_errors
from bot.errors import ShopError
from bot.i18n import Translator
from bot.views.screens import shortened

_SHOWN = 10


def wish_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about a wish."""
    match error:
        case wish_errors.WishTooLong(most=most):
            return t(
                "That is too long for a wish. Say in at most {most} letters what you want, "
                "like “/want dried mango, by friday, up to 5.00, 2”.",
                most=most,
            )
        case wish_errors.WishTooLarge(most=most):
            return t("A wish can be for 1 to {most}. Write how many you would take.", most=most)
        case wish_errors.WishInOtherCurrency(currency=currency, used=used):
            return t(
                "Your limit is in {currency}, but this group pays in {used}. Write the limit in {used}, "
                "or leave it out.",
                currency=shortened(currency, _SHOWN),
                used=shortened(used, _SHOWN),
            )
        case wish_errors.WishesTooOften(minutes=minutes):
            return t.plural(
                "You have wished for a lot in a short time. Go on in {n} minute; what you wished is kept.",
                "You have wished for a lot in a short time. Go on in {n} minutes; what you wished is kept.",
                minutes,
            )
        case wish_errors.TooManyOpenWishes(most=most):
            return t(
                "You wait for {most} things in this group already. Take one back first: /wishes", most=most
            )
        case wish_errors.InNoGroup():
            return t(
                "I have not seen you in any of my groups yet. Write something there, then try again here."
            )
        case wish_errors.NeedOver():
            return t(
                "Nobody waits for that any more, or a pick answers it already. /demand shows what there is."
            )
        case wish_errors.WishersTold():
            return t("It is too late to take that back: those who wished are told of it already.")
        case wish_errors.NeedInWork():
            return t("Another curator makes a pick of it already.")
        case wish_errors.WishWithoutGoods():
            return t("Write what you want behind it, like “/want dried mango, by friday, up to 5.00, 2”.")
    return None
