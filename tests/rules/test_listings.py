"""Terms on which other groups sell an offer, as people type them, and by what offers are ranked."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import DeadlinePast, DeadlineTooFar
from bot.listing_errors import (
    ListingRefused,
    OpensTooLate,
    ShareTooHigh,
    TermsUnreadable,
    TooManyGroups,
    TooManyPieces,
)
from bot.rules.listings import (
    MOST_GROUPS,
    MOST_PIECES,
    Clock,
    Terms,
    checked_terms,
    completion_bps,
    dispute_bps,
    rating_bps,
    read_terms,
)

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""A Monday, eleven in the morning in Berlin."""
FRIDAY = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
WHOLE = Terms(share_bps=800, opens_at=FRIDAY, groups_limit=10, pieces_limit=20)


def read(text: str, before: Terms | None = None, *, language: str = "en") -> Terms:
    return read_terms(text, before or Terms(), Clock(NOW, "Europe/Berlin", language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "8 %, from fri 12:00, 10 groups, 20 each"),
        ("en", "20 pcs each; up to 10 groups; 8 percent; starting friday 12:00"),
        ("en", "10 groups\n8%\nfri 12:00\n20 per group"),
        ("es", "8 %, desde el viernes 12:00, 10 grupos, 20 cada uno"),
        ("es", "comisión 8 por ciento; a partir del viernes 12:00; hasta 10 grupos; 20 unidades por grupo"),
        ("ru", "8 %, с пятницы 12:00, 10 групп, по 20"),
        ("ru", "доля 8 процентов; от пт 12:00; не больше 10 групп; 20 штук на группу"),
        ("zh_CN", "8%，从周五12:00，10个群，每群20件"),
        ("zh_CN", "分成百分之8、周五12点开始、最多10个群组、每群最多20份"),
        ("zh_CN", "８％，週五12:00起，10群，各20件"),
    ],
)
def test_terms_are_read_in_four_languages(language: str, text: str) -> None:
    assert read(text, language=language) == WHOLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7,5 %", Terms(share_bps=750, opens_at=FRIDAY, groups_limit=10, pieces_limit=20)),
        ("12.25%", Terms(share_bps=1225, opens_at=FRIDAY, groups_limit=10, pieces_limit=20)),
        ("0 %", Terms(share_bps=0, opens_at=FRIDAY, groups_limit=10, pieces_limit=20)),
        ("3 groups", Terms(share_bps=800, opens_at=FRIDAY, groups_limit=3, pieces_limit=20)),
        ("any groups", Terms(share_bps=800, opens_at=FRIDAY, pieces_limit=20)),
        ("любое число групп", Terms(share_bps=800, opens_at=FRIDAY, pieces_limit=20)),
        ("cualquier número de grupos", Terms(share_bps=800, opens_at=FRIDAY, pieces_limit=20)),
        ("不限群数", Terms(share_bps=800, opens_at=FRIDAY, pieces_limit=20)),
        ("as many as there are", Terms(share_bps=800, opens_at=FRIDAY, groups_limit=10)),
        ("cualquier cantidad", Terms(share_bps=800, opens_at=FRIDAY, groups_limit=10)),
        ("сколько есть", Terms(share_bps=800, opens_at=FRIDAY, groups_limit=10)),
        ("数量不限", Terms(share_bps=800, opens_at=FRIDAY, groups_limit=10)),
        ("now", Terms(share_bps=800, groups_limit=10, pieces_limit=20)),
        ("from now on", Terms(share_bps=800, groups_limit=10, pieces_limit=20)),
        ("desde ahora", Terms(share_bps=800, groups_limit=10, pieces_limit=20)),
        ("с этого момента", Terms(share_bps=800, groups_limit=10, pieces_limit=20)),
        ("马上", Terms(share_bps=800, groups_limit=10, pieces_limit=20)),
    ],
)
def test_what_is_not_named_stays(text: str, expected: Terms) -> None:
    assert read(text, WHOLE) == expected


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", TermsUnreadable),
        (" , ;", TermsUnreadable),
        ("8", TermsUnreadable),
        ("honey", TermsUnreadable),
        ("🐝", TermsUnreadable),
        ("8 % 10 groups", TermsUnreadable),
        ("-5 %", TermsUnreadable),
        ("8.123 %", TermsUnreadable),
        ("x" * 4096, TermsUnreadable),
        ("8 %, from the moon", TermsUnreadable),
        ("50.01 %", ShareTooHigh),
        ("999 %", ShareTooHigh),
        ("0 groups", TooManyGroups),
        (f"{MOST_GROUPS + 1} groups", TooManyGroups),
        ("0 each", TooManyPieces),
        (f"{MOST_PIECES + 1} each", TooManyPieces),
    ],
)
def test_what_is_no_term_is_refused(text: str, refused: type[ListingRefused]) -> None:
    with pytest.raises(refused):
        read(text)


def test_a_day_that_begins_like_a_word_before_days_is_a_day() -> None:
    assert read("среда 12:00", language="ru").opens_at == FRIDAY - timedelta(days=2)


def test_times_are_as_near_as_those_of_picks() -> None:
    with pytest.raises(DeadlinePast):
        read("from 22.11.2026 12:00")
    with pytest.raises(DeadlineTooFar):
        read("from 24.11.2027 12:00")


def test_buttons_can_say_no_more_than_words() -> None:
    assert checked_terms(WHOLE, closes_at=datetime(2026, 11, 28, tzinfo=UTC)) == WHOLE
    for terms, refused in (
        (Terms(share_bps=-1), ShareTooHigh),
        (Terms(share_bps=5001), ShareTooHigh),
        (Terms(groups_limit=-1), TooManyGroups),
        (Terms(pieces_limit=MOST_PIECES + 1), TooManyPieces),
        (Terms(opens_at=FRIDAY), OpensTooLate),
    ):
        with pytest.raises(refused):
            checked_terms(terms, closes_at=FRIDAY)


def test_offers_rank_by_what_is_sure_of_them() -> None:
    assert rating_bps(2, 2) is None
    assert rating_bps(3, 3) == 4385
    assert (rating_bps(95, 100) or 0) > (rating_bps(5, 5) or 0)
    assert dispute_bps(0, 4) is None
    assert dispute_bps(0, 80) == 100
    # Nothing disputed of many is better than nothing of few.
    assert (dispute_bps(0, 80) or 0) < (dispute_bps(0, 5) or 0) < (dispute_bps(2, 5) or 0)
    assert completion_bps(4, 0) is None
    assert (completion_bps(99, 1) or 0) > (completion_bps(5, 0) or 0) > (completion_bps(5, 5) or 0)
