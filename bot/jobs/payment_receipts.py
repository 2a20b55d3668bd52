"""Draws the numbered receipt of a payment."""

from typing import Final

from bot.i18n import Translator
from bot.jobs.due import Call, Due, Renderer, message_call
from bot.views.payment_receipts import payment_receipt
from storage.states import OutboxKind


async def _receipt(due: Due) -> Call | None:
    payment = await due.uow.payments.get(due.subject_id)
    if payment.receipt is None:
        return None
    person = await due.uow.members.get(payment.person_id)
    return message_call(payment_receipt(Translator(person.language), payment, now=due.now).payload())


RECEIPT_RENDERERS: Final[dict[OutboxKind, Renderer]] = {OutboxKind.PAYMENT_RECEIPT: _receipt}
