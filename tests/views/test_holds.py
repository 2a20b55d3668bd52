"""Words about paying at once: right numbers, right lengths, in every language."""

import pytest

from bot.i18n import Translator
from bot.money import Money
from bot.views.holds import lapsed_notice, pay_now, restored_notice, too_late_notice
from bot.views.orders import order_toast
from bot.views.screens import LONGEST_TEXT, LONGEST_TOAST, shown_length
from storage.states import PickState
from tests.views.strange import TITLE, VARIANT, long, make_posted

LANGUAGES = ("en", "es", "ru", "zh_CN")
PRICE = Money(amount=1290, currency="EUR")


@pytest.mark.parametrize(
    ("language", "minutes", "said"),
    [
        ("en", 10, "Pay €12.90 within 10 minutes."),
        ("en", 1, "Pay €12.90 within 1 minute."),
        ("en", 0, "Pay €12.90 now."),
        ("es", 1, "Paga 12,90\u00a0€ en 1 minuto."),
        ("ru", 1, "Оплатите 12,90\u00a0€ в течение 1 минуты."),
        ("ru", 5, "Оплатите 12,90\u00a0€ в течение 5 минут."),
        ("zh_CN", 5, "请在 5 分钟内付款 €12.90。"),
    ],
)
def test_how_long_there_is_to_pay(language: str, minutes: int, said: str) -> None:
    assert pay_now(Translator(language), PRICE, minutes=minutes) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_toast_says_first_what_is_to_be_paid(language: str) -> None:
    t = Translator(language)
    lines = tuple((long(f"{n}honey ", VARIANT), 1000) for n in range(9))
    toast = order_toast(t, title=long("honey ", TITLE), order_lines=lines, total=PRICE, to_pay=(PRICE, 10))
    assert toast.startswith(pay_now(t, PRICE, minutes=10))
    assert shown_length(toast) <= LONGEST_TOAST


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_lapsed_fits_into_a_message(language: str) -> None:
    t, posted = Translator(language), make_posted("<honey> & ")
    pieces = [(long(f"{n}<honey> & ", VARIANT), 1000) for n in range(50)]
    for screen in (
        lapsed_notice(t, posted, lost=pieces, kept=pieces),
        restored_notice(t, posted, has=pieces),
        too_late_notice(t, posted),
    ):
        assert shown_length(str(screen.text)) <= LONGEST_TEXT


def test_what_has_closed_cannot_be_ordered_again() -> None:
    posted = make_posted("honey ", state=PickState.CLOSED)
    screen = lapsed_notice(Translator("en"), posted, lost=[("", 1)], kept=[])
    assert not screen.buttons
    assert "A payment that is still on its way goes back to you." in str(screen.text)
