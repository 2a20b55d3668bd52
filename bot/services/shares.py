"""Cards that members send on: made, searched, looked at, opened; and who is named as who told somebody."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import ButtonOutdated
from bot.money import Money
from bot.recall_errors import PickStopped
from bot.rules.plans import reward_for
from bot.rules.pricing import Terms, TierPrice
from bot.rules.shares import OnOffer, candidates, found, must_be_askable, must_be_nameable, new_token
from bot.share_errors import NothingToShare, ShareUnknown
from storage.models import Introduction, Plan
from storage.repositories.members import Seen
from storage.repositories.orders import OwnOrder
from storage.repositories.picks import PostedPick
from storage.repositories.shares import NewShare, SharedCard
from storage.states import PickState, Presence, ReferralSource, TouchSource
from storage.unit_of_work import UnitOfWork

TYPING_NAME = "who_told"
"""The step of a draft that waits for the name of whoever told somebody; it holds the order's key."""

MOST_FOUND = 20
MOST_CANDIDATES = 6
_MOST_SEARCHED = 200
_MOST_OPENED = 10


@dataclass(frozen=True, kw_only=True)
class CardToShare:
    """One member's own card of a pick, with what it shows; `earns` is about what she gets for one piece."""

    card: SharedCard
    posted: PostedPick
    sharer: str
    tiers: Sequence[TierPrice] = ()
    curator: str | None = None
    voucher: str | None = None
    earns: Money | None = None


@dataclass(frozen=True, kw_only=True)
class WhoTold:
    """What a member is asked about an order: whom she may mean, and who is known by now."""

    order: OwnOrder
    people: Sequence[tuple[int, str]]
    named: str | None = None


async def make_cards(
    uow: UnitOfWork, person: Seen, pick_ids: Collection[int], *, now: datetime
) -> Mapping[int, SharedCard]:
    """A member's own cards of these picks, by pick; those that she has not asked for yet are made."""
    await uow.members.meet([person], now=now)
    new = [NewShare(pick_id, person.id, new_token()) for pick_id in sorted(pick_ids)]
    cards = await uow.shares.keep(new, now=now)
    return {pick_id: card for (pick_id, _), card in cards.items()}


async def search_picks(uow: UnitOfWork, person_id: int, typed: str, *, now: datetime) -> list[int]:
    """The live picks of a person's groups that hold what she typed, the best first."""
    shareable = await uow.shares.list_shareable(person_id, now=now, limit=_MOST_SEARCHED)
    return found((OnOffer(**pick._asdict()) for pick in shareable), typed)[:MOST_FOUND]


async def read_cards(
    uow: UnitOfWork, cards: Collection[SharedCard], *, sharer: str | None = None
) -> list[CardToShare]:
    """What these cards show, in their order."""
    picks = await uow.picks.load({card.pick_id for card in cards})
    tiers = await uow.pricing.tiers({posted.pick.offer_id for posted in picks.values()})
    plans = await uow.plans.list_active({posted.pick.group_id for posted in picks.values()})
    shown = []
    for card in cards:
        posted = picks[card.pick_id]
        group_id = posted.pick.group_id
        of_offer = tuple(TierPrice(*tier) for tier in tiers.get(posted.pick.offer_id, ()))
        shown.append(
            CardToShare(
                card=card,
                posted=posted,
                sharer=sharer or await _name(uow, card.person_id) or "",
                tiers=of_offer,
                curator=await _name(uow, posted.pick.curator_id),
                voucher=await _name(uow, posted.pick.vouched_by_id),
                earns=earned_by_one(posted, of_offer, plans.get(group_id))
                if sharer or await _may_earn(uow, group_id, card.person_id)
                else None,
            )
        )
    return shown


def earned_by_one(posted: PostedPick, tiers: Sequence[TierPrice], plan: Plan | None) -> Money | None:
    """About what whoever recommends a pick gets for one piece at the price of now; None where nothing."""
    if plan is None or posted.pick.pays_no_commission or posted.offer.currency != posted.group.currency:
        return None
    terms = Terms(price_amount=posted.offer.price_amount, tiers=tuple(tiers))
    reward = reward_for(
        first_bps=plan.first_bps,
        second_bps=plan.second_bps,
        order_cap_amount=plan.order_cap_amount,
        inviter_recommends=plan.inviter_recommends,
        unit_amount=terms.price_at(sum(variant.sold for variant in posted.variants)),
        currency=posted.offer.currency,
    )
    if reward is None or reward.first_amount == 0:
        return None
    return Money(amount=reward.first_amount, currency=reward.currency)


async def card_of(uow: UnitOfWork, person: Seen, pick_id: int, *, now: datetime) -> CardToShare:
    """A member's own card of one pick. Raises ButtonOutdated, NothingToShare, PickStopped."""
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise ButtonOutdated
    is_open = posted.pick.state is PickState.LIVE and posted.pick.ended_at is None
    if not is_open or posted.pick.closes_at <= now:
        raise NothingToShare
    if posted.offer.stopped_at is not None:
        raise PickStopped(posted.pick.number)
    cards = await make_cards(uow, person, [pick_id], now=now)
    [shown] = await read_cards(uow, cards.values())
    return shown


async def count_sent(uow: UnitOfWork, token: str, *, person_id: int) -> None:
    """Telegram tells that somebody sent her card into a chat."""
    card = await uow.shares.find_by_token(token)
    if card is not None and card.person_id == person_id:
        await uow.shares.count_sent(card.id)


async def look_at(uow: UnitOfWork, card: SharedCard, person: Seen, *, now: datetime) -> None:
    """Somebody looked at a card where it was sent; whose own it is does not count."""
    if card.person_id != person.id:
        await uow.members.meet([person], now=now)
        await uow.shares.see(card.id, person.id, now=now)


async def find_card(uow: UnitOfWork, token: str) -> SharedCard:
    """The card that a link names. Raises ShareUnknown."""
    card = await uow.shares.find_by_token(token)
    if card is None:
        raise ShareUnknown
    return card


async def open_card(
    uow: UnitOfWork, posted: PostedPick, card: SharedCard, person: Seen, *, is_inside: bool, now: datetime
) -> None:
    """Somebody opened a card: it is the last that she opened, and whose it is introduces her to the group.

    One's own card counts for nothing.
    """
    await uow.members.meet([person], now=now)
    if card.person_id == person.id:
        return
    # In the order of `name_who_told`: she may do both at once.
    await uow.shares.touch(card.pick_id, person.id, card.person_id, source=TouchSource.OPENED, now=now)
    await uow.shares.open(card.id, person.id, now=now)
    sharer = await uow.members.find_member(posted.pick.group_id, card.person_id)
    if not is_inside and sharer is not None and sharer.presence is Presence.JOINED:
        await uow.referrals.introduce(
            Introduction(
                group_id=posted.pick.group_id,
                person_id=person.id,
                source=ReferralSource.START,
                referrer_id=card.person_id,
                introduced_at=now,
            )
        )


async def ask_who_told(uow: UnitOfWork, order_id: int, person_id: int) -> WhoTold:
    """Whom a member may name as who told her of what she ordered. Raises ButtonOutdated, OrderSettled."""
    order = await uow.orders.find_own(person_id, order_id)
    if order is None:
        raise ButtonOutdated
    must_be_askable(order.state)
    posted = await uow.picks.get(order.pick_id)
    group_id = posted.pick.group_id
    edge = await uow.referrals.find(group_id, person_id)
    perhaps = [
        *([edge.referrer_id] if edge is not None else []),
        *await uow.shares.list_sharers(posted.id, limit=_MOST_OPENED),
    ]
    likely = candidates(
        # Their names stood on their cards.
        await uow.shares.list_opened(posted.id, person_id, limit=_MOST_OPENED),
        [key for key in perhaps if await _may_be_named(uow, group_id, key)],
        [posted.pick.vouched_by_id] if posted.pick.vouched_by_id is not None else [],
        besides={person_id},
        most=MOST_CANDIDATES,
    )
    return WhoTold(
        order=order,
        people=[(key, name) for key in likely if (name := await _name(uow, key)) is not None],
        # Not whose card she opened: it may count no more, or not for what she had ordered by then.
        named=await _name(uow, await uow.shares.recommender_of(order_id)),
    )


async def name_who_told(
    uow: UnitOfWork, order_id: int, person_id: int, named_id: int, *, now: datetime
) -> OwnOrder:
    """A member says who told her, which counts before whatever she opened.

    Raises ButtonOutdated (also for somebody who was never in the group), NamedHerself, OrderSettled.
    """
    order = await uow.orders.find_own(person_id, order_id)
    if order is None:
        raise ButtonOutdated
    must_be_nameable(state=order.state, buyer_id=person_id, named_id=named_id)
    order, posted = await _locked(uow, order, person_id)
    if await uow.members.find_member(posted.pick.group_id, named_id) is None:
        raise ButtonOutdated
    await uow.shares.touch(posted.id, person_id, named_id, source=TouchSource.SAID, now=now)
    await uow.shares.name_recommender(order_id, named_id)
    await uow.shares.order([(posted.id, person_id, named_id)], now=now)
    return order


async def name_nobody(uow: UnitOfWork, order_id: int, person_id: int) -> None:
    """A member says that nobody told her, whatever she opened. Raises ButtonOutdated, OrderSettled."""
    order = await uow.orders.find_own(person_id, order_id)
    if order is None:
        raise ButtonOutdated
    must_be_askable(order.state)
    _, posted = await _locked(uow, order, person_id)
    await uow.shares.forget_touch(posted.id, person_id)
    await uow.shares.name_recommender(order_id, None)


async def _locked(uow: UnitOfWork, order: OwnOrder, person_id: int) -> tuple[OwnOrder, PostedPick]:
    """The same order with its pick locked. Raises OrderSettled."""
    posted = (await uow.picks.load([order.pick_id], lock=True))[order.pick_id]
    # What was read before the lock may have been cancelled since.
    found = await uow.orders.find_own(person_id, order.order_id)
    assert found is not None
    must_be_askable(found.state)
    return found, posted


async def _may_earn(uow: UnitOfWork, group_id: int, person_id: int) -> bool:
    """Whether somebody gets anything for what she recommended: nobody who is gone for good."""
    person, member = await uow.members.find(person_id), await uow.members.find_member(group_id, person_id)
    is_gone = person is None or person.erased_at is not None
    return not is_gone and not (member is not None and member.is_banned)


async def _may_be_named(uow: UnitOfWork, group_id: int, person_id: int) -> bool:
    """Whether others may learn that somebody brought or shared: not if she left or hides her name."""
    person, member = await uow.members.find(person_id), await uow.members.find_member(group_id, person_id)
    is_in = member is not None and member.presence is Presence.JOINED
    return is_in and person is not None and not person.hides_name


async def _name(uow: UnitOfWork, person_id: int | None) -> str | None:
    person = await uow.members.find(person_id) if person_id is not None else None
    return person.name if person is not None and person.erased_at is None else None
