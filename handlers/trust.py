"""How a group stands with its allowance, in the group and in private."""

from telegram import Bot

from bot.callbacks.trust import TrustButton
from bot.errors import NotInGroup
from bot.services.scores import score_of_curator, score_of_recommender
from bot.services.trust_standing import standing_of
from bot.shop import Shop
from bot.views.groups import choose_group, in_no_group, which_group
from bot.views.scores import own_score_lines
from bot.views.screens import Screen
from bot.views.trust import trust_page
from handlers.access import group_of, is_admin, is_leader, is_owner
from handlers.speaking import redraw, reply, send, speaker
from handlers.updates import Said, Tap
from storage.repositories.members import Seen
from storage.states import Presence
from storage.unit_of_work import UnitOfWork


async def trust_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/trust`: what the group bears, what is left of it, and what was posted."""
    if said.is_private:
        await _asked_in_private(said, shop)
        return
    group = await group_of(said, shop, bot)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        stored = await uow.groups.get(group.id or 0)
        curator_id = said.person.id if said.has_face else None
        standing = await standing_of(uow, stored, curator_id=curator_id, now=shop.now())
        page = trust_page(t, standing, now=shop.now(), link=shop.link(f"trust_{group.id}"))
        await reply(uow, shop, said, page)


async def trust_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The same of one group in private, by deep link."""
    async with shop.handling(said.update_id) as uow:
        await send(uow, shop, said.person.id, await _page(uow, shop, said.person, group_id))


async def trust_turned(tap: Tap, shop: Shop) -> None:
    """Back to it."""
    group_id = TrustButton.read(tap.data).group_id
    async with shop.handling(tap.update_id) as uow:
        await redraw(uow, shop, tap, await _page(uow, shop, tap.person, group_id))
    await tap.answer()


async def _asked_in_private(said: Said, shop: Shop) -> None:
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        groups = await uow.groups.list_joined_by(said.person.id)
        if len(groups) == 1:
            screen = await _page(uow, shop, said.person, groups[0].id or 0)
        elif groups:
            links = [shop.link(f"trust_{group.id}") for group in groups]
            screen = choose_group(t, groups, which_group(t), links=links)
        else:
            screen = Screen(text=in_no_group(t))
        await send(uow, shop, said.person.id, screen)


async def _page(uow: UnitOfWork, shop: Shop, person: Seen, group_id: int) -> Screen:
    """The page for somebody who is in the group, or runs the bot. Raises NotInGroup."""
    member = await uow.members.find_member(group_id, person.id)
    group = await uow.groups.find(group_id)
    is_here = member is not None and member.presence is Presence.JOINED
    if group is None or not (is_here or await is_admin(uow, shop, person.id)):
        raise NotInGroup
    t, now = await speaker(uow, person), shop.now()
    own_scores = own_score_lines(
        t,
        as_curator=await score_of_curator(uow, group_id, person.id, now=now),
        as_recommender=await score_of_recommender(uow, group_id, person.id, now=now),
    )
    return trust_page(
        t,
        await standing_of(uow, group, curator_id=person.id, now=shop.now()),
        now=shop.now(),
        leads=await is_leader(uow, group_id, person.id),
        owns=await is_owner(uow, group_id, person.id),
        own_scores=own_scores,
    )
