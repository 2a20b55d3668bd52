"""What is sent in private about payments: a member's proof, a curator's amount or reason."""

from datetime import timedelta
from typing import Final

from bot.errors import NotAllowed, ShopError
from bot.payment_errors import (
    NothingToPay,
    NotToBePaidYet,
    OrderOfSomebodyElse,
    PaymentInReview,
    ProofMissing,
    WayClosed,
)
from bot.rules.payment_claims import amount_of, note_of
from bot.services.payments.claims import Proof
from bot.shop import Shop
from handlers.conversation import Part, Waiting, answering, stop_asking, waiting_by
from handlers.payment_claims import DECISION, decided_in_words, without_help
from handlers.payment_proofs import PROOF, proof_sent
from handlers.updates import Said
from storage.models import Draft
from storage.unit_of_work import UnitOfWork

_WAITED_FOR: Final = timedelta(days=1)
_IN_VAIN: Final = (NothingToPay, NotToBePaidYet, OrderOfSomebodyElse, PaymentInReview, WayClosed)
"""Refusals after which another proof would help no more."""


async def _finds_proof(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.pickups.find_waiting(said.person.id, PROOF)
    if asked is None or ("album_id" in asked.content and asked.content["album_id"] != said.album_id):
        return None
    return waiting_by(asked)


async def _proof_came(said: Said, shop: Shop, asked: Draft) -> None:
    if "album_id" in asked.content:
        return
    async with shop.handling(said.update_id) as uow:
        await proof_sent(uow, shop, said, int(asked.content["order_id"]), _proof(said))


PROOF_PART = Part(
    finds=_finds_proof,
    handles=answering(PROOF, takes=_proof_came, in_vain=_IN_VAIN, within=_WAITED_FOR),
)
"""Takes the proof of a payment."""


async def _finds_decision(uow: UnitOfWork, said: Said) -> Waiting | None:
    asked = await uow.pickups.find_waiting(said.person.id, DECISION)
    return waiting_by(asked)


async def _decision_came(said: Said, shop: Shop, asked: Draft) -> None:
    payment_id = int(asked.content["payment_id"])
    try:
        async with shop.handling(said.update_id) as uow:
            amount = reason = None
            if asked.content["what"] == "reason":
                reason = note_of(said.text)
            else:
                amount = amount_of(said.text, await _currency(uow, payment_id))
            await decided_in_words(uow, shop, said, payment_id, amount=amount, reason=reason)
    except ShopError as error:
        if isinstance(error, NotAllowed) or without_help(error):
            await stop_asking(said, shop, DECISION)
        raise


DECISION_PART = Part(
    finds=_finds_decision, handles=answering(DECISION, takes=_decision_came, within=_WAITED_FOR)
)
"""Takes the amount that has arrived, or why none has."""


async def _currency(uow: UnitOfWork, payment_id: int) -> str:
    return (await uow.payments.get(payment_id)).currency


def _proof(said: Said) -> Proof:
    note = note_of(said.text) if said.text else ""
    if said.photos:
        return Proof(file_id=said.photos[-1].id, note=note)
    if said.document is not None:
        return Proof(file_id=said.document.id, is_photo=False, note=note)
    if said.is_other or not note:
        raise ProofMissing
    return Proof(note=note)
