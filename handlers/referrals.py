"""Personal invite links, and requests to join."""

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.errors import NoInviteRight, NotInGroup
from bot.flag_errors import TooManyLinks
from bot.money import Money
from bot.services.members import introduce
from bot.services.referrals import check_rate, keep_link
from bot.shop import Shop
from bot.views.groups import choose_group, in_no_group, which_group
from bot.views.referrals import invite, invited
from handlers.access import group_of
from handlers.speaking import send, speaker, tell
from handlers.updates import Asked, Said
from storage.models import Group
from storage.repositories.members import Seen
from storage.states import Presence, ReferralSource

_LONGEST_LINK_NAME = 32


async def invite_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/invite`: my own invite link, in private."""
    if said.is_private:
        group = await sole_group(said, shop, payload="invite")
        if group is not None:
            await invite_opened(said, shop, bot, group.id or 0)
        return
    group = await group_of(said, shop, bot)
    url = await _link_of(said.person, group, shop, bot)
    await _tell_link(said, shop, group, url)


async def invite_opened(said: Said, shop: Shop, bot: Bot, group_id: int) -> None:
    """My own invite link to one group, by deep link."""
    group = await joined_group(said.person, shop, group_id)
    url = await _link_of(said.person, group, shop, bot)
    await _tell_link(said, shop, group, url)


async def join_link_opened(said: Said, shop: Shop, _bot: Bot, group_id: int, referrer_id: int) -> None:
    """A member's link that leads through the bot into a public group: keep who sent it, show the way in.

    Raises NotInGroup for all others: anybody can put such a link together, and neither the door of a private
    group nor its title are for strangers.
    """
    async with shop.reading() as uow:
        group = await uow.groups.find(group_id)
        referrer = await uow.members.find(referrer_id)
    if group is None or not group.is_active or not group.username:
        raise NotInGroup
    async with shop.handling(said.update_id) as uow:
        is_known = await introduce(
            uow,
            group_id,
            said.person,
            referrer_id=referrer_id,
            source=ReferralSource.START,
            now=shop.now(),
        )
        t = await speaker(uow, said.person)
        name = referrer.name if referrer is not None and is_known else None
        url = f"https://t.me/{group.username}" if referrer is not None else None
        await send(uow, shop, said.person.id, invited(t, group=group.title, referrer=name, url=url))


async def join_asked(event: Asked, shop: Shop) -> None:
    """Somebody asks to be let in; who sent the link is kept until an administrator lets her in."""
    async with shop.handling(event.update_id) as uow:
        group = await uow.groups.find_by_chat(event.chat.id)
        link = await uow.referrals.find_link_by_url(event.link_url) if event.link_url else None
        if group is not None and group.id is not None and link is not None and link.group_id == group.id:
            await introduce(
                uow,
                group.id,
                event.person,
                referrer_id=link.person_id,
                source=ReferralSource.JOIN_REQUEST,
                now=shop.now(),
            )


async def sole_group(said: Said, shop: Shop, *, payload: str) -> Group | None:
    """The one group that a person is in; several are offered, and none is said."""
    async with shop.reading() as uow:
        groups = await uow.groups.list_joined_by(said.person.id)
    if len(groups) == 1:
        return groups[0]
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        if groups:
            links = [shop.link(f"{payload}_{group.id}") for group in groups]
            await send(uow, shop, said.person.id, choose_group(t, groups, which_group(t), links=links))
        else:
            await send(uow, shop, said.person.id, in_no_group(t))
    return None


async def joined_group(person: Seen, shop: Shop, group_id: int) -> Group:
    """A group that a person is in. Raises NotInGroup."""
    async with shop.reading() as uow:
        groups = await uow.groups.list_joined_by(person.id)
    for group in groups:
        if group.id == group_id:
            return group
    raise NotInGroup


async def _tell_link(said: Said, shop: Shop, group: Group, url: str) -> None:
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        terms = await uow.promotion_friends.in_force([group.id or 0], now=shop.now())
        best = max(terms, key=lambda one: one.amount, default=None)
        screen = invite(
            t,
            for_friends=Money(amount=best.amount, currency=best.currency) if best else None,
            group=group.title,
            url=url,
            start_link=shop.link(f"join_{group.id}_{said.person.id}") if group.username else None,
        )
        await tell(uow, shop, said, screen, payload=f"invite_{group.id}")


async def _link_of(person: Seen, group: Group, shop: Shop, bot: Bot) -> str:
    """A member's own link, made now if there is none. Raises NoInviteRight, NotInGroup and TooManyLinks."""
    assert group.id is not None
    async with shop.reading() as uow:
        link = await uow.referrals.find_link(group.id, person.id)
        member = await uow.members.find_member(group.id, person.id)
        if member is not None and member.presence is Presence.LEFT:
            raise NotInGroup
        if link is not None:
            return link.url
        await check_rate(uow, group_id=group.id, person_id=person.id, now=shop.now())
    try:
        made = await bot.create_chat_invite_link(group.chat_id, name=person.name[:_LONGEST_LINK_NAME])
    except RetryAfter as error:
        raise TooManyLinks(1) from error
    except TelegramError as error:
        raise NoInviteRight from error
    async with shop.writing() as uow:
        await uow.members.meet([person], now=shop.now())
        if member is None:
            await uow.members.enter(group.id, [person.id], now=shop.now())
        return await keep_link(
            uow, group_id=group.id, person_id=person.id, url=made.invite_link, now=shop.now()
        )


async def way_in(referrer: Seen, group: Group, shop: Shop, bot: Bot) -> str | None:
    """How somebody whom a member sent comes into her group: by its name, or by the member's own link."""
    if group.username:
        return f"https://t.me/{group.username}"
    assert group.id is not None
    async with shop.reading() as uow:
        member = await uow.members.find_member(group.id, referrer.id)
    if member is None or member.presence is not Presence.JOINED:
        # Who has left has no door to open.
        return None
    try:
        return await _link_of(referrer, group, shop, bot)
    except (NoInviteRight, NotInGroup, TooManyLinks):
        return None
