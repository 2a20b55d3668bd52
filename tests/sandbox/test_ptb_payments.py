"""python-telegram-bot reads all that the sandbox says of money."""

import telegram

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api

PRICES = [{"label": "Jar", "amount": 1200}]
POST = {"id": "post", "title": "In a week", "prices": [{"label": "Stamp", "amount": 100}]}


async def test_every_update_about_money_is_read(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, group: Group
) -> None:
    words = {"title": "Honey", "description": "A jar", "payload": "order:1"}
    token = tg.world.payments.connect_provider(bot)
    by_card = {"currency": "USD", "prices": PRICES, "provider_token": token}
    sent = await api.ok("sendInvoice", chat_id=group.id, **words, **by_card, is_flexible=True, need_name=True)
    payment = await ann.starts_paying(group.last_message)
    [shipping] = await api.updates()
    asked = shipping["shipping_query"]["id"]
    await api.ok("answerShippingQuery", shipping_query_id=asked, ok=True, shipping_options=[POST])
    await payment.chooses("post")
    await payment.confirms()
    await ann.buys_stars(50)
    price = [{"label": "Jar", "amount": 50}]
    link = await api.ok("createInvoiceLink", **words, currency="XTR", prices=price)
    in_stars = await ann.pays(link)
    checkouts = await api.updates()
    for update in checkouts:
        asked = update["pre_checkout_query"]["id"]
        await api.ok("answerPreCheckoutQuery", pre_checkout_query_id=asked, ok=True)
    await payment.paid()
    charge = await in_stars.paid()
    await api.ok("refundStarPayment", user_id=ann.id, telegram_payment_charge_id=charge.id)
    tg.world.payments.buy_stars(bot.user, 5)
    tg.world.payments.withdraw_stars(bot, 5)

    told = await api.updates()
    kinds = [sorted(update["message"].keys() & {"successful_payment", "refunded_payment"}) for update in told]
    assert kinds == [["successful_payment"], ["successful_payment"], ["refunded_payment"]]
    for raw in [shipping, *checkouts, *told]:
        read = telegram.Update.de_json(raw, None)
        [kind] = raw.keys() - {"update_id"}
        assert not getattr(read, kind).api_kwargs, raw
    receipts = [telegram.Message.de_json(update["message"], None) for update in told]
    by_card_receipt = receipts[0].successful_payment
    assert by_card_receipt
    assert by_card_receipt.shipping_option_id == "post"
    assert by_card_receipt.order_info
    assert by_card_receipt.order_info.name == "Ann"
    assert receipts[2].refunded_payment
    assert not receipts[2].refunded_payment.api_kwargs
    invoice = telegram.Message.de_json(sent, None).invoice
    assert invoice
    assert (invoice.total_amount, invoice.api_kwargs) == (1200, {})
    listed = await api.ok("getStarTransactions")
    transactions = telegram.StarTransactions.de_json(listed, None).transactions
    partners = [type(transaction.source or transaction.receiver) for transaction in transactions]
    assert partners == [
        telegram.TransactionPartnerUser,
        telegram.TransactionPartnerUser,
        telegram.TransactionPartnerFragment,
    ]


async def test_a_bot_on_ptb_sells_for_stars(tg: Sandbox, bot: Bot, ann: Person, group: Group) -> None:
    await ann.buys_stars(50)
    async with telegram.Bot(bot.token, base_url=f"{tg.url}/bot") as ptb:
        await ptb.send_invoice(
            group.id,
            "Honey",
            "A jar",
            "order:1",
            "XTR",
            [telegram.LabeledPrice("Jar", 50)],
            provider_token="",
        )
        payment = await ann.pays(group.last_message)
        [update] = await ptb.get_updates()
        assert update.pre_checkout_query
        await update.pre_checkout_query.answer(ok=True)
        charge = await payment.paid()
        assert (await ptb.get_my_star_balance()).amount == 50
        await ptb.refund_star_payment(ann.id, charge.id)
        [paid, refunded] = (await ptb.get_star_transactions()).transactions
    assert (paid.id, refunded.id, ann.stars) == (charge.id, charge.id, 50)
