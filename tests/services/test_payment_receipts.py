"""Receipts: their numbers have no gaps, and what they say stays as it was."""

import asyncio

import pytest

from bot.rules.orders import Ask
from bot.rules.pricing import terms_of
from bot.rules.receipts import ReceiptFacts
from bot.services.closing import close_pick
from bot.services.payments.receipts import find_receipt
from bot.services.payments.receiving import receive
from bot.services.payments.settlements import settle_orders
from bot.services.pricing import NewPriceFor, change_price
from bot.services.withdrawals import withdraw_pick
from bot.shop import Shop
from storage.models import Group, Payment, PaymentWay
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PaymentMethod, PaymentStage, PriceBasis
from tests.factories import make_group, make_person, make_pick, make_request

TIERS = {2: 1190, 5: 990}


async def keeps_money(shop: Shop, *, currency: str = "EUR") -> Group:
    group = await make_group(shop, currency=currency)
    async with shop.writing() as uow:
        for method, rate in ((PaymentMethod.TRANSFER, None), (PaymentMethod.STARS, 5)):
            way = PaymentWay(group_id=group.id or 0, method=method, stars_per_unit=rate)
            await uow.payments.save_way(way)
    return group


@pytest.fixture
async def posted(shop: Shop) -> PostedPick:
    return await make_pick(shop, group=await keeps_money(shop), tiers=TIERS)


async def orders(shop: Shop, posted: PostedPick, person: Seen, quantity: int) -> int:
    ask = Ask(action="change", items=((None, quantity),))
    await shop.orders.submit(make_request(posted, ask, person=person))
    async with shop.reading() as uow:
        [entry] = (await uow.orders.load({(posted.id, person.id)})).values()
    return entry.id


async def begins(
    shop: Shop,
    posted: PostedPick,
    order_id: int,
    person: Seen,
    amount: int,
    *,
    method: PaymentMethod = PaymentMethod.TRANSFER,
    stars: int | None = None,
) -> int:
    """A payment that was begun."""
    async with shop.writing() as uow:
        payment = await uow.payments.add(
            Payment(
                group_id=posted.pick.group_id,
                order_id=order_id,
                person_id=person.id,
                method=method,
                stage=PaymentStage.OPEN,
                amount=amount,
                currency=posted.offer.currency,
                charged_amount=stars,
                charged_currency="XTR" if stars else None,
                created_at=shop.now(),
            )
        )
    return payment.id or 0


async def comes_in(shop: Shop, payment_id: int, order_id: int) -> None:
    async with shop.writing() as uow:
        await uow.payments.money([order_id], lock=True)
        await receive(uow, await uow.payments.get(payment_id, lock=True), now=shop.now())


async def pays(shop: Shop, posted: PostedPick, order_id: int, person: Seen, amount: int) -> int:
    payment_id = await begins(shop, posted, order_id, person, amount)
    await comes_in(shop, payment_id, order_id)
    return payment_id


async def facts_of(shop: Shop, payment_id: int) -> ReceiptFacts:
    async with shop.reading() as uow:
        payment = await uow.payments.get(payment_id)
    assert payment.receipt is not None
    return ReceiptFacts.read(payment.receipt)


async def closes(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())
        await settle_orders(uow, await uow.payments.list_to_settle(limit=100), now=shop.now())


async def test_a_receipt_says_what_was_ordered_and_what_it_may_still_come_to(
    shop: Shop, posted: PostedPick
) -> None:
    ann = make_person()
    order_id = await orders(shop, posted, ann, 3)
    facts = await facts_of(shop, await pays(shop, posted, order_id, ann, 1290))

    assert [(line.quantity, line.unit_amount) for line in facts.lines] == [(3, 1290)]
    assert facts.price is not None
    assert (facts.price.basis, facts.price.may_fall) == (PriceBasis.PRICE, True)
    assert (facts.paid_amount, facts.outstanding_amount, facts.back_amount) == (1290, 2580, 0)


async def test_the_tier_reached_at_the_close_is_named(shop: Shop, posted: PostedPick) -> None:
    ann = make_person()
    order_id = await orders(shop, posted, ann, 3)
    await closes(shop, posted)
    facts = await facts_of(shop, await pays(shop, posted, order_id, ann, 4000))

    assert facts.price is not None
    assert facts.price._asdict() == {
        "basis": PriceBasis.TIER,
        "unit_amount": 1190,
        "full_amount": 1290,
        "from_quantity": 2,
        "may_fall": False,
    }
    assert (facts.paid_amount, facts.outstanding_amount, facts.back_amount) == (4000, 0, 430)


async def test_who_kept_an_older_price_reads_so(shop: Shop) -> None:
    posted = await make_pick(shop, group=await keeps_money(shop), price_amount=1290)
    ann = make_person()
    order_id = await orders(shop, posted, ann, 2)
    async with shop.writing() as uow:
        later = NewPriceFor.LATER_ORDERS
        await change_price(uow, posted.id, terms_of(1490), applies_to=later, by_id=None, now=shop.now())
    await closes(shop, posted)
    facts = await facts_of(shop, await pays(shop, posted, order_id, ann, 2580))

    assert facts.price is not None
    assert (facts.price.basis, facts.price.saved_amount) == (PriceBasis.KEPT, 200)


async def test_what_becomes_of_the_order_changes_no_receipt(shop: Shop, posted: PostedPick) -> None:
    ann = make_person()
    order_id = await orders(shop, posted, ann, 3)
    payment_id = await pays(shop, posted, order_id, ann, 3870)
    issued = await facts_of(shop, payment_id)

    await orders(shop, posted, ann, -1)
    async with shop.writing() as uow:
        await withdraw_pick(uow, posted.id, reason="bad honey", by_id=None, now=shop.now())
        await settle_orders(uow, [order_id], now=shop.now())

    assert await facts_of(shop, payment_id) == issued
    late = await facts_of(shop, await pays(shop, posted, order_id, ann, 500))
    assert (late.is_cancelled, late.lines, late.price, late.back_amount) == (True, (), None, 4370)


async def test_the_rate_of_stars_is_told_as_long_as_it_was_the_rate(shop: Shop) -> None:
    posted = await make_pick(shop, group=await keeps_money(shop))
    ann, ben = make_person(), make_person("Ben")
    for person, stars, rate in ((ann, 65, 5), (ben, 90, None)):
        order_id = await orders(shop, posted, person, 1)
        payment_id = await begins(
            shop, posted, order_id, person, 1290, method=PaymentMethod.STARS, stars=stars
        )
        await comes_in(shop, payment_id, order_id)
        assert (await facts_of(shop, payment_id)).stars_per_unit == rate


async def test_nobody_else_reads_a_receipt(shop: Shop, posted: PostedPick) -> None:
    ann, ben = make_person(), make_person("Ben")
    order_id = await orders(shop, posted, ann, 1)
    await orders(shop, posted, ben, 1)
    by_ann = await pays(shop, posted, order_id, ann, 2000)
    by_ben = await pays(shop, posted, order_id, ben, 1290)

    assert (await facts_of(shop, by_ann)).back_amount == 710
    assert (await facts_of(shop, by_ben)).back_amount == 1290, "what goes back to Ann is Ann's"
    assert not (await facts_of(shop, by_ben)).is_own
    async with shop.reading() as uow:
        assert await find_receipt(uow, by_ben, person_id=ben.id) is not None
        assert await find_receipt(uow, by_ben, person_id=ann.id) is not None, "it was paid for her order"
        assert await find_receipt(uow, by_ben, person_id=make_person("Eve").id) is None
        assert await find_receipt(uow, 10**9, person_id=ben.id) is None
    unpaid = await begins(shop, posted, order_id, ann, 1290)
    async with shop.reading() as uow:
        assert await find_receipt(uow, unpaid, person_id=ann.id) is None, "nothing came in"


async def test_numbers_have_no_gap_whoever_pays_at_once(shop: Shop, posted: PostedPick) -> None:
    people = [make_person(f"Buyer {n}") for n in range(12)]
    begun = []
    for person in people:
        order_id = await orders(shop, posted, person, 1)
        begun.append((await begins(shop, posted, order_id, person, 1290), order_id))

    async def comes_in_or_not(number: int, payment_id: int, order_id: int) -> None:
        if number % 3:
            await comes_in(shop, payment_id, order_id)
            return
        async with shop.writing() as uow:
            await receive(uow, await uow.payments.get(payment_id, lock=True), now=shop.now())
            raise ConnectionError("the machine went down before the commit")

    tries = [comes_in_or_not(n, *each) for n, each in enumerate(begun)]
    failed = [fault for fault in await asyncio.gather(*tries, return_exceptions=True) if fault]
    assert [type(fault) for fault in failed] == [ConnectionError] * 4
    for payment_id, order_id in begun[::3]:
        await comes_in(shop, payment_id, order_id)

    other = await make_pick(shop, group=await keeps_money(shop))
    order_id = await orders(shop, other, people[0], 1)
    elsewhere = await pays(shop, other, order_id, people[0], 1290)
    async with shop.reading() as uow:
        numbers = [(await uow.payments.get(payment_id)).receipt_number for payment_id, _ in begun]
        assert sorted(number or 0 for number in numbers) == list(range(1, 13))
        assert (await uow.payments.get(elsewhere)).receipt_number == 1, "each group counts its own"


async def test_a_receipt_is_on_its_way_to_who_paid(shop: Shop, posted: PostedPick) -> None:
    ann, ben = make_person(), make_person("Ben")
    order_id = await orders(shop, posted, ann, 1)
    await orders(shop, posted, ben, 1)
    payment_id = await pays(shop, posted, order_id, ben, 1290)
    async with shop.reading() as uow:
        due = await uow.outbox.list_due(now=shop.now(), limit=100)
    receipts = [entry for entry in due if entry.kind is OutboxKind.PAYMENT_RECEIPT]
    assert [(entry.chat_id, entry.subject_id) for entry in receipts] == [(ben.id, payment_id)]
