"""Handing over in private: who is to come, by name, by number, by code; undo; telling buyers."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from telegram import Bot

from bot.callbacks.handover import (
    ArrivedButton,
    HandedButton,
    HandOverButton,
    HandoverButton,
    OrderToHandButton,
    RemindButton,
    ReturnedButton,
    TakeBackButton,
)
from bot.errors import ButtonOutdated, OnlyInPrivate
from bot.handover_errors import (
    CodeOfAnotherGroup,
    FetchedElsewhere,
    HandedOverAlready,
    OrderUnknown,
)
from bot.i18n import Translator
from bot.role_errors import MayNotHandOver
from bot.rules.handover import is_code, read_code, read_order_number
from bot.rules.refunds import most_to_give
from bot.services.boards import point_sum
from bot.services.handover import (
    announce_arrival,
    find_by_code,
    hand_over,
    is_to_come,
    note_return,
    remind_the_missing,
    require_returnable,
    require_to_come,
    take_back,
)
from bot.services.payments.bills import find_bill, owed_of
from bot.services.payments.claims import cash_taken
from bot.services.payments.settlements import settle_orders
from bot.shop import Shop
from bot.views.handover import (
    NAMES_A_PAGE,
    Counter,
    arrived_in_group,
    arrived_toast,
    handed_over_toast,
    open_handovers,
    order_to_hand,
    reminded_toast,
    sure_it_arrived,
    sure_it_came_back,
    taken_back_toast,
    which_order,
    who_has_come,
    who_is_to_come,
)
from bot.views.refusals import refusal
from bot.views.screens import Screen
from handlers.access import may_curate, may_hand_over
from handlers.boards import curated
from handlers.speaking import redraw, send, speaker
from handlers.updates import Said, Tap
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.repositories.pickups import OrderInHand
from storage.states import NO_POINT, Presence
from storage.unit_of_work import UnitOfWork

ASKED = "handover"
"""The step under which somebody who hands over may type numbers and codes."""

_BY_ITSELF = -1
"""The page that stands for an order shown by itself."""


@dataclass(frozen=True, kw_only=True)
class _Post:
    """Somebody at a pick-up point, with the goods of one pick."""

    uow: UnitOfWork
    shop: Shop
    person: Seen
    posted: PostedPick
    point_id: int

    async def counter(self, last: OrderInHand | None = None) -> Counter:
        """What she sees."""
        point = await point_sum(self.uow, self.posted.id, self.point_id)
        if point.key != self.point_id:
            raise ButtonOutdated
        may_tell = await may_curate(self.uow, self.posted.pick.group_id, self.person.id, self.posted.pick)
        return Counter(posted=self.posted, point=point, may_tell=may_tell, last=last)

    async def to_come(self, t: Translator, page: int, *, last: OrderInHand | None = None) -> Screen:
        """Who is still to come."""
        counter = await self.counter(last)
        page = min(max(page, 0), max(counter.to_come - 1, 0) // NAMES_A_PAGE)
        entries = await self.uow.boards.list_entries(
            self.posted.id,
            point_id=self.point_id,
            whose="to_come",
            offset=page * NAMES_A_PAGE,
            limit=NAMES_A_PAGE,
        )
        content = {"pick_id": self.posted.id}
        await self.uow.pickups.wait_for(self.person.id, ASKED, content, now=self.shop.now())
        owed = await owed_of(self.uow, [entry.order_id for entry in entries])
        return who_is_to_come(t, counter, entries, page=page, owed=owed)


async def handover_asked(said: Said, shop: Shop, bot: Bot) -> None:
    """`/handover`, or at once `/handover 12`, or with a code."""
    if not said.is_private:
        raise OnlyInPrivate
    if said.arguments:
        await order_typed(said, shop, said.arguments)
        return
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        found = await uow.boards.list_open(said.person.id)
        if len(found) != 1:
            await send(uow, shop, said.person.id, open_handovers(t, found))
            await uow.pickups.wait_for(said.person.id, ASKED, {}, now=shop.now())
            return
        post = await _post(uow, shop, said.person, found[0].pick_id, found[0].key)
        await send(uow, shop, said.person.id, await post.to_come(t, 0))


async def order_typed(said: Said, shop: Shop, text: str, *, pick_id: int | None = None) -> None:
    """The number or the code of an order was typed; the number is first looked for in this pick."""
    if is_code(text):
        await code_opened(said, shop, text)
        return
    number = read_order_number(text)
    async with shop.handling(said.update_id) as uow:
        t = await speaker(uow, said.person)
        found = await _by_number(uow, said.person.id, number, pick_id=pick_id)
        if len(found) > 1:
            await send(uow, shop, said.person.id, which_order(t, found))
            return
        require_to_come(found[0])
        await send(uow, shop, said.person.id, await order_screen(uow, t, found[0], by_id=said.person.id))


async def code_opened(said: Said, shop: Shop, text: str) -> None:
    """A code was typed, or its picture was seen by a camera."""
    code = read_code(text)
    async with shop.handling(said.update_id) as uow:
        order = await find_by_code(uow, code)
        await _require_code_at(uow, order, said.person.id)
        require_to_come(order)
        t = await speaker(uow, said.person)
        await send(uow, shop, said.person.id, await order_screen(uow, t, order, by_id=said.person.id))


async def handover_turned(tap: Tap, shop: Shop) -> None:
    """Who is still to come to a point."""
    button = HandoverButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        post = await _tapped(uow, shop, tap, button.pick_id, button.point_id)
        await redraw(uow, shop, tap, await post.to_come(await speaker(uow, tap.person), button.page))
    await tap.answer()


async def handed_turned(tap: Tap, shop: Shop) -> None:
    """Who has come to a point."""
    button = HandedButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        post = await _tapped(uow, shop, tap, button.pick_id, button.point_id)
        counter = await post.counter()
        page = min(max(button.page, 0), max(counter.point.handed - 1, 0) // NAMES_A_PAGE)
        entries = await uow.boards.list_entries(
            button.pick_id,
            point_id=button.point_id,
            whose="handed",
            offset=page * NAMES_A_PAGE,
            limit=NAMES_A_PAGE,
        )
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, who_has_come(t, counter, entries, page=page))
    await tap.answer()


async def order_tapped(tap: Tap, shop: Shop) -> None:
    """One order, to be looked at before anything is done."""
    async with shop.handling(tap.update_id) as uow:
        order = await _order(uow, tap, OrderToHandButton.read(tap.data).order_id)
        t = await speaker(uow, tap.person)
        await redraw(uow, shop, tap, await order_screen(uow, t, order, by_id=tap.person.id))
    await tap.answer()


async def hand_over_tapped(tap: Tap, shop: Shop) -> None:
    """A member has her goods."""
    button = HandOverButton.read(tap.data)
    refused: HandedOverAlready | None = None
    async with shop.handling(tap.update_id) as uow:
        order = await _order(uow, tap, button.order_id)
        t = await speaker(uow, tap.person)
        try:
            order = await hand_over(uow, button.order_id, by_id=tap.person.id, now=shop.now())
        except HandedOverAlready as error:
            # Somebody else was quicker: the list is drawn anew all the same.
            refused = error
        if button.page == _BY_ITSELF:
            screen = await order_screen(uow, t, await uow.pickups.get(order.id), by_id=tap.person.id)
            await redraw(uow, shop, tap, screen)
        else:
            post = await _post(uow, shop, tap.person, order.pick_id, order.point_id or NO_POINT)
            await redraw(uow, shop, tap, await post.to_come(t, button.page, last=None if refused else order))
    if refused is not None:
        await tap.answer(refusal(t, refused), alert=True)
    else:
        await tap.answer(handed_over_toast(t, order))


async def take_back_tapped(tap: Tap, shop: Shop) -> None:
    """It was not handed over after all."""
    order_id = TakeBackButton.read(tap.data).order_id
    async with shop.handling(tap.update_id) as uow:
        await _order(uow, tap, order_id)
        order = await take_back(uow, order_id, by_id=tap.person.id, now=shop.now())
        t = await speaker(uow, tap.person)
        post = await _post(uow, shop, tap.person, order.pick_id, order.point_id or NO_POINT)
        await redraw(uow, shop, tap, await post.to_come(t, 0))
    await tap.answer(taken_back_toast(t, order))


async def returned_tapped(tap: Tap, shop: Shop) -> None:
    """The goods came back; asked first, since what was paid goes back, too."""
    button = ReturnedButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        order = await _order(uow, tap, button.order_id)
        await curated(uow, order.pick_id, tap.person.id)
        require_returnable(order)
        t = await speaker(uow, tap.person)
        if button.sure:
            # In full, as whoever reckons an order's money does; at once, so that what is shown is true.
            await uow.payments.lock([order.id])
            order = await note_return(uow, order.id, by_id=tap.person.id, now=shop.now())
            await settle_orders(uow, [order.id], now=shop.now())
            screen = await order_screen(uow, t, order, by_id=tap.person.id)
        else:
            money = (await uow.payments.money([order.id]))[order.id]
            keeps_money = money.is_tracked or money.received_amount > 0
            screen = sure_it_came_back(t, order, keeps_money=keeps_money)
        await redraw(uow, shop, tap, screen)
    await tap.answer()


async def arrived_tapped(tap: Tap, shop: Shop) -> None:
    """A pick is at a point; asked first, since everybody there will be told."""
    button = ArrivedButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        post = await _telling(uow, shop, tap, button.pick_id, button.point_id)
        t = await speaker(uow, tap.person)
        counter = await post.counter()
        if not button.sure and counter.point.waiting:
            await redraw(uow, shop, tap, sure_it_arrived(t, counter))
            words = ""
        else:
            told = await announce_arrival(
                uow, post.posted, button.point_id, by_id=tap.person.id, now=shop.now()
            )
            if told.orders > told.readers:
                await _tell_group(uow, shop, post.posted, counter)
            await redraw(uow, shop, tap, await post.to_come(t, 0))
            words = arrived_toast(t, told.orders, told.readers)
    await tap.answer(words)


async def remind_tapped(tap: Tap, shop: Shop) -> None:
    """Those who have not come are reminded."""
    button = RemindButton.read(tap.data)
    async with shop.handling(tap.update_id) as uow:
        post = await _telling(uow, shop, tap, button.pick_id, button.point_id)
        told = await remind_the_missing(
            uow, post.posted, button.point_id, by_id=tap.person.id, now=shop.now()
        )
        t = await speaker(uow, tap.person)
    await tap.answer(reminded_toast(t, told.orders, told.readers))


async def _tell_group(uow: UnitOfWork, shop: Shop, posted: PostedPick, counter: Counter) -> None:
    screen = arrived_in_group(
        Translator(posted.group.language), posted, counter.point.name, link=shop.link("my")
    )
    await send(uow, shop, posted.group.chat_id, screen, topic_id=posted.pick.topic_id)


async def _by_number(
    uow: UnitOfWork, person_id: int, number: int, *, pick_id: int | None
) -> list[OrderInHand]:
    """The orders that a number can mean, at least one. Raises OrderUnknown and FetchedElsewhere."""
    closed = await uow.boards.list_closed(person_id)
    here = [pick_id] if pick_id is not None and pick_id in closed else []
    found = await uow.pickups.list_by_number(here, number) if here else []
    found = found or await uow.pickups.list_by_number(closed, number)
    if not found:
        raise OrderUnknown(number)
    allowed = [order for order in found if await _may(uow, order, person_id)]
    if not allowed:
        raise FetchedElsewhere(number, found[0].point_name or "")
    return [order for order in allowed if is_to_come(order)] or allowed[:1]


async def _may(uow: UnitOfWork, order: OrderInHand, person_id: int) -> bool:
    return await may_hand_over(uow, order.group_id, person_id, point_id=order.point_id)


async def _order(uow: UnitOfWork, tap: Tap, order_id: int) -> OrderInHand:
    """The order that was tapped, for those who may hand it over."""
    order = await uow.pickups.find(order_id)
    if order is None or not tap.is_private:
        raise ButtonOutdated
    if not await _may(uow, order, tap.person.id):
        if await may_hand_over(uow, order.group_id, tap.person.id):
            raise FetchedElsewhere(order.number, order.point_name or "")
        raise MayNotHandOver
    return order


async def _require_code_at(uow: UnitOfWork, order: OrderInHand, person_id: int) -> None:
    """Raise FetchedElsewhere, MayNotHandOver or CodeOfAnotherGroup unless the code is for her."""
    if await _may(uow, order, person_id):
        return
    if await may_hand_over(uow, order.group_id, person_id):
        raise FetchedElsewhere(order.number, order.point_name or "")
    member = await uow.members.find_member(order.group_id, person_id)
    if member is not None and member.presence is Presence.JOINED:
        raise MayNotHandOver
    raise CodeOfAnotherGroup


async def _tapped(uow: UnitOfWork, shop: Shop, tap: Tap, pick_id: int, point_id: int) -> _Post:
    tap.require_private()
    return await _post(uow, shop, tap.person, pick_id, point_id)


async def _telling(uow: UnitOfWork, shop: Shop, tap: Tap, pick_id: int, point_id: int) -> _Post:
    """The same for those who may tell buyers: the pick's curators."""
    await curated(uow, pick_id, tap.person.id)
    return await _tapped(uow, shop, tap, pick_id, point_id)


async def _post(uow: UnitOfWork, shop: Shop, person: Seen, pick_id: int, point_id: int) -> _Post:
    posted = (await uow.picks.load([pick_id])).get(pick_id)
    if posted is None:
        raise ButtonOutdated
    group_id = posted.pick.group_id
    if not await may_hand_over(uow, group_id, person.id, point_id=point_id or None):
        raise MayNotHandOver
    return _Post(uow=uow, shop=shop, person=person, posted=posted, point_id=point_id)


async def order_screen(uow: UnitOfWork, t: Translator, order: OrderInHand, *, by_id: int) -> Screen:
    """One order as whoever hands it over sees it, with what is still to be paid for it."""
    at = order.handed_over_at
    when = f"{at.astimezone(ZoneInfo(order.time_zone)):%Y-%m-%d %H:%M}" if at else ""
    posted = await uow.picks.get(order.pick_id)
    bill = await find_bill(uow, order.id)
    curates = await may_curate(uow, order.group_id, by_id, posted.pick)
    cash = await cash_taken(uow, order.id) if curates and bill is not None else None
    may_refund = curates and bill is not None and most_to_give(bill.money) > 0
    return order_to_hand(t, order, when=when, bill=bill, cash=cash, may_refund=may_refund, may_return=curates)
