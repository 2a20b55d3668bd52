"""What members owe and have, and a group's accounts for those who lead it; all of it in private."""

from telegram import Bot

from bot.callbacks.balances import AccountsButton, AccountsSheetButton, BalanceButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.payment_errors import AccountsHidden
from bot.rules.balances import is_month, month_of
from bot.services.payments.statements import Accounts, accounts_of, statement_of
from bot.shop import Shop
from bot.views.balances import (
    MOVEMENTS_A_PAGE,
    accounts,
    accounts_come,
    no_accounts,
    statement,
    which_balance,
)
from bot.views.groups import choose_group, leads_none, which_group
from bot.views.screens import Screen
from handlers.access import group_led, group_of, may_configure, require_books
from handlers.speaking import redraw, send, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork

_LARGEST_PAGE = 1_000_000


async def balance_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/balance`: what I owe and have, in private."""
    if not said.is_private:
        group = await group_of(said, shop, bot)
        async with shop.handling(said.update_id) as uow:
            t = await speaker(uow, said.person)
            screen = await _statement(uow, t, shop, group, said.person.id, page=0)
            await tell(uow, shop, said, screen, payload=f"balance_{group.id}")
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        groups = await uow.balances.groups_of(said.person.id)
        if not groups:
            await send(uow, shop, said.person.id, no_accounts(t))
        elif len(groups) == 1:
            screen = await _statement(uow, t, shop, groups[0], said.person.id, page=0)
            await send(uow, shop, said.person.id, screen)
        else:
            await send(uow, shop, said.person.id, which_balance(t, groups))


async def balance_opened(said: Said, shop: Shop, group_id: int) -> None:
    """What is between me and one group, by deep link."""
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        group = await uow.groups.find(group_id)
        if group is None:
            await send(uow, shop, said.person.id, no_accounts(t))
            return
        await send(uow, shop, said.person.id, await _statement(uow, t, shop, group, said.person.id, page=0))


async def balance_turned(tap: Tap, shop: Shop) -> None:
    """Another page of it, or one of several groups."""
    button = BalanceButton.read(tap.data)
    if not tap.is_private or not 0 <= button.page <= _LARGEST_PAGE:
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        group = await uow.groups.find(button.group_id)
        if group is None:
            raise ButtonOutdated
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await _statement(uow, t, shop, group, tap.person.id, page=button.page))
    await tap.answer()


async def accounts_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/accounts`: what a group has sold, received and owes, in private for those who may."""
    if said.is_private:
        await _accounts_asked_in_private(said, shop)
        return
    group = await group_led(said, shop, bot)
    group_id = group.id or 0
    facts = await _facts(shop, group_id, None if said.speaks_for_group else said.person.id)
    async with shop.handling(said.update_id) as uow:
        screen = accounts(await speaker(uow, said.person), facts)
        await tell(uow, shop, said, screen, payload=f"accounts_{group_id}")


async def accounts_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The accounts of one group, by deep link."""
    facts = await _facts(shop, group_id, said.person.id)
    async with shop.handling(said.update_id) as uow:
        await send(uow, shop, said.person.id, accounts(await speaker(uow, said.person), facts))


async def accounts_turned(tap: Tap, shop: Shop) -> None:
    """Another month."""
    button = AccountsButton.read(tap.data)
    async with shop.reading() as uow:
        group = await _tapped(uow, shop, tap, button.group_id, button.month)
    facts = await _facts(shop, group.id or 0, tap.person.id, month=button.month)
    async with shop.handling(tap.update_id) as uow:
        await redraw(uow, shop, tap, accounts(await speaker(uow, tap.person), facts))
    await tap.answer()


async def accounts_sheet_asked(tap: Tap, shop: Shop) -> None:
    """The accounts as a file; it is drawn when it is sent."""
    button = AccountsSheetButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        group = await _tapped(uow, shop, tap, button.group_id, button.month)
        await uow.outbox.add(
            OutboxKind.ACCOUNTS,
            chat_id=tap.person.id,
            subject_id=group.id,
            payload={"month": button.month},
            # Who taps twice, impatiently, gets one file.
            merge_key=f"{OutboxKind.ACCOUNTS}:{group.id}:{button.month}:{tap.person.id}",
            now=shop.now(),
        )
        await uow.audit.add(
            "accounts_taken",
            group_id=group.id or 0,
            person_id=tap.person.id,
            now=shop.now(),
            details={"month": button.month},
        )
        t = await speaker(uow, tap.person)
    await tap.answer(accounts_come(t))


async def _accounts_asked_in_private(said: Said, shop: Shop) -> None:
    async with shop.reading() as uow:
        led = await uow.groups.list_led_by(said.person.id)
        groups = [group for group in led if await may_configure(uow, group.id or 0, said.person.id)]
    if led and not groups:
        raise AccountsHidden
    if len(groups) == 1:
        await accounts_opened(said, shop, groups[0].id or 0)
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        if not groups:
            await send(uow, shop, said.person.id, leads_none(t))
        else:
            links = [shop.link(f"accounts_{group.id}") for group in groups]
            await send(uow, shop, said.person.id, choose_group(t, groups, which_group(t), links=links))


async def _statement(
    uow: UnitOfWork, t: Translator, shop: Shop, group: Group, person_id: int, *, page: int
) -> Screen:
    facts = await statement_of(uow, group, person_id, page=page, movements_a_page=MOVEMENTS_A_PAGE)
    return statement(t, facts, now=shop.now())


async def _facts(shop: Shop, group_id: int, person_id: int | None, *, month: int | None = None) -> Accounts:
    """A group's accounts for those who may know them (None: the group itself), else in this month.

    They are summed up outside of the transaction that answers, which nobody shall have to wait for.
    """
    async with shop.reading() as uow:
        if person_id is not None:
            await require_books(uow, group_id, person_id)
        group = await uow.groups.get(group_id)
        month = month_of(shop.now(), group.time_zone) if month is None else month
        return await accounts_of(uow, group, month, now=shop.now())


async def _tapped(uow: UnitOfWork, shop: Shop, tap: Tap, group_id: int, month: int) -> Group:
    tap.require_private()
    await require_books(uow, group_id, tap.person.id)
    group = await uow.groups.get(group_id)
    first = await uow.balances.first_posted_at(group_id) or shop.now()
    last = month_of(shop.now(), group.time_zone)
    if not is_month(month, first=month_of(first, group.time_zone), last=last):
        raise ButtonOutdated
    return group
