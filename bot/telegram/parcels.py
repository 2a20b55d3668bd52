"""What the sender takes from the outbox and gives back."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """Something to upload, with the name that people see."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """A file that takes a while to make: made when it is on its way, so that no other parcel waits."""

    name: str
    make: Callable[[], Awaitable[bytes]]
    #: The method and the parameters, without the chat, of the call made instead if it cannot be made.
    otherwise: tuple[str, Mapping[str, object]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """One call of the Bot API that must be made; claimed by whoever took it."""

    id: int
    #: Where it goes, to keep order and limits; 0 for a call to no chat, such as setMyCommands.
    chat_id: int
    method: str
    #: Everything Telegram gets, chat_id included; a File is uploaded, a Late one made before.
    params: Mapping[str, object]
    #: The lower, the sooner: receipts, then cards, then broadcasts.
    priority: int
    #: How often it was tried in vain.
    attempts: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why a parcel will never arrive; the code is Telegram's, or 0 if we gave up ourselves."""

    code: int
    description: str


class Outbox(Protocol):
    """The table of unsent calls. Every parcel taken is settled by exactly one of the other methods.

    A parcel whose taker vanished (a crash) must become due again by itself, e.g. by a lease.
    """

    async def take(
        self, *, now: datetime, limit: int, not_chats: Collection[int], full_chats: Collection[int]
    ) -> Sequence[Parcel]:
        """Claim what is due, best priority first, then oldest, one parcel a chat.

        Nothing for `not_chats`. For `full_chats` only what counts as no message there (reactions,
        deletions); what is given all the same comes back postponed.
        """

    async def delivered(self, parcel: Parcel, result: object) -> None:
        """It is done; the result is Telegram's, as plain JSON."""

    async def postponed(
        self, parcel: Parcel, *, until: datetime, reason: str, attempts: int, perhaps_sent: bool = False
    ) -> None:
        """It is due again at `until`, with so many attempts behind it; perhaps Telegram has done it."""

    async def refused(self, parcel: Parcel, *, error: Refusal) -> None:
        """It will never be tried again."""

    async def migrated(self, old_chat_id: int, new_chat_id: int) -> None:
        """The group has a new id: whatever is unsent goes there."""
