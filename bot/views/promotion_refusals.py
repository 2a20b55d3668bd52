"""Why a promotion cannot be made, launched or changed so, in words."""

from bot.errors import ShopError
from bot.i18n import Translator
from bot.promotion_errors import (
    BoundBelowUsed,
    BudgetBelowSpent,
    BudgetTooSmall,
    CodeTaken,
    CodeUnfit,
    CountUnreadable,
    CurrencyUnknown,
    FlashPriceTooHigh,
    FriendsNeedCredit,
    NeedsNoCodes,
    NotTheOwner,
    PackUnreadable,
    PercentUnreadable,
    PromotionAmountUnreadable,
    PromotionChoiceNeeded,
    PromotionEndsTooEarly,
    PromotionIncomplete,
    PromotionOver,
    PromotionTitleMissing,
    PromotionTitleTooLong,
    TooManyCodes,
    TooManyPromotions,
)
from bot.views.promotion_steps import step_name
from bot.views.screens import shortened

_LONGEST_TYPED = 40
_MOST_STEPS = 200


def promotion_refusal(t: Translator, error: ShopError) -> str | None:
    """What happened, why, and what to do next; None for what is about something else."""
    return _unreadable(t, error) or _not_possible(t, error) or _of_codes(t, error)


def _unreadable(t: Translator, error: ShopError) -> str | None:
    match error:
        case PercentUnreadable(text):
            return t(
                "I cannot read “{text}” as a rate. Write a number up to 100, like 10 or 12.5.",
                text=_short(text),
            )
        case PromotionAmountUnreadable(text, currency):
            return t(
                "I cannot read “{text}” as an amount in {currency}. Write it in digits, like 5.00.",
                text=_short(text),
                currency=_short(currency),
            )
        case PackUnreadable(text):
            return t(
                "I cannot read “{text}”. Write two numbers, the larger one first, like “3 for 2”.",
                text=_short(text),
            )
        case CountUnreadable(text, most):
            return t("“{text}” is no number from 1 to {most}.", text=_short(text), most=t.number(most))
        case PromotionTitleMissing():
            return t("This title says nothing. Write a few words.")
        case PromotionTitleTooLong(length, limit):
            return t(
                "The title has {length} characters, and {limit} fit on a card. Shorten it, please.",
                length=length,
                limit=limit,
            )
        case CurrencyUnknown(text):
            return t(
                "I do not know the currency “{text}”. Write its three letters, like EUR.", text=_short(text)
            )
        case PromotionChoiceNeeded():
            return t("At this step, please tap one of the buttons above.")
    return None


def _not_possible(t: Translator, error: ShopError) -> str | None:
    match error:
        case PromotionIncomplete(steps):
            named = t.listed([step_name(t, step) for step in steps])
            return t(
                "Before it can be launched, it still needs: {steps}", steps=shortened(named, _MOST_STEPS)
            )
        case PromotionEndsTooEarly():
            return t("It would be over before it begins. Set another end first.")
        case FlashPriceTooHigh(title, price):
            return t(
                "{title} costs {price}, so a flash price must be lower.",
                title=_short(title),
                price=t.money(price),
            )
        case BudgetTooSmall(needed_amount):
            return t(
                "One use alone takes {amount}: the budget must be at least that.",
                amount=t.money(needed_amount),
            )
        case BudgetBelowSpent(spent):
            return t("{used} is used already, so the bound cannot be lower than that.", used=t.money(spent))
        case BoundBelowUsed(used):
            return t("{used} is used already, so the bound cannot be lower than that.", used=t.number(used))
        case FriendsNeedCredit():
            return t(
                "Friends are given store credit, and your group has it switched off. Switch it on in "
                "/settings, under Payments."
            )
        case TooManyPromotions(limit):
            return t("There are {limit} promotions already. End one of them first.", limit=limit)
        case PromotionOver():
            return t("This promotion is over and does not change any more. Make a new one: /promotions")
        case NotTheOwner():
            return t("Only the owner of the group, or those who run the bot, may do this.")
    return None


def _of_codes(t: Translator, error: ShopError) -> str | None:
    match error:
        case TooManyCodes(limit):
            return t("I can make {limit} codes at most.", limit=t.number(limit))
        case CodeUnfit(text, least, most):
            return t(
                "“{text}” is no code: it needs from {least} to {most} letters and digits.",
                text=_short(text),
                least=least,
                most=most,
            )
        case CodeTaken(shown):
            return t(
                "The code {code}, or one that looks like it, exists already. Write another one.",
                code=_short(shown),
            )
        case NeedsNoCodes():
            return t("This promotion holds by itself, so it has no codes.")
    return None


def _short(text: str) -> str:
    return shortened(text, _LONGEST_TYPED)
