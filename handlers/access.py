"""Which group a message belongs to, and whether whoever speaks leads it."""

import structlog
from telegram import Bot, ChatMember
from telegram.error import TelegramError

from bot.errors import GroupUnknown, NotACurator, OnlyInGroup, PickMissing, PickUnknown
from bot.rules.groups import leads, role_of
from bot.services.groups import Leader, SeenChat, name_leaders, welcome_group
from bot.shop import Shop
from handlers.updates import Said, seen
from storage.models import Group
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
    member = await uow.members.find_member(group_id, person_id)
    return member is not None and member.presence is Presence.JOINED and leads(member.role)


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
        stored.bot_is_admin = bot_is_admin
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
