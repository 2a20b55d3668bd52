"""Whether a group can carry what another supplies."""

from dataclasses import dataclass
from datetime import datetime

from bot.carrying_errors import (
    CarriedAlready,
    ListingFull,
    ListingNotOpen,
    ListingOver,
    OtherCurrency,
    OwnListing,
    PortionSold,
    SupplierGone,
)
from bot.rules.proposals import Recommendation, with_words
from storage.states import PickState

_NOTHING = frozenset({"", "-", "–", "—"})


@dataclass(frozen=True, kw_only=True)
class Supplied:
    """What a group would carry, as its supplier has it now."""

    supplier_id: int
    #: Whether the bot is in the supplier's group.
    supplier_is_here: bool
    currency: str
    #: The supplier's own pick.
    state: PickState
    pick_opens_at: datetime
    closes_at: datetime
    is_stopped: bool
    opens_at: datetime
    is_ended: bool
    groups_limit: int | None
    #: How many groups carry it now.
    carrier_count: int

    @property
    def carried_from(self) -> datetime:
        """From when on others can carry it: never before the supplier's own pick is posted."""
        return max(self.opens_at, self.pick_opens_at)


def read_word(text: str) -> str | None:
    """What a curator says of a carried pick; a dash takes it away. Raises ProposalWordsTooLong."""
    words = with_words(Recommendation(), text).words
    return None if words in _NOTHING else words


def check_carriable(
    supplied: Supplied,
    *,
    group_id: int,
    currency: str,
    number_here: int | None,
    pieces_left: int | None,
    now: datetime,
) -> None:
    """Whether a group that has it under this number, or not at all, can carry it now.

    `pieces_left`: so many it may still sell; None: any number. Raises OwnListing, OtherCurrency,
    CarriedAlready, SupplierGone, ListingOver, ListingNotOpen, ListingFull, PortionSold.
    """
    if group_id == supplied.supplier_id:
        raise OwnListing
    if number_here is not None:
        raise CarriedAlready(number_here)
    if not supplied.supplier_is_here:
        raise SupplierGone
    is_coming = supplied.state is PickState.SCHEDULED
    if supplied.is_ended or supplied.is_stopped or not (is_coming or supplied.state is PickState.LIVE):
        raise ListingOver
    if now >= supplied.closes_at:
        raise ListingOver
    if is_coming or now < supplied.carried_from:
        raise ListingNotOpen(supplied.carried_from)
    if currency != supplied.currency:
        raise OtherCurrency(supplied.currency)
    if supplied.groups_limit is not None and supplied.carrier_count >= supplied.groups_limit:
        raise ListingFull(supplied.groups_limit)
    if pieces_left is not None and pieces_left <= 0:
        raise PortionSold(0)
