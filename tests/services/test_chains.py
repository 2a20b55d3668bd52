"""Chains: kept up to date with each joining, and nobody in them by name who left or hides it."""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import insert, update
from sqlmodel import col

from bot.rules.chains import MOST_ROWS
from bot.rules.orders import Ask
from bot.services.chains import Drawing, outline_of, read_chain, read_chains, sheet_of
from bot.services.members import introduce, join_group, leave_group
from bot.shop import Shop
from storage.models import ChainPlace, Commission, Downline, Group, Order
from storage.repositories.chains import Reward
from storage.repositories.members import Seen
from storage.states import CommissionSource, CommissionState, OrderState, ReferralSource
from tests.factories import make_group, make_person, make_pick, make_request
from tests.services.rows import rows_of

Edges = Mapping[int, int]


async def joins(shop: Shop, group: Group, person: Seen, *, added_by: Seen | None = None) -> None:
    async with shop.writing() as uow:
        await join_group(uow, group.id or 0, person, link_url=None, added_by=added_by, now=shop.now())


async def leaves(shop: Shop, group: Group, person: Seen) -> None:
    async with shop.writing() as uow:
        await leave_group(uow, group.id or 0, person, now=shop.now())


async def hides(shop: Shop, person: Seen, *, is_hidden: bool = True) -> None:
    async with shop.writing() as uow:
        await uow.chains.hide_name(person.id, is_hidden=is_hidden)


async def drawing(shop: Shop, group: Group, person: Seen | None = None) -> Drawing:
    async with shop.reading() as uow:
        return await outline_of(uow, group, person.id if person else None)


def names(drawing: Drawing) -> list[str | None]:
    return [row.name for row in drawing.rows if not row.many]


async def a_family(shop: Shop, group: Group) -> dict[str, Seen]:
    """Ann brought Bob and Cem, Bob brought Dora, Dora brought Eve."""
    people = {name: make_person(name) for name in ("Ann", "Bob", "Cem", "Dora", "Eve")}
    await joins(shop, group, people["Ann"])
    for newcomer, bringer in (("Bob", "Ann"), ("Cem", "Ann"), ("Dora", "Bob"), ("Eve", "Dora")):
        await joins(shop, group, people[newcomer], added_by=people[bringer])
    return people


@pytest.mark.parametrize("seed", range(3))
async def test_places_and_levels_are_what_a_walk_through_the_edges_finds(shop: Shop, seed: int) -> None:
    """In any order of joining, with people who turn up a second time and only then by somebody's hand."""
    chance = random.Random(seed)
    group, other = await make_group(shop), await make_group(shop)
    people = [make_person(f"Person {number}") for number in range(16)]
    for person in chance.choices(people, k=60):
        bringer = chance.choice([*people, None])
        await joins(shop, chance.choices([group, other], weights=[9, 1])[0], person, added_by=bringer)

    for place in (group, other):
        await _check(shop, place)


async def _check(shop: Shop, group: Group) -> None:
    async with shop.reading() as uow:
        edges = {
            person_id: edge.referrer_id
            for person_id in (place.person_id for place in await rows_of(shop, ChainPlace))
            if (edge := await uow.referrals.find(group.id or 0, person_id)) is not None
        }
    expected = Counter(
        (above, level) for person in edges for level, above in enumerate(_upline(edges, person), start=1)
    )
    below = Counter({person: 0 for person in {*edges, *edges.values()}})
    for (above, _), count in expected.items():
        below[above] += count
    levels = {
        (row.person_id, row.level): row.people
        for row in await rows_of(shop, Downline)
        if row.group_id == group.id
    }
    places = {
        row.person_id: (row.referrer_id, row.people_below)
        for row in await rows_of(shop, ChainPlace)
        if row.group_id == group.id
    }
    assert levels == dict(expected)
    assert places == {person: (edges.get(person), count) for person, count in below.items()}


def _upline(edges: Edges, person: int) -> list[int]:
    above = []
    while person in edges:
        person = edges[person]
        above.append(person)
    return above


async def test_a_member_sees_her_chain_and_what_her_own_people_ordered(shop: Shop) -> None:
    group = await make_group(shop)
    family = await a_family(shop, group)
    for buyer, state in (
        ("Bob", OrderState.COMPLETED),
        ("Cem", OrderState.PLACED),
        ("Dora", OrderState.COMPLETED),
    ):
        await _buys(shop, group, family[buyer], earner=family["Ann"], state=state)
    async with shop.reading() as uow:
        chain = await read_chain(uow, group, family["Ann"].id)

    assert (dict(chain.levels), chain.people_below) == ({1: 2, 2: 1, 3: 1}, 4)
    assert (chain.direct, chain.completed_orders) == (["Bob", "Cem"], 1)
    assert chain.rewards == [Reward("EUR", 30, 50)], "what Dora ordered is no matter of the direct level"


async def _buys(shop: Shop, group: Group, buyer: Seen, *, earner: Seen, state: OrderState) -> None:
    """Order a pick of her own: it has paid the earner 0.50 if it is completed, else it may pay 0.30."""
    posted = await make_pick(shop, group=group)
    ask = Ask(action="change", items=((posted.variants[0].id or 0, 1),))
    await shop.orders.submit(make_request(posted, ask, person=buyer))
    [order] = [order for order in await rows_of(shop, Order) if order.pick_id == posted.id]
    is_completed = state is OrderState.COMPLETED
    commission = Commission(
        order_id=order.id or 0,
        level=1,
        group_id=group.id or 0,
        buyer_id=buyer.id,
        earner_id=earner.id,
        source=CommissionSource.OPENED,
        bps=500,
        return_days=7,
        currency="EUR",
        state=CommissionState.ACCRUED if is_completed else CommissionState.EXPECTED,
        expected_amount=50 if is_completed else 30,
        accrued_amount=50 if is_completed else 0,
        frozen_at=shop.now(),
    )
    async with shop.database.write.begin() as connection:
        await connection.execute(insert(Commission), [commission.model_dump()])
        await connection.execute(update(Order).where(col(Order.id) == order.id).values(state=state))


async def test_who_left_and_who_hides_her_name_look_alike_and_are_counted(shop: Shop) -> None:
    group = await make_group(shop)
    family = await a_family(shop, group)
    before = await drawing(shop, group, family["Ann"])
    assert names(before) == ["Ann", "Bob", "Dora", "Eve", "Cem"]
    await leaves(shop, group, family["Dora"])
    await hides(shop, family["Bob"])

    after = await drawing(shop, group, family["Ann"])
    assert names(after) == ["Ann", None, None, "Eve", "Cem"]
    assert [(row.depth, row.people_below) for row in after.rows] == [
        (row.depth, row.people_below) for row in before.rows
    ]
    async with shop.reading() as uow:
        above = await read_chain(uow, group, family["Ann"].id)
        below = await read_chain(uow, group, family["Eve"].id)
        sheet = await sheet_of(uow, group)
    assert above.direct == ["Cem"]
    assert [one.name for one in below.upline] == [None, None, "Ann"]
    assert {place.name for place in sheet.places} == {None, "Ann", "Cem", "Eve"}
    assert names(await drawing(shop, group, family["Bob"])) == ["Bob", None, "Eve"], "her own she sees"

    await joins(shop, group, family["Dora"])
    await hides(shop, family["Bob"], is_hidden=False)
    assert names(await drawing(shop, group, family["Ann"])) == names(before)


async def test_who_added_somebody_and_never_spoke_has_her_name(shop: Shop) -> None:
    group, ann, bob, cem = await make_group(shop), make_person("Ann"), make_person("Bob"), make_person("Cem")
    await joins(shop, group, bob, added_by=ann)
    await joins(shop, group, cem, added_by=bob)
    async with shop.reading() as uow:
        assert await uow.members.find_member(group.id or 0, ann.id) is None
        chain = await read_chain(uow, group, cem.id)
    assert [one.name for one in chain.upline] == ["Bob", "Ann"]
    assert names(await drawing(shop, group)) == ["Honey friends", "Ann", "Bob", "Cem"]


async def test_who_never_came_is_nowhere(shop: Shop) -> None:
    group = await make_group(shop)
    ann, invited = make_person("Ann"), make_person("Noor")
    await joins(shop, group, ann)
    async with shop.writing() as uow:
        await introduce(
            uow, group.id or 0, invited, referrer_id=ann.id, source=ReferralSource.START, now=shop.now()
        )
    async with shop.reading() as uow:
        chain = await read_chain(uow, group, ann.id)
        chains = await read_chains(uow, group)
    assert (chain.levels, chain.direct, chain.people_below) == ({}, [], 0)
    assert (chains.totals.chains, chains.totals.people, chains.levels) == (0, 0, {})
    assert names(await drawing(shop, group, ann)) == ["Ann"]
    assert (await drawing(shop, group)).bars == []


async def test_an_owner_sees_all_the_chains_of_her_group_and_of_no_other(shop: Shop) -> None:
    group, other = await make_group(shop), await make_group(shop)
    family = await a_family(shop, group)
    await a_family(shop, other)
    fay, gil = make_person("Fay"), make_person("Gil")
    await joins(shop, group, fay)
    await joins(shop, group, gil, added_by=fay)
    async with shop.reading() as uow:
        chains = await read_chains(uow, group)
        sheet = await sheet_of(uow, group)

    assert (chains.totals.chains, chains.totals.people) == (2, 7)
    assert dict(chains.levels) == {1: 3, 2: 1, 3: 1}
    whole = await drawing(shop, group)
    assert names(whole) == ["Honey friends", "Ann", "Bob", "Dora", "Eve", "Cem", "Fay", "Gil"]
    assert [(bar.level, bar.people) for bar in whole.bars] == [(0, 2), (1, 3), (2, 1), (3, 1)]
    assert (whole.people, whole.rows[0].people_below) == (7, 7)
    assert len(sheet.places) == 7
    assert not sheet.is_cut
    known = [place.person_id for place in sheet.places]
    assert known.index(family["Ann"].id) < known.index(family["Bob"].id) < known.index(family["Dora"].id)


async def test_of_hundreds_a_picture_names_whose_branches_are_the_largest(shop: Shop) -> None:
    group, root = await make_group(shop), make_person("Root")
    chance = random.Random(5)
    people = [root, *(make_person(f"Person {number}") for number in range(120))]
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now() + timedelta(days=1))
        await uow.members.enter(group.id or 0, [person.id for person in people], now=shop.now())
        for place, person in enumerate(people[1:], start=1):
            bringer = people[chance.randrange(max(1, place // 3))]
            await join_group(uow, group.id or 0, person, link_url=None, added_by=bringer, now=shop.now())
    found = await drawing(shop, group, root)
    assert found.people == 120
    assert len(found.rows) <= MOST_ROWS
    assert sum(bar.people for bar in found.bars) == 120
    shown = [row.people_below for row in found.rows if row.depth == 1 and not row.many]
    direct = {row.person_id: row.people_below for row in await rows_of(shop, ChainPlace)}
    async with shop.reading() as uow:
        below = await uow.chains.biggest(group.id or 0, [root.id], limit=1_000)
    largest = sorted((direct[one.person_id] for one in below[root.id]), reverse=True)
    assert shown == largest[: len(shown)]
