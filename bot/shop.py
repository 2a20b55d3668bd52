"""The shop: opens units of work, tells the time, commits orders and reactions in groups."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.batching import GroupCommit
from bot.errors import AlreadyDone
from bot.rules.privacy import Kept
from bot.services.activity import TalkRequest, record_talk
from bot.services.orders.placing import place_orders
from bot.services.orders.requests import OrderPlaced, OrderRequest
from bot.services.reactions import ReactionRequest, record_reactions
from bot.services.teams import TeamWish, find_seat, take_seat
from storage.engine import Database
from storage.repositories.picks import PostedPick
from storage.repositories.teams import TeamEntry
from storage.unit_of_work import UnitOfWork, reading, writing

OnBatch = Callable[[str, int, float], None]
"""Told of each batch: what it held, how many requests, and the seconds it took."""


StarPage = Callable[[int, int], Awaitable[Sequence[Mapping[str, Any]]]]
"""Reads the bot's Star transactions, oldest first: how many to skip, and how many to read at most."""


Redeliver = Callable[[Mapping[str, object]], Awaitable[bool]]
"""Handles a raw update once more; says whether that is over, be it handled or put aside again."""

Report = Callable[[], Awaitable[Mapping[str, Any]]]
"""Tells how the bot is, as the health page does."""


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the shop assumes where nobody says otherwise."""

    pick_lasts: timedelta = timedelta(hours=24)
    updates_kept: timedelta = timedelta(hours=72)
    failures_kept: timedelta = timedelta(days=30)
    drafts_kept: timedelta = timedelta(days=30)
    """How long a deleted draft can be brought back, and an import waits for its next step."""
    kept: Kept = field(default_factory=Kept)
    """How long all else is kept about people."""
    keeps_allowance: bool = True
    """Whether a new group begins with an allowance for its commercial posts."""


@dataclass(frozen=True, kw_only=True)
class TeamJoined:
    """A seat was taken: in which team, with which order, on which pick."""

    posted: PostedPick
    team: TeamEntry
    placed: OrderPlaced


@dataclass(kw_only=True)
class Shop:
    """What every handler and job is handed."""

    database: Database
    now: Callable[[], datetime] = utc_now
    policy: Policy = field(default_factory=Policy)
    on_commit: Callable[[], None] = lambda: None
    on_batch: OnBatch = lambda what, size, seconds: None
    #: Told how much was wrong, each time that the books were looked at.
    on_audit: Callable[[int], None] = lambda faults: None
    bot_id: int = 0
    bot_username: str = ""
    #: Whether its name can be typed in any chat, as is set at BotFather.
    has_inline_mode: bool = False
    provider_token: str = field(default="", repr=False)
    """What names the operator's payment provider to Telegram; without one no group can take cards."""

    admin_ids: frozenset[int] = frozenset()
    """Who runs the bot, by its settings; others may have been given the same rights (`uow.admins`)."""

    redeliver: Redeliver | None = None
    """How an update is handled once more that was put aside, while the bot runs."""
    report: Report | None = None
    """How the bot is, while it runs."""

    star_transactions: StarPage | None = None
    """Telegram's own book of the bot's Stars, while the bot runs."""
    stars_compared: int = 0
    """So many transactions of that book were compared with ours since the start."""
    is_log_stale: bool = True
    """Whether SQLite's log may still hold what was deleted."""
    promotions_shown_until: datetime | None = None
    """What promotions began until then, cards tell of."""

    def __post_init__(self) -> None:
        self.orders: GroupCommit[OrderRequest, OrderPlaced] = GroupCommit(
            self._placing, on_batch=lambda size, seconds: self.on_batch("orders", size, seconds)
        )
        self.reactions: GroupCommit[ReactionRequest, None] = GroupCommit(
            self._noting_reactions, on_batch=lambda size, seconds: self.on_batch("reactions", size, seconds)
        )
        self.talk: GroupCommit[TalkRequest, None] = GroupCommit(
            self._noting_talk, on_batch=lambda size, seconds: self.on_batch("talk", size, seconds)
        )

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A consistent look at what is stored."""
        return reading(self.database)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[UnitOfWork]:
        """A transaction: the end of the block commits, raising undoes."""
        async with writing(self.database) as uow:
            yield uow
        self.on_commit()

    @asynccontextmanager
    async def handling(self, update_id: int) -> AsyncIterator[UnitOfWork]:
        """The transaction of one update's whole effect. Raises AlreadyDone for a second delivery."""
        async with self.writing() as uow:
            if not await uow.updates.record([update_id], now=self.now()):
                raise AlreadyDone(update_id)
            yield uow

    async def join_team(self, wish: TeamWish) -> TeamJoined:
        """Take a seat and place the order that goes with it: both, or neither."""
        async with self.writing() as uow:
            seat = await find_seat(uow, wish, now=self.now())
            request = OrderRequest(
                update_id=wish.update_id,
                person=wish.person,
                chat_id=seat.posted.group.chat_id,
                pick_id=wish.pick_id,
                ask=seat.ask,
                message_id=wish.message_id,
            )
            [placed] = await place_orders(uow, [request], now=self.now())
            if isinstance(placed, Exception):
                raise placed
            team = await take_seat(uow, wish, seat, now=self.now())
        return TeamJoined(posted=seat.posted, team=team, placed=placed)

    async def drain(self) -> None:
        """Wait until every request that was taken is committed."""
        await self.orders.drain()
        await self.reactions.drain()
        await self.talk.drain()

    def link(self, payload: str) -> str:
        """A deep link that opens the private chat with this payload, at most 64 of [A-Za-z0-9_-]."""
        return f"https://t.me/{self.bot_username}?start={payload}"

    @asynccontextmanager
    async def _batch(self) -> AsyncIterator[UnitOfWork]:
        """The transaction of many requests, which wakes nobody for a card that waits already."""
        async with writing(self.database) as uow:
            yield uow
        if uow.outbox.has_grown:
            self.on_commit()

    @asynccontextmanager
    async def _placing(
        self, requests: Sequence[OrderRequest]
    ) -> AsyncIterator[Sequence[OrderPlaced | Exception]]:
        async with self._batch() as uow:
            yield await place_orders(uow, requests, now=self.now())

    @asynccontextmanager
    async def _noting_reactions(self, requests: Sequence[ReactionRequest]) -> AsyncIterator[Sequence[None]]:
        async with self._batch() as uow:
            yield await record_reactions(uow, requests, now=self.now())

    @asynccontextmanager
    async def _noting_talk(self, requests: Sequence[TalkRequest]) -> AsyncIterator[Sequence[None]]:
        async with self._batch() as uow:
            yield await record_talk(uow, requests, now=self.now())
