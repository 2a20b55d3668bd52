"""What Telegram answers to a refund of Stars is written down, also when the first try to do so fails."""

from typing import Any

import pytest
from sqlalchemy import event

from bot.jobs.due import CALLED_AGAIN_AFTER
from bot.jobs.outbox import DatabaseOutbox
from bot.shop import Shop
from bot.telegram.parcels import Parcel, Refusal
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PaymentMethod, RefundStage
from tests.services.test_charges import ANN, STARS, charge, invoice, posted, refunds, sent, told
from tests.services.test_charges_interrupted import Interrupted, at_statement

__all__ = ["posted"]


@pytest.fixture
def outbox(shop: Shop) -> DatabaseOutbox:
    return DatabaseOutbox(shop)


async def parcel_of_a_refund(shop: Shop, posted: PostedPick, outbox: DatabaseOutbox) -> Parcel:
    issued = await invoice(shop, posted, STARS)
    for number in (1, 2):
        await told(shop, charge(issued, number))
    taken: list[Parcel] = []
    while True:
        parcels = await outbox.take(now=shop.now(), limit=10, not_chats=(), full_chats=())
        taken += [parcel for parcel in parcels if parcel.method == "refundStarPayment"]
        if not parcels:
            break
    [parcel] = taken
    return parcel


async def test_the_call_names_the_payer_and_the_charge_and_no_chat(
    shop: Shop, posted: PostedPick, outbox: DatabaseOutbox
) -> None:
    parcel = await parcel_of_a_refund(shop, posted, outbox)
    assert parcel.chat_id == ANN.id
    assert parcel.params == {"user_id": ANN.id, "telegram_payment_charge_id": "charge2"}


@pytest.mark.parametrize("statement", [1, 5])
async def test_what_could_not_be_written_down_is_told_again(
    shop: Shop, posted: PostedPick, outbox: DatabaseOutbox, statement: int
) -> None:
    parcel = await parcel_of_a_refund(shop, posted, outbox)
    with pytest.raises(Interrupted), at_statement(shop, statement):
        await outbox.delivered(parcel, True)
    [refund] = await refunds(shop)
    assert refund.stage is RefundStage.DUE
    await outbox.delivered(parcel, True)
    [refund] = await refunds(shop)
    assert refund.stage is RefundStage.DONE
    assert await sent(shop, OutboxKind.STAR_REFUND) == []


async def test_a_refusal_is_final_and_silence_is_not(
    shop: Shop, posted: PostedPick, outbox: DatabaseOutbox
) -> None:
    parcel = await parcel_of_a_refund(shop, posted, outbox)
    await outbox.refused(parcel, error=Refusal(code=0, description="given up after 12 attempts"))
    [refund] = await refunds(shop)
    assert (refund.method, refund.stage) == (STARS, RefundStage.DUE)
    assert await sent(shop, OutboxKind.STAR_REFUND) == [ANN.id]

    again = await outbox.take(now=shop.now(), limit=10, not_chats=(), full_chats=())
    assert again == [], "it rests"


async def test_a_second_refusal_changes_nothing(
    shop: Shop, posted: PostedPick, outbox: DatabaseOutbox
) -> None:
    parcel = await parcel_of_a_refund(shop, posted, outbox)
    await outbox.refused(parcel, error=Refusal(code=400, description="Balance_too_low"))
    await outbox.refused(parcel, error=Refusal(code=400, description="Balance_too_low"))
    [refund] = await refunds(shop)
    assert (refund.method, refund.stage) == (PaymentMethod.TRANSFER, RefundStage.DUE)


async def test_what_could_not_be_drawn_is_still_owed(
    shop: Shop, posted: PostedPick, outbox: DatabaseOutbox
) -> None:
    issued = await invoice(shop, posted, STARS)
    for number in (1, 2):
        await told(shop, charge(issued, number))

    def interrupt(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "FROM refund" in statement:
            raise Interrupted

    event.listen(shop.database.read.sync_engine, "before_cursor_execute", interrupt)
    while await waits(shop):
        await outbox.take(now=shop.now(), limit=10, not_chats=(), full_chats=())
    event.remove(shop.database.read.sync_engine, "before_cursor_execute", interrupt)
    assert await sent(shop, OutboxKind.STAR_REFUND) == [ANN.id]

    called: list[str] = []
    later = shop.now() + CALLED_AGAIN_AFTER
    while parcels := await outbox.take(now=later, limit=10, not_chats=(), full_chats=()):
        called += [parcel.method for parcel in parcels]
    assert "refundStarPayment" in called


async def waits(shop: Shop) -> bool:
    async with shop.reading() as uow:
        return bool(await uow.outbox.list_due(now=shop.now(), limit=1))
