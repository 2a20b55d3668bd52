"""answerShippingQuery, answerPreCheckoutQuery, and what a bot does with its Stars."""

from typing import Any

from sandbox.checkout import charge, expire, offer_options, refund, refuse
from sandbox.errors import bad_request
from sandbox.methods.registry import Call, method, only_fields
from sandbox.models.payments import Payment, State
from sandbox.models.users import Json

_MOST_TRANSACTIONS = 100
_OPTION_FIELDS = frozenset({"id", "title", "prices"})
_PRICE_FIELDS = frozenset({"label", "amount"})


@method("answerShippingQuery")
async def answer_shipping_query(
    call: Call,
    *,
    shipping_query_id: str,
    ok: bool,
    shipping_options: list[Any] | None = None,
    error_message: str = "",
) -> bool:
    """Offer ways of delivery to an address, or say why there are none."""
    options = _options(shipping_options) if ok else []
    if not ok and not error_message:
        raise bad_request('parameter "error_message" is required')
    payment = _asked(call, shipping_query_id, "shipping")
    if ok:
        offer_options(call.world, payment, options)
    else:
        refuse(call.world, payment, error_message)
    return True


@method("answerPreCheckoutQuery")
async def answer_pre_checkout_query(
    call: Call, *, pre_checkout_query_id: str, ok: bool, error_message: str = ""
) -> bool:
    """Let a payment go through, or say why not; in time, or nothing is charged."""
    if not ok and not error_message:
        raise bad_request('parameter "error_message" is required')
    payment = _asked(call, pre_checkout_query_id, "checkout")
    if ok:
        charge(call.world, payment)
    else:
        refuse(call.world, payment, error_message)
    return True


@method("refundStarPayment")
async def refund_star_payment(call: Call, *, user_id: int, telegram_payment_charge_id: str) -> bool:
    """Give a payer her Stars back."""
    payments = call.world.payments
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if not telegram_payment_charge_id:
        raise bad_request('parameter "telegram_payment_charge_id" is required')
    if user_id not in call.world.users:
        raise bad_request("USER_ID_INVALID")
    done = payments.charges.get(telegram_payment_charge_id)
    is_known = done is not None and done.invoice.bot is call.bot.user and done.invoice.is_in_stars
    if done is None or not is_known or done.payer.id != user_id:
        raise bad_request("CHARGE_NOT_FOUND")
    if done.id in payments.refunded:
        raise bad_request("CHARGE_ALREADY_REFUNDED")
    if payments.stars[call.bot.id] < done.amount:
        raise bad_request("BALANCE_TOO_LOW")
    refund(call.world, done)
    return True


@method("getStarTransactions")
async def get_star_transactions(call: Call, *, offset: int = 0, limit: int = 100) -> Json:
    """Return the bot's Star transactions, oldest first."""
    first, most = max(offset, 0), min(max(limit, 1), _MOST_TRANSACTIONS)
    transactions = call.world.payments.transactions(call.bot)[first : first + most]
    return {"transactions": [transaction.to_json() for transaction in transactions]}


@method("getMyStarBalance")
async def get_my_star_balance(call: Call) -> Json:
    """Return how many Stars the bot has."""
    return {"amount": call.world.payments.stars[call.bot.id]}


def _asked(call: Call, query_id: str, state: State) -> Payment:
    """Return the payment that waits for this answer; raises ApiError 400 for one that does not."""
    payment = call.world.payments.queries.get(query_id)
    if payment is not None:
        expire(call.world, payment)
    waits = payment is not None and payment.state == state and payment.query_id == query_id
    if payment is None or not waits or payment.invoice.bot is not call.bot.user:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return payment


def _options(options: list[Any] | None) -> list[Json]:
    if not options:
        raise bad_request('parameter "shipping_options" is required')
    for option in options:
        if not isinstance(option, dict):
            raise bad_request("can't parse shipping option: expected an Object")
        only_fields("ShippingOption", option, _OPTION_FIELDS)
        for name in ("id", "title"):
            if not isinstance(option.get(name), str) or not option[name]:
                raise bad_request(f'can\'t parse shipping option: field "{name}" must be a non-empty String')
        if not isinstance(option.get("prices"), list):
            raise bad_request('can\'t parse shipping option: field "prices" must be an Array')
        for price in option["prices"]:
            _check_price(price)
    return options


def _check_price(price: Any) -> None:
    if not isinstance(price, dict):
        raise bad_request("can't parse labeled price: expected an Object")
    only_fields("LabeledPrice", price, _PRICE_FIELDS)
    if not isinstance(price.get("label"), str) or not isinstance(price.get("amount"), int):
        raise bad_request("can't parse labeled price: label and amount are needed")
