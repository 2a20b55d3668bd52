"""/manage: a curator's picks on screens in private, everything by taps or by writing one line."""

from datetime import UTC, datetime

from markupsafe import Markup
from telegram import Bot

from bot.callbacks.picks import ExtendButton, ManageButton, ManageGroupButton
from bot.edit_errors import PickOver
from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.rules.picks import is_field
from bot.services.picks import extend_pick, repost_pick
from bot.services.plans import pays_rewards, switch_pick
from bot.shop import Shop
from bot.supplying import require_own
from bot.views.carryings import word_question
from bot.views.drafts import held_notice
from bot.views.groups import leads_none
from bot.views.manage import (
    MOST_LISTED,
    close_question,
    extend_choices,
    field_question,
    managed_groups,
    managed_pick,
    managed_picks,
    reposted_notice,
    withdraw_question,
)
from bot.views.picks import pick_closed_notice
from bot.views.screens import Screen
from handlers.access import group_led, is_leader, may_curate, require_curator
from handlers.edits import By, close_early
from handlers.recalls import ASKED as STOP_ASKED
from handlers.recalls import ask_to_stop
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.repositories.picks import PostedPick
from storage.states import PickState
from storage.unit_of_work import UnitOfWork


async def manage_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/manage`: her groups' picks, in private."""
    if said.is_private:
        async with shop.handling(said.update_id) as uow:
            t = await speaker(uow, said.person)
            groups = await uow.groups.list_led_by(said.person.id)
            if len(groups) == 1:
                screen = await _group_screen(uow, t, groups[0].id or 0, said.person.id)
            else:
                screen = managed_groups(t, groups) if groups else Screen(text=leads_none(t))
            await send(uow, shop, said.person.id, screen)
        return
    group = await group_led(said, shop, bot)
    assert group.id is not None
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        screen = await _group_screen(uow, t, group.id, said.person.id)
        await tell(uow, shop, said, screen, payload=f"manage_{group.id}")


async def manage_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The picks of one group, by deep link."""
    async with shop.handling(said.update_id) as uow:
        if not await is_leader(uow, group_id, said.person.id):
            raise NotACurator
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await _group_screen(uow, t, group_id, said.person.id))


async def managed_group_tapped(tap: Tap, shop: Shop) -> None:
    """Back to the picks of a group."""
    group_id = ManageGroupButton.read(tap.data).group_id
    async with shop.handling(tap.update_id) as uow:
        if not await is_leader(uow, group_id, tap.person.id):
            raise NotACurator
        await uow.posts.stop_asking(tap.person.id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _group_screen(uow, t, group_id, tap.person.id))
    await tap.answer()


async def managed_pick_tapped(tap: Tap, shop: Shop) -> None:
    """One pick was chosen, or something that shall be done with it."""
    button = ManageButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        await uow.posts.stop_asking(tap.person.id)
        t = await speaker(uow, tap.person)
        screen = await _act(uow, shop, t, posted, button.action, person_id=tap.person.id)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def deadline_tapped(tap: Tap, shop: Shop) -> None:
    """Another deadline was chosen."""
    button = ExtendButton.read(tap.data)
    if not 0 < button.at < _FURTHEST:
        raise ButtonOutdated
    closes_at = datetime.fromtimestamp(button.at, UTC)
    async with shop.handling(tap.update_id) as uow:
        posted = await managed_by(uow, button.pick_id, tap.person.id)
        if closes_at <= shop.now():
            raise ButtonOutdated
        await uow.posts.stop_asking(tap.person.id)
        if closes_at != posted.pick.closes_at:
            await extend_pick(uow, posted.id, closes_at=closes_at, by_id=tap.person.id, now=shop.now())
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await pick_screen(uow, shop, t, posted.id))
    await tap.answer()


async def _act(
    uow: UnitOfWork, shop: Shop, t: Translator, posted: PostedPick, action: str, *, person_id: int
) -> Screen:
    pick_id, number = posted.id, posted.pick.number
    by = By(person_id=person_id)
    match action:
        case "home":
            await uow.pickups.wait_no_more(person_id, STOP_ASKED)
            return await pick_screen(uow, shop, t, pick_id)
        case "close":
            require_own(posted)
            _must_run(posted, PickState.LIVE)
            elsewhere = await uow.carried_orders.supplies(pick_id)
            return close_question(t, posted, is_sold_by_others=elsewhere)
        case "closed":
            closed = await close_early(uow, pick_id, by=by, now=shop.now())
            has_failed = closed.pick.state is PickState.FAILED
            note = pick_closed_notice(t, number=number, has_failed=has_failed)
            return await pick_screen(uow, shop, t, pick_id, note=note)
        case "repost":
            new = await repost_pick(uow, pick_id, closes_at=None, by_id=person_id, now=shop.now())
            is_held = new.wanted_at is not None
            note = (held_notice if is_held else reposted_notice)(t, number=new.number)
            return await pick_screen(uow, shop, t, new.id or 0, note=note)
        case "stop":
            return await ask_to_stop(uow, shop, person_id, posted)
        case "pays" | "pays_none":
            await switch_pick(uow, pick_id, pays=action == "pays", by_id=person_id, now=shop.now())
            return await pick_screen(uow, shop, t, pick_id)
        case _ if action == WORD and posted.pick.is_carried:
            _must_run(posted, PickState.LIVE, PickState.SCHEDULED)
        case "withdraw":
            _must_run(posted, PickState.LIVE, PickState.SCHEDULED, PickState.CLOSED)
        case _ if is_field(action):
            require_own(posted)
            _must_run(posted, PickState.LIVE, PickState.SCHEDULED)
        case _:
            raise ButtonOutdated
    await uow.posts.ask(person_id, pick_id, action, now=shop.now())
    return await _question(uow, shop, t, posted, action)


async def _question(uow: UnitOfWork, shop: Shop, t: Translator, posted: PostedPick, action: str) -> Screen:
    """What is to be written next."""
    if action == WORD:
        return word_question(t, posted)
    if action == "till":
        return extend_choices(t, posted, now=shop.now())
    if action == "withdraw":
        elsewhere = await uow.carried_orders.supplies(posted.id)
        return withdraw_question(t, posted, is_sold_by_others=elsewhere)
    return field_question(t, posted, action)


async def managed_by(uow: UnitOfWork, pick_id: int, person_id: int) -> PostedPick:
    """A pick, for somebody who may change it. Raises ButtonOutdated, NotACurator, NotYourPick."""
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise ButtonOutdated
    await require_curator(uow, person_id, posted)
    return posted


def _must_run(posted: PostedPick, *states: PickState) -> None:
    if posted.pick.state not in states:
        raise PickOver(posted.pick.number, posted.pick.state)


async def _group_screen(uow: UnitOfWork, t: Translator, group_id: int, person_id: int) -> Screen:
    group = await uow.groups.get(group_id)
    keys = await uow.posts.list_managed(group_id, limit=MOST_LISTED)
    found = await uow.picks.load(keys)
    mine = [found[key] for key in keys if await may_curate(uow, group_id, person_id, found[key].pick)]
    return managed_picks(t, group, mine)


async def pick_screen(
    uow: UnitOfWork, shop: Shop, t: Translator, pick_id: int, *, note: str | Markup | None = None
) -> Screen:
    """The screen of one pick as it stands now."""
    # Locked, and so read anew: it was changed a moment ago.
    posted = (await uow.picks.load([pick_id], lock=True))[pick_id]
    beside = await uow.posts.list_posted(posted.pick.offer_id)
    return managed_pick(
        t,
        posted,
        beside=beside,
        pays=await pays_rewards(uow, posted),
        telling=await uow.tellings.find(pick_id),
        now=shop.now(),
        note=note,
        supply=await uow.carryings.find_supply(pick_id) if posted.pick.is_carried else None,
        is_sold_by_others=await uow.carried_orders.supplies(pick_id),
    )


WORD = "vouch"
"""What the curator of a carried pick says of it herself."""
_FURTHEST = 2**36
"""Seconds since 1970 that a clock can still show."""
