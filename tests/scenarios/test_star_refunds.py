"""Stars go back by Telegram, whatever the network does, and once."""

from datetime import timedelta

import pytest

from bot.jobs.reconciling import reconcile
from storage.models import Discrepancy, Order, Payment, Refund
from storage.states import DiscrepancyKind, OrderState, PaymentMethod, PaymentState, PaysWhen, RefundStage
from tests.scenarios.house import Circle, House
from tests.scenarios.paying import HONEY, books, invoice, takes

LONG_ENOUGH = timedelta(minutes=2)


async def paid_ahead(friends: Circle) -> None:
    """Ann has paid 774 Stars for a jar on a pick that is still open."""
    house = friends.house
    await takes(friends, PaymentMethod.STARS, pays_when=PaysWhen.NOW)
    await friends.ann.starts(house.account)
    await friends.ann.buys_stars(1000)
    card = await friends.offers(HONEY)
    await friends.ann.says("+1", reply_to=card)
    await house.settles()
    await (await friends.ann.pays(await invoice(friends, "Telegram Stars"))).paid()
    await house.settles()
    assert friends.ann.stars == 226


async def withdrawn(friends: Circle) -> None:
    await friends.mei.says("/withdraw 1 bad honey", in_=friends.group)
    await friends.house.settles()


async def refund_of(house: House) -> Refund:
    (refund,) = await house.rows(Refund)
    return refund


async def all_is_back(friends: Circle) -> None:
    house = friends.house
    assert friends.ann.stars == 1000
    assert (await refund_of(house)).stage is RefundStage.DONE
    (order,) = await house.rows(Order)
    assert (order.state, order.payment_state) == (OrderState.CANCELLED, PaymentState.REFUNDED)
    assert await books(house) == {}
    told = [text for text in friends.private(friends.ann) if "Telegram has given" in text]
    assert len(told) <= 1


async def test_a_withdrawn_pick_gives_stars_back(friends: Circle) -> None:
    await paid_ahead(friends)
    await withdrawn(friends)
    await all_is_back(friends)
    assert len(friends.house.calls("refundStarPayment")) == 1
    assert await friends.house.rows(Discrepancy) == []

    assert await reconcile(friends.house.parts.shop) == 0
    stored = await friends.house.dump()
    for update in [one for one in friends.house.updates if "_payment" in str(one)]:
        await friends.house.takes({**update, "update_id": update["update_id"] + 5000})
    await friends.house.settles()
    assert await friends.house.dump() == stored


@pytest.mark.every_way
async def test_everything_told_twice_is_paid_and_given_back_once(friends: Circle) -> None:
    friends.house.world.redeliver_everything_twice()
    await paid_ahead(friends)
    assert [payment.amount for payment in await friends.house.rows(Payment)] == [1290]
    assert len(friends.house.world.payments.charges) == 1
    await withdrawn(friends)
    await all_is_back(friends)
    assert sum(text.startswith("Receipt 1") for text in friends.private(friends.ann)) == 1


async def test_a_cut_connection_gives_nothing_back_twice(friends: Circle) -> None:
    house = friends.house
    await paid_ahead(friends)
    house.world.faults.server_error(1, method="refundStarPayment")
    house.world.faults.cut_after(1, method="refundStarPayment")
    await withdrawn(friends)
    for _ in range(4):
        await house.passes(LONG_ENOUGH)
    await house.settles()
    await all_is_back(friends)
    assert await house.rows(Discrepancy) == []


async def test_what_never_gets_through_is_tried_again_for_good(friends: Circle) -> None:
    house = friends.house
    await paid_ahead(friends)
    house.world.faults.server_error(30, method="refundStarPayment")
    await withdrawn(friends)
    for _ in range(40):
        await house.passes(timedelta(hours=1, minutes=1))
        if friends.ann.stars == 1000:
            break
    await house.settles()
    await all_is_back(friends)


async def test_without_stars_of_the_bots_the_curator_gives_it_back(friends: Circle) -> None:
    house = friends.house
    await paid_ahead(friends)
    house.world.payments.withdraw_stars(house.account, 774)
    await withdrawn(friends)
    refund = await refund_of(house)
    assert (refund.method, refund.stage) == (PaymentMethod.TRANSFER, RefundStage.DUE)
    (finding,) = await house.rows(Discrepancy)
    assert finding.kind is DiscrepancyKind.REFUND_REFUSED
    assert finding.facts["reason"].lower() == "balance_too_low"
    assert await books(house) != {}
    await friends.mei.says("/refunds", to=house.account)
    await house.settles()
    assert any("Ann" in text and "€12.90" in text for text in friends.private(friends.mei))


async def test_what_a_crash_swallowed_stands_in_telegrams_book(friends: Circle) -> None:
    house = friends.house
    await takes(friends, PaymentMethod.STARS, pays_when=PaysWhen.NOW)
    await friends.ann.starts(house.account)
    await friends.ann.buys_stars(1000)
    card = await friends.offers(HONEY)
    await friends.ann.says("+1", reply_to=card)
    await house.settles()
    sent = await invoice(friends, "Telegram Stars")
    house.world.faults.unparsable(1, update="message")
    await (await friends.ann.pays(sent)).paid()
    await house.settles()
    (payment,) = await house.rows(Payment)
    assert payment.charge_id is None, "it was not told in a way that could be read"

    assert await reconcile(house.parts.shop) == 1
    await house.settles()
    (payment,) = await house.rows(Payment)
    (order,) = await house.rows(Order)
    assert order.payment_state is PaymentState.PAID
    assert any(text.startswith("Receipt 1") for text in friends.private(friends.ann))

    # Somebody with the bot's token gives it back by hand, and that is swallowed, too.
    house.world.faults.unparsable(1, update="message")
    await house.parts.application.bot.call(
        "refundStarPayment",
        {"user_id": friends.ann.id, "telegram_payment_charge_id": payment.charge_id},
    )
    await house.settles()
    assert await house.rows(Refund) == []
    assert await reconcile(house.parts.shop) == 1
    assert (await refund_of(house)).stage is RefundStage.DONE
    (order,) = await house.rows(Order)
    assert order.state is OrderState.NEEDS_REVIEW
    await books(house)
