"""A group pays for recommendations: its owner says what, cards say so, and what was earned is paid out."""

import io
from datetime import timedelta

import openpyxl
import pytest

from bot.bookkeeping import audit_books
from bot.i18n import Translator
from bot.jobs.commissions import reckon_stale, release_accrued
from bot.role_errors import MayNotConfigure
from bot.services.handover import hand_over, take_back
from bot.services.payouts.asking import CURATOR_TOLD_AFTER
from bot.services.roles import appoint_curator
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import Group, Plan
from storage.states import PaymentMethod, TouchSource
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, order_on, takes, taps

EN = Translator("en")
HONEY = "20.00 Yunnan honey | 20 jars | till 20:00"
DISCLOSED = "earns 10% of what you pay: about €2.00 for one"


async def opens_rewards(friends: Circle) -> SeenMessage:
    settings = await asks(friends, friends.mei, "/settings")
    await taps(friends, friends.mei, "Rewards", settings)
    return settings


async def pays_ten_percent(friends: Circle) -> None:
    """Recommending pays 10 %, and whoever brought that person 2 %."""
    await taps(friends, friends.mei, "Switch on", await opens_rewards(friends))
    await asks(friends, friends.mei, "10 2")


async def recommended(friends: Circle, quantity: int = 1) -> None:
    """Ben orders what Ann's card told him of, gets it, and keeps it."""
    house, shop = friends.house, friends.house.parts.shop
    card = await friends.offers(HONEY)
    async with shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        pick = await uow.picks.find_by_number(group.id or 0, 1)
        assert pick is not None
        people = friends.ben.id, friends.ann.id
        await uow.shares.touch(pick.id, *people, source=TouchSource.OPENED, now=shop.now())
    await friends.ben.says(f"+{quantity}", reply_to=card)
    await house.settles()
    await friends.mei.says("/close 1", in_=friends.group)
    await house.settles()
    async with shop.writing() as uow:
        await hand_over(uow, await ordered(friends), by_id=friends.mei.id, now=shop.now())
    await reckon_stale(shop)
    await house.settles()


async def ordered(friends: Circle) -> int:
    return (await order_on(friends, friends.ben)).id or 0


async def kept(friends: Circle) -> None:
    """Nothing of it can be given back any more."""
    await friends.house.passes(timedelta(days=8))
    await release_accrued(friends.house.parts.shop)
    await friends.house.settles()


@pytest.fixture
async def earners(friends: Circle) -> Circle:
    """Ann has earned €4.00 by what Ben has bought, and reads what she is told."""
    for person in (friends.ann, friends.ben):
        await person.starts(friends.house.account)
    await pays_ten_percent(friends)
    await recommended(friends, 2)
    return friends


async def test_the_owner_says_what_recommending_pays_and_cards_say_so(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    card = await friends.offers(HONEY)
    page = await opens_rewards(friends)
    assert "Rewards are switched off" in page.text
    await taps(friends, mei, "Switch on", page)
    assert "How many percent" in last(friends, mei).text
    assert "a pyramid" in (await asks(friends, mei, "10 2 1")).text
    assert "I cannot read “a lot”" in (await asks(friends, mei, "a lot")).text
    page = await asks(friends, mei, "10 2")
    assert "Rewards are switched on." in page.text
    assert "So an order of €100.00 pays €10.00 to the one and €2.00 to the other." in page.text
    assert "a pyramid" in await taps(friends, mei, "Add a level", page)
    assert DISCLOSED in card.text
    assert "Whoever brought that person earns 2%: about €0.40." in card.text

    for button, typed, says in (
        ("Days for returns", "14", "given back for 14 days"),
        ("Per order", "1.50", "Most for one order: €1.50"),
        ("Per month", "€50", "Most for one person in a month: €50.00"),
        ("Per buyer", "20", "out of one buyer's orders: €20.00"),
        ("Least payout", "5", "Least that is paid out: €5.00"),
        ("Second level", "-", "So an order of €100.00 pays €1.50."),
    ):
        await taps(friends, mei, button, page)
        page = await asks(friends, mei, typed)
        assert says in page.text
    assert "about €1.50 for one" in card.text, "a card promises no more than the bound"
    await taps(friends, mei, "Who brought counts", page)
    assert "Where nobody recommended it, nobody earns by it." in page.text
    assert "or else brought you here" not in card.text
    [plan] = await house.rows(Plan)
    assert (plan.first_bps, plan.second_bps, plan.return_days, plan.changed_by_id) == (1_000, 0, 14, mei.id)

    managed = await asks(friends, mei, "/manage")
    await taps(friends, mei, "#1 Yunnan honey", managed)
    await taps(friends, mei, "Pay no rewards", managed)
    assert "Recommending it earns nothing." in managed.text
    assert "earns" not in card.text
    await taps(friends, mei, "Pay rewards", managed)
    assert "earns 10%" in card.text
    await mei.says("/settings currency USD", in_=friends.group)
    await house.settles()
    assert "earns" not in card.text
    [plan] = await house.rows(Plan)
    assert (plan.is_active, plan.order_cap_amount) == (False, None)
    log = (await asks(friends, mei, "/audit")).text
    assert "changed the rewards: 10% and 2%" in log
    assert "had recommending #1 pay nothing" in log


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_curates_her_own_picks_alone_sets_no_rewards(friends: Circle) -> None:
    house, ann, shop = friends.house, friends.ann, friends.house.parts.shop
    await ann.starts(house.account)
    card = await friends.offers(HONEY)
    await ann.says("+1", reply_to=card)
    await house.settles()
    [group] = await house.rows(Group)
    async with shop.writing() as uow:
        await appoint_curator(
            uow, group.id or 0, ann.id, own_picks_only=True, by_id=friends.mei.id, now=shop.now()
        )
    settings = await asks(friends, ann, "/settings")
    told = refusal(EN, MayNotConfigure())
    assert await taps(friends, ann, "Rewards", settings) == told
    assert await house.rows(Plan) == []
    await ann.says("/payouts", in_=friends.group)
    await house.settles()
    assert friends.posts[-1] == told


async def test_earnings_are_told_with_the_reason_and_paid_out(earners: Circle) -> None:
    house, ann, mei = earners.house, earners.ann, earners.mei
    told = await asks(earners, ann, "/earnings")
    assert "Earned, while goods can be given back: €4.00" in told.text
    assert "#1 Yunnan honey: €4.00, your card was opened · can be paid out from" in told.text
    assert "Can be paid out: €0.00" in told.text
    assert not any("Pay out" in label for row in told.buttons for label in row)
    await kept(earners)
    told = await asks(earners, ann, "/earnings")
    assert "#1 Yunnan honey: €4.00, your card was opened · earned" in told.text
    assert "2" not in told.text.replace("€4.00", "").replace("#1", "").split("10%")[0], "not how many"
    assert "Бен" not in told.text

    await taps(earners, ann, "Pay out €4.00", told)
    assert told.buttons[0] == ["Transfer or cash"], "the group takes no store credit"
    await taps(earners, ann, "Transfer or cash", told)
    asked = await asks(earners, ann, "IBAN DE00 1234\nAnn")
    assert "Asked for: €4.00." in asked.text
    await house.passes(CURATOR_TOLD_AFTER)
    await house.settles()
    notice = last(earners, mei)
    assert "1 member asks to be paid what recommending has earned: €4.00" in notice.text
    assert not any("€4.00" in post for post in earners.posts), "the group hears nothing of it"

    await taps(earners, mei, "Show whom", notice)
    await taps(earners, mei, "Ann €4.00", notice)
    assert "Where to: IBAN DE00 1234\nAnn" in notice.text
    assert "Earned here in all: €4.00" in notice.text
    await taps(earners, mei, "Approve", notice)
    assert "You pay it yourself" in notice.text
    assert await taps(earners, mei, "Yes, approve", notice) == "To be paid: €4.00 to Ann"
    assert "€4.00 will be paid out to you" in last(earners, ann).text
    assert await taps(earners, mei, "Paid by transfer", notice) == "Marked as paid: €4.00 to Ann"
    assert "€4.00 that you earned was sent to you" in last(earners, ann).text
    await taps(earners, mei, "Undo", notice)
    assert "Correction: €4.00 has not been paid out to you yet" in last(earners, ann).text
    await taps(earners, mei, "Paid in cash", notice)
    assert "paid to you in cash" in last(earners, ann).text
    assert "Paid out so far: €4.00" in (await asks(earners, ann, "/earnings")).text
    assert "€4.00 of what was earned was paid out" in (await asks(earners, ann, "/balance")).text
    accounts = (await asks(earners, mei, "/accounts")).text
    assert "Earnings paid out (Cash at pick-up): €4.00" in accounts
    log = (await asks(earners, mei, "/audit")).text
    assert "paid Ann €4.00 of earnings" in log
    assert "undid a payout of €4.00 to Ann" in log

    shop = house.parts.shop
    async with shop.writing() as uow:
        await take_back(uow, await ordered(earners), by_id=mei.id, now=shop.now())
    await reckon_stale(shop)
    told = await asks(earners, ann, "/earnings")
    assert "Goods came back after a payout: €4.00 will be set off against what you earn next." in told.text
    async with shop.reading() as uow:
        assert (await audit_books(uow, now=shop.now())).says == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_payouts_are_declined_with_a_reason_or_approved_together(earners: Circle) -> None:
    house, ann, mei = earners.house, earners.ann, earners.mei
    await takes(earners, PaymentMethod.CREDIT)
    await kept(earners)

    async def asks_for_credit() -> None:
        told = await asks(earners, ann, "/earnings")
        await taps(earners, ann, "Pay out €4.00", told)
        await taps(earners, ann, "As store credit", told)

    await asks_for_credit()
    asked = last(earners, ann)
    assert "Asked for: €4.00." in asked.text
    listed = await asks(earners, mei, "/payouts")
    await taps(earners, ann, "Take it back", asked)
    assert "nobody has decided" not in asked.text
    await asks_for_credit()
    listed = await asks(earners, mei, "/payouts")
    assert "Ann: €4.00 as store credit, asked for" in listed.text
    await taps(earners, mei, "Ann €4.00", listed)
    await taps(earners, mei, "Decline", listed)
    await house.passes(timedelta(hours=3))
    told = await asks(earners, mei, "good evening")
    assert "Declined" not in told.text, "meant for something else"
    listed = await asks(earners, mei, "/payouts")
    await taps(earners, mei, "Ann €4.00", listed)
    await taps(earners, mei, "Decline", listed)
    told = await asks(earners, mei, "who is Ben?")
    assert "Declined by Mei" in told.text
    assert "Mei writes: who is Ben?" in last(earners, ann).text

    await asks_for_credit()
    listed = await asks(earners, mei, "/payouts")
    await taps(earners, mei, "Approve all", listed)
    assert "Approve 1 payout, €4.00?" in listed.text
    await taps(earners, mei, "Yes, approve", listed)
    assert "1 payout is approved." in listed.text
    assert "Nobody waits for a payout." in listed.text
    assert "Your credit in Honey friends is €4.00." in last_with(earners, ann, "is your credit now").text
    await taps(earners, mei, "Settled ›", listed)
    assert [line.split(": ")[1] for line in listed.text.splitlines() if "Ann" in line] == [
        "€4.00, paid",
        "€4.00, declined",
        "€4.00, taken back by the member",
    ]
    await taps(earners, mei, "As a file (XLSX)", listed)
    sent = last(earners, mei)
    assert sent.document is not None
    sheet = openpyxl.load_workbook(io.BytesIO(sent.document)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows() if row[1].value == "Ann"]
    assert [(row[2], row[3]) for row in rows] == [
        (4, "paid"),
        (4, "declined"),
        (4, "taken back by the member"),
    ]
    assert house.heard[-1].chat_id == mei.id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_strangers_see_neither_earnings_nor_payouts(earners: Circle) -> None:
    lin: Person = earners.lin
    await lin.starts(earners.house.account)
    await earners.house.settles()
    assert "4.00" not in (await asks(earners, lin, "/earnings")).text
    assert "4.00" not in (await asks(earners, lin, "/payouts")).text
    await lin.says("/payouts", in_=earners.group)
    await lin.says("/earnings", in_=earners.group)
    await earners.house.settles()
    assert "4.00" not in last(earners, lin).text
    assert not any("4.00" in post for post in earners.posts)
    olga = earners.house.tg.person("Olga")
    await olga.starts(earners.house.account)
    assert (await asks(earners, earners.ann, "/start earnings_1")).text.startswith("What you earn in Honey")
    assert (await asks(earners, olga, "/start earnings_1")).text.startswith("You have earned nothing yet")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_an_admin_may_do_what_an_owner_may_about_rewards(earners: Circle) -> None:
    house, ann = earners.house, earners.ann
    olga = house.tg.person("Olga")
    await olga.starts(house.account)
    await kept(earners)
    house.parts.shop.admin_ids = frozenset({olga.id})
    assert "Nobody waits for a payout." in (await asks(earners, olga, "/payouts")).text
    await taps(earners, ann, "Pay out €4.00", await asks(earners, ann, "/earnings"))
    await taps(earners, ann, "Transfer or cash", last(earners, ann))
    await asks(earners, ann, "in cash, please")
    listed = await asks(earners, olga, "/payouts")
    assert "Ann: €4.00 by your own means, asked for" in listed.text
    await taps(earners, olga, "Ann €4.00", listed)
    await taps(earners, olga, "Approve", listed)
    await taps(earners, olga, "Yes, approve", listed)
    await asks(earners, olga, "/payouts")
    listed = last(earners, olga)
    await taps(earners, olga, "All are paid", listed)
    assert "Was 1 payout, €4.00, really paid?" in listed.text
    await taps(earners, olga, "In cash", listed)
    assert "1 payout is marked as paid." in listed.text

    groups = await asks(earners, olga, "/admin honey")
    await taps(earners, olga, "Honey friends", groups)
    await taps(earners, olga, "Rewards", groups)
    await taps(earners, olga, "Switch off", groups)
    assert "Rewards are switched off" in groups.text
    await taps(earners, olga, "‹ Back", groups)
    assert "Its owner: Mei" in groups.text
    log = (await asks(earners, earners.mei, "/audit")).text
    assert "Olga: switched rewards off" in log
    assert "Olga: paid Ann €4.00 of earnings" in log
