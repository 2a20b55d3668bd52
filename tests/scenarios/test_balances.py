"""What members owe and have, and what a group's accounts come to, as they read it in private."""

import io
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.errors import ButtonOutdated, NotACurator
from bot.i18n import Translator
from bot.money import Money
from bot.payment_errors import AccountsHidden
from bot.services.payments.credit import give_credit
from bot.services.roles import appoint_curator
from bot.views.refusals import refusal
from sandbox.people import SeenMessage
from storage.models import AuditEntry, Group, PaymentWay
from storage.states import PaymentMethod
from tests.scenarios.goods import last
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, has_paid, takes, taps

EN = Translator("en")
HONEY = "12.90 Yunnan honey | 20 jars | till 20:00"
OOLONG = "8.00 Oolong | 20 bags | till fri 20:00"


@pytest.fixture
async def payers(friends: Circle) -> Circle:
    """Ann owes two jars and has paid one of them, Ben owes one; Ann has paid ahead for tea."""
    house, ann, ben = friends.house, friends.ann, friends.ben
    for person in (ann, ben, friends.lin):
        await person.starts(house.account)
    await takes(friends, PaymentMethod.TRANSFER, PaymentMethod.CASH, PaymentMethod.CREDIT)
    honey, tea = await friends.offers(HONEY), await friends.offers(OOLONG)
    for person, words, card in ((ann, "+2", honey), (ben, "+1", honey), (ann, "+1", tea)):
        await person.says(words, reply_to=card)
        await house.settles()
    await friends.mei.says("/close 1", in_=friends.group)
    await house.settles()
    await has_paid(friends, ann, 1290)
    await has_paid(friends, ann, 800, method=PaymentMethod.CASH, pick_number=2)
    await house.settles()
    return friends


async def group_id_of(friends: Circle) -> int:
    (found,) = [group.id for group in await friends.house.rows(Group) if group.chat_id == friends.group.id]
    assert found is not None
    return found


def labels(message: SeenMessage) -> list[str]:
    return [label for row in message.buttons for label in row]


async def test_a_member_sees_what_she_owes_and_what_happened(payers: Circle) -> None:
    told = await asks(payers, payers.ann, "/balance")
    text = told.text
    assert "Your money in Honey friends" in text
    assert "You owe €12.90" in text
    assert "#1 Yunnan honey: €12.90" in text
    assert "Paid ahead, for picks that are still open: €8.00" in text
    assert "You get back" not in text
    assert "store credit" not in text
    happened = text.split("What happened")[1].strip().splitlines()
    assert [line.split(": ", 1)[1] for line in happened] == [
        "€8.00 was paid (Cash at pick-up), #2 Oolong",
        "€12.90 was paid (Transfer or wallet), #1 Yunnan honey",
        "#1 Yunnan honey costs €25.80",
    ]
    assert labels(told) == ["Pay €12.90: #1 Yunnan honey"]


async def test_each_reads_it_in_her_language(payers: Circle) -> None:
    told = await asks(payers, payers.ben, "/balance")
    assert "12,90\xa0€" in told.text
    assert "Honey friends" in told.text
    assert "You owe" not in told.text


async def test_what_goes_back_and_credit_are_told_too(payers: Circle) -> None:
    house, ann, shop = payers.house, payers.ann, payers.house.parts.shop
    await ann.says("/cancel 2", in_=payers.group)
    await house.settles()
    async with shop.writing() as uow:
        euros = Money(amount=300, currency="EUR")
        await give_credit(
            uow, await group_id_of(payers), ann.id, euros, reason="sorry", by_id=payers.mei.id, now=shop.now()
        )
    text = (await asks(payers, ann, "/balance")).text
    assert "You get back: €8.00" in text
    assert "Your store credit: €3.00" in text
    assert "Paid ahead" not in text
    assert "€3.00 of store credit was given to you sorry" in text
    assert "€8.00 goes back, #2 Oolong" in text


async def test_who_has_no_accounts_is_told_so(payers: Circle) -> None:
    zoe = payers.house.tg.person("Zoe")
    await zoe.starts(payers.house.account)
    assert "There is nothing to pay or to give back" in (await asks(payers, zoe, "/balance")).text


async def test_in_the_group_nothing_is_said(payers: Circle) -> None:
    house, ann = payers.house, payers.ann
    before = len(payers.posts)
    await ann.says("/balance", in_=payers.group)
    await payers.mei.says("/accounts", in_=payers.group)
    await house.settles()
    assert len(payers.posts) == before
    assert "Your money in Honey friends" in last(payers, ann).text
    assert "Accounts of Honey friends" in last(payers, payers.mei).text


async def test_who_has_not_opened_her_chat_is_led_there_without_amounts(payers: Circle) -> None:
    house = payers.house
    zoe = house.tg.person("Zoe")
    await zoe.joins_directly(payers.group)
    await zoe.says("/balance", in_=payers.group)
    await house.settles()
    assert "€" not in payers.posts[-1]
    await zoe.starts(house.account, payload=f"balance_{await group_id_of(payers)}")
    await house.settles()
    assert "You owe nothing" in last(payers, zoe).text


async def test_long_histories_come_in_pages(payers: Circle) -> None:
    house, ann = payers.house, payers.ann
    shop, group_id = house.parts.shop, await group_id_of(payers)
    for number in range(1, 8):
        async with shop.writing() as uow:
            cents = Money(amount=number, currency="EUR")
            await give_credit(
                uow, group_id, ann.id, cents, reason=f"gift {number}", by_id=payers.mei.id, now=shop.now()
            )
    told = await asks(payers, ann, "/balance")
    assert "gift 7" in told.text
    assert "costs" not in told.text
    await taps(payers, ann, "More ›", told)
    assert "#1 Yunnan honey costs €25.80" in told.text
    assert "gift 7" not in told.text
    await taps(payers, ann, "‹ Back", told)
    assert "gift 7" in told.text


async def test_who_buys_in_several_groups_chooses(payers: Circle) -> None:
    house, ann = payers.house, payers.ann
    async with house.parts.shop.writing() as uow:
        tea = await uow.groups.add(
            Group(
                chat_id=-100_777,
                title="Tea friends",
                language="en",
                currency="KWD",
                time_zone="UTC",
                created_at=house.now,
            )
        )
        await uow.payments.save_way(PaymentWay(group_id=tea.id or 0, method=PaymentMethod.CREDIT))
        dinars = Money(amount=1250, currency="KWD")
        await give_credit(uow, tea.id or 0, ann.id, dinars, reason="", by_id=payers.mei.id, now=house.now)
    asked = await asks(payers, ann, "/balance")
    assert labels(asked) == ["Honey friends", "Tea friends"]
    await taps(payers, ann, "Tea friends", asked)
    assert "Your store credit: KWD\xa01.250" in asked.text


async def test_nobody_pages_through_the_money_of_others(payers: Circle) -> None:
    ann, ben = payers.ann, payers.ben
    told = await asks(payers, ann, "/balance")
    group_id = await group_id_of(payers)
    for data in (f"bl:{group_id}:-1", f"bl:{group_id}:{10**12}", "bl:999:0"):
        answered = await (await ann.presses_data(data, on=told)).answered()
        assert answered.text == refusal(EN, ButtonOutdated())
    for data in (f"ac:{group_id}:0", f"ax:{group_id}:0", "ac:999:0"):
        answered = await (await ann.presses_data(data, on=told)).answered()
        assert answered.text == refusal(EN, NotACurator())
    assert "1 Yunnan honey: 12,90" in (await asks(payers, ben, "/balance")).text


async def test_the_owner_reads_the_accounts_by_month(payers: Circle) -> None:
    house, mei = payers.house, payers.mei
    assert "Members owe: €17.80" in (await asks(payers, mei, "/accounts")).text, "25.80, less 8.00 paid ahead"
    await mei.says("/close 2", in_=payers.group)
    await house.settles()
    told = await asks(payers, mei, "/accounts")
    for words in (
        "Accounts of Honey friends",
        "Sold: €46.70",
        "Received (Cash at pick-up): €8.00",
        "Received (Transfer or wallet): €12.90",
        "Members owe: €25.80",
    ):
        assert words in told.text
    assert labels(told) == ["All time", "As a file (XLSX)"]

    into_the_next_month = timedelta(days=32 - house.now.day)
    await house.passes(into_the_next_month)
    told = await asks(payers, mei, "/accounts")
    assert "Nothing happened." in told.text
    assert "Members owe: €25.80" in told.text
    before = labels(told)[0]
    assert before.startswith("‹ ")
    await taps(payers, mei, before, told)
    assert "Sold: €46.70" in told.text
    assert "At the end of" in told.text
    assert any(label.endswith(" ›") for label in labels(told))
    await taps(payers, mei, "All time", told)
    assert "Sold: €46.70" in told.text


async def test_accounts_are_for_those_who_lead_the_whole_group(payers: Circle) -> None:
    house, ann = payers.house, payers.ann
    group_id = await group_id_of(payers)
    await ann.starts(house.account, payload=f"accounts_{group_id}")
    await house.settles()
    assert last(payers, ann).text == refusal(EN, NotACurator())
    assert "You lead no group" in (await asks(payers, ann, "/accounts")).text

    shop = house.parts.shop
    async with shop.writing() as uow:
        await appoint_curator(uow, group_id, ann.id, own_picks_only=True, by_id=payers.mei.id, now=shop.now())
    assert (await asks(payers, ann, "/accounts")).text == refusal(EN, AccountsHidden())
    await ann.starts(house.account, payload=f"accounts_{group_id}")
    await house.settles()
    assert last(payers, ann).text == refusal(EN, AccountsHidden())


async def test_the_accounts_come_as_a_file_of_which_nothing_is_a_formula(payers: Circle) -> None:
    house, mei, shop = payers.house, payers.mei, payers.house.parts.shop
    async with shop.writing() as uow:
        ann = await uow.members.get(payers.ann.id)
        ann.name = "=cmd|' /C calc'!A0"
        euros = Money(amount=100, currency="EUR")
        note = '=HYPERLINK("http://x")'
        await give_credit(
            uow, await group_id_of(payers), ann.id, euros, reason=note, by_id=mei.id, now=shop.now()
        )
    told = await asks(payers, mei, "/accounts")
    assert await taps(payers, mei, "As a file (XLSX)", told) == "Your file is coming."
    sent = last(payers, mei)
    assert sent.document is not None
    assert f"accounts-{house.now:%Y-%m}.xlsx" == sent.file_name
    assert "Accounts of Honey friends" in sent.text

    book = openpyxl.load_workbook(io.BytesIO(sent.document))
    assert book.sheetnames == ["Sums EUR", "Members EUR", "Journal EUR"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    values = [cell.value for cell in cells]
    assert "=cmd|' /C calc'!A0" in values
    assert note in values
    sums = by_name(book["Sums EUR"])
    assert sums["Sold"] == (0, 38.7, 38.7)
    assert sums["Members owe"] == (0, 17.8, 17.8)
    members = by_name(book["Members EUR"])
    assert members["Total"][:2] == (17.8, None)
    journal = [row for row in book["Journal EUR"].iter_rows(values_only=True) if isinstance(row[0], int)]
    debit, credit = ([Decimal(str(row[at] or 0)) for row in journal] for at in (6, 7))
    assert sum(debit) == sum(credit) != 0
    assert [entry.action for entry in await house.rows(AuditEntry)][-1] == "accounts_taken"


def by_name(sheet: Worksheet) -> Mapping[str, tuple[object, ...]]:
    return {str(row[0]): row[1:] for row in sheet.iter_rows(values_only=True) if row[0]}


async def test_an_owner_of_two_groups_chooses(payers: Circle) -> None:
    house, mei = payers.house, payers.mei
    tea = house.tg.group("Tea friends", owner=mei, members=[])
    await mei.adds_bot(house.account, tea, admin=True)
    await house.settles()
    told = await asks(payers, mei, "/accounts")
    assert labels(told) == ["Honey friends", "Tea friends"]
    await mei.taps("Tea friends", on=told)
    await house.settles()
    assert "Accounts of Tea friends" in last(payers, mei).text
    assert "Nobody owes anybody anything." in last(payers, mei).text
