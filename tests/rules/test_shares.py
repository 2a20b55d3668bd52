"""What a search in any chat finds, whom somebody may name, and which links open cards."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.shares import (
    OnOffer,
    candidates,
    found,
    must_be_nameable,
    new_token,
    read_payload,
    share_payload,
)
from bot.share_errors import NamedHerself, OrderSettled
from storage.states import OrderState

HONEY = OnOffer(pick_id=1, number=7, title="Yunnan honey", words="dark, raw", group="Honey friends")
SCARF = OnOffer(pick_id=2, number=8, title="Wool scarf", words="as warm as honey", group="Tea friends")
MOONCAKE = OnOffer(pick_id=3, number=9, title="蛋黄月饼", words="十個", group="蜂蜜之友")


@pytest.mark.parametrize(
    ("typed", "picks"),
    [
        ("", [1, 2, 3]),
        ("   ", [1, 2, 3]),
        ("honey", [1, 2]),
        ("HONÉY dark", [1]),
        ("#8", [2]),
        ("8", [2]),
        ("８", [2]),
        ("#7 yunnan", [1]),
        ("tea", [2]),
        ("月饼", [3]),
        ("十个", [3]),
        ("#77", []),
        ("silk", []),
        ("honey silk", []),
    ],
)
def test_a_search_finds_picks_by_their_words_group_and_number(typed: str, picks: list[int]) -> None:
    assert found([HONEY, SCARF, MOONCAKE], typed) == picks


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_a_search(typed: str) -> None:
    assert set(found([HONEY, SCARF, MOONCAKE], typed)) <= {1, 2, 3}


def test_a_card_is_found_again_by_its_link_and_fits_into_one() -> None:
    token = new_token()
    assert read_payload(share_payload(token)) == token
    assert len(share_payload(token)) <= 64
    assert read_payload("board_12") is None
    assert len({new_token() for _ in range(1000)}) == 1000


@given(st.lists(st.lists(st.integers(1, 9))), st.sets(st.integers(1, 9)), st.integers(0, 9))
def test_each_candidate_is_offered_once_and_nobody_besides(
    groups: list[list[int]], besides: set[int], most: int
) -> None:
    likely = candidates(*groups, besides=besides, most=most)
    assert len(likely) == len(set(likely)) <= most
    assert not besides & set(likely)
    everybody = dict.fromkeys(chain.from_iterable(groups))
    assert likely == [who for who in everybody if who not in besides][:most]


def test_nobody_names_herself_or_changes_what_is_settled() -> None:
    must_be_nameable(state=OrderState.PLACED, buyer_id=1, named_id=2)
    must_be_nameable(state=OrderState.CONFIRMED, buyer_id=1, named_id=2)
    with pytest.raises(NamedHerself):
        must_be_nameable(state=OrderState.PLACED, buyer_id=1, named_id=1)
    for state in (OrderState.COMPLETED, OrderState.CANCELLED, OrderState.NEEDS_REVIEW):
        with pytest.raises(OrderSettled):
            must_be_nameable(state=state, buyer_id=1, named_id=2)
