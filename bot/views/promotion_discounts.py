"""What an order costs, with what promotions take off it, in words."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import Money
from bot.rules.promotions import kept_at
from bot.services.orders.requests import Saving
from bot.views.screens import lines
from storage.discounts import OrderDiscount
from storage.repositories.orders import OwnLine
from storage.states import OrderState


class Costs(NamedTuple):
    """What an order costs after `savings`; where its price may still fall, now and at most."""

    total: Money
    at_most: Money | None
    #: What its pieces come to before that.
    goods: Money
    fee: Money | None
    savings: tuple[Saving, ...]


def costs_of(own: Sequence[OwnLine], *, price: int | None = None) -> Costs:
    """What a stored order costs; `price` is the unit price of now, as long as it may change."""
    first = own[0]
    most = [(line.quantity, line.unit_amount) for line in own]
    now = most
    if price is not None and first.state is OrderState.PLACED:
        now = [(quantity, min(unit, price)) for quantity, unit in most]
    kept = (
        kept_at(first.discounts, now, full_amount=first.price_amount, fee_amount=first.fee_amount)
        if now != most
        else tuple(one.amount for one in first.discounts)
    )

    def money(amount: int) -> Money:
        return Money(amount=amount, currency=first.currency)

    goods = sum(quantity * unit for quantity, unit in now)
    total = max(0, goods + first.fee_amount - sum(kept))
    at_most = _after(own)
    return Costs(
        total=money(total),
        at_most=money(at_most) if at_most != total else None,
        goods=money(goods),
        fee=money(first.fee_amount) if first.fee_amount else None,
        savings=tuple(
            Saving(one.rule.title, money(amount))
            for one, amount in zip(first.discounts, kept, strict=True)
            if amount
        ),
    )


def savings_of(discounts: Iterable[OrderDiscount], currency: str) -> tuple[Saving, ...]:
    """What is taken off an order, by promotion."""
    return tuple(Saving(one.rule.title, Money(amount=one.amount, currency=currency)) for one in discounts)


def saved_words(t: Translator, savings: Sequence[Saving]) -> str | None:
    """What was saved in all and why, in one short sentence; None: nothing."""
    if not savings:
        return None
    whole = Money(amount=sum(one.amount.amount for one in savings), currency=savings[0].amount.currency)
    return t(
        "That is {amount} less: {promotions}.",
        amount=t.money(whole),
        promotions=t.listed([one.title for one in savings]),
    )


def cost_lines(t: Translator, *, fee: Money | None, savings: Sequence[Saving]) -> Markup | None:
    """What fetching an order costs, and what each promotion takes off, a line each; None: neither."""
    said = [
        *([t.html("Pick-up: {fee}", fee=t.money(fee))] if fee else []),
        *(t.html("{title}: {amount} less", title=one.title, amount=t.money(one.amount)) for one in savings),
    ]
    return lines(*said) if said else None


def _after(own: Sequence[OwnLine]) -> int:
    first = own[0]
    goods = sum(line.quantity * line.unit_amount for line in own)
    return max(0, goods + first.fee_amount - sum(one.amount for one in first.discounts))
