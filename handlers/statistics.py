"""A group's numbers in private, for its owner, those who may configure it, and admins."""

from telegram import Bot

from bot.callbacks.statistics import StatisticsButton, StatisticsPictureButton, StatisticsSheetButton
from bot.errors import ButtonOutdated, NotACurator
from bot.role_errors import MayNotConfigure
from bot.rules.statistics import Period
from bot.services.statistics import Statistics, read_statistics
from bot.shop import Shop
from bot.views.groups import choose_group, leads_none, which_group
from bot.views.statistics import statistics_come, statistics_page
from handlers.access import group_led, is_admin, is_leader, may_configure
from handlers.speaking import redraw, send, show_door, speaker, tell
from handlers.updates import Said, Tap
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

_AT_FIRST = Period.MONTH


async def statistics_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/stats`: what the group sold, and what it did to it."""
    if said.is_private:
        await _asked_in_private(said, shop)
        return
    group = await group_led(said, shop, bot)
    payload = f"stats_{group.id}"
    if said.speaks_for_group:
        # Which of those who lead it speaks, only the private chat knows.
        async with shop.handling(said.update_id) as uow:
            await show_door(uow, shop, said, payload=payload)
        return
    await _tell(said, shop, group.id or 0, payload=payload)


async def statistics_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The numbers of one group, by deep link."""
    await _tell(said, shop, group_id, payload=f"stats_{group_id}")


async def statistics_turned(tap: Tap, shop: Shop) -> None:
    """The numbers of another period."""
    button = StatisticsButton.read(tap.data)
    stats = await _read(shop, button.group_id, tap.person.id, _period(button.period))
    async with shop.handling(tap.update_id) as uow:
        await redraw(uow, shop, tap, statistics_page(await speaker(uow, tap.person), stats))
    await tap.answer()


async def statistics_picture_asked(tap: Tap, shop: Shop) -> None:
    """The numbers as a picture, light or dark: Telegram tells no bot which of them suits the reader."""
    button = StatisticsPictureButton.read(tap.data)
    if button.dark not in (0, 1):
        raise ButtonOutdated
    await _comes(
        tap, shop, OutboxKind.STATISTICS_PICTURE, button.group_id, button.period, dark=bool(button.dark)
    )


async def statistics_sheet_asked(tap: Tap, shop: Shop) -> None:
    """The numbers as a file."""
    button = StatisticsSheetButton.read(tap.data)
    await _comes(tap, shop, OutboxKind.STATISTICS_SHEET, button.group_id, button.period)


async def _comes(
    tap: Tap, shop: Shop, kind: OutboxKind, group_id: int, period: str, *, dark: bool = False
) -> None:
    _period(period)
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        await _require(uow, shop, group_id, tap.person.id)
        await uow.outbox.add(
            kind,
            chat_id=tap.person.id,
            subject_id=group_id,
            payload={"period": period, "dark": dark},
            # Who taps twice, impatiently, gets one.
            merge_key=f"{kind}:{group_id}:{period}:{int(dark)}:{tap.person.id}",
            now=shop.now(),
        )
        t = await speaker(uow, tap.person)
    await tap.answer(statistics_come(t))


async def _asked_in_private(said: Said, shop: Shop) -> None:
    async with shop.reading() as uow:
        led = await uow.groups.list_led_by(said.person.id)
        groups = [group for group in led if await may_configure(uow, group.id or 0, said.person.id)]
    if len(groups) == 1:
        group_id = groups[0].id or 0
        await _tell(said, shop, group_id, payload=f"stats_{group_id}")
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        if not groups:
            await send(uow, shop, said.person.id, leads_none(t))
            return
        links = [shop.link(f"stats_{group.id}") for group in groups]
        await send(uow, shop, said.person.id, choose_group(t, groups, which_group(t), links=links))


async def _tell(said: Said, shop: Shop, group_id: int, *, payload: str) -> None:
    stats = await _read(shop, group_id, said.person.id, _AT_FIRST)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await tell(uow, shop, said, statistics_page(t, stats), payload=payload)


async def _read(shop: Shop, group_id: int, person_id: int, period: Period) -> Statistics:
    """The numbers, read beside the writer: orders do not wait for sums. Raises like `_require`."""
    async with shop.reading() as uow:
        await _require(uow, shop, group_id, person_id)
        group = await uow.groups.get(group_id)
        return await read_statistics(uow, group, period, now=shop.now())


async def _require(uow: UnitOfWork, shop: Shop, group_id: int, person_id: int) -> None:
    """Raise NotACurator or MayNotConfigure unless a person may see how a group does."""
    if await may_configure(uow, group_id, person_id):
        return
    if await is_admin(uow, shop, person_id) and await uow.groups.find(group_id) is not None:
        return
    raise MayNotConfigure if await is_leader(uow, group_id, person_id) else NotACurator


def _period(word: str) -> Period:
    try:
        return Period(word)
    except ValueError:
        raise ButtonOutdated from None
