"""Words for each refusal: what happened, and what to do next."""

from collections.abc import Callable
from typing import Final

from bot import (
    campaign_errors,
    case_errors,
    draft_errors,
    errors,
    flag_errors,
    handover_errors,
    member_errors,
    review_errors,
)
from bot.i18n import LANGUAGES, Translator
from bot.views.admin_refusals import admin_refusal
from bot.views.campaign_refusals import campaign_refusal
from bot.views.carried_order_refusals import carried_order_refusal
from bot.views.carrying_refusals import carrying_refusal
from bot.views.case_refusals import case_refusal
from bot.views.coupon_refusals import coupon_refusal
from bot.views.draft_refusals import draft_refusal
from bot.views.flag_refusals import flag_refusal
from bot.views.handover_refusals import handover_refusal
from bot.views.listing_refusals import listing_refusal
from bot.views.member_refusals import member_refusal
from bot.views.notice_refusals import notice_refusal
from bot.views.offer_refusals import offer_refusal
from bot.views.payment_refusals import payment_refusal
from bot.views.payout_refusals import payout_refusal
from bot.views.pick_refusals import pick_refusal
from bot.views.plan_refusals import plan_refusal
from bot.views.pricing_refusals import pricing_refusal
from bot.views.promotion_refusals import promotion_refusal
from bot.views.recall_refusals import recall_refusal
from bot.views.review_refusals import review_refusal
from bot.views.role_refusals import role_refusal
from bot.views.share_refusals import share_refusal
from bot.views.team_refusals import team_refusal
from bot.views.telling_refusals import telling_refusal
from bot.views.trust_refusals import trust_refusal
from bot.views.wish_refusals import wish_refusal

_OF_NOUNS: Final[tuple[Callable[[Translator, errors.ShopError], str | None], ...]] = (
    *(role_refusal, pick_refusal, pricing_refusal, offer_refusal, team_refusal, payment_refusal),
    *(share_refusal, plan_refusal, payout_refusal, admin_refusal, notice_refusal, trust_refusal),
    *(recall_refusal, promotion_refusal, coupon_refusal, wish_refusal, telling_refusal),
    *(carrying_refusal, listing_refusal, carried_order_refusal),
)
"""Each has words for refusals about its noun, and None for others."""


def refusal(t: Translator, error: errors.ShopError) -> str:
    """One clear sentence or two, as plain text."""
    of_nouns = (words(t, error) for words in _OF_NOUNS)
    return next((said for said in of_nouns if said is not None), None) or _of_a_family(t, error)


def _of_a_family(t: Translator, error: errors.ShopError) -> str:
    match error:
        case campaign_errors.CampaignRefused():
            return campaign_refusal(t, error)
        case case_errors.CaseRefused():
            return case_refusal(t, error)
        case errors.Unreadable():
            return _unreadable(t, error)
        case member_errors.MemberRefused():
            return member_refusal(t, error)
        case flag_errors.FlagRefused():
            return flag_refusal(t, error)
        case draft_errors.DraftRefused():
            return draft_refusal(t, error)
        case review_errors.ReviewRefused():
            return review_refusal(t, error)
        case handover_errors.HandoverRefused():
            return handover_refusal(t, error)
        case errors.NotPossible():
            return _not_possible(t, error)
        case errors.NotAllowed():
            return _not_allowed(t, error)
    raise LookupError(f"no words for {type(error).__name__}")


def _unreadable(t: Translator, error: errors.Unreadable) -> str:
    match error:
        case errors.PriceUnreadable(text=text):
            if not text:
                return t("Please begin with the price: /pick 12.90 Wool scarf")
            return t(
                "I cannot read “{text}” as a price. Write it like 12.90 or ¥12.90, with the decimals "
                "of your currency.",
                text=_short(text),
            )
        case errors.TitleMissing():
            return t("The title is missing. Write it after the price: /pick 12.90 Wool scarf")
        case errors.TitleTooLong(limit=limit):
            return t(
                "The title is too long: {limit} characters at most. Put the rest after a bar (|).",
                limit=limit,
            )
        case errors.WordsTooLong(limit=limit):
            return t("The description is too long: {limit} characters at most.", limit=limit)
        case errors.StockUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a quantity. Write a number from 1 to 1,000,000.", text=_short(text)
            )
        case errors.DeadlineUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a time. Write it like “till 20:00”, “fri 18:00” or “in 3h”.",
                text=_short(text),
            )
        case errors.DeadlineMissing():
            return t("Until when? Write it like /extend 1 in 8h.")
        case errors.DeadlinePast(text=text):
            return t("“{text}” has already passed. Please give a later time.", text=_short(text))
        case errors.DeadlineTooFar(limit_days=days):
            return t("That is too far away: a pick runs {days} days at most.", days=days)
        case errors.SettingUnreadable():
            return _setting_unreadable(t, error)
    return _variant_unreadable(t, error)


def _setting_unreadable(t: Translator, error: errors.SettingUnreadable) -> str:
    text = _short(error.text)
    if error.name == "currency":
        return t("I do not know the currency “{text}”. Write its three letters, like EUR.", text=text)
    if error.name == "zone":
        return t(
            "I do not know the time zone “{text}”. Write a large city, like Lisbon, or Europe/Lisbon.",
            text=text,
        )
    if error.name == "language":
        return t("I speak {languages}. Write one of these codes.", languages=t.listed(sorted(LANGUAGES)))
    if error.name == "plain":
        return t("Please write on or off: /settings plain on")
    if error.name == "list":
        return t("Please write on or off: /settings list off")
    if error.name == "quiet":
        return t("Write the hours like 21:00-08:00, or off: /settings quiet 22:30-07:15")
    if error.name == "campaigns":
        return t("Please write on or off: /settings campaigns off")
    if error.name == "answer":
        return t("Please write hours, from 1 to 336: /settings answer 24")
    if error.name == "allowance":
        return t(
            "Write on, off, or one cap and its number (0 for none), like /settings allowance day 2. "
            "The caps are: day, week, curator, messages."
        )
    return t(
        "I do not know the setting “{text}”. You can set: currency, zone, language, plain, list, quiet, "
        "campaigns, answer, allowance.",
        text=text,
    )


def _variant_unreadable(t: Translator, error: errors.Unreadable) -> str:
    match error:
        case errors.PickMissing():
            return t("Which pick? Write its number after the command, like /order 1 2 or /board 1.")
        case errors.TooManyVariants(count=count, limit=limit):
            return t("{count} kinds are too many for one card: {limit} at most.", count=count, limit=limit)
        case errors.VariantRepeated(name=name):
            return t("“{name}” is there twice. Give each kind a name of its own.", name=_short(name))
        case errors.VariantNameTooLong(name=name, limit=limit):
            return t(
                "“{name}” is too long for a button: {limit} characters at most.",
                name=_short(name),
                limit=limit,
            )
        case errors.VariantMissing(variants=variants):
            return t("Which kind? Write it like +1 {example}. There are: {names}.",
                     example=variants[0], names=_names(t, variants))  # fmt: skip
        case errors.VariantUnknown(name=name, variants=variants) if not any(variants):
            return t(
                "There is only one kind of it. Write just the number, like +1, without “{name}”.",
                name=_short(name),
            )
        case errors.VariantUnknown(name=name, variants=variants):
            return t(
                "I cannot tell which kind “{name}” is. There are: {names}.",
                name=_short(name),
                names=_names(t, variants),
            )
        case errors.OrderUnreadable(text=text):
            return t("I cannot read “{text}” as an order. Write it like /order 1 2, or /order 1 2 red.",
                     text=_short(text))  # fmt: skip
    raise LookupError(f"no words for {type(error).__name__}")


def _not_possible(t: Translator, error: errors.NotPossible) -> str:
    match error:
        case errors.GroupUnknown():
            return t("I do not serve this chat yet. Please remove me and add me again.")
        case errors.ButtonOutdated():
            return t("This button is out of date. /picks in the group shows what is on offer.")
        case errors.PickUnknown(number=number):
            return t(
                "There is no pick #{number} here. /picks in the group shows what is on offer.", number=number
            )
        case errors.PickClosed(number=number):
            return t("Pick #{number} is closed; nothing was changed.", number=number)
        case errors.SoldOut(variant=variant, left=0):
            if variant:
                return t("Sorry, {variant} is sold out.", variant=_short(variant))
            return t("Sorry, it is sold out.")
        case errors.SoldOut(variant=variant, left=left):
            if variant:
                return t.plural(
                    "Only {n} of {variant} is left, so nothing was changed. Please order fewer.",
                    "Only {n} of {variant} are left, so nothing was changed. Please order fewer.",
                    left,
                    variant=_short(variant),
                )
            return t.plural(
                "Only {n} is left, so nothing was changed. Please order fewer.",
                "Only {n} are left, so nothing was changed. Please order fewer.",
                left,
            )
        case errors.QuantityTooLarge(limit=limit):
            return t("One person can order {limit} at most.", limit=t.number(limit))
        case errors.NothingOrdered(number=number):
            return t("You have nothing ordered on pick #{number}.", number=number)
        case errors.NoInviteRight():
            return t(
                "I may not make invite links in this group. "
                "Its owner can let me: make me an administrator who may invite people."
            )
    raise LookupError(f"no words for {type(error).__name__}")


def _not_allowed(t: Translator, error: errors.NotAllowed) -> str:
    match error:
        case errors.NotInGroup():
            return t("You are not in this group any more. Join it again to order.")
        case errors.Anonymous():
            return t("I cannot see who you are. Turn off anonymity, or tap a button on the card.")
        case errors.OnlyInGroup():
            return t("That works in your group. Please write it there.")
        case errors.OnlyInPrivate():
            return t("That works in our private chat. Please write it there.")
    raise LookupError(f"no words for {type(error).__name__}")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _names(t: Translator, names: tuple[str, ...]) -> str:
    shown = t.listed(names[:10])
    return shown if len(names) <= 10 else shown + " …"
