"""The board in private: who ordered what, by member, by kind and by pick-up point; its sheets as files."""

from telegram import Bot

from bot.callbacks.boards import BoardButton, PointBoardButton, SheetButton, VariantBoardButton
from bot.errors import ButtonOutdated, NotACurator, OnlyInGroup, PickUnknown
from bot.i18n import Translator
from bot.services.boards import BoardFacts, page_of, point_sum, sums_of
from bot.shop import Shop
from bot.views.boards import board, board_by_variant, board_of_point, sheet_comes
from bot.views.groups import which_group
from bot.views.screens import Button, Screen
from bot.views.sheets import SHEETS
from handlers.access import group_led, number_named, pick_named, require_curator
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

_FORMATS = ("xlsx", "csv")


async def board_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/board 1`: who ordered what, in private, for those who may."""
    if said.is_private:
        await _asked_in_private(said, shop)
        return
    group = await group_led(said, shop, bot)
    # Adding up a large pick takes a while: nobody shall wait for it who writes.
    async with shop.reading() as uow:
        posted, _ = await pick_named(uow, group, said.arguments)
        if not said.speaks_for_group:
            await require_curator(uow, said.person.id, posted)
        screen = await _board(uow, await speaker(uow, said.person), posted, page=0)
    async with shop.handling(said.update_id) as uow:
        await tell(uow, shop, said, screen, payload=f"board_{posted.id}")


async def board_opened(said: Said, shop: Shop, pick_id: int) -> None:
    """The board of one pick, by deep link."""
    async with shop.reading() as uow:
        posted = (await uow.picks.load([pick_id])).get(pick_id)
        if posted is None:
            # Which picks there are is not for everybody to try out.
            raise NotACurator
        await require_curator(uow, said.person.id, posted)
        screen = await _board(uow, await speaker(uow, said.person), posted, page=0)
    async with shop.handling(said.update_id) as uow:
        await send(uow, shop, said.person.id, screen)


async def board_turned(tap: Tap, shop: Shop) -> None:
    """Another page of the board."""
    button = BoardButton.read(tap.data)
    async with shop.reading() as uow:
        posted = await _tapped(uow, tap, button.pick_id)
        screen = await _board(uow, await speaker(uow, tap.person), posted, page=button.page)
    async with shop.handling(tap.update_id) as uow:
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def variants_turned(tap: Tap, shop: Shop) -> None:
    """What was ordered of each kind."""
    button = VariantBoardButton.read(tap.data)
    async with shop.reading() as uow:
        facts = await sums_of(uow, await _tapped(uow, tap, button.pick_id))
        t = await speaker(uow, tap.person)
    async with shop.handling(tap.update_id) as uow:
        await redraw(uow, shop, tap, board_by_variant(t, facts, page=button.page))
    await tap.answer()


async def point_turned(tap: Tap, shop: Shop) -> None:
    """Who fetches what at one pick-up point."""
    button = PointBoardButton.read(tap.data)
    async with shop.reading() as uow:
        facts = await sums_of(uow, await _tapped(uow, tap, button.pick_id))
        point = await point_sum(uow, button.pick_id, button.point_id)
        if point.key != button.point_id:
            raise ButtonOutdated
        entries, page = await page_of(uow, facts, button.page, point_id=button.point_id)
        t = await speaker(uow, tap.person)
    async with shop.handling(tap.update_id) as uow:
        await redraw(uow, shop, tap, board_of_point(t, facts, point, entries, page=page))
    await tap.answer()


async def sheet_asked(tap: Tap, shop: Shop) -> None:
    """A sheet as a file; it is drawn when it is sent."""
    button = SheetButton.read(tap.data)
    if button.sheet not in SHEETS or button.format not in _FORMATS:
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        posted = await _tapped(uow, tap, button.pick_id)
        await uow.outbox.add(
            OutboxKind.SHEET,
            chat_id=tap.person.id,
            subject_id=posted.id,
            payload={"sheet": button.sheet, "format": button.format},
            # Who taps twice, impatiently, gets one file.
            merge_key=f"sheet:{posted.id}:{button.sheet}:{button.format}:{tap.person.id}",
            now=shop.now(),
        )
        await uow.audit.add(
            "sheet_taken",
            group_id=posted.pick.group_id,
            person_id=tap.person.id,
            pick_id=posted.id,
            now=shop.now(),
            details={"sheet": button.sheet, "format": button.format},
        )
        t = await speaker(uow, tap.person)
    await tap.answer(sheet_comes(t))


async def curated(uow: UnitOfWork, pick_id: int, person_id: int) -> PostedPick:
    """A pick, for those who may touch it. Raises ButtonOutdated, NotACurator and NotYourPick."""
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise ButtonOutdated
    await require_curator(uow, person_id, posted)
    return posted


async def _tapped(uow: UnitOfWork, tap: Tap, pick_id: int) -> PostedPick:
    tap.require_private()
    return await curated(uow, pick_id, tap.person.id)


async def _board(uow: UnitOfWork, t: Translator, posted: PostedPick, *, page: int) -> Screen:
    facts: BoardFacts = await sums_of(uow, posted)
    entries, page = await page_of(uow, facts, page)
    return board(t, facts, entries, page=page)


async def _asked_in_private(said: Said, shop: Shop) -> None:
    number, _ = number_named(said.arguments)
    async with shop.reading() as uow:
        t = await speaker(uow, said.person)
        groups = await uow.groups.list_led_by(said.person.id)
        if not groups:
            raise OnlyInGroup
        found = [await uow.picks.find_by_number(group.id or 0, number) for group in groups]
        picks = [posted for posted in found if posted is not None]
        if not picks:
            raise PickUnknown(number)
        if len(picks) == 1:
            await require_curator(uow, said.person.id, picks[0])
            screen = await _board(uow, t, picks[0], page=0)
        else:
            choices = [
                [Button(text=posted.group.title, url=shop.link(f"board_{posted.id}"))] for posted in picks
            ]
            screen = Screen(text=which_group(t), buttons=choices)
    async with shop.handling(said.update_id) as uow:
        await send(uow, shop, said.person.id, screen)
