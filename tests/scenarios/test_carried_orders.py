"""Ann's group sells Mei's honey: who owes whom, what came, what went back, in pages, accounts and files."""

import io
from datetime import timedelta

import openpyxl
import pytest

from bot.jobs.carried_orders import reckon_sales
from bot.jobs.ledger import audit_nightly
from bot.services.handover import hand_over, take_back
from sandbox.people import Group, Person, SeenMessage
from storage.models import AuditEntry, Carrying, LedgerTransaction, Order, PaymentWay
from storage.states import PaymentMethod, Role, TransactionKind
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, taps
from tests.scenarios.test_carryings import founds, sells_it, supplies_honey


@pytest.fixture
async def tea(friends: Circle) -> Group:
    """Ann's group has sold three jars of Mei's honey to Lin, who has hers, and one to Ben, whose waits."""
    house, ann, ben, lin = friends.house, friends.ann, friends.ben, friends.lin
    tea = await founds(friends, ann, "Tea friends", lin, ben)
    await friends.mei.starts(house.account)
    await supplies_honey(friends)
    card = await sells_it(friends, ann, tea)
    for person, words in ((lin, "+3"), (ben, "+1")):
        await person.says(words, reply_to=card)
        await house.settles()
    await house.passes(timedelta(hours=12))
    await house.settles()
    await moves(friends, lin)
    return tea


async def order_of(friends: Circle, person: Person) -> int:
    [order] = [order for order in await friends.house.rows(Order) if order.person_id == person.id]
    return order.id or 0


async def moves(friends: Circle, person: Person, *, back: bool = False) -> None:
    """Somebody gets her goods, or gives them back; all is reckoned."""
    shop = friends.house.parts.shop
    async with shop.writing() as uow:
        move = take_back if back else hand_over
        await move(uow, await order_of(friends, person), by_id=friends.ann.id, now=shop.now())
    await reckon_sales(shop)


def workbook(message: SeenMessage) -> openpyxl.Workbook:
    """The file of a message."""
    assert message.document is not None
    return openpyxl.load_workbook(io.BytesIO(message.document))


async def opens_sales(friends: Circle) -> SeenMessage:
    """Mei looks at what others have sold of her pick."""
    await asks(friends, friends.mei, "/manage")
    for button in ("#1 Yunnan honey", "What others sell of it"):
        await taps(friends, friends.mei, button, last(friends, friends.mei))
    return last(friends, friends.mei)


async def test_from_the_first_jar_to_the_last_cent(friends: Circle, tea: Group) -> None:
    house, mei, ann, lin = friends.house, friends.mei, friends.ann, friends.lin
    page = await opens_sales(friends)
    for words in (
        "What others sell of #1 Yunnan honey",
        "2 orders, 1 handed over",
        "4 pieces",
        # Four jars in all: the price of the tier, of which eight percent round down.
        "Goods for €35.70: it keeps €2.85, €32.85 is yours",
        "Received: €0.00. €32.85 is due.",
    ):
        assert words in page.text
    await asks(friends, ann, "/partners")
    assert "#1 Yunnan honey, of Honey friends: You owe €32.85." in last(friends, ann).text

    await taps(friends, mei, "Tea friends: €32.85", last(friends, mei))
    offered = last(friends, mei)
    await taps(friends, mei, "Received: €32.85", offered)
    assert "€32.85 is noted as received." in last(friends, mei).text
    assert "Nothing is due" in last(friends, mei).text
    assert "Honey friends has received €32.85 from your group for #1 Yunnan honey" in last(friends, ann).text
    stored = await house.dump()
    await house.takes(house.updates[-1])
    assert await house.dump() == stored, "a tap that comes twice receives it once"

    # Lin brings her jars back after all was paid: it is said plainly.
    await moves(friends, lin, back=True)
    await taps(friends, ann, "What you owe", last(friends, ann))
    assert "The supplier has €32.85 too much." in last(friends, ann).text
    page = await opens_sales(friends)
    assert "which is €32.85 too much" in page.text
    await taps(friends, mei, "Tea friends: -€32.85", page)
    undo = next(
        label for row in last(friends, mei).buttons for label in row if label.startswith("Not received")
    )
    await taps(friends, mei, undo, last(friends, mei))
    assert "€32.85 does not count as received any more" in last(friends, mei).text
    assert "which was a mistake" in last(friends, mei).text

    # She fetches them again; a part is paid, as Mei types it.
    await moves(friends, lin)
    await taps(friends, mei, "Received another amount", last(friends, mei))
    assert "one amount in EUR" in (await asks(friends, mei, "most of it")).text
    assert "€12.85 is due" in (await asks(friends, mei, "20.00")).text

    transactions = await house.rows(LedgerTransaction)
    kinds = [one.kind for one in transactions]
    assert kinds.count(TransactionKind.SUPPLY) == 2 * 3
    assert kinds.count(TransactionKind.SUPPLY_PAID) == 2 * 3
    assert await audit_nightly(house.parts.shop) == 0
    assert "Tea friends for its pick #1" in (await asks(friends, mei, "/audit")).text
    acts = [entry.action for entry in await house.rows(AuditEntry)]
    assert (acts.count("carried_payment_received"), acts.count("carried_payment_undone")) == (4, 2)


async def test_the_list_at_the_close_and_its_sheet_say_what_to_supply(friends: Circle, tea: Group) -> None:
    house, mei = friends.house, friends.mei
    listed = last_with(friends, mei, "Closed: 0 ordered")
    assert "Other groups sold 4 (Tea friends: 4)\nTogether with what is ordered here: 4" in listed.text
    await taps(friends, mei, "Supplier sheet (XLSX)", listed)
    sheet = workbook(last(friends, mei)).worksheets[0]
    [total] = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Total"]
    assert total[-2:] == (4, 4)

    # Ann's group notes here what it is paid: Lin and Ben have yet to.
    async with house.parts.shop.writing() as uow:
        group = await uow.groups.find_by_chat(tea.id)
        assert group is not None
        await uow.payments.save_way(PaymentWay(group_id=group.id or 0, method=PaymentMethod.CASH))
    unpaid = "2 of their orders are still to be paid there (Tea friends: 2)"
    assert unpaid in (await asks(friends, mei, "/board 1")).text
    await taps(friends, mei, "Supplier sheet (XLSX)", last(friends, mei))
    file = last(friends, mei)
    assert unpaid in file.text
    *_, row = workbook(file).worksheets[0].iter_rows(values_only=True)
    assert (row[0], row[-2:]) == ("Orders still to be paid", (2, None))
    await taps(friends, mei, "What others sell of it", listed)
    assert "2 orders, 1 handed over" in last_with(friends, mei, "What others sell of #1").text


async def test_accounts_and_files_know_it_too_and_nobody_else(friends: Circle, tea: Group) -> None:
    mei, ann, lin = friends.mei, friends.ann, friends.lin
    for words in (
        "Sold by other groups: €35.70",
        "Left to them as their share: €2.85",
        "Other groups owe, all in all (/partners): €32.85",
    ):
        assert words in (await asks(friends, mei, "/accounts")).text
    told = await asks(friends, ann, "/accounts")
    for words in (
        "Sold for other groups: €35.70",
        "Kept of that as a share: €2.85",
        "Owed to other groups, all in all (/partners): €32.85",
    ):
        assert words in told.text
    await taps(friends, ann, "As a file (XLSX)", told)
    book = workbook(last(friends, ann))
    rows = [[cell.value for cell in row] for row in book["Journal EUR"].rows]
    named = [row for row in rows if "Sold between groups" in row]
    assert len(named) == 3
    assert all("Honey friends" in row and "#1 / 1" in row for row in named)

    await opens_sales(friends)
    await taps(friends, mei, "As a file (XLSX)", last(friends, mei))
    book = workbook(last(friends, mei))
    [sheet] = book.worksheets
    assert [cell.value for cell in list(sheet.rows)[-1]][:5] == ["Total", None, 2, 1, 4]

    await lin.starts(friends.house.account)
    assert "€" not in (await asks(friends, lin, "/partners")).text
    await taps(friends, mei, "Tea friends: €32.85", await opens_sales(friends))
    before = await friends.house.dump()
    received = next(iter(last_with(friends, mei, "Received: €32.85").rows[0]))["callback_data"]
    for person in (ann, lin):
        forged = await person.presses_data(received, on=last(friends, person))
        assert (await forged.answered()).text
    after = await friends.house.dump()
    assert after["carried_payment"] == before["carried_payment"] == []

    # Who leads a group no more hears nothing of its money.
    [carrying] = await friends.house.rows(Carrying)
    async with friends.house.parts.shop.writing() as uow:
        await uow.members.set_role(carrying.group_id, ann.id, Role.MEMBER)
    told = last(friends, ann)
    await taps(friends, mei, "Received: €32.85", last_with(friends, mei, "Received: €32.85"))
    assert last(friends, ann) == told
