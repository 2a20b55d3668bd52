"""What a pick's card tells of promotions: what they give, for whom, until when, and how much is left."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.promotions import left_of
from bot.views.promotion_words import condition_words, gift_words
from bot.views.screens import lines
from storage.discounts import PromotionRule

_MOST = 3


def promotion_lines(
    t: Translator, rules: Sequence[PromotionRule], *, time_zone: str, now: datetime
) -> Markup | None:
    """A line for each promotion, the newest first; None: there is none."""
    shown = sorted(rules, key=lambda rule: -rule.id)[:_MOST]
    return lines(*(_line(t, rule, time_zone=time_zone, now=now) for rule in shown)) if shown else None


def _line(t: Translator, rule: PromotionRule, *, time_zone: str, now: datetime) -> Markup:
    gift = gift_words(t, rule)
    said = [*([gift] if gift != rule.title else []), *condition_words(t, rule), *_left(t, rule)]
    if rule.ends_at is not None:
        said.append(t("until {moment}", moment=t.moment(rule.ends_at, time_zone, now=now)))
    if not said:
        return Markup("🏷 <b>{}</b>").format(rule.title)
    return t.html("🏷 <b>{title}</b>: {what}", title=rule.title, what="; ".join(said))


def _left(t: Translator, rule: PromotionRule) -> Sequence[str]:
    """How much is left, where a card can know it: what many groups share changes without it."""
    if rule.group_id is None:
        return []
    left = left_of(rule)
    said = []
    if left.pieces is not None:
        said.append(t.plural("{n} piece left", "{n} pieces left", left.pieces))
    if left.uses is not None:
        said.append(t.plural("for {n} more order", "for {n} more orders", left.uses))
    return said
