"""Whoever is forgotten is nowhere any more, and the books still balance."""

import asyncio
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import SQLModel

from bot.bookkeeping import audit_books
from bot.i18n import Translator
from bot.jobs.commissions import release_accrued
from bot.jobs.outbox import DatabaseOutbox
from bot.jobs.privacy import forget_asked, forget_gone
from bot.jobs.pruning import MOST_AT_ONCE, prune
from bot.rules import ledger
from bot.services.members import leave_group
from bot.services.payments.refunds import give_goodwill, tick_off
from bot.services.payouts.asking import ask_payout
from bot.services.privacy import ask_to_be_forgotten, losses_of, my_data
from bot.shop import Shop
from bot.telegram.parcels import Refusal
from bot.views.privacy_files import data_page, data_record
from storage.models import (
    Case,
    Commission,
    CouponGuess,
    Group,
    Order,
    OutboxEntry,
    Payment,
    Payout,
    Person,
    Touch,
)
from storage.personal import FAR_BELOW
from storage.repositories.ledger import AccountKey
from storage.repositories.members import Seen
from storage.states import (
    AccountKind,
    CaseKind,
    CaseStage,
    OrderState,
    OutboxKind,
    PaymentMethod,
    PayoutMethod,
    PayoutStage,
    Presence,
    RefundStage,
    TransactionKind,
)
from storage.tables import table
from tests.clock import Clock
from tests.factories import make_group, make_person, make_pick
from tests.services.everything import Everywhere, Search
from tests.services.money import make_paid_group, money_of, order_of, pays, refunds_of, settle_all
from tests.services.rewards import WEEK, gets, joins, make_plan, opens
from tests.services.rows import rows_of

SECRET = "my aunt's Konto DE02 1203"
ANN = Seen(id=8_123_456_789, name="Анна Жук", username="anna_zhuk", language="ru")
TRACES = Search(number=ANN.id, words=(ANN.name, "anna_zhuk", SECRET))


async def asks(shop: Shop, person: Seen = ANN) -> None:
    async with shop.writing() as uow:
        assert await ask_to_be_forgotten(uow, person.id, now=shop.now())


async def forgotten(shop: Shop) -> Person:
    """The only one who was forgotten."""
    [person] = [one for one in await rows_of(shop, Person) if one.erased_at is not None]
    return person


async def test_nothing_is_left_of_somebody_who_stands_everywhere(
    shop: Shop, clock: Clock, tmp_path: Path
) -> None:
    group = await make_group(shop)
    async with shop.writing() as uow:
        await uow.members.meet([ANN], now=shop.now())
        await uow.ledger.post(
            TransactionKind.CHARGE,
            ledger.charge(ANN.id, 1290, "EUR"),
            group_id=group.id or 0,
            by_id=ANN.id,
            note=SECRET,
            now=shop.now(),
        )
    async with shop.database.write.begin() as connection:
        await Everywhere(connection=connection, person=ANN, now=shop.now(), secret=SECRET).fill()
    keys = [key for of in SQLModel.metadata.sorted_tables for key in of.foreign_keys]
    named = {
        f"{key.parent.table.name}.{key.parent.name}" for key in keys if key.column.table.name == "person"
    }
    assert named <= set(await TRACES.tables(shop.database)), "she stands wherever anybody can"
    if shop.database.is_sqlite:
        assert TRACES.files(tmp_path)
    await asks(shop)
    assert await forget_asked(shop) == 0, "money that is on its way to her is waited for"
    clock.advance(shop.policy.kept.money_under_way)
    async with shop.reading() as uow:
        before = await audit_books(uow, now=shop.now())
    assert await forget_asked(shop) == 1

    assert await TRACES.tables(shop.database) == []
    if shop.database.is_sqlite:
        assert TRACES.files(tmp_path) == []
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == before.says
    left = await forgotten(shop)
    assert left.id < FAR_BELOW
    assert left.name.startswith("N. N. ")


async def test_the_books_of_somebody_who_is_forgotten_still_balance(shop: Shop, clock: Clock) -> None:
    group = await make_paid_group(shop)
    await make_plan(shop, group)
    ben = await joins(shop, group, make_person("Ben"))
    await joins(shop, group, ANN, by=ben)
    cleo = await joins(shop, group, make_person("Cleo"), by=ANN)
    tea = await make_pick(shop, group=group, title="Tea")
    await opens(shop, tea, cleo, of=ANN)
    hers, cleos = await order_of(shop, tea, ANN), await order_of(shop, tea, cleo, 3)
    await pays(shop, hers, ANN, 1290)
    await pays(shop, cleos, cleo, 3870)
    await gets(shop, tea, hers, cleos)
    clock.advance(WEEK)
    await release_accrued(shop)
    honey = await make_pick(shop, group=group)
    still_open = await order_of(shop, honey, ANN, 2)
    await pays(shop, still_open, ANN, 2580)
    await settle_all(shop)
    async with shop.writing() as uow:
        await ask_payout(
            uow, group.id or 0, ANN.id, "EUR", PayoutMethod.OWN_MEANS, details=SECRET, now=shop.now()
        )
        losses = await losses_of(uow, ANN.id)
        earned = await uow.ledger.balance(AccountKey(group.id or 0, ANN.id, AccountKind.EARNINGS, "EUR"))
    assert [(one.kind, one.money.amount) for one in losses.owed] == [(AccountKind.EARNINGS, 387)]
    assert [order.order_id for order in losses.cancelled] == [still_open]
    assert not losses.bound

    await asks(shop)
    assert await forget_asked(shop) == 0, "the order that was cancelled is still to be reckoned"
    await settle_all(shop)
    assert await forget_asked(shop) == 1

    left = await forgotten(shop)
    assert await TRACES.tables(shop.database) == []
    orders = {order.id: order for order in await rows_of(shop, Order)}
    assert orders[still_open].state is OrderState.CANCELLED
    assert {orders[hers].person_id, orders[still_open].person_id} == {left.id}
    [refund] = await refunds_of(shop, still_open)
    assert (refund.person_id, refund.stage) == (left.id, RefundStage.DUE), (
        "her curator sees what is owed back"
    )
    [payout] = await rows_of(shop, Payout)
    assert (payout.stage, payout.details) == (PayoutStage.WITHDRAWN, "")
    assert {one.earner_id for one in await rows_of(shop, Commission)} == {left.id, ben.id}
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []
        key = AccountKey(group.id or 0, left.id, AccountKind.EARNINGS, "EUR")
        assert await uow.ledger.balance(key) == earned
        member = await uow.members.find_member(group.id or 0, left.id)
        assert member is not None
        assert (member.presence, member.left_at) == (Presence.LEFT, None), "who is forgotten has not left"
        assert await uow.referrals.list_above(group.id or 0, cleo.id) == {left.id, ben.id}

    # She comes again, as anybody would.
    await joins(shop, group, ANN)
    again = await order_of(shop, honey, ANN)
    assert (await money_of(shop, again)).person_id == ANN.id
    async with shop.reading() as uow:
        assert await uow.ledger.balance(AccountKey(group.id or 0, ANN.id, AccountKind.EARNINGS, "EUR")) == 0


async def test_stars_that_telegram_can_bring_nobody_are_the_curators_to_give(
    shop: Shop, clock: Clock
) -> None:
    group = await make_paid_group(shop)
    tea, honey = await make_pick(shop, group=group, title="Tea"), await make_pick(shop, group=group)
    late, bound = await order_of(shop, tea, ANN), await order_of(shop, honey, ANN)
    for order_id in (late, bound):
        await pays(shop, order_id, ANN, 1290, method=PaymentMethod.STARS, stars=1000)
    await gets(shop, honey, bound)
    await asks(shop)
    await forget_asked(shop)
    await settle_all(shop)
    assert await forget_asked(shop) == 0, "Telegram is to give Stars back"
    clock.advance(shop.policy.kept.money_under_way)
    assert await forget_asked(shop) == 1
    async with shop.writing() as uow:
        await give_goodwill(uow, bound, None, reason="", by_id=group.owner_id or 0, now=shop.now())
    for order_id in (late, bound):
        [refund] = await refunds_of(shop, order_id)
        assert (refund.method, refund.stage) == (PaymentMethod.TRANSFER, RefundStage.DUE)
        async with shop.writing() as uow:
            await tick_off(uow, refund.id or 0, by_id=group.owner_id or 0, note="", now=shop.now())
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []


async def test_two_processes_forget_somebody_once(shop: Shop) -> None:
    await joins(shop, await make_group(shop), ANN)
    await asks(shop)
    assert sum(await asyncio.gather(forget_asked(shop), forget_asked(shop))) == 1
    await forgotten(shop)


async def test_she_is_shown_all_of_hers_and_nothing_of_others(shop: Shop) -> None:
    group = await make_group(shop)
    ben = make_person("Benedikt", username="benedikt_b")
    await joins(shop, group, ben)
    await joins(shop, group, ANN, by=ben)
    pick = await make_pick(shop, group=group)
    await opens(shop, pick, ANN, of=ben)
    await order_of(shop, pick, ANN)
    await order_of(shop, pick, ben)
    async with shop.writing() as uow:
        begun = {"person_id": ben.id, "words": SECRET, str(ANN.id): [str(ben.id)]}
        await uow.pickups.wait_for(ANN.id, "credit", begun, now=shop.now())
    async with shop.reading() as uow:
        data = await my_data(uow, ANN.id, now=shop.now())
    [order] = data.rows["orders"]
    assert (order["person_id"], order["recommender_id"]) == ("you", "somebody else")
    [referral] = data.rows["referral"]
    assert (referral["person_id"], referral["referrer_id"]) == ("you", "somebody else")
    [draft] = data.rows["draft"]
    assert draft["content"] == {"person_id": "somebody else", "words": SECRET, "you": ["somebody else"]}
    assert [line["quantity"] for line in data.rows["order_line"]] == [1]
    for file in (data_record(data), data_page(Translator("es"), data)):
        text = file.decode()
        assert "anna_zhuk" in text
        assert not {str(ben.id), "Benedikt", "benedikt_b"} & set(
            text.replace("<", " ").replace('"', " ").split()
        )


async def test_whose_account_is_no_more_is_forgotten_after_a_month(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    await joins(shop, group, ANN)
    async with shop.writing() as uow:
        await uow.members.open_private(ANN.id, is_open=True)
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=ANN.id, payload={"text": SECRET}, now=shop.now())
    outbox = DatabaseOutbox(shop)
    [parcel] = await outbox.take(now=shop.now(), limit=1, not_chats=(), full_chats=())
    await outbox.refused(parcel, error=Refusal(code=403, description="Forbidden: user is deactivated"))
    assert await forget_gone(shop) == 0
    clock.advance(shop.policy.kept.deleted_accounts)
    assert await forget_gone(shop) == 0, "to the day"
    clock.advance(timedelta(seconds=1))
    assert await forget_gone(shop) == 1
    assert await TRACES.tables(shop.database) == []
    assert not await rows_of(shop, OutboxEntry), "nobody reads a farewell"


async def test_whose_account_is_there_again_is_not_forgotten(shop: Shop) -> None:
    group = await make_group(shop)
    await joins(shop, group, ANN)
    for seen, is_gone in ((ANN._replace(name=str(ANN.id), username=None), True), (ANN, False)):
        async with shop.writing() as uow:
            await uow.privacy.note_deactivated(ANN.id, now=shop.now())
            await leave_group(uow, group.id or 0, seen, now=shop.now())
            assert ((await uow.members.get(ANN.id)).deactivated_at is not None) == is_gone, "who has no name"


async def test_who_owns_a_group_gives_it_away_first(shop: Shop) -> None:
    group = await make_group(shop, owner=ANN)
    async with shop.writing() as uow:
        assert not await ask_to_be_forgotten(uow, ANN.id, now=shop.now())
        assert (await losses_of(uow, ANN.id)).owned == [group.title]
        group.is_active = False
        await uow.groups.save(group)
        assert await ask_to_be_forgotten(uow, ANN.id, now=shop.now()), "nobody tells us of it any more"
    assert await forget_asked(shop) == 1
    assert (await rows_of(shop, Group))[0].owner_id is None


async def test_somebody_who_is_forgotten_is_told_nothing(shop: Shop) -> None:
    async with shop.writing() as uow:
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=FAR_BELOW - 5, payload={"text": "x"}, now=shop.now())
        await uow.outbox.add(
            OutboxKind.MESSAGE, chat_id=-1_001_234_567_890, payload={"text": "x"}, now=shop.now()
        )
    assert [one.chat_id for one in await rows_of(shop, OutboxEntry)] == [-1_001_234_567_890]


async def test_what_was_kept_long_enough_goes(shop: Shop, clock: Clock) -> None:
    group = await make_paid_group(shop)
    pick = await make_pick(shop, group=group)
    ben = await joins(shop, group, make_person("Ben"))
    await joins(shop, group, ANN)
    await opens(shop, pick, ANN, of=ben)
    order_id = await order_of(shop, pick, ANN)
    payment_id = await pays(shop, order_id, ANN, 1290)
    async with shop.writing() as uow:
        payment = await uow.payments.get(payment_id)
        payment.proof_file_id, payment.note = "a-photo", SECRET
        await uow.payments.save(payment)
    kept = shop.policy.kept
    assert kept.proofs is not None
    assert kept.visits is not None
    clock.advance(kept.proofs)
    await prune(shop)
    [payment] = await rows_of(shop, Payment)
    assert payment.proof_file_id == "a-photo", "to the day"
    clock.advance(timedelta(seconds=1))
    async with shop.writing() as uow:
        case = await uow.cases.save(
            Case(
                group_id=group.id or 0,
                pick_id=pick.id,
                order_id=order_id,
                person_id=ANN.id,
                kind=CaseKind.WRONG,
                stage=CaseStage.OPEN,
                opened_at=shop.now(),
            )
        )
    await prune(shop)
    [payment] = await rows_of(shop, Payment)
    assert payment.proof_file_id == "a-photo", "it may prove something"
    async with shop.writing() as uow:
        case.resolved_at = shop.now()
        await uow.cases.save(case)
    await prune(shop)
    [payment] = await rows_of(shop, Payment)
    assert (payment.proof_file_id, payment.note, payment.amount) == (None, "", 1290)
    assert len(await rows_of(shop, Touch)) == 1
    guesses = [{"person_id": ANN.id, "guessed_at": shop.now()}] * (MOST_AT_ONCE + 1)
    async with shop.database.write.begin() as connection:
        await connection.execute(insert(table(CouponGuess)), guesses)
    clock.advance(kept.visits + timedelta(seconds=1))
    await prune(shop)
    assert await rows_of(shop, Touch) == []
    assert await rows_of(shop, CouponGuess) == [], "in portions, but all of it"


async def test_others_order_and_pay_while_somebody_is_forgotten(shop: Shop) -> None:
    group = await make_paid_group(shop)
    pick = await make_pick(shop, group=group, stock=None)
    friends = [await joins(shop, group, make_person(f"Friend {n}")) for n in range(6)]
    await joins(shop, group, ANN)
    await order_of(shop, pick, ANN)
    await asks(shop)

    async def buys(person: Seen) -> None:
        for _ in range(3):
            await pays(shop, await order_of(shop, pick, person), person, 1290)

    async def forgets() -> None:
        while not await forget_asked(shop):
            await settle_all(shop)

    await asyncio.gather(forgets(), *map(buys, friends))
    await settle_all(shop)
    assert await TRACES.tables(shop.database) == []
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []
        posted = await uow.picks.get(pick.id)
    assert (posted.pick.quantity, posted.pick.order_count) == (18, 6)
