"""A fault at any statement, or after the commit, leaves money as it was; told again, all is well."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from bot.services.payments.charges import Charge, Recorded
from bot.services.payments.star_refunds import note_given_back, stars_gone_back, stars_not_given_back
from bot.shop import Shop
from storage.models import Payment
from storage.repositories.picks import PostedPick
from storage.states import PaymentMethod, PaymentStage, PaymentState, RefundStage
from tests.services.test_charges import (
    CARD,
    STARS,
    asked,
    balances,
    charge,
    invoice,
    payments,
    posted,
    refunds,
    states,
    told,
)

__all__ = ["posted"]

MOST = 200


class Interrupted(Exception):
    """The process might have died here."""


@contextmanager
def at_statement(shop: Shop, number: int) -> Iterator[None]:
    """The statement of this number, from now on, fails."""
    engine = shop.database.writer.engine if shop.database.writer else shop.database.write
    count = 0

    def interrupt(*_: Any) -> None:
        nonlocal count
        count += 1
        if count == number:
            raise Interrupted

    event.listen(engine.sync_engine, "before_cursor_execute", interrupt)
    try:
        yield
    finally:
        event.remove(engine.sync_engine, "before_cursor_execute", interrupt)


async def interrupted_everywhere(
    shop: Shop, deed: Callable[[], Awaitable[object]], unchanged: Callable[[], Awaitable[object]]
) -> int:
    """Do something that fails at its first statement, its second and so on, until it succeeds.

    Each failure must leave `unchanged` as it was. Returns how many there were.
    """
    before = await unchanged()
    for number in range(1, MOST):
        try:
            with at_statement(shop, number):
                await deed()
        except Interrupted:
            assert await unchanged() == before
        else:
            return number - 1
    raise AssertionError(f"it takes more than {MOST} statements")


async def the_books(shop: Shop, posted: PostedPick) -> object:
    """All that is known of money."""
    return (
        [(p.stage, p.amount, p.charge_id, p.receipt_number) for p in await payments(shop)],
        [(r.stage, r.amount, r.method) for r in await refunds(shop)],
        await balances(shop, posted),
        await states(shop, posted),
    )


@pytest.mark.parametrize("method", [CARD, STARS])
async def test_from_the_invoice_to_the_receipt(shop: Shop, posted: PostedPick, method: PaymentMethod) -> None:
    async def books() -> object:
        return await the_books(shop, posted)

    issued: list[Payment] = []

    async def issue() -> None:
        issued.append(await invoice(shop, posted, method))

    assert await interrupted_everywhere(shop, issue, books) > 3
    assert await interrupted_everywhere(shop, lambda: asked(shop, issued[-1]), books) > 3
    assert [payment.stage for payment in await payments(shop)] == [PaymentStage.PAYING]

    paid = charge(issued[-1])
    assert await interrupted_everywhere(shop, lambda: told(shop, paid), books) > 10
    [payment] = await payments(shop)
    assert (payment.stage, payment.receipt_number) == (PaymentStage.RECEIVED, 1)
    assert (await states(shop, posted))[1] is PaymentState.PAID
    after = await books()
    await told(shop, paid)
    assert await books() == after


@pytest.mark.parametrize("deed", ["gone", "refused", "noted"])
async def test_on_the_way_back(shop: Shop, posted: PostedPick, deed: str) -> None:
    async def books() -> object:
        return await the_books(shop, posted)

    issued = await invoice(shop, posted, STARS)
    await told(shop, charge(issued, 1))
    assert await interrupted_everywhere(shop, lambda: told(shop, charge(issued, 2)), books) > 10
    [refund] = await refunds(shop)

    async def answered() -> None:
        async with shop.writing() as uow:
            if deed == "gone":
                await stars_gone_back(uow, refund.id or 0, now=shop.now())
            elif deed == "refused":
                await stars_not_given_back(uow, refund.id or 0, "no", now=shop.now())
            else:
                await note_given_back(uow, "charge2", now=shop.now())

    assert await interrupted_everywhere(shop, answered, books) > 3
    [refund] = await refunds(shop)
    assert refund.stage is (RefundStage.DUE if deed == "refused" else RefundStage.DONE)
    after = await books()
    await answered()
    assert await books() == after


async def test_a_death_right_after_the_commit(shop: Shop, posted: PostedPick) -> None:
    async def dies(deed: Callable[[], Awaitable[object]]) -> None:
        def die() -> None:
            raise Interrupted

        shop.on_commit = die
        with pytest.raises(Interrupted):
            await deed()
        shop.on_commit = lambda: None

    issued = await invoice(shop, posted, STARS)
    await dies(lambda: asked(shop, issued))
    await asked(shop, issued)
    paid: Charge = charge(issued)
    await dies(lambda: told(shop, paid))
    after = await the_books(shop, posted)
    recorded: Recorded | None = await told(shop, paid)
    assert recorded is None
    assert await the_books(shop, posted) == after
    assert (await states(shop, posted))[1] is PaymentState.PAID
