"""Campaigns in an admin's private chat: the list, one in the making, and its launch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.campaigns import CampaignButton, CampaignDeedButton, CampaignsButton
from bot.i18n import LANGUAGES, Translator
from bot.rules.campaigns import LONGEST_WORDS, MOST_LISTED, SIZES, audience_of
from bot.services.campaigns.drafting import Reached
from bot.views.campaign_posts import promotion_facts
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs, shortened
from storage.models import Campaign, Promotion
from storage.states import CampaignState

CAMPAIGNS_A_PAGE: Final = 8
ZONE: Final = "UTC"
"""Admins have no time zone of their own, and their groups have many."""

_LONGEST_BUTTON = 40


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A campaign in the making, with what it announces and how many groups would get it."""

    campaign: Campaign
    promotion: Promotion | None
    reached: Reached


def state_word(t: Translator, state: CampaignState) -> str:
    """How a campaign stands, in a word or two."""
    words = {
        CampaignState.DRAFT: t("in the making"),
        CampaignState.RUNNING: t("under way"),
        CampaignState.PAUSED: t("paused"),
        CampaignState.STOPPED: t("stopped"),
        CampaignState.DONE: t("done"),
    }
    return words[state]


def campaign_list(t: Translator, campaigns: Sequence[Campaign], *, page: int, has_more: bool) -> Screen:
    """All campaigns, the newest first."""
    buttons = [[_named(t, campaign)] for campaign in campaigns]
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=CampaignsButton(page - 1)))
    if has_more:
        turning.append(Button(text=t("More ›"), data=CampaignsButton(page + 1)))
    new = [Button(text=t("New campaign"), data=CampaignDeedButton(0, "new", ""))]
    return Screen(
        text=paragraphs(
            t.html("<b>Campaigns</b>"),
            t.html("One message to many groups, mostly about a promotion, and what came of it."),
            None if campaigns else t.html("There are none yet."),
        ),
        buttons=[*buttons, turning, new],
    )


def campaign_draft(t: Translator, drafted: Drafted, *, now: datetime) -> Screen:
    """A campaign in the making: what it has, and buttons for the rest."""
    campaign, reached = drafted.campaign, drafted.reached
    key = campaign.id or 0
    photo = (
        _deed(t("Take the photo away"), key, "nophoto")
        if campaign.photo_id
        else _deed(t("Photo"), key, "photo")
    )
    steps = [
        _deed(t("Words"), key, "words"),
        photo,
        _page(t("Promotion"), key, "promotion"),
        _page(t("Groups"), key, "groups"),
    ]
    last = [_page(t("Launch…"), key, "launch")] if campaign.words and reached.groups else []
    shown = [_deed(t("Preview"), key, "preview")] if campaign.words else []
    return Screen(
        text=paragraphs(
            t.html("<b>A campaign in the making</b>"),
            Markup.escape(campaign.words) if campaign.words else t.html("It has no words yet."),
            t.html("With a photo.") if campaign.photo_id else None,
            _announced(t, drafted.promotion, now=now),
            _meant(t, drafted),
        ),
        buttons=[
            *in_rows(steps, width=2),
            [*shown, *last],
            [_deed(t("Discard"), key, "discard"), Button(text=t("‹ All campaigns"), data=CampaignsButton(0))],
        ],
    )


def ask_words(t: Translator, campaign_id: int) -> Screen:
    """Asks for the words."""
    return Screen(
        text=t.html(
            "Please write what the groups shall read: {limit} characters at most, in their language. "
            "A photo with these words under it sets both.",
            limit=t.number(LONGEST_WORDS),
        ),
        buttons=[[_back(t, campaign_id)]],
    )


def ask_photo(t: Translator, campaign_id: int) -> Screen:
    """Asks for the photo."""
    return Screen(text=t.html("Please send the photo."), buttons=[[_back(t, campaign_id)]])


def ask_groups(t: Translator, campaign_id: int) -> Screen:
    """Asks for a list of groups."""
    return Screen(
        text=t.html(
            "Which groups? Write them one a line: the @name, the title or the number that Telegram gave it. "
            "At most {limit}.",
            limit=MOST_LISTED,
        ),
        buttons=[[_page(t("‹ Back"), campaign_id, "groups")]],
    )


def choose_promotion(t: Translator, campaign: Campaign, promotions: Sequence[Promotion]) -> Screen:
    """Which promotion it announces."""
    key = campaign.id or 0
    choices = [
        [_deed(_ticked(p.title, on=p.id == campaign.promotion_id), key, "promo", str(p.id))]
        for p in promotions
    ]
    none = [_deed(_ticked(t("None"), on=campaign.promotion_id is None), key, "promo", "0")]
    return Screen(
        text=paragraphs(
            t.html("Which promotion does it announce?"),
            t.html(
                "It goes only to groups where the promotion holds: those it names, with its currency. "
                "Promotions are made with /promotions."
            ),
        ),
        buttons=[*choices, none, [_back(t, key)]],
    )


def choose_groups(t: Translator, drafted: Drafted, by_language: Mapping[str, int]) -> Screen:
    """Which groups are meant: by language, by size, or one by one."""
    audience, key = audience_of(drafted.campaign.audience), drafted.campaign.id or 0
    is_listed = audience.group_ids is not None
    everyone = not is_listed and not audience.languages and not audience.members_from
    languages = [
        _deed(
            _ticked(f"{LANGUAGES[code]} · {t.number(count)}", on=code in audience.languages),
            key,
            "language",
            code,
        )
        for code, count in sorted(by_language.items(), key=lambda each: -each[1])
        if code in LANGUAGES
    ]
    sizes = [
        _deed(
            _ticked(
                t("{n}+ members", n=t.number(size)) if size else t("Any size"),
                on=size == audience.members_from and not is_listed,
            ),
            key,
            "size",
            str(size),
        )
        for size in SIZES
    ]
    return Screen(
        text=paragraphs(t.html("<b>Which groups?</b>"), _meant(t, drafted)),
        buttons=[
            [_deed(_ticked(t("All"), on=everyone), key, "all")],
            *in_rows(languages, width=2),
            *in_rows(sizes, width=3),
            [_deed(_ticked(t("Only those I list"), on=is_listed), key, "list")],
            [_back(t, key)],
        ],
    )


def confirm_launch(t: Translator, drafted: Drafted) -> Screen:
    """The last question before it goes out."""
    key, groups = drafted.campaign.id or 0, drafted.reached.groups
    send = t.plural("Send it to {n} group", "Send it to {n} groups", groups)
    return Screen(
        text=paragraphs(
            t.html_plural("<b>Send it to {n} group?</b>", "<b>Send it to {n} groups?</b>", groups),
            _quiet(t, drafted.reached),
            t.html("After that its words can no longer be changed; it can be paused and stopped."),
        ),
        buttons=[[_deed(send, key, "launch", str(groups))], [_back(t, key)]],
    )


def confirm_stop(t: Translator, campaign: Campaign) -> Screen:
    """Stopping is for good."""
    key = campaign.id or 0
    return Screen(
        text=t.html(
            "Stop “{title}” for good? Groups that have it, keep it; no other gets it.", title=campaign.title
        ),
        buttons=[[_deed(t("Stop it for good"), key, "stop"), _back(t, key)]],
    )


def _announced(t: Translator, promotion: Promotion | None, *, now: datetime) -> Markup | None:
    if promotion is None:
        return t.html("It announces no promotion.")
    return lines(
        t.html("It announces “{title}”:", title=promotion.title),
        promotion_facts(t, promotion, time_zone=ZONE, now=now),
    )


def _meant(t: Translator, drafted: Drafted) -> Markup:
    groups = drafted.reached.groups
    if not groups:
        return t.html("No group is meant that takes campaigns.")
    return lines(
        t.html_plural("It goes to {n} group.", "It goes to {n} groups.", groups), _quiet(t, drafted.reached)
    )


def _quiet(t: Translator, reached: Reached) -> Markup | None:
    if not reached.quiet:
        return None
    return t.html_plural(
        "In {n} of them it is quiet now: it gets it when that is over.",
        "In {n} of them it is quiet now: they get it when that is over.",
        reached.quiet,
    )


def _named(t: Translator, campaign: Campaign) -> Button:
    title = shortened(campaign.title, _LONGEST_BUTTON) or t("Without words")
    return _page(f"{title} · {state_word(t, campaign.state)}", campaign.id or 0, "home")


def _ticked(text: str, *, on: bool) -> str:
    return f"✓ {text}" if on else text


def _deed(text: str, campaign_id: int, deed: str, value: str = "") -> Button:
    return Button(text=text, data=CampaignDeedButton(campaign_id, deed, value))


def _page(text: str, campaign_id: int, page: str) -> Button:
    return Button(text=text, data=CampaignButton(campaign_id, page))


def _back(t: Translator, campaign_id: int) -> Button:
    return _page(t("‹ Back"), campaign_id, "home")
