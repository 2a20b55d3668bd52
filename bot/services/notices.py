"""What people are told in private: their choices, and new picks told a portion of people at a time.

A portion goes into the outbox in the transaction that notes how far the pick was told, and a notice that
was with Telegram when no answer came is not sent again: whatever stops the bot, nobody is told twice.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.notice_errors import TooManyWishes
from bot.rules.notice_text import Wish, WishText
from bot.rules.notices import MOST_WAITING, MOST_WISHES, NEW_FOR, portion
from bot.rules.quiet_hours import quiet_ends
from storage.models import OutboxEntry, Pick
from storage.repositories.notice_rounds import Wakefulness
from storage.repositories.outbox import Priority
from storage.states import CategoryWish, NoticeKind, OutboxKind
from storage.unit_of_work import UnitOfWork

_PICKS_AT_ONCE = 20
_PRIORITY = int(Priority.BROADCAST)
_LEAST_PORTION = 30
"""Fewer are not worth a look through the members."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one look has found: picks by their keys, and the people who want to hear of each, in order."""

    #: Until when nobody is woken.
    put_off: Mapping[int, datetime]
    #: After whom each was told that is not on offer any more, or of which people are told now.
    over: Mapping[int, int]
    told: Mapping[int, int]
    heard: Mapping[int, Sequence[int]]
    room: int


async def announce(uow: UnitOfWork, pick: Pick, *, now: datetime) -> bool:
    """A card has appeared: who wants to hear of new picks is told of it, once; says whether it is new."""
    is_late = pick.id is None or pick.opens_at <= now - NEW_FOR
    return not is_late and await uow.notice_rounds.begin(pick.id or 0, now=now)


async def look_around(uow: UnitOfWork, *, most_waiting: int = MOST_WAITING, now: datetime) -> Round:
    """Who is to be told next, and of what; so many people at most wait to be sent to."""
    put_off: dict[int, datetime] = {}
    over: dict[int, int] = {}
    told: dict[int, int] = {}
    for notice in await uow.notice_rounds.list_due(now=now, limit=_PICKS_AT_ONCE):
        wakes_at = _wakes_at(notice.wakefulness, now=now)
        if not notice.is_on_offer:
            over[notice.pick_id] = notice.after_id
        elif wakes_at is not None:
            put_off[notice.pick_id] = wakes_at
        else:
            told[notice.pick_id] = notice.after_id
    waiting = await uow.notice_rounds.count_waiting(priority=_PRIORITY, now=now, limit=most_waiting)
    room = most_waiting - waiting
    if room < _LEAST_PORTION:
        told = {}
    heard = {
        pick_id: await uow.notice_rounds.list_hearers(pick_id, after_id=after_id, limit=room)
        for pick_id, after_id in told.items()
    }
    return Round(put_off=put_off, over=over, told=told, heard=heard, room=room)


async def tell_portion(uow: UnitOfWork, found: Round, *, now: datetime) -> int:
    """Hand over what was found, as far as nobody else has since; returns how many people are told."""
    for pick_id, until in sorted(found.put_off.items()):
        await uow.notice_rounds.put_off(pick_id, until=until)
    await uow.notice_rounds.advance(found.over, up_to=None, now=now)
    next_ones = portion(found.heard, limit=found.room)
    ours = await uow.notice_rounds.advance(found.told, up_to=next_ones.up_to, now=now)
    people = {
        person_id: mine
        for person_id, pick_ids in next_ones.people.items()
        if (mine := [pick_id for pick_id in pick_ids if pick_id in ours])
    }
    await uow.notice_rounds.hand_over(people, priority=_PRIORITY, now=now)
    return len(people)


async def begin_notices(
    uow: UnitOfWork, entries: Sequence[OutboxEntry], *, now: datetime
) -> list[OutboxEntry]:
    """The sender has claimed rows; returns those it may send now, and notes that they are with Telegram.

    What was with Telegram before and came back has perhaps arrived: it is not sent again. What would wake
    people waits until the morning.
    """
    notices = [entry for entry in entries if is_notice(entry)]
    if not notices:
        return list(entries)
    groups = await uow.notice_rounds.wakefulness({key for entry in notices for key in _picks_of(entry)})
    left_out: set[int | None] = set()
    later: defaultdict[datetime, dict[int, list[int]]] = defaultdict(dict)
    for entry in notices:
        awake = [_wakes_at(groups[key], now=now) for key in _picks_of(entry) if key in groups]
        if _payload(entry).get("is_trying") or not awake:
            await uow.outbox.remove(entry.id or 0)
        elif None not in awake:
            until = min(moment for moment in awake if moment is not None)
            if entry.kind is not OutboxKind.NEW_PICKS:
                await uow.outbox.postpone(entry.id or 0, until=until, attempts=entry.attempts, reason="")
                left_out.add(entry.id)
                continue
            # Handed over anew, so that what comes until then is told with it.
            await uow.outbox.remove(entry.id or 0)
            later[until][entry.chat_id] = _picks_of(entry)
        else:
            await uow.outbox.change(entry.id or 0, {**_payload(entry), "is_trying": True})
            continue
        left_out.add(entry.id)
    for until, people in sorted(later.items()):
        await uow.notice_rounds.hand_over(people, priority=_PRIORITY, now=now, due_at=until)
    return [entry for entry in entries if entry.id not in left_out]


def is_notice(entry: OutboxEntry) -> bool:
    """Whether a row tells somebody of a pick, which nobody is to hear twice."""
    return entry.kind in (OutboxKind.NEW_PICKS, OutboxKind.WISH_ANSWERED, OutboxKind.TELLING)


async def put_notice_back(uow: UnitOfWork, entry: OutboxEntry, *, perhaps_sent: bool) -> bool:
    """A notice of picks was not sent, or perhaps it was; says whether it stays in the outbox."""
    if not perhaps_sent:
        await uow.outbox.change(entry.id or 0, {"pick_ids": _picks_of(entry)})
    return not perhaps_sent


async def tell_without_photo(uow: UnitOfWork, entry: OutboxEntry, *, now: datetime) -> None:
    """The photo of a notice cannot be sent: its words go alone."""
    await uow.outbox.change(entry.id or 0, {"pick_ids": _picks_of(entry), "is_plain": True})
    await uow.outbox.postpone(entry.id or 0, until=now, attempts=0, reason="")


async def switch(uow: UnitOfWork, person_id: int, kind: NoticeKind, *, is_on: bool, now: datetime) -> None:
    """Switch one kind of notices on or off."""
    await uow.notices.choose(person_id, kind, is_on=is_on, now=now)


async def show_purchases(uow: UnitOfWork, person_id: int, *, shows: bool) -> None:
    """People who know a person may count her among the buyers of something, or not any more."""
    await uow.notices.set_shows_purchases(person_id, shows=shows)


async def wish_for(
    uow: UnitOfWork, person_id: int, group_ids: Sequence[int], wish: WishText, *, now: datetime
) -> None:
    """Keep what a person wishes of these groups' categories. Raises TooManyWishes."""
    if wish.wish in (Wish.ALL, Wish.NOTHING):
        await switch(uow, person_id, NoticeKind.NEW_PICKS, is_on=wish.wish is Wish.ALL, now=now)
    kept = {Wish.ONLY: CategoryWish.ONLY, Wish.MUTE: CategoryWish.MUTE}.get(wish.wish)
    if (
        kept is CategoryWish.ONLY
        and (await uow.notices.choices_of(person_id)).get(NoticeKind.NEW_PICKS) is False
    ):
        # She wants to hear of something again; of the rest, as if she had never said anything.
        await uow.notices.unchoose(person_id, NoticeKind.NEW_PICKS)
    for group_id in sorted(group_ids):
        if wish.wish is Wish.ALL:
            await uow.notices.unwish(person_id, group_id)
        elif wish.wish is Wish.AS_USUAL:
            await uow.notices.unwish(person_id, group_id, categories=wish.categories)
        elif kept is not None:
            await _keep_wish(uow, person_id, group_id, wish.categories, kept, now=now)


async def _keep_wish(
    uow: UnitOfWork,
    person_id: int,
    group_id: int,
    categories: Sequence[str],
    wish: CategoryWish,
    *,
    now: datetime,
) -> None:
    known = (await uow.notices.wishes_of(person_id)).get(group_id, {})
    if len({*known, *categories}) > MOST_WISHES:
        raise TooManyWishes(MOST_WISHES)
    await uow.notices.wish(person_id, group_id, categories, wish, now=now)


def _wakes_at(group: Wakefulness, *, now: datetime) -> datetime | None:
    return quiet_ends(
        now, time_zone=group.time_zone, quiet_from=group.quiet_from, quiet_until=group.quiet_until
    )


def _payload(entry: OutboxEntry) -> Mapping[str, Any]:
    return entry.payload or {}


def _picks_of(entry: OutboxEntry) -> list[int]:
    return [int(pick_id) for pick_id in _payload(entry).get("pick_ids", ())]
