"""Who is named as the one who brought somebody, and why a name is refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from storage.states import ReferralSource


class Obstacle(StrEnum):
    """Why an edge cannot be drawn."""

    SELF = "self"
    LOOP = "loop"


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """Who brought somebody, and how it is known."""

    referrer_id: int
    source: ReferralSource


def attribute(signs: Mapping[ReferralSource, int]) -> Attribution | None:
    """The most certain sign of who brought somebody; the order is that of ReferralSource."""
    for source in ReferralSource:
        if source in signs:
            return Attribution(referrer_id=signs[source], source=source)
    return None


def obstacle(person_id: int, referrer_id: int, *, upline: Collection[int]) -> Obstacle | None:
    """Why this edge must not be: nobody refers herself, nor anybody above her; `upline` is the referrer's."""
    if referrer_id == person_id:
        return Obstacle.SELF
    if person_id in upline:
        return Obstacle.LOOP
    return None
