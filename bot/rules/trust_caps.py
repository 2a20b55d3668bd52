"""A group's caps as its owner sets them: /settings allowance day 2."""

import re
from typing import Final, Literal, NamedTuple

Cap = Literal["posts_a_day", "posts_a_week", "curator_days", "messages_between"]

NAMES: Final[dict[str, Cap]] = {
    "day": "posts_a_day",
    "week": "posts_a_week",
    "curator": "curator_days",
    "messages": "messages_between",
}
"""How a cap is called where it is typed, and in buttons."""

MOST: Final[dict[Cap, int]] = {
    "posts_a_day": 50,
    "posts_a_week": 200,
    "curator_days": 90,
    "messages_between": 500,
}

OFFERED: Final[dict[str, tuple[int, ...]]] = {
    "day": (1, 2, 3, 0),
    "week": (3, 7, 14, 0),
    "curator": (3, 7, 14, 0),
    "messages": (3, 5, 10, 0),
}
"""What there are buttons for; 0: no such cap."""

_TYPED = re.compile(r"([a-z]+)(?:\s+|-)(\d{1,4}|off|none)")


class NewCap(NamedTuple):
    """One cap and what it becomes."""

    cap: Cap
    value: int


def find_cap(text: str) -> NewCap | None:
    """The cap in "day 2", "week-5" or "messages off"; None where that is none, or too much."""
    match = _TYPED.fullmatch(text.strip().casefold())
    if match is None or match[1] not in NAMES:
        return None
    cap = NAMES[match[1]]
    value = int(match[2]) if match[2].isdecimal() else 0
    return NewCap(cap, value) if value <= MOST[cap] else None
