"""Promotions are made in private, step by step; members see them once they are launched."""

import io
from datetime import timedelta

import openpyxl

from bot.i18n import Translator
from bot.jobs.promotions import turn_promotions
from bot.money import Money
from bot.promotion_errors import (
    BudgetBelowSpent,
    CodeTaken,
    CodeUnfit,
    FlashPriceTooHigh,
    FriendsNeedCredit,
    NotTheOwner,
    PercentUnreadable,
    PromotionIncomplete,
    PromotionOver,
)
from bot.rules.promotion_drafts import PromotionStep
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Coupon, Promotion, PromotionGroup, PromotionOffer
from storage.states import PromotionKind, PromotionState
from tests.scenarios.goods import last
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, taps

EN = Translator("en")


async def walks(friends: Circle, person: Person, *ways: str) -> SeenMessage:
    """Tap these buttons one after the other on whatever the bot shows last ("»" writes instead)."""
    for way in ways:
        if way.startswith("»"):
            await person.says(way[1:].strip(), to=friends.house.account)
            await friends.house.settles()
        else:
            await taps(friends, person, way, last(friends, person))
    return last(friends, person)


async def stored(friends: Circle) -> Promotion:
    """The promotion that was made last."""
    return (await friends.house.rows(Promotion))[-1]


async def test_an_owner_makes_a_promotion_and_rules_it(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await friends.offers()
    shown = await asks(friends, mei, "/promotions")
    assert "There are none yet." in shown.text
    asked = await walks(friends, mei, "New promotion")
    assert "What shall the promotion give?" in asked.text
    asked = await walks(friends, mei, "Percent off", "» lots")
    assert asked.text == refusal(EN, PercentUnreadable("lots"))
    await mei.says("12,5 %", to=house.account)
    await house.settles()
    asked = last(friends, mei)
    assert "What is it called?" in asked.text
    assert ["12.5% off"] in [list(row) for row in asked.buttons]
    asked = await walks(friends, mei, "» Summer", "It holds by itself", "» 50", "7 days")
    assert "Nothing is missing" in asked.text
    assert "Budget: €50.00" in asked.text
    assert "It costs €50.00 at most." in asked.text
    assert await house.rows(Promotion) == []

    asked = await walks(friends, mei, "From how many", "» 2", "Launch")
    assert "Launch it?" in asked.text
    assert "From how many: 2" in asked.text
    page = await walks(friends, mei, "Yes, launch it")
    made = await stored(friends)
    assert (made.kind, made.bps, made.title) == (PromotionKind.PERCENT, 1250, "Summer")
    assert made.budget_amount == 5000
    assert made.minimum_quantity == 2
    assert made.group_id is not None
    assert made.state is PromotionState.ACTIVE
    assert made.ends_at == made.starts_at + timedelta(days=7)
    assert "State: runs" in page.text
    assert "Given away: €0.00 of €50.00" in page.text

    page = await walks(friends, mei, "Pause")
    assert "State: paused" in page.text
    page = await walks(friends, mei, "Go on", "Change")
    assert "Nothing changes before you save it." in page.text
    # What it gives has begun to be promised, so only its title, its end and its bounds are left.
    assert not any("How much" in text for row in page.buttons for text in row)
    asked = await walks(friends, mei, "Budget", "» 80.00", "Title", "» Late summer", "Save the changes")
    assert "Shall this hold from now on?" in asked.text
    page = await walks(friends, mei, "Yes, save it")
    made = await stored(friends)
    assert (made.budget_amount, made.title, made.bps) == (8000, "Late summer", 1250)

    asked = await walks(friends, mei, "End it")
    assert "for good?" in asked.text
    page = await walks(friends, mei, "Yes, end it")
    assert "State: over" in page.text
    assert not any("Change" in row for row in page.buttons)
    assert (await stored(friends)).state is PromotionState.ENDED
    done = [act.action for act in await house.rows(AuditEntry) if act.action.startswith("promotion")]
    assert done == [
        "promotion_launched",
        "promotion_paused",
        "promotion_resumed",
        "promotion_changed",
        "promotion_ended",
    ]
    log = await asks(friends, mei, "/audit")
    assert "ended the promotion Late summer" in log.text


async def test_only_the_owner_makes_them_and_in_the_group_the_door_is_shown(friends: Circle) -> None:
    house, mei, ann = friends.house, friends.mei, friends.ann
    assert "You lead no group" in (await asks(friends, ann, "/promotions")).text
    await mei.says("/promotions", in_=friends.group)
    await house.settles()
    assert "Promotions in Honey friends" in last(friends, mei).text
    async with house.parts.shop.reading() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
    assert group is not None
    await ann.says(f"/start promotions_{group.id}", to=house.account)
    await house.settles()
    assert last(friends, ann).text == refusal(EN, NotTheOwner())


async def test_a_flash_price_is_for_goods_and_a_free_friend_needs_credit(friends: Circle) -> None:
    mei = friends.mei
    await friends.offers("12.90 Yunnan honey | 20 jars | till 20:00")
    await friends.offers("8.00 Green tea | 20 | till 20:00")
    await asks(friends, mei, "/promotions")
    asked = await walks(friends, mei, "New promotion", "Flash price", "» 9.90")
    assert "Green tea" in [text for row in asked.buttons for text in row]
    asked = await walks(friends, mei, "» honey")
    assert "Looking for: honey" in asked.text
    assert not any("Green tea" in row for row in asked.buttons)
    await walks(friends, mei, "Yunnan honey", "Next", "» 5", "€9.90 a piece")
    asked = await walks(friends, mei, "Overview")
    assert "How many pieces: 5" in asked.text
    await walks(friends, mei, "For which goods", "Green tea", "Overview")
    toast = await taps(friends, mei, "Launch", last(friends, mei))
    assert toast == refusal(EN, FlashPriceTooHigh("Green tea", Money(amount=800, currency="EUR")))
    await walks(friends, mei, "For which goods", "✓ Green tea", "Overview", "Launch", "Yes, launch it")
    made = await stored(friends)
    assert (made.unit_amount, made.quantity_limit) == (990, 5)
    assert len(await friends.house.rows(PromotionOffer)) == 1

    await asks(friends, mei, "/promotions")
    await walks(friends, mei, "New promotion", "Bring a friend", "» 5", "» Come along", "» 100", "30 days")
    toast = await taps(friends, mei, "Launch", last(friends, mei))
    assert toast == refusal(EN, FriendsNeedCredit())[:200]
    await asks(friends, mei, "/promotions")
    asked = await walks(friends, mei, "New promotion")
    assert "half made: Come along" in asked.text
    asked = await walks(friends, mei, "Begin anew", "Overview")
    assert refusal(EN, PromotionIncomplete((PromotionStep.KIND, PromotionStep.TITLE))).startswith("Before")
    assert "Still missing: What kind, Title" in asked.text


async def test_whoever_runs_the_bot_makes_codes_across_groups(friends: Circle) -> None:
    house, lin = friends.house, friends.mei
    shop = house.parts.shop
    shop.admin_ids = frozenset({lin.id})
    await friends.offers()
    await asks(friends, lin, "/promotions")
    asked = await walks(friends, lin, "Across groups", "New promotion", "An amount off", "EUR")
    assert "In which groups" in asked.text
    await walks(friends, lin, "Honey friends", "Next", "» 3", "» Welcome", "Only with a code", "» 30", "Skip")
    page = await walks(friends, lin, "Launch", "Yes, launch it")
    assert "It has no codes yet" in page.text
    assert len(await house.rows(PromotionGroup)) == 1
    page = await walks(friends, lin, "Codes", "50 single codes")
    assert "50 single codes, 0 of them used" in page.text
    await taps(friends, lin, "A common code", page)
    assert (await asks(friends, lin, "?!")).text == refusal(EN, CodeUnfit("?!", 3, 32))
    page = await asks(friends, lin, "Honey-1O")
    assert "Honey-1O: used 0 times" in page.text
    await taps(friends, lin, "A common code", page)
    assert (await asks(friends, lin, "HONEY10")).text == refusal(EN, CodeTaken("HONEY10"))
    await taps(friends, lin, "Another number", page)
    page = await asks(friends, lin, "3")
    assert "3. 3 single codes" in page.text
    page = await walks(friends, lin, "2. switch off")
    assert "(switched off)" in page.text
    assert [coupon.is_active for coupon in await house.rows(Coupon) if coupon.batch == 2] == [False]

    await taps(friends, lin, "1. as a file", page)
    sent = last(friends, lin)
    assert sent.document is not None
    book = openpyxl.load_workbook(io.BytesIO(sent.document))
    rows = [
        row for row in book.worksheets[0].iter_rows(values_only=True) if row[1] and "start=c_" in str(row[1])
    ]
    codes = {coupon.shown for coupon in await house.rows(Coupon) if coupon.batch == 1}
    assert {row[0] for row in rows} == codes
    assert len(codes) == 50
    # The group's owner sees what holds there, and cannot change it.
    shop.admin_ids = frozenset()
    listed = await asks(friends, lin, "/promotions")
    assert "in several groups" in listed.text
    page = await walks(friends, lin, "Welcome")
    assert "Those who run the bot have made it." in page.text
    assert page.buttons == []


async def test_what_is_over_ends_by_itself_and_bounds_go_no_lower_than_used(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await asks(friends, mei, "/promotions")
    await walks(
        friends, mei, "New promotion", "Free pick-up", "» Come by", "It holds by itself", "» 10", "1 day"
    )
    await walks(friends, mei, "Launch", "Yes, launch it")
    async with house.parts.shop.writing() as uow:
        made = await uow.promotion_terms.find((await stored(friends)).id or 0, lock=True)
        assert made is not None
        made.used_count, made.spent_amount = 2, 700
        await uow.promotion_terms.save(made)
    await walks(friends, mei, "Change", "Budget", "» 5.00", "Save the changes")
    toast = await taps(friends, mei, "Yes, save it", last(friends, mei))
    assert toast == refusal(EN, BudgetBelowSpent(Money(amount=700, currency="EUR")))
    old = last(friends, mei)
    await house.passes(timedelta(days=1, minutes=1))
    assert await turn_promotions(house.parts.shop) == 1
    assert (await stored(friends)).state is PromotionState.ENDED
    toast = await taps(friends, mei, "Yes, save it", old)
    assert toast == refusal(EN, PromotionOver())
