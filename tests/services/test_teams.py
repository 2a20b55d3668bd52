"""Teams: who may join, what it costs, who leads, and what becomes of those that do not fill up."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.errors import (
    AlreadyDone,
    ButtonOutdated,
    NotInGroup,
    PickClosed,
    ShopError,
    SoldOut,
    VariantMissing,
)
from bot.jobs.teams import expire_due
from bot.rules.orders import Ask
from bot.rules.pricing import Terms
from bot.services.closing import close_pick
from bot.services.members import join_group, leave_group
from bot.services.orders.placing import place_orders
from bot.services.orders.requests import OrderPlaced
from bot.services.picks import extend_pick
from bot.services.pricing import NewPriceFor, change_price, prices_now
from bot.services.recalls import ByHand, lift, stop_by_hand
from bot.services.teams import (
    TeamWish,
    chance_of_completion,
    choose_fallback,
    expire_team,
    settle_teams,
)
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop, TeamJoined
from bot.team_errors import (
    InAnotherTeam,
    InThisTeam,
    OwnTeam,
    TeamDissolved,
    TeamFull,
    TeamNotCheaper,
    TeamOver,
    TeamSettled,
)
from storage.models import Order, OrderEvent, OrderLine, OutboxEntry, Pick, Team, TeamMember, Variant
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.repositories.teams import TeamEntry
from storage.states import OrderEventKind, OrderState, OutboxKind, PickState, TeamFallback, TeamState
from tests.clock import Clock
from tests.factories import make_group, make_person, make_pick, make_request, next_update

M = TypeVar("M", bound=SQLModel)

SOLO, TEAM = 1290, 990
A_DAY = timedelta(hours=24)


async def rows(shop: Shop, model: type[M]) -> list[M]:
    """Every row of a table, in the order of its keys."""
    keys = SQLModel.metadata.tables[str(model.__tablename__)].primary_key.columns
    async with AsyncSession(shop.database.read) as session:
        return list((await session.exec(select(model).order_by(*keys))).all())


async def honey(
    shop: Shop, *, lasts: timedelta = timedelta(days=3), size: int = 2, **more: Any
) -> PostedPick:
    return await make_pick(shop, team_price_amount=TEAM, team_size=size, lasts=lasts, **more)


async def joins(
    shop: Shop,
    pick: PostedPick,
    person: Seen,
    team: TeamEntry | None = None,
    *,
    kind: str | None = None,
    update_id: int | None = None,
    in_private: bool = False,
) -> TeamEntry:
    return (await takes(shop, pick, person, team, kind=kind, update_id=update_id, in_private=in_private)).team


async def takes(
    shop: Shop,
    pick: PostedPick,
    person: Seen,
    team: TeamEntry | None = None,
    *,
    kind: str | None = None,
    update_id: int | None = None,
    in_private: bool = False,
) -> TeamJoined:
    named = next((variant.id for variant in pick.variants if variant.name == kind), None)
    return await shop.join_team(
        TeamWish(
            update_id=next_update() if update_id is None else update_id,
            person=person,
            pick_id=pick.id,
            team_id=team.id if team else None,
            variant_id=named,
            private_message_id=1 if in_private else None,
        )
    )


async def orders(shop: Shop, pick: PostedPick, person: Seen, change: int = 1) -> OrderPlaced:
    return await shop.orders.submit(
        make_request(pick, Ask(action="change", items=((pick.variants[0].id, change),)), person=person)
    )


async def cancels(shop: Shop, pick: PostedPick, person: Seen) -> OrderPlaced:
    return await shop.orders.submit(make_request(pick, Ask(action="cancel"), person=person))


async def chooses(shop: Shop, team: TeamEntry, person: Seen, fallback: TeamFallback) -> None:
    async with shop.writing() as uow:
        await choose_fallback(uow, team.id, person.id, fallback, now=shop.now())


async def expires(shop: Shop, team: TeamEntry) -> bool:
    async with shop.writing() as uow:
        return await expire_team(uow, team.id, now=shop.now())


async def closes(shop: Shop, pick: PostedPick) -> None:
    async with shop.writing() as uow:
        await settle_teams(uow, pick.id, now=shop.now())
        await close_pick(uow, pick.id, now=shop.now())


async def reprices(shop: Shop, pick: PostedPick, amount: int) -> None:
    async with shop.writing() as uow:
        terms, whose = Terms(price_amount=amount), NewPriceFor.WHO_AGREES
        await change_price(uow, pick.id, terms, applies_to=whose, by_id=None, now=shop.now())


async def team_now(shop: Shop, team: TeamEntry) -> TeamEntry:
    async with shop.reading() as uow:
        return (await uow.teams.load([team.id]))[team.id]


async def unit_prices(shop: Shop) -> list[int]:
    return [line.unit_amount for line in await rows(shop, OrderLine)]


async def news(shop: Shop) -> list[tuple[int, str]]:
    """Whom something about teams is on its way to, and what."""
    told = [entry for entry in await rows(shop, OutboxEntry) if entry.kind is OutboxKind.TEAM]
    return [(entry.chat_id, (entry.payload or {})["news"]) for entry in told]


@pytest.fixture
def ann() -> Seen:
    return make_person("Ann")


@pytest.fixture
def ben() -> Seen:
    return make_person("Ben")


@pytest.fixture
def cem() -> Seen:
    return make_person("Cem")


async def test_two_people_fill_a_team_at_its_price(shop: Shop, ann: Seen, ben: Seen) -> None:
    pick = await honey(shop)

    opened = await joins(shop, pick, ann)
    assert (opened.state, opened.leader_id, len(opened.seats)) == (TeamState.OPEN, ann.id, 1)
    assert opened.expires_at == shop.now() + A_DAY
    filled = await joins(shop, pick, ben, opened)

    assert (filled.id, filled.state) == (opened.id, TeamState.COMPLETE)
    assert await unit_prices(shop) == [TEAM, TEAM]
    [stored] = await rows(shop, Pick)
    assert (stored.order_count, stored.quantity) == (2, 2)
    assert {order.team_id for order in await rows(shop, Order)} == {opened.id}
    kinds = [event.kind for event in await rows(shop, OrderEvent)]
    assert kinds == [OrderEventKind.PLACED, OrderEventKind.PLACED]
    assert await news(shop) == [(ann.id, "page"), (ann.id, "page"), (ben.id, "page")]


async def test_a_member_changes_her_order_and_keeps_the_price(shop: Shop, ann: Seen) -> None:
    pick = await honey(shop, variants={"red": 9, "blue": 9})
    team = await joins(shop, pick, ann, kind="red")

    more = await orders(shop, pick, ann)
    blue = make_request(pick, Ask(action="change", items=((pick.variants[1].id, 2),)), person=ann)
    most = await shop.orders.submit(blue)

    assert more.total.amount == 2 * TEAM
    assert (most.total.amount, most.at_most) == (4 * TEAM, None)
    assert await unit_prices(shop) == [TEAM, TEAM]
    assert (await team_now(shop, team)).state is TeamState.OPEN
    async with shop.reading() as uow:
        [order] = await rows(shop, Order)
        assert await prices_now(uow, {order.id or 0: pick.pick.offer_id}) == {order.id: TEAM}


async def test_whoever_had_ordered_alone_brings_her_order(shop: Shop, ann: Seen) -> None:
    pick = await honey(shop)
    await orders(shop, pick, ann, 3)

    team = await joins(shop, pick, ann)

    [line] = await rows(shop, OrderLine)
    assert (line.quantity, line.unit_amount) == (3, TEAM)
    assert [event.kind for event in await rows(shop, OrderEvent)][-1] is OrderEventKind.REPRICED
    [seat] = team.seats
    assert (seat.fallback, seat.solo_amount) == (TeamFallback.SOLO, SOLO), "she had agreed to it"


async def test_a_kind_must_be_named_where_there_are_several(shop: Shop, ann: Seen) -> None:
    pick = await honey(shop, variants={"red": 1, "blue": 9})

    with pytest.raises(VariantMissing):
        await joins(shop, pick, ann)
    assert await rows(shop, Team) == []
    await joins(shop, pick, ann, kind="red")
    with pytest.raises(SoldOut):
        await joins(shop, pick, make_person(), kind="red")
    assert len(await rows(shop, Team)) == 1, "no team without an order"


async def test_thirty_people_tap_on_one_seat(shop: Shop, ann: Seen) -> None:
    pick = await honey(shop, stock=100)
    team = await joins(shop, pick, ann)
    crowd = [make_person(f"Fan {n}") for n in range(30)]

    results = await asyncio.gather(*(joins(shop, pick, fan, team) for fan in crowd), return_exceptions=True)

    assert sum(isinstance(result, TeamEntry) for result in results) == 1
    assert sum(isinstance(result, TeamFull) for result in results) == 29
    assert len((await team_now(shop, team)).seats) == 2
    assert len(await rows(shop, TeamMember)) == len(await rows(shop, Order)) == 2
    [variant] = await rows(shop, Variant)
    assert variant.sold == 2


async def test_a_tap_that_is_delivered_again_changes_nothing(shop: Shop, ann: Seen) -> None:
    pick = await honey(shop)
    await joins(shop, pick, ann, update_id=77)

    with pytest.raises(AlreadyDone):
        await joins(shop, pick, ann, update_id=77)
    assert len(await rows(shop, Team)) == 1


async def refusal(
    shop: Shop, pick: PostedPick, person: Seen, team: TeamEntry | None, *, in_private: bool = False
) -> type[BaseException]:
    with pytest.raises(ShopError) as caught:
        await joins(shop, pick, person, team, in_private=in_private)
    return caught.type


async def test_who_cannot_join(shop: Shop, clock: Clock, ann: Seen, ben: Seen, cem: Seen) -> None:
    pick = await honey(shop, size=3)
    of_ann = await joins(shop, pick, ann)
    of_cem = await joins(shop, pick, cem)
    await joins(shop, pick, ben, of_ann)

    assert await refusal(shop, pick, ann, of_ann) is OwnTeam
    assert await refusal(shop, pick, ben, of_ann) is InThisTeam
    assert await refusal(shop, pick, ben, of_cem) is InAnotherTeam
    assert await refusal(shop, pick, ben, None) is InAnotherTeam
    await joins(shop, pick, make_person(), of_ann)
    dora = make_person("Dora")
    assert await refusal(shop, pick, dora, of_ann) is TeamFull
    await cancels(shop, pick, cem)
    assert await refusal(shop, pick, dora, of_cem) is TeamDissolved
    elsewhere = await honey(shop, group=pick.group)
    assert await refusal(shop, elsewhere, dora, of_ann) is ButtonOutdated
    plain = await make_pick(shop, group=pick.group)
    assert await refusal(shop, plain, dora, None) is ButtonOutdated
    assert await refusal(shop, pick, dora, None, in_private=True) is NotInGroup

    late = await joins(shop, pick, dora)
    clock.advance(A_DAY)
    assert await refusal(shop, pick, make_person(), late) is TeamOver
    await expires(shop, late)
    assert await refusal(shop, pick, make_person(), late) is TeamOver
    await closes(shop, pick)
    assert await refusal(shop, pick, make_person(), None) is PickClosed


async def test_who_is_known_in_the_group_may_join_in_private(shop: Shop, ann: Seen) -> None:
    pick = await honey(shop)
    assert pick.group.id is not None
    async with shop.writing() as uow:
        await join_group(uow, pick.group.id, ann, link_url=None, added_by=None, now=shop.now())
    await joins(shop, pick, ann, in_private=True)
    await cancels(shop, pick, ann)

    async with shop.writing() as uow:
        await leave_group(uow, pick.group.id, ann, now=shop.now())
    assert await refusal(shop, pick, ann, None) is NotInGroup


async def test_a_leader_who_cancels_hands_over(
    shop: Shop, clock: Clock, ann: Seen, ben: Seen, cem: Seen
) -> None:
    pick = await honey(shop, size=4)
    team = await joins(shop, pick, ann)
    clock.advance(timedelta(minutes=1))
    await joins(shop, pick, cem, team)
    clock.advance(timedelta(minutes=1))
    await joins(shop, pick, ben, team)

    await cancels(shop, pick, ann)

    team = await team_now(shop, team)
    assert (team.leader_id, [seat.person_id for seat in team.seats]) == (cem.id, [cem.id, ben.id])
    assert [person for person, what in await news(shop) if what == "left"] == sorted([cem.id, ben.id])
    await orders(shop, pick, cem, -1)
    await cancels(shop, pick, ben)
    assert (await team_now(shop, team)).state is TeamState.DISSOLVED


async def test_whoever_cancels_and_orders_again_orders_alone(shop: Shop, ann: Seen) -> None:
    pick = await honey(shop)
    await joins(shop, pick, ann)
    await cancels(shop, pick, ann)

    placed = await orders(shop, pick, ann)

    assert placed.total.amount == SOLO
    assert await unit_prices(shop) == [SOLO]
    [order] = await rows(shop, Order)
    assert order.team_id is None


async def test_cancelling_and_ordering_again_at_once_is_ordering_alone(shop: Shop, ann: Seen) -> None:
    pick = await honey(shop)
    await joins(shop, pick, ann)
    asks = [Ask(action="cancel"), Ask(action="change", items=((None, 2),))]

    async with shop.writing() as uow:
        results = await place_orders(
            uow, [make_request(pick, ask, person=ann) for ask in asks], now=shop.now()
        )

    assert isinstance(results[1], OrderPlaced)
    assert results[1].total.amount == 2 * SOLO
    assert await unit_prices(shop) == [SOLO]


async def test_a_complete_team_takes_somebody_else_in_while_it_has_time(
    shop: Shop, clock: Clock, ann: Seen, ben: Seen, cem: Seen
) -> None:
    pick = await honey(shop)
    team = await joins(shop, pick, ann)
    await joins(shop, pick, ben, team)

    await cancels(shop, pick, ann)
    reopened = await team_now(shop, team)
    assert (reopened.state, reopened.leader_id) == (TeamState.OPEN, ben.id)
    await joins(shop, pick, cem, team)
    assert (await team_now(shop, team)).state is TeamState.COMPLETE

    clock.advance(A_DAY)
    await cancels(shop, pick, cem)
    late = await team_now(shop, team)
    assert (late.state, [seat.person_id for seat in late.seats]) == (TeamState.COMPLETE, [ben.id])
    assert await unit_prices(shop) == [TEAM], "those who stay keep their price"


async def test_a_team_that_did_not_fill_up(shop: Shop, clock: Clock, ann: Seen, ben: Seen) -> None:
    pick = await honey(shop, size=3)
    team = await joins(shop, pick, ann)
    await joins(shop, pick, ben, team)
    await orders(shop, pick, ben)
    await chooses(shop, team, ann, TeamFallback.SOLO)

    assert not await expires(shop, team), "it still has time"
    clock.advance(A_DAY)
    assert await expires(shop, team)
    assert not await expires(shop, team), "once is enough"

    by_person = {order.person_id: order for order in await rows(shop, Order)}
    assert by_person[ann.id].state is OrderState.PLACED
    assert by_person[ben.id].state is OrderState.CANCELLED
    assert await unit_prices(shop) == [SOLO]
    assert [event.kind for event in await rows(shop, OrderEvent)][-2:] == [
        OrderEventKind.REPRICED,
        OrderEventKind.CANCELLED,
    ]
    [variant] = await rows(shop, Variant)
    [stored] = await rows(shop, Pick)
    assert (variant.sold, stored.quantity, stored.order_count) == (1, 1, 1)
    assert sorted(person for person, what in await news(shop) if what == "expired") == sorted(
        [ann.id, ben.id]
    )
    assert (await joins(shop, pick, ben)).state is TeamState.OPEN, "she may try again"
    with pytest.raises(TeamSettled):
        await chooses(shop, team, ann, TeamFallback.DROP)


async def test_nobody_pays_more_alone_than_she_agreed_to(shop: Shop, clock: Clock, ann: Seen) -> None:
    pick = await honey(shop)
    team = await joins(shop, pick, ann)
    await chooses(shop, team, ann, TeamFallback.SOLO)
    async with shop.writing() as uow:
        await change_price(
            uow,
            pick.id,
            Terms(price_amount=1500),
            applies_to=NewPriceFor.WHO_AGREES,
            by_id=None,
            now=shop.now(),
        )
    clock.advance(A_DAY)
    await expires(shop, team)

    assert await unit_prices(shop) == [SOLO]
    [order] = await rows(shop, Order)
    async with shop.reading() as uow:
        assert await prices_now(uow, {order.id or 0: pick.pick.offer_id}) == {order.id: SOLO}


async def test_the_price_alone_stays_above_that_in_a_team(shop: Shop) -> None:
    pick = await honey(shop)
    with pytest.raises(TeamNotCheaper):
        async with shop.writing() as uow:
            await change_price(
                uow,
                pick.id,
                Terms(price_amount=TEAM),
                applies_to=NewPriceFor.WHO_AGREES,
                by_id=None,
                now=shop.now(),
            )


async def test_closing_settles_the_teams_first(shop: Shop, ann: Seen, ben: Seen, cem: Seen) -> None:
    pick = await honey(shop)
    await joins(shop, pick, ann)
    of_ben = await joins(shop, pick, ben)
    await joins(shop, pick, cem, of_ben)

    with pytest.raises(RuntimeError, match="open teams"):
        async with shop.writing() as uow:
            await close_pick(uow, pick.id, now=shop.now())
    await closes(shop, pick)

    states = {order.person_id: order.state for order in await rows(shop, Order)}
    assert states == {
        ann.id: OrderState.CANCELLED,
        ben.id: OrderState.CONFIRMED,
        cem.id: OrderState.CONFIRMED,
    }
    assert await unit_prices(shop) == [TEAM, TEAM]
    [stored] = await rows(shop, Pick)
    assert (stored.state, stored.quantity) == (PickState.CLOSED, 2)


async def test_a_team_of_what_is_stopped_waits(shop: Shop, clock: Clock, ann: Seen) -> None:
    pick = await honey(shop)
    team = await joins(shop, pick, ann)
    async with shop.writing() as uow:
        why = ByHand(words="it leaks", offers_refunds=False, by_id=None)
        recall_id = await stop_by_hand(uow, pick.id, why, now=shop.now())
    clock.advance(timedelta(days=1))
    assert await expire_due(shop) == 0
    assert not await expires(shop, team), "nobody could have joined it"
    async with shop.writing() as uow:
        await lift(uow, recall_id, by_id=None, now=shop.now())
    assert await expire_due(shop) == 1


async def test_a_team_ends_with_its_pick_unless_the_pick_is_extended(
    shop: Shop, clock: Clock, ann: Seen
) -> None:
    pick = await honey(shop, lasts=timedelta(hours=2))
    team = await joins(shop, pick, ann)
    async with shop.writing() as uow:
        await extend_pick(uow, pick.id, closes_at=shop.now() + timedelta(days=9), now=shop.now())

    clock.advance(timedelta(hours=3))
    assert not await expires(shop, team)
    clock.advance(timedelta(hours=21))
    assert await expires(shop, team), "an extension gives no team more than its own hours"


async def test_a_withdrawn_pick_ends_its_teams(
    shop: Shop, clock: Clock, ann: Seen, ben: Seen, cem: Seen
) -> None:
    pick = await honey(shop)
    team = await joins(shop, pick, ann)
    await joins(shop, pick, ben, team)
    await joins(shop, pick, cem)

    async with shop.writing() as uow:
        await withdraw_pick(uow, pick.id, reason="bad honey", by_id=None, now=shop.now())

    assert {team.state for team in await rows(shop, Team)} == {TeamState.DISSOLVED}
    assert {order.state for order in await rows(shop, Order)} == {OrderState.CANCELLED}
    async with shop.reading() as uow:
        assert await uow.teams.list_due(now=shop.now() + A_DAY, limit=9) == []


async def test_a_choice_is_ones_own(shop: Shop, ann: Seen, ben: Seen) -> None:
    pick = await honey(shop)
    team = await joins(shop, pick, ann)
    with pytest.raises(ButtonOutdated):
        await chooses(shop, team, ben, TeamFallback.SOLO)
    await chooses(shop, team, ann, TeamFallback.SOLO)
    await chooses(shop, team, ann, TeamFallback.DROP)
    [seat] = (await team_now(shop, team)).seats
    assert (seat.fallback, seat.solo_amount) == (TeamFallback.DROP, None)


async def test_the_chance_is_told_from_the_groups_own_history(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    assert group.id is not None
    pick = await honey(shop, group=group, stock=100, lasts=timedelta(days=9))
    teams: Sequence[TeamEntry] = [await joins(shop, pick, make_person()) for _ in range(10)]
    for team in teams[:7]:
        await joins(shop, pick, make_person(), team)

    async with shop.reading() as uow:
        assert await chance_of_completion(uow, group.id, now=shop.now()) is None, "seven complete, but early"
    clock.advance(A_DAY)
    for team in teams[7:]:
        await expires(shop, team)
    async with shop.reading() as uow:
        chance = await chance_of_completion(uow, group.id, now=shop.now())
    assert chance is not None
    assert (chance.filled, chance.settled) == (7, 10)
    elsewhere = await make_group(shop)
    async with shop.reading() as uow:
        assert await chance_of_completion(uow, elsewhere.id or 0, now=shop.now()) is None
