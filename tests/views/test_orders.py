"""Toasts, receipts and the roll-up."""

from bot.i18n import Translator
from bot.money import Money
from bot.views.orders import (
    no_list,
    order_toast,
    receipt,
    roll_up_elsewhere,
)
from bot.views.screens import LONGEST_TOAST
from sandbox.entities import utf16_length
from storage.states import OrderState, PickState
from tests.views.strange import NAME, NOW, long, make_own, make_posted, shown

TOTAL = Money(amount=10**15, currency="KWD")


def test_a_toast_is_short_whatever_was_ordered(t: Translator, text: str) -> None:
    for variants in (0, 1, 2, 50):
        lines = tuple((long(f"{n}{text}", 30), 1000) for n in range(variants))
        told = order_toast(t, title=long(text, 100), order_lines=lines, total=TOTAL)
        assert 0 < utf16_length(told) <= LONGEST_TOAST


def test_a_toast_of_the_sole_kind(t: Translator, text: str) -> None:
    told = order_toast(t, title=long(text, 100), order_lines=(("", 2),), total=TOTAL)
    assert 0 < utf16_length(told) <= LONGEST_TOAST


def test_a_receipt_fits(t: Translator, text: str) -> None:
    for variants in (1, 2, 50):
        own = make_own(make_posted(text, variants=variants), state=OrderState.CONFIRMED)
        shown(receipt(t, own, now=NOW))


def test_a_roll_up_without_orders_says_so(t: Translator, text: str) -> None:
    for state in (PickState.CLOSED, PickState.FAILED):
        shown(no_list(t, make_posted(text, state=state)))


def test_a_roll_up_that_waits_elsewhere(t: Translator, text: str) -> None:
    for name in (None, long(text, NAME)):
        screen = roll_up_elsewhere(
            t, make_posted(text), name=name, link="https://t.me/vouch_bot?start=board_1"
        )
        shown(screen)
