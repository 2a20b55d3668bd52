"""Payouts for those who pay them, in private: the list, one of them, all at once, a file."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from telegram import Bot

from bot.callbacks.payouts import (
    PayoutBatchButton,
    PayoutButton,
    PayoutDeedButton,
    PayoutsButton,
    PayoutsSheetButton,
)
from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.payout_errors import PayoutSettled
from bot.rules.payouts import OPEN
from bot.services.payouts.batches import MOST_AT_ONCE, approve_all, pay_all
from bot.services.payouts.deciding import approve_payout, pay_payout, undo_payout
from bot.services.payouts.earnings import earned_in
from bot.shop import Shop
from bot.views.groups import leads_none
from bot.views.payout_pages import Decided, approve_question, ask_reason, deed_toast, payout_page
from bot.views.payouts import (
    PAYOUTS_A_PAGE,
    Payouts,
    batch_done,
    batch_question,
    payouts_come,
    payouts_open,
    payouts_settled,
    which_payouts,
)
from bot.views.screens import Screen
from handlers.access import group_led, is_admin
from handlers.plans import may_reward, require_rewarder
from handlers.speaking import redraw, send, show_door, speaker, tell
from handlers.updates import Said, Tap
from storage.models import Group
from storage.repositories.payouts import ListedPayout
from storage.states import OutboxKind, PaymentMethod, PayoutStage
from storage.unit_of_work import UnitOfWork

ASKED: Final = "payout_reason"
"""The step under which it is waited for why a payout is declined."""

_SETTLED: Final = (PayoutStage.PAID, PayoutStage.DECLINED, PayoutStage.WITHDRAWN)


async def payouts_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/payouts`: who asks to be paid, in private, for those who may pay."""
    if not said.is_private:
        group = await group_led(said, shop, bot)
        async with shop.handling(said.update_id) as uow:
            payload = f"payouts_{group.id}"
            if said.speaks_for_group:
                # Which of those who lead it speaks, only the private chat knows.
                await show_door(uow, shop, said, payload=payload)
                return
            await require_rewarder(uow, shop, group.id or 0, said.person.id)
            t = await speaker(uow, said.person)
            await tell(uow, shop, said, await _list(uow, t, group), payload=payload)
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        groups = await _groups(uow, shop, said.person.id)
        if len(groups) == 1:
            await send(uow, shop, said.person.id, await _list(uow, t, groups[0][0]))
        elif groups or await is_admin(uow, shop, said.person.id):
            await send(uow, shop, said.person.id, which_payouts(t, groups))
        else:
            await send(uow, shop, said.person.id, leads_none(t))


async def payouts_opened(said: Said, shop: Shop, group_id: int) -> None:
    """The payouts of one group, by deep link."""
    async with shop.handling(said.update_id) as uow:
        group = await uow.groups.find(group_id)
        if group is None:
            raise NotACurator
        await require_rewarder(uow, shop, group_id, said.person.id)
        await send(uow, shop, said.person.id, await _list(uow, await speaker(uow, said.person), group))


async def payouts_turned(tap: Tap, shop: Shop) -> None:
    """A page of what is asked for, or of what is settled; or the groups in which something is."""
    button = PayoutsButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        t = await speaker(uow, tap.person)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        if button.group_id == 0:
            screen = which_payouts(t, await _groups(uow, shop, tap.person.id))
        else:
            group = await _group(uow, shop, tap, button.group_id)
            done = bool(button.done)
            screen = (
                payouts_settled(t, await _settled(uow, group, page=button.page), now=shop.now())
                if done
                else await _list(uow, t, group, page=button.page)
            )
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def payout_tapped(tap: Tap, shop: Shop) -> None:
    """One payout."""
    payout_id = PayoutButton.read(tap.data).payout_id
    async with shop.handling(tap.update_id) as uow:
        payout = await _payout(uow, shop, tap, payout_id)
        await uow.pickups.wait_no_more(tap.person.id, ASKED)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await payout_screen(uow, shop, t, payout.id))
    await tap.answer()


async def payout_deed_tapped(tap: Tap, shop: Shop) -> None:
    """Approve it, decline it, mark it as paid, or undo that."""
    button = PayoutDeedButton.read(tap.data)
    deed = _DEEDS.get(button.deed)
    if deed is None and button.deed not in ("approve", "decline"):
        raise ButtonOutdated
    async with shop.handling(tap.update_id) as uow:
        payout = await _payout(uow, shop, tap, button.payout_id)
        t = await speaker(uow, tap.person)
        toast = ""
        if deed is not None:
            await deed(uow, shop, tap, payout.id)
            changed = await uow.payouts.find_listed(payout.id)
            assert changed is not None
            screen, toast = await payout_screen(uow, shop, t, payout.id), deed_toast(t, changed)
        elif button.deed == "approve":
            _require(payout, PayoutStage.ASKED)
            screen = approve_question(t, payout)
        else:
            _require(payout, *OPEN)
            content = {"payout_id": payout.id}
            await uow.pickups.wait_for(tap.person.id, ASKED, content, now=shop.now())
            screen = ask_reason(t, payout)
        await redraw(uow, shop, tap, screen)
    await tap.answer(toast)


async def payout_batch_tapped(tap: Tap, shop: Shop) -> None:
    """Approve all that were on the screen, or mark them as paid; asked about first."""
    button = PayoutBatchButton.read(tap.data)
    by_id, now = tap.person.id, shop.now()
    async with shop.handling(tap.update_id) as uow:
        group = await _group(uow, shop, tap, button.group_id)
        group_id, until_id = button.group_id, button.until_id
        t = await speaker(uow, tap.person)
        match button.deed:
            case "approve" | "pay":
                stage = PayoutStage.ASKED if button.deed == "approve" else PayoutStage.APPROVED
                listed = await _until(uow, group_id, stage, until_id)
                if not listed:
                    raise ButtonOutdated
                screen = batch_question(t, group, listed, until_id=until_id, deed=button.deed)
            case "approved":
                batch = await approve_all(uow, group_id, until_id=until_id, by_id=by_id, now=now)
                screen = await _list(uow, t, group, note=batch_done(t, batch, paid=False))
            case PaymentMethod.TRANSFER | PaymentMethod.CASH:
                method = PaymentMethod(button.deed)
                batch = await pay_all(uow, group_id, method, until_id=until_id, by_id=by_id, now=now)
                screen = await _list(uow, t, group, note=batch_done(t, batch, paid=True))
            case _:
                raise ButtonOutdated
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def payouts_sheet_asked(tap: Tap, shop: Shop) -> None:
    """A group's payouts as a file; it is drawn when it is sent."""
    group_id = PayoutsSheetButton.read(tap.data).group_id
    async with shop.handling(tap.update_id) as uow:
        await _group(uow, shop, tap, group_id)
        await uow.outbox.add(
            OutboxKind.PAYOUTS_SHEET,
            chat_id=tap.person.id,
            subject_id=group_id,
            # Who taps twice, impatiently, gets one file.
            merge_key=f"{OutboxKind.PAYOUTS_SHEET}:{group_id}:{tap.person.id}",
            now=shop.now(),
        )
        await uow.audit.add("payouts_taken", group_id=group_id, person_id=tap.person.id, now=shop.now())
        t = await speaker(uow, tap.person)
    await tap.answer(payouts_come(t))


async def _groups(uow: UnitOfWork, shop: Shop, person_id: int) -> list[tuple[Group, int]]:
    """The groups whose payouts a person may see to: her own, and as an admin all where something waits."""
    waiting = await uow.payouts.groups_with_open()
    counts = {group.id: count for group, count in waiting}
    led = [
        (group, counts.get(group.id, 0))
        for group in await uow.groups.list_led_by(person_id)
        if await may_reward(uow, shop, group.id or 0, person_id)
    ]
    if not await is_admin(uow, shop, person_id):
        return led
    own = {group.id for group, _ in led}
    return [*led, *((group, count) for group, count in waiting if group.id not in own)]


async def _group(uow: UnitOfWork, shop: Shop, tap: Tap, group_id: int) -> Group:
    tap.require_private()
    group = await uow.groups.find(group_id)
    if group is None:
        raise ButtonOutdated
    await require_rewarder(uow, shop, group_id, tap.person.id)
    return group


async def _payout(uow: UnitOfWork, shop: Shop, tap: Tap, payout_id: int) -> ListedPayout:
    payout = await uow.payouts.find_listed(payout_id)
    if payout is None:
        raise ButtonOutdated
    await _group(uow, shop, tap, payout.group_id)
    return payout


def _require(payout: ListedPayout, *stages: PayoutStage) -> None:
    if payout.stage not in stages:
        raise PayoutSettled(payout.paid_by or payout.decided_by or "")


async def payout_screen(uow: UnitOfWork, shop: Shop, t: Translator, payout_id: int) -> Screen:
    """The screen of one payout as it stands now."""
    payout = await uow.payouts.find_listed(payout_id)
    assert payout is not None
    group = await uow.groups.get(payout.group_id)
    earned = await earned_in(uow, group, payout.person_id)
    facts = Decided(
        payout=payout,
        earned=next((one for one in earned if one.currency == payout.currency), None),
        is_suspected=bool(await uow.flags.suspected(payout.group_id, [payout.person_id])),
        is_withheld=bool(await uow.flags.withheld(payout.group_id, [payout.person_id])),
    )
    return payout_page(t, facts, now=shop.now())


async def _list(
    uow: UnitOfWork, t: Translator, group: Group, *, page: int = 0, note: str | None = None
) -> Screen:
    group_id = group.id or 0
    sums = await uow.payouts.sums(group_id, OPEN)
    last = {}
    for stage in OPEN:
        if listed := await uow.payouts.list_in(group_id, [stage], limit=MOST_AT_ONCE):
            last[stage] = listed[-1].id
    count = sum(one.payouts for one in sums)
    page = min(max(page, 0), max(count - 1, 0) // PAYOUTS_A_PAGE)
    payouts = await uow.payouts.list_in(group_id, OPEN, offset=page * PAYOUTS_A_PAGE, limit=PAYOUTS_A_PAGE)
    facts = Payouts(group=group, sums=sums, payouts=payouts, last=last, page=page)
    return payouts_open(t, facts, note=note)


async def _settled(uow: UnitOfWork, group: Group, *, page: int) -> Payouts:
    group_id = group.id or 0
    sums = await uow.payouts.sums(group_id, _SETTLED)
    count = sum(one.payouts for one in sums)
    page = min(max(page, 0), max(count - 1, 0) // PAYOUTS_A_PAGE)
    payouts = await uow.payouts.list_in(
        group_id, _SETTLED, newest=True, offset=page * PAYOUTS_A_PAGE, limit=PAYOUTS_A_PAGE
    )
    return Payouts(group=group, sums=sums, payouts=payouts, last={}, page=page)


async def _until(uow: UnitOfWork, group_id: int, stage: PayoutStage, until_id: int) -> Sequence[ListedPayout]:
    listed = await uow.payouts.list_in(group_id, [stage], limit=MOST_AT_ONCE)
    return [payout for payout in listed if payout.id <= until_id]


async def _approved(uow: UnitOfWork, shop: Shop, tap: Tap, payout_id: int) -> None:
    await approve_payout(uow, payout_id, by_id=tap.person.id, now=shop.now())


async def _sent(uow: UnitOfWork, shop: Shop, tap: Tap, payout_id: int) -> None:
    await pay_payout(uow, payout_id, PaymentMethod.TRANSFER, by_id=tap.person.id, now=shop.now())


async def _given(uow: UnitOfWork, shop: Shop, tap: Tap, payout_id: int) -> None:
    await pay_payout(uow, payout_id, PaymentMethod.CASH, by_id=tap.person.id, now=shop.now())


async def _undone(uow: UnitOfWork, shop: Shop, tap: Tap, payout_id: int) -> None:
    await undo_payout(uow, payout_id, by_id=tap.person.id, now=shop.now())


_DEEDS: Final[dict[str, Callable[[UnitOfWork, Shop, Tap, int], Awaitable[None]]]] = {
    "approved": _approved,
    "transfer": _sent,
    "cash": _given,
    "undo": _undone,
}
