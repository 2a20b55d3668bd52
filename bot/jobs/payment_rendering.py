"""Notices about paying: what is to be paid, what was claimed, what was not found."""

from typing import Any, Final

from markupsafe import Markup

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.rules.holds import still_to_come
from bot.services.payments.bills import Bill, find_bill
from bot.shop import Shop
from bot.telegram.parcels import Parcel
from bot.views.holds import hold_request
from bot.views.payment_claims import (
    claims_notice,
    payment_declined,
    payment_undone,
    something_waits,
    without_proof,
)
from bot.views.payment_requests import payment_request
from storage.models import Payment
from storage.states import OutboxKind
from storage.unit_of_work import UnitOfWork


async def _payment_request(due: Due) -> Call | None:
    bill = await find_bill(due.uow, due.subject_id)
    if bill is None or still_to_come(bill.money) <= 0 or not bill.money.is_tracked:
        return None
    if due.entry.chat_id < 0:
        posted = await due.uow.picks.get(bill.order.pick_id)
        link = due.shop.link(f"pay_{bill.order.order_id}")
        screen = something_waits(Translator(posted.group.language), [bill.order.name], link=link)
        return message_call(screen.payload(topic_id=posted.pick.topic_id))
    until = (await due.uow.holds.expiry_of([due.subject_id])).get(due.subject_id)
    if until is not None:
        return message_call(hold_request(await _speaker(due), bill, until=until, now=due.now).payload())
    if bill.money.claimed_amount:
        return None
    return message_call(payment_request(await _speaker(due), bill).payload())


async def _payment_claim(due: Due) -> Call | None:
    """A claim as it was drawn when a curator asked for it; or the notice that some wait for her."""
    if "method" in due.payload:
        return due.payload["method"], dict(due.payload["params"])
    reader = await due.uow.members.get(due.payload["reader_id"])
    waiting = await due.uow.claims.count_for(reader.id)
    if not waiting:
        return None
    if due.payload["in_private"]:
        return message_call(claims_notice(Translator(reader.language), waiting).payload())
    group = await due.uow.groups.get(due.subject_id)
    screen = something_waits(Translator(group.language), [reader.name], link=due.shop.link("payments"))
    return message_call(screen.payload())


async def proof_not_shown(uow: UnitOfWork, shop: Shop, parcel: Parcel) -> None:
    """Telegram refuses a claim's proof: the claim comes anew, at last without it, else all would wait."""
    params: dict[str, Any] = dict(parcel.params)
    now = shop.now()
    if parcel.method == "editMessageMedia":
        media = params["media"]
        again = {key: value for key, value in media.items() if key not in ("type", "media")}
        kept = {key: params[key] for key in ("reply_markup",) if key in params}
        payload = {
            "method": "sendPhoto" if media["type"] == "photo" else "sendDocument",
            "params": {media["type"]: media["media"], **again, **kept},
        }
        await uow.outbox.add(OutboxKind.PAYMENT_CLAIM, chat_id=parcel.chat_id, payload=payload, now=now)
    elif parcel.method in ("sendPhoto", "sendDocument"):
        reader = await uow.members.get(parcel.chat_id)
        text = without_proof(Translator(reader.language), Markup(params["caption"]))
        message = {"text": str(text), "keyboard": params.get("reply_markup")}
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=parcel.chat_id, payload=message, now=now)


async def _payment_declined(due: Due) -> Call | None:
    payment, bill = await _paid(due)
    if bill is None:
        return None
    t = await _speaker(due)
    if due.payload.get("undone"):
        return message_call(payment_undone(t, bill, payment).payload())
    return message_call(payment_declined(t, bill, payment, reason=due.payload["reason"]).payload())


async def _paid(due: Due) -> tuple[Payment, Bill | None]:
    payment = await due.uow.payments.get(due.subject_id)
    return payment, await find_bill(due.uow, payment.order_id or 0)


async def _speaker(due: Due) -> Translator:
    person = await due.uow.members.get(due.entry.chat_id)
    return Translator(person.language)


PAYMENT_RENDERERS: Final[dict[OutboxKind, Renderer]] = {
    OutboxKind.PAYMENT_REQUEST: _payment_request,
    OutboxKind.PAYMENT_CLAIM: _payment_claim,
    OutboxKind.PAYMENT_DECLINED: _payment_declined,
}
