"""The recommender on few and on many orders: how long it learns, what memory it takes, how fast it ranks.

Each size is measured in a process of its own, so that its peak of memory is its own, libraries included.
"""

import asyncio
import json
import resource
import statistics
import sys
import time
from asyncio.subprocess import PIPE
from dataclasses import dataclass

from benchmarks.table import Row

RANKING_AIM_SECONDS = 0.010

_RANKED = 300
_SEED = 5


@dataclass(frozen=True, kw_only=True)
class Size:
    """So much is drawn; and what learning from it may take."""

    people: int
    items: int
    orders: int
    seconds: float
    megabytes: int


SIZES = (
    Size(people=4_000, items=4_500, orders=35_000, seconds=2, megabytes=300),
    Size(people=100_000, items=10_000, orders=5_000_000, seconds=60, megabytes=2_000),
)


async def measure() -> list[Row]:
    """Measure both sizes, one after the other; the greater takes about half a minute."""
    rows: list[Row] = []
    for number, size in enumerate(SIZES):
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.recommendations", str(number)), stdout=PIPE
        )
        out, _ = await child.communicate()
        rows += _rows(size, **json.loads(out))
    return rows


def _rows(size: Size, *, orders: int, fit: float, peak: float, ranking: float, slowest: float) -> list[Row]:
    what = f"{size.people:,} people x {size.items:,} items, {orders:,} orders"
    return [
        Row(
            what=f"recommender learns from {what}",
            figure=f"{fit:.2f} s, {peak:.0f} MB",
            aim=f"< {size.seconds:.0f} s, < {size.megabytes:,} MB",
            reached=fit < size.seconds and peak < size.megabytes,
        ),
        Row(
            what="one person's ranking of all of them, and the slowest",
            figure=f"{ranking * 1000:.1f} and {slowest * 1000:.1f} ms",
            aim=f"< {RANKING_AIM_SECONDS * 1000:.0f} ms",
            reached=ranking < RANKING_AIM_SECONDS,
        ),
    ]


def _measured(size: Size) -> dict[str, float]:
    import numpy as np

    from bot.recommending.model import fit
    from bot.recommending.purchases import gather

    chance = np.random.default_rng(_SEED)
    # Some buy ten times as much as others, and a tenth of the items is in most of the orders.
    eager = np.cumsum(chance.lognormal(sigma=0.8, size=size.people))
    liked = np.cumsum(1 / (np.arange(size.items) + size.items / 20))
    drawn = int(size.orders * 1.01)
    purchases = np.column_stack(
        [
            np.searchsorted(eager, chance.random(drawn) * eager[-1]),
            np.searchsorted(liked, chance.random(drawn) * liked[-1]),
        ]
    )
    links = chance.integers(size.people, size=(size.people * 2, 2))
    began = time.perf_counter()
    model = fit(gather(purchases, links))
    seconds = time.perf_counter() - began
    # In kilobytes on Linux, in bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    times = []
    for person in chance.choice(model.facts.people, size=_RANKED):
        start = time.perf_counter()
        model.suggest(int(person), most=10)
        times.append(time.perf_counter() - start)
    return {
        "orders": int(model.facts.bought.nnz),
        "fit": seconds,
        "peak": peak,
        "ranking": statistics.median(times),
        "slowest": max(times),
    }


if __name__ == "__main__":
    print(json.dumps(_measured(SIZES[int(sys.argv[1])])))
