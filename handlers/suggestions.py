"""What somebody may like: /foryou, page by page, and what is not for her."""

from telegram import Bot

from bot.callbacks.recommendations import NotForMeButton, SuggestionsButton
from bot.errors import Anonymous, ButtonOutdated
from bot.services.recommendations import ask_for_ranking, dismiss, restore
from bot.shop import Shop
from bot.views.recommendations import put_aside
from handlers.access import group_of
from handlers.details import require_member
from handlers.speaking import show_door, speaker
from handlers.updates import Said, Tap
from storage.states import OutboxKind, PickState
from storage.unit_of_work import UnitOfWork


async def suggestions_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/foryou`: the answer comes in private; whoever asks in a group is known to be in it from then on."""
    if not said.has_face:
        raise Anonymous
    group = None if said.is_private else await group_of(said, shop, bot)
    async with shop.handling(said.update_id) as uow:
        await uow.members.meet([said.person], now=shop.now())
        if group is not None:
            await uow.members.enter(group.id or 0, [said.person.id], now=shop.now())
        known = await uow.members.find(said.person.id)
        if said.is_private or (known is not None and known.private_is_open):
            await _show(uow, shop, said.person.id)
        else:
            await show_door(uow, shop, said, payload="foryou_0")


async def suggestions_opened(said: Said, shop: Shop) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        await _show(uow, shop, said.person.id)


async def suggestions_turned(tap: Tap, shop: Shop) -> None:
    """Another page, or all again that she put aside."""
    button = SuggestionsButton.read(tap.data)
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        if button.restored:
            await restore(uow, tap.person.id)
        await _show(uow, shop, tap.person.id, page=button.page, edit=tap.message_id)
    await tap.answer()


async def not_for_me_tapped(tap: Tap, shop: Shop) -> None:
    """It is gone from the page at once."""
    button = NotForMeButton.read(tap.data)
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        posted = (await uow.picks.load([button.pick_id])).get(button.pick_id)
        if posted is None or posted.pick.state is PickState.DRAFT:
            raise ButtonOutdated
        await require_member(uow, posted, tap.person.id)
        await dismiss(uow, tap.person.id, posted, now=shop.now())
        await _show(uow, shop, tap.person.id, page=button.page, edit=tap.message_id)
        t = await speaker(uow, tap.person)
    await tap.answer(put_aside(t))


async def _show(
    uow: UnitOfWork, shop: Shop, person_id: int, *, page: int = 0, edit: int | None = None
) -> None:
    await ask_for_ranking(uow, person_id, now=shop.now())
    await uow.outbox.add(
        OutboxKind.SUGGESTIONS,
        chat_id=person_id,
        payload={"page": max(0, page), "edit": edit},
        # Quick taps need one drawing.
        merge_key=f"foryou:{person_id}:{edit}:{page}" if edit else None,
        now=shop.now(),
    )
