"""Killed anywhere between the checkout and the receipt, or on the way back: the books say the same."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.paying import Paying
from storage.models import LedgerEntry, Order, Payment, Refund
from storage.states import PaymentMethod, PaymentStage, PaymentState, PaysWhen, RefundStage
from tests.scenarios.house import Circle, House
from tests.scenarios.paying import HONEY, books, invoice, owes, takes
from tests.scenarios.test_crash import nobody_may_write, process_of, until

LONG = 600.0


async def begun(house: House) -> bool:
    (payment,) = await house.rows(Payment)
    return payment.stage is not PaymentStage.OPEN


async def received(house: House) -> bool:
    (payment,) = await house.rows(Payment)
    return payment.stage is PaymentStage.RECEIVED


async def handed_over(house: House, kind: str) -> bool:
    """The bot was given an update of this kind, and has not stored what follows from it."""
    if house.way == "webhook":
        return any(kind in str(update) for update in house.updates) and bool(house.account.updates.pending)
    polls = [call for call in house.world.calls if call.method == "getUpdates"]
    return any(kind in str(call.answer.get("result")) for call in polls)


async def hangs(house: House, method: str) -> bool:
    return not any(fault.method == method and fault.times for fault in house.world.faults.waiting)


async def paid_once(friends: Circle, paying: Paying) -> None:
    """The one charge there was is written down, counted and told, once."""
    house = friends.house
    await house.starts()
    if paying.state in ("failed", "refused"):
        # Telegram had no answer in time, so nothing was charged: she pays again.
        paying = await friends.ann.pays(await invoice(friends))
    charge = await paying.paid(timeout=30)
    await house.settles()
    (payment,) = await house.rows(Payment)
    assert (payment.stage, payment.charge_id, payment.amount) == (PaymentStage.RECEIVED, charge.id, 2580)
    assert payment.receipt_number == 1
    (order,) = await house.rows(Order)
    assert order.payment_state is PaymentState.PAID
    assert sorted(entry.amount for entry in await house.rows(LedgerEntry)) == [-2580, -2580, 2580, 2580]
    assert sorted((await books(house)).values()) == [-2580, 2580], "sales, and what came by card"
    assert await house.rows(Refund) == []
    receipts = [text for text in friends.private(friends.ann) if text.startswith("Receipt 1")]
    assert len(receipts) == 1
    assert len(house.world.payments.charges) == 1


@pytest.mark.every_way
async def test_killed_while_the_checkout_is_decided(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    house.world.payments.answer_time = LONG
    await owes(friends)
    sent = await invoice(friends)
    await house.stops()
    async with process_of(house, tmp_path) as process, nobody_may_write(house.database_url):
        paying = await friends.ann.pays(sent)
        await until(house, lambda: handed_over(house, "pre_checkout_query"))
        process.kill()
        await process.wait()
    await paid_once(friends, paying)


async def test_killed_between_the_decision_and_the_answer(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    house.world.payments.answer_time = LONG
    await owes(friends)
    sent = await invoice(friends)
    await house.stops()
    async with process_of(house, tmp_path) as process:
        house.world.faults.slow(LONG, 1, method="answerPreCheckoutQuery")
        paying = await friends.ann.pays(sent)
        await until(house, lambda: begun(house))
        process.kill()
        await process.wait()
    house.world.faults.clear()
    await paid_once(friends, paying)


@pytest.mark.every_way
async def test_killed_as_the_charge_is_told(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    house.world.payments.answer_time = LONG
    await owes(friends)
    sent = await invoice(friends)
    # The gate has let it through; that she was charged is told to the process, which cannot store it.
    await friends.ann.pays(sent, card_fails=True)
    await house.settles()
    await house.stops()
    paying = await friends.ann.starts_paying(sent)
    async with process_of(house, tmp_path) as process:
        house.world.faults.slow(LONG, 10, method="sendMessage")
        await paying.confirms()
        await paying.paid(timeout=30)
        async with nobody_may_write(house.database_url):
            process.kill()
            await process.wait()
    house.world.faults.clear()
    await paid_once(friends, paying)


async def test_killed_between_storing_the_charge_and_the_receipt(friends: Circle, tmp_path: Path) -> None:
    house = friends.house
    house.world.payments.answer_time = LONG
    await owes(friends)
    sent = await invoice(friends)
    await house.stops()
    async with process_of(house, tmp_path) as process:
        house.world.faults.slow(LONG, 10, method="sendMessage")
        paying = await friends.ann.pays(sent)
        await until(house, lambda: received(house))
        process.kill()
        await process.wait()
    house.world.faults.clear()
    await paid_once(friends, paying)


async def withdrawn(house: House) -> bool:
    return bool(await house.rows(Refund))


Death = Callable[[House], Awaitable[bool]]


async def asked_to_give_back(house: House) -> bool:
    return await hangs(house, "refundStarPayment")


@pytest.mark.parametrize("at", [withdrawn, asked_to_give_back], ids=["owed", "asked"])
async def test_killed_while_stars_go_back(friends: Circle, tmp_path: Path, at: Death) -> None:
    house = friends.house
    house.world.payments.answer_time = LONG
    await takes(friends, PaymentMethod.STARS, pays_when=PaysWhen.NOW)
    await friends.ann.starts(house.account)
    await friends.ann.buys_stars(1000)
    card = await friends.offers(HONEY)
    await friends.ann.says("+1", reply_to=card)
    await house.settles()
    await (await friends.ann.pays(await invoice(friends, "Telegram Stars"))).paid()
    await house.settles()
    await house.stops()
    async with process_of(house, tmp_path) as process:
        house.world.faults.slow(LONG, 1, method="refundStarPayment")
        await friends.mei.says("/withdraw 1 bad honey", in_=friends.group)
        await until(house, lambda: at(house))
        process.kill()
        await process.wait()
    house.world.faults.clear()
    await house.starts()
    await house.passes(timedelta(minutes=2))
    await house.settles()
    assert friends.ann.stars == 1000
    (refund,) = await house.rows(Refund)
    assert refund.stage is RefundStage.DONE
    (order,) = await house.rows(Order)
    assert order.payment_state is PaymentState.REFUNDED
    assert await books(house) == {}
