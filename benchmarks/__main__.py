"""Measure Vouch and print one table: `make bench`."""

import sys

import uvloop

from benchmarks import (
    boards,
    campaigns,
    chains,
    commissions,
    imports,
    recommendations,
    sandbox,
    start,
    statements,
    taps,
)
from benchmarks.table import Row, print_table


async def main() -> int:
    """Run every benchmark; timings of one row come from one run, so that their ratio holds."""
    rows: list[Row] = []
    rows += await taps.measure()
    rows += await statements.measure()
    rows += await imports.measure()
    rows += await boards.measure()
    rows += await campaigns.measure()
    rows += await chains.measure()
    rows += await commissions.measure()
    rows += await recommendations.measure()
    rows += await start.measure()
    rows += await sandbox.measure()
    print_table(rows)
    return 0 if all(row.reached for row in rows) else 1


if __name__ == "__main__":
    # The load must cost less than what it measures.
    sys.exit(uvloop.run(main()))
