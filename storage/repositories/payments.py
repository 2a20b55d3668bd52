"""Ways to pay, payments, and what each order has to do with money."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import case, delete, func, insert, literal, union_all, update
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.goodwill import given_by_word
from storage.locking import locked
from storage.models import (
    Case,
    Discrepancy,
    Group,
    Offer,
    Order,
    OrderEvent,
    OrderLine,
    Payment,
    PaymentWay,
    Pick,
    Promotion,
    Redemption,
    Refund,
    Settlement,
)
from storage.states import (
    FulfilmentState,
    OrderEventKind,
    OrderState,
    PaymentMethod,
    PaymentStage,
    PaymentState,
    PromotionKind,
    RefundReason,
    RefundStage,
)
from storage.tables import table, upsert


class OrderMoney(NamedTuple):
    """All that is known of one order's money, in minor units of its currency."""

    order_id: int
    number: int
    group_id: int
    pick_id: int
    person_id: int
    currency: str
    order_state: OrderState
    payment_state: PaymentState
    fulfilment_state: FulfilmentState
    #: What its lines come to; before the close, what they come to at most.
    lines_amount: int
    #: What was received for it, by whatever way.
    received_amount: int
    #: What was claimed to be paid, and waits for the curator's word.
    claimed_amount: int
    #: What was paid back.
    refunded_amount: int
    #: What is to be paid back and was not yet.
    refund_due_amount: int
    #: What was given back for good will: so much less does the order cost.
    goodwill_amount: int
    #: Whether its group keeps its money here, and did as its pick closed.
    is_tracked: bool
    #: What fetching it costs, after what promotions take off that.
    fee_amount: int = 0
    #: What promotions take off its goods.
    discount_amount: int = 0


class PaymentRepository:
    """Ways to pay, payments, discrepancies, and the list of orders to be reckoned anew."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_ways(self, group_id: int, *, active_only: bool = True) -> Sequence[PaymentWay]:
        """A group's ways to pay."""
        query = select(PaymentWay).where(col(PaymentWay.group_id) == group_id)
        if active_only:
            query = query.where(col(PaymentWay.is_active))
        order = list(PaymentMethod)
        return sorted((await self._session.exec(query)).all(), key=lambda way: order.index(way.method))

    async def save_way(self, way: PaymentWay) -> None:
        """Keep a way to pay, new or changed."""
        await self._session.merge(way)
        await self._session.flush()

    async def add(self, payment: Payment) -> Payment:
        """Keep a new payment; gives it its key."""
        self._session.add(payment)
        await self._session.flush()
        return payment

    async def save(self, payment: Payment) -> None:
        """Keep what was changed of a payment."""
        self._session.add(payment)
        await self._session.flush()

    async def get(self, payment_id: int, *, lock: bool = False) -> Payment:
        """The payment with this key; locked, nobody else changes it before the commit. Raises LookupError."""
        query = select(Payment).where(col(Payment.id) == payment_id)
        found = (await self._session.exec(locked(query, key_share=True) if lock else query)).first()
        if found is None:
            raise LookupError(f"no payment {payment_id}")
        return found

    async def find_by_token(self, token: str) -> Payment | None:
        """The payment whose invoice bears this payload."""
        query = select(Payment).where(col(Payment.token) == token)
        return (await self._session.exec(query)).first()

    async def find_by_charge(self, provider: str, charge_id: str) -> Payment | None:
        """The payment that a provider knows by this charge."""
        query = select(Payment).where(col(Payment.provider) == provider, col(Payment.charge_id) == charge_id)
        return (await self._session.exec(query)).first()

    async def known_charges(self, provider: str, charge_ids: Collection[str]) -> set[str]:
        """Which of these charges of a provider are recorded."""
        payment = table(Payment)
        query = core_select(payment.c.charge_id).where(
            payment.c.provider == provider, payment.c.charge_id.in_(charge_ids)
        )
        return set((await (await self._session.connection()).execute(query)).scalars())

    async def charges_given_back(self, provider: str, charge_ids: Collection[str]) -> set[str]:
        """Which of these charges of a provider have gone back by it."""
        payment, refund = table(Payment), table(Refund)
        query = (
            core_select(payment.c.charge_id)
            .join(refund, refund.c.payment_id == payment.c.id)
            .where(payment.c.provider == provider, payment.c.charge_id.in_(charge_ids))
            .where(refund.c.stage == RefundStage.DONE, refund.c.method == payment.c.method)
        )
        return set((await (await self._session.connection()).execute(query)).scalars())

    async def kept_since(self) -> datetime | None:
        """Since when this database has known any group."""
        since: datetime | None = await self._session.scalar(core_select(func.min(table(Group).c.created_at)))
        return since

    async def list_of_order(self, order_id: int) -> Sequence[Payment]:
        """All payments of an order, the first first."""
        query = select(Payment).where(col(Payment.order_id) == order_id).order_by(col(Payment.id))
        return (await self._session.exec(query)).all()

    async def next_receipt_number(self, group_id: int) -> int:
        """The number of a group's next receipt, which is taken with it."""
        group = table(Group)
        query = (
            update(group)
            .where(group.c.id == group_id)
            .values(next_receipt_number=group.c.next_receipt_number + 1)
            .returning(group.c.next_receipt_number)
        )
        return int((await (await self._session.connection()).execute(query)).scalar_one()) - 1

    async def lock(self, order_ids: Collection[int]) -> None:
        """Keep everybody else from changing these orders and their money before the commit."""
        if not order_ids:
            return
        order = table(Order)
        query = core_select(order.c.id).where(order.c.id.in_(sorted(set(order_ids)))).order_by(order.c.id)
        await (await self._session.connection()).execute(query.with_for_update())

    async def lock_free(self, order_ids: Collection[int]) -> list[int]:
        """The same of those of these orders that nobody else has locked, without waiting; returns them."""
        order = table(Order)
        query = core_select(order.c.id).where(order.c.id.in_(sorted(set(order_ids)))).order_by(order.c.id)
        found = await (await self._session.connection()).execute(query.with_for_update(skip_locked=True))
        return list(found.scalars())

    async def money(self, order_ids: Collection[int], *, lock: bool = False) -> dict[int, OrderMoney]:
        """What is known of these orders' money; locked, nobody else changes it before the commit."""
        keys = sorted(set(order_ids))
        if not keys:
            return {}
        if lock:
            await self.lock(keys)
        order = table(Order)
        connection = await self._session.connection()
        line, pick, offer, way = table(OrderLine), table(Pick), table(Offer), table(PaymentWay)
        group = table(Group)
        lines = (
            core_select(func.coalesce(func.sum(line.c.quantity * line.c.unit_amount), 0))
            .where(line.c.order_id == order.c.id)
            .scalar_subquery()
        )
        takes = core_select(way.c.group_id).where(way.c.group_id == pick.c.group_id, way.c.is_active).exists()
        # What had closed before the group took to keeping its money here was paid without us.
        before = (
            pick.c.closed_at
            < core_select(group.c.payments_since).where(group.c.id == pick.c.group_id).scalar_subquery()
        )
        tracked = takes & ~func.coalesce(before, False)
        query = (
            core_select(
                order.c.id,
                order.c.number,
                pick.c.group_id,
                order.c.pick_id,
                order.c.person_id,
                offer.c.currency,
                order.c.state,
                order.c.payment_state,
                order.c.fulfilment_state,
                lines,
                tracked,
                order.c.fee_amount,
                _off(order.c.id, of_fee=True),
                _off(order.c.id, of_fee=False),
            )
            .join(pick, pick.c.id == order.c.pick_id)
            .join(offer, offer.c.id == pick.c.offer_id)
            .where(order.c.id.in_(keys))
            .order_by(order.c.id)
        )
        rows = list(await connection.execute(query))
        paid = await self._paid(keys)
        back = await self._back(keys)
        return {
            row[0]: OrderMoney(
                *row[:9],
                int(row[9]),
                *paid.get(row[0], (0, 0)),
                *back.get(row[0], (0, 0, 0)),
                bool(row[10]),
                int(row[11]) - int(row[12]),
                int(row[13]),
            )
            for row in rows
        }

    async def set_payment_states(self, states: dict[int, PaymentState]) -> None:
        """Give these orders these payment states."""
        order = table(Order)
        connection = await self._session.connection()
        for order_id, state in sorted(states.items()):
            await connection.execute(update(order).where(order.c.id == order_id).values(payment_state=state))

    async def settle_later(self, order_ids: Collection[int], *, now: datetime) -> None:
        """Have the money of these orders reckoned anew."""
        if not order_ids:
            return
        rows = [{"order_id": order_id, "asked_at": now} for order_id in sorted(set(order_ids))]
        statement = upsert(self._session, Settlement)
        # Written even where it stands: whoever is reckoning it now must wait for us, or we for her. But since
        # when it is asked for stays, or what cannot be reckoned would never be late.
        statement = statement.on_conflict_do_update(
            index_elements=["order_id"], set_={"asked_at": table(Settlement).c.asked_at}
        )
        await (await self._session.connection()).execute(statement, rows)

    async def settle_pick_later(self, pick_id: int, *, now: datetime) -> None:
        """Have the money of all orders of a pick reckoned anew, where its group keeps any here."""
        order, pick, way = table(Order), table(Pick), table(PaymentWay)
        keeps = core_select(way.c.group_id).where(way.c.group_id == pick.c.group_id).exists()
        chosen = (
            core_select(order.c.id)
            .join(pick, pick.c.id == order.c.pick_id)
            .where(order.c.pick_id == pick_id, keeps)
            .order_by(order.c.id)
        )
        found = (await (await self._session.connection()).execute(chosen)).scalars().all()
        await self.settle_later(found, now=now)

    async def list_to_settle(self, *, limit: int, skip: int = 0) -> list[int]:
        """The orders whose money is to be reckoned anew, the longest asked for first, but for so many."""
        settlement = table(Settlement)
        query = (
            core_select(settlement.c.order_id)
            .order_by(settlement.c.asked_at, settlement.c.order_id)
            .limit(limit)
            .offset(skip)
        )
        return list((await (await self._session.connection()).execute(query)).scalars())

    async def settled(self, order_ids: Collection[int]) -> None:
        """These locked orders are reckoned from here on: what is asked for later is asked anew."""
        settlement = table(Settlement)
        await (await self._session.connection()).execute(
            delete(settlement).where(settlement.c.order_id.in_(list(order_ids)))
        )

    async def open_discrepancy(self, discrepancy: Discrepancy) -> bool:
        """Write down that something does not fit, once for each merge key; whether it is new.

        Its order, if it has one, waits in review from here on.
        """
        fields = discrepancy.model_dump(exclude={"id"})
        statement = upsert(self._session, Discrepancy).values(**fields).on_conflict_do_nothing()
        connection = await self._session.connection()
        if not (await connection.execute(statement)).rowcount:
            return False
        if discrepancy.order_id is not None:
            order = table(Order)
            await connection.execute(
                update(order).where(order.c.id == discrepancy.order_id).values(state=OrderState.NEEDS_REVIEW)
            )
            await connection.execute(
                insert(table(OrderEvent)).values(
                    order_id=discrepancy.order_id,
                    kind=OrderEventKind.REVIEW_OPENED,
                    changes={},
                    happened_at=discrepancy.opened_at,
                )
            )
        return True

    async def _paid(self, keys: Sequence[int]) -> dict[int, tuple[int, int]]:
        payment = table(Payment)

        def total(stage: PaymentStage) -> Any:
            return func.coalesce(func.sum(case((payment.c.stage == stage, payment.c.amount), else_=0)), 0)

        query = (
            core_select(payment.c.order_id, total(PaymentStage.RECEIVED), total(PaymentStage.CLAIMED))
            .where(payment.c.order_id.in_(keys))
            .group_by(payment.c.order_id)
        )
        rows = await (await self._session.connection()).execute(query)
        return {order_id: (int(received), int(claimed)) for order_id, received, claimed in rows}

    async def _back(self, keys: Sequence[int]) -> dict[int, tuple[int, int, int]]:
        refund, settled = table(Refund), table(Case)

        def only(condition: Any) -> Any:
            return case((condition, refund.c.amount), else_=0)

        is_done = refund.c.stage == RefundStage.DONE
        kept = core_select(
            refund.c.order_id,
            only(is_done).label("done"),
            only(~is_done).label("due"),
            only(refund.c.reason == RefundReason.GOODWILL).label("goodwill"),
        ).where(refund.c.order_id.in_(keys))
        # What a group that keeps no money here gave back by its own hand makes the order as much cheaper.
        by_word = core_select(settled.c.order_id, literal(0), literal(0), settled.c.offered_amount).where(
            settled.c.order_id.in_(keys), given_by_word()
        )
        each = union_all(kept, by_word).subquery()
        query = core_select(
            each.c.order_id, func.sum(each.c.done), func.sum(each.c.due), func.sum(each.c.goodwill)
        ).group_by(each.c.order_id)
        rows = await (await self._session.connection()).execute(query)
        return {order_id: (int(done), int(due), int(goodwill)) for order_id, done, due, goodwill in rows}


def _off(order_id: Any, *, of_fee: bool) -> Any:
    """What promotions take off the goods of an order, or off what fetching them costs."""
    redemption, promotion = table(Redemption), table(Promotion)
    is_of_fee = promotion.c.kind == PromotionKind.FREE_PICKUP
    return (
        core_select(func.coalesce(func.sum(redemption.c.amount), 0))
        .join(promotion, promotion.c.id == redemption.c.promotion_id)
        .where(redemption.c.order_id == order_id, is_of_fee if of_fee else ~is_of_fee)
        .scalar_subquery()
    )
