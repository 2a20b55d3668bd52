"""Every act that is written down can be read."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.i18n import LANGUAGES, Translator
from bot.views.audit import audit_page
from bot.views.payout_acts import payout_act
from storage.models import Group
from storage.repositories.audit import AuditLine

_ROOT = Path(__file__).parents[2]
_NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def _actions() -> Iterator[str]:
    """The first argument of every `….audit.add(…)` in the code."""
    for path in [*(_ROOT / "bot").rglob("*.py"), *(_ROOT / "handlers").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("audit.add"):
                yield from _words(node.args[0])


def _words(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.JoinedStr):
        # Composed of a state: each state has words where its beginning has.
        yield from (f"{_beginning(argument)}{state}" for state in ("accepted", "declined"))
        return
    for node in ast.walk(argument):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "_" in node.value:
            yield node.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_has_words(language: str) -> None:
    actions = sorted(set(_actions()))
    assert {"curator_appointed", "group_configured"} <= set(actions)
    group = Group(
        id=1, chat_id=-100, title="Honey", language="en", currency="EUR", time_zone="UTC", created_at=_NOW
    )
    for action in actions:
        act = AuditLine(
            action=action,
            name="Mei",
            pick_number=3,
            order_number=5,
            details={"title": "Tea", "person_id": 7},
            happened_at=_NOW,
        )
        page = audit_page(Translator(language), group, [act], names={}, page=0, has_more=False, now=_NOW)
        assert action not in page.text


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("on", "switched rewards on: 10% and 2%"),
        ("off", "switched rewards off"),
        ("rates", "changed the rewards: 10% and 2%"),
        ("second", "changed the rewards: 10% and 2%"),
        ("inviter", "changed who earns where nobody recommended it"),
        ("days", "changed the days for returns"),
        ("order", "changed the bounds of rewards"),
        ("month", "changed the bounds of rewards"),
        ("pair", "changed the bounds of rewards"),
        ("least", "changed the bounds of rewards"),
    ],
)
def test_a_change_of_the_rewards_says_which(setting: str, said: str) -> None:
    act = AuditLine(
        action="plan_changed",
        name="Mei",
        pick_number=None,
        order_number=None,
        details={"setting": setting, "first_bps": 1000, "second_bps": 200},
        happened_at=_NOW,
    )
    assert payout_act(Translator("en"), act, person="") == said


def _beginning(argument: ast.JoinedStr) -> str:
    first = argument.values[0]
    assert isinstance(first, ast.Constant)
    assert first.value == "proposal_"
    return first.value
