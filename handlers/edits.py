"""Commands that change a pick: /edit, /extend, /close, /withdraw, /repost; in a group or in private."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from telegram import Bot

from bot.edit_errors import SeveralPicks
from bot.errors import (
    DeadlineMissing,
    NotACurator,
    OnlyInGroup,
    PickUnknown,
)
from bot.i18n import Translator
from bot.rules.draft_answers import Reading, refused_file, with_photo
from bot.rules.drafts import DraftContent, DraftVariant
from bot.rules.picks import (
    Edit,
    asks_buyers,
    new_category,
    new_deadline,
    new_price,
    new_stocks,
    new_tiers,
    new_title,
    new_words,
    read_edit,
    read_reason,
)
from bot.rules.pricing import Terms
from bot.services.closing import close_pick
from bot.services.edits import PickChange, edit_pick
from bot.services.picks import extend_pick, repost_pick
from bot.services.pricing import NewPriceFor, change_price, offer_terms
from bot.services.teams import settle_teams
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from bot.supplying import give_deadline, lock_offer, require_own
from bot.views.manage import edited_notice, price_changed_notice, reposted_notice
from bot.views.picks import pick_closed_notice, pick_extended_notice
from bot.views.withdrawals import pick_withdrawn_notice
from handlers.access import group_led, may_curate, number_named, require_curator
from handlers.speaking import reply, speaker
from handlers.trust_slots import show_held
from handlers.updates import Said
from storage.repositories.picks import PostedPick
from storage.states import PickState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class By:
    """Who changes something; no person means that she spoke in the group's name."""

    person_id: int | None

    @classmethod
    def author(cls, said: Said) -> "By":
        """Whoever wrote a message."""
        return cls(person_id=said.person.id if said.has_face else None)


@dataclass(frozen=True, kw_only=True)
class NewTerms:
    """Another price or other tiers, and whose they become where somebody would pay more."""

    terms: Terms
    applies_to: NewPriceFor


Change = PickChange | NewTerms | datetime
"""What an edit makes different; a moment is the new deadline."""


async def edit_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/edit 1 title Wool scarf`, or with a photo `/edit 1`."""
    posted, rest = await pick_meant(said, shop, bot)
    edit = read_edit(rest, number=posted.pick.number, has_photo=said.photo_id is not None)
    change = await read_change(edit, posted, said, shop)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        words = await apply_change(uow, posted, change, t, by=By.author(said), now=shop.now())
        await reply(uow, shop, said, words)


async def extend_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/extend 1 in 8h`: give a pick another deadline."""
    posted, when = await pick_meant(said, shop, bot)
    if not when:
        raise DeadlineMissing
    change = await read_change(Edit(field="till", text=when), posted, said, shop)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        words = await apply_change(uow, posted, change, t, by=By.author(said), now=shop.now())
        await reply(uow, shop, said, words)


async def close_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/close 1`: close a pick now."""
    posted, _ = await pick_meant(said, shop, bot)
    async with shop.handling(said.update_id) as uow:
        closed = await close_early(uow, posted.id, by=By.author(said), now=shop.now())
        t = await speaker(uow, said.person)
        has_failed = closed.pick.state is PickState.FAILED
        notice = pick_closed_notice(t, number=posted.pick.number, has_failed=has_failed)
        await reply(uow, shop, said, notice)


async def withdraw_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/withdraw 1 the supplier has none left`."""
    posted, why = await pick_meant(said, shop, bot)
    reason = read_reason(why, number=posted.pick.number)
    async with shop.handling(said.update_id) as uow:
        by = By.author(said).person_id
        await withdraw_pick(uow, posted.id, reason=reason, by_id=by, now=shop.now())
        t = await speaker(uow, said.person)
        await reply(uow, shop, said, pick_withdrawn_notice(t, number=posted.pick.number))


async def repost_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/repost 1`, perhaps `/repost 1 till fri 18:00`."""
    posted, when = await pick_meant(said, shop, bot)
    closes_at = await read_moment(when, posted, shop) if when else None
    async with shop.handling(said.update_id) as uow:
        by = By.author(said).person_id
        pick = await repost_pick(uow, posted.id, closes_at=closes_at, by_id=by, now=shop.now())
        if not await show_held(uow, shop, said, pick):
            t = await speaker(uow, said.person)
            await reply(uow, shop, said, reposted_notice(t, number=pick.number))


async def close_early(uow: UnitOfWork, pick_id: int, *, by: By, now: datetime) -> PostedPick:
    """Close a pick before its deadline, wherever it is sold for its group, and note who wanted it.

    Raises PickOver, SupplierDecides.
    """
    locked = await lock_offer(uow, pick_id)
    require_own(locked[pick_id])
    await give_deadline(uow, pick_id, locked, now, now=now)
    await settle_teams(uow, pick_id, now=now)
    posted = await close_pick(uow, pick_id, now=now)
    await uow.audit.add(
        "pick_closed", group_id=posted.pick.group_id, person_id=by.person_id, pick_id=pick_id, now=now
    )
    return posted


async def read_change(edit: Edit, posted: PostedPick, said: Said, shop: Shop) -> Change:
    """What an edit makes different; reads the pick alone and changes nothing. Raises SupplierDecides."""
    require_own(posted)
    match edit.field:
        case "till":
            return await read_moment(edit.text, posted, shop)
        case "title":
            return PickChange(title=new_title(edit.text, _reading(posted, shop)))
        case "words":
            return PickChange(words=new_words(edit.text, _reading(posted, shop)))
        case "category":
            return PickChange(category=new_category(edit.text) or "")
        case "stock":
            return PickChange(stocks=new_stocks(_kinds(posted), edit.text))
        case "price" | "tiers":
            return await _new_terms(edit, posted, shop)
    return PickChange(photo_id=_photo(said))


async def apply_change(
    uow: UnitOfWork,
    posted: PostedPick,
    change: Change,
    t: Translator,
    *,
    by: By,
    now: datetime,
) -> Markup | str:
    """Change a pick, and say so. Raises PickOver, StockBelowSold, ClosesBeforeOpening, NotACurator."""
    number = posted.pick.number
    if isinstance(change, datetime):
        await extend_pick(uow, posted.id, closes_at=change, by_id=by.person_id, now=now)
        zone = posted.group.time_zone
        return pick_extended_notice(t, number=number, closes_at=change, time_zone=zone, now=now)
    await _require_everywhere(uow, posted, by)
    if isinstance(change, NewTerms):
        result = await change_price(
            uow, posted.id, change.terms, applies_to=change.applies_to, by_id=by.person_id, now=now
        )
        return price_changed_notice(t, number=number, kept=result.kept, asked=result.asked)
    await edit_pick(uow, posted.id, change, by_id=by.person_id, now=now)
    return edited_notice(t, number=number)


async def _new_terms(edit: Edit, posted: PostedPick, shop: Shop) -> NewTerms:
    text, asks = asks_buyers(edit.text)
    async with shop.reading() as uow:
        old = await offer_terms(uow, posted.pick.offer_id)
    read = new_price if edit.field == "price" else new_tiers
    return NewTerms(
        terms=read(old, text, _reading(posted, shop)),
        applies_to=NewPriceFor.WHO_AGREES if asks else NewPriceFor.LATER_ORDERS,
    )


async def pick_meant(said: Said, shop: Shop, bot: Bot) -> tuple[PostedPick, str]:
    """The pick that a curator's command is about, and the rest of what she wrote.

    Raises PickMissing, PickUnknown, SeveralPicks, NotACurator, NotYourPick.
    """
    number, rest = number_named(said.arguments)
    if said.is_private:
        return await _own_pick(said, shop, number), rest
    group = await group_led(said, shop, bot)
    assert group.id is not None
    async with shop.reading() as uow:
        posted = await uow.picks.find_by_number(group.id, number)
        if posted is None:
            raise PickUnknown(number)
        if not said.speaks_for_group:
            await require_curator(uow, said.person.id, posted)
    return posted, rest


async def _own_pick(said: Said, shop: Shop, number: int) -> PostedPick:
    async with shop.reading() as uow:
        groups = await uow.groups.list_led_by(said.person.id)
        if not groups:
            raise OnlyInGroup
        found = [await uow.picks.find_by_number(group.id or 0, number) for group in groups]
        mine = [
            posted
            for posted in found
            if posted is not None and await may_curate(uow, posted.pick.group_id, said.person.id, posted.pick)
        ]
    if not mine:
        raise PickUnknown(number)
    if len(mine) > 1:
        raise SeveralPicks(number, tuple(posted.group.title for posted in mine))
    return mine[0]


async def _require_everywhere(uow: UnitOfWork, posted: PostedPick, by: By) -> None:
    """What is shared with another group is changed by whoever may do so there as well."""
    for pick in await uow.posts.list_posted(posted.pick.offer_id):
        # Who sells it for another group leaves that to the supplier.
        if pick.group_id == posted.pick.group_id or pick.is_carried:
            continue
        if by.person_id is None or not await may_curate(uow, pick.group_id, by.person_id, pick):
            raise NotACurator


async def read_moment(text: str, posted: PostedPick, shop: Shop) -> datetime:
    """A moment to come as somebody wrote it about a pick. Raises DeadlineUnreadable, DeadlinePast."""
    # In a thread: the first deadline to be read loads a large library.
    return await asyncio.to_thread(new_deadline, text, _reading(posted, shop))


def _reading(posted: PostedPick, shop: Shop) -> Reading:
    group = posted.group
    return Reading(
        currency=posted.offer.currency, now=shop.now(), time_zone=group.time_zone, language=group.language
    )


def _kinds(posted: PostedPick) -> Mapping[int, DraftVariant]:
    return {
        variant.id: DraftVariant(name=variant.name, stock=variant.stock, options=tuple(variant.options or ()))
        for variant in posted.variants
        if variant.id is not None
    }


def _photo(said: Said) -> str:
    """The photo of a message, or of the one it answers. Raises PhotoTooSmall, PhotoNeeded, PhotoAsFile."""
    if said.photos:
        best = said.photos[-1]
        with_photo(DraftContent(), best.id, width=best.width, height=best.height, album_id=None)
        return best.id
    if said.photo_id is not None:
        return said.photo_id
    raise refused_file(said.document.mime_type if said.document else "")
