"""One table of figures, each beside what it shall reach."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure; without an aim it is only told."""

    what: str
    figure: str
    aim: str = ""
    reached: bool = True


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows as a Markdown table."""
    print("\n| what | figure | aim | |")
    print("|---|---|---|---|")
    for row in rows:
        mark = ("reached" if row.reached else "MISSED") if row.aim else ""
        print(f"| {row.what} | {row.figure} | {row.aim} | {mark} |")
