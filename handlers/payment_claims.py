"""What members say they have paid: curators look at it, with its proof, and decide."""

from dataclasses import dataclass
from typing import Any

from telegram import Bot

from bot.callbacks.payments import ClaimDeedButton
from bot.errors import ButtonOutdated, OnlyInPrivate, ShopError
from bot.i18n import Translator
from bot.payment_errors import ClaimConfirmed, ClaimDeclined, ClaimOutdated
from bot.rules.payment_claims import REASONS
from bot.services.payments.bills import find_bill
from bot.services.payments.claims import (
    Claim,
    claim_for,
    confirm_claim,
    decline_claim,
    undo_payment,
)
from bot.shop import Shop
from bot.views.payment_claims import (
    ask_amount,
    ask_reason,
    claim_shown,
    confirmed_words,
    declined_words,
    no_claims,
    skipped_words,
    undone_words,
    why_declined,
)
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.access import require_curator
from handlers.handover import order_screen
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.models import Payment
from storage.states import OutboxKind, PaymentMethod
from storage.unit_of_work import UnitOfWork

DECISION = "payment_decision"
"""The step under which a curator's amount or reason is waited for."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a claim is shown: in place of a message of the curator's chat, or in a new one."""

    person_id: int
    message_id: int | None = None
    shows_media: bool = False


async def payments_asked(said: Said, shop: Shop, _bot: Bot) -> None:
    """`/payments`: what is claimed to be paid, the oldest first."""
    if not said.is_private:
        raise OnlyInPrivate
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        await show_claim(uow, shop, t, Place(person_id=said.person.id))


async def claims_turned(tap: Tap, shop: Shop) -> None:
    """The oldest claim, from the notice of it or from the list of who owes."""
    async with shop.handling(tap.update_id) as uow:
        await show_claim(uow, shop, await speaker(uow, tap.person), _place(tap))
    await tap.answer()


async def claim_deed_tapped(tap: Tap, shop: Shop) -> None:
    """A curator decides about a payment, or looks at another one."""
    button = ClaimDeedButton.read(tap.data)
    tap.require_private()
    words, is_refused = "", False
    async with shop.handling(tap.update_id) as uow:
        await _require_decider(uow, tap.person.id, button.payment_id)
        t = await speaker(uow, tap.person)
        try:
            words = await _do(uow, shop, t, tap, button)
        except (ClaimConfirmed, ClaimDeclined, ClaimOutdated) as error:
            # Somebody else was quicker: what waits next is shown all the same.
            words, is_refused = refusal(t, error), True
            await show_claim(uow, shop, t, _place(tap), after=button.payment_id)
    await tap.answer(words, alert=is_refused)


async def decided_in_words(
    uow: UnitOfWork, shop: Shop, said: Said, payment_id: int, *, amount: int | None, reason: str | None
) -> None:
    """A curator has written another amount, or why she does not confirm."""
    await _require_decider(uow, said.person.id, payment_id)
    t = await speaker(uow, said.person)
    by_id, now = said.person.id, shop.now()
    if reason is not None:
        payment = await decline_claim(uow, payment_id, reason, by_id=by_id, now=now)
        words = declined_words(t, payment, await _name(uow, payment))
    else:
        payment = await confirm_claim(uow, payment_id, amount=amount, by_id=by_id, now=now)
        words = confirmed_words(t, payment, await _name(uow, payment))
    await uow.pickups.wait_no_more(said.person.id, DECISION)
    undo = payment if reason is None else None
    await show_claim(uow, shop, t, Place(person_id=said.person.id), note=words, undo=undo)


async def _do(uow: UnitOfWork, shop: Shop, t: Translator, tap: Tap, button: ClaimDeedButton) -> str:
    """Do what was tapped; returns what is said in a toast."""
    key, by_id, now, place = button.payment_id, tap.person.id, shop.now(), _place(tap)
    await uow.pickups.wait_no_more(by_id, DECISION)
    match button.deed:
        case "confirm":
            payment = await confirm_claim(uow, key, by_id=by_id, now=now)
            words = confirmed_words(t, payment, await _name(uow, payment))
            await show_claim(uow, shop, t, place, note=words, undo=payment)
            return words
        case reason if reason in REASONS:
            payment = await decline_claim(uow, key, reason, by_id=by_id, now=now)
            words = declined_words(t, payment, await _name(uow, payment))
            await show_claim(uow, shop, t, place, note=words)
            return words
        case "undo":
            return await _undo(uow, shop, t, tap, key)
        case "skip":
            await show_claim(
                uow, shop, t, place, after=key, note=skipped_words(t) if place.shows_media else ""
            )
            return ""
    await _look_closer(uow, shop, t, tap, button)
    return ""


async def _undo(uow: UnitOfWork, shop: Shop, t: Translator, tap: Tap, payment_id: int) -> str:
    payment = await undo_payment(uow, payment_id, by_id=tap.person.id, now=shop.now())
    words = undone_words(t, payment, await _name(uow, payment))
    if payment.method is PaymentMethod.CASH:
        order = await uow.pickups.get(payment.order_id or 0)
        await redraw(uow, shop, tap, await order_screen(uow, t, order, by_id=tap.person.id))
    else:
        await show_claim(uow, shop, t, _place(tap), note=words)
    return words


async def _look_closer(uow: UnitOfWork, shop: Shop, t: Translator, tap: Tap, button: ClaimDeedButton) -> None:
    """What changes nothing yet: why not, how much, and back."""
    claim = await claim_for(uow, button.payment_id)
    if claim is None:
        raise ClaimOutdated
    asks = {"amount": ask_amount, "write": ask_reason}
    match button.deed:
        case "decline":
            await redraw(uow, shop, tap, why_declined(t, claim))
        case "show":
            await redraw(uow, shop, tap, await _shown(uow, shop, t, tap.person.id, claim))
        case ("amount" | "write") as deed:
            content = {"payment_id": button.payment_id, "what": "amount" if deed == "amount" else "reason"}
            await uow.pickups.wait_for(tap.person.id, DECISION, content, now=shop.now())
            await send(uow, shop, tap.person.id, asks[deed](t, claim))
        case _:
            raise ButtonOutdated


async def show_claim(
    uow: UnitOfWork,
    shop: Shop,
    t: Translator,
    place: Place,
    *,
    after: int = 0,
    note: str = "",
    undo: Payment | None = None,
) -> None:
    """Show the next claim that waits for somebody, with its proof, or that none does."""
    key = await uow.claims.next_for(place.person_id, after=after)
    claim = await claim_for(uow, key) if key is not None else None
    has_proof = claim is not None and claim.payment.proof_file_id is not None
    if place.message_id is not None and place.shows_media and not has_proof:
        # A picture cannot become a text again: it keeps what became of it, and the next comes below.
        caption = {"message_id": place.message_id, "caption": note or skipped_words(t)}
        await _call(uow, shop, place.person_id, "editMessageCaption", caption)
        place, note = Place(person_id=place.person_id), ""
    if claim is None:
        screen = no_claims(t, note=note, undo=undo)
    else:
        screen = await _shown(uow, shop, t, place.person_id, claim, note=note, undo=undo)
    await _draw(uow, shop, place, screen, claim.payment if claim is not None else None)


async def _shown(
    uow: UnitOfWork,
    shop: Shop,
    t: Translator,
    person_id: int,
    claim: Claim,
    *,
    note: str = "",
    undo: Payment | None = None,
) -> Screen:
    waiting = await uow.claims.count_for(person_id)
    return claim_shown(t, claim, waiting=waiting, now=shop.now(), note=note, undo=undo)


async def _draw(uow: UnitOfWork, shop: Shop, place: Place, screen: Screen, payment: Payment | None) -> None:
    markup = {"reply_markup": keyboard} if (keyboard := screen.keyboard()) else {}
    if payment is None or payment.proof_file_id is None:
        await uow.outbox.add(
            OutboxKind.MESSAGE,
            chat_id=place.person_id,
            payload=screen.payload(edit=place.message_id),
            now=shop.now(),
        )
        return
    kind = "photo" if payment.proof_is_photo else "document"
    words = {"caption": str(screen.text), "parse_mode": "HTML"}
    if place.message_id is not None:
        media = {"type": kind, "media": payment.proof_file_id, **words}
        params = {"message_id": place.message_id, "media": media, **markup}
        await _call(uow, shop, place.person_id, "editMessageMedia", params)
        return
    method = "sendPhoto" if payment.proof_is_photo else "sendDocument"
    await _call(uow, shop, place.person_id, method, {kind: payment.proof_file_id, **words, **markup})


async def _call(uow: UnitOfWork, shop: Shop, chat_id: int, method: str, params: dict[str, Any]) -> None:
    payload = {"method": method, "params": params}
    await uow.outbox.add(OutboxKind.PAYMENT_CLAIM, chat_id=chat_id, payload=payload, now=shop.now())


async def _require_decider(uow: UnitOfWork, person_id: int, payment_id: int) -> None:
    """Raise ButtonOutdated, NotACurator or NotYourPick unless a payment is this person's affair."""
    order_id = await uow.claims.order_of(payment_id)
    bill = await find_bill(uow, order_id) if order_id is not None else None
    if bill is None:
        raise ButtonOutdated
    await require_curator(uow, person_id, await uow.picks.get(bill.order.pick_id))


async def _name(uow: UnitOfWork, payment: Payment) -> str:
    payer = await uow.members.find(payment.person_id)
    return payer.name if payer is not None else "?"


def _place(tap: Tap) -> Place:
    return Place(person_id=tap.person.id, message_id=tap.message_id, shows_media=tap.has_caption)


def without_help(error: ShopError) -> bool:
    """Whether nothing that somebody could write instead would help."""
    return isinstance(error, (ButtonOutdated, ClaimConfirmed, ClaimDeclined, ClaimOutdated))
