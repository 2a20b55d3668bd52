"""The board, pick-up points and hand-over: whatever people write, everything fits and nobody is left out."""

from datetime import UTC, datetime

import pytest

from bot.callbacks.handover import HandOverButton
from bot.i18n import Translator
from bot.services.boards import MEMBERS_A_PAGE
from bot.views.boards import board, board_by_variant, board_of_point
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
    taken_back_toast,
    which_order,
    who_has_come,
    who_is_to_come,
)
from bot.views.pickups import (
    arrived_notice,
    ask_point_name,
    ask_point_words,
    beside_orders,
    code_caption,
    point_chosen,
    point_page,
    points_page,
    reminder,
    where_to_fetch,
)
from bot.views.screens import LONGEST_CAPTION, Screen
from storage.models import PickupPoint
from storage.repositories.boards import OpenHandover
from storage.repositories.pickups import OrderInHand
from storage.states import FulfilmentState, OrderState, PickState
from tests.views.goods import make_entry, make_facts
from tests.views.strange import GROUP, NAME, TITLE, VARIANT, long, make_posted, shown


def make_held(text: str, *, fulfilment: FulfilmentState = FulfilmentState.READY) -> OrderInHand:
    fetched = fulfilment is FulfilmentState.HANDED_OVER
    return OrderInHand(
        id=2**62,
        number=999_999,
        state=OrderState.COMPLETED if fetched else OrderState.CONFIRMED,
        fulfilment=fulfilment,
        code="ABCDEFGHJK",
        person_id=1,
        name=long(text, NAME),
        private_is_open=True,
        point_id=2**62,
        point_name=long(text, 40),
        point_words=long(text, 300),
        pick_id=2**62,
        pick_number=999_999,
        pick_state=PickState.CLOSED,
        title=long(text, TITLE),
        currency="KWD",
        group_id=1,
        group_title=long(text, GROUP),
        time_zone="Asia/Tokyo",
        handed_over_at=datetime(2026, 3, 2, tzinfo=UTC) if fetched else None,
        handed_over_by=long(text, NAME) if fetched else None,
        lines=[(long(f"{n}{text}", VARIANT), 1000) for n in range(50)],
        amount=10**15,
    )


def make_points(text: str, count: int) -> list[PickupPoint]:
    return [
        PickupPoint(id=2**62 + n, group_id=1, name=long(f"{n}{text}", 40), words=long(text, 300), position=n)
        for n in range(count)
    ]


@pytest.mark.parametrize(("variants", "members", "points"), [(1, 1, 0), (2, 45, 3), (50, 21, 30)])
def test_every_page_of_the_board_fits_and_every_member_is_on_one(
    t: Translator, text: str, variants: int, members: int, points: int
) -> None:
    posted = make_posted(text, variants=variants, state=PickState.CLOSED)
    entries = [
        make_entry(
            posted,
            number,
            long(text, NAME),
            [1000] * variants,
            point=(number % points + 1, long(f"{number % points}{text}", 40)) if points else None,
        )
        for number in range(1, members + 1)
    ]
    facts = make_facts(posted, entries)
    pages = ""
    for page in range(-(-members // MEMBERS_A_PAGE)):
        first = page * MEMBERS_A_PAGE
        pages += "\n" + shown(board(t, facts, entries[first : first + MEMBERS_A_PAGE], page=page))
    assert all(f"\n{number}. " in pages for number in range(1, members + 1))
    for page in range(-1, 4):
        shown(board_by_variant(t, facts, page=page))
    for point in facts.points:
        shown(board_of_point(t, facts, point, entries[:MEMBERS_A_PAGE], page=0))


def test_a_board_that_nobody_is_on_says_nought(t: Translator, text: str) -> None:
    for state in (PickState.LIVE, PickState.CLOSED):
        shown(board(t, make_facts(make_posted(text, state=state), []), [], page=0))


@pytest.mark.parametrize("may_tell", [True, False])
def test_whoever_hands_over_sees_screens_that_fit(t: Translator, text: str, may_tell: bool) -> None:
    posted = make_posted(text, variants=50, state=PickState.CLOSED)
    states = list(FulfilmentState)[:3]
    entries = [
        make_entry(posted, n, long(text, NAME), [9] * 50, point=(1, long(text, 40)), fulfilment=states[n % 3])
        for n in range(1, 3 * NAMES_A_PAGE + 1)
    ]
    point = make_facts(posted, entries).points[0]
    counter = Counter(posted=posted, point=point, may_tell=may_tell, last=make_held(text))
    for page in range(3):
        told = who_is_to_come(t, counter, entries[:NAMES_A_PAGE], page=page)
        shown(told)
        names = [b for row in told.buttons for b in row if isinstance(b.data, HandOverButton)]
        assert len(names) == NAMES_A_PAGE
        shown(who_has_come(t, counter, entries[:NAMES_A_PAGE], page=page))
    shown(who_is_to_come(t, counter, [], page=0))
    shown(sure_it_arrived(t, counter))
    for name in (None, long(text, 40)):
        shown(arrived_in_group(t, posted, name, link="https://t.me/vouch_bot?start=my"))


def test_one_order_to_hand_over_fits(t: Translator, text: str) -> None:
    for fulfilment in FulfilmentState:
        order = make_held(text, fulfilment=fulfilment)
        shown(order_to_hand(t, order, when="2026-03-02 21:00"))
        for screen in (arrived_notice(t, order), reminder(t, order), which_order(t, [order] * 60)):
            shown(screen)
        shown(Screen(text=code_caption(t, order)), limit=LONGEST_CAPTION)
        for told in (handed_over_toast(t, order), taken_back_toast(t, order)):
            assert told
    found = OpenHandover(
        pick_id=1, pick_number=1, title=long(text, TITLE), group_id=1, group_title=long(text, GROUP),
        point_id=1, point=long(text, 40), orders=5,
    )  # fmt: skip
    shown(open_handovers(t, [found] * 60))
    shown(open_handovers(t, []))


def test_how_many_were_told_is_said_exactly() -> None:
    t = Translator("en")
    assert arrived_toast(t, 0, 0) != reminded_toast(t, 0, 0)
    assert arrived_toast(t, 1, 1) == "1 person is told."
    assert "2 people are told; the other 3" in reminded_toast(t, 5, 2)


@pytest.mark.parametrize("count", [0, 1, 30])
def test_points_fit_in_the_settings_and_before_a_member(t: Translator, text: str, count: int) -> None:
    group, points, order = make_posted(text).group, make_points(text, count), make_held(text)
    shown(points_page(t, group, points))
    shown(str(ask_point_name(t, group, None)))
    for point in points[:2]:
        for active in (True, False):
            point.is_active = active
            shown(point_page(t, point, currency="EUR"))
        shown(str(ask_point_name(t, group, point)))
        shown(str(ask_point_words(t, point)))
        shown(where_to_fetch(t, order, points))
        shown(point_chosen(t, order, point, points))
    shown(Screen(text=code_caption(t, order), buttons=beside_orders(t, [(order, True)] * 60)))
