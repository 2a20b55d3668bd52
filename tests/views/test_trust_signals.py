"""What an owner reads of her group's trust: every number, in every language, and nothing unseen."""

from bot.i18n import Translator
from bot.rules.statistics import Rate
from bot.rules.trust_signals import Sign, Step, disputes_sign, leaves_sign, reactions_sign
from bot.views.trust_signals import came_of_it, trust_changed, trust_state
from storage.models import Group, TrustChange, TrustEntry
from storage.states import TrustChangeReason
from tests.clock import NOON


def _group(title: str = "Honey friends", *, trust_bps: int = 5_000) -> Group:
    return Group(
        id=1, chat_id=-1, title=title, language="en", currency="EUR", time_zone="Europe/Berlin",
        created_at=NOON, trust_bps=trust_bps,
    )  # fmt: skip


def _signs() -> list[Sign]:
    found = [
        leaves_sign(Rate(count=14, hours=72), Rate(count=20, hours=900)),
        reactions_sign(3, 21),
        disputes_sign(9, 40),
    ]
    return [sign for sign in found if sign is not None]


def test_an_owner_reads_all_numbers(t: Translator, text: str) -> None:
    signs = _signs()
    assert len(signs) == 3
    step = Step(reason=signs[0].reason, was_bps=10_000, is_bps=5_000, signs=signs)
    told = trust_changed(t, _group(text), step).text
    for number in ("14", "21", "3", "40", "9", t.percent(5_000), t.percent(10_000)):
        assert number in told
    assert "<script" not in told
    whole = Step(reason=TrustChangeReason.RESTORED, was_bps=8_750, is_bps=10_000)
    assert trust_changed(t, _group(text), whole).text != told


def test_what_was_kept_is_told_again(t: Translator) -> None:
    change = TrustChange(
        group_id=1, reason=TrustChangeReason.LEAVES, was_bps=10_000, is_bps=5_000, happened_at=NOON,
        numbers={"signs": [sign.written() for sign in _signs()]},
    )  # fmt: skip
    assert len(trust_state(t, _group(), change)) == 5
    assert trust_state(t, _group(trust_bps=10_000), change) == []
    assert len(trust_state(t, _group(), None)) == 2


def test_what_could_not_be_seen_is_left_out(t: Translator) -> None:
    entry = TrustEntry(group_id=1, posted_at=NOON, measured_at=NOON)
    nothing = came_of_it(t, entry)
    entry.buyers = 17
    assert "17" in came_of_it(t, entry)
    assert "0" not in came_of_it(t, entry)
    entry.leaves, entry.active_members = 0, 1_234
    assert t.number(1_234) in came_of_it(t, entry)
    assert came_of_it(t, entry) != nothing
