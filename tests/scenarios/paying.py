"""What stories about card and Stars share: an order that is owed, its invoice, and a stranger who pays it."""

from dataclasses import replace

from sandbox.models.invoices import Invoice
from sandbox.models.payments import Payment as Attempt
from sandbox.paying import Paying
from sandbox.people import Person, SeenMessage
from storage.models import LedgerEntry, Payment, PaymentWay
from storage.states import PaymentMethod, PaymentStage, PaysWhen
from tests.scenarios.house import Circle, House

HONEY = "12.90 Yunnan honey | 20 jars | till 20:00"
STARS_FOR_A_EURO = 60


async def takes(friends: Circle, *methods: PaymentMethod, pays_when: PaysWhen | None = None) -> None:
    """The group takes these ways to pay."""
    async with friends.house.parts.shop.writing() as uow:
        group = await uow.groups.find_by_chat(friends.group.id)
        assert group is not None
        assert group.id is not None
        for method in methods:
            rate = STARS_FOR_A_EURO if method is PaymentMethod.STARS else None
            await uow.payments.save_way(
                PaymentWay(group_id=group.id, method=method, is_active=True, stars_per_unit=rate)
            )
        if pays_when is not None:
            group.pays_when = pays_when
            await uow.groups.save(group)


async def owes(friends: Circle, text: str = "+2", *, person: Person | None = None, pick: str = HONEY) -> None:
    """Somebody, else Ann, has ordered on a pick that has closed, and may pay by card or with Stars."""
    house, person = friends.house, person or friends.ann
    await takes(friends, PaymentMethod.CARD, PaymentMethod.STARS)
    await person.starts(house.account)
    card = await friends.offers(pick)
    await person.says(text, reply_to=card)
    await house.settles()
    await friends.mei.says("/close 1", in_=friends.group)
    await house.settles()


async def ways(friends: Circle, person: Person | None = None) -> SeenMessage:
    """Ask what there is to pay and return the ways to do so for the first order."""
    house, person = friends.house, person or friends.ann
    room = person.private(house.account)
    await person.says("/pay", to=house.account)
    await house.settles()
    owed = room.last_message
    await person.taps(owed.buttons[0][0], on=owed)
    await house.settles()
    return owed


async def invoice(friends: Circle, way: str = "Card", *, person: Person | None = None) -> SeenMessage:
    """Choose a way to pay and return the invoice."""
    house, person = friends.house, person or friends.ann
    await person.taps(way, on=await ways(friends, person))
    await house.settles()
    sent = person.private(house.account).last_message
    assert sent.invoice is not None, f"no invoice: {sent!r}"
    return sent


async def leaked(house: House, person: Person, sent: SeenMessage, **changed: object) -> Paying:
    """Somebody pays an invoice that she got hold of in some way, or that was tampered with."""
    assert sent.invoice is not None
    invoice: Invoice = replace(sent.invoice, **changed)  # type: ignore[arg-type]
    paying = Paying(house.world, Attempt(payer=person.user, invoice=invoice, message=None))
    await paying.confirms()
    return paying


async def stages(house: House) -> list[PaymentStage]:
    """How far each payment has come, in the order in which they were begun."""
    return [payment.stage for payment in await house.rows(Payment)]


async def books(house: House) -> dict[tuple[int, str], int]:
    """The balance of each account by its key and currency; those at zero are left out."""
    sums: dict[tuple[int, str], int] = {}
    for entry in await house.rows(LedgerEntry):
        key = (entry.account_id, entry.currency)
        sums[key] = sums.get(key, 0) + entry.amount
    for currency in {currency for _, currency in sums}:
        assert sum(amount for (_, of), amount in sums.items() if of == currency) == 0
    return {key: amount for key, amount in sums.items() if amount}
