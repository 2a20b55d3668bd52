"""Refusals about campaigns, as facts without words for people."""

from dataclasses import dataclass

from bot.errors import NotPossible


class CampaignRefused(NotPossible):
    """A campaign cannot be like this, or not be dealt with like this now."""


class CampaignWordsMissing(CampaignRefused):
    """It has no words yet."""


@dataclass(eq=False)
class CampaignWordsTooLong(CampaignRefused):
    """They would not fit under a photo."""

    limit: int


class CampaignForNobody(CampaignRefused):
    """No group is meant that would take it."""


@dataclass(eq=False)
class CampaignReachChanged(CampaignRefused):
    """Another number of groups is meant now than the one that was confirmed."""

    count: int


class CampaignLaunched(CampaignRefused):
    """It is under way or over, so nothing of it can be changed."""


class CampaignOver(CampaignRefused):
    """It is over already, or was never under way."""


@dataclass(eq=False)
class CampaignGroupsUnknown(CampaignRefused):
    """These names are no group's, or several groups'."""

    names: str


@dataclass(eq=False)
class CampaignGroupsTooMany(CampaignRefused):
    """More groups were listed than that."""

    limit: int
