"""Telegram may tell a thing twice, and of different people in any order; what comes of it is the same."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from storage.models import (
    AnonymousReaction,
    Order,
    OrderEvent,
    OrderLine,
    Pick,
    Reaction,
    Referral,
    SeenUpdate,
    Variant,
)
from tests.databases import sqlite_database
from tests.scenarios.house import Circle, House, Json, Way, honey_friends, house_open

pytestmark = pytest.mark.every_way

Outcome = Mapping[str, object]


async def _a_busy_hour(friends: Circle) -> None:
    """Everything that members do: taps, answers, edits, cancels, commands, reactions, comings and goings."""
    house, group = friends.house, friends.group
    ann, ben, lin, noor = friends.ann, friends.ben, friends.lin, house.tg.person("Noor")
    card = await friends.offers("12.90 Yunnan honey | dark 30, light 30 | till 20:00")
    await ann.says("/invite", in_=group)
    await house.settles()
    url = next(iter(group.chat.links))
    await noor.joins(url)
    await house.settles()
    for _ in range(3):
        await ann.taps("dark", on=card)
    written = await ben.says("+2 light", reply_to=card)
    await lin.says("/order 1 4 dark", in_=group)
    await noor.says("+1 dark +1 light", reply_to=card)
    await house.settles()
    await ben.edits(written, "+3 light")
    await lin.says("/cancel 1", in_=group)
    await ann.says("-1 dark", reply_to=card)
    await house.settles()
    await ben.edits(written, "let me think")
    await lin.says("+2 light", reply_to=card)
    await noor.says("hello everybody", in_=group)
    await ann.says("+50 dark", reply_to=card)
    await noor.taps("My order", on=card)
    await ann.reacts("👍", to=card)
    await ben.reacts("👍", "🔥", to=card)
    await house.settles()
    await ann.reacts(to=card)
    await group.anonymous_reactions(card, {"❤": 3})
    await ben.leaves(group)
    await house.settles()


async def _outcome(house: House) -> Outcome:
    orders = {order.id: order for order in await house.rows(Order)}
    return {
        "orders": sorted((o.pick_id, o.person_id, o.state) for o in orders.values()),
        "lines": sorted(
            (orders[line.order_id].person_id, line.variant_id, line.quantity, line.unit_amount)
            for line in await house.rows(OrderLine)
        ),
        "sold": [(v.name, v.sold) for v in await house.rows(Variant)],
        "counts": [(p.order_count, p.quantity, p.next_order_number) for p in await house.rows(Pick)],
        "reactions": sorted((r.person_id, r.emoji) for r in await house.rows(Reaction)),
        "unnamed": sorted((r.emoji, r.count) for r in await house.rows(AnonymousReaction)),
        "chain": sorted((r.person_id, r.referrer_id, r.source) for r in await house.rows(Referral)),
        "events": len(await house.rows(OrderEvent)),
    }


def _told(house: House) -> Sequence[tuple[int, str]]:
    return sorted((heard.chat_id, heard.text) for heard in house.heard)


EXPECTED: Outcome = {
    "sold": [("dark", 3), ("light", 3)],
    "counts": [(3, 6, 5)],
}


async def test_everything_told_twice_counts_once(database_url: str, way: Way) -> None:
    async with house_open(database_url, way=way) as house:
        house.world.redeliver_everything_twice()
        friends = await honey_friends(house)
        await _a_busy_hour(friends)
        outcome, told = await _outcome(house), _told(house)
        handed_over = [update["update_id"] for update in house.updates]

        assert {name: outcome[name] for name in EXPECTED} == EXPECTED
        assert len(handed_over) == len(set(handed_over))
        assert len(told) == len(set(told)), "nobody was told anything twice"
        seen = [row.update_id for row in await house.rows(SeenUpdate)]
        assert len(seen) == len(set(seen))


async def test_the_whole_day_told_again_changes_nothing(friends: Circle) -> None:
    house = friends.house
    await _a_busy_hour(friends)
    outcome, told = await _outcome(house), _told(house)
    stored = await house.dump()
    assert {name: outcome[name] for name in EXPECTED} == EXPECTED

    for update in list(house.updates):
        await house.takes(update)
    await house.settles()
    assert await _outcome(house) == outcome
    assert _told(house) == told

    await asyncio.gather(*(house.takes(update) for update in list(house.updates)))
    await house.settles()
    assert await _outcome(house) == outcome
    assert _told(house) == told
    assert await house.dump() == stored


async def test_told_twice_and_told_once_are_the_same(tmp_path: Path, sqlite_template: Path) -> None:
    outcomes, tellings = [], []
    for twice in (False, True):
        async with (
            sqlite_database(tmp_path / f"{twice}.db", sqlite_template) as url,
            house_open(url, way="polling") as house,
        ):
            house.world.redeliver_everything_twice(twice)
            await _a_busy_hour(await honey_friends(house))
            outcomes.append(await _outcome(house))
            tellings.append(_told(house))
    assert outcomes[0] == outcomes[1]
    assert tellings[0] == tellings[1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", range(4))
async def test_in_whatever_order_people_are_heard_the_sale_is_the_same(
    database_url: str, way: Way, seed: int, tmp_path: Path, sqlite_template: Path
) -> None:
    async with house_open(database_url, way=way) as house:
        friends = await honey_friends(house)
        await _a_busy_sale(friends)
        expected = await _outcome(house)
        told = house.updates
    assert expected["sold"] == [("dark", 8), ("light", 7)]
    live_from = 1 + next(i for i, update in enumerate(told) if "/pick" in str(update.get("message")))

    async with (
        sqlite_database(tmp_path / "again.db", sqlite_template) as url,
        house_open(url, way=way) as house,
    ):
        friends = await honey_friends(house)
        await friends.offers(_SALE)
        for update in _interleaved(told[live_from:], random.Random(seed)):
            await house.takes(update)
        await house.settles()
        assert await _outcome(house) == expected

    async with (
        sqlite_database(tmp_path / "at_once.db", sqlite_template) as url,
        house_open(url, way=way) as house,
    ):
        friends = await honey_friends(house)
        await friends.offers(_SALE)
        shuffled = _interleaved(told[live_from:], random.Random(-seed))
        await asyncio.gather(*(house.takes(update) for update in shuffled))
        await house.settles()
        assert await _outcome(house) == expected


_SALE = "12.90 Yunnan honey | dark 100, light 100 | till 20:00"


async def _a_busy_sale(friends: Circle) -> None:
    """Ordering and reacting alone, with enough for everybody."""
    house = friends.house
    card = await friends.offers(_SALE)
    written = {}
    for member in (friends.ann, friends.ben, friends.lin):
        await member.taps("dark", on=card)
        await member.taps("light", on=card)
        written[member] = await member.says("+2 light", reply_to=card)
        await member.reacts("👍", to=card)
    await house.settles()
    await friends.ann.edits(written[friends.ann], "+5 light")
    await friends.ben.edits(written[friends.ben], "or not")
    await friends.ben.says("/order 1 7 dark", in_=friends.group)
    await friends.lin.taps("Cancel", on=card)
    await friends.lin.says("+1 dark", reply_to=card)
    await friends.ann.says("-1 dark", reply_to=card)
    await friends.ann.reacts("🔥", to=card)
    await friends.ben.reacts(to=card)
    await house.settles()


def _interleaved(updates: Sequence[Json], chance: random.Random) -> list[Json]:
    """The updates shuffled, each person's own in their order."""
    lanes: dict[int, list[Json]] = {}
    for update in updates:
        lanes.setdefault(_person(update), []).append(update)
    order = [person for person, lane in lanes.items() for _ in lane]
    chance.shuffle(order)
    return [lanes[person].pop(0) for person in order]


def _person(update: Json) -> int:
    body = next(body for name, body in update.items() if name != "update_id")
    return int((body.get("from") or body["user"])["id"])
