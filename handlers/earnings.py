"""What members earn by recommending, in private, and asking to be paid."""

from typing import Final

from telegram import Bot

from bot.callbacks.payouts import EarningsButton, PayoutBackButton, PayoutWishButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.money import Money
from bot.payout_errors import (
    BelowMinimum,
    EarningsWithheld,
    NothingToPayOut,
    PayoutUnderWay,
)
from bot.services.payouts.asking import ask_payout, check_payable, withdraw_payout
from bot.services.payouts.earnings import earned_in, takes_credit
from bot.shop import Shop
from bot.views.payout_earnings import (
    LINES_A_PAGE,
    Earnings,
    ask_where_to,
    earnings_page,
    earns_nowhere,
    how_to_be_paid,
    payout_asked,
    which_earnings,
)
from bot.views.screens import Screen
from handlers.access import group_of
from handlers.conversation import Part, answering, written_for
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Draft, Group
from storage.states import PayoutMethod
from storage.unit_of_work import UnitOfWork

ASKED: Final = "payout"
"""The step under which it is waited for where a payout shall be sent."""

_IN_VAIN: Final = (BelowMinimum, EarningsWithheld, NothingToPayOut, PayoutUnderWay)
"""Refusals after which nothing that she could write instead would help."""


async def earnings_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/earnings`: what I have earned, in private."""
    if not said.is_private:
        group = await group_of(said, shop, bot)
        async with shop.handling(said.update_id) as uow:
            screen = await _page(uow, shop, await speaker(uow, said.person), group, said.person.id)
            await tell(uow, shop, said, screen, payload=f"earnings_{group.id}")
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        groups = await uow.payouts.groups_of(said.person.id)
        if not groups:
            paying = await uow.plans.paying_groups_of(said.person.id)
            await send(uow, shop, said.person.id, earns_nowhere(t, paying))
        elif len(groups) == 1:
            await send(uow, shop, said.person.id, await _page(uow, shop, t, groups[0], said.person.id))
        else:
            await send(uow, shop, said.person.id, which_earnings(t, groups))


async def earnings_opened(said: Said, shop: Shop, group_id: int) -> None:
    """What I have earned in one group, by deep link."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        group = await _own_group(uow, group_id, said.person.id)
        if group is None:
            await send(uow, shop, said.person.id, earns_nowhere(t, ()))
            return
        await send(uow, shop, said.person.id, await _page(uow, shop, t, group, said.person.id))


async def earnings_turned(tap: Tap, shop: Shop) -> None:
    """Another page of it, or one of several groups."""
    button = EarningsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await _group(uow, tap, button.group_id)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        page = await _page(uow, shop, t, group, tap.person.id, page=button.page)
        await redraw(uow, shop, tap, page)
    await tap.answer()


async def payout_wished(tap: Tap, shop: Shop) -> None:
    """A member wants to be paid: how, or this way."""
    button = PayoutWishButton.read(tap.data)
    person_id, now = tap.person.id, shop.now()
    async with shop.handling(tap.update_id) as uow:
        group = await _group(uow, tap, button.group_id)
        t = await speaker(uow, tap.person)
        money = await check_payable(uow, button.group_id, person_id, button.currency)
        match button.method:
            case "ask":
                credit = await takes_credit(uow, button.group_id)
                screen = how_to_be_paid(t, group, money, takes_credit=credit)
            case PayoutMethod.OWN_MEANS:
                screen = await _ask_where_to(uow, shop, t, tap, group, money)
            case PayoutMethod.CREDIT:
                payout = await ask_payout(
                    uow, button.group_id, person_id, button.currency, PayoutMethod.CREDIT, now=now
                )
                screen = payout_asked(t, group, payout)
            case _:
                raise ButtonOutdated
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def payout_taken_back(tap: Tap, shop: Shop) -> None:
    """A member takes back that she asked for it."""
    payout_id = PayoutBackButton.read(tap.data).payout_id
    async with shop.handling(tap.update_id) as uow:
        payout = await withdraw_payout(uow, payout_id, person_id=tap.person.id, now=shop.now())
        group = await _group(uow, tap, payout.group_id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _page(uow, shop, t, group, tap.person.id))
    await tap.answer()


async def _group(uow: UnitOfWork, tap: Tap, group_id: int) -> Group:
    tap.require_private()
    group = await _own_group(uow, group_id, tap.person.id)
    if group is None:
        raise ButtonOutdated
    return group


async def _own_group(uow: UnitOfWork, group_id: int, person_id: int) -> Group | None:
    """A group in which a person was ever seen or has earned; of others she learns nothing by number."""
    if await uow.members.find_member(group_id, person_id) is not None:
        return await uow.groups.find(group_id)
    return next((one for one in await uow.payouts.groups_of(person_id) if one.id == group_id), None)


async def _ask_where_to(
    uow: UnitOfWork, shop: Shop, t: Translator, tap: Tap, group: Group, money: Money
) -> Screen:
    content = {"group_id": group.id, "currency": money.currency}
    await uow.pickups.wait_for(tap.person.id, ASKED, content, now=shop.now())
    return ask_where_to(t, group, money)


async def _page(
    uow: UnitOfWork, shop: Shop, t: Translator, group: Group, person_id: int, *, page: int = 0
) -> Screen:
    group_id = group.id or 0
    count = await uow.earnings.count_of(person_id, group_id=group_id)
    page = min(max(page, 0), max(count - 1, 0) // LINES_A_PAGE)
    facts = Earnings(
        group=group,
        plan=await uow.plans.find(group_id),
        sums=await earned_in(uow, group, person_id),
        open=await uow.payouts.list_open_of(group_id, person_id),
        entries=await uow.earnings.list_of(
            person_id, group_id=group_id, limit=LINES_A_PAGE, offset=page * LINES_A_PAGE
        ),
        count=count,
        page=page,
    )
    return earnings_page(t, facts, now=shop.now())


async def _answered(said: Said, shop: Shop, asked: Draft) -> None:
    group_id, currency = int(asked.content["group_id"]), str(asked.content["currency"])
    async with shop.handling(said.update_id) as uow:
        payout = await ask_payout(
            uow,
            group_id,
            said.person.id,
            currency,
            PayoutMethod.OWN_MEANS,
            details=said.text,
            now=shop.now(),
        )
        await uow.pickups.wait_no_more(said.person.id, ASKED)
        group = await uow.groups.get(group_id)
        screen = payout_asked(await speaker(uow, said.person), group, payout)
        await send(uow, shop, said.person.id, screen)


PART = Part(
    finds=written_for(ASKED), handles=answering(ASKED, takes=_answered, in_vain=_IN_VAIN, within=None)
)
"""Takes where a payout shall be sent."""
