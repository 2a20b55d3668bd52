"""Toasts, receipts and the roll-up."""

import pytest

from bot.callbacks import BoardButton
from bot.i18n import Translator
from bot.money import Money
from bot.views.orders import (
    MEMBERS_A_PAGE,
    board,
    order_toast,
    own_orders,
    receipt,
    roll_up,
    roll_up_elsewhere,
)
from bot.views.screens import LONGEST_TOAST
from sandbox.entities import utf16_length
from storage.states import OrderState, PickState
from tests.views.strange import NAME, NOW, long, make_board, make_own, make_posted, shown

TOTAL = Money(amount=10**15, currency="KWD")


def turns(screen_buttons: object) -> list[int]:
    return [
        button.data.page
        for row in screen_buttons  # type: ignore[attr-defined]
        for button in row
        if isinstance(button.data, BoardButton)
    ]


def test_a_toast_is_short_whatever_was_ordered(t: Translator, text: str) -> None:
    for variants in (0, 1, 2, 50):
        lines = tuple((long(f"{n}{text}", 30), 1000) for n in range(variants))
        told = order_toast(t, title=long(text, 100), order_lines=lines, total=TOTAL)
        assert 0 < utf16_length(told) <= LONGEST_TOAST


def test_a_toast_of_the_sole_kind(t: Translator, text: str) -> None:
    told = order_toast(t, title=long(text, 100), order_lines=(("", 2),), total=TOTAL)
    assert 0 < utf16_length(told) <= LONGEST_TOAST


@pytest.mark.parametrize(("variants", "orders"), [(1, 0), (1, 1), (50, 1), (1, 15), (50, 15)])
def test_own_orders_fit(t: Translator, text: str, variants: int, orders: int) -> None:
    for state in OrderState:
        own = make_own(make_posted(text, variants=variants), orders=orders, state=state)
        told = shown(own_orders(t, own, now=NOW))
        assert (long(text, 100) in told) == bool(orders)


def test_a_receipt_fits(t: Translator, text: str) -> None:
    for variants in (1, 2, 50):
        own = make_own(make_posted(text, variants=variants), state=OrderState.CONFIRMED)
        shown(receipt(t, own, now=NOW))


@pytest.mark.parametrize(("variants", "members"), [(1, 0), (1, 1), (2, 90), (50, 3)])
def test_every_page_of_the_board_fits_and_every_member_is_on_one(
    t: Translator, text: str, variants: int, members: int
) -> None:
    posted = make_posted(text, variants=variants, state=PickState.CLOSED)
    ordered = make_board(posted, text, members=members)
    pages, page = "", 0
    while True:
        screen = board(t, posted, ordered, page=page)
        pages += "\n" + shown(screen)
        if page + 1 not in turns(screen.buttons):
            break
        page += 1
    assert all(f"\n{member}. " in pages for member in range(1, members + 1))
    if variants > 1:
        assert all(f"\n{variant.name}" in pages for variant in posted.variants)


def test_a_page_that_does_not_exist_is_the_nearest_that_does() -> None:
    t, posted = Translator("en"), make_posted()
    ordered = make_board(posted, "Ann", members=2 * MEMBERS_A_PAGE, name="Ann")
    assert board(t, posted, ordered, page=999) == board(t, posted, ordered, page=1)
    assert board(t, posted, ordered, page=-5) == board(t, posted, ordered, page=0)


def test_short_lines_fill_a_page_with_as_many_members_as_it_may_have() -> None:
    t, posted = Translator("en"), make_posted("x")
    ordered = make_board(posted, "x", members=MEMBERS_A_PAGE + 1, name="Ann")
    first, second = (shown(board(t, posted, ordered, page=page)) for page in (0, 1))
    assert f"\n{MEMBERS_A_PAGE}. Ann" in first
    assert f"\n{MEMBERS_A_PAGE + 1}. Ann" in second
    assert turns(board(t, posted, make_board(posted, "A", members=1)).buttons) == []


def test_a_roll_up_without_orders_says_so(t: Translator, text: str) -> None:
    shown(roll_up(t, make_posted(text, state=PickState.CLOSED), []))


def test_a_roll_up_that_waits_elsewhere(t: Translator, text: str) -> None:
    for name in (None, long(text, NAME)):
        screen = roll_up_elsewhere(
            t, make_posted(text), name=name, link="https://t.me/vouch_bot?start=board_1"
        )
        shown(screen)
