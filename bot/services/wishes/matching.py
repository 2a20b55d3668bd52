"""Which need a pick may answer, and which pick a wish, by the measure that gathers wishes."""

from datetime import datetime

from bot.rules.typed_text import fold
from bot.rules.wish_groups import Gathered, nearest
from bot.rules.wish_meaning import sense
from bot.services.wishes.gathering import gathered
from bot.services.wishes.sorting import NeedSeen, see_needs
from storage.models import Need, Wish
from storage.repositories.picks import PostedPick
from storage.unit_of_work import UnitOfWork


async def alike_need(uow: UnitOfWork, posted: PostedPick, *, now: datetime) -> NeedSeen | None:
    """What members wished for in words alike enough to a pick's, if no pick answers it yet.

    Else what its draft was made of. Not what was wished for before the last round of the same: of that it
    was asked then.
    """
    asked_at = await uow.wishes.last_offered(
        posted.pick.group_id, posted.offer.first_round_id, before_id=posted.id
    )
    title, language = posted.offer.title, posted.group.language
    open_needs = [
        seen
        for seen in await see_needs(uow, posted.group, now=now)
        if seen.need.pick_id is None
        and (asked_at is None or any(wish.created_at > asked_at for wish in seen.wishes))
    ]
    wished = [gathered(seen.need, seen.wishes) for seen in open_needs]
    at = nearest(sense(title, language=language), wished, words=fold(title))
    if at is not None:
        return open_needs[at]
    drafted_id = await uow.wishes.find_drafted(posted.pick.group_id, posted.pick.offer_id)
    return next((seen for seen in open_needs if seen.need.id == drafted_id), None)


async def is_meant(uow: UnitOfWork, need: Need, posted: PostedPick) -> bool:
    """Whether a pick is still what its draft was made of: in words of the need, or alike to it."""
    wishes = [wish for wish in await uow.wishes.list_open(need.group_id) if wish.need_id == need.id]
    wished, title = gathered(need, wishes), posted.offer.title
    if fold(title) in wished.words | {fold(need.title)}:
        return True
    return nearest(sense(title, language=posted.group.language), [wished]) is not None


async def alike_pick(uow: UnitOfWork, wish: Wish) -> PostedPick | None:
    """What is on offer in the group and alike enough to a wish."""
    live = [posted for posted in await uow.picks.list_live(wish.group_id) if posted.takes_orders]
    offered = [
        Gathered(senses=[sense(posted.offer.title, language=posted.group.language)]) for posted in live
    ]
    at = nearest(sense(wish.words, language=wish.language), offered)
    return live[at] if at is not None else None
