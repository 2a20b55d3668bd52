"""What a group pays for recommendations: the page of its settings, and what a pick's card says of it."""

from collections.abc import Sequence
from decimal import Decimal

from babel.core import Locale
from babel.numbers import format_percent
from markupsafe import Markup

from bot.callbacks.admins import AdminGroupButton
from bot.callbacks.groups import PlanButton, SettingsButton
from bot.callbacks.payouts import PayoutsButton
from bot.i18n import Translator
from bot.money import Money, minor_digits
from bot.rules.plans import Reward, reward_for
from bot.services.plans import PlanField
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs
from storage.models import Group, Plan

_EXAMPLE_MAJOR = 100


def percent_words(t: Translator, bps: int) -> str:
    """Basis points as people read them: 7.5 %, without decimals that say nothing."""
    pattern = Locale.parse(t.language).percent_formats[None].pattern.replace("#,##0", "0.##")
    return format_percent(Decimal(bps) / 10_000, pattern, locale=t.language)


def reward_lines(t: Translator, reward: Reward | None, *, told_by: str | None = None) -> Markup | None:
    """On a card: who earns by its reader's order, by name where that is known, and about how much."""
    if reward is None:
        return None
    fields = {
        "percent": percent_words(t, reward.first_bps),
        "amount": t.money(Money(amount=reward.first_amount, currency=reward.currency)),
    }
    if told_by is not None:
        first = t.html(
            "<i>{name} earns {percent} of what you pay: about {amount} for one.</i>", name=told_by, **fields
        )
    elif reward.inviter_recommends:
        first = t.html(
            "<i>Whoever recommended it to you, or else brought you here, earns {percent} of what you pay: "
            "about {amount} for one.</i>",
            **fields,
        )
    else:
        first = t.html(
            "<i>Whoever recommended it to you earns {percent} of what you pay: about {amount} for one.</i>",
            **fields,
        )
    if not reward.second_bps:
        return first
    second = t.html(
        "<i>Whoever brought that person earns {percent}: about {amount}.</i>",
        percent=percent_words(t, reward.second_bps),
        amount=t.money(Money(amount=reward.second_amount, currency=reward.currency)),
    )
    return Markup("{} {}").format(first, second)


def plan_page(
    t: Translator, group: Group, plan: Plan, *, by_admin: bool = False, saved: bool = False
) -> Screen:
    """What a group pays for recommendations, each with a button to change it; an admin goes back to hers."""
    group_id = group.id or 0
    back = AdminGroupButton(group_id) if by_admin else SettingsButton(group_id, "home")
    return Screen(
        text=paragraphs(
            t.html("<b>Rewards in {group}</b>", group=group.title),
            t.html("Rewards are switched on.")
            if plan.is_active
            else t.html("Rewards are switched off: nobody earns anything by recommending."),
            t.html("Once they are switched on:") if plan.first_bps and not plan.is_active else None,
            _levels(t, plan),
            _example(t, group, plan),
            _bounds(t, group, plan),
            t.html(
                "A reward is paid only for goods that somebody else ordered, paid for and kept, never for "
                "joining. Every card says what it pays. A new percentage counts for orders from now on."
            ),
            t.html("Saved.") if saved else None,
        ),
        buttons=[
            *_buttons(t, group_id, plan),
            [
                Button(text=t("‹ Back"), data=back),
                Button(text=t("Payouts ›"), data=PayoutsButton(group_id, 0, 0)),
            ],
        ],
    )


def ask_about_plan(t: Translator, group: Group, field: PlanField) -> Markup:
    """What is to be written next."""
    currency = group.currency
    match field:
        case PlanField.RATES:
            return t.html(
                "How many percent of an order does whoever recommended it earn? Write it like "
                "<code>10</code> or <code>7.5</code>. If whoever brought that person shall earn, too, write "
                "both: <code>10 2</code>."
            )
        case PlanField.SECOND:
            return t.html(
                "How many percent of an order does whoever brought that person earn? Write it like "
                "<code>2</code>, or - for nothing."
            )
        case PlanField.DAYS:
            return t.html(
                "For how many days can goods be given back? Write a number. A reward can be paid out one "
                "day after that."
            )
        case PlanField.ORDER:
            return t.html(
                "What does one order pay at most, all levels together? Write an amount in {currency}, or - "
                "for no bound.",
                currency=currency,
            )
        case PlanField.MONTH:
            return t.html(
                "What does one person earn in a calendar month at most? Write an amount in {currency}, or - "
                "for no bound.",
                currency=currency,
            )
        case PlanField.PAIR:
            return t.html(
                "What does one person earn by the orders of one and the same other at most, in all? Write an "
                "amount in {currency}, or - for no bound.",
                currency=currency,
            )
        case PlanField.LEAST:
            return t.html(
                "What is the least that you pay out? Write an amount in {currency}, or - for any amount.",
                currency=currency,
            )


def _levels(t: Translator, plan: Plan) -> Markup | None:
    if not plan.first_bps:
        return None
    return lines(
        t.html(
            "Whoever recommended an order earns: <b>{percent}</b>", percent=percent_words(t, plan.first_bps)
        ),
        t.html(
            "Whoever brought that person earns: <b>{percent}</b>", percent=percent_words(t, plan.second_bps)
        )
        if plan.second_bps
        else None,
        t.html("Where nobody recommended it, whoever brought its buyer counts.")
        if plan.inviter_recommends
        else t.html("Where nobody recommended it, nobody earns by it."),
    )


def _example(t: Translator, group: Group, plan: Plan) -> Markup | None:
    whole = _EXAMPLE_MAJOR * 10 ** minor_digits(group.currency)
    reward = reward_for(
        first_bps=plan.first_bps,
        second_bps=plan.second_bps,
        order_cap_amount=plan.order_cap_amount,
        inviter_recommends=plan.inviter_recommends,
        unit_amount=whole,
        currency=group.currency,
    )
    if reward is None:
        return None
    fields = {
        "whole": t.money(Money(amount=whole, currency=group.currency)),
        "first": t.money(Money(amount=reward.first_amount, currency=group.currency)),
        "second": t.money(Money(amount=reward.second_amount, currency=group.currency)),
    }
    if not reward.second_bps:
        return t.html("So an order of {whole} pays {first}.", **fields)
    return t.html("So an order of {whole} pays {first} to the one and {second} to the other.", **fields)


def _bounds(t: Translator, group: Group, plan: Plan) -> Markup:
    def amount(bound: int | None) -> str:
        return t("no bound") if bound is None else t.money(Money(amount=bound, currency=group.currency))

    least = plan.minimum_payout_amount
    return lines(
        t.html_plural(
            "Goods can be given back for {n} day; a reward can be paid out one day later.",
            "Goods can be given back for {n} days; a reward can be paid out one day later.",
            plan.return_days,
        )
        if plan.return_days
        else t.html(
            "Goods cannot be given back; a reward can be paid out one day after its order is completed."
        ),
        t.html("Most for one order: {amount}", amount=amount(plan.order_cap_amount)),
        t.html("Most for one person in a month: {amount}", amount=amount(plan.month_cap_amount)),
        t.html(
            "Most for one person out of one buyer's orders: {amount}", amount=amount(plan.pair_cap_amount)
        ),
        t.html("Least that is paid out: {amount}", amount=amount(least) if least else t("any amount")),
    )


def _buttons(t: Translator, group_id: int, plan: Plan) -> list[Sequence[Button]]:
    def ask(text: str, field: PlanField) -> Button:
        return Button(text=text, data=PlanButton(group_id, "ask", field))

    switch = PlanButton(group_id, "switch", "off" if plan.is_active else "on")
    inviter = PlanButton(group_id, "inviter", "off" if plan.inviter_recommends else "on")
    return [
        [Button(text=t("Switch off") if plan.is_active else t("Switch on"), data=switch)],
        [
            ask(t("Percent"), PlanField.RATES),
            Button(text=t("Add a level"), data=PlanButton(group_id, "level", "add"))
            if not plan.second_bps
            else ask(t("Second level"), PlanField.SECOND),
        ],
        *(
            [[Button(text=t("Add a level"), data=PlanButton(group_id, "level", "add"))]]
            * bool(plan.second_bps)
        ),
        [
            Button(
                text=t("✓ {name}", name=t("Who brought counts"))
                if plan.inviter_recommends
                else t("Who brought counts"),
                data=inviter,
            )
        ],
        *in_rows(
            [
                ask(t("Days for returns"), PlanField.DAYS),
                ask(t("Per order"), PlanField.ORDER),
                ask(t("Per month"), PlanField.MONTH),
                ask(t("Per buyer"), PlanField.PAIR),
                ask(t("Least payout"), PlanField.LEAST),
            ],
            width=2,
        ),
    ]
