"""What a pick's card shows, gathered before it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.rules.plans import Reward
from bot.rules.pricing import TierPrice
from bot.services.reviews import OfferReviews
from bot.services.teams import TeamsOfPick
from storage.discounts import PromotionRule
from storage.repositories.carryings import Supply
from storage.repositories.picks import PostedPick
from storage.repositories.posts import Everywhere


@dataclass(frozen=True, kw_only=True)
class CardFacts:
    """A pick as it stands: who vouches for it, how people react to it, its tiers by rising
    quantity, and its teams.
    """

    posted: PostedPick
    curator: str | None = None
    reactions: Mapping[str, int] = field(default_factory=dict)
    tiers: Sequence[TierPrice] = ()
    #: The member who vouches for it, where that is not its curator.
    voucher: str | None = None
    #: Questions with their answers, the newest first.
    answered: Sequence[tuple[str, str]] = ()
    #: Opens all about it in private.
    details_link: str | None = None
    #: Lets whoever taps it share the pick, in private.
    share_link: str | None = None
    teams: TeamsOfPick | None = None
    #: What is ordered of it in all its groups together, where there are several.
    everywhere: Everywhere | None = None
    #: What recommending it pays, if anything.
    reward: Reward | None = None
    #: What makes orders cheaper now.
    promotions: Sequence[PromotionRule] = ()
    #: What buyers say of it, in all its rounds.
    reviews: OfferReviews | None = None
    #: Whose it is, where its group sells it for another.
    supply: Supply | None = None
