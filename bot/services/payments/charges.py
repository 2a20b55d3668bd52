"""What Telegram has charged: recorded exactly once, whoever tells of it, and whether or not it fits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.rules import ledger
from bot.rules.payment_invoices import Charged, counts_for_order, misfit
from bot.services.payments.findings import open_discrepancy
from bot.services.payments.holds import lock_pick_of
from bot.services.payments.invoices import issued, lapse_open
from bot.services.payments.obligations import give_back_unplaced
from bot.services.payments.receiving import receive
from storage.models import Discrepancy, Payment
from storage.repositories.members import Seen
from storage.states import DiscrepancyKind, PaymentMethod, PaymentStage, TransactionKind
from storage.unit_of_work import UnitOfWork

CARDS: Final = "telegram"
STARS: Final = "stars"


@dataclass(frozen=True, kw_only=True)
class Charge:
    """Money that changed hands, as Telegram tells of it; the amount is in minor units, or in Stars."""

    id: str
    #: What the payment provider calls it; only the receipt says so.
    provider_charge_id: str | None
    payer: Seen
    token: str
    amount: int
    currency: str

    @property
    def is_in_stars(self) -> bool:
        """Whether it was paid with Stars."""
        return self.currency == ledger.STARS_CURRENCY

    @property
    def provider(self) -> str:
        """Who took the money: with the charge it names a payment once and for all."""
        return STARS if self.is_in_stars else CARDS


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A charge was written down: as which payment, and whether it counts for an order."""

    payment: Payment
    is_placed: bool


async def record_charge(uow: UnitOfWork, charge: Charge, *, now: datetime) -> Recorded | None:
    """Write a charge down as received; None where it was before.

    One that does not fit its invoice waits for a person to look at it, and Stars go back. One that fits is
    received whatever has become of the order meanwhile: what is too much is owed back.
    """
    if await _is_known(uow, charge):
        return None
    invoice = await uow.payments.find_by_token(charge.token)
    if invoice is None or invoice.id is None or invoice.order_id is None:
        await uow.members.meet([charge.payer], now=now)
        return await _unplaced(uow, charge, None, DiscrepancyKind.UNKNOWN_INVOICE, now=now)
    await lock_pick_of(uow, invoice.order_id)
    await uow.payments.lock([invoice.order_id])
    invoice = await uow.payments.get(invoice.id, lock=True)
    if await _is_known(uow, charge):
        return None
    # Only now: whoever orders has locked the pick before she is met.
    await uow.members.meet([charge.payer], now=now)
    charged = Charged(charge.payer.id, charge.amount, charge.currency)
    fault = misfit(issued(invoice), charged)
    if fault is not None and not counts_for_order(issued(invoice), charged):
        return await _unplaced(uow, charge, invoice, fault, now=now)
    payment = _of_invoice(invoice, charge, now=now)
    payment.provider, payment.charge_id = charge.provider, charge.id
    payment.provider_charge_id = charge.provider_charge_id
    await uow.payments.add(payment)
    if fault is not None:
        await _doubt(uow, charge, payment, fault, now=now, in_review=True)
    await receive(uow, payment, now=now)
    await lapse_open(uow, payment.order_id or 0)
    return Recorded(payment=payment, is_placed=True)


async def _is_known(uow: UnitOfWork, charge: Charge) -> bool:
    known = await uow.payments.find_by_charge(charge.provider, charge.id)
    if known is not None and known.provider_charge_id is None and charge.provider_charge_id is not None:
        known.provider_charge_id = charge.provider_charge_id
        await uow.payments.save(known)
    return known is not None


def _of_invoice(invoice: Payment, charge: Charge, *, now: datetime) -> Payment:
    """The payment that a charge is: the invoice's own, or a further one if that is paid or does not fit."""
    fits = misfit(issued(invoice), Charged(charge.payer.id, charge.amount, charge.currency)) is None
    if fits and invoice.stage is not PaymentStage.RECEIVED:
        return invoice
    return Payment(
        group_id=invoice.group_id,
        order_id=invoice.order_id,
        person_id=charge.payer.id,
        method=invoice.method,
        stage=PaymentStage.PAYING,
        # Stars that count are as they were asked for; a card's charge may be more or less.
        amount=invoice.amount if charge.is_in_stars else charge.amount,
        currency=invoice.currency,
        charged_amount=charge.amount,
        charged_currency=charge.currency,
        created_at=now,
    )


async def _unplaced(
    uow: UnitOfWork, charge: Charge, invoice: Payment | None, fault: DiscrepancyKind, *, now: datetime
) -> Recorded:
    """Write down what nobody can tell the order of, in the currency that was charged; Stars go back."""
    method = PaymentMethod.STARS if charge.is_in_stars else PaymentMethod.CARD
    payment = await uow.payments.add(
        Payment(
            group_id=invoice.group_id if invoice else None,
            person_id=charge.payer.id,
            method=method,
            stage=PaymentStage.RECEIVED,
            amount=charge.amount,
            currency=charge.currency,
            charged_amount=charge.amount,
            charged_currency=charge.currency,
            provider=charge.provider,
            charge_id=charge.id,
            provider_charge_id=charge.provider_charge_id,
            created_at=now,
            decided_at=now,
        )
    )
    if payment.group_id is not None:
        await uow.ledger.post(
            TransactionKind.PAYMENT,
            ledger.unplaced(method, charge.amount, charge.currency),
            group_id=payment.group_id,
            payment_id=payment.id,
            now=now,
        )
    # Stars are on their way back by themselves, so the order need not wait for anybody.
    order = invoice if invoice is not None and not charge.is_in_stars else None
    await _doubt(uow, charge, payment, fault, invoice=invoice, in_review=order is not None, now=now)
    if charge.is_in_stars:
        await give_back_unplaced(uow, payment, payment.amount, now=now)
    return Recorded(payment=payment, is_placed=False)


async def _doubt(
    uow: UnitOfWork,
    charge: Charge,
    payment: Payment,
    fault: DiscrepancyKind,
    *,
    invoice: Payment | None = None,
    in_review: bool,
    now: datetime,
) -> None:
    """Write down what does not fit; `in_review`, its order waits until a person has looked at it."""
    order_id = payment.order_id or (invoice.order_id if invoice else None)
    await open_discrepancy(
        uow,
        Discrepancy(
            group_id=payment.group_id,
            order_id=order_id if in_review else None,
            payment_id=payment.id,
            kind=fault,
            facts={
                "payer": charge.payer.name,
                "payer_id": charge.payer.id,
                "amount": charge.amount,
                "currency": charge.currency,
                "expected_amount": invoice.charged_amount if invoice else None,
                "expected_currency": invoice.charged_currency if invoice else None,
                "order_id": order_id,
                "charge": charge.id,
            },
            merge_key=f"charge:{charge.provider}:{charge.id}",
            opened_at=now,
        ),
    )
