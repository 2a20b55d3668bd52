"""How a group stands with its allowance: what is left, when more comes back, what waits, what was posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.allowance import books_of, slot_for
from bot.rules.trust_allowance import Left, Slot, left
from storage.models import Group, TrustChange, TrustVote
from storage.repositories.picks import PostedPick
from storage.repositories.trust import Listed
from storage.unit_of_work import UnitOfWork

MOST_LISTED = 5
MOST_WAITING = 10


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What /trust shows of a group; the slot is the next one for whoever asks."""

    group: Group
    left: Sequence[Left]
    #: None where the bot does not see the group's talk, or nothing was posted yet.
    messages_since: int | None
    slot: Slot
    waiting: Sequence[PostedPick]
    posts: Sequence[Listed]
    vote: TrustVote | None
    #: The bad signs that last lowered how much of its caps the group may use.
    change: TrustChange | None


async def standing_of(uow: UnitOfWork, group: Group, *, curator_id: int | None, now: datetime) -> Standing:
    """How a group stands, for this curator (None: for anybody)."""
    key = group.id or 0
    book = (await books_of(uow, [group], now=now))[key]
    planned = (await uow.trust.list_planned([key]))[key][:MOST_WAITING]
    found = await uow.picks.load([post.pick_id for post in planned])
    return Standing(
        group=group,
        left=left(group, book, now=now) if group.keeps_allowance else (),
        messages_since=book.messages_since if book.last_in_chat is not None else None,
        slot=await slot_for(uow, group, curator_id=curator_id, wanted=now, now=now),
        waiting=[found[post.pick_id] for post in planned],
        posts=await uow.trust.list_entries(key, limit=MOST_LISTED),
        vote=await uow.trust.find_vote(key),
        change=await uow.trust_signals.last_lowered(key),
    )
