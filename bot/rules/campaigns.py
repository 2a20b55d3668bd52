"""Campaigns: for which groups, what may be done when, and whether a group may get one now."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol

from bot.rules.promotions import Obstacle
from bot.rules.quiet_hours import quiet_ends
from storage.states import CampaignState

MOST_ON_THEIR_WAY: Final = 25
"""So few are handed to the sender at a time that pausing works at once, and enough for Telegram's pace."""

COUNTED_FOR: Final = timedelta(days=30)
"""Orders count as long after the launch."""

LONGEST_WORDS: Final = 700
"""In UTF-16 units, as Telegram counts: with what is added they fit under a photo."""

LONGEST_TITLE: Final = 40
MOST_LISTED: Final = 100
SIZES: Final = (0, 10, 50, 100, 500)
"""Least numbers of members that are offered; 0: any."""


_PAYLOAD: Final = re.compile(r"c-([0-9a-f]{8,32})-([0-9]{1,18})")


class Hindrance(StrEnum):
    """Why a group was left out, or is unclear; where Telegram gave a reason, that stands in its place."""

    GONE = "gone"
    UNWANTED = "unwanted"
    STOPPED = "stopped"
    #: What it announces gives nobody anything any more.
    OVER = "over"
    INTERRUPTED = "interrupted"
    LOST = "lost"


class Deed(StrEnum):
    """What can be done with a campaign."""

    LAUNCH = "launch"
    DISCARD = "discard"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


_DEEDS: Final[Mapping[CampaignState, frozenset[Deed]]] = {
    CampaignState.DRAFT: frozenset({Deed.LAUNCH, Deed.DISCARD}),
    CampaignState.RUNNING: frozenset({Deed.PAUSE, Deed.STOP}),
    CampaignState.PAUSED: frozenset({Deed.RESUME, Deed.STOP}),
    CampaignState.STOPPED: frozenset(),
    CampaignState.DONE: frozenset(),
}


def may(state: CampaignState, deed: Deed) -> bool:
    """Whether a campaign in this state can be dealt with so."""
    return deed in _DEEDS[state]


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Which groups are meant: those of these languages (none: any), so large, or only these."""

    languages: tuple[str, ...] = ()
    members_from: int = 0
    group_ids: tuple[int, ...] | None = None

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            "languages": list(self.languages),
            "members_from": self.members_from,
            "group_ids": list(self.group_ids) if self.group_ids is not None else None,
        }

    def toggled(self, language: str) -> "Audience":
        """With a language more, or fewer."""
        chosen = set(self.languages) ^ {language}
        return Audience(languages=tuple(sorted(chosen)), members_from=self.members_from)


def audience_of(stored: Mapping[str, Any]) -> Audience:
    """The audience as it was stored; an empty document means every group."""
    group_ids = stored.get("group_ids")
    return Audience(
        languages=tuple(stored.get("languages", ())),
        members_from=stored.get("members_from", 0),
        group_ids=tuple(group_ids) if group_ids is not None else None,
    )


def title_of(words: str) -> str:
    """What a campaign is called in lists: how its words begin."""
    line = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def names_in(text: str) -> Sequence[str]:
    """Groups as somebody lists them: one a line, or with commas between; each once."""
    names = (name.strip() for line in text.splitlines() for name in line.split(","))
    return list(dict.fromkeys(name for name in names if name))


def link_payload(token: str, group_id: int) -> str:
    """What a campaign's link in a group carries; group 0 is nobody's: a preview."""
    return f"c-{token}-{group_id}"


def read_payload(payload: str) -> tuple[str, int] | None:
    """The token and the group's key that a link carries, if it is a campaign's."""
    match = _PAYLOAD.fullmatch(payload)
    return (match[1], int(match[2])) if match is not None else None


class Spot(Protocol):
    """A group, as far as it decides whether it gets a campaign now."""

    @property
    def is_active(self) -> bool: ...
    @property
    def takes_campaigns(self) -> bool: ...
    @property
    def time_zone(self) -> str: ...
    @property
    def quiet_from(self) -> int: ...
    @property
    def quiet_until(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Now, if neither is there; not before a moment; or not at all."""

    not_before: datetime | None = None
    hindrance: Hindrance | None = None


IS_OVER: Final = frozenset({Obstacle.OVER, Obstacle.USED_UP})
"""What keeps a promotion from being announced any more."""


def answer_for(spot: Spot, *, now: datetime, announced: Obstacle | None = None) -> Answer:
    """Whether a group may get a campaign now; `announced` is why its promotion gives nothing, if so."""
    if not spot.is_active:
        return Answer(hindrance=Hindrance.GONE)
    if not spot.takes_campaigns:
        return Answer(hindrance=Hindrance.UNWANTED)
    if announced in IS_OVER:
        return Answer(hindrance=Hindrance.OVER)
    return Answer(
        not_before=quiet_ends(
            now,
            time_zone=spot.time_zone,
            quiet_from=spot.quiet_from,
            quiet_until=spot.quiet_until,
        )
    )


def cost_per_order(discount_amount: int, orders: int) -> int | None:
    """What an order cost in discounts, in whole minor units, halves up; None without orders."""
    return (2 * discount_amount + orders) // (2 * orders) if orders else None


def counted_until(launched_at: datetime) -> datetime:
    """Until when orders count."""
    return launched_at + COUNTED_FOR
