"""Two workers that want the same rows at once wait for each other; neither is turned away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.coupon_errors import CodeUsedUp
from bot.rules.orders import Ask
from bot.services.coupons import enter_code
from bot.services.members import join_group
from bot.services.orders.placing import place_orders
from bot.services.promotions import pause
from bot.services.reactions import ReactionRequest, record_reactions
from bot.shop import Shop
from storage.engine import Database, opened
from storage.models import OutboxEntry
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import PromotionKind
from storage.unit_of_work import writing
from tests.factories import (
    make_group,
    make_person,
    make_pick,
    make_request,
    make_twin,
    next_message,
    next_update,
)
from tests.services.money import order_of
from tests.services.promotions import books_agree, make_coupons, make_promotion, stands
from tests.services.rows import rows_of

CHAT = -1_000_000_000_123


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Database]:
    """The same database as another worker opens it."""
    async with opened(database_url) as other:
        yield other


@pytest.fixture
def crowd() -> list[Seen]:
    return [make_person(f"Person {number}") for number in range(300)]


async def test_strangers_who_are_met_in_any_order(shop: Shop, other: Database, crowd: list[Seen]) -> None:
    async def meet(database: Database, people: list[Seen]) -> None:
        async with writing(database) as uow:
            await uow.members.meet(people, now=shop.now())

    await asyncio.gather(meet(shop.database, crowd), meet(other, crowd[::-1]))


async def test_cards_that_change_in_any_order(shop: Shop, other: Database) -> None:
    async def change(database: Database, picks: list[int]) -> None:
        async with writing(database) as uow:
            await uow.outbox.add_cards(dict.fromkeys(picks, CHAT), now=shop.now())

    picks = list(range(1, 800))
    await asyncio.gather(change(shop.database, picks), change(other, picks[::-1]))
    async with shop.reading() as uow:
        assert await uow.outbox.count_waiting() == len(picks)


async def test_people_who_join_one_group(shop: Shop, other: Database) -> None:
    group, inviter = await make_group(shop), make_person("Ann")
    assert group.id is not None

    async def join(database: Database) -> None:
        async with writing(database) as uow:
            await join_group(
                uow, group.id or 0, make_person(), link_url=None, added_by=inviter, now=shop.now()
            )

    await asyncio.gather(*(join(database) for database in (shop.database, other) * 6))
    async with shop.reading() as uow:
        assert await uow.chains.levels(group.id, inviter.id, limit=9) == {1: 12}


async def test_orders_and_reactions_of_the_same_strangers(
    shop: Shop, other: Database, crowd: list[Seen]
) -> None:
    honey = await make_pick(shop, message_id=next_message(), stock=None)

    async def order(people: list[Seen]) -> None:
        ask = Ask(action="change", items=((None, 1),))
        async with writing(shop.database) as uow:
            await place_orders(
                uow, [make_request(honey, ask, person=person) for person in people], now=shop.now()
            )

    async def react(people: list[Seen]) -> None:
        async with writing(other) as uow:
            await record_reactions(uow, [_heart(honey, person) for person in people], now=shop.now())

    for start in range(0, len(crowd), 60):
        people = crowd[start : start + 60]
        await asyncio.gather(order(people), react(people[::-1]))
    async with shop.reading() as uow:
        assert await uow.picks.reaction_counts(honey.id) == {"❤": len(crowd)}
        assert (await uow.picks.get(honey.id)).pick.quantity == len(crowd)


async def test_orders_on_two_picks_of_one_offer(shop: Shop, other: Database) -> None:
    honey = await make_pick(shop, message_id=next_message(), stock=None)
    twin = await make_twin(shop, honey)
    ask = Ask(action="change", items=((None, 1),))

    async def order_on_both() -> None:
        async with writing(shop.database) as uow:
            await place_orders(uow, [make_request(honey, ask), make_request(twin, ask)], now=shop.now())

    async with writing(other) as uow:
        # One of the picks is somebody else's already, and then she wants what both picks sell.
        await uow.picks.set_message(twin.id, next_message())
        ordering = asyncio.create_task(order_on_both())
        await until_somebody_waits(other)
        await uow.picks.load([twin.id], lock=True)
    await ordering
    async with shop.reading() as uow:
        both = [await uow.picks.get(key) for key in (honey.id, twin.id)]
    assert [(posted.pick.quantity, posted.variants[0].sold) for posted in both] == [(1, 2), (1, 2)]


async def test_whoever_changes_a_promotion_and_whoever_orders_by_it(shop: Shop, other: Database) -> None:
    group = await make_group(shop)
    honey = await make_pick(shop, group=group, message_id=next_message(), stock=None)
    promotion_id = await make_promotion(shop, group, kind=PromotionKind.FLASH_PRICE, unit_amount=1000)
    async with writing(other) as uow:
        # Its card is on its way, so that it is asked for anew.
        rows = [entry.id or 0 for entry in await rows_of(shop, OutboxEntry)]
        await uow.outbox.claim(rows, now=shop.now(), hold=timedelta(minutes=1))

    async def order() -> None:
        async with writing(shop.database) as uow:
            ask = Ask(action="change", items=((None, 1),))
            await place_orders(uow, [make_request(honey, ask)], now=shop.now())

    async with writing(other) as uow:
        await uow.promotion_terms.find(promotion_id, lock=True)
        ordering = asyncio.create_task(order())
        await until_somebody_waits(other)
        # Whoever waits for the promotion has asked for no card yet.
        await pause(uow, promotion_id, by_id=group.owner_id or 0, now=shop.now())
    await ordering
    assert await stands(shop, promotion_id) == (0, 0, 0)


async def test_many_enter_the_last_of_a_code(shop: Shop, other: Database) -> None:
    group = await make_group(shop)
    honey = await make_pick(shop, group=group, price_amount=1000, stock=None)
    offer = await make_promotion(shop, group, kind=PromotionKind.AMOUNT, amount=500, by_coupon=True)
    await make_coupons(shop, offer, "SPRING-5", uses_limit=1)
    people = [make_person() for _ in range(8)]
    for person in people:
        await order_of(shop, honey, person)

    async def enter(database: Database, person: Seen) -> None:
        with suppress(CodeUsedUp):
            async with writing(database) as uow:
                await enter_code(uow, person, "SPRING-5", now=shop.now())

    both = (shop.database, other)
    await asyncio.gather(*(enter(both[turn % 2], person) for turn, person in enumerate(people)))
    assert await stands(shop, offer) == (1, 0, 500)
    await books_agree(shop)


async def until_somebody_waits(database: Database) -> None:
    """Until a transaction waits for a row; SQLite has one writer at a time, who waits for none."""
    if database.is_sqlite:
        return
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    async with asyncio.timeout(30), database.read.connect() as connection:
        while not (await connection.execute(waits)).scalar_one():
            await connection.rollback()


def _heart(posted: PostedPick, person: Seen) -> ReactionRequest:
    return ReactionRequest(
        update_id=next_update(),
        person=person,
        chat_id=posted.group.chat_id,
        message_id=posted.pick.message_id or 0,
        emojis=("❤",),
    )
