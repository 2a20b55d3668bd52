"""What groups see of a campaign, and what its link opens."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.promotions import Obstacle, why_not_in_force
from bot.views.promotion_words import condition_words, gift_words
from bot.views.screens import Button, Screen, lines, paragraphs
from storage.models import Campaign, Promotion


def campaign_post(
    t: Translator,
    campaign: Campaign,
    promotion: Promotion | None,
    *,
    link: str,
    time_zone: str,
    now: datetime,
) -> Screen:
    """A campaign as it stands in a group: its words, what it announces, and who is behind it."""
    return Screen(
        text=paragraphs(
            Markup.escape(campaign.words),
            promotion_facts(t, promotion, time_zone=time_zone, now=now) if promotion else None,
            t.html(
                "<i>From those who run this bot. The group's owner can switch such posts off: /settings</i>"
            ),
        ),
        buttons=[[Button(text=t("Have a look"), url=link)]],
    )


def promotion_facts(t: Translator, promotion: Promotion, *, time_zone: str, now: datetime) -> Markup:
    """What a promotion gives, for whom, from when and until when."""
    conditions = t.listed(condition_words(t, promotion))
    starts = promotion.starts_at if promotion.starts_at > now else None
    return lines(
        t.html("<b>{gift}</b>", gift=gift_words(t, promotion)),
        Markup.escape(conditions) if conditions else None,
        t.html("From {moment} on", moment=t.moment(starts, time_zone, now=now)) if starts else None,
        t.html("Until {moment}", moment=t.moment(promotion.ends_at, time_zone, now=now))
        if promotion.ends_at
        else None,
        _now(t, promotion, now=now),
    )


def _now(t: Translator, promotion: Promotion, *, now: datetime) -> Markup | None:
    """That it gives nothing new any more, or just now."""
    match why_not_in_force(promotion, now=now):
        case Obstacle.OVER:
            return t.html("This promotion is over.")
        case Obstacle.USED_UP:
            return t.html("This promotion is used up.")
        case Obstacle.PAUSED:
            return t.html("This promotion is paused.")
    return None


def opened(
    t: Translator,
    promotion: Promotion | None,
    picks: Screen,
    *,
    group: str,
    time_zone: str,
    now: datetime,
) -> Screen:
    """To a member who opened a campaign's link: what it announces, and what her group has on offer."""
    return Screen(
        text=paragraphs(
            t.html("<b>{group}</b>", group=group),
            promotion_facts(t, promotion, time_zone=time_zone, now=now) if promotion else None,
            picks.text,
        ),
        buttons=picks.buttons,
    )


def outside(
    t: Translator,
    promotion: Promotion | None,
    *,
    group: str,
    url: str | None,
    time_zone: str,
    now: datetime,
) -> Screen:
    """To somebody who opened it and is not in the group: the way in."""
    way: Sequence[Sequence[Button]] = [[Button(text=t("Join the group"), url=url)]] if url else ()
    return Screen(
        text=paragraphs(
            t.html("<b>{group}</b>", group=group),
            promotion_facts(t, promotion, time_zone=time_zone, now=now) if promotion else None,
            t.html("It is for members of this group.")
            if url
            else t.html("It is for members of this group. Please ask one of them how to join."),
        ),
        buttons=way,
    )
