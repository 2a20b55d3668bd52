"""What people of Beidian shared and bought, replayed in one group: shares bring and recommend, purchases pay.

The data names people and items by numbers alone and says nothing of prices and times: each item has one fixed
price here, and everything happens in the order of the file.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlmodel import SQLModel

from bot.jobs.commissions import reckon_stale
from bot.rules.orders import Ask
from bot.services.groups import SeenChat, welcome_group
from bot.services.members import join_group
from bot.services.orders.requests import OrderRequest
from bot.shop import Shop
from storage.models import Commission, Offer, Order, Pick, Plan, Variant
from storage.repositories.members import Seen
from storage.states import FulfilmentState, OrderState, PickState, TouchSource
from storage.tables import table

FIRST_BPS: Final = 1_000
SECOND_BPS: Final = 333
ORDER_CAP_AMOUNT: Final = 700

_CHAT_ID: Final = -1001
_TITLE: Final = "Item "
_TOGETHER: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class Beidian:
    """Who shared which item with whom, and who bought which, each in the order of its file."""

    shares: Sequence[tuple[int, int, int]]
    purchases: Sequence[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What a replay came to."""

    group_id: int
    edges: int
    loops: int
    orders: int
    #: By how many of them somebody earns.
    reckoned: int
    #: The seconds that placing and reckoning took.
    placing: float
    reckoning: float


def read(folder: Path) -> Beidian:
    """The data as it was published; each share is stored in both directions, of which the first counts."""
    rows = [_numbers(line) for line in (folder / "social.share").read_text().splitlines()]
    bought = [_numbers(line) for line in (folder / "data.train").read_text().splitlines()]
    return Beidian(
        shares=[(row[0], row[1], row[2]) for row in rows[::2]],
        purchases=[(row[0], row[1]) for row in bought],
    )


def price_of(item: int) -> int:
    """An item's fixed price in minor units."""
    return 100 + item * 37 % 9_900


def person_of(user: int) -> Seen:
    """A user as somebody on Telegram; their numbers begin at nothing."""
    return Seen(id=user + 1, name=f"User {user}", username=None, language="en")


@dataclass(frozen=True, kw_only=True)
class Earned:
    """What the data comes to, worked out from it alone and without anything of the bot."""

    #: Who brought whom.
    edges: Mapping[int, int]
    loops: int
    #: What each order (user, item) earns whom on which level.
    commissions: Mapping[tuple[int, int, int], tuple[int, int]]


def expected(data: Beidian) -> Earned:
    """Who earns how much by each purchase, by the rules as they are written down for members."""
    brought: dict[int, int] = {}
    loops = 0
    for by, user, _item in data.shares:
        if user in brought:
            continue
        above: int | None = by
        while above is not None and above != user:
            above = brought.get(above)
        if above == user:
            loops += 1
        else:
            brought[user] = by
    told = {(user, item): by for by, user, item in data.shares}
    earned: dict[tuple[int, int, int], tuple[int, int]] = {}
    for user, item in data.purchases:
        first = told.get((user, item), brought.get(user))
        second = brought.get(first) if first is not None else None
        if first is None:
            continue
        rates = [(first, FIRST_BPS)]
        if second is not None and second != user:
            rates.append((second, SECOND_BPS))
        whole = min(price_of(item) * sum(rate for _, rate in rates) // 10_000, ORDER_CAP_AMOUNT)
        # To the nearest cent, and what is exactly between two to the first.
        of_first = (2 * whole * FIRST_BPS + sum(rate for _, rate in rates)) // (
            2 * sum(rate for _, rate in rates)
        )
        for level, (who, amount) in enumerate(
            zip([who for who, _ in rates], [of_first, whole - of_first], strict=False), start=1
        ):
            earned[user, item, level] = (who, amount)
    return Earned(edges=brought, loops=loops, commissions=earned)


async def replay(shop: Shop, data: Beidian) -> Replay:
    """Replay shares and purchases: who was brought, who told whom, who bought, and what was earned by it."""
    group_id = await _group(shop)
    edges, loops = await _join(shop, group_id, data)
    picks = await _picks(shop, group_id, data)
    await _touch(shop, data, picks)
    began = time.perf_counter()
    await _buy(shop, data, picks)
    placed = time.perf_counter()
    await _hand_over_all(shop)
    handed_over = time.perf_counter()
    reckoned = 0
    while more := await reckon_stale(shop):
        reckoned += more
    return Replay(
        group_id=group_id,
        edges=edges,
        loops=loops,
        orders=len(data.purchases),
        reckoned=reckoned,
        placing=placed - began,
        reckoning=time.perf_counter() - handed_over,
    )


async def found(shop: Shop) -> dict[tuple[int, int, int], tuple[int, int]]:
    """What the bot says that each order (user, item) earns whom on which level."""
    commission, order, pick, offer = table(Commission), table(Order), table(Pick), table(Offer)
    query = (
        select(
            order.c.person_id,
            offer.c.title,
            commission.c.level,
            commission.c.earner_id,
            commission.c.accrued_amount,
        )
        .join(order, order.c.id == commission.c.order_id)
        .join(pick, pick.c.id == order.c.pick_id)
        .join(offer, offer.c.id == pick.c.offer_id)
    )
    async with shop.database.read.connect() as connection:
        rows = (await connection.execute(query)).all()
    return {
        (person_id - 1, int(title.removeprefix(_TITLE)), level): (earner_id - 1, amount)
        for person_id, title, level, earner_id, amount in rows
    }


async def _group(shop: Shop) -> int:
    chat = SeenChat(id=_CHAT_ID, title="Beidian", username=None, is_forum=False)
    async with shop.writing() as uow:
        group, _ = await welcome_group(uow, chat, language="en", bot_is_admin=True, now=shop.now())
        assert group.id is not None
        plan = Plan(
            group_id=group.id,
            first_bps=FIRST_BPS,
            second_bps=SECOND_BPS,
            order_cap_amount=ORDER_CAP_AMOUNT,
            changed_at=shop.now(),
        )
        await uow.plans.save(plan)
    return group.id


async def _join(shop: Shop, group_id: int, data: Beidian) -> tuple[int, int]:
    """Whoever was shared something was brought by who shared it first; returns how many edges and loops."""
    edges = loops = 0
    async with shop.writing() as uow:
        users = {user for share in data.shares for user in share[:2]} | {user for user, _ in data.purchases}
        await uow.members.meet([person_of(user) for user in users], now=shop.now())
        await uow.members.enter(group_id, [person_of(user).id for user in users], now=shop.now())
        known: set[int] = set()
        for by, user, _item in data.shares:
            if user in known:
                continue
            person, referrer = person_of(user), person_of(by)
            brought = await join_group(
                uow, group_id, person, link_url=None, added_by=referrer, now=shop.now()
            )
            if brought is None:
                loops += 1
            else:
                edges += 1
                known.add(user)
    return edges, loops


async def _picks(shop: Shop, group_id: int, data: Beidian) -> dict[int, tuple[int, int]]:
    """A live pick for each item: the keys of it and of its sole variant."""
    items = sorted({item for _, item in data.purchases} | {item for _, _, item in data.shares})
    now, closes_at = shop.now(), shop.now() + timedelta(days=1)
    keys = {item: number for number, item in enumerate(items, start=1)}
    offers = [
        {"id": key, "title": f"{_TITLE}{item}", "price_amount": price_of(item)} for item, key in keys.items()
    ]
    shared: dict[type[SQLModel], dict[str, Any]] = {
        Offer: {"words": "", "currency": "EUR", "unit": "", "created_at": now},
        Variant: {"name": "", "position": 0, "sold": 0},
        Pick: {
            "group_id": group_id,
            "state": PickState.LIVE,
            "opens_at": now,
            "closes_at": closes_at,
            "next_order_number": 1,
            "order_count": 0,
            "quantity": 0,
        },
    }
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {
        Offer: offers,
        Variant: [{"id": key, "offer_id": key} for key in keys.values()],
        Pick: [{"id": key, "offer_id": key, "number": key} for key in keys.values()],
    }
    async with shop.writing() as uow:
        connection = await uow.picks._session.connection()
        for model, some in rows.items():
            await connection.execute(insert(table(model)), [{**shared[model], **row} for row in some])
    return {item: (key, key) for item, key in keys.items()}


async def _touch(shop: Shop, data: Beidian, picks: dict[int, tuple[int, int]]) -> None:
    """Each opened what was shared with them; what nobody bought then is of no account, and left out."""
    bought = set(data.purchases)
    async with shop.writing() as uow:
        for by, user, item in data.shares:
            if (user, item) in bought:
                await uow.shares.touch(
                    picks[item][0],
                    person_of(user).id,
                    person_of(by).id,
                    source=TouchSource.OPENED,
                    now=shop.now(),
                )


async def _buy(shop: Shop, data: Beidian, picks: dict[int, tuple[int, int]]) -> None:
    requests = [
        OrderRequest(
            update_id=number,
            person=person_of(user),
            chat_id=_CHAT_ID,
            pick_id=picks[item][0],
            ask=Ask(action="change", items=((picks[item][1], 1),)),
        )
        for number, (user, item) in enumerate(data.purchases, start=1)
    ]
    for start in range(0, len(requests), _TOGETHER):
        await asyncio.gather(*map(shop.orders.submit, requests[start : start + _TOGETHER]))


async def _hand_over_all(shop: Shop) -> None:
    """All picks are over, and all goods are where they belong."""
    now, order, pick = shop.now(), table(Order), table(Pick)
    over = update(pick).values(state=PickState.CLOSED, closed_at=now)
    given = update(order).values(
        state=OrderState.COMPLETED, fulfilment_state=FulfilmentState.HANDED_OVER, handed_over_at=now
    )
    async with shop.writing() as uow:
        connection = await uow.picks._session.connection()
        await connection.execute(over)
        await connection.execute(given)
        await connection.execute(update(table(Commission)).values(is_stale=True))


def _numbers(line: str) -> list[int]:
    return [int(part) for part in line.split(",")]
