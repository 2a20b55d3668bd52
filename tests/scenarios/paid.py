"""What days of money have in common: ways to pay, money that came in, lists that reach zero."""

from bot.services.payments.receiving import receive
from sandbox.people import Person, SeenMessage
from storage.models import Group, LedgerEntry, Order, Payment, PaymentWay, Pick
from storage.states import PaymentMethod, PaymentStage
from tests.scenarios.goods import last
from tests.scenarios.house import Circle


async def takes(friends: Circle, *methods: PaymentMethod, active: bool = True) -> None:
    """The group takes these ways to pay, or no longer."""
    async with friends.house.parts.shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        for method in methods:
            await uow.payments.save_way(PaymentWay(group_id=group.id or 0, method=method, is_active=active))


async def order_on(friends: Circle, person: Person, pick_number: int = 1) -> Order:
    """Somebody's order on a pick of the group."""
    [group] = [group for group in await friends.house.rows(Group) if group.chat_id == friends.group.id]
    picks = {
        pick.id
        for pick in await friends.house.rows(Pick)
        if pick.number == pick_number and pick.group_id == group.id
    }
    (order,) = [
        order
        for order in await friends.house.rows(Order)
        if order.person_id == person.id and order.pick_id in picks
    ]
    return order


async def has_paid(
    friends: Circle,
    person: Person,
    amount: int,
    *,
    method: PaymentMethod = PaymentMethod.TRANSFER,
    pick_number: int = 1,
) -> None:
    """Somebody's money for her order has come in, and the curator has said so."""
    order = await order_on(friends, person, pick_number)
    shop = friends.house.parts.shop
    async with shop.writing() as uow:
        money = (await uow.payments.money([order.id or 0], lock=True))[order.id or 0]
        payment = await uow.payments.add(
            Payment(
                group_id=money.group_id,
                order_id=order.id,
                person_id=person.id,
                method=method,
                stage=PaymentStage.OPEN,
                amount=amount,
                currency=money.currency,
                created_at=shop.now(),
            )
        )
        await receive(uow, payment, now=shop.now())
    await friends.house.settles()


async def asks(friends: Circle, person: Person, words: str) -> SeenMessage:
    """Say something to the bot in private, and hear its answer."""
    await person.says(words, to=friends.house.account)
    await friends.house.settles()
    return last(friends, person)


async def taps(friends: Circle, person: Person, label: str, on: SeenMessage) -> str:
    """Tap a button, and return the toast."""
    toast = (await (await person.taps(label, on=on)).answered()).text
    await friends.house.settles()
    return toast


async def ticks_all_off(friends: Circle, curator: Person) -> SeenMessage:
    """The curator ticks off all that she owes, until the list is empty; returns the list."""
    listed = await asks(friends, curator, "/refunds")
    while "The list is empty" not in listed.text:
        name = listed.buttons[0][0]
        await taps(friends, curator, name, listed)
        toast = await taps(friends, curator, "It has gone back", listed)
        assert toast.startswith("Ticked off"), toast
    return listed


async def open_balances(friends: Circle) -> dict[int, int]:
    """The balance of every account that has one, by its key; together they are nothing."""
    sums: dict[int, int] = {}
    for entry in await friends.house.rows(LedgerEntry):
        sums[entry.account_id] = sums.get(entry.account_id, 0) + entry.amount
    assert sum(sums.values()) == 0
    return {account: amount for account, amount in sums.items() if amount}
