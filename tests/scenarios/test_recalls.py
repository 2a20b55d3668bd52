"""A bad batch: forty orders, nine disputes; it stops everywhere, money goes back, and the scores answer."""

import asyncio
from collections.abc import Sequence

from bot.jobs.recalls import stop_bad, tell_recalled
from bot.posting import Place, Posting, share_offer
from bot.rules.orders import Ask
from bot.services.cases.opening import open_case
from bot.services.handover import hand_over
from bot.services.orders.requests import OrderRequest
from sandbox.people import Group, SeenMessage
from storage.models import Group as StoredGroup
from storage.models import Order, Pick, Recall, Refund
from storage.repositories.members import Seen
from storage.states import CaseKind, PaymentMethod, RefundStage, TouchSource
from tests.scenarios.goods import last, last_with
from tests.scenarios.house import Circle
from tests.scenarios.paid import asks, has_paid, takes, taps

ORDERS = 40
DISPUTES = 9


async def has_a_batch(friends: Circle) -> list[Order]:
    """Ann, Ben and Lin, and 37 others whom Lin told of it, have honey of one batch; Ann has paid for hers."""
    house, shop = friends.house, friends.house.parts.shop
    card = await friends.offers("12.90 Yunnan honey | till 20:00")
    for friend in (friends.ann, friends.ben, friends.lin):
        await friend.starts(house.account)
        await friend.says("+1", reply_to=card)
    await house.settles()
    await has_paid(friends, friends.ann, 1290)
    [pick] = await house.rows(Pick)
    people = [
        Seen(id=900_000 + n, name=f"Buyer {n}", username=None, language="en") for n in range(ORDERS - 3)
    ]
    async with shop.writing() as uow:
        await uow.members.meet(people, now=shop.now())
        for person in people:
            await uow.shares.touch(
                pick.id or 0, person.id, friends.lin.id, source=TouchSource.OPENED, now=shop.now()
            )
    asked = (
        OrderRequest(
            update_id=7_000_000 + person.id,
            person=person,
            chat_id=friends.group.id,
            pick_id=pick.id or 0,
            ask=Ask(action="change", items=((None, 1),)),
        )
        for person in people
    )
    await asyncio.gather(*(shop.orders.submit(one) for one in asked))
    await friends.mei.says("/close 1", in_=friends.group)
    await house.settles()
    orders = await house.rows(Order)
    async with shop.writing() as uow:
        for order in orders:
            await hand_over(uow, order.id or 0, by_id=friends.mei.id, now=shop.now())
    await house.settles()
    return orders


async def complain(friends: Circle, orders: Sequence[Order]) -> None:
    """Those who ordered this say that theirs leaks."""
    shop = friends.house.parts.shop
    async with shop.writing() as uow:
        for order in orders:
            await open_case(
                uow,
                order.id or 0,
                CaseKind.DAMAGED,
                person_id=order.person_id,
                words="The jar leaks.",
                now=shop.now(),
            )


async def is_on_sale_again(friends: Circle) -> tuple[SeenMessage, Group]:
    """A second round runs, here and among the friends of tea."""
    house = friends.house
    tea = house.tg.group("Tea friends", owner=friends.mei, members=[friends.ben])
    await friends.mei.adds_bot(house.account, tea, admin=True)
    await friends.mei.says("/repost 1 till 20:00", in_=friends.group)
    await house.settles()
    [*_, again] = await house.rows(Pick)
    [there] = [group for group in await house.rows(StoredGroup) if group.title == "Tea friends"]
    async with house.parts.shop.writing() as uow:
        posting = Posting(curator_id=friends.mei.id, closes_at=again.closes_at)
        await share_offer(uow, again.offer_id, [Place(group=there)], posting, now=house.now)
    await house.settles()
    cards = [post for post in house.posts_in(friends.group) if "#2 Yunnan honey" in post.text]
    return next(card for card in cards if card.buttons), tea


async def test_a_bad_batch_is_stopped_repaired_and_answered_for(friends: Circle) -> None:
    house, shop = friends.house, friends.house.parts.shop
    mei, ann, ben, lin = friends.mei, friends.ann, friends.ben, friends.lin
    await takes(friends, PaymentMethod.TRANSFER)
    orders = await has_a_batch(friends)
    card, tea = await is_on_sale_again(friends)
    await ben.says("+1", reply_to=card)
    await house.settles()
    others = [order for order in orders if order.person_id > 900_000 - 1]

    await complain(friends, others[: DISPUTES - 1])
    assert await stop_bad(shop) == 0, "eight of forty may still be chance"
    await complain(friends, others[DISPUTES - 1 : DISPUTES])
    assert await stop_bad(shop) == 1

    # The pause: in both groups, at once.
    await house.settles()
    [there] = [post for post in house.posts_in(tea) if "takes no orders for now" in post.text]
    assert "Stopped: something may be wrong with it" in card.text
    assert "Reply to this card with 0" in card.text
    assert card.buttons == there.buttons == []
    told = [
        post for post in house.posts_in(friends.group) if "Of 40 orders, 9 had something wrong" in post.text
    ]
    assert [post.buttons for post in told] == [[["What about mine?"]]]
    await ann.says("+1", reply_to=card)
    await house.settles()
    assert "Pick #2 is stopped" in friends.posts[-1]
    await ben.says("0", reply_to=card)
    await house.settles()
    assert "0 ordered" in card.text

    # Whom it concerns is told: in private, or by way of the group.
    assert await tell_recalled(shop) == ORDERS + 1
    await house.settles()
    notice = last_with(friends, ann, "I want my money back")
    assert "you get your €12.90 back" in notice.text
    assert last_with(friends, lin, "我的没问题").buttons, "in her own language"

    # The refund, by one tap; the same one, tapped twice, moves nothing more.
    wants_back = next(iter(notice.rows[1]))["callback_data"]
    await taps(friends, ann, "I want my money back", notice)
    assert "Settled within 1 hour: €12.90 back" in last_with(friends, ann, "Your case").text
    assert "being seen to" in notice.text
    assert notice.buttons == []
    again = await ann.presses_data(wants_back, on=notice)
    assert "being seen to" in (await again.answered()).text
    assert [(refund.amount, refund.stage) for refund in await house.rows(Refund)] == [(1290, RefundStage.DUE)]
    [refund] = await house.rows(Refund)
    listed = await asks(friends, mei, f"/start refunds_{refund.group_id}")
    await taps(friends, mei, listed.buttons[0][0], listed)
    await taps(friends, mei, "It has gone back", listed)
    assert [refund.stage for refund in await house.rows(Refund)] == [RefundStage.DONE]
    assert "has gone back to you" in last_with(friends, ann, "gone back").text

    # The scores, where people decide.
    [*_, pick] = [pick for pick in await house.rows(Pick) if pick.number == 2]
    async with shop.writing() as uow:
        await uow.shares.touch(pick.id or 0, mei.id, lin.id, source=TouchSource.SAID, now=house.now)
    shown = await asks(friends, mei, f"/start d_{pick.id}")
    assert "Judging by 40 recent orders with Mei, about 83% go well." in shown.text
    assert "Judging by 37 recent orders that 小林 recommended, about 82% go well." in shown.text
    assert "takes no orders for now" in shown.text

    # Its owner puts it on sale again.
    await taps(friends, mei, "Look at it", last_with(friends, mei, "Please hand nothing of it out"))
    page = last_with(friends, mei, "Put it on sale again")
    assert "1 wants the money back" in page.text
    await taps(friends, mei, "Put it on sale again", page)
    await taps(friends, mei, "Yes, sell it again", page)
    await house.settles()
    assert "Open until" in card.text
    assert card.buttons
    [recall] = await house.rows(Recall)
    assert recall.lifted_by_id == mei.id

    # By hand it takes a reason, and a yes.
    await mei.says("/stop 2", in_=friends.group)
    await house.settles()
    assert "What is wrong with it?" in last(friends, mei).text
    sure = await asks(friends, mei, "The jars leak")
    assert "“The jars leak”" in sure.text
    await taps(friends, mei, "Stop it", sure)
    assert "Mei stopped it: “The jars leak”" in sure.text
    assert "takes no orders for now" in card.text
    stopped = await asks(friends, mei, "/stop 2 once more")
    assert "Since" in stopped.text
    # Nobody learns by counting what is stopped elsewhere.
    for unknown in ("/start recall_2", "/start recall_3"):
        assert (
            await asks(friends, ben, unknown)
        ).text == "У вас нет заказа на то, что остановлено, делать ничего не нужно."
