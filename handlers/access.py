"""Which group a message belongs to, and whether whoever speaks leads it."""

import structlog
from telegram import Bot, ChatMember
from telegram.error import TelegramError

from bot.admin_errors import NotAnAdmin
from bot.errors import (
    ButtonOutdated,
    GroupUnknown,
    NotACurator,
    OnlyInGroup,
    PickMissing,
    PickUnknown,
)
from bot.payment_errors import AccountsHidden
from bot.role_errors import NotYourPick
from bot.rules.groups import role_of
from bot.rules.roles import configures, curates, hands_over, leads
from bot.services.groups import Leader, SeenChat, name_leaders, note_standing, welcome_group
from bot.shop import Shop
from handlers.updates import Said, seen
from storage.models import Group, Member, Pick
from storage.repositories.picks import PostedPick
from storage.states import Presence, Role
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

_LONGEST_NUMBER = 9


async def group_of(said: Said, shop: Shop, bot: Bot) -> Group:
    """The group in which something was said; one that the bot forgot, or never met, is met now."""
    if said.is_private:
        raise OnlyInGroup
    async with shop.reading() as uow:
        group = await uow.groups.find_by_chat(said.chat.id)
    if group is not None and group.is_active:
        return group
    return await meet_group(said.chat, shop, bot, language=said.person.language)


async def group_led(said: Said, shop: Shop, bot: Bot) -> Group:
    """The same, for those who lead it alone. Raises NotACurator.

    Telegram tells only bots that are administrators about new administrators, so it is asked once
    before anybody is turned away.
    """
    group = await group_of(said, shop, bot)
    assert group.id is not None
    if said.speaks_for_group or await _leads(shop, group.id, said.person.id):
        return group
    await learn_leaders(group, shop, bot)
    if not await _leads(shop, group.id, said.person.id):
        raise NotACurator
    return group


async def is_leader(uow: UnitOfWork, group_id: int, person_id: int) -> bool:
    """Whether a person is known to lead a group."""
    member = await _present(uow, group_id, person_id)
    return member is not None and leads(member.role)


async def is_owner(uow: UnitOfWork, group_id: int, person_id: int) -> bool:
    """Whether a person is known to own a group."""
    member = await _present(uow, group_id, person_id)
    return member is not None and member.role is Role.OWNER


async def is_admin(uow: UnitOfWork, shop: Shop, person_id: int) -> bool:
    """Whether a person runs the bot: the settings name her, or somebody gave her an admin's rights."""
    return person_id in shop.admin_ids or await uow.admins.is_granted(person_id)


async def require_admin(uow: UnitOfWork, shop: Shop, person_id: int) -> None:
    """Raise NotAnAdmin unless a person runs the bot."""
    if not await is_admin(uow, shop, person_id):
        raise NotAnAdmin


async def may_configure(uow: UnitOfWork, group_id: int, person_id: int) -> bool:
    """Whether a person may change what concerns the whole group."""
    member = await _present(uow, group_id, person_id)
    return member is not None and configures(member.role, own_picks_only=member.own_picks_only)


async def may_curate(uow: UnitOfWork, group_id: int, person_id: int, pick: Pick | None = None) -> bool:
    """Whether a person may post in a group or, where a pick is named, touch that one."""
    member = await _present(uow, group_id, person_id)
    if member is None:
        return False
    is_own = pick is None or pick.curator_id == person_id
    return curates(member.role, own_picks_only=member.own_picks_only, is_own=is_own)


async def require_curator(uow: UnitOfWork, person_id: int, posted: PostedPick) -> None:
    """Raise NotACurator or NotYourPick unless a person may touch a pick."""
    if not await is_leader(uow, posted.pick.group_id, person_id):
        raise NotACurator
    if not await may_curate(uow, posted.pick.group_id, person_id, posted.pick):
        raise NotYourPick


async def group_curated(uow: UnitOfWork, group_id: int, person_id: int) -> Group:
    """A group that a person may post in. Raises ButtonOutdated, NotACurator."""
    group = await uow.groups.find(group_id)
    if group is None:
        raise ButtonOutdated
    if not await may_curate(uow, group_id, person_id):
        raise NotACurator
    return group


async def require_books(uow: UnitOfWork, group_id: int, person_id: int) -> None:
    """Raise NotACurator or AccountsHidden unless a person may know what money a whole group has."""
    if not await is_leader(uow, group_id, person_id):
        raise NotACurator
    if not await may_configure(uow, group_id, person_id):
        raise AccountsHidden


async def may_hand_over(
    uow: UnitOfWork, group_id: int, person_id: int, *, point_id: int | None = None
) -> bool:
    """Whether a person may hand goods over at a point, or at any of a group's where none is named."""
    member = await _present(uow, group_id, person_id)
    if member is None:
        return False
    helps_at = await uow.roles.points_helped(group_id, person_id)
    return hands_over(member.role, helps_at=helps_at, point_id=point_id)


async def _present(uow: UnitOfWork, group_id: int, person_id: int) -> Member | None:
    member = await uow.members.find_member(group_id, person_id)
    return member if member is not None and member.presence is Presence.JOINED else None


async def _leads(shop: Shop, group_id: int, person_id: int) -> bool:
    async with shop.reading() as uow:
        return await is_leader(uow, group_id, person_id)


async def meet_group(chat: SeenChat, shop: Shop, bot: Bot, *, language: str) -> Group:
    """Set up a group, or find it again, and learn who leads it. Raises GroupUnknown."""
    leaders = await _leaders(chat.id, bot)
    if leaders is None:
        raise GroupUnknown
    people, bot_is_admin = leaders
    owner = next((leader.person for leader in people if leader.role is Role.OWNER), None)
    async with shop.writing() as uow:
        group, _ = await welcome_group(
            uow,
            chat,
            language=owner.language if owner else language,
            bot_is_admin=bot_is_admin,
            now=shop.now(),
            keeps_allowance=shop.policy.keeps_allowance,
        )
        await name_leaders(uow, group, people, now=shop.now())
    return group


async def learn_leaders(group: Group, shop: Shop, bot: Bot) -> None:
    """Ask Telegram who leads a group, and note it."""
    leaders = await _leaders(group.chat_id, bot)
    if leaders is None:
        return
    people, bot_is_admin = leaders
    async with shop.writing() as uow:
        assert group.id is not None
        stored = await uow.groups.get(group.id)
        note_standing(stored, bot_is_admin=bot_is_admin, now=shop.now())
        await uow.groups.save(stored)
        await name_leaders(uow, stored, people, now=shop.now())


async def pick_named(uow: UnitOfWork, group: Group, arguments: str) -> tuple[PostedPick, str]:
    """The pick whose number begins a command's arguments, and the rest. Raises PickMissing, PickUnknown."""
    number, rest = number_named(arguments)
    assert group.id is not None
    posted = await uow.picks.find_by_number(group.id, number)
    if posted is None:
        raise PickUnknown(number)
    return posted, rest


def number_named(arguments: str) -> tuple[int, str]:
    """The number that begins a command's arguments, and the rest. Raises PickMissing."""
    number, _, rest = arguments.partition(" ")
    number = number.lstrip("#")
    if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
        raise PickMissing
    return int(number), rest.strip()


async def _leaders(chat_id: int, bot: Bot) -> tuple[list[Leader], bool] | None:
    try:
        members = await bot.get_chat_administrators(chat_id)
    except TelegramError as error:
        log.warning("leaders_unknown", chat_id=chat_id, reason=error.message)
        return None
    people = [
        Leader(person=seen(member.user), role=role_of(member.status))
        for member in members
        if not member.user.is_bot
    ]
    is_admin = any(m.user.id == bot.id and m.status == ChatMember.ADMINISTRATOR for m in members)
    return people, is_admin
