"""What people earn by others' orders: reckoned anew when those change, released after the return window."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.rules import ledger
from bot.rules.commissions import base, earners, month_of, next_notice, split, standing, within
from storage.repositories.commission_reckonings import CommissionKey, FrozenCommission
from storage.repositories.ledger import AccountKey
from storage.repositories.outbox import Priority
from storage.repositories.payments import OrderMoney
from storage.states import (
    AccountKind,
    OrderState,
    OutboxKind,
    TouchSource,
    TransactionKind,
)
from storage.unit_of_work import UnitOfWork

Month = tuple[int, str, datetime, datetime]
"""A group, a currency, and when a calendar month begins there and ends."""


@dataclass(kw_only=True)
class Taken:
    """What people have accrued so far of what bounds allow, in minor units."""

    #: By month and earner.
    in_month: dict[Month, dict[int, int]] = field(default_factory=dict)
    #: By group and currency, then by earner and buyer.
    by_pair: dict[tuple[int, str], dict[tuple[int, int], int]] = field(default_factory=dict)


async def freeze_anew(uow: UnitOfWork, order_id: int, *, now: datetime) -> None:
    """Who is known to have recommended an order has changed since it was placed: so does who earns by it.

    By the plan as it stands now; once the order is completed or cancelled nothing changes any more.
    """
    found = await uow.commissions.find_placed(order_id)
    if found is None or found[1] not in (OrderState.PLACED, OrderState.CONFIRMED):
        return
    order, _ = found
    touch = await uow.shares.find_touch(order.pick_id, order.buyer_id)
    is_told = touch is not None and touch.recommender_id == order.recommender_id
    told = touch.source if touch is not None and is_told else TouchSource.OPENED
    if await uow.commissions.thaw([order_id]):
        # Goods were taken back just now: what accrued goes back first, or its earner would keep her place.
        await reckon_commissions(uow, [order_id], now=now)
        if await uow.commissions.thaw([order_id]):
            return
    openings = await uow.commissions.openings([order])
    barred = await uow.commissions.barred(openings)
    earning = [(one, earners(one, told, barred=barred.get(one.group_id, ()))) for one in openings]
    await uow.commissions.freeze(earning, expected={}, now=now)


async def reckon_commissions(uow: UnitOfWork, order_ids: Collection[int], *, now: datetime) -> int:
    """Reckon anew what is earned by these locked orders, as far as nobody else does; returns how many are.

    Doing so twice changes nothing. The ledger follows, and earners are told.
    """
    found = await uow.reckonings.lock(order_ids)
    money = await uow.payments.money({one.order_id for one in found})
    wanted = _wanted(found, money, now=now)
    taken = await _taken(uow, found, wanted)
    reckoned = [_bounded(before, after, taken) for before, after in zip(found, wanted, strict=True)]
    changed = [(b, a) for b, a in zip(found, reckoned, strict=True) if b.accrued_amount != a.accrued_amount]
    await _post(uow, changed, now=now)
    await uow.reckonings.save(reckoned)
    await _make_room(
        uow, [after for before, after in changed if after.accrued_amount < before.accrued_amount], now=now
    )
    await _tell(uow, [after for _, after in changed], now=now)
    return len({one.order_id for one in found})


async def release_due(
    uow: UnitOfWork, *, now: datetime, limit: int, after: CommissionKey = (0, 0)
) -> tuple[int, CommissionKey | None]:
    """What has accrued and can no longer be given back falls due; behind this key, so many at once.

    A first reward waits while a suspicion is open about its earner, all of them while rewards are withheld
    from her, and whatever is earned by an order about which a case is open. Returns how many fell due, and
    behind which key to go on, if there are more.
    """
    found = await uow.reckonings.list_due(now=now, limit=limit, after=after)
    by_group: dict[int, set[int]] = defaultdict(set)
    for one in found:
        by_group[one.group_id].add(one.earner_id)
    held = {
        (group_id, person_id)
        for group_id, people in sorted(by_group.items())
        for person_id in await _held_back(uow, group_id, people)
    }
    free = [(one.order_id, one.level) for one in found if (one.group_id, one.earner_id) not in held]
    released = await uow.reckonings.release(free, now=now)
    keys = {(one.order_id, one.level) for one in released}
    fell_due = await uow.reckonings.lock({order_id for order_id, _ in keys})
    await _tell(uow, [one for one in fell_due if one.key in keys and one.accrued_amount], now=now)
    last = (found[-1].order_id, found[-1].level) if len(found) == limit else None
    return len(released), last


async def _held_back(uow: UnitOfWork, group_id: int, people: Collection[int]) -> set[int]:
    withheld = await uow.flags.withheld(group_id, people)
    suspected = await uow.flags.suspected(group_id, people)
    return withheld | (suspected - await uow.reckonings.were_rewarded(group_id, suspected))


def _wanted(
    found: Sequence[FrozenCommission], money: Mapping[int, OrderMoney], *, now: datetime
) -> list[FrozenCommission]:
    """These commissions as the facts of their orders want them, before the bounds of their earners."""
    of_order: dict[int, list[FrozenCommission]] = defaultdict(list)
    for one in found:
        of_order[one.order_id].append(one)
    wanted = []
    for order_id, levels in of_order.items():
        facts = base(money[order_id], pays_none=levels[0].pays_none)
        if facts is None:
            wanted += levels
            continue
        rates = [one.bps for one in levels]
        expected = split(facts.expected_amount, rates, cap_amount=levels[0].order_cap_amount)
        earned = split(facts.earned_amount, rates, cap_amount=levels[0].order_cap_amount)
        wanted += [
            replace(
                one,
                **standing(
                    one, facts.state, expected_amount=in_the_end, earned_amount=by_now, now=now
                )._asdict(),
            )
            for one, in_the_end, by_now in zip(levels, expected, earned, strict=True)
        ]
    return wanted


def _month(one: FrozenCommission) -> Month | None:
    if one.accrued_at is None:
        return None
    return one.group_id, one.currency, *month_of(one.accrued_at, one.time_zone)


async def _taken(
    uow: UnitOfWork, found: Sequence[FrozenCommission], wanted: Sequence[FrozenCommission]
) -> Taken:
    """What is taken of the bounds that matter, with the accounts locked of whomever they bound."""
    taken = Taken()
    grown = [a for b, a in zip(found, wanted, strict=True) if a.accrued_amount > 0 and a != b]
    bounded = [one for one in grown if one.month_cap_amount is not None or one.pair_cap_amount is not None]
    if not bounded:
        return taken
    await uow.ledger.lock(
        {AccountKey(one.group_id, one.earner_id, AccountKind.EARNINGS, one.currency) for one in bounded}
    )
    months: dict[Month, set[int]] = defaultdict(set)
    pairs: dict[tuple[int, str], set[tuple[int, int]]] = defaultdict(set)
    for one in bounded:
        month = _month(one)
        if one.month_cap_amount is not None and month is not None:
            months[month].add(one.earner_id)
        if one.pair_cap_amount is not None:
            pairs[one.group_id, one.currency].add((one.earner_id, one.buyer_id))
    for (group_id, currency, begins, ends), people in months.items():
        taken.in_month[group_id, currency, begins, ends] = await uow.reckonings.month_totals(
            group_id, people, currency, begins=begins, ends=ends
        )
    for (group_id, currency), both in pairs.items():
        taken.by_pair[group_id, currency] = await uow.reckonings.pair_totals(group_id, both, currency)
    return taken


def _bounded(before: FrozenCommission, after: FrozenCommission, taken: Taken) -> FrozenCommission:
    """A commission within what its earner's bounds leave, which are taken up by so much."""
    month, earlier = _month(after), _month(before)
    in_month = taken.in_month.get(month, {}) if month is not None else {}
    by_pair = taken.by_pair.get((after.group_id, after.currency), {})
    pair = after.earner_id, after.buyer_id
    others_in_month = in_month.get(after.earner_id, 0) - (before.accrued_amount if month == earlier else 0)
    others_by_pair = by_pair.get(pair, 0) - before.accrued_amount
    amount = within(
        after.accrued_amount,
        accrued_amount=before.accrued_amount if month == earlier else 0,
        rooms=(
            None if after.month_cap_amount is None else after.month_cap_amount - others_in_month,
            None if after.pair_cap_amount is None else after.pair_cap_amount - others_by_pair,
        ),
    )
    if month in taken.in_month:
        in_month[after.earner_id] = others_in_month + amount
    if after.pair_cap_amount is not None:
        by_pair[pair] = others_by_pair + amount
    return replace(after, accrued_amount=amount)


async def _post(
    uow: UnitOfWork, changed: Iterable[tuple[FrozenCommission, FrozenCommission]], *, now: datetime
) -> None:
    earned: dict[tuple[int, str], dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for before, after in changed:
        more = after.accrued_amount - before.accrued_amount
        earned[after.group_id, after.currency][after.order_id].append((after.earner_id, more))
    for (group_id, currency), orders in sorted(earned.items()):
        facts = {order_id: ledger.commissions(parts, currency) for order_id, parts in orders.items()}
        await uow.ledger.post_all(TransactionKind.COMMISSION, facts, group_id=group_id, now=now)


async def _make_room(uow: UnitOfWork, lowered: Iterable[FrozenCommission], *, now: datetime) -> None:
    """What was taken back leaves room under bounds, for what they had held back."""
    by_group: dict[int, list[FrozenCommission]] = defaultdict(list)
    for one in lowered:
        if one.month_cap_amount is not None or one.pair_cap_amount is not None:
            by_group[one.group_id].append(one)
    for group_id, some in sorted(by_group.items()):
        await uow.reckonings.mark_bounded_stale(
            group_id, {one.earner_id for one in some}, but=[one.key for one in some], now=now
        )


async def _tell(uow: UnitOfWork, changed: Iterable[FrozenCommission], *, now: datetime) -> None:
    """Earners hear of it once a day, all of it in one quiet message."""
    rows: dict[int, dict[str, Any]] = {}
    for one in changed:
        if one.private_is_open:
            rows[one.earner_id] = {
                "kind": OutboxKind.EARNINGS,
                "chat_id": one.earner_id,
                "subject_id": one.group_id,
                "payload": {"since": now.isoformat()},
                "merge_key": f"{OutboxKind.EARNINGS}:{one.earner_id}",
                "priority": int(Priority.BROADCAST),
                "due_at": next_notice(now, one.time_zone),
            }
    await uow.outbox.add_all([rows[person_id] for person_id in sorted(rows)], now=now)
