"""Giving money of an order back for good will: which order, how much, and whether it is meant."""

from typing import Any, Final

from telegram import Bot

from bot.callbacks.refunds import GoodwillButton, GoodwillSureButton
from bot.errors import ButtonOutdated, OnlyInPrivate
from bot.money import Money
from bot.payment_errors import OrderToRefundUnknown
from bot.rules.refunds import Wish, check_goodwill, most_to_give, read_refund, read_wish
from bot.services.payments.obligations import ways_back
from bot.services.payments.refunds import give_goodwill, refundable, takes_credit
from bot.shop import Shop
from bot.views.payment_credit import ask_credit
from bot.views.refund_goodwill import (
    ask_goodwill,
    goodwill_given,
    goodwill_stopped,
    sure_of_goodwill,
    which_order_to_refund,
)
from bot.views.screens import Screen
from handlers.access import is_leader, may_configure, may_curate, require_curator
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import Draft
from storage.repositories.members import Seen
from storage.repositories.pickups import OrderInHand
from storage.unit_of_work import UnitOfWork

AMOUNT_ASKED: Final = "refund_amount"
"""The step under which the amount of a refund and its reason are waited for."""

CREDIT_ASKED: Final = "credit_amount"
"""The step under which the amount of a credit and its reason are waited for."""

_SURE: Final = "refund_sure"
"""The step under which a refund waits for a yes."""


async def refund_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/refund 1 12 3.00 broken jar`: pick, order, amount, reason; without an amount it is everything."""
    if not said.is_private:
        raise OnlyInPrivate
    pick_number, number, rest = read_refund(said.arguments)
    async with shop.handling(said.update_id) as uow:
        found = await _by_numbers(uow, said.person.id, pick_number, number)
        t = await speaker(uow, said.person)
        if len(found) > 1:
            await send(uow, shop, said.person.id, which_order_to_refund(t, found))
            return
        await send(uow, shop, said.person.id, await wished(uow, shop, said.person, found[0], rest))


async def goodwill_tapped(tap: Tap, shop: Shop) -> None:
    """Ask how much of an order's money goes back; all of it; or give credit instead."""
    button = GoodwillButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        order = await order_to_refund(uow, tap, button.order_id)
        match button.act:
            case "ask":
                screen = await _ask(uow, shop, tap.person, order)
            case "all":
                screen = await wished(uow, shop, tap.person, order, "")
            case "credit":
                screen = await _ask_credit(uow, shop, tap.person, order)
            case _:
                raise ButtonOutdated
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def goodwill_sure_tapped(tap: Tap, shop: Shop) -> None:
    """Yes, that much goes back; or no."""
    button = GoodwillSureButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        draft = await own_draft(uow, button.draft_id, tap.person.id, _SURE)
        t = await speaker(uow, tap.person)
        await uow.drafts.remove(draft)
        if not button.sure:
            await redraw(uow, shop, tap, goodwill_stopped(t))
        else:
            order = await order_to_refund(uow, tap, draft.content["order_id"])
            refunds = await give_goodwill(
                uow,
                order.id,
                draft.content["amount"],
                reason=draft.content["reason"],
                by_id=tap.person.id,
                now=shop.now(),
            )
            await redraw(uow, shop, tap, goodwill_given(t, order, refunds))
    await tap.answer()


async def wished(uow: UnitOfWork, shop: Shop, person: Seen, order: OrderInHand, text: str) -> Screen:
    """What was typed of an amount and a reason, to be said yes to. Raises what is wrong with it."""
    wish = read_wish(text, order.currency)
    facts = await refundable(uow, order.id, now=shop.now())
    money = wish.money or Money(amount=most_to_give(facts), currency=facts.currency)
    check_goodwill(facts, money.amount, number=facts.number, currency=facts.currency)
    draft_id = await _keep(uow, shop, person.id, order, wish, money.amount)
    await uow.pickups.wait_no_more(person.id, AMOUNT_ASKED)
    return sure_of_goodwill(
        await speaker(uow, person),
        order,
        money,
        await ways_back(uow, order.id, money.amount),
        reason=wish.reason,
        draft_id=draft_id,
    )


async def order_to_refund(uow: UnitOfWork, by: Tap | Said, order_id: int) -> OrderInHand:
    """An order, for those who may touch its pick. Raises ButtonOutdated, NotACurator and NotYourPick."""
    in_private = by.chat_id == by.person.id if isinstance(by, Tap) else by.is_private
    order = await uow.pickups.find(order_id)
    if order is None or not in_private:
        raise ButtonOutdated
    await require_curator(uow, by.person.id, await uow.picks.get(order.pick_id))
    return order


async def own_draft(uow: UnitOfWork, draft_id: int, person_id: int, step: str) -> Draft:
    """What a person was about to do, locked. Raises ButtonOutdated where it is done or given up."""
    draft = await uow.drafts.find(draft_id, lock=True)
    if draft is None or draft.person_id != person_id or draft.step != step:
        raise ButtonOutdated
    return draft


async def keep_draft(uow: UnitOfWork, shop: Shop, person_id: int, step: str, content: dict[str, Any]) -> int:
    """Keep what a person is about to do until she says yes or no; returns its key."""
    await uow.pickups.wait_for(person_id, step, content, now=shop.now())
    draft = await uow.pickups.find_waiting(person_id, step)
    assert draft is not None
    assert draft.id is not None
    return draft.id


async def _keep(
    uow: UnitOfWork, shop: Shop, person_id: int, order: OrderInHand, wish: Wish, amount: int
) -> int:
    content = {"order_id": order.id, "amount": amount, "reason": wish.reason}
    return await keep_draft(uow, shop, person_id, _SURE, content)


async def _ask(uow: UnitOfWork, shop: Shop, person: Seen, order: OrderInHand) -> Screen:
    facts = await refundable(uow, order.id, now=shop.now())
    most = most_to_give(facts)
    if most:
        await uow.pickups.wait_for(person.id, AMOUNT_ASKED, {"order_id": order.id}, now=shop.now())
    credit = await takes_credit(uow, order.group_id) and await may_configure(uow, order.group_id, person.id)
    return ask_goodwill(await speaker(uow, person), order, facts, most, credit=credit)


async def _ask_credit(uow: UnitOfWork, shop: Shop, person: Seen, order: OrderInHand) -> Screen:
    if not await may_configure(uow, order.group_id, person.id):
        raise ButtonOutdated
    content = {"group_id": order.group_id, "person_id": order.person_id}
    await uow.pickups.wait_no_more(person.id, AMOUNT_ASKED)
    await uow.pickups.wait_for(person.id, CREDIT_ASKED, content, now=shop.now())
    return ask_credit(await speaker(uow, person), name=order.name, group=order.group_title)


async def _by_numbers(uow: UnitOfWork, person_id: int, pick_number: int, number: int) -> list[OrderInHand]:
    """The orders that two numbers can mean to a curator, at least one. Raises OrderToRefundUnknown."""
    found: list[OrderInHand] = []
    for group in await uow.groups.list_led_by(person_id):
        group_id = group.id or 0
        posted = await uow.picks.find_by_number(group_id, pick_number)
        if posted is None or not await is_leader(uow, group_id, person_id):
            continue
        if await may_curate(uow, group_id, person_id, posted.pick):
            found += await uow.pickups.list_by_number([posted.id], number)
    if not found:
        raise OrderToRefundUnknown(pick_number, number)
    return found
