"""What came of picks that were told personally: how many ordered, and whether telling them did it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from babel.numbers import format_decimal
from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.statistic_shares import Share
from bot.rules.statistics import FEWEST_BUYERS, Verdict
from bot.services.statistics import Tellings
from storage.models import Telling

_WHOLE_PERCENT: Final = 100
_SIGNED: Final = "+#,##0;-#,##0"
_SIGNED_TENTHS: Final = "+#,##0.0;-#,##0.0"


def told_line(t: Translator, telling: Telling) -> Markup:
    """Beneath a pick: to how many it was told, and how many were left out."""
    left_out = t.number(telling.held_count)
    return t.html_plural(
        "Told personally to {n} member; left out by lot: {left_out}.",
        "Told personally to {n} members; left out by lot: {left_out}.",
        telling.told_count,
        left_out=left_out,
    )


def telling_title(t: Translator) -> str:
    """Over what is said about tellings."""
    return t("Told personally")


def telling_shares(t: Translator, tellings: Tellings) -> Sequence[tuple[str, Share, str]]:
    """How many ordered of those who were told and of those who were left out; of too few it is not said.

    Whoever knows a few people could tell which of them was left out.
    """
    if tellings.verdict is Verdict.TOO_FEW:
        return ()
    named = [(t("Were told"), tellings.told), (t("Were left out by lot"), tellings.held)]
    return [(name, share, _ordered(t, share)) for name, share in named]


def telling_verdict(t: Translator, tellings: Tellings) -> str:
    """Whether telling sells more, with the range of the difference."""
    if tellings.verdict is Verdict.TOO_FEW:
        return t(
            "Told: {told}, left out by lot: {left_out}. That is not enough yet to compare: it takes {least} "
            "of each.",
            told=t.number(tellings.told.whole),
            left_out=t.number(tellings.held.whole),
            least=t.number(FEWEST_BUYERS),
        )
    low, high = (_points(t, bound) for bound in tellings.difference)
    words = {
        Verdict.AS_USUAL: t(
            "Between the two lie {low} to {high} percentage points: that may be chance.", low=low, high=high
        ),
        Verdict.MORE: t(
            "Between the two lie {low} to {high} percentage points: more of those who are told order, and "
            "that is hardly chance.",
            low=low,
            high=high,
        ),
        Verdict.FEWER: t(
            "Between the two lie {low} to {high} percentage points: fewer of those who are told order, and "
            "that is hardly chance.",
            low=low,
            high=high,
        ),
    }
    return words[tellings.verdict]


def telling_notes(t: Translator, tellings: Tellings) -> Sequence[str]:
    """What these numbers mean, and what is not in them yet."""
    if not tellings.counted and not tellings.to_count:
        return ()
    notes = [
        t(
            "Each of those likely to care about a pick is left out with a chance of one in ten, to compare "
            "with; nobody learns who that is. The range is the 95 % interval."
        ),
        t(
            "Who was left out saw no card either and could learn of it from others alone: so this compares "
            "telling with saying nothing, not with a post. Who was told of several picks counts for each, "
            "which makes the range a little too narrow."
        ),
    ]
    if tellings.to_count:
        notes.append(
            t.plural(
                "{n} pick that was told is not counted yet: it is a week after, or when it closes.",
                "{n} picks that were told are not counted yet: each is a week after, or when it closes.",
                tellings.to_count,
            )
        )
    return notes


def _ordered(t: Translator, share: Share) -> str:
    percent = t.percent(round(share.value * 100) * _WHOLE_PERCENT)
    return t(
        "{n} of {total} ordered ({share})",
        n=t.number(share.part),
        total=t.number(share.whole),
        share=percent,
    )


def _points(t: Translator, difference: float) -> str:
    """A difference in percentage points with its sign; of less than one its tenths are told, too."""
    points = Decimal(difference * 100)
    pattern = _SIGNED if abs(points) >= 1 else _SIGNED_TENTHS
    return str(format_decimal(points, format=pattern, locale=t.language))
