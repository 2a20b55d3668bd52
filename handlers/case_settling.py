"""A case ends with money: what was agreed is moved by the refunds and the credit that there are."""

from bot.case_errors import CaseMoneyInReview, CaseNeedsCredit
from bot.money import Money
from bot.payment_errors import CreditSwitchedOff, RefundInReview
from bot.rules.cases import Offer
from bot.rules.refunds import LONGEST_NOTE
from bot.services.cases.seeing import Decider
from bot.services.cases.settling import CaseSettled, accept_offer, decide_finally
from bot.services.payments.credit import give_credit
from bot.services.payments.lapses import give_up
from bot.services.payments.refunds import give_goodwill, refundable
from bot.services.payments.settlements import settle_orders
from bot.shop import Shop
from bot.views.screens import shortened
from storage.repositories.case_lists import SeenCase
from storage.repositories.payments import OrderMoney
from storage.unit_of_work import UnitOfWork


async def accept_and_pay(
    uow: UnitOfWork, shop: Shop, seen: SeenCase, *, seen_id: int | None, person_id: int
) -> None:
    """A member takes what is offered, and gets it. Raises what is wrong with that."""
    # What nobody has fetched may be given up for it, which frees stock: the pick before its orders.
    await uow.picks.lock([seen.pick_id])
    facts = await _reckoned(uow, shop, seen)
    settled = await accept_offer(uow, seen.id, facts, person_id=person_id, seen_id=seen_id, now=shop.now())
    await _pay(uow, shop, settled)


async def decide_and_pay(
    uow: UnitOfWork, shop: Shop, seen: SeenCase, offer: Offer, *, by: Decider, seen_id: int | None
) -> None:
    """An admin decides, and the member gets it. Raises what is wrong with that."""
    facts = await _reckoned(uow, shop, seen)
    settled = await decide_finally(uow, seen.id, offer, facts, by=by, seen_id=seen_id, now=shop.now())
    await _pay(uow, shop, settled)


async def _reckoned(uow: UnitOfWork, shop: Shop, seen: SeenCase) -> OrderMoney:
    """The money of its order, which is locked first of all."""
    try:
        return await refundable(uow, seen.order_id, now=shop.now())
    except RefundInReview:
        raise CaseMoneyInReview from None


async def _pay(uow: UnitOfWork, shop: Shop, settled: CaseSettled) -> None:
    seen = settled.seen
    # Where a recall offered it, nobody did by hand.
    by_id = settled.by_id if settled.by_id is not None else seen.person_id
    if settled.by_id is None and await give_up(uow, seen.order_id, now=shop.now()):
        # Else she would have her money and could still fetch the goods.
        await settle_orders(uow, [seen.order_id], now=shop.now())
        return
    reason = shortened(" ".join(settled.words.split()), LONGEST_NOTE)
    if settled.refund_amount:
        await give_goodwill(
            uow, seen.order_id, settled.refund_amount, reason=reason, by_id=by_id, now=shop.now()
        )
    if settled.credit_amount:
        try:
            await give_credit(
                uow,
                seen.group_id,
                seen.person_id,
                Money(amount=settled.credit_amount, currency=seen.currency),
                reason=reason,
                by_id=by_id,
                now=shop.now(),
            )
        except CreditSwitchedOff:
            raise CaseNeedsCredit from None
