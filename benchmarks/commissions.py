"""Replays what people of Beidian shared and bought: placed, reckoned, and compared edge by edge."""

import os
import tempfile
from pathlib import Path

from benchmarks.beidian import expected, found, read, replay
from benchmarks.table import Row
from bot.shop import Shop
from storage.engine import opened
from storage.schema import migrate


async def measure() -> list[Row]:
    """Replay all of it on SQLite; without the data, say so."""
    folder = Path(os.environ.get("VOUCH_DATA", "../shared/data")) / "beidian"
    if not folder.is_dir():
        return [Row(what="replay of Beidian", figure="no data: set VOUCH_DATA")]
    data = read(folder)
    with tempfile.TemporaryDirectory() as place:
        async with opened(f"sqlite:///{Path(place) / 'bench.db'}") as database:
            await migrate(database.write)
            shop = Shop(database=database)
            done = await replay(shop, data)
            earned = await found(shop)
    wanted = expected(data)
    wrong = sum(earned.get(key) != wanted.commissions.get(key) for key in {*earned, *wanted.commissions})
    return [
        Row(
            what=f"Beidian replayed: {done.edges:,} edges, {len(earned):,} commissions; how many are wrong",
            figure=f"{wrong}, and {done.loops} loops refused",
            aim=f"0, and {wanted.loops}",
            reached=wrong == 0 and (done.edges, done.loops) == (len(wanted.edges), wanted.loops),
        ),
        Row(
            what=f"placing its {done.orders:,} orders, with who earns by them",
            figure=f"{done.orders / done.placing:,.0f}/s",
        ),
        Row(
            what=f"reckoning what {done.reckoned:,} of them earn, with the ledger",
            figure=f"{done.reckoned / done.reckoning:,.0f}/s",
        ),
    ]
