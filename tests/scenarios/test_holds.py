"""Paying at once: from the toast to the goods, or until time is over, and a little after that."""

from datetime import timedelta

from sandbox.people import SeenMessage
from storage.models import Hold, Order, OrderLine, Refund
from storage.states import OrderState, PaymentMethod, PaymentState, PaysWhen
from tests.scenarios.house import Circle
from tests.scenarios.paying import books, invoice, takes

HONEY = "12.90 Yunnan honey | 3 jars | till 20:00"
TEN_MINUTES = timedelta(minutes=10, seconds=1)


async def opens(friends: Circle, offer: str = HONEY) -> SeenMessage:
    """A pick that is paid as it is ordered; Ann reads private messages."""
    await takes(friends, PaymentMethod.CARD, PaymentMethod.STARS, pays_when=PaysWhen.NOW)
    await friends.ann.starts(friends.house.account)
    await friends.house.settles()
    return await friends.offers(offer)


async def order(friends: Circle) -> Order:
    """The only order."""
    (only,) = await friends.house.rows(Order)
    return only


async def charged_late(friends: Circle, sent: SeenMessage) -> None:
    """Telegram tells only now that Ann has paid an invoice."""
    assert sent.invoice is not None
    said = [update["message"] for update in friends.house.updates if "message" in update]
    hers = next(one for one in said if one["chat"]["id"] == friends.ann.id)
    message = {name: hers[name] for name in ("date", "chat", "from")}
    paid = {
        "currency": sent.invoice.currency,
        "total_amount": sent.invoice.total_amount,
        "invoice_payload": sent.invoice.payload,
        "telegram_payment_charge_id": "came-late",
        "provider_payment_charge_id": "at-the-bank",
    }
    message |= {"message_id": 100_000, "successful_payment": paid}
    last = max(update["update_id"] for update in friends.house.updates)
    await friends.house.takes({"update_id": last + 5000, "message": message})
    await friends.house.settles()


async def test_ann_pays_in_time(friends: Circle) -> None:
    house = friends.house
    card = await opens(friends)

    toast = await (await friends.ann.taps("+1", on=card)).answered()
    assert toast.text == "Pay €12.90 within 10 minutes. You have 1 × Yunnan honey: €12.90."
    assert toast.url is None
    await house.settles()
    asked = friends.ann.private(house.account).last_message
    assert "Please pay €12.90. Your order is kept for you until" in asked.text
    assert asked.buttons == [["Pay"]]
    await house.passes(timedelta(minutes=3))
    again = await (await friends.ann.taps("My order", on=card)).answered()
    assert again.text.startswith("Pay €12.90 within 6 minutes.") or "within 7 minutes" in again.text

    await (await friends.ann.pays(await invoice(friends))).paid()
    await house.settles()
    assert await house.rows(Hold) == []
    await house.passes(TEN_MINUTES)
    await house.settles()
    assert (await order(friends)).payment_state is PaymentState.PAID
    toast = await (await friends.ann.taps("My order", on=card)).answered()
    assert toast.text == "You have 1 × Yunnan honey: €12.90."
    assert not any("12.90" in post for post in friends.posts if post != card.text)


async def test_what_is_not_paid_goes_to_somebody_else(friends: Circle) -> None:
    house = friends.house
    card = await opens(friends)
    await friends.ann.says("+3", reply_to=card)
    await card.until(contains="3 of 3")
    toast = await (await friends.lin.taps("+1", on=card)).answered()
    assert "€" not in toast.text
    await house.passes(TEN_MINUTES)

    await card.until(contains="0 of 3")
    await house.settles()
    told = friends.ann.private(house.account).last_message
    assert "this was not paid in time" in told.text
    assert "3 × Yunnan honey" in told.text
    assert "You owe nothing for it." in told.text
    await friends.lin.taps("+1", on=card)
    await card.until(contains="1 of 3")

    await friends.ann.taps("Order again", on=told)
    await house.settles()
    page = friends.ann.private(house.account).last_message
    await friends.ann.taps("+", on=page)
    await card.until(contains="2 of 3")


async def test_more_than_was_paid_lapses_alone(friends: Circle) -> None:
    house = friends.house
    card = await opens(friends)
    await friends.ann.says("+1", reply_to=card)
    await house.settles()
    await (await friends.ann.pays(await invoice(friends))).paid()
    await house.settles()
    await friends.ann.says("+2", reply_to=card)
    await card.until(contains="3 of 3")
    await house.passes(TEN_MINUTES)

    await card.until(contains="1 of 3")
    await house.settles()
    assert "You keep 1 × Yunnan honey." in friends.private(friends.ann)[-1]
    assert (await order(friends)).payment_state is PaymentState.PAID
    assert await house.rows(Refund) == []


async def test_who_is_declined_hears_how_long_her_order_is_kept(friends: Circle) -> None:
    house, ann, mei = friends.house, friends.ann, friends.mei
    card = await opens(friends)
    await takes(friends, PaymentMethod.TRANSFER, pays_when=PaysWhen.NOW)
    await ann.taps("+1", on=card)
    await house.settles()
    for button in ("Pay", "Transfer", "I have paid"):
        page = ann.private(house.account).last_message
        if button == "Transfer":
            assert "Your order is kept for you until" in page.text
        await ann.taps(button, on=page)
        await house.settles()
    await mei.says("/payments", to=house.account)
    await house.settles()
    for button in ("Not there", "the money has not arrived"):
        await mei.taps(button, on=mei.private(house.account).last_message)
        await house.settles()
    told = ann.private(house.account).last_message
    assert "could not confirm" in told.text
    [hold] = await house.rows(Hold)
    assert f"kept for you until Mon {hold.expires_at:%-d %b, %H:%M}" in told.text


async def test_who_reads_nothing_in_private_is_led_there(friends: Circle) -> None:
    house, ben = friends.house, friends.ben
    card = await opens(friends)
    toast = await (await ben.taps("+1", on=card)).answered()
    (only,) = await house.rows(Order)
    assert toast.url == f"https://t.me/vouch_bot?start=pay_{only.id}"
    await house.settles()
    before = len(friends.posts)
    await ben.says("+1", reply_to=card)
    await house.settles()
    assert len(friends.posts) == before + 1
    assert "a message waits for you" in friends.posts[-1]
    assert "€" not in friends.posts[-1]

    await ben.starts(house.account, f"pay_{only.id}")
    await house.settles()
    assert "25,80" in friends.private(ben)[-1]


async def test_a_payment_that_comes_late_brings_the_order_back(friends: Circle) -> None:
    house = friends.house
    card = await opens(friends)
    await friends.ann.says("+2", reply_to=card)
    await house.settles()
    sent = await invoice(friends)
    await house.passes(TEN_MINUTES)
    await card.until(contains="0 of 3")
    await house.settles()
    assert (await (await friends.ann.pays(sent)).refused()).startswith("This order was cancelled")

    await charged_late(friends, sent)
    await card.until(contains="2 of 3")
    await house.settles()
    only = await order(friends)
    assert (only.state, only.payment_state) == (OrderState.PLACED, PaymentState.PAID)
    assert any("came late, but not too late" in text for text in friends.private(friends.ann))
    await books(house)


async def test_a_payment_that_comes_too_late_goes_back(friends: Circle) -> None:
    house = friends.house
    card = await opens(friends)
    await friends.ann.says("+2", reply_to=card)
    await house.settles()
    sent = await invoice(friends)
    await house.passes(TEN_MINUTES)
    await card.until(contains="0 of 3")
    await friends.lin.says("+2", reply_to=card)
    await card.until(contains="2 of 3")

    await charged_late(friends, sent)
    assert any("You get the money back." in text for text in friends.private(friends.ann))
    ((state, quantity),) = [
        (o.state, sum(line.quantity for line in await house.rows(OrderLine) if line.order_id == o.id))
        for o in await house.rows(Order)
        if o.person_id == friends.ann.id
    ]
    assert (state, quantity) == (OrderState.CANCELLED, 0)
    assert [refund.amount for refund in await house.rows(Refund)] == [2580]
    await books(house)


async def test_an_order_placed_just_before_the_close(friends: Circle) -> None:
    house = friends.house
    card = await opens(friends)
    await friends.ann.says("+1", reply_to=card)
    await friends.ben.says("+1", reply_to=card)
    await card.until(contains="2 of 3")
    await friends.mei.says("/close 1", in_=friends.group)
    await card.until(contains="Closed")
    await house.settles()
    assert not any("your order is confirmed" in text for text in friends.private(friends.ann))

    await (await friends.ann.pays(await invoice(friends))).paid()
    await house.settles()
    assert any("your order is confirmed" in text for text in friends.private(friends.ann))
    lists = sum("Ann" in text for text in friends.private(friends.mei))
    await house.passes(TEN_MINUTES)
    await card.until(contains="1 of 3")
    await house.settles()
    states = sorted(o.state for o in await house.rows(Order))
    assert states == [OrderState.CANCELLED, OrderState.CONFIRMED]
    await house.passes(timedelta(minutes=1, seconds=1))
    await house.settles()
    assert sum("Ann" in text for text in friends.private(friends.mei)) == lists + 1
    assert "Бен" not in friends.private(friends.mei)[-1]
