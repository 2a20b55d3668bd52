"""Wishing in a group and in private, changing and taking back what one wished."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from telegram import Bot

from bot.callbacks.wishes import WishBackButton, WishGroupButton
from bot.errors import Anonymous, ButtonOutdated, ShopError
from bot.i18n import Translator
from bot.rules.wish_text import WishText, read_wish
from bot.services.orders.requests import ACKNOWLEDGED
from bot.services.wishes.gathering import keep_wish, take_back
from bot.services.wishes.matching import alike_pick
from bot.shop import Shop
from bot.views.refusals import refusal
from bot.views.screens import Screen
from bot.views.wishes import own_wishes, which_group_wishes, wish_kept
from bot.wish_errors import InNoGroup, WishesTooOften
from handlers.access import group_of
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Draft, Group, Wish
from storage.repositories.members import Seen
from storage.states import NoticeKind, OutboxKind
from storage.unit_of_work import UnitOfWork

_SLOWED_DOWN_AFTER: Final = timedelta(seconds=30)
WISHING: Final = "wish"
"""The step under which a wish is kept until somebody has said for which of her groups it is."""


async def wish_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/want dried mango, by friday, up to 5.00, 2`, new or edited."""
    if not said.has_face:
        raise Anonymous
    if said.is_private:
        await _written_in_private(said, shop)
        return
    group = await group_of(said, shop, bot)
    await wish_in_group(said, shop, group, said.arguments)


async def wish_in_group(said: Said, shop: Shop, group: Group, text: str | WishText) -> None:
    """Keep what was wished in a group; it is acknowledged there by a reaction alone."""
    try:
        async with shop.handling(said.update_id) as uow:
            await uow.members.meet([said.person], now=shop.now())
            await uow.members.enter(group.id or 0, [said.person.id], now=shop.now())
            t = await speaker(uow, said.person)
            wish = read(text, group, t, shop) if isinstance(text, str) else text
            kept = await keep_wish(
                uow,
                group,
                said.person.id,
                wish,
                language=t.language,
                message_id=said.message_id,
                now=shop.now(),
            )
            if kept is not None:
                await uow.outbox.add(
                    OutboxKind.REACTION,
                    chat_id=said.chat.id,
                    payload={"message_id": said.message_id, "emoji": ACKNOWLEDGED},
                    now=shop.now(),
                )
    except WishesTooOften as error:
        await _slow_down(said, shop, error)


def read(text: str, group: Group, t: Translator, shop: Shop) -> WishText:
    """A wish for a group, as it was typed."""
    return read_wish(
        text, now=shop.now(), time_zone=group.time_zone, language=t.language, currency=group.currency
    )


async def message_edited(said: Said, shop: Shop) -> None:
    """A message was edited: if it said a wish, it says none any more."""
    async with shop.reading() as uow:
        wish = await _said_before(uow, said)
    if wish is not None and wish.closed_at is None:
        # Not under this update's number: the same message may be an order now.
        async with shop.writing() as uow:
            await take_back(uow, wish.id or 0, said.person.id, now=shop.now())


async def _said_before(uow: UnitOfWork, said: Said) -> Wish | None:
    if said.is_private:
        return await uow.wishes.find_by_private_message(said.person.id, said.message_id)
    group = await uow.groups.find_by_chat(said.chat.id)
    return await uow.wishes.find_by_message(group.id or 0, said.message_id) if group is not None else None


async def wishes_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/wishes`: what I wait for, in private."""
    if not said.has_face:
        raise Anonymous
    async with shop.handling(said.update_id) as uow:
        await uow.members.meet([said.person], now=shop.now())
        await tell(uow, shop, said, await _own(uow, shop, said.person), payload="wishes_0")


async def wishes_opened(said: Said, shop: Shop) -> None:
    """The same by deep link."""
    async with shop.handling(said.update_id) as uow:
        await send(uow, shop, said.person.id, await _own(uow, shop, said.person))


async def wish_taken_back(tap: Tap, shop: Shop) -> None:
    """I do not want that any more."""
    button = WishBackButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await take_back(uow, button.wish_id, tap.person.id, now=shop.now())
        await redraw(uow, shop, tap, await _own(uow, shop, tap.person))
    await tap.answer()


async def wish_group_chosen(tap: Tap, shop: Shop) -> None:
    """It is meant for this group."""
    button = WishGroupButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        draft = await uow.drafts.find(button.draft_id, lock=True)
        if draft is None or draft.person_id != tap.person.id or draft.step != WISHING:
            raise ButtonOutdated
        group = await uow.groups.find(button.group_id)
        if group is None or not await uow.wishes.is_member(button.group_id, tap.person.id):
            raise ButtonOutdated
        text, message_id = str(draft.content["text"]), draft.content.get("message_id")
        await redraw(uow, shop, tap, await _keep_in_private(uow, shop, tap.person, group, text, message_id))
        await uow.drafts.remove(draft)
    await tap.answer()


async def _written_in_private(said: Said, shop: Shop) -> None:
    async with shop.handling(said.update_id) as uow:
        await uow.members.meet([said.person], now=shop.now())
        t = await speaker(uow, said.person)
        told = await uow.wishes.find_by_private_message(said.person.id, said.message_id)
        if told is not None:
            groups = [await uow.groups.get(told.group_id)]
        else:
            groups = _able_to_fulfil(said.arguments, await uow.groups.list_joined_by(said.person.id), t, shop)
        if len(groups) == 1:
            words = await _keep_in_private(uow, shop, said.person, groups[0], said.arguments, said.message_id)
        else:
            draft = await _wait(uow, shop, said)
            words = which_group_wishes(t, groups, draft_id=draft.id or 0, text=said.arguments)
        await send(uow, shop, said.person.id, words)


def _able_to_fulfil(text: str, groups: Sequence[Group], t: Translator, shop: Shop) -> list[Group]:
    """The groups for which it can be read: their currencies and days differ.

    Raises InNoGroup, and what speaks against the first where it is for none.
    """
    fitting: list[Group] = []
    refused: list[ShopError] = []
    for group in groups:
        try:
            read(text, group, t, shop)
        except ShopError as error:
            refused.append(error)
        else:
            fitting.append(group)
    if not fitting:
        raise refused[0] if refused else InNoGroup
    return fitting


async def _wait(uow: UnitOfWork, shop: Shop, said: Said) -> Draft:
    waiting = await uow.drafts.find_step(said.person.id, [WISHING])
    if waiting is not None:
        await uow.drafts.remove(waiting)
    now = shop.now()
    return await uow.drafts.save(
        Draft(
            person_id=said.person.id,
            step=WISHING,
            content={"text": said.arguments, "message_id": said.message_id},
            created_at=now,
            updated_at=now,
        )
    )


async def _keep_in_private(
    uow: UnitOfWork, shop: Shop, person: Seen, group: Group, text: str, message_id: int | None
) -> Screen:
    t = await speaker(uow, person)
    wish = read(text, group, t, shop)
    kept = await keep_wish(
        uow,
        group,
        person.id,
        wish,
        language=t.language,
        private_message_id=message_id,
        now=shop.now(),
    )
    assert kept is not None, "only a message of the group can say a wish that is over"
    hears = bool(await uow.notices.wants([person.id], NoticeKind.WISHES))
    return wish_kept(
        t,
        kept.wish,
        group,
        people=kept.people,
        is_change=kept.is_change,
        hears=hears,
        offered=await alike_pick(uow, kept.wish),
        now=shop.now(),
    )


async def _own(uow: UnitOfWork, shop: Shop, person: Seen) -> Screen:
    t = await speaker(uow, person)
    return own_wishes(t, await uow.wishes.list_of(person.id), now=shop.now())


async def _slow_down(said: Said, shop: Shop, error: WishesTooOften) -> None:
    """Said in private where that is open, and once for all that she writes meanwhile: no group is flooded."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        known = await uow.members.find(said.person.id)
        is_open = known is not None and known.private_is_open
        screen = Screen(text=t.html("{name}: {words}", name=said.person.name, words=refusal(t, error)))
        await uow.outbox.add(
            OutboxKind.MESSAGE,
            chat_id=said.person.id if is_open else said.chat.id,
            payload=screen.payload(topic_id=None if is_open else said.topic_id),
            merge_key=f"wishes_too_often:{said.person.id}",
            now=shop.now(),
            due_at=shop.now() + _SLOWED_DOWN_AFTER,
        )
