"""Orders in batches: what is placed, refused, repeated, amended and taken back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlmodel import col

from bot.errors import (
    ButtonOutdated,
    NothingOrdered,
    NotInGroup,
    PickClosed,
    QuantityTooLarge,
    SoldOut,
    VariantMissing,
)
from bot.rules.orders import MOST_PER_PERSON, Ask
from bot.services.closing import close_pick
from bot.services.members import leave_group, open_private
from bot.services.orders.placing import place_orders
from bot.services.orders.requests import ACKNOWLEDGED, OrderPlaced, OrderRequest
from bot.shop import Shop
from storage.engine import Database, opened
from storage.models import Order, OrderEvent, OrderLine, OutboxEntry, Pick, PickupPoint, SeenUpdate, Variant
from storage.repositories.picks import PostedPick
from storage.states import OrderEventKind, OrderState, OutboxKind, Presence
from tests.clock import Clock
from tests.factories import make_group, make_person, make_pick, make_request, next_message, next_update

CANCEL = Ask(action="cancel")
NOTHING = Ask(action="nothing")


def more(quantity: int = 1, variant_id: int | None = None) -> Ask:
    return Ask(action="change", items=((variant_id, quantity),))


def exactly(quantity: int, variant_id: int | None = None) -> Ask:
    return Ask(action="set", items=((variant_id, quantity),))


def key_of(posted: PostedPick, name: str) -> int:
    return next(kind.id for kind in posted.variants if kind.name == name and kind.id is not None)


async def place(shop: Shop, *requests: OrderRequest) -> list[OrderPlaced | Exception]:
    """All in one transaction, as the group commit does."""
    async with shop.writing() as uow:
        return await place_orders(uow, requests, now=shop.now())


async def placed(shop: Shop, request: OrderRequest) -> OrderPlaced:
    [result] = await place(shop, request)
    assert isinstance(result, OrderPlaced), result
    return result


async def refused(shop: Shop, request: OrderRequest) -> Exception:
    [result] = await place(shop, request)
    assert isinstance(result, Exception), result
    return result


async def totals(database: Database, posted: PostedPick) -> tuple[int, int, int]:
    """What the pick says of its orders and pieces, and what its variants say is sold."""
    async with database.read.connect() as connection:
        pick = select(col(Pick.order_count), col(Pick.quantity)).where(col(Pick.id) == posted.id)
        sold = select(func.sum(col(Variant.sold))).where(col(Variant.offer_id) == posted.offer.id)
        orders, pieces = (await connection.execute(pick)).one()
        return orders, pieces, int((await connection.execute(sold)).scalar_one())


async def outbox(database: Database, kind: OutboxKind) -> list[OutboxEntry]:
    async with database.read.connect() as connection:
        rows = await connection.execute(
            select(OutboxEntry.__table__)  # type: ignore[attr-defined]
            .where(col(OutboxEntry.kind) == kind)
            .order_by(col(OutboxEntry.id))
        )
        return [OutboxEntry(**row._mapping) for row in rows]


async def count(database: Database, model: type) -> int:
    async with database.read.connect() as connection:
        return int((await connection.execute(select(func.count()).select_from(model))).scalar_one())


async def test_a_batch_of_many_gives_everybody_her_own_order(shop: Shop, database: Database) -> None:
    honey, tea = await make_pick(shop, stock=None), await make_pick(shop, title="Tea", stock=None)
    people = [make_person(f"Person {n}") for n in range(40)]
    asks = [make_request(honey if n % 2 else tea, more(n + 1), person=who) for n, who in enumerate(people)]

    results = await place(shop, *asks)

    assert [result.quantity for result in results if isinstance(result, OrderPlaced)] == [*range(1, 41)]
    assert await totals(database, honey) == (20, sum(range(2, 41, 2)), sum(range(2, 41, 2)))
    assert await totals(database, tea) == (20, sum(range(1, 41, 2)), sum(range(1, 41, 2)))
    async with database.read.connect() as connection:
        numbers = select(col(Order.number)).where(col(Order.pick_id) == honey.id)
        assert sorted((await connection.execute(numbers)).scalars()) == [*range(1, 21)]


async def test_a_batch_touches_each_card_once(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop)
    await place(shop, *(make_request(honey, more()) for _ in range(5)))
    [card] = await outbox(database, OutboxKind.CARD)
    assert (card.subject_id, card.chat_id) == (honey.id, honey.group.chat_id)


async def test_the_same_person_can_ask_twice_in_one_batch(shop: Shop, database: Database) -> None:
    honey, ann = await make_pick(shop), make_person()
    first, second = await place(
        shop, make_request(honey, more(2), person=ann), make_request(honey, more(3), person=ann)
    )
    assert isinstance(first, OrderPlaced)
    assert isinstance(second, OrderPlaced)
    assert (first.quantity, second.quantity) == (2, 5)
    assert await totals(database, honey) == (1, 5, 5)


async def test_who_orders_and_cancels_in_one_batch_has_cancelled(shop: Shop, database: Database) -> None:
    honey, ann = await make_pick(shop), make_person()
    await place(shop, make_request(honey, more(2), person=ann), make_request(honey, CANCEL, person=ann))
    async with database.read.connect() as connection:
        assert (await connection.execute(select(col(Order.state)))).scalar_one() is OrderState.CANCELLED
    assert await totals(database, honey) == (0, 0, 0)


async def test_a_bad_ask_in_a_batch_harms_no_other(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop, stock=3)
    results = await place(
        shop,
        make_request(honey, more(2)),
        make_request(honey, more(2)),
        make_request(honey, CANCEL),
        make_request(honey, more(1)),
    )
    kinds = [type(result) for result in results]
    assert kinds == [OrderPlaced, SoldOut, NothingOrdered, OrderPlaced]
    assert await totals(database, honey) == (2, 3, 3)


async def test_an_update_that_comes_again_changes_nothing(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop)
    tap = make_request(honey, more(2))
    first, again = await placed(shop, tap), await placed(shop, tap)
    assert (first.quantity, again.quantity) == (2, 2)
    assert (first.changed, again.changed) == (True, False)
    assert await totals(database, honey) == (1, 2, 2)
    assert await count(database, OrderEvent) == 1


async def test_an_update_that_comes_twice_in_one_batch_counts_once(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop)
    tap = make_request(honey, more(2))
    first, again = await place(shop, tap, tap)
    assert isinstance(first, OrderPlaced)
    assert isinstance(again, OrderPlaced)
    assert (first.quantity, again.quantity) == (2, 2)
    assert await totals(database, honey) == (1, 2, 2)


async def test_a_whole_batch_that_comes_again_changes_nothing(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop, stock=10)
    taps = [make_request(honey, more(1)) for _ in range(15)]
    await place(shop, *taps)
    before = await totals(database, honey)
    await place(shop, *taps)
    assert await totals(database, honey) == before == (10, 10, 10)


async def test_of_two_hundred_buyers_the_first_fifty_get_the_fifty(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop, stock=50)
    results = await asyncio.gather(
        *(shop.orders.submit(make_request(honey, more())) for _ in range(200)), return_exceptions=True
    )
    assert [type(result) for result in results] == [OrderPlaced] * 50 + [SoldOut] * 150
    assert await totals(database, honey) == (50, 50, 50)


async def test_two_workers_at_once_sell_no_more_than_there_is(
    shop: Shop, database: Database, database_url: str, clock: Clock
) -> None:
    honey = await make_pick(shop, stock=50)
    async with opened(database_url) as other_database:
        other = Shop(database=other_database, now=clock.now)
        results = await asyncio.gather(
            *(
                (shop, other)[n % 2].orders.submit(make_request(honey, more(), person=make_person(f"P{n}")))
                for n in range(200)
            ),
            return_exceptions=True,
        )
    kinds = [type(result) for result in results]
    assert (kinds.count(OrderPlaced), kinds.count(SoldOut)) == (50, 150)
    assert await totals(database, honey) == (50, 50, 50)


async def test_workers_at_several_picks_for_the_same_strangers_do_not_lock_each_other_out(
    shop: Shop, database_url: str, clock: Clock
) -> None:
    honey, tea = await make_pick(shop), await make_pick(shop, title="Tea")
    people = [make_person(f"P{n}") for n in range(10)]
    async with opened(database_url) as other_database:
        other = Shop(database=other_database, now=clock.now)
        mine = [make_request(honey, more(), person=who) for who in people]
        theirs = [make_request(tea, more(), person=who) for who in reversed(people)]
        results = await asyncio.gather(place(shop, *mine), place(other, *theirs))
    assert all(isinstance(result, OrderPlaced) for batch in results for result in batch)


@asynccontextmanager
async def no_commit_of(update_id: int, database: Database) -> AsyncIterator[None]:
    """As long as it lasts, what this update does can be written, and the COMMIT of it fails."""
    spoil, mend = _ON_SQLITE if database.is_sqlite else _ON_POSTGRESQL
    async with database.write.begin() as connection:
        for statement in spoil:
            await connection.exec_driver_sql(statement.format(update_id=update_id))
    try:
        yield
    finally:
        async with database.write.begin() as connection:
            await connection.exec_driver_sql(mend)


_ON_SQLITE = (
    (
        "CREATE TABLE spoilt (pick_id INTEGER REFERENCES pick(id) DEFERRABLE INITIALLY DEFERRED)",
        "CREATE TRIGGER spoil AFTER INSERT ON order_event WHEN new.update_id = {update_id} "
        "BEGIN INSERT INTO spoilt VALUES (-1); END",
    ),
    "DROP TRIGGER spoil",
)
_ON_POSTGRESQL = (
    (
        "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001'; END $$",
        "CREATE CONSTRAINT TRIGGER spoil AFTER INSERT ON order_event DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW WHEN (new.update_id = {update_id}) EXECUTE FUNCTION spoil()",
    ),
    "DROP FUNCTION spoil CASCADE",
)


async def test_what_could_not_be_committed_is_left_to_the_next(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop, stock=2)
    first, spoilt, last = (make_request(honey, more()) for _ in range(3))
    async with no_commit_of(spoilt.update_id, database):
        results = await asyncio.gather(
            *(shop.orders.submit(request) for request in (first, spoilt, last)), return_exceptions=True
        )
    assert [isinstance(result, OrderPlaced) for result in results] == [True, False, True]
    assert await totals(database, honey) == (2, 2, 2)
    # Telegram delivers it once more: it had no effect, so it is decided anew.
    with pytest.raises(SoldOut):
        await shop.orders.submit(spoilt)


class TestWhatAnOrderHolds:
    async def test_more_adds_and_less_takes(self, shop: Shop, database: Database) -> None:
        honey, ann = await make_pick(shop), make_person()
        await placed(shop, make_request(honey, more(3), person=ann))
        assert (await placed(shop, make_request(honey, more(-1), person=ann))).quantity == 2
        assert await totals(database, honey) == (1, 2, 2)

    async def test_less_than_nothing_is_nothing(self, shop: Shop, database: Database) -> None:
        honey, ann = await make_pick(shop), make_person()
        await placed(shop, make_request(honey, more(2), person=ann))
        assert (await placed(shop, make_request(honey, more(-5), person=ann))).lines == ()
        assert await totals(database, honey) == (0, 0, 0)

    async def test_a_number_alone_says_how_many_in_all(self, shop: Shop, database: Database) -> None:
        honey, ann = await make_pick(shop), make_person()
        await placed(shop, make_request(honey, more(3), person=ann))
        assert (await placed(shop, make_request(honey, exactly(2), person=ann))).quantity == 2
        assert await totals(database, honey) == (1, 2, 2)

    async def test_zero_cancels(self, shop: Shop, database: Database) -> None:
        honey, ann = await make_pick(shop), make_person()
        await placed(shop, make_request(honey, more(3), person=ann))
        assert (await placed(shop, make_request(honey, exactly(0), person=ann))).lines == ()
        async with database.read.connect() as connection:
            assert (await connection.execute(select(col(Order.state)))).scalar_one() is OrderState.CANCELLED

    async def test_who_cancels_and_orders_again_keeps_her_number(
        self, shop: Shop, database: Database
    ) -> None:
        honey, ann = await make_pick(shop), make_person()
        for ask in (more(1), CANCEL, more(4)):
            await placed(shop, make_request(honey, ask, person=ann))
        async with database.read.connect() as connection:
            orders = (await connection.execute(select(col(Order.number), col(Order.state)))).all()
            kinds = (
                await connection.execute(select(col(OrderEvent.kind)).order_by(col(OrderEvent.id)))
            ).scalars()
            assert [tuple(row) for row in orders] == [(1, OrderState.PLACED)]
            assert list(kinds) == [OrderEventKind.PLACED, OrderEventKind.CANCELLED, OrderEventKind.PLACED]
        assert await totals(database, honey) == (1, 4, 4)

    async def test_several_variants_in_one_ask(self, shop: Shop, database: Database) -> None:
        scarf = await make_pick(shop, variants={"red": 10, "blue": 5}, price_amount=500)
        red, blue = key_of(scarf, "red"), key_of(scarf, "blue")
        order = await placed(shop, make_request(scarf, Ask(action="change", items=((blue, 2), (red, 1)))))
        assert order.lines == (("red", 1), ("blue", 2))
        assert order.total.amount == 1500
        assert await totals(database, scarf) == (1, 3, 3)

    async def test_one_part_that_is_sold_out_leaves_the_whole_ask_undone(
        self, shop: Shop, database: Database
    ) -> None:
        scarf = await make_pick(shop, variants={"red": 10, "blue": 1})
        ask = Ask(action="change", items=((key_of(scarf, "red"), 1), (key_of(scarf, "blue"), 2)))
        refusal = await refused(shop, make_request(scarf, ask))
        assert isinstance(refusal, SoldOut)
        assert (refusal.variant, refusal.left) == ("blue", 1)
        assert await totals(database, scarf) == (0, 0, 0)

    async def test_what_one_gives_back_the_next_can_have(self, shop: Shop, database: Database) -> None:
        honey, ann = await make_pick(shop, stock=1), make_person()
        await placed(shop, make_request(honey, more(), person=ann))
        results = await place(
            shop,
            make_request(honey, more()),
            make_request(honey, CANCEL, person=ann),
            make_request(honey, more()),
        )
        assert [type(result) for result in results] == [SoldOut, OrderPlaced, OrderPlaced]
        assert await totals(database, honey) == (1, 1, 1)

    async def test_the_line_keeps_the_price_at_which_it_was_ordered(
        self, shop: Shop, database: Database
    ) -> None:
        honey = await make_pick(shop, price_amount=999)
        await placed(shop, make_request(honey, more(2)))
        async with database.read.connect() as connection:
            line = (
                await connection.execute(select(col(OrderLine.quantity), col(OrderLine.unit_amount)))
            ).one()
            assert tuple(line) == (2, 999)


class TestEdits:
    async def test_an_edit_replaces_what_the_message_had_ordered(
        self, shop: Shop, database: Database
    ) -> None:
        honey, ann, message = await make_pick(shop), make_person(), next_message()
        await placed(shop, make_request(honey, more(2), person=ann, message_id=message))
        edit = make_request(honey, more(3), person=ann, message_id=message, is_edit=True)
        assert (await placed(shop, edit)).quantity == 3
        assert await totals(database, honey) == (1, 3, 3)

    async def test_an_edit_leaves_alone_what_came_otherwise(self, shop: Shop, database: Database) -> None:
        honey, ann, message = await make_pick(shop), make_person(), next_message()
        await placed(shop, make_request(honey, more(5), person=ann))
        await placed(shop, make_request(honey, more(2), person=ann, message_id=message))
        await placed(shop, make_request(honey, more(1), person=ann))
        edit = make_request(honey, more(4), person=ann, message_id=message, is_edit=True)
        assert (await placed(shop, edit)).quantity == 5 + 1 + 4

    async def test_a_message_edited_often_counts_as_it_last_reads(
        self, shop: Shop, database: Database
    ) -> None:
        honey, ann, message = await make_pick(shop), make_person(), next_message()
        await placed(shop, make_request(honey, more(2), person=ann, message_id=message))
        for quantity in (5, 1, 7):
            edit = make_request(honey, more(quantity), person=ann, message_id=message, is_edit=True)
            assert (await placed(shop, edit)).quantity == quantity
        assert await totals(database, honey) == (1, 7, 7)

    async def test_a_message_and_its_edit_in_one_batch_count_once(
        self, shop: Shop, database: Database
    ) -> None:
        honey, ann, message = await make_pick(shop), make_person(), next_message()
        await place(
            shop,
            make_request(honey, more(2), person=ann, message_id=message),
            make_request(honey, more(3), person=ann, message_id=message, is_edit=True),
            make_request(honey, more(4), person=ann, message_id=message, is_edit=True),
        )
        assert await totals(database, honey) == (1, 4, 4)

    async def test_an_edit_to_another_variant_moves_the_order(self, shop: Shop, database: Database) -> None:
        scarf = await make_pick(shop, variants={"red": 10, "blue": 5})
        ann, message = make_person(), next_message()
        await placed(shop, make_request(scarf, more(2, key_of(scarf, "red")), person=ann, message_id=message))
        edit = make_request(
            scarf, more(1, key_of(scarf, "blue")), person=ann, message_id=message, is_edit=True
        )
        assert (await placed(shop, edit)).lines == (("blue", 1),)
        assert await totals(database, scarf) == (1, 1, 1)

    async def test_an_edit_to_talk_takes_the_order_back_with_its_reaction(
        self, shop: Shop, database: Database
    ) -> None:
        honey, ann, message = await make_pick(shop), make_person(), next_message()
        await placed(shop, make_request(honey, more(2), person=ann, message_id=message))
        talk = make_request(honey, NOTHING, person=ann, message_id=message, is_edit=True)
        assert (await placed(shop, talk)).lines == ()
        assert await totals(database, honey) == (0, 0, 0)
        reactions = [row.payload for row in await outbox(database, OutboxKind.REACTION)]
        assert reactions == [
            {"message_id": message, "emoji": ACKNOWLEDGED},
            {"message_id": message, "emoji": None},
        ]

    async def test_an_edit_of_a_message_that_set_the_quantity_brings_the_old_one_back(
        self, shop: Shop
    ) -> None:
        honey, ann, message = await make_pick(shop), make_person(), next_message()
        await placed(shop, make_request(honey, more(5), person=ann))
        await placed(shop, make_request(honey, exactly(2), person=ann, message_id=message))
        talk = make_request(honey, NOTHING, person=ann, message_id=message, is_edit=True)
        assert (await placed(shop, talk)).quantity == 5

    async def test_an_edit_of_ordinary_talk_says_and_stores_nothing(
        self, shop: Shop, database: Database
    ) -> None:
        honey = await make_pick(shop)
        talk = make_request(honey, NOTHING, message_id=next_message(), is_edit=True)
        assert not (await placed(shop, talk)).changed
        assert await outbox(database, OutboxKind.REACTION) == []
        assert await count(database, Order) == 0

    async def test_an_edit_that_finds_nothing_left_keeps_the_order_as_it_was(
        self, shop: Shop, database: Database
    ) -> None:
        honey, ann, message = await make_pick(shop, stock=3), make_person(), next_message()
        await placed(shop, make_request(honey, more(2), person=ann, message_id=message))
        edit = make_request(honey, more(4), person=ann, message_id=message, is_edit=True)
        assert isinstance(await refused(shop, edit), SoldOut)
        assert await totals(database, honey) == (1, 2, 2)


class TestRefusals:
    async def test_a_pick_of_another_chat(self, shop: Shop, database: Database) -> None:
        honey, elsewhere = await make_pick(shop), await make_group(shop, title="Elsewhere")
        tap = make_request(honey, more(), chat_id=elsewhere.chat_id)
        assert isinstance(await refused(shop, tap), ButtonOutdated)
        assert await totals(database, honey) == (0, 0, 0)

    async def test_a_pick_that_is_not_there(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        tap = make_request(honey, more())
        gone = OrderRequest(
            update_id=tap.update_id, person=tap.person, chat_id=tap.chat_id, pick_id=999_999, ask=tap.ask
        )
        assert isinstance(await refused(shop, gone), ButtonOutdated)

    async def test_a_variant_of_another_pick(self, shop: Shop) -> None:
        honey, scarf = await make_pick(shop), await make_pick(shop, variants={"red": 1, "blue": 1})
        tap = make_request(honey, more(1, key_of(scarf, "red")))
        assert isinstance(await refused(shop, tap), ButtonOutdated)

    async def test_no_variant_where_there_are_several(self, shop: Shop) -> None:
        scarf = await make_pick(shop, variants={"red": 1, "blue": 1})
        refusal = await refused(shop, make_request(scarf, more()))
        assert isinstance(refusal, VariantMissing)
        assert refusal.variants == ("red", "blue")

    async def test_a_pick_past_its_deadline_though_no_job_has_closed_it(
        self, shop: Shop, clock: Clock
    ) -> None:
        honey = await make_pick(shop, lasts=timedelta(hours=1))
        clock.advance(timedelta(hours=1))
        assert isinstance(await refused(shop, make_request(honey, more())), PickClosed)

    async def test_a_closed_pick(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        async with shop.writing() as uow:
            await close_pick(uow, honey.id, now=shop.now())
        for ask in (more(), exactly(2), CANCEL):
            assert isinstance(await refused(shop, make_request(honey, ask)), PickClosed)

    async def test_more_than_one_person_may_order(self, shop: Shop) -> None:
        honey, ann = await make_pick(shop, stock=None), make_person()
        await placed(shop, make_request(honey, more(MOST_PER_PERSON), person=ann))
        assert isinstance(await refused(shop, make_request(honey, more(), person=ann)), QuantityTooLarge)

    async def test_nothing_to_cancel(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        assert isinstance(await refused(shop, make_request(honey, CANCEL)), NothingOrdered)
        assert isinstance(await refused(shop, make_request(honey, more(-1))), NothingOrdered)

    async def test_a_tap_by_someone_who_left(self, shop: Shop, database: Database) -> None:
        honey, ann = await make_pick(shop), make_person()
        await placed(shop, make_request(honey, more(), person=ann))
        async with shop.writing() as uow:
            await leave_group(uow, honey.pick.group_id, ann, now=shop.now())
        assert isinstance(await refused(shop, make_request(honey, more(), person=ann)), NotInGroup)
        assert await totals(database, honey) == (1, 1, 1)

    async def test_someone_who_left_and_writes_is_back(self, shop: Shop) -> None:
        honey, ann = await make_pick(shop), make_person()
        async with shop.writing() as uow:
            await uow.members.meet([ann], now=shop.now())
            await uow.members.enter(honey.pick.group_id, [ann.id], now=shop.now())
            await leave_group(uow, honey.pick.group_id, ann, now=shop.now())
        await placed(shop, make_request(honey, more(), person=ann, message_id=next_message()))
        async with shop.reading() as uow:
            member = await uow.members.find_member(honey.pick.group_id, ann.id)
        assert member is not None
        assert member.presence is Presence.JOINED

    async def test_a_refused_message_is_left_unseen_so_that_its_answer_can_be_written(
        self, shop: Shop, database: Database
    ) -> None:
        honey = await make_pick(shop, stock=1)
        written = make_request(honey, more(2), message_id=next_message())
        await refused(shop, written)
        assert await count(database, SeenUpdate) == 0
        assert await outbox(database, OutboxKind.REACTION) == []
        async with shop.handling(written.update_id):
            pass
        assert await count(database, SeenUpdate) == 1

    async def test_a_refused_tap_is_done_with(self, shop: Shop, database: Database) -> None:
        honey = await make_pick(shop, stock=1)
        await refused(shop, make_request(honey, more(2)))
        assert await count(database, SeenUpdate) == 1

    async def test_a_refusal_carries_the_language_that_its_reader_chose(self, shop: Shop) -> None:
        honey, ann = await make_pick(shop, stock=1), make_person(language="en")
        async with shop.writing() as uow:
            await open_private(uow, ann, now=shop.now())
            await uow.members.choose_language(ann.id, "ru")
        refusal = await refused(shop, make_request(honey, more(2), person=ann))
        assert isinstance(refusal, SoldOut)
        assert refusal.language == "ru"
        stranger = await refused(shop, make_request(honey, more(2), person=make_person(language="es")))
        assert isinstance(stranger, SoldOut)
        assert stranger.language == "es"


async def test_an_acknowledged_message_gets_a_reaction_and_a_tap_does_not(
    shop: Shop, database: Database
) -> None:
    honey, message = await make_pick(shop), next_message()
    await placed(shop, make_request(honey, more()))
    await placed(shop, make_request(honey, more(), message_id=message))
    [reaction] = await outbox(database, OutboxKind.REACTION)
    assert reaction.payload == {"message_id": message, "emoji": ACKNOWLEDGED}
    assert reaction.chat_id == honey.group.chat_id


async def test_an_order_without_change_is_acknowledged_but_moves_nothing(
    shop: Shop, database: Database
) -> None:
    honey, ann = await make_pick(shop), make_person()
    await placed(shop, make_request(honey, more(2), person=ann))
    same = await placed(shop, make_request(honey, exactly(2), person=ann, message_id=next_message()))
    assert not same.changed
    assert len(await outbox(database, OutboxKind.REACTION)) == 1
    assert await count(database, OrderEvent) == 1


async def test_whoever_orders_is_a_member_from_then_on(shop: Shop) -> None:
    honey, ann = await make_pick(shop), make_person()
    await placed(shop, make_request(honey, more(), person=ann))
    async with shop.reading() as uow:
        standing = (await uow.members.standings(honey.pick.group_id, [ann.id]))[ann.id]
    assert standing.presence is Presence.JOINED


async def test_the_history_names_the_update_and_the_message(shop: Shop, database: Database) -> None:
    honey, update, message = await make_pick(shop), next_update(), next_message()
    await placed(shop, make_request(honey, more(2), update_id=update, message_id=message))
    async with database.read.connect() as connection:
        event = (
            await connection.execute(
                select(col(OrderEvent.update_id), col(OrderEvent.message_id), col(OrderEvent.changes))
            )
        ).one()
    assert tuple(event) == (update, message, {str(honey.variants[0].id): 2})


@pytest.mark.parametrize("quantity", [1, 3, 50])
async def test_a_batch_of_any_size_costs_the_same_commit(shop: Shop, quantity: int) -> None:
    honey = await make_pick(shop, stock=None)
    batches: list[int] = []
    shop.on_batch = lambda _what, size, _seconds: batches.append(size)
    await asyncio.gather(*(shop.orders.submit(make_request(honey, more())) for _ in range(quantity)))
    assert batches == [quantity]


async def test_orders_wake_the_sender_only_where_no_card_waits_yet(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop, stock=None)
    woken: list[int] = []
    shop.on_commit = lambda: woken.append(1)
    await shop.orders.submit(make_request(honey, more()))
    assert woken == []
    async with database.write.begin() as connection:
        await connection.execute(delete(OutboxEntry))
    await shop.orders.submit(make_request(honey, more()))
    await shop.orders.submit(make_request(honey, more()))
    assert woken == [1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_where_nothing_is_fetched_no_order_asks_for_points(shop: Shop, database: Database) -> None:
    honey = await make_pick(shop)
    asked: list[str] = []
    assert database.writer is not None
    async with database.writer.transaction() as connection:
        await connection.set_trace_callback(asked.append)
    asked.clear()
    await placed(shop, make_request(honey, more()))
    alone = len(asked)
    async with shop.writing() as uow:
        await uow.pickups.save_point(PickupPoint(group_id=honey.pick.group_id, name="Harbour"))
    asked.clear()
    await placed(shop, make_request(honey, more()))
    assert len(asked) == alone + 1
