"""A sweep notices what looks odd about rewards, and a person decides; on both databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import SQLModel

from bot.flag_errors import FlagAboutYourself, FlagDecided
from bot.jobs.flags import look_for_abuse
from bot.rules.flags import MOST_GUESSES, PAYER_BUYERS
from bot.services.flags import settle_flag
from bot.shop import Shop
from storage.models import (
    AuditEntry,
    Commission,
    CouponGuess,
    Flag,
    Group,
    OutboxEntry,
    Payment,
    Plan,
    Promotion,
    Referral,
)
from storage.repositories.members import Seen
from storage.states import (
    CommissionSource,
    CommissionState,
    FlagKind,
    FlagOutcome,
    PaymentMethod,
    PaymentStage,
    PromotionKind,
    PromotionState,
    ReferralSource,
)
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_order, make_person, make_pick
from tests.services.rows import rows_of

BOSS_ID = 9_100_000_001


async def keep(shop: Shop, *rows: SQLModel) -> None:
    """Write rows as they are."""
    async with shop.writing() as uow:
        for row in rows:
            uow.flags._session.add(row)


@pytest.fixture
async def group(shop: Shop) -> Group:
    """A group that pays for recommendations; Mei, its owner, reads what the bot writes her."""
    group = await make_group(shop)
    plan = Plan(group_id=group.id or 0, first_bps=500, inviter_recommends=False, changed_at=shop.now())
    await keep(shop, plan)
    async with shop.writing() as uow:
        await uow.members.open_private(MEI_ID, is_open=True)
    return group


async def meet(shop: Shop, group: Group, *people: Seen) -> None:
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        await uow.members.enter(group.id or 0, [person.id for person in people], now=shop.now())


async def earns(
    shop: Shop, group: Group, earner: Seen, buyer: Seen, *, payer: Seen | None = None, orders: int = 1
) -> None:
    """Orders of one person that earn another a reward, paid by a third if one is named."""
    for _ in range(orders):
        posted = await make_pick(shop, group=group)
        await make_order(shop, pick=posted, person=buyer)
        async with shop.reading() as uow:
            order_id = (await uow.orders.load([(posted.id, buyer.id)]))[(posted.id, buyer.id)].id
        await keep(
            shop,
            Commission(
                order_id=order_id,
                level=1,
                group_id=group.id or 0,
                buyer_id=buyer.id,
                earner_id=earner.id,
                source=CommissionSource.OPENED,
                bps=500,
                return_days=7,
                currency="EUR",
                state=CommissionState.ACCRUED,
                expected_amount=64,
                frozen_at=shop.now(),
            ),
        )
        if payer is not None:
            await keep(
                shop,
                Payment(
                    group_id=group.id,
                    order_id=order_id,
                    person_id=payer.id,
                    method=PaymentMethod.TRANSFER,
                    stage=PaymentStage.RECEIVED,
                    amount=1290,
                    currency="EUR",
                    created_at=shop.now(),
                ),
            )


async def suspected(shop: Shop, group: Group, *people: Seen) -> set[int]:
    async with shop.reading() as uow:
        return await uow.flags.suspected(group.id or 0, {person.id for person in people})


async def told_to(shop: Shop, person_id: int) -> list[str]:
    rows = [row for row in await rows_of(shop, OutboxEntry) if row.chat_id == person_id]
    return [row.payload["text"] for row in rows if row.payload and "text" in row.payload]


async def decides(
    shop: Shop, flag: Flag, outcome: FlagOutcome, *, was: FlagOutcome | None = None, by_id: int = MEI_ID
) -> None:
    async with shop.writing() as uow:
        await settle_flag(uow, flag.id or 0, outcome, was=was, note="Why", by_id=by_id, now=shop.now())


async def test_a_pair_is_noticed_once_and_decided_for_both(shop: Shop, group: Group, clock: Clock) -> None:
    ann, ben, lin = make_person("Ann"), make_person("Ben"), make_person("Lin")
    await meet(shop, group, ann, ben, lin)
    await earns(shop, group, ann, ben, orders=2)
    await earns(shop, group, lin, rob := make_person("Rob"))
    assert await look_for_abuse(shop) == 0
    await earns(shop, group, ben, ann, orders=2)
    # Two processes look at the same time.
    assert sum(await asyncio.gather(look_for_abuse(shop), look_for_abuse(shop))) == 2
    assert await look_for_abuse(shop) == 0
    assert await suspected(shop, group, ann, ben, lin, rob) == {ann.id, ben.id}
    (notice,) = [text for text in await told_to(shop, MEI_ID) if "looks odd" in text]
    assert "1 thing about rewards in Honey friends looks odd" in notice, "the two are one matter"

    flags = await rows_of(shop, Flag)
    async with shop.reading() as uow:
        (listed,) = await uow.flags.list_open([group.id or 0], limit=9)
        assert await uow.flags.list_open([], limit=9) == []
        assert await uow.flags.count_open(None) == 1
    assert {listed.name, listed.other} == {"Ann", "Ben"}

    with pytest.raises(FlagAboutYourself):
        await decides(shop, flags[0], FlagOutcome.FINE, by_id=ben.id)
    await decides(shop, flags[1], FlagOutcome.WATCH)
    assert await suspected(shop, group, ann, ben) == set()
    with pytest.raises(FlagDecided):
        await decides(shop, flags[0], FlagOutcome.WITHHOLD)
    assert await look_for_abuse(shop) == 0, "nothing more has come to it"

    await earns(shop, group, ben, ann)
    clock.advance(timedelta(minutes=1))
    assert await look_for_abuse(shop) == 2, "who is watched is asked about again"
    again = (await rows_of(shop, Flag))[-1]
    assert again.evidence["orders"] == 5
    await decides(shop, again, FlagOutcome.WITHHOLD)
    async with shop.reading() as uow:
        assert await uow.flags.withheld(group.id or 0, [ann.id, ben.id, lin.id]) == {ann.id, ben.id}
    await earns(shop, group, ben, ann, orders=5)
    assert await look_for_abuse(shop) == 0, "there is nothing more to decide"
    await decides(shop, again, FlagOutcome.FINE, was=FlagOutcome.WITHHOLD)
    async with shop.reading() as uow:
        assert await uow.flags.withheld(group.id or 0, [ann.id, ben.id]) == set()
    acts = [row.details or {} for row in await rows_of(shop, AuditEntry) if row.action == "flag_settled"]
    assert [act["outcome"] for act in acts] == ["watch"] * 2 + ["withhold"] * 2 + ["fine"] * 2
    assert {act["person_id"] for act in acts} == {ann.id, ben.id}


async def test_who_pays_who_is_brought_and_who_guesses(shop: Shop, group: Group, clock: Clock) -> None:
    ann, purse, boss = make_person("Ann"), make_person("Purse"), make_person("Boss", person_id=BOSS_ID)
    buyers = [make_person(f"Buyer {n}") for n in range(12)]
    await meet(shop, group, ann, purse, *buyers)
    shop.admin_ids = frozenset({BOSS_ID})
    async with shop.writing() as uow:
        await uow.members.meet([boss], now=shop.now())
        await uow.members.open_private(BOSS_ID, is_open=True)
    await earns(shop, group, ann, buyers[0], payer=ann)
    for buyer in buyers[1:4]:
        await earns(shop, group, ann, buyer, payer=purse)
    referrals = [
        Referral(
            group_id=group.id or 0,
            person_id=buyer.id,
            referrer_id=ann.id,
            source=ReferralSource.INVITE_LINK,
            referred_at=shop.now() - timedelta(minutes=n),
        )
        for n, buyer in enumerate(buyers)
    ]
    code = Promotion(
        group_id=group.id,
        title="Spring",
        kind=PromotionKind.PERCENT,
        state=PromotionState.ACTIVE,
        currency="EUR",
        bps=1000,
        by_coupon=True,
        starts_at=shop.now(),
        created_at=shop.now(),
    )
    guesses = [CouponGuess(person_id=MEI_ID, guessed_at=shop.now()) for _ in range(MOST_GUESSES)]
    await keep(shop, *referrals, code, *guesses)

    assert await look_for_abuse(shop) == 4
    flags = {flag.kind: flag for flag in await rows_of(shop, Flag)}
    assert flags[FlagKind.SELF_REFERRAL].other_id == buyers[0].id
    payers = flags[FlagKind.ONE_PAYER]
    assert (payers.person_id, payers.other_id, payers.evidence["orders"]) == (ann.id, purse.id, 3)
    burst = flags[FlagKind.BURST].evidence
    assert (burst["brought"], burst["ordered"], burst["left"]) == (12, 4, 0)
    assert flags[FlagKind.COUPON_GUESSES].person_id == MEI_ID
    # Mei is in it herself, so those who run the bot hear of it.
    assert any("4 things" in text for text in await told_to(shop, BOSS_ID))
    assert not any("look odd" in text for text in await told_to(shop, MEI_ID))
    async with shop.reading() as uow:
        assert await uow.flag_facts.pending_amount(group.id or 0, ann.id) == 4 * 64

    # More evidence goes into the flag that is open.
    await earns(shop, group, ann, buyers[4], payer=purse)
    assert await look_for_abuse(shop) == 0
    flags = {flag.kind: flag for flag in await rows_of(shop, Flag)}
    assert len(flags) == 4
    assert flags[FlagKind.ONE_PAYER].evidence["weight"] == 4


async def test_an_owner_who_pays_for_many_is_not_asked_about_herself(shop: Shop, group: Group) -> None:
    ann, boss = make_person("Ann"), make_person("Boss", person_id=BOSS_ID)
    mei = make_person("Mei", person_id=MEI_ID)
    buyers = [make_person(f"Buyer {n}") for n in range(PAYER_BUYERS)]
    await meet(shop, group, ann, boss, *buyers)
    shop.admin_ids = frozenset({BOSS_ID})
    async with shop.writing() as uow:
        await uow.members.open_private(BOSS_ID, is_open=True)
    for buyer in buyers:
        await earns(shop, group, ann, buyer, payer=mei)

    assert await look_for_abuse(shop) == 1
    [flag] = await rows_of(shop, Flag)
    assert (flag.person_id, flag.other_id) == (ann.id, MEI_ID)
    assert any(" odd and wait" in text for text in await told_to(shop, BOSS_ID))
    assert not any(" odd and wait" in text for text in await told_to(shop, MEI_ID))
    with pytest.raises(FlagAboutYourself):
        await decides(shop, flag, FlagOutcome.FINE)
    await decides(shop, flag, FlagOutcome.FINE, by_id=BOSS_ID)


async def test_where_nothing_is_to_come_nobody_looks(shop: Shop, group: Group) -> None:
    ann, ben = make_person("Ann"), make_person("Ben")
    await meet(shop, group, ann, ben)
    await earns(shop, group, ann, ben, orders=2)
    await earns(shop, group, ben, ann, orders=2)
    async with shop.writing() as uow:
        for row in await rows_of(shop, Commission):
            row.state = CommissionState.VOID
            await uow.flags._session.merge(row)
    async with shop.reading() as uow:
        assert await uow.flag_facts.list_groups() == []
    assert await look_for_abuse(shop) == 0
