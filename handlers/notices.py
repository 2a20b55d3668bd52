"""What people are told in private: /notices with its pages, and wishes that they write."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from telegram import Bot

from bot.callbacks.notices import CategoryButton, NoticesButton, NoticeSwitchButton, ShowPurchasesButton
from bot.errors import Anonymous, ButtonOutdated
from bot.rules.notice_text import Wish, WishText, category_key, find_wish, read_wish
from bot.rules.notices import SWITCHES
from bot.rules.typed_text import fold
from bot.services.notices import show_purchases, switch, wish_for
from bot.shop import Shop
from bot.views.notices import NoticeFacts, categories_page, notices_page, wish_kept
from handlers.access import group_of
from handlers.conversation import Part, Waiting
from handlers.details import require_member, show_details, shown_pick
from handlers.reviews import WRITING
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.states import CategoryWish, NoticeKind
from storage.unit_of_work import UnitOfWork

_CATEGORIES_SHOWN = 30
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


async def notices_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/notices`, and `/notices only honey`: in a group for that group, in private for all of hers."""
    if not said.has_face:
        raise Anonymous
    group = None if said.is_private else await group_of(said, shop, bot)
    wish = read_wish(said.arguments) if said.arguments else None
    if wish is not None:
        await _keep(said, shop, wish, group)
        return
    async with shop.handling(said.update_id) as uow:
        await _meet(uow, shop, said, group)
        # The page asks for a wish in words, which would else be taken for more of her review.
        await uow.pickups.wait_no_more(said.person.id, WRITING)
        t = await speaker(uow, said.person)
        page = notices_page(t, await _facts(uow, said.person.id))
        await tell(uow, shop, said, page, payload="notices_0")


async def notices_opened(said: Said, shop: Shop) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, notices_page(t, await _facts(uow, said.person.id)))


async def notices_turned(tap: Tap, shop: Shop) -> None:
    """The page of all switches, or that of a group's categories."""
    button = NoticesButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await _show(uow, shop, tap, button.group_id)
    await tap.answer()


async def notice_switched(tap: Tap, shop: Shop) -> None:
    """One kind of notices on or off."""
    button = NoticeSwitchButton.read(tap.data)
    if button.notice not in SWITCHES:
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        kind = NoticeKind(button.notice)
        await switch(uow, tap.person.id, kind, is_on=bool(button.is_on), now=shop.now())
        await _show(uow, shop, tap, 0)
    await tap.answer()


async def category_tapped(tap: Tap, shop: Shop) -> None:
    """What she wants to hear of one category."""
    button = CategoryButton.read(tap.data)
    if button.wish not in (Wish.ONLY, Wish.MUTE, Wish.AS_USUAL):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        group = await _own_group(uow, tap.person.id, button.group_id)
        known = await _categories(uow, group)
        known += (await uow.notices.wishes_of(tap.person.id)).get(button.group_id, {})
        meant = [category for category in known if category_key(category) == button.category]
        if not meant:
            raise ButtonOutdated
        wish = WishText(wish=Wish(button.wish), categories=(meant[0],))
        await wish_for(uow, tap.person.id, [button.group_id], wish, now=shop.now())
        await _show(uow, shop, tap, button.group_id)
    await tap.answer()


async def show_purchases_tapped(tap: Tap, shop: Shop) -> None:
    """People who know her may count her among the buyers, or not any more."""
    button = ShowPurchasesButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await show_purchases(uow, tap.person.id, shows=bool(button.shows))
        if button.pick_id:
            await require_member(uow, await shown_pick(uow, button.pick_id), tap.person.id)
            await show_details(uow, shop, tap.person.id, button.pick_id, edit=tap.message_id)
        else:
            await _show(uow, shop, tap, 0)
    await tap.answer()


async def _keep(said: Said, shop: Shop, wish: WishText, group: Group | None) -> None:
    async with shop.handling(said.update_id) as uow:
        await _meet(uow, shop, said, group)
        groups = [group] if group is not None else await uow.groups.list_joined_by(said.person.id)
        wish = await _as_spelt(uow, groups, wish)
        concerned = await _concerned(uow, groups, wish)
        group_ids = [each.id for each in concerned if each.id is not None]
        await wish_for(uow, said.person.id, group_ids, wish, now=shop.now())
        t = await speaker(uow, said.person)
        words = wish_kept(t, wish.wish, wish.categories, groups=len(group_ids))
        await tell(uow, shop, said, words, payload="notices_0")


async def _meet(uow: UnitOfWork, shop: Shop, said: Said, group: Group | None) -> None:
    """Note who speaks, and that she is in the group in which she does."""
    await uow.members.meet([said.person], now=shop.now())
    if group is not None:
        await uow.members.enter(group.id or 0, [said.person.id], now=shop.now())


async def _as_spelt(uow: UnitOfWork, groups: Sequence[Group], wish: WishText) -> WishText:
    """The same with categories as their groups spell them, where only accents differ."""
    spelt = {fold(name): name for group in groups for name in await _categories(uow, group)}
    return replace(wish, categories=tuple(spelt.get(fold(name), name) for name in wish.categories))


async def _concerned(uow: UnitOfWork, groups: Sequence[Group], wish: WishText) -> Sequence[Group]:
    """Of several groups those that have such things; where none has any yet, all: it may come."""
    if wish.wish is not Wish.ONLY or len(groups) == 1:
        return groups
    having = [group for group in groups if {*await _categories(uow, group)} & {*wish.categories}]
    return having or groups


async def _show(uow: UnitOfWork, shop: Shop, tap: Tap, group_id: int) -> None:
    t = await speaker(uow, tap.person)
    if not group_id:
        await redraw(uow, shop, tap, notices_page(t, await _facts(uow, tap.person.id)))
        return
    group = await _own_group(uow, tap.person.id, group_id)
    wishes = (await uow.notices.wishes_of(tap.person.id)).get(group_id, {})
    await redraw(uow, shop, tap, categories_page(t, group, await _categories(uow, group), wishes))


async def _categories(uow: UnitOfWork, group: Group) -> list[str]:
    return await uow.notices.categories_of(group.id or 0, limit=_CATEGORIES_SHOWN)


async def _own_group(uow: UnitOfWork, person_id: int, group_id: int) -> Group:
    """A group that she is in, or has been in: what she wished there she can still take back."""
    group = await uow.groups.find(group_id)
    if group is None or await uow.members.find_member(group_id, person_id) is None:
        raise ButtonOutdated
    return group


async def _facts(uow: UnitOfWork, person_id: int) -> NoticeFacts:
    person = await uow.members.find(person_id)
    choices = await uow.notices.choices_of(person_id)
    wishes = await uow.notices.wishes_of(person_id)
    is_silent = choices.get(NoticeKind.NEW_PICKS) is False
    return NoticeFacts(
        on=frozenset([kind for kind in SWITCHES if await uow.notices.wants([person_id], kind)]),
        groups=await uow.groups.list_joined_by(person_id),
        wishes=wishes,
        hears_some=not is_silent
        and any(CategoryWish.ONLY in of_group.values() for of_group in wishes.values()),
        shows_purchases=person is not None and person.shows_purchases,
    )


async def _finds(_uow: UnitOfWork, said: Said) -> Waiting | None:
    """A sentence that names categories, where nothing else waits for what she says."""
    is_wish = bool(said.text) and find_wish(said.text) is not None
    return Waiting(since=_LONG_AGO, key=0) if is_wish else None


async def _wish_said(said: Said, shop: Shop, _bot: Any, _key: int) -> None:
    wish = find_wish(said.text)
    assert wish is not None
    await _keep(said, shop, wish, None)


PART = Part(finds=_finds, handles=_wish_said)
