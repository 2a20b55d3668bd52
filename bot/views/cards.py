"""What a pick's card shows, gathered before it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.rules.pricing import TierPrice
from storage.repositories.picks import PostedPick


@dataclass(frozen=True, kw_only=True)
class CardFacts:
    """A pick as it stands: who vouches for it, its tiers by rising quantity, and how people react to it."""

    posted: PostedPick
    curator: str | None = None
    reactions: Mapping[str, int] = field(default_factory=dict)
    tiers: Sequence[TierPrice] = ()
