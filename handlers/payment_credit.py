"""Store credit: a member pays with it, and a curator gives it."""

from typing import Any, Final

from telegram import Bot

from bot.callbacks.payments import CreditSureButton
from bot.errors import ButtonOutdated, OnlyInPrivate
from bot.i18n import Translator
from bot.money import Money
from bot.payment_errors import CreditPersonUnknown, CreditSwitchedOff
from bot.role_errors import MayNotConfigure
from bot.rules.refunds import read_amount, read_credit, read_credit_wish
from bot.services.payments.bills import find_bill
from bot.services.payments.credit import credit_of, give_credit, spend_credit
from bot.services.payments.refunds import takes_credit
from bot.shop import Shop
from bot.views.payment_credit import (
    Receiver,
    credit_given,
    credit_got,
    credit_not_given,
    credit_spent_toast,
    sure_of_credit,
)
from bot.views.payments import ways_to_pay
from bot.views.screens import Screen
from handlers.access import may_configure
from handlers.refund_goodwill import CREDIT_ASKED, keep_draft, own_draft
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.members import Seen
from storage.unit_of_work import UnitOfWork

_SURE: Final = "credit_sure"
"""The step under which a credit waits for a yes."""

_FOUND_SHOWN: Final = 8


async def credit_chosen(tap: Tap, shop: Shop, order_id: int) -> None:
    """I pay an order with my credit, as far as it goes; the rest stays to be paid in another way."""
    async with shop.handling(tap.update_id) as uow:
        payment = await spend_credit(uow, order_id, person_id=tap.person.id, now=shop.now())
        assert payment.group_id is not None
        left = await credit_of(uow, payment.group_id, tap.person.id, payment.currency)
        t = await speaker(uow, tap.person)
        bill = await find_bill(uow, order_id)
        assert bill is not None
        own = await uow.orders.list_own_lines([order_id])
        await redraw(uow, shop, tap, ways_to_pay(t, bill, own))
    paid = Money(amount=payment.amount, currency=payment.currency)
    await tap.answer(credit_spent_toast(t, paid, Money(amount=left, currency=payment.currency)))


async def credit_written(said: Said, shop: Shop, bot: Bot) -> None:
    """`/credit @ann 5.00 thank you`: whom, how much, why."""
    if not said.is_private:
        raise OnlyInPrivate
    name, amount, reason = read_credit(said.arguments)
    async with shop.handling(said.update_id) as uow:
        groups = await _giving(uow, said.person.id)
        found = [
            (group, person_id)
            for group in groups
            for person_id, _ in await uow.roles.search(group.id or 0, name, limit=_FOUND_SHOWN)
        ]
        if not found:
            raise CreditPersonUnknown(name)
        screen = await _wished(uow, shop, said.person, found[:_FOUND_SHOWN], amount, reason)
        await send(uow, shop, said.person.id, screen)


async def credit_typed(said: Said, shop: Shop, group_id: int, person_id: int) -> None:
    """How much credit this person gets, and why."""
    amount, reason = read_credit_wish(said.text)
    async with shop.handling(said.update_id) as uow:
        group = await _may_give(uow, group_id, said.person.id)
        screen = await _wished(uow, shop, said.person, [(group, person_id)], amount, reason)
        await uow.pickups.wait_no_more(said.person.id, CREDIT_ASKED)
        await send(uow, shop, said.person.id, screen)


async def credit_sure_tapped(tap: Tap, shop: Shop) -> None:
    """Yes, to this person; or to nobody."""
    button = CreditSureButton.read(tap.data)
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        draft = await own_draft(uow, button.draft_id, tap.person.id, _SURE)
        t = await speaker(uow, tap.person)
        choices = draft.content["choices"]
        if button.choice < 0:
            screen = credit_not_given(t)
        elif button.choice < len(choices):
            screen = await _give(uow, shop, t, tap.person.id, choices[button.choice], draft.content["reason"])
        else:
            raise ButtonOutdated
        await uow.drafts.remove(draft)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def _wished(
    uow: UnitOfWork, shop: Shop, person: Seen, found: list[tuple[Group, int]], amount: str, reason: str
) -> Screen:
    choices = []
    for group, person_id in found:
        money = read_amount(amount, group.currency)
        choices.append(
            {
                "group_id": group.id,
                "person_id": person_id,
                "amount": money.amount,
                "currency": money.currency,
            }
        )
    draft_id = await keep_draft(uow, shop, person.id, _SURE, {"choices": choices, "reason": reason})
    receivers = [await _receiver(uow, choice) for choice in choices]
    return sure_of_credit(await speaker(uow, person), receivers, reason=reason, draft_id=draft_id)


async def _give(
    uow: UnitOfWork, shop: Shop, t: Translator, by_id: int, choice: dict[str, Any], reason: str
) -> Screen:
    group_id, person_id = choice["group_id"], choice["person_id"]
    group = await _may_give(uow, group_id, by_id)
    receiver = await _receiver(uow, choice)
    await give_credit(uow, group_id, person_id, receiver.money, reason=reason, by_id=by_id, now=shop.now())
    person = await uow.members.get(person_id)
    if person.private_is_open:
        credit = await credit_of(uow, group_id, person_id, receiver.money.currency)
        words = credit_got(
            Translator(person.language),
            group=group.title,
            money=receiver.money,
            reason=reason,
            credit=Money(amount=credit, currency=receiver.money.currency),
        )
        await send(uow, shop, person_id, words)
    return credit_given(t, receiver)


async def _receiver(uow: UnitOfWork, choice: dict[str, Any]) -> Receiver:
    person = await uow.members.get(choice["person_id"])
    if person.erased_at is not None:
        raise ButtonOutdated
    group = await uow.groups.get(choice["group_id"])
    return Receiver(
        name=person.name,
        group_title=group.title,
        money=Money(amount=choice["amount"], currency=choice["currency"]),
    )


async def _giving(uow: UnitOfWork, person_id: int) -> list[Group]:
    """The groups in which a person may give credit. Raises MayNotConfigure or CreditSwitchedOff for none."""
    led = await uow.groups.list_led_by(person_id)
    may = [group for group in led if await may_configure(uow, group.id or 0, person_id)]
    if not may:
        raise MayNotConfigure
    open_ = [group for group in may if await takes_credit(uow, group.id or 0)]
    if not open_:
        raise CreditSwitchedOff
    return open_


async def _may_give(uow: UnitOfWork, group_id: int, person_id: int) -> Group:
    if not await may_configure(uow, group_id, person_id):
        raise MayNotConfigure
    return await uow.groups.get(group_id)
