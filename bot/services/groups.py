"""Setting up, configuring, following and leaving groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.allowance import pull_forward
from bot.errors import SettingUnreadable
from bot.i18n import LANGUAGES
from bot.money import known_currency
from bot.rules.cases import read_hours
from bot.rules.groups import find_time_zone, first_currency, first_time_zone
from bot.rules.quiet_hours import find_quiet_hours
from bot.rules.trust_caps import find_cap
from bot.supplying import leave_market
from storage.models import Group
from storage.repositories.members import Seen
from storage.states import PaymentMethod, Role
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class SeenChat:
    """A chat as an update shows it."""

    id: int
    title: str
    username: str | None
    is_forum: bool


@dataclass(frozen=True, kw_only=True)
class Leader:
    """Somebody who leads a chat, as Telegram tells."""

    person: Seen
    role: Role


async def welcome_group(
    uow: UnitOfWork,
    chat: SeenChat,
    *,
    language: str,
    bot_is_admin: bool,
    now: datetime,
    keeps_allowance: bool = False,
) -> tuple[Group, bool]:
    """The group in a chat, set up with guesses that its owner can change; says whether it is new."""
    group = await uow.groups.find_by_chat(chat.id)
    is_new = group is None
    if group is None:
        group = Group(
            chat_id=chat.id,
            title=chat.title,
            language=language,
            currency=first_currency(language),
            time_zone=first_time_zone(language),
            keeps_allowance=keeps_allowance,
            created_at=now,
        )
    returned = not is_new and not group.is_active
    group.title = chat.title
    group.username = chat.username
    group.is_forum = chat.is_forum
    group.is_active = True
    note_standing(group, bot_is_admin=bot_is_admin, now=now)
    await uow.groups.save(group)
    return group, is_new or returned


def note_standing(group: Group, *, bot_is_admin: bool, now: datetime) -> None:
    """Note whether the bot is an administrator, and since when."""
    group.bot_is_admin = bot_is_admin
    group.admin_since = (group.admin_since or now) if bot_is_admin else None


async def name_leaders(uow: UnitOfWork, group: Group, leaders: Sequence[Leader], *, now: datetime) -> None:
    """Note who leads a group now; everybody else is a plain member."""
    assert group.id is not None
    await uow.members.meet([leader.person for leader in leaders], now=now)
    await uow.members.enter(group.id, [leader.person.id for leader in leaders], now=now)
    await uow.members.set_roles(group.id, {leader.person.id: leader.role for leader in leaders})
    owner_id = next((leader.person.id for leader in leaders if leader.role is Role.OWNER), None)
    if owner_id is not None and owner_id != group.owner_id:
        group.owner_id = owner_id
        await uow.groups.save(group)


async def leave_group(uow: UnitOfWork, chat_id: int, *, now: datetime) -> None:
    """Note that the bot is no longer in a chat; nothing of the group is forgotten.

    What it sells for other groups, or they for it, takes no further orders.
    """
    group = await uow.groups.find_by_chat(chat_id)
    if group is not None:
        group.is_active = False
        group.bot_is_admin, group.admin_since = False, None
        await uow.groups.save(group)
        await leave_market(uow, group.id or 0, now=now)


async def follow_group(uow: UnitOfWork, *, old_chat_id: int, new_chat_id: int, now: datetime) -> None:
    """A chat became a supergroup: follow it, with all that waits to be sent there.

    Messages are numbered anew there, so live picks are posted once more.
    """
    group = await uow.groups.find_by_chat(old_chat_id)
    await uow.groups.move(old_chat_id=old_chat_id, new_chat_id=new_chat_id)
    await uow.outbox.move(old_chat_id=old_chat_id, new_chat_id=new_chat_id)
    if group is not None and group.id is not None:
        pick_ids = await uow.picks.forget_cards(group.id)
        await uow.wishes.forget_messages(group.id)
        await uow.groups.set_overview(group.id, None)
        await uow.outbox.add_overview(group.id, new_chat_id, now=now)
        await uow.outbox.add_cards({pick_id: new_chat_id for pick_id in pick_ids}, now=now)


async def configure_group(uow: UnitOfWork, group: Group, name: str, value: str, *, now: datetime) -> Group:
    """Set one of the settings by its name, such as `quiet`. Raises SettingUnreadable."""
    match name:
        case "language" if value in LANGUAGES:
            group.language = value
        case "currency" if known_currency(value.strip().upper()):
            await _choose_currency(uow, group, value.strip().upper(), now=now)
        case "zone" if (zone := find_time_zone(value)) is not None:
            group.time_zone = zone
        case "plain" if value in ("on", "off"):
            group.reads_plain_orders = value == "on"
        case "list" if value in ("on", "off"):
            group.hides_overview = value == "off"
        case "quiet" if (hours := find_quiet_hours(value)) is not None:
            group.quiet_from, group.quiet_until = hours
        case "campaigns" if value in ("on", "off"):
            group.takes_campaigns = value == "on"
        case "answer" if (promise := read_hours(value)) is not None:
            group.answer_hours = promise
        case "allowance":
            _set_allowance(group, value)
        case "language" | "currency" | "zone" | "plain" | "list" | "quiet" | "campaigns" | "answer":
            raise SettingUnreadable(name, value)
        case _:
            raise SettingUnreadable("", name)
    await uow.groups.save(group)
    await _follow(uow, group, name, now=now)
    return group


async def _follow(uow: UnitOfWork, group: Group, name: str, *, now: datetime) -> None:
    """What shows a setting, or depends on it, is brought up to date."""
    if name in ("allowance", "quiet", "zone"):
        await pull_forward(uow, group, now=now)
    if name == "list":
        await uow.outbox.add_overview(group.id or 0, group.chat_id, now=now)
    if name in ("language", "zone", "currency"):
        # Of another currency a card says that nothing is earned by it.
        live = await uow.picks.list_live(group.id or 0)
        await uow.outbox.add_cards({posted.id: group.chat_id for posted in live}, now=now)
        await uow.outbox.add_overview(group.id or 0, group.chat_id, now=now)


def _set_allowance(group: Group, value: str) -> None:
    if value in ("on", "off"):
        group.keeps_allowance = value == "on"
    elif (found := find_cap(value)) is not None:
        setattr(group, found.cap, found.value)
    else:
        raise SettingUnreadable("allowance", value)


async def _choose_currency(uow: UnitOfWork, group: Group, currency: str, *, now: datetime) -> None:
    """What Stars stood for in the old currency, they do not in the new one; nor do the bounds of rewards."""
    if currency == group.currency:
        return
    group.currency = currency
    for way in await uow.payments.list_ways(group.id or 0, active_only=False):
        if way.method is PaymentMethod.STARS:
            way.stars_per_unit, way.is_active = None, False
            await uow.payments.save_way(way)
    await uow.plans.forget_amounts(group.id or 0, now=now)
