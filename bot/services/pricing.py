"""Changing the price of a pick under way, asking its buyers, and telling what orders cost now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import ButtonOutdated, PickClosed
from bot.pricing_errors import PriceSettled
from bot.quoting import requote
from bot.rules.pricing import Terms, TierPrice, check_reachable, own_price
from bot.rules.teams import checked_team
from bot.supplying import require_own
from storage.repositories.outbox import Priority
from storage.repositories.picks import PostedPick
from storage.repositories.pricing import Asked, Buyer, OfferPrice
from storage.states import OrderState, OutboxKind, PickState
from storage.unit_of_work import UnitOfWork

_OPEN = (PickState.DRAFT, PickState.SCHEDULED, PickState.LIVE)


class NewPriceFor(StrEnum):
    """Whose a price becomes that is higher than before; a lower one is everybody's at once."""

    LATER_ORDERS = "later"
    WHO_AGREES = "ask"


@dataclass(frozen=True, kw_only=True)
class PriceChanged:
    """What came of a change: how many orders keep the older price so far, and how many of them are asked."""

    changed: bool
    kept: int = 0
    asked: int = 0


@dataclass(frozen=True, kw_only=True)
class PriceQuestion:
    """What a buyer is asked: whether the new terms are hers, too, or the older ones that she keeps.

    Once she has agreed, `kept` is None.
    """

    posted: PostedPick
    order_id: int
    person_id: int
    kept: Terms | None
    terms: Terms
    accepted: bool | None


async def change_price(
    uow: UnitOfWork,
    pick_id: int,
    terms: Terms,
    *,
    applies_to: NewPriceFor,
    by_id: int | None,
    now: datetime,
) -> PriceChanged:
    """Give an offer another price or other tiers, in all groups where it is open.

    Where nobody pays more, they are everybody's at once. Otherwise orders keep the terms on which they were
    placed; buyers who are asked have the new ones once they agree. Raises SupplierDecides, PickClosed,
    PriceSettled, TierAboveStock, and TeamWithTiers and TeamNotCheaper where there is a team price.
    """
    posted, beside = await _locked(uow, pick_id)
    require_own(posted)
    if posted.pick.state not in _OPEN:
        raise PickClosed(posted.pick.number)
    old = await offer_terms(uow, posted.pick.offer_id)
    if terms == old:
        return PriceChanged(changed=False)
    check_reachable(stocks=[variant.stock for variant in posted.variants], tiers=terms.tiers)
    if posted.offer.team_price_amount is not None:
        checked_team(
            price_amount=posted.offer.team_price_amount,
            solo_amount=terms.price_amount,
            has_tiers=bool(terms.tiers),
        )
    is_lower = terms.never_dearer_than(old)
    if not is_lower and any(other.pick.state is PickState.CLOSED for other in beside):
        raise PriceSettled
    await uow.pricing.set_price(posted.pick.offer_id, terms.price_amount)
    await uow.pricing.set_tiers(posted.pick.offer_id, terms.tiers)
    live = [other for other in beside if other.pick.state is PickState.LIVE]
    if is_lower:
        result = await _lower(uow, live, terms, by_id=by_id, now=now)
    else:
        result = await _keep(uow, live, old, terms, applies_to=applies_to, now=now)
    await _note(uow, beside, old, terms, applies_to=None if is_lower else applies_to, by_id=by_id, now=now)
    await uow.outbox.add_cards({other.id: other.group.chat_id for other in live}, now=now)
    return result


async def answer_price(
    uow: UnitOfWork, order_id: int, person_id: int, *, accepts: bool, now: datetime
) -> PriceQuestion:
    """A buyer agrees to a new price, or keeps hers; she may think better of it until the close.

    Raises ButtonOutdated where she is asked nothing, and PickClosed.
    """
    asked = await uow.pricing.find_asked(order_id)
    if asked is None or asked.person_id != person_id:
        raise ButtonOutdated
    posted = (await uow.picks.load([asked.pick_id], lock=True))[asked.pick_id]
    # What was read before the lock may have been answered, cancelled or closed since.
    asked = await uow.pricing.find_asked(order_id)
    if asked is None:
        raise ButtonOutdated
    if posted.pick.state is not PickState.LIVE or asked.state is not OrderState.PLACED:
        raise PickClosed(posted.pick.number)
    if asked.kept is not None:
        await uow.pricing.answer(order_id, accepted=accepts, now=now)
        asked = asked._replace(accepted=accepts, kept=None if accepts else asked.kept)
        if accepts:
            await uow.pricing.set_prices({order_id: posted.offer.price_amount}, by_id=person_id, now=now)
            await requote(uow, [order_id], now=now, anew=True)
            await uow.payments.settle_later([order_id], now=now)
    return await _question(uow, posted, asked)


async def find_question(uow: UnitOfWork, order_id: int) -> PriceQuestion | None:
    """What the buyer of an order is asked, as long as it can be answered."""
    asked = await uow.pricing.find_asked(order_id)
    return await _open_question(uow, asked)


async def find_question_of(uow: UnitOfWork, pick_id: int, person_id: int) -> PriceQuestion | None:
    """What a person is asked about her order on a pick, as long as it can be answered."""
    asked = await uow.pricing.find_asked_of(pick_id, person_id)
    return await _open_question(uow, asked)


async def offer_terms(uow: UnitOfWork, offer_id: int) -> Terms:
    """What an offer costs. Raises LookupError."""
    found = await uow.pricing.list_offers([offer_id])
    if offer_id not in found:
        raise LookupError(f"no offer {offer_id}")
    return _terms(found[offer_id])


async def prices_now(uow: UnitOfWork, orders: Mapping[int, int]) -> dict[int, int]:
    """What one piece of each order costs as things stand now: order -> offer in, order -> unit price out.

    For orders on live picks; what has closed stands in its lines.
    """
    offers = await uow.pricing.list_offers(set(orders.values()))
    kept = await uow.pricing.kept_by(list(orders)) if orders else {}
    in_teams = await uow.teams.prices(list(orders)) if orders else {}
    return {
        order_id: in_teams.get(order_id)
        or own_price(
            _terms(offers[offer_id]),
            Terms.read(kept[order_id]) if order_id in kept else None,
            offers[offer_id].sold,
        )
        for order_id, offer_id in orders.items()
    }


async def _locked(uow: UnitOfWork, pick_id: int) -> tuple[PostedPick, Sequence[PostedPick]]:
    beside = await uow.pricing.list_picks_beside(pick_id)
    locked = await uow.picks.load([pick.id for pick in beside] or [pick_id], lock=True)
    if pick_id not in locked:
        raise LookupError(f"no pick {pick_id}")
    return locked[pick_id], list(locked.values())


async def _lower(
    uow: UnitOfWork, live: Sequence[PostedPick], terms: Terms, *, by_id: int | None, now: datetime
) -> PriceChanged:
    keys = [posted.id for posted in live]
    kept = await uow.pricing.kept(keys)
    freed = [key for key, older in kept.items() if terms.never_dearer_than(Terms.read(older))]
    if freed:
        await uow.pricing.release(freed)
    still = set(kept) - set(freed)
    lowered = await uow.pricing.lower(keys, terms.price_amount, but=still, by_id=by_id, now=now)
    await requote(uow, lowered, now=now)
    await uow.payments.settle_later(lowered, now=now)
    return PriceChanged(changed=True, kept=len(still))


async def _keep(
    uow: UnitOfWork,
    live: Sequence[PostedPick],
    old: Terms,
    new: Terms,
    *,
    applies_to: NewPriceFor,
    now: datetime,
) -> PriceChanged:
    keys = [posted.id for posted in live]
    # The price in a team is its own, whatever becomes of the price alone.
    buyers = [buyer for buyer in await uow.pricing.list_buyers(keys) if buyer.team_id is None]
    kept = await uow.pricing.kept(keys)
    asks = applies_to is NewPriceFor.WHO_AGREES
    await uow.pricing.keep(
        {buyer.order_id: kept.get(buyer.order_id) or old.document() for buyer in buyers},
        unit_amount=new.price_amount,
        asked_at=now if asks else None,
    )
    if asks:
        await _ask(uow, live, buyers, now=now)
    return PriceChanged(changed=True, kept=len(buyers), asked=len(buyers) if asks else 0)


async def _ask(
    uow: UnitOfWork, live: Sequence[PostedPick], buyers: Iterable[Buyer], *, now: datetime
) -> None:
    """Each buyer in private; where that is shut, one line in the group has a door to the question."""
    shut: set[int] = set()
    for buyer in buyers:
        if not buyer.private_is_open:
            shut.add(buyer.pick_id)
            continue
        await uow.outbox.add(
            OutboxKind.PRICE_QUESTION,
            chat_id=buyer.person_id,
            subject_id=buyer.order_id,
            merge_key=f"price:{buyer.order_id}",
            priority=Priority.RECEIPT,
            now=now,
        )
    for posted in live:
        if posted.id in shut:
            await uow.outbox.add(
                OutboxKind.PRICE_NOTICE,
                chat_id=posted.group.chat_id,
                subject_id=posted.id,
                merge_key=f"prices:{posted.id}",
                priority=Priority.RECEIPT,
                now=now,
            )


async def _note(
    uow: UnitOfWork,
    beside: Iterable[PostedPick],
    old: Terms,
    new: Terms,
    *,
    applies_to: NewPriceFor | None,
    by_id: int | None,
    now: datetime,
) -> None:
    details = {"from": old.document(), "to": new.document(), "for": applies_to or "everybody"}
    for posted in beside:
        if posted.pick.state in _OPEN:
            await uow.audit.add(
                "price_changed",
                group_id=posted.pick.group_id,
                person_id=by_id,
                pick_id=posted.id,
                details={**details, "currency": posted.offer.currency},
                now=now,
            )


async def _open_question(uow: UnitOfWork, asked: Asked | None) -> PriceQuestion | None:
    if asked is None or asked.kept is None or asked.state is not OrderState.PLACED:
        return None
    posted = await uow.picks.get(asked.pick_id)
    return await _question(uow, posted, asked) if posted.pick.state is PickState.LIVE else None


async def _question(uow: UnitOfWork, posted: PostedPick, asked: Asked) -> PriceQuestion:
    return PriceQuestion(
        posted=posted,
        order_id=asked.order_id,
        person_id=asked.person_id,
        kept=Terms.read(asked.kept) if asked.kept else None,
        terms=await offer_terms(uow, posted.pick.offer_id),
        accepted=asked.accepted,
    )


def _terms(price: OfferPrice) -> Terms:
    tiers = tuple(TierPrice(*tier) for tier in price.tiers)
    return Terms(price_amount=price.price_amount, tiers=tiers)
