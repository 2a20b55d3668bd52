"""Refusals: a pick in the making."""

from dataclasses import dataclass

from bot.errors import NotPossible


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
