"""Opening and joining teams by tap, and saying what shall follow if one does not fill up."""

from bot.callbacks.teams import FallbackButton, TeamButton
from bot.errors import Anonymous, ButtonOutdated, NotInGroup, PickClosed
from bot.i18n import Translator
from bot.rules.orders import Ask
from bot.services.teams import (
    TeamWish,
    arrive_to_choose,
    chance_of_completion,
    choose_fallback,
    find_fullest,
)
from bot.shop import Shop
from bot.views.members import look_in_private
from bot.views.teams import chance_line, choice_noted, choose_kind, team_page, team_toast
from handlers.speaking import redraw, reply, send, speaker
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.picks import PostedPick
from storage.repositories.teams import TeamEntry
from storage.states import PickState, Presence, TeamFallback, TeamState
from storage.unit_of_work import UnitOfWork


async def seat_tapped(tap: Tap, shop: Shop) -> None:
    """Open a team or join one; which kind of several, is asked in private."""
    button = TeamButton.read(tap.data)
    async with shop.reading() as uow:
        posted = await _pick(uow, button.pick_id)
        if not tap.is_private and posted.group.chat_id != tap.chat_id:
            raise ButtonOutdated
        entry = (await uow.orders.load([(posted.id, tap.person.id)])).get((posted.id, tap.person.id))
        known = await uow.members.find(tap.person.id)
    wish = TeamWish(
        update_id=tap.update_id,
        person=tap.person,
        pick_id=posted.id,
        team_id=button.team_id or None,
        variant_id=button.variant_id or None,
        private_message_id=tap.message_id if tap.is_private else None,
    )
    link = shop.link(f"team_{posted.id}_{button.team_id}")
    is_open_which = len(posted.variants) > 1 and wish.variant_id is None and not (entry and entry.lines)
    if is_open_which:
        async with shop.writing() as uow:
            await arrive_to_choose(uow, wish, now=shop.now())
        await tap.answer(url=link)
        return
    joined = await shop.join_team(wish)
    t = Translator(joined.placed.language)
    words = team_toast(t, joined.posted, joined.team, quantity=joined.placed.quantity, now=shop.now())
    # What shall follow if it does not fill up is asked in private: whoever has not opened that is led there.
    is_shut = not (known and known.private_is_open)
    to_pay = joined.placed.to_pay
    if to_pay and is_shut:
        # That is asked in private, too, and sooner.
        link = shop.link(f"pay_{to_pay.order_id}")
    asks_in_vain = is_shut and (to_pay is not None or joined.team.state is TeamState.OPEN)
    await tap.answer(words, url=link if asks_in_vain else None)


async def seat_written(said: Said, shop: Shop, posted: PostedPick, ask: Ask) -> bool:
    """`+1 red team`: an order in the team that fills up next, or in a new one; False if she is in one.

    Raises Anonymous.
    """
    if not said.has_face:
        raise Anonymous
    async with shop.reading() as uow:
        if await uow.teams.find_of(posted.id, said.person.id) is not None:
            return False
        team_id = await find_fullest(uow, posted.id)
        known = await uow.members.find(said.person.id)
    [(variant_id, quantity)] = ask.items
    joined = await shop.join_team(
        TeamWish(
            update_id=said.update_id,
            person=said.person,
            pick_id=posted.id,
            team_id=team_id,
            variant_id=variant_id,
            quantity=quantity,
            message_id=said.message_id,
        )
    )
    if joined.team.state is TeamState.OPEN and not (known and known.private_is_open):
        link = shop.link(f"team_{posted.id}_{joined.team.id}")
        async with shop.writing() as uow:
            t = await speaker(uow, said.person)
            await reply(uow, shop, said, look_in_private(t, name=said.person.name, link=link))
    return True


async def fallback_tapped(tap: Tap, shop: Shop) -> None:
    """What shall become of my order if my team does not fill up."""
    button = FallbackButton.read(tap.data)
    if button.fallback not in set(TeamFallback):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        team = await choose_fallback(
            uow, button.team_id, tap.person.id, TeamFallback(button.fallback), now=shop.now()
        )
        posted = await uow.picks.get(team.pick_id)
        seat = team.seat_of(tap.person.id)
        assert seat is not None
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, team_page(t, posted, team, seat, now=shop.now()))
    await tap.answer(choice_noted(t))


async def team_opened(said: Said, shop: Shop, pick_id: int, team_id: int) -> None:
    """My team on a pick or, where I am in none, which kind I would like in it; by deep link."""
    async with shop.handling(said.update_id) as uow:
        posted = await _pick(uow, pick_id)
        t = await speaker(uow, said.person)
        own = await uow.teams.find_of(pick_id, said.person.id)
        seat = own.seat_of(said.person.id) if own else None
        if own is not None and seat is not None:
            screen = team_page(t, posted, own, seat, now=shop.now())
        else:
            team = await _team_to_join(uow, posted, said.person.id, team_id)
            screen = choose_kind(t, posted, team)
        await send(uow, shop, said.person.id, screen)


async def tell_chance(uow: UnitOfWork, shop: Shop, said: Said, group: Group) -> None:
    """Tell a curator who has posted a team price how many teams of her group filled up so far."""
    assert group.id is not None
    chance = await chance_of_completion(uow, group.id, now=shop.now())
    known = await uow.members.find(said.person.id)
    if chance is not None and known is not None and known.private_is_open:
        await send(uow, shop, said.person.id, chance_line(await speaker(uow, said.person), chance))


async def _pick(uow: UnitOfWork, pick_id: int) -> PostedPick:
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None or posted.offer.team_price_amount is None:
        raise ButtonOutdated
    return posted


async def _team_to_join(
    uow: UnitOfWork, posted: PostedPick, person_id: int, team_id: int
) -> TeamEntry | None:
    if posted.pick.state is not PickState.LIVE:
        raise PickClosed(posted.pick.number)
    member = await uow.members.find_member(posted.pick.group_id, person_id)
    if member is None or member.presence is not Presence.JOINED:
        raise NotInGroup
    if not team_id:
        return None
    team = (await uow.teams.load([team_id])).get(team_id)
    if team is None or team.pick_id != posted.id:
        raise ButtonOutdated
    return team
