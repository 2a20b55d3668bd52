"""Telegram Stars: bought, paid, counted and given back."""

from typing import Any

import pytest

from sandbox.people import Bot, Group, Person, Sandbox
from tests.sandbox.conftest import Api, Json


def honey(**changed: Any) -> Json:
    """Return the parameters of an invoice over 50 Stars."""
    return {
        "title": "Honey",
        "description": "A jar",
        "payload": "order:1",
        "currency": "XTR",
        "prices": [{"label": "Jar", "amount": 50}],
    } | changed


async def pay(api: Api, ann: Person, group: Group, **changed: Any) -> str:
    """Let Ann pay an invoice in the group; returns the id of the charge."""
    await api.ok("sendInvoice", chat_id=group.id, **honey(**changed))
    payment = await ann.pays(group.last_message)
    [update] = await api.updates("pre_checkout_query")
    query = update["pre_checkout_query"]["id"]
    await api.ok("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)
    return (await payment.paid()).id


async def test_stars_move_from_ann_to_the_bot(api: Api, ann: Person, group: Group) -> None:
    await ann.buys_stars(120)
    assert await api.ok("getMyStarBalance") == {"amount": 0}
    charge_id = await pay(api, ann, group)
    assert group.last_message.buttons == [["Pay ⭐50"]]
    assert ann.stars == 70
    assert await api.ok("getMyStarBalance") == {"amount": 50}
    [update] = await api.updates("message")
    receipt = update["message"]["successful_payment"]
    assert (receipt["currency"], receipt["total_amount"]) == ("XTR", 50)
    assert receipt["telegram_payment_charge_id"] == charge_id


async def test_stars_are_given_back_once(api: Api, bot: Bot, ann: Person, group: Group) -> None:
    await ann.buys_stars(50)
    charge_id = await pay(api, ann, group)
    await api.updates()
    refund = {"user_id": ann.id, "telegram_payment_charge_id": charge_id}
    assert await api.ok("refundStarPayment", **refund) is True
    assert (ann.stars, await api.ok("getMyStarBalance")) == (50, {"amount": 0})
    [update] = await api.updates("message")
    assert update["message"]["chat"]["id"] == ann.id
    assert update["message"]["refunded_payment"] == {
        "currency": "XTR",
        "total_amount": 50,
        "invoice_payload": "order:1",
        "telegram_payment_charge_id": charge_id,
    }
    assert await api.refused("refundStarPayment", **refund) == "Bad Request: CHARGE_ALREADY_REFUNDED"
    assert ann.stars == 50


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"telegram_payment_charge_id": "stx0"}, "CHARGE_NOT_FOUND"),
        ({"telegram_payment_charge_id": ""}, 'parameter "telegram_payment_charge_id" is required'),
        ({"user_id": 0}, "invalid user_id specified"),
        ({"user_id": 5}, "USER_ID_INVALID"),
    ],
)
async def test_a_refund_names_a_payment(api: Api, ann: Person, group: Group, changed: Json, why: str) -> None:
    await ann.buys_stars(50)
    charge_id = await pay(api, ann, group)
    refund = {"user_id": ann.id, "telegram_payment_charge_id": charge_id} | changed
    assert await api.refused("refundStarPayment", **refund) == f"Bad Request: {why}"
    assert ann.stars == 0


async def test_a_refund_is_between_one_bot_and_one_payer(
    tg: Sandbox, api: Api, bot: Bot, mei: Person, ann: Person, group: Group
) -> None:
    await ann.buys_stars(50)
    charge_id = await pay(api, ann, group)
    other = Api(api.session, tg.url, tg.create_bot("other_bot").token)
    for asking, payer in ((other, ann), (api, mei)):
        why = await asking.refused(
            "refundStarPayment", user_id=payer.id, telegram_payment_charge_id=charge_id
        )
        assert why == "Bad Request: CHARGE_NOT_FOUND"
    token = tg.world.payments.connect_provider(bot)
    card_charge = await pay(
        api, ann, group, currency="USD", provider_token=token, prices=[{"label": "Jar", "amount": 1200}]
    )
    why = await api.refused("refundStarPayment", user_id=ann.id, telegram_payment_charge_id=card_charge)
    assert why == "Bad Request: CHARGE_NOT_FOUND"


async def test_a_bot_gives_back_only_what_it_has(
    tg: Sandbox, api: Api, bot: Bot, ann: Person, group: Group
) -> None:
    await ann.buys_stars(50)
    charge_id = await pay(api, ann, group)
    tg.world.payments.withdraw_stars(bot, 30)
    with pytest.raises(ValueError, match="has 20 Stars, not 21"):
        tg.world.payments.withdraw_stars(bot, 21)
    why = await api.refused("refundStarPayment", user_id=ann.id, telegram_payment_charge_id=charge_id)
    assert why == "Bad Request: BALANCE_TOO_LOW"
    withdrawal = (await api.ok("getStarTransactions"))["transactions"][-1]
    assert withdrawal["receiver"]["type"] == "fragment"


async def test_transactions_are_listed_oldest_first(api: Api, ann: Person, group: Group) -> None:
    await ann.buys_stars(150)
    charges = [await pay(api, ann, group, payload=f"order:{number}") for number in range(3)]
    await api.ok("refundStarPayment", user_id=ann.id, telegram_payment_charge_id=charges[1])

    async def listed(**part: int) -> list[Json]:
        transactions: list[Json] = (await api.ok("getStarTransactions", **part))["transactions"]
        return transactions

    every = await listed()
    assert [transaction["id"] for transaction in every] == [*charges, charges[1]]
    partner = {
        "type": "user",
        "transaction_type": "invoice_payment",
        "user": ann.user.to_json(),
        "invoice_payload": "order:1",
    }
    assert (every[1]["source"], every[3]["receiver"]) == (partner, partner)
    assert ("receiver" in every[1], "source" in every[3], every[3]["amount"]) == (False, False, 50)
    assert await listed(offset=1, limit=2) == every[1:3]
    assert await listed(offset=9) == []
    assert await listed(limit=0) == every[:1]
    assert await listed(offset=-5, limit=1000) == every


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"prices": [{"label": "a", "amount": 1}, {"label": "b", "amount": 1}]}, "STARS_INVOICE_INVALID"),
        ({"provider_token": "x"}, "STARS_INVOICE_INVALID"),
        ({"max_tip_amount": 5}, "STARS_INVOICE_INVALID"),
        ({"prices": [{"label": "a", "amount": 100_001}]}, "CURRENCY_TOTAL_AMOUNT_INVALID"),
    ],
)
async def test_an_invoice_in_stars_is_simple(api: Api, group: Group, changed: Json, why: str) -> None:
    assert await api.refused("sendInvoice", chat_id=group.id, **honey(**changed)) == f"Bad Request: {why}"


async def test_stars_need_no_form(api: Api, ann: Person, group: Group) -> None:
    await ann.buys_stars(50)
    await api.ok("sendInvoice", chat_id=group.id, **honey(need_name=True, is_flexible=True))
    payment = await ann.pays(group.last_message)
    [update] = await api.updates("pre_checkout_query")
    assert "order_info" not in update["pre_checkout_query"]
    with pytest.raises(AssertionError, match="not paid by card"):
        await ann.pays(group.last_message, card_fails=True)
    assert payment.state == "checkout"


async def test_nobody_spends_stars_twice(api: Api, ann: Person, group: Group) -> None:
    await api.ok("sendInvoice", chat_id=group.id, **honey())
    card = group.last_message
    with pytest.raises(AssertionError, match="has 0 Stars of 50: use buys_stars"):
        await ann.pays(card)
    with pytest.raises(AssertionError, match="less than one Star"):
        await ann.buys_stars(0)
    await ann.buys_stars(50)
    first, second = await ann.pays(card), await ann.pays(card)
    for update in await api.updates("pre_checkout_query"):
        query = update["pre_checkout_query"]["id"]
        await api.ok("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)
    assert (await first.paid()).amount == 50
    assert await second.failed() == "BALANCE_TOO_LOW"
    assert ann.stars == 0
