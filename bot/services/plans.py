"""What a group pays for recommendations: its plan, what its owner changes of it, and what picks pay by it."""

from datetime import datetime
from enum import StrEnum

from bot.errors import ButtonOutdated
from bot.plan_errors import PercentUnreadable
from bot.rules.plans import (
    Reward,
    check_rates,
    read_bound,
    read_least,
    read_rates,
    read_return_days,
    read_second_rate,
    reward_for,
)
from storage.models import Group, Plan
from storage.repositories.picks import PostedPick
from storage.states import PickState
from storage.unit_of_work import UnitOfWork

_CHANGEABLE = (PickState.SCHEDULED, PickState.LIVE)


class PlanField(StrEnum):
    """What is typed of a plan."""

    RATES = "rates"
    SECOND = "second"
    DAYS = "days"
    ORDER = "order"
    MONTH = "month"
    PAIR = "pair"
    LEAST = "least"


_ON_CARDS = (PlanField.RATES, PlanField.SECOND, PlanField.ORDER)


async def plan_of(uow: UnitOfWork, group_id: int, *, now: datetime, lock: bool = False) -> Plan:
    """A group's plan as it is kept; one that was never touched is switched off and pays nothing."""
    found = await uow.plans.find(group_id, lock=lock)
    return found or Plan(group_id=group_id, is_active=False, changed_at=now)


async def switch_plan(uow: UnitOfWork, group_id: int, *, on: bool, by_id: int, now: datetime) -> None:
    """Pay for recommendations from now on, or no longer. Raises PercentUnreadable where no rate is known."""
    plan = await _locked(uow, group_id, now=now)
    if on and plan.first_bps == 0:
        raise PercentUnreadable("")
    if plan.is_active != on:
        plan.is_active = on
        await _save(uow, plan, "on" if on else "off", on_cards=True, by_id=by_id, now=now)


async def switch_inviter(uow: UnitOfWork, group_id: int, *, on: bool, by_id: int, now: datetime) -> None:
    """Whether whoever brought a buyer counts as who recommended it, where nobody did."""
    plan = await _locked(uow, group_id, now=now)
    if plan.inviter_recommends != on:
        plan.inviter_recommends = on
        await _save(uow, plan, "inviter", on_cards=True, by_id=by_id, now=now)


async def change_plan(
    uow: UnitOfWork,
    group_id: int,
    field: PlanField,
    text: str,
    *,
    switch_on: bool = False,
    by_id: int,
    now: datetime,
) -> None:
    """Take what was typed of one field; with `switch_on` the plan is in force from then on.

    Raises what the field's reader in `bot/rules/plans` raises.
    """
    plan = await _locked(uow, group_id, now=now)
    _set(plan, field, text, currency=(await uow.groups.get(group_id)).currency)
    plan.is_active = plan.is_active or switch_on
    await _save(uow, plan, field, on_cards=field in _ON_CARDS, by_id=by_id, now=now)


async def reward_of(uow: UnitOfWork, posted: PostedPick, unit_amount: int) -> Reward | None:
    """What recommending a pick pays while a piece costs so much; None where that is nothing."""
    if posted.pick.pays_no_commission or posted.offer.currency != posted.group.currency:
        return None
    return await reward_in(uow, posted.group, unit_amount)


async def reward_in(uow: UnitOfWork, group: Group, unit_amount: int) -> Reward | None:
    """What recommending something that costs so much pays in a group; None where that is nothing."""
    plan = await uow.plans.find(group.id or 0)
    if plan is None or not plan.is_active:
        return None
    return reward_for(
        first_bps=plan.first_bps,
        second_bps=plan.second_bps,
        order_cap_amount=plan.order_cap_amount,
        inviter_recommends=plan.inviter_recommends,
        unit_amount=unit_amount,
        currency=group.currency,
    )


async def pays_rewards(uow: UnitOfWork, posted: PostedPick) -> bool | None:
    """Whether recommending a pick pays; None where its group pays for nothing."""
    plan = await uow.plans.find(posted.pick.group_id)
    if plan is None or not plan.is_active or posted.offer.currency != posted.group.currency:
        return None
    return not posted.pick.pays_no_commission


async def switch_pick(uow: UnitOfWork, pick_id: int, *, pays: bool, by_id: int, now: datetime) -> None:
    """Have recommending a pick pay, or not, from now on. Raises ButtonOutdated."""
    posted = (await uow.picks.load([pick_id], lock=True)).get(pick_id)
    if posted is None or posted.pick.state not in _CHANGEABLE:
        raise ButtonOutdated
    if posted.pick.pays_no_commission is not pays:
        return
    posted.pick.pays_no_commission = not pays
    await uow.picks.save(posted.pick)
    if posted.pick.state is PickState.LIVE:
        await uow.outbox.add_cards({pick_id: posted.group.chat_id}, now=now)
    await uow.audit.add(
        "pick_rewards_changed",
        group_id=posted.pick.group_id,
        person_id=by_id,
        pick_id=pick_id,
        now=now,
        details={"pays": pays},
    )


def _set(plan: Plan, field: PlanField, text: str, *, currency: str) -> None:
    match field:
        case PlanField.RATES:
            plan.first_bps, plan.second_bps = read_rates(text)
        case PlanField.SECOND:
            second_bps = read_second_rate(text)
            check_rates(plan.first_bps, second_bps)
            plan.second_bps = second_bps
        case PlanField.DAYS:
            plan.return_days = read_return_days(text)
        case PlanField.ORDER:
            plan.order_cap_amount = read_bound(text, currency)
        case PlanField.MONTH:
            plan.month_cap_amount = read_bound(text, currency)
        case PlanField.PAIR:
            plan.pair_cap_amount = read_bound(text, currency)
        case PlanField.LEAST:
            plan.minimum_payout_amount = read_least(text, currency)


async def _locked(uow: UnitOfWork, group_id: int, *, now: datetime) -> Plan:
    # The group's row, since a plan that was never touched has none.
    await uow.groups.lock(group_id)
    return await plan_of(uow, group_id, now=now, lock=True)


async def _save(
    uow: UnitOfWork, plan: Plan, setting: str, *, on_cards: bool, by_id: int, now: datetime
) -> None:
    plan.changed_at, plan.changed_by_id = now, by_id
    await uow.plans.save(plan)
    if on_cards:
        # What a card says of its reward must be true from now on.
        group = await uow.groups.get(plan.group_id)
        live = await uow.picks.list_live(plan.group_id)
        await uow.outbox.add_cards({posted.id: group.chat_id for posted in live}, now=now)
    await uow.audit.add(
        "plan_changed",
        group_id=plan.group_id,
        person_id=by_id,
        now=now,
        details={
            "setting": setting,
            "is_active": plan.is_active,
            "first_bps": plan.first_bps,
            "second_bps": plan.second_bps,
        },
    )
