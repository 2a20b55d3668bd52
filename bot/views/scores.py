"""How the orders went that somebody answers for, in a line where people decide."""

from math import ceil

from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.scores import Score
from bot.views.screens import lines, shortened

_LONGEST_NAME = 64
_WHOLE_PERCENT = 100


def curator_score_line(t: Translator, *, name: str, score: Score | None) -> Markup | None:
    """How well the orders of a curator's own picks went; nothing where too little is known."""
    if score is None:
        return None
    share = _share(t, score)
    went = t.html_plural(
        "Judging by {n} recent order with {name}, about {share} go well.",
        "Judging by {n} recent orders with {name}, about {share} go well.",
        score.orders,
        name=shortened(name, _LONGEST_NAME),
        share=share,
    )
    return lines(went, _settled(t, score))


def recommender_score_line(t: Translator, *, name: str, score: Score | None) -> Markup | None:
    """How well what a member recommended went; nothing where too little is known."""
    if score is None:
        return None
    share = _share(t, score)
    return t.html_plural(
        "Judging by {n} recent order that {name} recommended, about {share} go well.",
        "Judging by {n} recent orders that {name} recommended, about {share} go well.",
        score.orders,
        name=shortened(name, _LONGEST_NAME),
        share=share,
    )


def own_score_lines(
    t: Translator, *, as_curator: Score | None, as_recommender: Score | None
) -> Markup | None:
    """To somebody herself: what others read of her orders, and of how many that is."""
    sold = recommended = settled = None
    if as_curator is not None:
        share, settled = _share(t, as_curator), _settled(t, as_curator)
        sold = t.html_plural(
            "Judging by {n} recent order of your picks, about {share} go well.",
            "Judging by {n} recent orders of your picks, about {share} go well.",
            as_curator.orders,
            share=share,
        )
    if as_recommender is not None:
        share = _share(t, as_recommender)
        recommended = t.html_plural(
            "Judging by {n} recent order that you recommended, about {share} go well.",
            "Judging by {n} recent orders that you recommended, about {share} go well.",
            as_recommender.orders,
            share=share,
        )
    return lines(sold, settled, recommended) or None


def _settled(t: Translator, score: Score) -> Markup | None:
    if score.hours is None:
        return None
    return t.html_plural(
        "What was wrong was mostly settled within {n} hour.",
        "What was wrong was mostly settled within {n} hours.",
        ceil(score.hours) or 1,
    )


def _share(t: Translator, score: Score) -> str:
    # Whole percent, rounded down: more would look more exact than it is.
    return t.percent(score.bps // _WHOLE_PERCENT * _WHOLE_PERCENT)
