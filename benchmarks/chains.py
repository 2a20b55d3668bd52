"""The chain of whoever stands above a million members: its numbers, and its picture from tap to PNG."""

import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from benchmarks.server import set_up
from benchmarks.table import Row
from bot.i18n import Translator
from bot.pictures.drawing import draw
from bot.services.chains import outline_of, read_chain
from bot.services.members import join_group
from bot.shop import Shop
from bot.views.chain_pictures import chain_picture
from bot.views.chains import chain
from storage.bulk import bulk_insert, dialect_of, packed, run
from storage.engine import opened
from storage.models import ChainPlace, Downline, Group, Member, Person, Referral
from storage.repositories.members import Seen
from storage.schema import migrate
from storage.states import Presence, ReferralSource, Role
from storage.unit_of_work import UnitOfWork

PEOPLE = 1_000_000
CHAT_ID = -1001
NUMBERS_AIM_SECONDS = 0.05
PICTURE_AIM_SECONDS = 3.0

_ROOT = 1
_ROWS_AT_ONCE = 50_000
_RUNS = 5
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
_NAMES = ("Anna Petrova", "王小明", "Бен Григорьев", "María José", "Noor", "小林", "Александра", "Tom")


async def measure() -> list[Row]:
    """Lay a grown tree, then time what a member and an owner wait for, and one more joining far below."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(f"sqlite:///{Path(folder) / 'bench.db'}") as database:
            await migrate(database.write)
            shop = Shop(database=database)
            group = await _grown(shop)
            numbers = await _timed(lambda: _numbers(shop, group))
            picture = await _timed(lambda: _picture(shop, group, _ROOT))
            whole = await _timed(lambda: _picture(shop, group, None))
            joining = await _timed(lambda: _join(shop, group))
    return [
        Row(
            what=f"/chain above {PEOPLE:,} people",
            figure=f"{numbers * 1000:.1f} ms",
            aim=f"< {NUMBERS_AIM_SECONDS * 1000:.0f} ms",
            reached=numbers < NUMBERS_AIM_SECONDS,
        ),
        Row(
            what="its picture, the owner's of all chains",
            figure=f"{picture:.2f} and {whole:.2f} s",
            aim=f"< {PICTURE_AIM_SECONDS:.0f} s",
            reached=max(picture, whole) < PICTURE_AIM_SECONDS,
        ),
        Row(what="one more joining, far below", figure=f"{joining * 1000:.1f} ms"),
    ]


async def _grown(shop: Shop) -> Group:
    """A group in which a few brought many: whoever came early, or has brought many, brings more."""
    pick_id, _ = await set_up(shop, CHAT_ID)
    chance = random.Random(11)
    above = [0] * (PEOPLE + 1)
    for person in range(1, PEOPLE + 1):
        # Whoever brought a random person before, or that person herself.
        one = chance.randrange(person)
        above[person] = one if chance.random() < 0.4 else above[one]
    async with shop.writing() as uow:
        posted = await uow.picks.get(pick_id)
        await _fill(uow, posted.pick.group_id, above)
    return posted.group


async def _fill(uow: UnitOfWork, group_id: int, above: list[int]) -> None:
    below, levels = _counted(above)
    people = range(len(above))
    named = ((_ROOT + n, _NAMES[n % len(_NAMES)], "en") for n in people)
    private = {"language_is_chosen": False, "private_is_open": False, "created_at": _WHEN}
    await _insert(uow, Person, ("id", "name", "language"), named, private, "ON CONFLICT DO NOTHING")
    inside = {"group_id": group_id, "role": Role.MEMBER, "presence": Presence.JOINED, "joined_at": _WHEN}
    members = ((_ROOT + n,) for n in people)
    await _insert(uow, Member, ("person_id",), members, inside, "ON CONFLICT DO NOTHING")
    brought = {"group_id": group_id, "source": ReferralSource.INVITE_LINK, "referred_at": _WHEN}
    edges = ((_ROOT + n, _ROOT + above[n]) for n in people[1:])
    await _insert(uow, Referral, ("person_id", "referrer_id"), edges, brought)
    places = ((_ROOT + n, _ROOT + above[n] if n else None, below[n]) for n in people)
    await _insert(
        uow, ChainPlace, ("person_id", "referrer_id", "people_below"), places, {"group_id": group_id}
    )
    counted = ((_ROOT + n, level, count) for n in people for level, count in levels.get(n, {}).items())
    await _insert(uow, Downline, ("person_id", "level", "people"), counted, {"group_id": group_id})


def _counted(above: list[int]) -> tuple[list[int], dict[int, dict[int, int]]]:
    """How many stand below each, in all and by level; everybody came after whoever brought her."""
    below, levels = [0] * len(above), dict[int, dict[int, int]]()
    for person in range(len(above) - 1, 0, -1):
        upper = above[person]
        below[upper] += below[person] + 1
        of_upper = levels.setdefault(upper, {})
        of_upper[1] = of_upper.get(1, 0) + 1
        for level, count in levels.get(person, {}).items():
            of_upper[level + 1] = of_upper.get(level + 1, 0) + count
    return below, levels


async def _insert(
    uow: UnitOfWork,
    model: type[SQLModel],
    columns: tuple[str, ...],
    rows: Iterator[tuple[Any, ...]],
    shared: dict[str, Any],
    tail: str = "",
) -> None:
    session = uow.members._session
    statement = bulk_insert(dialect_of(session), model, columns, tuple(shared), tail)
    while part := list(islice(rows, _ROWS_AT_ONCE)):
        await run(session, statement, {"rows": packed(part), **shared})


async def _numbers(shop: Shop, group: Group) -> None:
    async with shop.reading() as uow:
        chain(Translator("en"), await read_chain(uow, group, _ROOT), sees_all=False).payload()


async def _picture(shop: Shop, group: Group, person_id: int | None) -> None:
    async with shop.reading() as uow:
        found = await outline_of(uow, group, person_id)
    await draw("chain", chain_picture(Translator("en"), found))


async def _join(shop: Shop, group: Group) -> None:
    newcomer = Seen(id=time.monotonic_ns(), name="Newcomer", username=None, language="en")
    bringer = Seen(id=PEOPLE, name="Bringer", username=None, language="en")
    async with shop.writing() as uow:
        await join_group(uow, group.id or 0, newcomer, link_url=None, added_by=bringer, now=shop.now())


async def _timed(work: Callable[[], Awaitable[None]]) -> float:
    """The median of a few times, in seconds, after one that loads what the process needs but once."""
    await work()
    times = []
    for _ in range(_RUNS):
        began = time.perf_counter()
        await work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)
