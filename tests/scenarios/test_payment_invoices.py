"""Card and Stars, from the wish to pay to the receipt: what is let through, and what is not."""

import asyncio
from datetime import timedelta
from functools import partial

import aiohttp
import pytest

from handlers import payment_invoices
from sandbox.paying import Paying
from storage.models import Discrepancy, Order, OutboxEntry, Payment, Refund
from storage.states import (
    DiscrepancyKind,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    PaysWhen,
    RefundStage,
)
from tests.scenarios.house import Circle, House
from tests.scenarios.paying import HONEY, books, invoice, leaked, owes, stages, takes, ways
from tests.scenarios.test_crash import nobody_may_write

OPEN, PAYING, RECEIVED, LAPSED = (
    PaymentStage.OPEN,
    PaymentStage.PAYING,
    PaymentStage.RECEIVED,
    PaymentStage.LAPSED,
)


async def payment_state(house: House) -> PaymentState:
    (order,) = await house.rows(Order)
    return order.payment_state


# It works


async def test_ann_pays_by_card(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    sent = await invoice(friends)
    assert sent.invoice is not None
    assert sent.invoice.prices == (("2 × Yunnan honey", 2580),)
    assert sent.invoice.description == "Order 1 on pick #1 in Honey friends"
    assert sent.buttons == [["Pay €25.80"], ["Other ways to pay"]]

    charge = await (await friends.ann.pays(sent)).paid()
    await house.settles()
    (payment,) = await house.rows(Payment)
    assert (payment.stage, payment.amount, payment.currency) == (RECEIVED, 2580, "EUR")
    assert (payment.provider, payment.charge_id) == ("telegram", charge.id)
    assert payment.provider_charge_id == charge.provider_id
    assert await payment_state(house) is PaymentState.PAID
    assert friends.private(friends.ann)[-1].startswith("Receipt 1")
    assert not any("25.80" in text for text in friends.posts), "money is nobody else's business"


async def test_serbian_dinars_are_charged_in_hundredths(friends: Circle) -> None:
    house = friends.house
    await owes(friends, "+2", pick="RSD 1500 Honey | 20 jars | till 20:00")
    sent = await invoice(friends)
    assert sent.invoice is not None
    assert (sent.invoice.currency, sent.invoice.total_amount) == ("RSD", 300_000)
    assert "3,000" in sent.buttons[0][0]

    await (await friends.ann.pays(sent)).paid()
    await house.settles()
    (payment,) = await house.rows(Payment)
    assert (payment.stage, payment.amount, payment.charged_amount) == (RECEIVED, 3000, 3000)
    assert await payment_state(house) is PaymentState.PAID
    assert await house.rows(Discrepancy) == []


async def test_of_a_currency_of_doubt_no_card_is_taken(friends: Circle) -> None:
    await owes(friends, "+2", pick="MGA 1500 Honey | 20 jars | till 20:00")
    toast = await (await friends.ann.taps("Card", on=await ways(friends))).answered()
    assert toast.text.startswith("This order cannot be paid in this way now.")
    assert await stages(friends.house) == []


async def test_ben_pays_with_stars_in_his_language(friends: Circle) -> None:
    house = friends.house
    await owes(friends, person=friends.ben)
    await friends.ben.buys_stars(2000)
    sent = await invoice(friends, "Telegram Stars", person=friends.ben)
    assert sent.invoice is not None
    assert (sent.invoice.currency, sent.invoice.total_amount) == ("XTR", 1548)
    assert sent.invoice.provider_token == ""
    assert sent.buttons[0] == ["Оплатить 1\u00a0548 звёзд"]

    charge = await (await friends.ben.pays(sent)).paid()
    await house.settles()
    (payment,) = await house.rows(Payment)
    assert (payment.stage, payment.amount, payment.currency) == (RECEIVED, 2580, "EUR")
    assert (payment.charged_amount, payment.charged_currency) == (1548, "XTR")
    assert (payment.provider, payment.charge_id) == ("stars", charge.id)
    assert await payment_state(house) is PaymentState.PAID
    assert friends.ben.stars == 452


async def test_asking_again_sends_the_same_invoice(friends: Circle) -> None:
    await owes(friends)
    first, second = await invoice(friends), await invoice(friends)
    assert first.invoice is not None
    assert second.invoice is not None
    assert first.invoice.payload == second.invoice.payload
    assert len(first.invoice.payload) > 30, "nobody guesses it"
    assert await stages(friends.house) == [OPEN]


async def test_an_invoice_leads_to_the_other_ways(friends: Circle) -> None:
    await owes(friends)
    sent = await invoice(friends)
    await friends.ann.opens(sent.rows[1][0]["url"])
    await friends.house.settles()
    shown = friends.ann.private(friends.house.account).last_message
    assert ["Telegram Stars"] in shown.buttons


async def test_without_a_provider_no_card_is_charged(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    asked = await ways(friends)
    house.parts.shop.provider_token = ""
    toast = await (await friends.ann.taps("Card", on=asked)).answered()
    assert toast.text.startswith("This order cannot be paid in this way now.")
    assert await house.rows(Payment) == []


async def test_what_telegram_does_not_take_is_said_in_a_sentence(
    friends: Circle, capsys: pytest.CaptureFixture[str]
) -> None:
    house = friends.house
    await owes(friends, "+1", pick="0.50 String | 20 | till 20:00")
    await friends.ann.taps("Card", on=await ways(friends))
    # Nothing that is kept or logged names the provider's token.
    assert house.provider_token not in str(await house.dump())
    assert house.provider_token not in str(await house.rows(OutboxEntry))
    assert house.provider_token not in capsys.readouterr().out
    room = friends.ann.private(house.account)
    refused = await room.until_message(containing="Telegram takes no payment of €0.50 in this way.")
    assert refused.buttons == [["Other ways to pay"]]
    assert await stages(house) == [LAPSED]

    house.world.faults.refuse(400, "Bad Request: PAYMENT_PROVIDER_INVALID", method="sendInvoice")
    await friends.ann.taps("Telegram Stars", on=await ways(friends))
    await room.until_message(containing="does not work at the moment")
    assert await stages(house) == [LAPSED, LAPSED]
    assert (await invoice(friends, "Telegram Stars")).invoice is not None


# The gate


async def test_nobody_pays_for_somebody_else(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    sent = await invoice(friends)
    assert sent.invoice is not None
    why = await (await leaked(house, friends.lin, sent)).refused()
    assert why == "这是别人的订单，只有本人能在这里付款。" or why.startswith("This is somebody else's order")
    assert house.world.payments.charges == {}
    assert await stages(house) == [OPEN]


@pytest.mark.unwatched("asks about invoices that were never sent")
async def test_an_invoice_that_nobody_issued_is_refused(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    sent = await invoice(friends)
    unknown = await leaked(house, friends.ann, sent, payload="vouch-guessed")
    assert (await unknown.refused()).startswith("This invoice is not known any more.")
    cheaper = await leaked(house, friends.ann, sent, prices=(("Honey", 100),))
    assert (await cheaper.refused()).startswith("Your order has changed since this invoice.")
    dollars = await leaked(house, friends.ann, sent, currency="USD")
    assert (await dollars.refused()).startswith("Your order has changed since this invoice.")


async def test_what_is_paid_is_not_paid_again(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    await friends.ann.buys_stars(5000)
    card, stars = await invoice(friends), await invoice(friends, "Telegram Stars")
    await (await friends.ann.pays(card)).paid()
    await house.settles()
    for sent in (card, stars):
        why = await (await friends.ann.pays(sent)).refused()
        assert why == "This is paid already. /pay shows whether anything is left to pay."
    assert friends.ann.stars == 5000


async def test_one_invoice_is_paid_at_a_time(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    await friends.ann.buys_stars(5000)
    card, stars = await invoice(friends), await invoice(friends, "Telegram Stars")
    assert await (await friends.ann.pays(card, card_fails=True)).failed() == "PAYMENT_FAILED"
    why = await (await friends.ann.pays(stars)).refused()
    assert why == "This order is being paid by another invoice. If that failed, try again in 10 minutes."
    toast = await (await friends.ann.taps("Telegram Stars", on=await ways(friends))).answered()
    assert toast.text == why
    assert await stages(house) == [PAYING, OPEN]

    # The bank tells nobody that it said no: the same invoice may be tried at once, another one later.
    assert await (await friends.ann.pays(card, card_fails=True)).failed() == "PAYMENT_FAILED"
    await house.passes(timedelta(minutes=10, seconds=1))
    await (await friends.ann.pays(stars)).paid()
    await house.settles()
    assert await stages(house) == [PAYING, RECEIVED]
    assert await payment_state(house) is PaymentState.PAID


async def test_a_changed_order_needs_a_new_invoice(friends: Circle) -> None:
    house = friends.house
    await takes(friends, PaymentMethod.CARD, pays_when=PaysWhen.NOW)
    await friends.ann.starts(house.account)
    card = await friends.offers(HONEY)
    await friends.ann.says("+1", reply_to=card)
    await house.settles()
    old = await invoice(friends)
    await friends.ann.says("+1", reply_to=card)
    await house.settles()
    why = await (await friends.ann.pays(old)).refused()
    assert why == "Your order has changed since this invoice. /pay shows what is to be paid now."

    new = await invoice(friends)
    assert await stages(house) == [LAPSED, OPEN]
    await (await friends.ann.pays(new)).paid()
    await house.settles()
    assert await payment_state(house) is PaymentState.PAID


async def test_what_is_withdrawn_is_not_paid(friends: Circle) -> None:
    house = friends.house
    await takes(friends, PaymentMethod.CARD, pays_when=PaysWhen.NOW)
    await friends.ann.starts(house.account)
    card = await friends.offers(HONEY)
    await friends.ann.says("+1", reply_to=card)
    await house.settles()
    sent = await invoice(friends)
    await friends.mei.says("/withdraw 1 bad honey", in_=friends.group)
    await house.settles()
    why = await (await friends.ann.pays(sent)).refused()
    assert why == "This order was cancelled, so there is nothing to pay."


async def test_a_way_that_is_switched_off_takes_nothing_more(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    sent = await invoice(friends)
    async with house.parts.shop.writing() as uow:
        (way,) = [w for w in await uow.payments.list_ways(1) if w.method is PaymentMethod.CARD]
        way.is_active = False
        await uow.payments.save_way(way)
    why = await (await friends.ann.pays(sent)).refused()
    assert why.startswith("This order cannot be paid in this way now.")


async def test_who_cannot_be_answered_in_time_is_not_charged(
    friends: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = friends.house
    await owes(friends)
    sent = await invoice(friends)
    monkeypatch.setattr(payment_invoices, "ANSWER_SECONDS", 0.2)
    async with nobody_may_write(house.database_url):
        why = await (await friends.ann.pays(sent)).refused()
    assert why == "That took too long, so nothing was charged. Please try again."
    monkeypatch.undo()
    await (await friends.ann.pays(sent)).paid()
    await house.settles()
    assert await stages(house) == [RECEIVED]


async def test_a_fault_is_answered_politely(friends: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    house = friends.house
    await owes(friends)
    sent = await invoice(friends)
    # Telegram keeps closing the connection: whatever is answered does not arrive, and nobody is charged.
    house.world.faults.cut_before(20, method="answerPreCheckoutQuery")
    paying = await friends.ann.pays(sent)
    await house.settles()
    house.world.faults.clear()
    house.world.clock.advance(11)
    assert paying.state in ("failed", "paid")
    again = await friends.ann.pays(sent) if paying.state == "failed" else paying
    await again.paid()
    await house.settles()
    assert await stages(house) == [RECEIVED]


# The charge


async def test_a_charge_told_again_and_again_is_one(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    await (await friends.ann.pays(await invoice(friends))).paid()
    await house.settles()
    stored = await house.dump()
    (told,) = [update for update in house.updates if "successful_payment" in str(update)]
    await house.takes(told)
    await house.takes({**told, "update_id": told["update_id"] + 1000})
    await asyncio.gather(
        *(house.takes({**told, "update_id": told["update_id"] + n}) for n in range(2000, 2005))
    )
    await house.settles()
    assert await house.dump() == stored


async def test_an_invoice_paid_twice_at_once_is_owed_back_once(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    await friends.ann.buys_stars(5000)
    sent = await invoice(friends, "Telegram Stars")
    both: list[Paying] = [await friends.ann.pays(sent) for _ in range(2)]
    for paying in both:
        await house.world.until(partial(_is_over, paying), 5, "an answer")
    charged = [paying for paying in both if paying.payment.state == "paid"]
    await house.settles()

    assert (await stages(house)).count(RECEIVED) == len(charged)
    refunds = await house.rows(Refund)
    assert [(r.stage, r.amount) for r in refunds] == [(RefundStage.DONE, 2580)] * (len(charged) - 1)
    assert friends.ann.stars == 5000 - 1548
    assert await payment_state(house) is PaymentState.PAID
    await books(house)


def _is_over(paying: Paying) -> bool:
    return paying.payment.state in ("paid", "refused")


async def test_a_charge_for_an_unknown_invoice_is_noted_and_given_back(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    await friends.ann.buys_stars(5000)
    sent = await invoice(friends, "Telegram Stars")
    await (await friends.ann.pays(sent)).paid()
    await house.settles()
    (told,) = [update for update in house.updates if "successful_payment" in str(update)]
    message = told["message"]
    paid = {
        **message["successful_payment"],
        "invoice_payload": "vouch-nobody-knows",
        "telegram_payment_charge_id": "stx-forged",
    }
    await house.takes(
        {"update_id": told["update_id"] + 500, "message": {**message, "successful_payment": paid}}
    )
    await house.settles()
    payment = (await house.rows(Payment))[-1]
    assert (payment.group_id, payment.order_id, payment.stage) == (None, None, RECEIVED)
    (discrepancy,) = [d for d in await house.rows(Discrepancy) if d.kind is DiscrepancyKind.UNKNOWN_INVOICE]
    assert discrepancy.facts["charge"] == "stx-forged"
    # Telegram knows no such charge, so it refuses, and the refund is left to a person.
    (refused,) = [d for d in await house.rows(Discrepancy) if d.kind is DiscrepancyKind.REFUND_REFUSED]
    assert "charge_not_found" in refused.facts["reason"].lower()
    assert any("1,548 Stars came from you" in text for text in friends.private(friends.ann))
    await books(house)


# By polling, nobody but Telegram can tell the bot anything.
@pytest.mark.parametrize("way", ["webhook"], indirect=True)
async def test_strangers_cannot_tell_of_charges(friends: Circle) -> None:
    house = friends.house
    await owes(friends)
    sent = await invoice(friends)
    assert sent.invoice is not None
    forged = {
        "update_id": 999_999,
        "message": {
            "message_id": 77,
            "date": 0,
            "from": friends.ann.user.to_json(),
            "chat": {"id": friends.ann.id, "type": "private", "first_name": "Ann"},
            "successful_payment": {
                "currency": "EUR",
                "total_amount": 2580,
                "invoice_payload": sent.invoice.payload,
                "telegram_payment_charge_id": "forged",
                "provider_payment_charge_id": "forged",
            },
        },
    }
    async with aiohttp.ClientSession() as http:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
            async with http.post(house.webhook_url, json=forged, headers=headers) as response:
                assert response.status == 403
    await house.settles()
    assert await stages(house) == [OPEN]
    assert await house.rows(OutboxEntry) == []


# Every call fails once


@pytest.mark.parametrize("fault", ["server_error", "cut_before", "cut_after"])
async def test_every_call_fails_once_and_the_books_are_the_same(friends: Circle, fault: str) -> None:
    house = friends.house
    house.world.payments.answer_time = 600.0
    await takes(friends, PaymentMethod.STARS, pays_when=PaysWhen.NOW)
    await friends.ann.starts(house.account)
    await friends.ann.buys_stars(5000)
    card = await friends.offers(HONEY)
    await friends.ann.says("+1", reply_to=card)
    await house.settles()
    asked = await ways(friends)
    for method in ("sendInvoice", "sendMessage", "refundStarPayment"):
        getattr(house.world.faults, fault)(1, method=method)
    if house.way == "polling":
        getattr(house.world.faults, fault)(1, method="answerPreCheckoutQuery")
    await friends.ann.taps("Telegram Stars", on=asked)
    await _waits(house)
    room = friends.ann.private(house.account)
    sent = next(message for message in reversed(room.messages) if message.invoice is not None)
    await (await friends.ann.pays(sent)).paid(timeout=20)
    await _waits(house)
    await friends.mei.says("/withdraw 1 bad honey", in_=friends.group)
    await _waits(house)

    assert friends.ann.stars == 5000
    assert len(house.world.payments.charges) == 1
    assert await stages(house) == [RECEIVED]
    (refund,) = await house.rows(Refund)
    assert (refund.stage, refund.amount) == (RefundStage.DONE, 1290)
    assert await payment_state(house) is PaymentState.REFUNDED
    assert await books(house) == {}


async def _waits(house: House) -> None:
    """Let pass what tries again later."""
    for _ in range(3):
        await house.passes(timedelta(minutes=1))
    await house.settles()
