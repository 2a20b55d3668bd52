"""All about a pick in private, and one's own order changed right there."""

from telegram import Bot, ChatMember
from telegram.error import TelegramError

from bot.callbacks.details import DetailsButton, DetailsCancelButton, DetailsOrderButton
from bot.errors import ButtonOutdated, NotInGroup
from bot.i18n import Translator
from bot.rules.orders import Ask
from bot.services.orders.requests import OrderRequest
from bot.shop import Shop
from bot.views.orders import placed_toast
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState, Presence
from storage.unit_of_work import UnitOfWork

_INSIDE = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER)


async def details_opened(said: Said, shop: Shop, bot: Bot, pick_id: int) -> None:
    """All about a pick, by deep link: its photos, then the rest, for those in its group alone."""
    async with shop.reading() as uow:
        posted = await shown_pick(uow, pick_id)
    await admit(said.person, shop, bot, posted)
    async with shop.handling(said.update_id) as uow:
        await uow.outbox.add(OutboxKind.ALBUM, chat_id=said.person.id, subject_id=pick_id, now=shop.now())
        await show_details(uow, shop, said.person.id, pick_id)


async def details_turned(tap: Tap, shop: Shop) -> None:
    """Another page of the kinds, or the details in the place of something else."""
    button = DetailsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        posted = await shown_pick(uow, button.pick_id)
        await require_member(uow, posted, tap.person.id)
        await show_details(uow, shop, tap.person.id, button.pick_id, page=button.page, edit=_place(tap))
    await tap.answer()


async def details_order_tapped(tap: Tap, shop: Shop) -> None:
    """One more or one fewer of a kind."""
    button = DetailsOrderButton.read(tap.data)
    ask = Ask(action="change", items=((button.variant_id, button.change),))
    await _order(tap, shop, button.pick_id, ask, page=button.page)


async def details_cancel_tapped(tap: Tap, shop: Shop) -> None:
    """Cancel my whole order."""
    button = DetailsCancelButton.read(tap.data)
    await _order(tap, shop, button.pick_id, Ask(action="cancel"), page=0)


async def show_details(
    uow: UnitOfWork, shop: Shop, person_id: int, pick_id: int, *, page: int = 0, edit: int | None = None
) -> None:
    """Ask for a pick's details to be shown as they are when they are sent."""
    await uow.outbox.add(
        OutboxKind.DETAILS,
        chat_id=person_id,
        subject_id=pick_id,
        payload={"page": page, "edit": edit},
        # Quick taps need one drawing.
        merge_key=f"details:{pick_id}:{person_id}:{edit}:{page}" if edit else None,
        now=shop.now(),
    )


async def shown_pick(uow: UnitOfWork, pick_id: int) -> PostedPick:
    """A pick that is or was on offer. Raises ButtonOutdated."""
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None or posted.pick.state in (PickState.DRAFT, PickState.SCHEDULED):
        raise ButtonOutdated
    return posted


async def require_member(uow: UnitOfWork, posted: PostedPick, person_id: int) -> None:
    """Raise NotInGroup unless a person is known to be in a pick's group."""
    member = await uow.members.find_member(posted.pick.group_id, person_id)
    if member is None or member.presence is not Presence.JOINED:
        raise NotInGroup


async def admit(person: Seen, shop: Shop, bot: Bot, posted: PostedPick) -> None:
    """Raise NotInGroup unless a person is in a pick's group."""
    await admit_to(person, shop, bot, posted.group)


async def admit_to(person: Seen, shop: Shop, bot: Bot, group: Group) -> None:
    """Raise NotInGroup unless a person is in a group.

    Telegram is asked about whoever was never heard of in it: a link can be passed on.
    """
    assert group.id is not None
    async with shop.reading() as uow:
        member = await uow.members.find_member(group.id, person.id)
    if member is not None and member.presence is Presence.JOINED:
        return
    if not await _is_inside(bot, group.chat_id, person.id):
        raise NotInGroup
    async with shop.writing() as uow:
        await uow.members.meet([person], now=shop.now())
        await uow.members.enter(group.id, [person.id], now=shop.now())


async def _is_inside(bot: Bot, chat_id: int, person_id: int) -> bool:
    try:
        member = await bot.get_chat_member(chat_id, person_id)
    except TelegramError:
        return False
    restricted = member.status == ChatMember.RESTRICTED and bool(getattr(member, "is_member", False))
    return restricted or member.status in _INSIDE


def _place(tap: Tap) -> int | None:
    """The message that becomes the details; they do not fit below a photo, and come as a new one."""
    return None if tap.has_caption else tap.message_id


async def _order(tap: Tap, shop: Shop, pick_id: int, ask: Ask, *, page: int) -> None:
    async with shop.reading() as uow:
        posted = await shown_pick(uow, pick_id)
        await require_member(uow, posted, tap.person.id)
    try:
        placed = await shop.orders.submit(
            OrderRequest(
                update_id=tap.update_id,
                person=tap.person,
                chat_id=posted.group.chat_id,
                pick_id=pick_id,
                ask=ask,
            )
        )
    finally:
        # Even after a refusal: what she saw may be out of date.
        async with shop.writing() as uow:
            await show_details(uow, shop, tap.person.id, pick_id, page=page, edit=_place(tap))
    t = Translator(placed.language)
    await tap.answer(placed_toast(t, placed))
