"""A whole community group-buy day: three curators, four pick-up points, 120 members, 300 orders."""

import asyncio
import io
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Final

import openpyxl
import pytest

from sandbox.people import Group, Person, SeenMessage
from storage.models import Order, OrderLine, Variant
from storage.states import FulfilmentState, OrderState
from tests.scenarios.goods import column, last, ledger, opens_points, rows_of_csv
from tests.scenarios.house import EXPECTED_SECONDS, Circle, House, house_open

MEMBERS: Final = 120
ORDERS: Final = 300
POINTS: Final = ("Harbour\nGate 3", "学校门口\n每天 17:00-19:00", "Магазин «Мёд»", "=Library & café")
OFFERS: Final = (
    "12.90 Yunnan honey | dark, light | till 20:00",
    "3.50 Wool socks | S, M, L | till 20:00",
    "89 Olive oil 5 l | till 20:00",
)
TILL_EVENING: Final = timedelta(hours=10, minutes=1)


Ask = tuple[Person, SeenMessage]
"""Who orders on which card."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """The community on its day; the three curators are Mei and two that she made administrators."""

    friends: Circle
    curators: tuple[Person, ...]
    members: tuple[Person, ...]

    @property
    def house(self) -> House:
        return self.friends.house

    @property
    def group(self) -> Group:
        return self.friends.group


@pytest.fixture
async def day(database_url: str) -> AsyncIterator[Day]:
    """By polling; the way in which updates come is the same for the rest of the house."""
    async with house_open(database_url, way="polling") as house:
        mei, ola, kim = (house.tg.person(name) for name in ("Mei", "Ola", "小金"))
        members = tuple(
            house.tg.person(f"{name} {number}")
            for number in range(MEMBERS // 4)
            for name in ("Ann", "Бен", "小林", "=Eve")
        )
        for curator in (mei, ola, kim):
            await curator.starts(house.account)
        group = house.tg.group("Honey friends & 邻居", owner=mei, members=[ola, kim, *members])
        await mei.adds_bot(house.account, group, admin=True)
        await house.settles()
        for curator in (ola, kim):
            await mei.promotes(curator, group)
        await house.settles()
        friends = Circle(house=house, group=group, mei=mei, ann=members[0], ben=members[1], lin=members[2])
        yield Day(friends=friends, curators=(mei, ola, kim), members=members)


async def test_the_sheets_of_a_whole_day_equal_its_ledger_line_by_line(day: Day) -> None:
    house, dice = day.house, random.Random(7)
    # Some open their private chats, and these choose where they fetch things.
    readers = day.members[: MEMBERS // 3]
    await asyncio.gather(*(member.starts(house.account) for member in readers))
    await opens_points(day.friends, *POINTS)
    cards = [
        await day.friends.offers(offer, by=curator)
        for offer, curator in zip(OFFERS, day.curators, strict=True)
    ]

    asks = await everybody_orders(day, cards, dice)
    await readers_choose(day, readers, dice)
    await many_change_their_minds(day, asks, dice)
    orders = await house.rows(Order)
    assert len(orders) == ORDERS
    assert 20 <= sum(order.state is OrderState.CANCELLED for order in orders) <= 30
    assert len({order.pickup_point_id for order in orders}) == len(POINTS) + 1, "some have chosen none"

    await house.passes(TILL_EVENING)
    await house.world.until(
        lambda: all("Closed" in card.text for card in cards), EXPECTED_SECONDS, "the three cards to be closed"
    )
    await house.settles()
    for number, curator in enumerate(day.curators, start=1):
        await sheets_equal_the_ledger(day, curator, number)
    await goods_come_and_go(day)


async def everybody_orders(day: Day, cards: list[SeenMessage], dice: random.Random) -> list[Ask]:
    """Each wants two of the three picks, and half of them the third, too."""
    asks = [
        (member, card)
        for at, member in enumerate(day.members)
        for card in (cards if at % 2 else dice.sample(cards, 2))
    ]
    dice.shuffle(asks)
    for start in range(0, len(asks), 100):
        wishes = asks[start : start + 100]
        await asyncio.gather(*(member.taps(dice.choice(pluses(card)), on=card) for member, card in wishes))
        await day.house.settles()
    return asks


async def readers_choose(day: Day, readers: tuple[Person, ...], dice: random.Random) -> None:
    """Whoever was asked answers; one tap counts for all that she has not answered yet."""
    names = [name.split("\n")[0] for name in POINTS]
    await asyncio.gather(
        *(reader.taps(dice.choice(names), on=last(day.friends, reader)) for reader in readers)
    )
    await day.house.settles()


async def many_change_their_minds(day: Day, asks: list[Ask], dice: random.Random) -> None:
    """By answers and by taps: more, so many in all, nothing, and after all again."""
    changing = dice.sample(asks, 120)
    more, exactly, leaving = changing[:60], changing[60:90], changing[90:]
    await asyncio.gather(*(member.says(f"+2{kind(card, 0)}", reply_to=card) for member, card in more))
    await asyncio.gather(*(member.says(f"/order {number(card)} 4{kind(card, -1)}", in_=day.group)
                           for member, card in exactly))  # fmt: skip
    await asyncio.gather(*(member.taps("Cancel", on=card) for member, card in leaving))
    await day.house.settles()
    await asyncio.gather(*(member.taps(pluses(card)[0], on=card) for member, card in leaving[:5]))
    await day.house.settles()


async def sheets_equal_the_ledger(day: Day, curator: Person, pick_id: int) -> None:
    """Every line of the pick-up list is one of the ledger, the other way round, and so are all totals."""
    house = day.house
    files = {
        (sheet, suffix): await sheet_of(day, curator, pick_id, sheet, suffix)
        for sheet in ("supplier", "packing", "pickup")
        for suffix in ("xlsx", "csv")
    }
    orders = {order.id: order for order in await house.rows(Order) if order.pick_id == pick_id}
    variants = {variant.id: variant.name for variant in await house.rows(Variant)}
    prices = {(line.order_id, line.variant_id): line.unit_amount for line in await house.rows(OrderLine)}
    events = await ledger(house, pick_id)
    booked = Counter(
        {
            (str(orders[order_id].number), variants[variant_id], str(quantity)): quantity
            * prices[order_id, variant_id]
            for (order_id, variant_id), quantity in events.items()
        }
    )

    head, *lines, total = rows_of_csv(files["pickup", "csv"])
    at = {name: head.index(name) for name in ("No.", "Kind", "Quantity", "Amount (EUR)")}
    listed = Counter(
        {
            (line[at["No."]], named(line[at["Kind"]], variants), line[at["Quantity"]]): int(
                Decimal(line[at["Amount (EUR)"]]) * 100
            )
            for line in lines
        }
    )
    assert listed == booked
    pieces, amount = sum(events.values()), Decimal(sum(booked.values())) / 100
    assert (int(total[at["Quantity"]]), Decimal(total[at["Amount (EUR)"]])) == (pieces, amount)
    for name in ("supplier", "packing"):
        rows = rows_of_csv(files[name, "csv"])
        *parts, whole = column(rows, "Quantity")
        assert sum(parts) == whole == pieces
    *parts, whole = column(rows_of_csv(files["supplier", "csv"]), "Amount (EUR)")
    assert sum(parts) == whole == amount
    # The last row of the first page and, where all points are together, of the last one.
    assert last_row(files["supplier", "xlsx"], 0)[-1] == float(amount)
    assert last_row(files["packing", "xlsx"], 0)[-1] == pieces
    all_points = ["Total", len({order_id for order_id, _ in events}), pieces, float(amount)]
    assert last_row(files["pickup", "xlsx"], -1) == all_points
    assert f"{pieces}" in (await board_of(day, curator, pick_id)).text


async def goods_come_and_go(day: Day) -> None:
    """The first pick comes to one point: all are told, some fetch theirs by name, by number and by code."""
    house, mei = day.house, day.friends.mei
    waiting = [
        order
        for order in await house.rows(Order)
        if (order.pick_id, order.state) == (1, OrderState.CONFIRMED) and order.pickup_point_id
    ]
    ((point_id, count),) = Counter(order.pickup_point_id for order in waiting).most_common(1)
    expected = sorted((o for o in waiting if o.pickup_point_id == point_id), key=lambda o: o.number)
    assert count >= 6
    board = await board_of(day, mei, 1)
    await mei.presses_data(f"ar:1:{point_id}:1", on=board)
    await house.settles()
    told = {
        person.id
        for person in day.members
        if any("#1 Yunnan honey is there" in text for text in day.friends.private(person))
    }
    assert told == {order.person_id for order in expected}

    counter = last(day.friends, mei)
    await mei.presses_data(f"ho:1:{point_id}:0", on=counter)
    await house.settles()
    for order in expected[:4]:
        await mei.taps(f"{order.number} ", on=counter)
        await house.settles()
    for words in (str(expected[4].number), str(expected[5].code)):
        await mei.says(words, to=house.account)
        await house.settles()
        await mei.taps("Hand over", on=last(day.friends, mei))
        await house.settles()
    after = {order.id: order for order in await house.rows(Order)}
    assert [o for o in expected if after[o.id].state is OrderState.COMPLETED] == expected[:6]
    ready = [order for order in after.values() if order.fulfilment_state is FulfilmentState.READY]
    assert len(ready) == count - 6
    await sheets_equal_the_ledger(day, mei, 1)


async def board_of(day: Day, curator: Person, pick_id: int) -> SeenMessage:
    await curator.says(f"/board {pick_id}", to=day.house.account)
    await day.house.settles()
    return last(day.friends, curator)


async def sheet_of(day: Day, curator: Person, pick_id: int, sheet: str, suffix: str) -> bytes:
    await curator.presses_data(f"sh:{pick_id}:{sheet}:{suffix}", on=last(day.friends, curator))
    await day.house.settles()
    content = last(day.friends, curator).document
    assert content is not None
    return content


def last_row(content: bytes, page: int) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[page]
    *_, row = sheet.iter_rows(values_only=True)
    return [value for value in row if value is not None]


def named(kind: str, variants: dict[int | None, str]) -> str:
    """A variant's name as the ledger has it: the sole kind goes by the title in a sheet."""
    return kind if kind in variants.values() else ""


def pluses(card: SeenMessage) -> list[str]:
    return [button for row in card.buttons for button in row if button.endswith("+1")]


def kind(card: SeenMessage, at: int) -> str:
    name = pluses(card)[at].removesuffix(" +1")
    return "" if name == "Order" else f" {name}"


def number(card: SeenMessage) -> int:
    return int(card.text.partition("#")[2].partition(" ")[0])
