"""When goods are stopped: the posterior against SciPy's, and where exactly it turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from bot.rules.recalls import is_too_bad, probably_bad


@given(st.integers(0, 400), st.integers(0, 400))
def test_how_probably_goods_are_bad_is_a_beta_distributions_upper_tail(disputed: int, fine: int) -> None:
    expected = float(beta.sf(0.1, 1 + disputed, 19 + fine))
    assert probably_bad(disputed, disputed + fine) == pytest.approx(expected, abs=1e-9)


def test_nothing_is_known_of_goods_that_nobody_had() -> None:
    # (1 - 0.1) ** 19: the upper tail of Beta(1, 19).
    assert probably_bad(0, 0) == pytest.approx(0.9**19)


@pytest.mark.parametrize(
    ("disputed", "delivered", "stops"),
    [
        (1, 1, False),
        (2, 2, False),
        (3, 3, False),
        (4, 4, True),
        (8, 40, False),
        (9, 40, True),
        (40, 400, False),
        (50, 400, True),
        (0, 10_000, False),
    ],
)
def test_nobody_is_condemned_by_a_first_case_but_a_bad_batch_is(
    disputed: int, delivered: int, stops: bool
) -> None:
    assert is_too_bad(disputed, delivered) is stops
    assert (float(beta.sf(0.1, 1 + disputed, 19 + delivered - disputed)) > 0.9) is stops


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_further_dispute_makes_it_worse_and_a_further_good_one_better(disputed: int, fine: int) -> None:
    now = probably_bad(disputed, disputed + fine)
    assert probably_bad(disputed + 1, disputed + fine + 1) >= now - 1e-12
    assert probably_bad(disputed, disputed + fine + 1) <= now + 1e-12
