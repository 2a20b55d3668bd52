"""What promotions give, in words."""

from bot.i18n import Translator
from bot.views.promotion_words import titled


def test_a_title_that_is_the_gift_is_said_once() -> None:
    t = Translator("en")
    assert titled(t, "15% off", "15% off") == "<b>15% off</b>"
    assert titled(t, "Autumn <3", "15% off") == "<b>Autumn &lt;3</b>: 15% off"
