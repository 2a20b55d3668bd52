"""The life of a payout, and what is written about it."""

from itertools import product

import pytest

from bot.payout_errors import PayoutDetailsMissing, PayoutReasonMissing, PayoutWordsTooLong
from bot.rules.payments import StepUnknown
from bot.rules.payouts import (
    LONGEST_DETAILS,
    LONGEST_REASON,
    PayoutEvent,
    payable,
    payout_after,
    read_details,
    read_reason,
)
from storage.states import PayoutStage

ALLOWED = {
    (PayoutStage.ASKED, PayoutEvent.APPROVED): PayoutStage.APPROVED,
    (PayoutStage.ASKED, PayoutEvent.DECLINED): PayoutStage.DECLINED,
    (PayoutStage.ASKED, PayoutEvent.WITHDRAWN): PayoutStage.WITHDRAWN,
    (PayoutStage.APPROVED, PayoutEvent.DECLINED): PayoutStage.DECLINED,
    (PayoutStage.APPROVED, PayoutEvent.WITHDRAWN): PayoutStage.WITHDRAWN,
    (PayoutStage.APPROVED, PayoutEvent.PAID): PayoutStage.PAID,
    (PayoutStage.PAID, PayoutEvent.UNDONE): PayoutStage.APPROVED,
}


@pytest.mark.parametrize(("stage", "event"), list(product(PayoutStage, PayoutEvent)))
def test_a_payout_takes_no_step_that_is_not_in_the_table(stage: PayoutStage, event: PayoutEvent) -> None:
    if (stage, event) in ALLOWED:
        assert payout_after(stage, event) is ALLOWED[stage, event]
    else:
        with pytest.raises(StepUnknown):
            payout_after(stage, event)


def test_what_came_back_after_a_payout_is_set_off() -> None:
    assert payable(due=500, taken=200) == 300
    assert payable(due=100, taken=200) == -100


def test_what_is_written_is_kept_within_bounds() -> None:
    assert read_details(" IBAN  DE00\n\nAnn \u202e") == "IBAN DE00\nAnn"
    assert read_reason("not\nyet") == "not yet"
    for text in ("", " \n ", "\u200b"):
        with pytest.raises(PayoutDetailsMissing):
            read_details(text)
        with pytest.raises(PayoutReasonMissing):
            read_reason(text)
    with pytest.raises(PayoutWordsTooLong):
        read_details("x" * (LONGEST_DETAILS + 1))
    with pytest.raises(PayoutWordsTooLong):
        read_reason("x" * (LONGEST_REASON + 1))
