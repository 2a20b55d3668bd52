"""Invoices, delivery, the bot's last yes, and money that moves or does not."""

import asyncio
from typing import Any

import pytest

from sandbox.changes import NeverHappened
from sandbox.models.invoices import Address
from sandbox.models.members import CHANNEL_RIGHTS
from sandbox.people import Bot, Group, Person, Sandbox, SeenMessage
from tests.sandbox.conftest import Api, Json

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
EXPRESS = {"id": "express", "title": "Tomorrow", "prices": [{"label": "Courier", "amount": 500}]}
POST = {"id": "post", "title": "In a week", "prices": [{"label": "Stamp", "amount": 100}]}


class Shop:
    """A bot with a payment provider that sells honey."""

    def __init__(self, api: Api, token: str) -> None:
        self.api = api
        self.token = token

    def honey(self, **changed: Any) -> Json:
        """Return the parameters of an invoice over 12.00 USD."""
        return {
            "title": "Honey",
            "description": "A jar from Yunnan",
            "payload": "order:1",
            "provider_token": self.token,
            "currency": "USD",
            "prices": [{"label": "Jar", "amount": 1500}, {"label": "Discount", "amount": -300}],
        } | changed

    async def asks(self, room: Group, **changed: Any) -> SeenMessage:
        """Post an invoice in a group and return it."""
        await self.api.ok("sendInvoice", chat_id=room.id, **self.honey(**changed))
        return room.last_message

    async def question(self, kind: str = "pre_checkout_query") -> Json:
        """Take the one question of this kind that is pending."""
        [update] = await self.api.updates(kind)
        question: Json = update[kind]
        return question

    async def agrees(self) -> Json:
        """Say yes to the one payment that is pending and return its query."""
        query = await self.question()
        await self.api.ok("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
        return query

    async def receipts(self) -> list[Json]:
        """Return the messages that tell of payments, oldest first."""
        messages = [update["message"] for update in await self.api.updates("message")]
        return [message for message in messages if "successful_payment" in message]


@pytest.fixture
def shop(tg: Sandbox, api: Api, bot: Bot) -> Shop:
    return Shop(api, tg.world.payments.connect_provider(bot))


async def test_an_invoice_is_a_message_with_a_pay_button(shop: Shop, api: Api, group: Group) -> None:
    sent = await api.ok("sendInvoice", chat_id=group.id, **shop.honey(photo_url="https://x.org/jar.jpg"))
    assert sent["invoice"] == {
        "title": "Honey",
        "description": "A jar from Yunnan",
        "start_parameter": "",
        "currency": "USD",
        "total_amount": 1200,
    }
    assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "Pay 12.00 USD", "pay": True}]]}
    card = group.last_message
    assert (card.text, card.buttons) == ("Honey", [["Pay 12.00 USD"]])
    assert card.invoice is not None
    assert card.invoice.photo == {"photo_url": "https://x.org/jar.jpg"}


async def test_ann_pays_in_the_group(shop: Shop, bot: Bot, ann: Person, group: Group) -> None:
    payment = await ann.pays(await shop.asks(group))
    assert await shop.agrees() == {
        "id": payment.payment.query_id,
        "from": ann.user.to_json(),
        "currency": "USD",
        "total_amount": 1200,
        "invoice_payload": "order:1",
    }
    charge = await payment.paid()
    [receipt] = await shop.receipts()
    assert (receipt["chat"]["id"], receipt["from"]["id"]) == (ann.id, ann.id)
    assert receipt["successful_payment"] == {
        "currency": "USD",
        "total_amount": 1200,
        "invoice_payload": "order:1",
        "telegram_payment_charge_id": charge.id,
        "provider_payment_charge_id": charge.provider_id,
    }
    assert "successful_payment" in ann.private(bot).last_message.message.service


async def test_the_receipt_may_stand_where_the_invoice_stood(
    tg: Sandbox, shop: Shop, api: Api, mei: Person, ann: Person, group: Group
) -> None:
    tg.world.payments.receipts_in = "invoice_chat"
    other = tg.create_bot("other_bot")
    await mei.adds_bot(other, group, admin=True)
    payment = await ann.pays(await shop.asks(group))
    await shop.agrees()
    await payment.paid()
    [receipt] = await shop.receipts()
    assert receipt["chat"]["id"] == group.id
    told = [sent.bot.username for sent in tg.world.update_log if "successful_payment" in str(sent.json)]
    assert told == ["vouch_bot"]


async def test_a_refusal_is_shown_to_the_payer(shop: Shop, api: Api, ann: Person, group: Group) -> None:
    payment = await ann.pays(await shop.asks(group))
    query = await shop.question()
    asked: Json = {"pre_checkout_query_id": query["id"], "ok": False}
    why = await api.refused("answerPreCheckoutQuery", **asked)
    assert why == 'Bad Request: parameter "error_message" is required'
    await api.ok("answerPreCheckoutQuery", **asked, error_message="The last jar is gone")
    assert await payment.refused() == "The last jar is gone"
    assert await shop.receipts() == []
    assert await api.refused("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True) == TOO_OLD
    with pytest.raises(AssertionError, match="not paid: <Ann pays 'Honey': refused The last jar is gone>"):
        await payment.paid()
    with pytest.raises(AssertionError, match="not failed"):
        await payment.failed()


async def test_a_late_yes_charges_nothing(
    tg: Sandbox, shop: Shop, api: Api, ann: Person, group: Group
) -> None:
    payment = await ann.pays(await shop.asks(group))
    query = await shop.question()
    tg.world.clock.advance(10.5)
    assert await api.refused("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True) == TOO_OLD
    assert await payment.failed() == "BOT_PRECHECKOUT_TIMEOUT"
    assert (tg.world.payments.charges, await shop.receipts()) == ({}, [])


async def test_a_bot_that_says_nothing_is_given_up(
    tg: Sandbox, shop: Shop, api: Api, ann: Person, group: Group
) -> None:
    payment = await ann.pays(await shop.asks(group))
    with pytest.raises(NeverHappened, match="@vouch_bot's answer to checkout of 'Honey'"):
        await payment.paid(timeout=0.01)
    tg.world.clock.advance(10.5)
    assert payment.state == "failed"
    # The query itself waits for the bot for 150 s.
    assert (await shop.question())["id"] == payment.payment.query_id
    tg.world.payments.answer_time = 0.0
    again = await ann.pays(group.last_message)
    await tg.world.until(lambda: again.payment.state == "failed")
    tg.world.clock.advance(151)
    assert await api.updates("pre_checkout_query") == []


async def test_only_the_seller_may_answer(
    tg: Sandbox, shop: Shop, api: Api, ann: Person, group: Group
) -> None:
    stranger = Api(api.session, tg.url, tg.create_bot("stranger_bot").token)
    await ann.pays(await shop.asks(group))
    query = await shop.question()
    for bot, number in ((stranger, query["id"]), (api, "0"), (api, "x")):
        why = await bot.refused("answerPreCheckoutQuery", pre_checkout_query_id=number, ok=True)
        assert why == TOO_OLD
    why = await api.refused(
        "answerShippingQuery", shipping_query_id=query["id"], ok=True, shipping_options=[POST]
    )
    assert why == TOO_OLD


async def test_anybody_pays_and_pays_again(shop: Shop, mei: Person, ann: Person, group: Group) -> None:
    card = await shop.asks(group)
    first, second, third = await ann.pays(card), await ann.pays(card), await mei.pays(card)
    queries = [update["pre_checkout_query"] for update in await shop.api.updates("pre_checkout_query")]
    for query in queries:
        await shop.api.ok("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    charges = [await payment.paid() for payment in (first, second, third)]
    assert len({charge.id for charge in charges} | {charge.provider_id for charge in charges}) == 6
    payers = [receipt["from"]["first_name"] for receipt in await shop.receipts()]
    assert payers == ["Ann", "Ann", "Mei"]


async def test_a_link_opens_the_invoice_anywhere(shop: Shop, api: Api, bob: Person) -> None:
    link = await api.ok("createInvoiceLink", **shop.honey())
    assert link.startswith("https://t.me/$")
    payment = await bob.pays(link)
    await shop.agrees()
    await payment.paid()
    [receipt] = await shop.receipts()
    assert receipt["chat"]["id"] == bob.id
    with pytest.raises(AssertionError, match="nobody made the invoice link"):
        await bob.pays("https://t.me/$nothing")


async def test_the_bank_may_say_no(tg: Sandbox, shop: Shop, ann: Person, group: Group) -> None:
    payment = await ann.pays(await shop.asks(group), card_fails=True)
    await shop.agrees()
    assert await payment.failed() == "PAYMENT_FAILED"
    assert (tg.world.payments.charges, await shop.receipts()) == ({}, [])


async def test_delivery_is_asked_for_and_chosen(shop: Shop, api: Api, ann: Person, group: Group) -> None:
    card = await shop.asks(group, is_flexible=True, max_tip_amount=200, suggested_tip_amounts=[50, 100])
    home = Address(country_code="CN", city="Kunming", street_line1="Tea Street 5", post_code="650000")
    payment = await ann.starts_paying(card, tip=100, shipping=home)
    query = await shop.question("shipping_query")
    assert query == {
        "id": payment.payment.query_id,
        "from": ann.user.to_json(),
        "invoice_payload": "order:1",
        "shipping_address": home.to_json(),
    }
    with pytest.raises(AssertionError, match="choose a way of delivery first"):
        await payment.confirms()
    await api.ok(
        "answerShippingQuery", shipping_query_id=query["id"], ok=True, shipping_options=[POST, EXPRESS]
    )
    assert [option["id"] for option in await payment.shipping_options()] == ["post", "express"]
    with pytest.raises(AssertionError, match=r"'drone' is not among \['express', 'post'\]"):
        await payment.chooses("drone")
    await payment.chooses("express")
    await payment.confirms()
    checkout = await shop.agrees()
    assert (checkout["total_amount"], checkout["shipping_option_id"]) == (1200 + 100 + 500, "express")
    assert checkout["order_info"] == {"shipping_address": home.to_json()}
    assert (await payment.paid()).amount == 1800
    [receipt] = await shop.receipts()
    assert receipt["successful_payment"]["order_info"] == checkout["order_info"]
    assert receipt["successful_payment"]["shipping_option_id"] == "express"
    with pytest.raises(AssertionError, match="the form is no longer open"):
        await payment.confirms()


async def test_an_address_may_be_out_of_reach(
    tg: Sandbox, shop: Shop, api: Api, ann: Person, group: Group
) -> None:
    card = await shop.asks(group, is_flexible=True)
    payment = await ann.starts_paying(card)
    number = (await shop.question("shipping_query"))["id"]
    asked: Json = {"shipping_query_id": number, "ok": False}
    assert '"error_message" is required' in await api.refused("answerShippingQuery", **asked)
    await api.ok("answerShippingQuery", **asked, error_message="Not to the moon")
    assert await payment.refused() == "Not to the moon"
    with pytest.raises(AssertionError, match="no ways of delivery"):
        await payment.shipping_options()
    late = await ann.starts_paying(card)
    number = (await shop.question("shipping_query"))["id"]
    tg.world.clock.advance(11)
    why = await api.refused("answerShippingQuery", shipping_query_id=number, ok=True, shipping_options=[POST])
    assert why == TOO_OLD
    assert await late.failed() == "BOT_SHIPPING_TIMEOUT"


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ([], 'parameter "shipping_options" is required'),
        (["post"], "expected an Object"),
        ([POST | {"price": 1}], 'unknown field "price" in ShippingOption'),
        ([POST | {"title": ""}], 'field "title" must be a non-empty String'),
        ([POST | {"prices": 100}], 'field "prices" must be an Array'),
        ([POST | {"prices": [100]}], "can't parse labeled price"),
        ([POST | {"prices": [{"label": "Stamp"}]}], "label and amount are needed"),
    ],
)
async def test_ways_of_delivery_have_a_form(
    shop: Shop, api: Api, ann: Person, group: Group, options: list[Any], why: str
) -> None:
    payment = await ann.starts_paying(await shop.asks(group, is_flexible=True))
    number = (await shop.question("shipping_query"))["id"]
    refusal = await api.refused(
        "answerShippingQuery", shipping_query_id=number, ok=True, shipping_options=options
    )
    assert why in refusal
    assert payment.state == "shipping"


async def test_a_bot_that_answers_delivery_leaves_the_first_choice(
    tg: Sandbox, shop: Shop, api: Api, ann: Person, group: Group
) -> None:
    card = await shop.asks(group, is_flexible=True)

    async def buy(option: str | None) -> int:
        paying = asyncio.create_task(ann.pays(card, option=option))
        await tg.world.until(lambda: bool(api_updates_pending()), waiting_for="the question of delivery")
        number = (await shop.question("shipping_query"))["id"]
        await api.ok(
            "answerShippingQuery", shipping_query_id=number, ok=True, shipping_options=[POST, EXPRESS]
        )
        payment = await paying
        await shop.agrees()
        return (await payment.paid()).amount

    def api_updates_pending() -> bool:
        return any(update.kind == "shipping_query" for update in bot_queue.pending.values())

    bot_queue = tg.world.bots[api.token].updates
    assert await buy(None) == 1300
    assert await buy("express") == 1700


async def test_a_form_asks_for_what_the_bot_needs(shop: Shop, ann: Person, group: Group) -> None:
    card = await shop.asks(
        group, need_name=True, send_phone_number_to_provider=True, need_email=True, need_shipping_address=True
    )
    payment = await ann.starts_paying(card, name="Ann Lee", email="ann@honey.org")
    await payment.confirms()
    info = (await shop.agrees())["order_info"]
    assert (info["name"], info["email"]) == ("Ann Lee", "ann@honey.org")
    assert info["phone_number"].isdigit()
    assert info["shipping_address"] == Address().to_json()


async def test_a_forwarded_copy_is_paid_or_leads_to_the_bot(
    shop: Shop, api: Api, bot: Bot, ann: Person, group: Group
) -> None:
    async def forwarded() -> SeenMessage:
        sent = {"from_chat_id": group.id, "message_id": group.last_message.id}
        assert "can't be copied" in await api.refused("copyMessage", chat_id=ann.id, **sent)
        await api.ok("forwardMessage", chat_id=ann.id, **sent)
        return ann.private(bot).last_message

    await ann.starts(bot)
    await shop.asks(group)
    payment = await ann.pays(await forwarded())
    await shop.agrees()
    await payment.paid()
    await shop.asks(group, start_parameter="honey-1")
    copy = await forwarded()
    with pytest.raises(AssertionError, match="has no Pay button"):
        await ann.pays(copy)
    await ann.taps("Pay", on=copy)
    assert ann.private(bot).last_message.text == "/start honey-1"


async def test_only_what_a_client_offers_can_be_paid(
    shop: Shop, api: Api, bot: Bot, ann: Person, bob: Person, group: Group
) -> None:
    card = await shop.asks(group)
    with pytest.raises(AssertionError, match="pay with pays"):
        await ann.taps("Pay", on=card)
    with pytest.raises(AssertionError, match="is not in Honey friends"):
        await bob.pays(card)
    with pytest.raises(AssertionError, match="tips go up to 0"):
        await ann.pays(card, tip=1)
    with pytest.raises(AssertionError, match="no field for shipping_address"):
        await ann.pays(card, shipping=Address())
    with pytest.raises(AssertionError, match="leaves no choice of delivery"):
        await ann.pays(card, option="post")
    said = await ann.says("hello", in_=group)
    with pytest.raises(AssertionError, match="is no invoice"):
        await ann.pays(said)
    await ann.starts(bot)
    await api.ok("sendInvoice", chat_id=ann.id, **shop.honey())
    with pytest.raises(AssertionError, match="is not in a chat of"):
        await bob.pays(ann.private(bot).last_message)
    await api.ok("deleteMessage", chat_id=group.id, message_id=card.id)
    with pytest.raises(AssertionError, match="was taken away"):
        await ann.pays(card)
    assert await api.updates("pre_checkout_query") == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"title": ""}, 'parameter "title" is required'),
        ({"title": "x" * 33}, "MEDIA_INVALID"),
        ({"description": "x" * 256}, "MEDIA_INVALID"),
        ({"payload": "蜜" * 43}, "INVOICE_PAYLOAD_INVALID"),
        ({"provider_token": "123:TEST:x"}, "PAYMENT_PROVIDER_INVALID"),
        ({"provider_token": ""}, "PAYMENT_PROVIDER_INVALID"),
        ({"provider_data": "{"}, "DATA_JSON_INVALID"),
        ({"start_parameter": "ü"}, "START_PARAM_INVALID"),
        ({"currency": "usd"}, "CURRENCY_INVALID"),
        ({"currency": "VES"}, "CURRENCY_INVALID"),
        ({"prices": []}, "total price must be positive"),
        ({"prices": [{"label": "x", "amount": 0}]}, "total price must be positive"),
        ({"prices": [{"label": "x", "amount": 99}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        ({"prices": [{"label": "x", "amount": 1_000_001}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
        ({"prices": [{"label": "x", "amount": 10**13}]}, "too big amount of the currency specified"),
        ({"prices": [{"label": "x", "amount": 9 * 10**11}] * 2}, "total price is too big"),
        ({"prices": [{"label": "x", "amount": 12.5}]}, 'field "amount" must be a Number'),
        ({"prices": [{"label": "", "amount": 1}]}, 'field "label" must be a non-empty String'),
        ({"prices": [{"label": "x", "amount": 100, "tax": 1}]}, 'unknown field "tax" in LabeledPrice'),
        ({"prices": ["x"]}, "can't parse labeled price: expected an Object"),
        ({"max_tip_amount": -1}, "invalid max_tip_amount of the currency specified"),
        ({"suggested_tip_amounts": [1]}, "suggested tip amount can't be bigger than max_tip_amount"),
        ({"max_tip_amount": 9, "suggested_tip_amounts": [0]}, "suggested tip amount must be positive"),
        ({"max_tip_amount": 9, "suggested_tip_amounts": ["1"]}, "expected a Number"),
        ({"max_tip_amount": 9, "suggested_tip_amounts": [2, 1]}, "in a strictly increased order"),
        (
            {"max_tip_amount": 9, "suggested_tip_amounts": [1, 2, 3, 4, 5]},
            "there can be at most 4 suggested tip amounts",
        ),
    ],
)
async def test_an_invoice_has_limits(shop: Shop, api: Api, group: Group, changed: Json, why: str) -> None:
    before = group.last_message
    assert why in await api.refused("sendInvoice", chat_id=group.id, **shop.honey(**changed))
    if "start_parameter" not in changed:
        assert why in await api.refused("createInvoiceLink", **shop.honey(**changed))
    assert group.last_message == before


async def test_tokens_belong_to_one_bot(tg: Sandbox, shop: Shop, api: Api) -> None:
    other = tg.create_bot("other_bot")
    token = tg.world.payments.connect_provider(other, "99:LIVE:mine")
    assert token == "99:LIVE:mine"
    why = await api.refused("createInvoiceLink", **shop.honey(provider_token=token))
    assert why == "Bad Request: PAYMENT_PROVIDER_INVALID"


@pytest.mark.parametrize(
    ("buttons", "why"),
    [
        ([{"text": "Ask", "callback_data": "ask"}], "REPLY_MARKUP_BUY_EMPTY"),
        ([{"text": "Ask", "callback_data": "ask"}, {"text": "Pay", "pay": True}], "BUTTON_POS_INVALID"),
    ],
)
async def test_the_pay_button_comes_first(
    shop: Shop, api: Api, group: Group, buttons: list[Json], why: str
) -> None:
    markup = {"inline_keyboard": [buttons]}
    refusal = await api.refused("sendInvoice", chat_id=group.id, **shop.honey(), reply_markup=markup)
    assert why in refusal


async def test_an_invoice_may_have_more_buttons(shop: Shop, api: Api, ann: Person, group: Group) -> None:
    pay, ask = {"text": "Buy", "pay": True}, {"text": "Ask", "callback_data": "ask"}
    card = await shop.asks(group, reply_markup={"inline_keyboard": [[pay], [ask]]})
    assert card.buttons == [["Buy"], ["Ask"]]
    await ann.pays(card)
    await shop.agrees()
    why = await api.refused(
        "sendMessage", chat_id=group.id, text="x", reply_markup={"inline_keyboard": [[pay]]}
    )
    assert why == "Bad Request: BUTTON_TYPE_INVALID"


async def test_an_invoice_keeps_its_pay_button_through_edits(shop: Shop, api: Api, group: Group) -> None:
    card = await shop.asks(group)
    place: Json = {"chat_id": group.id, "message_id": card.id}
    pay, ask = {"text": "Buy", "pay": True}, {"text": "Ask", "callback_data": "ask"}
    await api.ok("editMessageReplyMarkup", **place, reply_markup={"inline_keyboard": [[pay, ask]]})
    assert card.buttons == [["Buy", "Ask"]]
    why = await api.refused("editMessageReplyMarkup", **place, reply_markup={"inline_keyboard": [[ask]]})
    assert why == "Bad Request: REPLY_MARKUP_BUY_EMPTY"
    await api.ok("editMessageReplyMarkup", **place)
    assert card.buttons == [["Pay 12.00 USD"]]
    assert "no caption" in await api.refused("editMessageCaption", **place, caption="Cheap honey")
    assert "no text" in await api.refused("editMessageText", **place, text="Cheap honey")


async def test_currencies_differ_in_their_digits(shop: Shop, group: Group) -> None:
    yen = await shop.asks(group, currency="JPY", prices=[{"label": "x", "amount": 1500}])
    assert yen.buttons == [["Pay 1500 JPY"]]
    dinar = await shop.asks(group, currency="KWD", prices=[{"label": "x", "amount": 1500}])
    assert dinar.buttons == [["Pay 1.500 KWD"]]


async def test_subscriptions_are_named_as_missing(shop: Shop, api: Api) -> None:
    why = await api.refused("createInvoiceLink", **shop.honey(subscription_period=2592000))
    assert "does not simulate the parameter" in why


async def test_a_channel_sells_too(
    tg: Sandbox, shop: Shop, api: Api, bot: Bot, mei: Person, ann: Person
) -> None:
    channel = tg.group("Honey news", owner=mei, members=[ann], kind="channel")
    await mei.adds_bot(bot, channel, admin=True, rights=CHANNEL_RIGHTS)
    tg.world.payments.receipts_in = "invoice_chat"
    sent = await api.ok("sendInvoice", chat_id=channel.id, **shop.honey())
    assert "from" not in sent or sent["chat"]["type"] == "channel"
    payment = await ann.pays(channel.last_message)
    await shop.agrees()
    await payment.paid()
    [receipt] = await shop.receipts()
    assert receipt["chat"]["id"] == ann.id
