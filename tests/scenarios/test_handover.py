"""From the close to goods in hands: pick-up points, board, sheets, arrival, hand-over, undo, reminders."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot import errors, handover_errors, role_errors
from bot.i18n import Translator
from bot.views.refusals import refusal
from sandbox.people import Person, SeenMessage
from storage.models import AuditEntry, Order, OrderEvent, PickupPoint, PointHelper
from storage.states import FulfilmentState, OrderEventKind, OrderState
from storage.unit_of_work import writing
from tests.scenarios.goods import column, last, last_with, ledger, lines_held, opens_points, rows_of_csv
from tests.scenarios.house import Circle, House, honey_friends

TILL_EVENING = timedelta(hours=10, minutes=1)
HARBOUR, SCHOOL = "Harbour\nGate 3\ndaily 17:00-19:00", "学校门口"


async def sold(friends: Circle, **quantities: int) -> SeenMessage:
    """A pick with these orders, closed."""
    card = await friends.offers()
    for name, quantity in quantities.items():
        person: Person = getattr(friends, name)
        await person.says(f"+{quantity}", reply_to=card)
        await friends.house.settles()
    await friends.house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await friends.house.settles()
    return card


async def order_of(friends: Circle, person: Person) -> Order:
    (order,) = [order for order in await friends.house.rows(Order) if order.person_id == person.id]
    return order


async def make_helper(friends: Circle, person: Person, point: str) -> None:
    """Somebody hands over at one point; her role is given by its own part."""
    points = {each.name: each.id or 0 for each in await friends.house.rows(PickupPoint)}
    async with writing(friends.house.parts.shop.database) as uow:
        # She has never ordered, so that the bot has not seen her in the group yet.
        await uow.members.enter(1, [person.id], now=friends.house.now)
        await uow.roles.add_helper(points[point], person.id)


async def told_by_tap(person: Person, words: str, on: SeenMessage) -> str:
    return (await (await person.taps(words, on=on)).answered()).text


async def asks(friends: Circle, person: Person, words: str) -> SeenMessage:
    await person.says(words, to=friends.house.account)
    await friends.house.settles()
    return last(friends, person)


async def handover_list(friends: Circle, person: Person, point: str) -> SeenMessage:
    screen = await asks(friends, person, "/handover")
    if any(point in button for row in screen.buttons for button in row):
        await person.taps(point, on=screen)
        await friends.house.settles()
    return last(friends, person)


async def test_points_are_added_described_renamed_ordered_and_switched_off(friends: Circle) -> None:
    house, mei = friends.house, friends.mei
    await opens_points(friends, HARBOUR, SCHOOL)
    points = await house.rows(PickupPoint)
    assert [(each.name, each.words) for each in points] == [
        ("Harbour", "Gate 3\ndaily 17:00-19:00"),
        ("学校门口", ""),
    ]

    await mei.taps("Name", on=last_with(friends, mei, "学校门口"))
    await house.settles()
    taken = await asks(friends, mei, "harbour")
    assert taken.text == refusal(Translator("en"), handover_errors.PointNameTaken("harbour"))
    await asks(friends, mei, "School")
    await mei.taps("Address", on=last(friends, mei))
    await house.settles()
    described = await asks(friends, mei, "Main street 1")
    assert "Main street 1" in described.text
    await mei.taps("Up", on=described)
    await house.settles()
    assert described.text.index("School") < described.text.index("Harbour")
    await mei.taps("School", on=described)
    await house.settles()
    await mei.taps("Switch off", on=described)
    await house.settles()
    assert "Switched off" in described.text
    by_name = {each.name: each for each in await house.rows(PickupPoint)}
    assert not by_name["School"].is_active
    assert by_name["School"].position < by_name["Harbour"].position
    acts = {entry.action for entry in await house.rows(AuditEntry)}
    assert {"point_added", "point_changed", "point_moved", "point_switched_off"} <= acts


async def test_a_member_chooses_once_is_remembered_and_changes_her_mind(friends: Circle) -> None:
    house, ann, ben = friends.house, friends.ann, friends.ben
    await ann.starts(house.account)
    await opens_points(friends, HARBOUR, SCHOOL)
    card = await friends.offers()
    await ann.taps("Order", on=card)
    await ben.taps("Order", on=card)
    await house.settles()
    question = last(friends, ann)
    assert "Gate 3" in question.text
    assert question.buttons == [["Harbour"], ["学校门口"]]
    assert friends.private(ben) == [], "who has not opened her private chat is not asked"

    await ann.taps("Harbour", on=question)
    await house.settles()
    assert "Harbour" in question.text
    assert question.buttons == [["✓ Harbour"], ["学校门口"]]
    before = len(friends.private(ann))
    second = await friends.offers("5 Tea | till 20:00")
    await ann.taps("Order", on=second)
    await house.settles()
    assert len(friends.private(ann)) == before, "she is not asked again"
    points = {each.name: each.id for each in await house.rows(PickupPoint)}
    hers = [order.pickup_point_id for order in await house.rows(Order) if order.person_id == ann.id]
    assert hers == [points["Harbour"], points["Harbour"]]

    mine = await asks(friends, ann, "/my")
    await ann.taps("Pick-up #1", on=mine)
    await house.settles()
    await ann.taps("学校门口", on=last(friends, ann))
    await house.settles()
    hers = [order.pickup_point_id for order in await house.rows(Order) if order.person_id == ann.id]
    assert hers == [points["学校门口"], points["Harbour"]]


async def test_the_sole_point_needs_no_choice(friends: Circle) -> None:
    await friends.ann.starts(friends.house.account)
    await opens_points(friends, HARBOUR)
    before = len(friends.private(friends.ann))
    card = await friends.offers()
    await friends.ann.taps("Order", on=card)
    await friends.house.settles()

    assert len(friends.private(friends.ann)) == before
    (point,) = await friends.house.rows(PickupPoint)
    assert (await order_of(friends, friends.ann)).pickup_point_id == point.id


async def test_nobody_chooses_for_somebody_else_nor_a_point_that_is_gone(friends: Circle) -> None:
    house, ann, ben, mei = friends.house, friends.ann, friends.ben, friends.mei
    await ann.starts(house.account)
    await ben.starts(house.account)
    await opens_points(friends, HARBOUR, SCHOOL)
    card = await friends.offers()
    await ann.taps("Order", on=card)
    await house.settles()
    question, order = last(friends, ann), await order_of(friends, ann)
    harbour = next(each for each in await house.rows(PickupPoint) if each.name == "Harbour")
    forged = await ben.presses_data(f"pk:{order.id}:{harbour.id}", on=last(friends, ben))
    assert (await forged.answered()).text == refusal(Translator("ru"), errors.ButtonOutdated())

    await mei.taps("Switch off", on=last_with(friends, mei, "Switch off"))
    await house.settles()
    gone = await told_by_tap(ann, "学校门口", question)
    assert gone == refusal(Translator("en"), handover_errors.PointGone("学校门口"))
    assert (await order_of(friends, ann)).pickup_point_id is None


async def test_from_arrival_to_the_last_hand(friends: Circle) -> None:
    house, mei, ann, lin = friends.house, friends.mei, friends.ann, friends.lin
    for person in (ann, lin):
        await person.starts(house.account)
    await opens_points(friends, HARBOUR)
    await sold(friends, ann=2, ben=1, lin=3)
    posts = len(friends.posts)

    # It has come: asked first, told once, and one line for whoever reads nothing in private.
    counter = await handover_list(friends, mei, "Harbour")
    assert "3 people are still to come" in counter.text
    await mei.taps("It is there: tell 3", on=counter)
    await house.settles()
    assert "3 people" in counter.text
    assert "2 people" in await told_by_tap(mei, "Yes", counter)
    await house.settles()
    for person in (ann, lin):
        assert "Gate 3" in friends.private(person)[-1]
    assert len(friends.posts) == posts + 1
    again = await mei.presses_data(f"ar:1:{(await house.rows(PickupPoint))[0].id}:1", on=counter)
    assert "already" in (await again.answered()).text
    await house.settles()
    assert sum("is there for you" in text for text in friends.private(ann)) == 1
    assert len(friends.posts) == posts + 1
    assert {order.fulfilment_state for order in await house.rows(Order)} == {FulfilmentState.READY}

    # By name, and back.
    assert "Ann" in await told_by_tap(mei, "Ann", counter)
    await house.settles()
    assert "2 people are still to come" in counter.text
    order = await order_of(friends, ann)
    assert (order.state, order.fulfilment_state) == (OrderState.COMPLETED, FulfilmentState.HANDED_OVER)
    assert order.handed_over_by_id == mei.id
    await mei.taps("Undo", on=counter)
    await house.settles()
    order = await order_of(friends, ann)
    assert (order.state, order.fulfilment_state) == (OrderState.CONFIRMED, FulfilmentState.READY)
    assert order.handed_over_at is None

    # By code: Ann shows the picture, Mei's camera opens its link.
    mine = await asks(friends, ann, "/my")
    await ann.taps("Show my code", on=mine)
    await house.settles()
    shown = last(friends, ann)
    assert shown.photo is not None
    code = (await order_of(friends, ann)).code
    assert code is not None
    assert f"{code[:5]}-{code[5:]}" in shown.text
    await mei.starts(house.account, f"h_{code}")
    await house.settles()
    found = last(friends, mei)
    assert "2 × Yunnan honey: €25.80" in found.text
    await mei.taps("Hand over", on=found)
    await house.settles()
    assert "Handed over by Mei" in found.text

    # By number, typed; who does not come is reminded, once a day.
    typed = await asks(friends, mei, "2")
    assert "Бен" in typed.text
    await mei.taps("Hand over", on=typed)
    await house.settles()
    counter = await handover_list(friends, mei, "Harbour")
    await mei.taps("Remind 1", on=counter)
    await house.settles()
    assert "等" in friends.private(lin)[-1]
    reminded = len(friends.private(lin))
    assert "once a day" in await told_by_tap(mei, "Remind 1", counter)
    await house.passes(timedelta(days=1, minutes=1))
    await mei.taps("Remind 1", on=counter)
    await house.settles()
    assert len(friends.private(lin)) == reminded + 1
    by_code = await asks(friends, mei, f"/handover {(await order_of(friends, lin)).code}")
    await mei.taps("Hand over", on=by_code)
    await house.settles()
    await mei.taps("The goods came back", on=by_code)
    await house.settles()
    assert "This group keeps no money here: what was paid for it you give back by hand." in by_code.text
    assert {order.state for order in await house.rows(Order)} == {OrderState.COMPLETED}
    nothing = (await asks(friends, mei, "/handover")).text
    assert "nothing for you to hand over" in nothing
    assert "/board 1" in nothing

    kinds = Counter(event.kind for event in await house.rows(OrderEvent))
    assert (kinds[OrderEventKind.READY], kinds[OrderEventKind.HANDED_OVER]) == (3, 4)
    assert (kinds[OrderEventKind.TAKEN_BACK], kinds[OrderEventKind.REMINDED]) == (1, 2)
    assert all(
        e.by_id == mei.id for e in await house.rows(OrderEvent) if e.kind is OrderEventKind.HANDED_OVER
    )
    acts = Counter(entry.action for entry in await house.rows(AuditEntry))
    assert (acts["goods_arrived"], acts["order_handed_over"]) == (1, 4)
    assert (acts["hand_over_undone"], acts["buyers_reminded"]) == (1, 2)


async def test_a_helper_hands_over_at_her_point_and_does_nothing_else(friends: Circle) -> None:
    house, ann, ben, lin, mei = friends.house, friends.ann, friends.ben, friends.lin, friends.mei
    for person in (ann, ben, lin):
        await person.starts(house.account)
    await opens_points(friends, HARBOUR, SCHOOL)
    card = await friends.offers()
    for person, point in ((ann, "Harbour"), (lin, "学校门口")):
        await person.taps("Order", on=card)
        await house.settles()
        await person.taps(point, on=last(friends, person))
        await house.settles()
    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()
    await make_helper(friends, ben, "Harbour")
    t = Translator("ru")

    counter = await handover_list(friends, ben, "Harbour")
    assert "1 Ann" in counter.buttons[0]
    assert not any("1" in button and "сообщ" in button.lower() for row in counter.buttons for button in row)
    elsewhere = await asks(friends, ben, "2")
    assert elsewhere.text == refusal(t, handover_errors.FetchedElsewhere(2, "学校门口"))
    await ben.starts(house.account, f"h_{(await order_of(friends, lin)).code}")
    await house.settles()
    assert last(friends, ben).text == refusal(t, handover_errors.FetchedElsewhere(2, "学校门口"))
    school = next(each for each in await house.rows(PickupPoint) if each.name == "学校门口")
    for data, error in {
        f"ho:1:{school.id}:0": role_errors.MayNotHandOver(),
        "ar:1:1:1": errors.NotACurator(),
        "hr:1:1": errors.NotACurator(),
        "sh:1:supplier:xlsx": errors.NotACurator(),
        "b:1:0": errors.NotACurator(),
        "bp:1:1:0": errors.NotACurator(),
        "bv:1:0": errors.NotACurator(),
        "ps:1": errors.NotACurator(),
        "pg:1:off": errors.NotACurator(),
    }.items():
        pressed = await ben.presses_data(data, on=counter)
        assert (await pressed.answered()).text == refusal(t, error), data
    await ben.taps("1 Ann", on=counter)
    await house.settles()
    of_ann = await order_of(friends, ann)
    assert of_ann.handed_over_by_id == ben.id
    pressed = await ben.presses_data(f"hb:{of_ann.id}:1", on=counter)
    assert (await pressed.answered()).text == refusal(t, errors.NotACurator()), "money moves with it"
    assert len(await house.rows(PointHelper)) == 1

    # Two at one table: the second is told who was quicker.
    stale = await mei.presses_data(
        f"hh:{(await order_of(friends, ann)).id}:0", on=await handover_list(friends, mei, "学校门口")
    )
    answer = await stale.answered()
    assert answer.alert
    assert "Бен" in answer.text


async def test_what_cannot_be_handed_over_is_said_in_one_sentence(friends: Circle) -> None:
    house, mei, ann, ben = friends.house, friends.mei, friends.ann, friends.ben
    t = Translator("en")
    await ann.starts(house.account)
    card = await friends.offers()
    await ann.says("+2", reply_to=card)
    await house.settles()
    await ben.says("+1", reply_to=card)
    await ben.says("0", reply_to=card)
    await house.settles()
    open_order = await order_of(friends, ann)
    pressed = await mei.presses_data(f"hh:{open_order.id}:-1", on=last(friends, mei))
    assert (await pressed.answered()).text == refusal(t, handover_errors.PickStillOpen(1))
    await house.passes(TILL_EVENING)
    await card.until(contains="Closed")
    await house.settles()

    says: dict[str, errors.ShopError] = {
        "/handover 2": handover_errors.OrderIsCancelled(2),
        "/handover 77": handover_errors.OrderUnknown(77),
        "/handover AAAAABBBBB": handover_errors.CodeUnknown(),
        "/handover never": handover_errors.OrderNumberMissing(),
        "/start h_forged": handover_errors.CodeUnknown(),
    }
    for words, error in says.items():
        assert (await asks(friends, mei, words)).text == refusal(t, error), words
    code = (await order_of(friends, ann)).code
    await mei.starts(house.account, f"h_{code}")
    await house.settles()
    await mei.taps("Hand over", on=last(friends, mei))
    await house.settles()
    at = (await order_of(friends, ann)).handed_over_at
    assert at is not None
    for words in ("/handover 1", f"/handover {code}"):
        told = (await asks(friends, mei, words)).text
        assert "already, by Mei: " in told
    mine = await asks(friends, ann, "/my")
    assert not any("code" in button for row in mine.buttons for button in row), "it is of no more use"

    # Somebody of another group, and a member who is no helper.
    vera = house.tg.person("Vera")
    await vera.starts(house.account)
    tea = house.tg.group("Tea friends", owner=vera)
    await vera.adds_bot(house.account, tea, admin=True)
    await house.settles()
    assert (await asks(friends, vera, f"/start h_{code}")).text == refusal(
        t, handover_errors.CodeOfAnotherGroup()
    )
    assert (await asks(friends, ann, f"/start h_{code}")).text == refusal(t, role_errors.MayNotHandOver())
    assert (await asks(friends, vera, "/handover 1")).text == refusal(t, handover_errors.OrderUnknown(1))
    (heard,) = await house.hears(mei.says("/handover", in_=friends.group))
    assert heard.text == refusal(t, errors.OnlyInPrivate())


async def test_the_board_shows_kinds_points_and_members_and_sends_sheets(friends: Circle) -> None:
    house, mei, ann, ben, lin = friends.house, friends.mei, friends.ann, friends.ben, friends.lin
    for person in (ann, lin):
        await person.starts(house.account)
    await opens_points(friends, HARBOUR, SCHOOL)
    card = await friends.offers("3.50 Wool socks | dark 10, =light 5 | till 20:00")
    for person, words in ((ann, "+2 dark"), (lin, "+1 light"), (ben, "+1 dark +1 light")):
        await person.says(words, reply_to=card)
        await house.settles()
    await ann.taps("Harbour", on=last(friends, ann))
    await lin.taps("学校门口", on=last(friends, lin))
    await house.settles()

    board = await asks(friends, mei, "/board 1")
    for words in ("dark: 3", "Harbour: 2 for 1 person, €7.00", "No pick-up point chosen", "1. Ann: 2 × dark"):
        assert words in board.text
    await mei.taps("By kind", on=board)
    await house.settles()
    assert "dark: 3 (Harbour 2, No pick-up point chosen 1)" in board.text
    await mei.taps("whole list", on=board)
    await house.settles()
    await mei.taps("No pick-up point chosen", on=board)
    await house.settles()
    assert "Бен" in board.text
    assert "Ann" not in board.text
    await mei.taps("whole list", on=board)
    await house.settles()

    files: dict[str, bytes] = {}
    presses: list[Callable[[], Awaitable[object]]] = [
        lambda: mei.taps("Supplier sheet", on=board),
        lambda: mei.taps("Packing list", on=board),
        lambda: mei.taps("Pick-up list", on=board),
        lambda: mei.presses_data("sh:1:supplier:csv", on=board),
        lambda: mei.presses_data("sh:1:packing:csv", on=board),
        lambda: mei.presses_data("sh:1:pickup:csv", on=board),
    ]
    for press in presses:
        await press()
        await house.settles()
        sent = last(friends, mei)
        assert sent.document is not None
        files[str(sent.file_name)] = sent.document
    assert [name.split(".")[-1] for name in files] == ["xlsx"] * 3 + ["csv"] * 3
    held, amount = await lines_held(house, 1)
    assert held == await ledger(house, 1)
    for content in list(files.values())[3:]:
        rows = rows_of_csv(content)
        *parts, total = column(rows, "Quantity")
        assert sum(parts) == total == sum(held.values())
    *parts, total = column(rows_of_csv(list(files.values())[5]), "Amount (EUR)")
    assert sum(parts) == total
    assert total * 100 == amount
    forged = await mei.presses_data("sh:1:secret:xlsx", on=board)
    assert (await forged.answered()).alert


async def test_a_group_that_one_leads_is_not_another_that_one_does_not(house: House) -> None:
    friends = await honey_friends(house)
    await sold(friends, ann=1)
    vera = house.tg.person("Vera")
    await vera.starts(house.account)
    tea = house.tg.group("Tea friends", owner=vera)
    await vera.adds_bot(house.account, tea, admin=True)
    await house.settles()
    order = await order_of(friends, friends.ann)

    for data in ("b:1:0", "sh:1:pickup:csv", "ar:1:0:1", "hr:1:0", "ps:1"):
        pressed = await vera.presses_data(data, on=last(friends, vera))
        assert (await pressed.answered()).text == refusal(Translator("en"), errors.NotACurator()), data
    for data in ("ho:1:0:0", f"hh:{order.id}:0", f"hu:{order.id}", f"hs:{order.id}"):
        pressed = await vera.presses_data(data, on=last(friends, vera))
        assert (await pressed.answered()).text == refusal(Translator("en"), role_errors.MayNotHandOver()), (
            data
        )
    assert (await order_of(friends, friends.ann)).state is OrderState.CONFIRMED


@pytest.mark.parametrize("data", ["b:1:0", "ho:1:0:0", "sh:1:pickup:csv", "ps:1"])
async def test_what_is_private_is_not_drawn_over_a_card_in_the_group(friends: Circle, data: str) -> None:
    card = await sold(friends, ann=1)
    text = card.text
    pressed = await friends.mei.presses_data(data, on=card)
    assert (await pressed.answered()).text == refusal(Translator("en"), errors.ButtonOutdated())
    await friends.house.settles()
    assert card.text == text
