"""Refusals: what cannot be had or done because something is stopped, or because it is not."""

from dataclasses import dataclass

from bot.errors import NotAllowed, NotPossible


@dataclass(eq=False)
class PickStopped(NotPossible):
    """Something is wrong with what the pick offers, so it takes no orders for now."""

    number: int


class OfferStopped(NotPossible):
    """What is stopped can be posted nowhere, in no further round and no further group."""


@dataclass(eq=False)
class StoppedAlready(NotPossible):
    """What somebody wants to stop is stopped already."""

    number: int


@dataclass(eq=False)
class StoppedOpen(NotPossible):
    """What is stopped does not close: it goes on, or is withdrawn."""

    number: int


@dataclass(eq=False)
class StopReasonMissing(NotPossible):
    """Whoever has it reads why it is stopped, and that needs words."""

    number: int


@dataclass(eq=False)
class PickGone(NotPossible):
    """Nobody has, or will have, anything of the pick: there is nothing to stop."""

    number: int


class RecallOver(NotPossible):
    """What was stopped is on sale again, so nothing of it can be answered or changed any more."""


class RecallAnswered(NotPossible):
    """She wanted her money back, and a case is open about it: that is where it goes on."""


class NotYoursToLift(NotAllowed):
    """Whoever stopped it, or somebody above her, says when it goes on."""
