"""What real people shared and bought earns exactly what the data says, edge by edge."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.beidian import Beidian, expected, found, person_of, read, replay
from bot.bookkeeping import audit_books
from bot.jobs.commissions import release_accrued
from bot.shop import Shop
from storage.models import Referral
from tests.clock import Clock
from tests.services.rewards import WEEK
from tests.services.rows import rows_of

PORTIONS = {"sqlite": (800, 4_000), "postgresql": (300, 1_200)}
"""So many shares and purchases are replayed here on each database; `make bench` replays all of them."""


@pytest.fixture(scope="module")
def beidian() -> Beidian:
    folder = os.environ.get("VOUCH_DATA")
    if folder is None:
        pytest.skip("VOUCH_DATA names no folder with data")
    return read(Path(folder) / "beidian")


@pytest.fixture
def portion(beidian: Beidian, shop: Shop) -> Beidian:
    """The first shares, those that led to a purchase before the others, and the first purchases."""
    shares, purchases = PORTIONS["sqlite" if shop.database.is_sqlite else "postgresql"]
    bought = set(beidian.purchases)
    led = [share for share in beidian.shares if share[1:] in bought][: shares // 2]
    rest = [share for share in beidian.shares[:shares] if share[1:] not in bought]
    of_led = [share[1:] for share in led]
    others = [purchase for purchase in beidian.purchases if purchase not in set(of_led)]
    return replace(
        beidian,
        shares=[*led, *rest][:shares],
        purchases=list(dict.fromkeys([*of_led, *others]))[:purchases],
    )


async def test_the_bot_earns_people_what_the_data_says(shop: Shop, clock: Clock, portion: Beidian) -> None:
    done, wanted = await replay(shop, portion), expected(portion)
    edges = {edge.person_id: edge.referrer_id for edge in await rows_of(shop, Referral)}
    assert edges == {person_of(user).id: person_of(by).id for user, by in wanted.edges.items()}
    assert done.loops == wanted.loops > 0
    assert await found(shop) == wanted.commissions
    assert done.reckoned == len({key[:2] for key in wanted.commissions})
    assert len({level for _, _, level in wanted.commissions}) == 2
    clock.advance(WEEK)
    assert await release_accrued(shop) == len(wanted.commissions)
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []
