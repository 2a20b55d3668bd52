"""The board and the sheets of a pick with 5,000 orders."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.server import set_up
from benchmarks.table import Row
from bot.i18n import Translator
from bot.rules.orders import Ask
from bot.services.boards import page_of, sums_of
from bot.services.closing import close_pick
from bot.services.orders.requests import OrderRequest
from bot.services.pickups import add_point
from bot.shop import Shop
from bot.views.boards import board
from bot.views.sheets import SheetFacts, pickup_list
from bot.views.spreadsheets import as_xlsx
from storage.engine import opened
from storage.repositories.members import Seen
from storage.schema import migrate

ORDERS = 5_000
POINTS = 4
AIM_SECONDS = 0.5
CHAT_ID = -1001


async def measure() -> list[Row]:
    """Time what a curator waits for: the first page of /board, a late one, and a sheet as a file."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(f"sqlite:///{Path(folder) / 'bench.db'}") as database:
            await migrate(database.write)
            shop = Shop(database=database)
            pick_id = await _sold(shop)
            first = await _timed(lambda: _page(shop, pick_id, 0))
            late = await _timed(lambda: _page(shop, pick_id, 200))
            sheet = await _timed(lambda: _sheet(shop, pick_id))
    return [
        Row(
            what=f"/board of a pick with {ORDERS:,} orders, first and late page",
            figure=f"{first * 1000:.0f} and {late * 1000:.0f} ms",
            aim=f"< {AIM_SECONDS * 1000:.0f} ms",
            reached=max(first, late) < AIM_SECONDS,
        ),
        Row(what=f"pick-up list of {ORDERS:,} orders as XLSX", figure=f"{sheet:.1f} s"),
    ]


async def _sold(shop: Shop) -> int:
    pick_id, variant_id = await set_up(shop, CHAT_ID)
    async with shop.writing() as uow:
        posted = await uow.picks.get(pick_id)
        owner = Seen(id=1, name="Mei", username=None, language="en")
        await uow.members.meet([owner], now=shop.now())
        for number in range(POINTS):
            await add_point(uow, posted.pick.group_id, f"Point {number}", by_id=owner.id, now=shop.now())
    requests = [
        OrderRequest(
            update_id=number,
            person=Seen(id=1 + number, name=f"Member {number}", username=None, language="en"),
            chat_id=CHAT_ID,
            pick_id=pick_id,
            ask=Ask(action="change", items=((variant_id, 1 + number % 3),)),
        )
        for number in range(ORDERS)
    ]
    await asyncio.gather(*(shop.orders.submit(request) for request in requests))
    async with shop.writing() as uow:
        points = await uow.pickups.list_points(posted.pick.group_id)
        entries = await uow.boards.list_entries(pick_id)
        for place, point in enumerate(points):
            chosen = [entry.order_id for entry in entries[place :: POINTS + 1]]
            await uow.pickups.choose(chosen, point.id or 0)
        await close_pick(uow, pick_id, now=shop.now())
    return pick_id


async def _page(shop: Shop, pick_id: int, page: int) -> None:
    async with shop.reading() as uow:
        facts = await sums_of(uow, await uow.picks.get(pick_id))
        entries, page = await page_of(uow, facts, page)
        board(Translator("en"), facts, entries, page=page).payload()


async def _sheet(shop: Shop, pick_id: int) -> None:
    async with shop.reading() as uow:
        sheet = SheetFacts(
            facts=await sums_of(uow, await uow.picks.get(pick_id)),
            entries=await uow.boards.list_entries(pick_id),
            now=shop.now(),
        )
    await asyncio.to_thread(lambda: as_xlsx(pickup_list(Translator("en"), sheet)))


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    """The seconds of the second time: the first loads what the process needs but once."""
    await work()
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began
