"""How a group and its picks are paid: switching ways, writing what members read of them, when to pay."""

from typing import Final

from bot.callbacks.payments import PaymentSettingButton, PickPaymentButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.payment_errors import InstructionsMissing, RateUnreadable
from bot.services.payments.ways import (
    describe_way,
    hold_for,
    pay_pick_when,
    pay_when,
    payments_of,
    switch_way,
    toggle_way,
)
from bot.shop import Shop
from bot.views.payment_ways import ask_about_way, hold_choices, payments_page, pick_payments
from bot.views.screens import Screen
from handlers.manage import managed_by
from handlers.pickups import require_configurer
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import Draft
from storage.states import PaymentMethod, PaysWhen
from storage.unit_of_work import UnitOfWork

ASKED = "payment_way"
"""The step under which the words or the rate of a way to pay are waited for."""

_ABOUT: Final = (PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.STARS)


async def payments_turned(tap: Tap, shop: Shop) -> None:
    """The payments of a group, or one thing about them was chosen."""
    button = PaymentSettingButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        await require_configurer(uow, tap, button.group_id)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        screen = await _chosen(uow, shop, t, tap, button)
        if screen is not None:
            await redraw(uow, shop, tap, screen)
    await tap.answer()


async def pick_payments_turned(tap: Tap, shop: Shop) -> None:
    """How one pick is paid, or one thing about it was chosen."""
    button = PickPaymentButton.read(tap.data)
    tap.require_private()
    async with shop.handling(tap.update_id) as uow:
        await managed_by(uow, button.pick_id, tap.person.id)
        await _change_pick(uow, shop, tap, button)
        t = await speaker(uow, tap.person)
        posted = (await uow.picks.load([button.pick_id]))[button.pick_id]
        screen = pick_payments(t, await payments_of(uow, posted), saved=button.name != "page")
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def way_described(uow: UnitOfWork, shop: Shop, said: Said, asked: Draft) -> None:
    """What was written about a way to pay; the settings are shown again."""
    group_id, method = int(asked.content["group_id"]), PaymentMethod(asked.content["method"])
    await require_configurer(uow, said, group_id)
    await describe_way(
        uow,
        group_id,
        method,
        said.text,
        switch_on=bool(asked.content["switch_on"]),
        by_id=said.person.id,
        now=shop.now(),
    )
    await uow.pickups.wait_no_more(said.person.id, ASKED)
    screen = await _page(uow, shop, await speaker(uow, said.person), group_id, saved=True)
    await send(uow, shop, said.person.id, screen)


async def _chosen(
    uow: UnitOfWork, shop: Shop, t: Translator, tap: Tap, button: PaymentSettingButton
) -> Screen | None:
    """What is shown next; None where she is asked to write something."""
    group_id, by_id, now = button.group_id, tap.person.id, shop.now()
    match button.name, button.value:
        case "page", "home":
            return await _page(uow, shop, t, group_id)
        case "page", "hold":
            return hold_choices(t, await uow.groups.get(group_id))
        case "ask", value:
            await _ask(uow, shop, t, tap, group_id, _about(value), switch_on=False)
            return None
        case ("on" | "off") as name, value:
            if not await _switch(uow, shop, t, tap, group_id, _method(value), on=name == "on"):
                return None
        case "when", value:
            await pay_when(uow, group_id, _when(value), by_id=by_id, now=now)
        case "hold", value if value.isdecimal():
            await hold_for(uow, group_id, int(value), by_id=by_id, now=now)
        case _:
            raise ButtonOutdated
    return await _page(uow, shop, t, group_id, saved=True)


async def _switch(
    uow: UnitOfWork, shop: Shop, t: Translator, tap: Tap, group_id: int, method: PaymentMethod, *, on: bool
) -> bool:
    """Switch a way; where something must be written about it first, ask for that and return False."""
    try:
        await switch_way(
            uow,
            group_id,
            method,
            on=on,
            has_provider=bool(shop.provider_token),
            by_id=tap.person.id,
            now=shop.now(),
        )
    except (InstructionsMissing, RateUnreadable):
        await _ask(uow, shop, t, tap, group_id, method, switch_on=True)
        return False
    return True


async def _ask(
    uow: UnitOfWork,
    shop: Shop,
    t: Translator,
    tap: Tap,
    group_id: int,
    method: PaymentMethod,
    *,
    switch_on: bool,
) -> None:
    content = {"group_id": group_id, "method": method.value, "switch_on": switch_on}
    await uow.pickups.wait_for(tap.person.id, ASKED, content, now=shop.now())
    await send(uow, shop, tap.person.id, ask_about_way(t, await uow.groups.get(group_id), method))


async def _page(uow: UnitOfWork, shop: Shop, t: Translator, group_id: int, *, saved: bool = False) -> Screen:
    group = await uow.groups.get(group_id)
    ways = await uow.payments.list_ways(group_id, active_only=False)
    return payments_page(t, group, ways, has_provider=bool(shop.provider_token), saved=saved)


async def _change_pick(uow: UnitOfWork, shop: Shop, tap: Tap, button: PickPaymentButton) -> None:
    by_id, now = tap.person.id, shop.now()
    match button.name, button.value:
        case "page", _:
            return
        case "way", value:
            await toggle_way(uow, button.pick_id, _method(value), by_id=by_id, now=now)
        case "when", value:
            when = None if value == "group" else _when(value)
            await pay_pick_when(uow, button.pick_id, when, by_id=by_id, now=now)
        case _:
            raise ButtonOutdated


def _about(value: str) -> PaymentMethod:
    method = _method(value)
    if method not in _ABOUT:
        raise ButtonOutdated
    return method


def _method(value: str) -> PaymentMethod:
    try:
        return PaymentMethod(value)
    except ValueError:
        raise ButtonOutdated from None


def _when(value: str) -> PaysWhen:
    try:
        return PaysWhen(value)
    except ValueError:
        raise ButtonOutdated from None
