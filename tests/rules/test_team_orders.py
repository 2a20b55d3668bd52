"""An order for a team is read where nothing else can be meant."""

import pytest

from bot.rules.order_text import OrderItem, OrderText, read_order
from bot.rules.team_orders import read_team_order

COLOURS = ("red", "dark blue", "红色", "жёлтый")


@pytest.mark.parametrize(
    ("text", "variant", "quantity"),
    [
        ("+1 red team", 0, 1),
        ("+1 Red, Team!", 0, 1),
        ("+2 dark blue in a team", 1, 2),
        ("team +1 red", 0, 1),
        ("Team: +1 red please", 0, 1),
        ("+1 team", None, 1),
        ("+1 жёлтый в команду", 3, 1),
        ("+1 жёлтый команда", 3, 1),
        ("в команду +1 жёлтый", 3, 1),
        ("+1 red en equipo", 0, 1),
        ("equipo +1 red", 0, 1),
        ("+1 红色 拼单", 2, 1),
        ("+1 红色拼单", 2, 1),
        ("拼单+1红色", 2, 1),
        ("one more red for the team", 0, 1),
    ],
)
def test_an_order_for_a_team(text: str, variant: int | None, quantity: int) -> None:
    item = OrderItem(variant=variant, quantity=quantity)
    assert read_team_order(text, COLOURS) == OrderText(action="change", items=(item,))


@pytest.mark.parametrize(
    "text",
    [
        "team",
        "great team!",
        "+1 red",
        "red team",
        "1 red team",
        "-1 red team",
        "+1 red +1 dark blue team",
        "cancel team",
        "+1 red team?",
        "+1 for the best team of the world",
        "go team +100",
        "I am team red",
        "the red team won 2 0",
        "+1 red teammate",
        "we are 2 in the team",
        "+1 to that team",
        "+1 друг в команду",
        "+1 purple team",
        "拼单",
        "+1 拼单吗",
    ],
)
def test_talk_of_teams(text: str) -> None:
    assert read_team_order(text, COLOURS) is None


def test_a_kind_that_is_called_so_is_ordered_as_ever() -> None:
    kinds = ("team", "solo")
    assert read_team_order("+1 team", kinds) is None
    assert read_order("+1 team", kinds) is not None


def test_the_only_kind_needs_no_name() -> None:
    item = OrderItem(variant=None, quantity=1)
    assert read_team_order("+1 team", [""]) == OrderText(action="change", items=(item,))
