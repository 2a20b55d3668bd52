"""Refusals: what somebody's role does not allow, and whom it cannot be given."""

from dataclasses import dataclass

from bot.errors import NotAllowed, NotPossible


class NotTheOwner(NotAllowed):
    """Only the group's owner may appoint people."""


class NotYourPick(NotAllowed):
    """A curator who is limited to her own picks meant somebody else's."""


class MayNotConfigure(NotAllowed):
    """A curator who is limited to her own picks meant the whole group's settings."""


class MayNotHandOver(NotAllowed):
    """Only curators and the helpers of a pick-up point may hand goods over there."""


@dataclass(eq=False)
class PersonUnknown(NotPossible):
    """Nobody of this name is in the group."""

    name: str


@dataclass(eq=False)
class AppointedByTelegram(NotPossible):
    """The person leads as an administrator of the chat; that can be changed only there."""

    name: str
