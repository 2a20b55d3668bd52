"""Refusals: what the shop says no to, as facts without words for people.

ShopError                       nothing happened; the member is told why and what to do
├── Unreadable                  what was typed cannot be understood
├── NotPossible                 understood, but the shop's state does not allow it
└── NotAllowed                  the person may not do this here

AlreadyDone                     this very update was handled before: say and do nothing

Raising leaves the unit of work, so everything in it is undone. `bot/views/refusals.py` puts
words to each. Anything that is not a ShopError is a fault: it is logged and tried again.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.money import Money


class ShopError(Exception):
    """Something was refused and nothing was changed."""

    language: str | None = None
    """The reader's language, where whoever refused already knew it."""


class Unreadable(ShopError):
    """What was typed cannot be understood."""


class NotPossible(ShopError):
    """The state of the shop does not allow it."""


class NotAllowed(ShopError):
    """The person may not do this here."""


class AlreadyDone(Exception):
    """The update was handled before; its effects stand."""


class GroupUnknown(NotPossible):
    """The bot does not serve this chat."""


class ButtonOutdated(NotPossible):
    """The button belongs to nothing that exists here."""


class PickMissing(Unreadable):
    """The command needs the number of a pick."""


@dataclass(eq=False)
class PickUnknown(NotPossible):
    """The group has no pick with this number."""

    number: int


@dataclass(eq=False)
class PickClosed(NotPossible):
    """The pick no longer takes orders."""

    number: int


@dataclass(eq=False)
class SoldOut(NotPossible):
    """Fewer are left than were asked for."""

    variant: str
    left: int


@dataclass(eq=False)
class QuantityTooLarge(NotPossible):
    """More than one person may order."""

    limit: int


@dataclass(eq=False)
class VariantMissing(Unreadable):
    """The pick has several variants and the order names none."""

    variants: tuple[str, ...]


@dataclass(eq=False)
class NothingOrdered(NotPossible):
    """There is no order to lessen or to cancel."""

    number: int


class NotInGroup(NotAllowed):
    """The person is not in the group."""


class NotACurator(NotAllowed):
    """Only the group's curators may do this."""


class NotTheOwner(NotAllowed):
    """Only the group's owner may appoint people."""


class NotYourPick(NotAllowed):
    """A curator who is limited to her own picks meant somebody else's."""


class MayNotConfigure(NotAllowed):
    """A curator who is limited to her own picks meant the whole group's settings."""


class MayNotHandOver(NotAllowed):
    """Only curators and the helpers of a pick-up point may hand goods over there."""


class Anonymous(NotAllowed):
    """Whoever hides behind the group or a channel cannot order."""


@dataclass(eq=False)
class PersonUnknown(NotPossible):
    """Nobody of this name is in the group."""

    name: str


@dataclass(eq=False)
class AppointedByTelegram(NotPossible):
    """The person leads as an administrator of the chat; that can be changed only there."""

    name: str


class OnlyInGroup(NotAllowed):
    """The command works in a group."""


class OnlyInPrivate(NotAllowed):
    """The command works in private."""


class NoInviteRight(NotPossible):
    """The bot may not make invite links in this group."""


@dataclass(eq=False)
class SettingUnreadable(Unreadable):
    """This is no value of the named setting; without a name, there is no such setting."""

    name: str
    text: str


@dataclass(eq=False)
class PriceUnreadable(Unreadable):
    """The price is missing, negative, zero, too large or has too many decimals."""

    text: str


@dataclass(eq=False)
class OrderUnreadable(Unreadable):
    """What follows the pick's number is no quantity and no variant."""

    text: str


@dataclass(eq=False)
class VariantUnknown(Unreadable):
    """The order names no variant that the pick has, or could mean several."""

    name: str
    variants: tuple[str, ...]


class TitleMissing(Unreadable):
    """The pick has a price but no title."""


@dataclass(eq=False)
class TitleTooLong(Unreadable):
    """The title has more characters than a card can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class WordsTooLong(Unreadable):
    """The description has more characters than a card can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class TooManyVariants(Unreadable):
    """More variants than a card can show."""

    count: int
    limit: int


@dataclass(eq=False)
class VariantRepeated(Unreadable):
    """Two variants have names that nobody could tell apart."""

    name: str


@dataclass(eq=False)
class VariantNameTooLong(Unreadable):
    """A variant's name does not fit on a button."""

    name: str
    limit: int


@dataclass(eq=False)
class StockUnreadable(Unreadable):
    """The stock is not a whole number from one to a million."""

    text: str


@dataclass(eq=False)
class DeadlineUnreadable(Unreadable):
    """This is not a time, or it could be two."""

    text: str


class DeadlineMissing(Unreadable):
    """The command needs a time."""


@dataclass(eq=False)
class DeadlinePast(Unreadable):
    """The deadline is over already."""

    text: str
    at: datetime


@dataclass(eq=False)
class DeadlineTooFar(Unreadable):
    """The deadline is further away than a pick may run."""

    text: str
    limit_days: int


@dataclass(eq=False)
class TierUnreadable(Unreadable):
    """This is no price tier: a quantity of two or more and a unit price in the pick's currency."""

    text: str


@dataclass(eq=False)
class TierRepeated(Unreadable):
    """Two price tiers begin at the same quantity."""

    quantity: int


@dataclass(eq=False)
class TierTooDear(Unreadable):
    """A price tier is not cheaper than the one from `before` on, or, where that is 0, than the price."""

    quantity: int
    before: int


@dataclass(eq=False)
class TooManyTiers(Unreadable):
    """More price tiers than a card can show."""

    count: int
    limit: int


@dataclass(eq=False)
class TierAboveStock(Unreadable):
    """A price tier begins where there is nothing left to be sold."""

    quantity: int
    stock: int


@dataclass(eq=False)
class MinimumUnreadable(Unreadable):
    """The minimum quantity is not a whole number from two to a million."""

    text: str


@dataclass(eq=False)
class MinimumAboveStock(Unreadable):
    """The minimum quantity is more than there is."""

    minimum: int
    stock: int


@dataclass(eq=False)
class LimitUnreadable(Unreadable):
    """The limit per person is not a whole number from one to a million."""

    text: str


@dataclass(eq=False)
class LimitReached(NotPossible):
    """More than one person may order of this offer; so many she has of it already."""

    limit: int
    held: int


@dataclass(eq=False)
class KeepsOldPrice(NotPossible):
    """The order keeps an older price for what it holds; more would cost this."""

    price: Money


class PriceSettled(NotPossible):
    """Another group has closed at its price already, so it cannot rise for this one."""


@dataclass(eq=False)
class PickOver(PickClosed):
    """The pick is closed, failed or withdrawn already, or not open yet, as its state says."""

    state: str


@dataclass(eq=False)
class AlreadyOnOffer(NotPossible):
    """The same is on offer in this group now, or soon."""

    number: int


@dataclass(eq=False)
class HandedOver(NotPossible):
    """Some of the pick's goods are in their buyers' hands."""

    number: int


@dataclass(eq=False)
class StockBelowSold(NotPossible):
    """More of a variant is ordered than the new stock would hold."""

    variant: str
    sold: int


@dataclass(eq=False)
class SeveralPicks(NotPossible):
    """Several groups of this person have a pick with this number."""

    number: int
    groups: tuple[str, ...]


@dataclass(eq=False)
class ReasonMissing(Unreadable):
    """A pick is withdrawn for a reason that its buyers will read."""

    number: int


@dataclass(eq=False)
class EditUnreadable(Unreadable):
    """The command does not say what of the pick shall change, and into what."""

    number: int


@dataclass(eq=False)
class ClosesBeforeOpening(NotPossible):
    """The deadline would come before the pick opens."""

    opens_at: datetime


class DraftRefused(NotPossible):
    """A draft cannot take this, or cannot be posted as it is; the draft is kept."""


@dataclass(eq=False)
class DraftIncomplete(DraftRefused):
    """The draft lacks what no pick can be without; these steps are missing."""

    steps: tuple[str, ...]


class DraftStartPast(DraftRefused):
    """The time at which the draft should be posted is over."""


class DraftDeadlinePast(DraftRefused):
    """The draft's deadline is over."""


class DraftEndsBeforeStart(DraftRefused):
    """The draft's deadline comes before it is posted."""


@dataclass(eq=False)
class DraftPosted(DraftRefused):
    """The draft was posted already, under this number."""

    number: int


@dataclass(eq=False)
class DraftNotYours(DraftRefused):
    """Whoever writes the draft does not lead this group, or no longer."""

    group: str


@dataclass(eq=False)
class DraftGroupLeft(DraftRefused):
    """The bot is not in this group any more."""

    group: str


@dataclass(eq=False)
class TopicClosed(DraftRefused):
    """The forum topic takes no messages."""

    topic: str


@dataclass(eq=False)
class TopicUnknown(DraftRefused):
    """This is no link to a topic of the group."""

    text: str


@dataclass(eq=False)
class TooManyDrafts(DraftRefused):
    """More drafts than one person may keep."""

    limit: int


class TextNeeded(DraftRefused):
    """The step wants words, not a file or a picture."""


class ChoiceNeeded(DraftRefused):
    """The step is answered by a button, not by words."""


class PhotoNeeded(DraftRefused):
    """What was sent is no photo."""


class PhotoAsFile(DraftRefused):
    """The picture came as a file, which cannot be shown on a card."""


@dataclass(eq=False)
class PhotoTooSmall(DraftRefused):
    """The photo has too few pixels to be shown on a card."""

    width: int
    height: int
    least: int


@dataclass(eq=False)
class TooManyPhotos(DraftRefused):
    """More photos than a pick can have."""

    limit: int


class DraftTitleMissing(DraftRefused):
    """What was typed as a title says nothing."""


@dataclass(eq=False)
class DraftTitleTooLong(DraftRefused):
    """The title has more characters than a card can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class DraftPriceUnreadable(DraftRefused):
    """What was typed is no price."""

    text: str


class PriceFirst(DraftRefused):
    """The step needs the price to be set before."""


@dataclass(eq=False)
class KindsUnreadable(DraftRefused):
    """What was typed names no kinds."""

    text: str


@dataclass(eq=False)
class TooManyOptionGroups(DraftRefused):
    """The variants differ in more things than can be kept apart."""

    count: int
    limit: int


@dataclass(eq=False)
class TeamUnreadable(DraftRefused):
    """What was typed is no team price with a size and hours."""

    text: str


class HandoverRefused(NotPossible):
    """Goods cannot be handed over, or pick-up points not be changed, like this."""


class OrderNumberMissing(HandoverRefused):
    """The command needs the number or the code of an order."""


@dataclass(eq=False)
class OrderUnknown(HandoverRefused):
    """No pick that is being handed over has an order with this number."""

    number: int


class CodeUnknown(HandoverRefused):
    """No order has this code."""


class CodeOfAnotherGroup(HandoverRefused):
    """The code is of an order in a group in which the person hands nothing over."""


@dataclass(eq=False)
class FetchedElsewhere(HandoverRefused):
    """The order is to be fetched at another pick-up point than the person's own."""

    number: int
    point: str


@dataclass(eq=False)
class OrderIsCancelled(HandoverRefused):
    """The order was cancelled."""

    number: int


@dataclass(eq=False)
class OrderInReview(HandoverRefused):
    """Something about the order must be decided by a person first."""

    number: int


@dataclass(eq=False)
class PickStillOpen(HandoverRefused):
    """The pick still takes orders, so there is nothing to hand over."""

    number: int


@dataclass(eq=False)
class HandedOverAlready(HandoverRefused):
    """Somebody handed the order over before; the moment is on the clock of its group."""

    number: int
    by: str
    at: datetime


@dataclass(eq=False)
class NotHandedOver(HandoverRefused):
    """There is no hand-over to be undone."""

    number: int


@dataclass(eq=False)
class GoodsFetched(HandoverRefused):
    """The goods were fetched, so it matters no more where."""

    number: int


class NothingToHandOver(HandoverRefused):
    """No pick waits for this person to hand it over."""


@dataclass(eq=False)
class PointGone(HandoverRefused):
    """The pick-up point is not in use any more."""

    name: str


class PointNameMissing(HandoverRefused):
    """The pick-up point has no name."""


@dataclass(eq=False)
class PointNameTooLong(HandoverRefused):
    """The name of a pick-up point does not fit on a button."""

    length: int
    limit: int


@dataclass(eq=False)
class PointNameTaken(HandoverRefused):
    """Another pick-up point of the group has a name that nobody could tell apart."""

    name: str


@dataclass(eq=False)
class PointWordsTooLong(HandoverRefused):
    """Address and hours have more characters than a message can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class TooManyPoints(HandoverRefused):
    """The group has as many pick-up points as can be shown."""

    limit: int


class MemberRefused(NotPossible):
    """A member's reminder, question or proposal cannot be taken, or settled, like this."""


@dataclass(eq=False)
class ReminderTooLate(MemberRefused):
    """The pick closes within the hour."""

    number: int


class QuestionGone(MemberRefused):
    """The question was taken back, or set aside, or there is none."""


class QuestionAnswered(MemberRefused):
    """The question has its answer already."""


class AnswerMissing(MemberRefused):
    """An answer needs words."""


@dataclass(eq=False)
class AnswerTooLong(MemberRefused):
    """The answer has more characters than a card can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class TooManyProposals(MemberRefused):
    """So many of a member's proposals wait for a curator already."""

    limit: int


class ProposalIncomplete(MemberRefused):
    """A proposal that does not say what it is."""


@dataclass(eq=False)
class ProposalTitleTooLong(MemberRefused):
    """What it is has more characters than a card's title can bear."""

    length: int
    limit: int


@dataclass(eq=False)
class ProposalWordsTooLong(MemberRefused):
    """Why she vouches for it has more characters than a card can bear."""

    length: int
    limit: int


class ProposalPhotoNeeded(MemberRefused):
    """What was sent is no photo."""


class ProposalTextNeeded(MemberRefused):
    """The step wants words."""


class ProposalChoiceNeeded(MemberRefused):
    """The step is answered by a button."""


class ProposalDecided(MemberRefused):
    """A curator has decided on the proposal already."""
