"""Paying on the page: the form of an invoice, the attempt, what came of it."""

from sandbox.models.invoices import Invoice
from sandbox.models.payments import Payment
from sandbox.models.users import Json
from sandbox.paying import Paying
from sandbox.sights import SeenMessage
from sandbox.stage.acting import Act, Acts
from sandbox.stage.money import digits_of
from sandbox.stage.places import Refused

_MOST_STARS = 100_000


async def _invoice(act: Act) -> Json:
    """Return the form of an invoice, of a message or of a link."""
    invoice = _meant(act)[1]
    return {
        "title": invoice.title,
        "description": invoice.description,
        "bot": invoice.bot.username,
        "currency": invoice.currency,
        "digits": digits_of(invoice.currency),
        "prices": [list(price) for price in invoice.prices],
        "total": invoice.total_amount,
        "max_tip": invoice.max_tip_amount,
        "suggested_tips": list(invoice.suggested_tip_amounts),
        "needs": sorted(invoice.needs),
        "stars": act.person.stars,
    }


async def _pay(act: Act) -> Json:
    """Fill in the form and press Pay; a flexible invoice first asks for ways of delivery."""
    what, invoice = _meant(act)
    tip = act.number("tip") if act.fields.get("tip") else 0
    paying = await act.person.starts_paying(what, tip=tip, card_fails=bool(act.fields.get("card_fails")))
    if not invoice.is_flexible:
        await paying.confirms()
    act.payments.append(paying.payment)
    return {"payment": len(act.payments) - 1}


async def _payment(act: Act) -> Json:
    """Say how far a payment is."""
    paying = _paying(act)
    payment = paying.payment
    return {
        "state": paying.state,
        "reason": payment.reason,
        "total": payment.total_amount,
        "options": payment.options,
    }


async def _deliver(act: Act) -> None:
    """Choose a way of delivery, and press Pay."""
    paying = _paying(act)
    await paying.chooses(act.text("option"))
    await paying.confirms()


async def _buy_stars(act: Act) -> Json:
    amount = act.number("amount")
    if not 0 < amount <= _MOST_STARS:
        raise Refused(f"One buys 1 to {_MOST_STARS:,} Stars at a time.")
    await act.person.buys_stars(amount)
    return {"stars": act.person.stars}


def _meant(act: Act) -> tuple[SeenMessage | str, Invoice]:
    if "url" in act.fields:
        url = act.text("url")
        invoice = act.world.payments.links.get(url)
        if invoice is None:
            raise Refused("Nobody in this Telegram made that invoice link.")
        return url, invoice
    message = act.message()
    if message.invoice is None:
        raise Refused("That message is no invoice.")
    return message, message.invoice


def _paying(act: Act) -> Paying:
    number = act.number("payment")
    payments: list[Payment] = act.payments
    if not 0 <= number < len(payments) or payments[number].payer is not act.person.user:
        raise Refused("There is no such payment.")
    return Paying(act.world, payments[number])


SHOPPING: Acts = {
    "invoice": _invoice,
    "pay": _pay,
    "payment": _payment,
    "deliver": _deliver,
    "buy_stars": _buy_stars,
}
