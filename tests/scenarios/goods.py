"""What days of goods have in common: pick-up points in a group, files that were sent, the ledger."""

import csv
import io
from collections import Counter
from decimal import Decimal

from sandbox.people import Person, SeenMessage
from storage.models import Order, OrderEvent, OrderLine
from storage.states import OrderState
from tests.scenarios.house import Circle, House

Lines = Counter[tuple[int, int]]
"""How many of each variant each order holds: (order, variant) -> quantity."""


async def opens_points(friends: Circle, *names: str, by: Person | None = None) -> None:
    """The owner adds pick-up points in the settings; the lines after a name are its address and hours."""
    house, mei = friends.house, by or friends.mei
    await mei.says("/settings", to=house.account)
    await house.settles()
    await mei.taps("Pick-up points", on=last(friends, mei))
    await house.settles()
    page = last(friends, mei)
    for name in names:
        await mei.taps("Add", on=page)
        await house.settles()
        await mei.says(name, to=house.account)
        await house.settles()


def last(friends: Circle, person: Person) -> SeenMessage:
    """The bot's last message to somebody in private."""
    return friends.house.posts_in(person.private(friends.house.account))[-1]


def last_with(friends: Circle, person: Person, words: str) -> SeenMessage:
    """The bot's last message to somebody that has these words in it or on a button."""
    told = friends.house.posts_in(person.private(friends.house.account))
    return next(
        message
        for message in reversed(told)
        if words in message.text or any(words in button for row in message.buttons for button in row)
    )


def rows_of_csv(content: bytes) -> list[list[str]]:
    """A CSV's rows."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def column(rows: list[list[str]], name: str) -> list[Decimal]:
    """The numbers of one column, without its head."""
    at = rows[0].index(name)
    return [Decimal(row[at] or 0) for row in rows[1:]]


async def ledger(house: House, pick_id: int) -> Lines:
    """What the events of a pick's orders add up to; what adds up to nothing is left out."""
    orders = {order.id for order in await house.rows(Order) if order.pick_id == pick_id}
    lines: Lines = Counter()
    for event in await house.rows(OrderEvent):
        if event.order_id in orders:
            for variant, change in event.changes.items():
                lines[event.order_id, int(variant)] += change
    assert all(quantity >= 0 for quantity in lines.values())
    return Counter({key: quantity for key, quantity in lines.items() if quantity})


async def lines_held(house: House, pick_id: int) -> tuple[Lines, int]:
    """What a pick's standing orders hold, and what that costs in minor units."""
    orders = {
        order.id
        for order in await house.rows(Order)
        if order.pick_id == pick_id and order.state is not OrderState.CANCELLED
    }
    held = [line for line in await house.rows(OrderLine) if line.order_id in orders]
    lines = Counter({(line.order_id, line.variant_id): line.quantity for line in held})
    return lines, sum(line.quantity * line.unit_amount for line in held)
