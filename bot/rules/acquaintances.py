"""Proof by people one knows: how many of them bought something, told without telling who."""

from dataclasses import dataclass
from typing import Final

LEAST_SHOWN: Final = 3
"""Of one buyer, or of two, somebody who knows few people here would know who it was.

Whoever agreed to be counted agreed to that, and not to be named."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Verified buyers: those whom a person knows in the group, and all, here and in other groups.

    `known_again` says how many of the known ones would buy it again. 0 stands for what is not shown.
    """

    known_bought: int = 0
    known_again: int = 0
    here: int = 0
    elsewhere: int = 0


def shown_proof(*, known: int, bought: int, again: int, here: int, elsewhere: int) -> Proof:
    """What may be told of so many buyers among so many known people.

    Where all whom she knows here bought it, a count would tell of each of them; then only all buyers are
    counted. What some would do again is told only where it tells of more than one of them.
    """
    is_shown = bought >= LEAST_SHOWN and bought < known
    return Proof(
        known_bought=bought if is_shown else 0,
        known_again=again if is_shown and again > 1 else 0,
        here=here,
        elsewhere=elsewhere,
    )
