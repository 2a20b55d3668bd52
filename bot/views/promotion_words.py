"""What promotions give and ask for, in words: the same on cards, in lists and in the wizard."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import Money
from bot.rules.promotions import Rule
from storage.states import PromotionKind, PromotionState


def kind_name(t: Translator, kind: PromotionKind) -> str:
    """A kind of promotion, as a button says it."""
    names = {
        PromotionKind.PERCENT: t("Percent off"),
        PromotionKind.AMOUNT: t("An amount off"),
        PromotionKind.FLASH_PRICE: t("Flash price"),
        PromotionKind.BUY_N_PAY_M: t("Buy 3, pay 2"),
        PromotionKind.FREE_PICKUP: t("Free pick-up"),
        PromotionKind.FRIEND: t("Bring a friend"),
    }
    return names[kind]


def state_name(t: Translator, state: PromotionState, *, is_waiting: bool = False) -> str:
    """How a promotion stands; one that is active before its start waits."""
    if state is PromotionState.ACTIVE and is_waiting:
        return t("waits for its start")
    names = {
        PromotionState.DRAFT: t("not launched"),
        PromotionState.ACTIVE: t("runs"),
        PromotionState.PAUSED: t("paused"),
        PromotionState.ENDED: t("over"),
    }
    return names[state]


def gift_words(t: Translator, rule: Rule) -> str:
    """What a promotion gives, in a few words."""

    def money(amount: int | None) -> str:
        return t.money(Money(amount=amount or 0, currency=rule.currency))

    match rule.kind:
        case PromotionKind.PERCENT:
            return t("{percent} off", percent=t.percent(rule.bps or 0))
        case PromotionKind.AMOUNT:
            return t("{amount} off", amount=money(rule.amount))
        case PromotionKind.FLASH_PRICE:
            return t("{price} a piece", price=money(rule.unit_amount))
        case PromotionKind.BUY_N_PAY_M:
            return t("{buy} for the price of {pay}", buy=rule.buy_quantity, pay=rule.pay_quantity)
        case PromotionKind.FREE_PICKUP:
            return t("free pick-up")
        case PromotionKind.FRIEND:
            return t("{amount} of credit for each of two friends", amount=money(rule.amount))


def titled(t: Translator, title: str, gift: str) -> Markup:
    """A promotion's title and what it gives, said once where its title is just that."""
    if title == gift:
        return Markup("<b>{}</b>").format(title)
    return t.html("<b>{title}</b>: {gift}", title=title, gift=gift)


def condition_words(t: Translator, rule: Rule) -> Sequence[str]:
    """For whom and from what on a promotion holds, in a few words each."""
    words = []
    if rule.first_order_only:
        words.append(t("on a first order"))
    if rule.minimum_quantity:
        words.append(t.plural("from {n} piece on", "from {n} pieces on", rule.minimum_quantity))
    if rule.minimum_amount:
        least = t.money(Money(amount=rule.minimum_amount, currency=rule.currency))
        words.append(t("from {amount} on", amount=least))
    if rule.uses_per_person:
        words.append(t.plural("{n} time per person", "{n} times per person", rule.uses_per_person))
    if rule.by_coupon:
        words.append(t("with a code"))
    return words
