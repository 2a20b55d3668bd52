"""Codes: however they are typed, they are the code that was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.coupons import canonical, code_link, linked_code, new_code, shown_code


@pytest.mark.parametrize(
    "typed",
    ["SALE-50", "sale 50", "SА1Е5О", "  s a l e 5 0 ", "ＳＡＬＥ５０", "SAIE5O", "sàlé50"],
)
def test_letters_that_look_alike_are_one(typed: str) -> None:
    assert canonical(typed) == "SA1E50"


@pytest.mark.parametrize("typed", ["", "ab", "--- !", "x" * 33])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        canonical(typed)


def test_made_codes_cannot_be_guessed_or_misread() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(canonical(shown_code(code).lower()) == canonical(code) for code in codes)


@given(st.text(min_size=1, max_size=40))
def test_a_link_leads_to_the_same_code(typed: str) -> None:
    try:
        code = canonical(typed)
    except ValueError:
        return
    assert canonical(code) == code
    link = code_link(typed)
    if link is not None:
        assert len(link) <= 64
        assert link.replace("-", "").replace("_", "").isalnum()
        assert canonical(linked_code(link) or "") == code


@pytest.mark.parametrize("payload", ["board_12", "cu_gA", "h_ABC", ""])
def test_other_links_are_no_codes(payload: str) -> None:
    assert linked_code(payload) is None
