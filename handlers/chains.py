"""Chains, in private: one's own, and all of a group for its owner."""

from telegram import Bot

from bot.callbacks.chains import (
    AllChainsButton,
    ChainButton,
    ChainNameButton,
    ChainPictureButton,
    ChainSheetButton,
)
from bot.errors import ButtonOutdated, NotInGroup
from bot.i18n import Translator
from bot.services.chains import read_chain, read_chains
from bot.shop import Shop
from bot.views.chains import all_chains, chain, chain_comes, name_hidden
from bot.views.screens import Screen
from handlers.access import group_of, is_admin, is_owner
from handlers.referrals import joined_group, sole_group
from handlers.speaking import redraw, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.states import OutboxKind, Presence
from storage.unit_of_work import UnitOfWork


async def chain_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/chain`: who brought me up to the root, and whom I brought."""
    if said.is_private:
        group = await sole_group(said, shop, payload="chain")
        if group is not None:
            await chain_opened(said, shop, group.id or 0)
        return
    await _tell_chain(said, shop, await group_of(said, shop, bot))


async def chain_opened(said: Said, shop: Shop, group_id: int) -> None:
    """My chain in one group, by deep link."""
    await _tell_chain(said, shop, await joined_group(said.person, shop, group_id))


async def chain_turned(tap: Tap, shop: Shop) -> None:
    """My chain again, in the place of another page."""
    button = ChainButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await _own_group(uow, tap, button.group_id)
        await redraw(uow, shop, tap, await _chain(uow, shop, await speaker(uow, tap.person), group, tap))
    await tap.answer()


async def all_chains_turned(tap: Tap, shop: Shop) -> None:
    """All the chains of a group, for its owner."""
    button = AllChainsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await _whole_group(uow, shop, tap, button.group_id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, all_chains(t, await read_chains(uow, group)))
    await tap.answer()


async def chain_picture_asked(tap: Tap, shop: Shop) -> None:
    """My chain as a picture, or for the owner all of the group; it is drawn when it is sent."""
    button = ChainPictureButton.read(tap.data)
    if button.whole not in (0, 1):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        if button.whole:
            group = await _whole_group(uow, shop, tap, button.group_id)
        else:
            group = await _own_group(uow, tap, button.group_id)
        await uow.outbox.add(
            OutboxKind.CHAIN_PICTURE,
            chat_id=tap.person.id,
            subject_id=group.id,
            payload={"whole": bool(button.whole)},
            # Who taps twice, impatiently, gets one picture.
            merge_key=f"{OutboxKind.CHAIN_PICTURE}:{group.id}:{button.whole}:{tap.person.id}",
            now=shop.now(),
        )
        t = await speaker(uow, tap.person)
    await tap.answer(chain_comes(t))


async def chain_sheet_asked(tap: Tap, shop: Shop) -> None:
    """All the chains of a group as a file."""
    button = ChainSheetButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await _whole_group(uow, shop, tap, button.group_id)
        await uow.outbox.add(
            OutboxKind.CHAIN_SHEET,
            chat_id=tap.person.id,
            subject_id=group.id,
            merge_key=f"{OutboxKind.CHAIN_SHEET}:{group.id}:{tap.person.id}",
            now=shop.now(),
        )
        await uow.audit.add("chains_taken", group_id=group.id or 0, person_id=tap.person.id, now=shop.now())
        t = await speaker(uow, tap.person)
    await tap.answer(chain_comes(t))


async def chain_name_tapped(tap: Tap, shop: Shop) -> None:
    """Show my name in nobody's chain, or again."""
    button = ChainNameButton.read(tap.data)
    if button.hides not in (0, 1):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        group = await _own_group(uow, tap, button.group_id)
        await uow.chains.hide_name(tap.person.id, is_hidden=bool(button.hides))
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _chain(uow, shop, t, group, tap))
    await tap.answer(name_hidden(t, is_hidden=bool(button.hides)))


async def _tell_chain(said: Said, shop: Shop, group: Group) -> None:
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        screen = await _chain(uow, shop, t, group, said)
        await tell(uow, shop, said, screen, payload=f"chain_{group.id}")


async def _chain(uow: UnitOfWork, shop: Shop, t: Translator, group: Group, asked: Said | Tap) -> Screen:
    person_id = asked.person.id
    found = await read_chain(uow, group, person_id)
    return chain(t, found, sees_all=await _sees_all(uow, shop, group.id or 0, person_id))


async def _own_group(uow: UnitOfWork, tap: Tap, group_id: int) -> Group:
    """A group that she is in, tapped in private. Raises NotInGroup and ButtonOutdated."""
    tap.require_private()
    group = await uow.groups.find(group_id)
    member = await uow.members.find_member(group_id, tap.person.id)
    if group is None or member is None or member.presence is not Presence.JOINED:
        raise NotInGroup
    return group


async def _whole_group(uow: UnitOfWork, shop: Shop, tap: Tap, group_id: int) -> Group:
    """A group all of whose chains she may see, tapped in private. Raises ButtonOutdated."""
    group = await uow.groups.find(group_id)
    if group is None or not tap.is_private:
        raise ButtonOutdated
    if not await _sees_all(uow, shop, group_id, tap.person.id):
        raise ButtonOutdated
    return group


async def _sees_all(uow: UnitOfWork, shop: Shop, group_id: int, person_id: int) -> bool:
    return await is_owner(uow, group_id, person_id) or await is_admin(uow, shop, person_id)
