"""Wishing, changing a wish and taking it back: each is put to the need of its group that it is alike to."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from bot.errors import ButtonOutdated
from bot.rules.rate_limits import free_at, longest
from bot.rules.typed_text import fold
from bot.rules.wish_groups import Gathered, nearest
from bot.rules.wish_meaning import sense
from bot.rules.wish_text import WishText
from bot.rules.wishes import MOST_OPEN, WISHES_OF_A_PERSON, over_at
from bot.wish_errors import TooManyOpenWishes, WishesTooOften
from storage.models import Group, Need, Wish
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class WishKept:
    """A wish as it is kept, the need it belongs to, and how many people wait for that, she included."""

    wish: Wish
    need: Need
    people: int
    is_change: bool


async def keep_wish(
    uow: UnitOfWork,
    group: Group,
    person_id: int,
    said: WishText,
    *,
    language: str,
    now: datetime,
    message_id: int | None = None,
    private_message_id: int | None = None,
) -> WishKept | None:
    """Keep what somebody wishes, or change what she wished by this message or for the same need before.

    None: its message said a wish that is over. Raises WishesTooOften, TooManyOpenWishes.
    """
    assert group.id is not None
    # Two who wish for the same at once begin one need.
    await uow.groups.lock(group.id)
    told = await _said_by(uow, group.id, person_id, message_id, private_message_id)
    if told is not None and (told.closed_at is not None or told.person_id != person_id):
        return None
    if told is None:
        await _require_leisure(uow, person_id, now=now)
    wishes = await uow.wishes.list_open(group.id)
    need = await _need_of(uow, group, said, wishes, told, language=language, now=now)
    assert need.id is not None
    mine = [wish for wish in wishes if wish.need_id == need.id and wish.person_id == person_id]
    wish = told or next(iter(mine), None)
    left_id = wish.need_id if wish is not None and wish.need_id != need.id else None
    is_change = wish is not None
    if wish is None:
        if sum(each.person_id == person_id for each in wishes) >= MOST_OPEN:
            raise TooManyOpenWishes(MOST_OPEN)
        wish = Wish(
            group_id=group.id,
            person_id=person_id,
            need_id=need.id,
            words="",
            language=language,
            currency=group.currency,
            created_at=now,
            expires_at=now,
        )
    _write(wish, need.id, said, language=language, now=now)
    wish.message_id = message_id if message_id is not None else wish.message_id
    wish.private_message_id = private_message_id or wish.private_message_id
    await uow.wishes.save(wish)
    await uow.wishes.close([other.id or 0 for other in mine if other.id != wish.id], now=now)
    if left_id is not None:
        await uow.wishes.close_empty([left_id], now=now)
    counted = await uow.wishes.list_counted(group.id, need_id=need.id, now=now)
    people = len({each.person_id for each in counted} | {person_id})
    return WishKept(wish=wish, need=need, people=people, is_change=is_change)


async def take_back(uow: UnitOfWork, wish_id: int, person_id: int, *, now: datetime) -> Wish:
    """Somebody does not want it any more. Raises ButtonOutdated."""
    wish = await uow.wishes.find(wish_id)
    if wish is None or wish.person_id != person_id or wish.closed_at is not None:
        raise ButtonOutdated
    await uow.groups.lock(wish.group_id)
    await uow.wishes.close([wish_id], now=now)
    await uow.wishes.close_empty([wish.need_id], now=now)
    return wish


async def _said_by(
    uow: UnitOfWork, group_id: int, person_id: int, message_id: int | None, private_message_id: int | None
) -> Wish | None:
    if message_id is not None:
        return await uow.wishes.find_by_message(group_id, message_id)
    if private_message_id is not None:
        return await uow.wishes.find_by_private_message(person_id, private_message_id)
    return None


async def _require_leisure(uow: UnitOfWork, person_id: int, *, now: datetime) -> None:
    times = await uow.wishes.times_of(person_id, since=now - longest(WISHES_OF_A_PERSON))
    again_at = free_at(WISHES_OF_A_PERSON, times, now=now)
    if again_at is not None:
        raise WishesTooOften(ceil((again_at - now).total_seconds() / 60))


async def _need_of(
    uow: UnitOfWork,
    group: Group,
    said: WishText,
    wishes: Sequence[Wish],
    told: Wish | None,
    *,
    language: str,
    now: datetime,
) -> Need:
    """The need to which it belongs; where only the numbers of a wish changed, the one where it is."""
    assert group.id is not None
    needs = await uow.wishes.list_needs(group.id)
    if told is not None and told.words == said.words:
        return next(need for need in needs if need.id == told.need_id)
    others: defaultdict[int, list[Wish]] = defaultdict(list)
    for wish in wishes:
        if told is None or wish.id != told.id:
            others[wish.need_id].append(wish)
    wished = [gathered(need, others[need.id or 0]) for need in needs]
    at = nearest(sense(said.words, language=language), wished, words=fold(said.words))
    if at is not None:
        return needs[at]
    return await uow.wishes.add_need(Need(group_id=group.id, title=said.words, created_at=now))


def gathered(need: Need, wishes: Sequence[Wish]) -> Gathered:
    """A need as it is compared: what its wishes are about."""
    return Gathered(
        senses=[sense(wish.words, language=wish.language) for wish in wishes],
        words=frozenset(fold(wish.words) for wish in wishes),
        is_by_hand=need.is_by_hand,
    )


def _write(wish: Wish, need_id: int, said: WishText, *, language: str, now: datetime) -> None:
    wish.need_id, wish.words, wish.language = need_id, said.words, language
    wish.quantity = said.quantity
    wish.limit_amount = said.limit.amount if said.limit is not None else None
    wish.wanted_by = said.wanted_by
    wish.expires_at = over_at(said.wanted_by, now=now)
