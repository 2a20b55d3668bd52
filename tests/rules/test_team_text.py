"""Team prices as people type them."""

import pytest

from bot.errors import PriceUnreadable
from bot.rules.team_text import TeamText, read_team


@pytest.mark.parametrize(
    ("typed", "amount", "size", "hours"),
    [
        ("team 2 9.90", 990, 2, None),
        ("team 9.90", 990, None, None),
        ("team 12", 1200, None, None),
        ("Team of 3: 9,90", 990, 3, None),
        ("team of 3 people 9.90 48h", 990, 3, 48),
        ("team 2 €9.90, 12 hours", 990, 2, 12),
        ("team 5 for 8", 800, 5, None),
        ("команда 2 9.90", 990, 2, None),
        ("Команда из 3 человек: 9,90, 48 ч", 990, 3, 48),
        ("equipo de 4 9,90", 990, 4, None),
        ("equipo 9.90 36 horas", 990, None, 36),
        ("拼单 2人 9.90", 990, 2, None),
        ("3人拼单 9.90", 990, 3, None),
        ("拼单 9.90 12小时", 990, None, 12),
    ],
)
def test_what_is_a_team_price(typed: str, amount: int, size: int | None, hours: int | None) -> None:
    assert read_team(typed, currency="EUR") == TeamText(price_amount=amount, size=size, hours=hours)


@pytest.mark.parametrize(
    "typed",
    ["team spirit", "teams 2 9.90", "team colours 2026", "a scarf for the team", "9.90", "red 10, team 5"],
)
def test_what_describes_the_goods(typed: str) -> None:
    assert read_team(typed, currency="EUR") is None


@pytest.mark.parametrize("typed", ["team 2 9.999", "team 0", "team 2 $9.90", "team 2 9.90 USD"])
def test_a_price_that_cannot_be(typed: str) -> None:
    with pytest.raises(PriceUnreadable):
        read_team(typed, currency="EUR")
