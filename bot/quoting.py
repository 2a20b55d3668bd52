"""Quoting orders: what promotions take off them is reckoned, written down and counted.

Locks are taken in the order pick, order, promotion: whoever calls has locked
the picks or the orders, and the promotions are locked here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.reckoning import reckon_later
from bot.rules.promotions import Basket, BasketLine, Chance, Discount, Held, Quote, left_of, quote
from storage.discounts import PromotionRule
from storage.models import Coupon
from storage.repositories.promotions import (
    OrderFacts,
    PromotionScope,
    RedeemedOrder,
    UseCount,
)
from storage.states import OrderState, PromotionKind
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class QuotedOrder:
    """An order with its quote, and what it was quoted from."""

    facts: OrderFacts
    quote: Quote
    basket: Basket
    chances: tuple[Chance, ...]
    #: By key, what the promotions are called.
    titles: Mapping[int, str]
    now: datetime

    def at(self, unit_amount: int) -> Quote:
        """The same order if a piece costs so much: as at the close, with what it has got and nothing new."""
        lines = tuple(BasketLine(line.quantity, unit_amount) for line in self.basket.lines)
        got = {
            one.promotion_id: Held(one.amount, one.quantity, one.coupon_id) for one in self.quote.discounts
        }
        chances = [
            replace(chance, held=got[chance.promotion_id], takes_new=False)
            for chance in self.chances
            if chance.promotion_id in got
        ]
        return quote(replace(self.basket, lines=lines), chances, now=self.now)


async def requote(
    uow: UnitOfWork, order_ids: Collection[int], *, now: datetime, anew: bool = False
) -> set[int]:
    """Quote orders anew whose lines, price or fee have changed; which of them have another discount now.

    An order keeps what it has of promotions, as far as they still fit it, and gets no more. `anew`: somebody
    decides about her order again, so that it may get all that is in force now. Once it does not stand open
    any more, that is only what comes of fetching it elsewhere. Orders in review are left as they are.
    """
    with_some = await uow.promotions.list_with(order_ids) if order_ids else set()
    reached = await uow.promotions.list_within_reach(order_ids) if anew and order_ids else set()
    keys = with_some | reached
    if not keys:
        return set()
    await uow.payments.lock(keys)
    before = await uow.promotions.redeemed(keys)
    await quote_orders(uow, dict.fromkeys(sorted(keys), anew), now=now)
    after = await uow.promotions.redeemed(keys)
    changed = {key for key in keys if before.get(key) != after.get(key)}
    if changed:
        await reckon_later(uow, changed, now=now)
    return changed


async def costs_by_quantity(
    uow: UnitOfWork, order_id: int, quantities: Iterable[int], unit_amount: int, *, now: datetime
) -> list[int]:
    """What an order, which is locked, would cost with so many pieces at this price; nothing is written."""
    facts = (await uow.promotions.facts([order_id]))[order_id]
    pool = await _read_pool(uow, {order_id: facts}, await uow.promotions.redeemed([order_id]))
    placed = facts._replace(state=OrderState.PLACED, lines=[(1, unit_amount)])
    seen = pool.quote(placed, is_anew=True, now=now)
    return [
        quote(
            replace(seen.basket, lines=(BasketLine(quantity, unit_amount),)), seen.chances, now=now
        ).total_amount
        for quantity in quantities
    ]


async def quote_orders(
    uow: UnitOfWork, orders: Mapping[int, bool], *, now: datetime
) -> dict[int, QuotedOrder]:
    """Quote these orders, one after the other as they come, and write down what each gets.

    Those that are to have all that is in force now are True; the others get no more than they have.
    """
    facts = await uow.promotions.facts(orders)
    held = await uow.promotions.redeemed(orders)
    pool = await _read_pool(uow, facts, held)
    quoted = {
        order_id: pool.quote(facts[order_id], is_anew=is_anew, now=now)
        for order_id, is_anew in orders.items()
        if order_id in facts and facts[order_id].state is not OrderState.NEEDS_REVIEW
    }
    await pool.write(uow, now=now)
    return quoted


async def _read_pool(
    uow: UnitOfWork, facts: Mapping[int, OrderFacts], held: Mapping[int, Mapping[int, RedeemedOrder]]
) -> "_Pool":
    groups = {one.group_id for one in facts.values()}
    people = {one.person_id for one in facts.values()}
    # From here on nobody else takes anything of these promotions.
    rules = await uow.promotions.list_holding(groups, redeemed_by=list(held), lock=True)
    limited = [key for key, rule in rules.items() if rule.uses_per_person is not None]
    by_code = [key for key, rule in rules.items() if rule.by_coupon]
    ordered: dict[tuple[int, int], set[int]] = {}
    if any(rule.first_order_only for rule in rules.values()):
        ordered = await uow.promotions.ordered_in(groups, people)
    # Of two that are quoted together, the one that has it is the first, else the first of them.
    first = {key for key, rule in rules.items() if rule.first_order_only}
    undecided = {
        key
        for key, one in facts.items()
        if one.state is not OrderState.NEEDS_REVIEW and not first & held.get(key, {}).keys()
    }
    for orders in ordered.values():
        orders.difference_update(undecided)
    return _Pool(
        rules=rules,
        scopes=await uow.promotions.scopes(rules),
        held={key: dict(of_order) for key, of_order in held.items()},
        used=await uow.promotions.used_by(limited, people) if limited else {},
        ordered=ordered,
        coupons=_by_promotion(await uow.coupons.in_hand(by_code, people) if by_code else []),
    )


def _by_promotion(in_hand: Iterable[tuple[int, Coupon]]) -> dict[tuple[int, int], list["_Code"]]:
    codes: dict[int, _Code] = {}
    found: dict[tuple[int, int], list[_Code]] = {}
    for person_id, coupon in in_hand:
        assert coupon.id is not None
        code = codes.setdefault(
            coupon.id,
            _Code(
                coupon_id=coupon.id,
                is_active=coupon.is_active,
                uses_limit=coupon.uses_limit,
                used_count=coupon.used_count,
            ),
        )
        found.setdefault((coupon.promotion_id, person_id), []).append(code)
    return found


@dataclass(kw_only=True, slots=True)
class _Code:
    """A code that somebody has entered, and how often it was used, moved along as orders use it."""

    coupon_id: int
    is_active: bool
    uses_limit: int | None
    used_count: int

    def is_open(self, *, by_this_order: bool) -> bool:
        used = self.used_count - by_this_order
        return self.is_active and (self.uses_limit is None or used < self.uses_limit)


class _Pool:
    """The promotions of some orders, locked, with what is left of them as each order takes its part."""

    def __init__(
        self,
        *,
        rules: dict[int, PromotionRule],
        scopes: Mapping[int, PromotionScope],
        held: dict[int, dict[int, RedeemedOrder]],
        used: dict[tuple[int, int], set[int]],
        ordered: dict[tuple[int, int], set[int]],
        coupons: Mapping[tuple[int, int], Sequence[_Code]],
    ) -> None:
        self._rules = rules
        self._scopes = scopes
        self._held = held
        self._used = used
        self._ordered = ordered
        self._coupons = coupons
        self._codes = {code.coupon_id: code for codes in coupons.values() for code in codes}
        self._shown = {key: _shown(rule) for key, rule in rules.items()}
        self._counts: dict[int, UseCount] = {}
        self._uses: dict[int, int] = {}
        self._redeemed: dict[tuple[int, int], RedeemedOrder] = {}
        self._given_up: set[tuple[int, int]] = set()

    def quote(self, facts: OrderFacts, *, is_anew: bool, now: datetime) -> QuotedOrder:
        """Quote an order, and take from the promotions what it gets."""
        basket = self._basket(facts)
        chances = tuple(self._chances(facts, is_anew=is_anew))
        quoted = quote(basket, chances, now=now)
        self._take(facts, {discount.promotion_id: discount for discount in quoted.discounts})
        if basket.quantity:
            self._ordered.setdefault((facts.group_id, facts.person_id), set()).add(facts.order_id)
        return QuotedOrder(
            facts=facts,
            quote=quoted,
            basket=basket,
            chances=chances,
            titles={key: rule.title for key, rule in self._rules.items()},
            now=now,
        )

    async def write(self, uow: UnitOfWork, *, now: datetime) -> None:
        """Write down what has changed; the counts move with it."""
        await uow.promotions.give_up(sorted(self._given_up))
        await uow.promotions.redeem(list(self._redeemed.values()), now=now)
        await uow.promotions.count(self._counts)
        await uow.coupons.count(self._uses)
        turned = {
            rule.group_id
            for key, rule in self._rules.items()
            if rule.group_id is not None and _shown(rule) != self._shown[key]
        }
        if turned:
            await uow.outbox.add_cards(await uow.promotions.live_cards(turned), now=now)

    def _basket(self, facts: OrderFacts) -> Basket:
        others = self._ordered.get((facts.group_id, facts.person_id), set())
        lines = () if facts.state is OrderState.CANCELLED else facts.lines
        return Basket(
            currency=facts.currency,
            offer_id=facts.offer_id,
            lines=tuple(BasketLine(*line) for line in lines),
            full_amount=facts.price_amount,
            fee_amount=facts.fee_amount if lines else 0,
            point_id=facts.point_id,
            is_first=not others - {facts.order_id},
        )

    def _chances(self, facts: OrderFacts, *, is_anew: bool) -> Iterable[Chance]:
        of_order = self._held.get(facts.order_id, {})
        for key, rule in self._rules.items():
            redeemed = of_order.get(key)
            is_here = self._is_in(rule, facts.group_id)
            if redeemed is None and not is_here:
                continue
            is_open = facts.state is OrderState.PLACED or rule.kind is PromotionKind.FREE_PICKUP
            others = self._used.get((key, facts.person_id), set()) - {facts.order_id}
            yield Chance(
                promotion_id=key,
                # As it stands now: the same order may be quoted once more, at another price.
                rule=replace(rule),
                offers=self._scopes[key].offers,
                points=self._scopes[key].points,
                held=None
                if redeemed is None
                else Held(redeemed.amount, redeemed.quantity, redeemed.coupon_id),
                coupon_id=self._coupon(key, facts.person_id, redeemed),
                used_by_person=len(others),
                takes_new=is_anew and is_here and is_open,
            )

    def _is_in(self, rule: PromotionRule, group_id: int) -> bool:
        return rule.in_all_groups or rule.group_id == group_id or group_id in self._scopes[rule.id].groups

    def _coupon(self, promotion_id: int, person_id: int, redeemed: RedeemedOrder | None) -> int | None:
        """The code that opens a promotion for her: the one that the order has used, else the first."""
        used = None if redeemed is None else redeemed.coupon_id
        codes = self._coupons.get((promotion_id, person_id), ())
        is_open = [code.coupon_id for code in codes if code.is_open(by_this_order=code.coupon_id == used)]
        return used if used in is_open else next(iter(is_open), None)

    def _take(self, facts: OrderFacts, discounts: Mapping[int, Discount]) -> None:
        of_order = self._held.setdefault(facts.order_id, {})
        for key in sorted({*of_order, *discounts}):
            before, discount = of_order.get(key), discounts.get(key)
            after = None
            if discount is not None:
                after = RedeemedOrder(
                    facts.order_id,
                    key,
                    facts.person_id,
                    discount.coupon_id,
                    discount.amount,
                    discount.quantity,
                )
            if before != after:
                self._move(facts, key, before, after)

    def _move(
        self, facts: OrderFacts, key: int, before: RedeemedOrder | None, after: RedeemedOrder | None
    ) -> None:
        of_order, rule = self._held[facts.order_id], self._rules[key]
        uses = (after is not None) - (before is not None)
        quantity = (after.quantity if after else 0) - (before.quantity if before else 0)
        amount = (after.amount if after else 0) - (before.amount if before else 0)
        rule.used_count += uses
        rule.used_quantity += quantity
        rule.spent_amount += amount
        count = self._counts.get(key, UseCount())
        self._counts[key] = UseCount(count.uses + uses, count.quantity + quantity, count.amount + amount)
        self._use(before and before.coupon_id, -1)
        self._use(after and after.coupon_id, 1)
        users = self._used.setdefault((key, facts.person_id), set())
        if after is None:
            del of_order[key]
            users.discard(facts.order_id)
            self._redeemed.pop((facts.order_id, key), None)
            self._given_up.add((facts.order_id, key))
        else:
            of_order[key] = after
            users.add(facts.order_id)
            self._redeemed[facts.order_id, key] = after

    def _use(self, coupon_id: int | None, change: int) -> None:
        if coupon_id is None:
            return
        self._uses[coupon_id] = self._uses.get(coupon_id, 0) + change
        if coupon_id in self._codes:
            self._codes[coupon_id].used_count += change


def _shown(rule: PromotionRule) -> tuple[int | None, int | None, bool]:
    """What cards tell of how much is left of a promotion."""
    left = left_of(rule)
    return left.uses, left.pieces, left.is_used_up
