"""Words for wishes and categories that cannot be read."""

from bot import notice_errors
from bot.errors import ShopError
from bot.i18n import Translator
from bot.views.screens import shortened

_SHOWN = 40


def notice_refusal(t: Translator, error: ShopError) -> str | None:
    """One clear sentence, if the refusal is about what somebody wants to be told."""
    match error:
        case notice_errors.TooManyWishes(most=most):
            return t(
                "You have wishes of {most} categories in one group already. Take some back first: /notices",
                most=most,
            )
        case notice_errors.WishUnreadable():
            return t(
                "I cannot read what to tell you. Write it like “/notices only honey”, “/notices mute tea”, "
                "“/notices all” or “/notices off”."
            )
        case notice_errors.CategoryUnreadable(text=text, most=most):
            return t(
                "“{text}” cannot be a category. Write one word of at most {most} letters, like #honey.",
                text=shortened(text, _SHOWN),
                most=most,
            )
    return None
