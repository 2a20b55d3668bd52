"""Orders that lapse, and late money, at their edges: teams, limits, prices, deadlines, other groups."""

from datetime import timedelta

import pytest

from bot.jobs.holds import lapse_due
from bot.rules.orders import Ask
from bot.rules.pricing import terms_of
from bot.services.payments.lapses import lapse_hold
from bot.services.pricing import NewPriceFor, change_price
from bot.services.teams import TeamWish
from bot.shop import Shop
from storage.models import Group, Hold, Order, OrderLine, OutboxEntry, Payment, Team, TeamMember
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import OrderState, PaymentMethod, PaymentStage, PaysWhen, TeamState
from tests.clock import Clock
from tests.factories import MEI_ID, make_person, make_pick, make_request, make_twin, next_update
from tests.services.money import make_paid_group, pays, refunds_of
from tests.services.rows import rows_of

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
async def group(shop: Shop) -> Group:
    """A group in which everything is paid as it is ordered."""
    group = await make_paid_group(shop, PaymentMethod.TRANSFER)
    async with shop.writing() as uow:
        group.pays_when = PaysWhen.NOW
        await uow.groups.save(group)
    return group


async def orders(shop: Shop, posted: PostedPick, person: Seen, quantity: int = 1) -> int:
    ask = Ask(action="change", items=((None, quantity),))
    await shop.orders.submit(make_request(posted, ask, person=person))
    async with shop.reading() as uow:
        return (await uow.orders.load([(posted.id, person.id)]))[posted.id, person.id].id


async def lapses(shop: Shop, clock: Clock) -> None:
    clock.advance(TEN_MINUTES)
    assert await lapse_due(shop) == 1


async def test_nothing_lapses_early_or_under_somebodys_hands(shop: Shop, clock: Clock, group: Group) -> None:
    """Whatever the list of what is due said a moment ago."""
    ann = make_person()
    order_id = await orders(shop, await make_pick(shop, group=group), ann)
    async with shop.writing() as uow:
        assert not await lapse_hold(uow, order_id, now=clock.now())
        assert not await lapse_hold(uow, 999_999, now=clock.now())
        payment = Payment(
            group_id=group.id,
            order_id=order_id,
            person_id=ann.id,
            method=PaymentMethod.CARD,
            stage=PaymentStage.PAYING,
            amount=1290,
            currency="EUR",
            created_at=clock.now(),
            expires_at=clock.now() + 2 * TEN_MINUTES,
        )
        await uow.payments.add(payment)
    clock.advance(TEN_MINUTES)
    async with shop.writing() as uow:
        assert not await lapse_hold(uow, order_id, now=clock.now())
    assert len(await rows_of(shop, Hold)) == 1


async def test_whoever_lapses_leaves_her_team(shop: Shop, clock: Clock, group: Group) -> None:
    honey = await make_pick(shop, group=group, team_price_amount=990)
    async with shop.writing() as uow:
        pick = (await uow.picks.load([honey.id]))[honey.id].pick
        pick.pays_when = PaysWhen.NOW
        await uow.picks.save(pick)
    ann, bob = make_person("Ann"), make_person("Bob")
    first = await shop.join_team(TeamWish(update_id=next_update(), person=ann, pick_id=honey.id))
    clock.advance(timedelta(minutes=5))
    team_id = first.team.id
    await shop.join_team(TeamWish(update_id=next_update(), person=bob, pick_id=honey.id, team_id=team_id))
    clock.advance(timedelta(minutes=5))
    assert await lapse_due(shop) == 1

    [team] = await rows_of(shop, Team)
    assert (team.state, team.leader_id) == (TeamState.OPEN, bob.id)
    assert [seat.person_id for seat in await rows_of(shop, TeamMember)] == [bob.id]
    gone = next(order for order in await rows_of(shop, Order) if order.person_id == ann.id)
    assert (gone.state, gone.team_id) == (OrderState.CANCELLED, None)
    await pays(shop, gone.id or 0, ann, 990)
    assert [refund.amount for refund in await refunds_of(shop, gone.id or 0)] == [990], (
        "that was a team's price"
    )


async def dearer(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await change_price(
            uow,
            posted.id,
            terms_of(1500),
            applies_to=NewPriceFor.LATER_ORDERS,
            by_id=MEI_ID,
            now=shop.now(),
        )


async def test_whoever_lapses_keeps_no_older_price(shop: Shop, clock: Clock, group: Group) -> None:
    honey, ann = await make_pick(shop, group=group), make_person()
    order_id = await orders(shop, honey, ann)
    await dearer(shop, honey)
    await lapses(shop, clock)
    assert await orders(shop, honey, ann) == order_id
    [line] = await rows_of(shop, OrderLine)
    assert line.unit_amount == 1500
    await orders(shop, honey, ann)


async def test_nothing_comes_back_at_an_older_price(shop: Shop, clock: Clock, group: Group) -> None:
    honey, ann = await make_pick(shop, group=group), make_person()
    order_id = await orders(shop, honey, ann)
    await lapses(shop, clock)
    await dearer(shop, honey)
    await pays(shop, order_id, ann, 1290)
    assert await rows_of(shop, OrderLine) == []
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [1290]


async def test_nothing_comes_back_after_the_deadline(shop: Shop, clock: Clock, group: Group) -> None:
    """Not even before the sweep has closed the pick."""
    honey, ann = await make_pick(shop, group=group, lasts=timedelta(minutes=15)), make_person()
    order_id = await orders(shop, honey, ann)
    await lapses(shop, clock)
    clock.advance(timedelta(minutes=5))
    await pays(shop, order_id, ann, 1290)
    assert await rows_of(shop, OrderLine) == []
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [1290]


async def test_nothing_comes_back_beyond_the_limit(shop: Shop, clock: Clock, group: Group) -> None:
    honey, ann = await make_pick(shop, group=group, limit_per_person=2), make_person()
    twin = await make_twin(shop, honey)
    order_id = await orders(shop, honey, ann, 2)
    async with shop.writing() as uow:
        await uow.outbox.claim(
            [row.id or 0 for row in await waiting_cards(shop)], now=clock.now(), hold=TEN_MINUTES
        )
    await lapses(shop, clock)
    shown = {row.subject_id for row in await waiting_cards(shop) if row.merge_key}
    assert shown == {honey.id, twin.id}, "what is free again is free in both groups"
    await orders(shop, twin, ann)
    await pays(shop, order_id, ann, 2580)
    assert [line.quantity for line in await rows_of(shop, OrderLine)] == [1]
    assert [refund.amount for refund in await refunds_of(shop, order_id)] == [2580]


async def waiting_cards(shop: Shop) -> list[OutboxEntry]:
    return [row for row in await rows_of(shop, OutboxEntry) if row.kind == "card"]
