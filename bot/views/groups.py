"""The settings card of a group, and what is said when the bot arrives."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.callbacks.drafts import NewDraftButton
from bot.callbacks.groups import PlanButton, SettingButton, SettingsButton
from bot.callbacks.payments import PaymentSettingButton
from bot.callbacks.pickups import PointsButton
from bot.callbacks.promotions import PromotionsButton
from bot.i18n import LANGUAGES, Translator
from bot.rules.cases import USUAL_HOURS
from bot.rules.groups import COMMON_CURRENCIES, COMMON_ZONES
from bot.rules.quiet_hours import USUAL, clock
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs
from bot.views.trust_caps import allowance_words
from storage.models import Group

_MOST_CHOICES = 100
"""Telegram takes no more buttons than that."""


def settings_card(t: Translator, group: Group, *, now: datetime, saved: bool = False) -> Screen:
    """A group's settings, each with a button to change it."""
    assert group.id is not None
    plain = t("on") if group.reads_plain_orders else t("off")
    return Screen(
        text=paragraphs(
            t.html("<b>Settings of {group}</b>", group=group.title),
            lines(
                t.html("Language of posts: {language}", language=LANGUAGES[group.language]),
                t.html("Currency: {currency}", currency=group.currency),
                t.html(
                    "Time zone: {zone}, where it is {time} now",
                    zone=group.time_zone,
                    time=f"{now.astimezone(ZoneInfo(group.time_zone)):%H:%M}",
                ),
                t.html(
                    "Count a plain +2 (not a reply) as an order while only one pick is open: {state}",
                    state=plain,
                ),
                t.html("Quiet hours: {hours}", hours=quiet_words(t, group)),
                t.html_plural(
                    "If something is wrong, curators answer within: {n} hour",
                    "If something is wrong, curators answer within: {n} hours",
                    group.answer_hours,
                ),
                t.html("Allowance for offers: {caps}", caps=allowance_words(t, group)),
                t.html(
                    "Take campaigns from those who run this bot: {state}",
                    state=t("on") if group.takes_campaigns else t("off"),
                ),
                t.html(
                    "Pin a list of the open picks while there are several: {state}",
                    state=t("off") if group.hides_overview else t("on"),
                ),
            ),
            None
            if group.bot_is_admin
            else t.html(
                "I am not an administrator of the group yet. Please make me one that may invite people: "
                "otherwise I see neither reactions nor who brought whom, and cannot make invite links."
            ),
            t.html("Saved.") if saved else None,
        ),
        buttons=in_rows(
            [
                Button(text=t("Language"), data=SettingsButton(group.id, "language")),
                Button(text=t("Currency"), data=SettingsButton(group.id, "currency")),
                Button(text=t("Time zone"), data=SettingsButton(group.id, "zone")),
                Button(
                    text=t("Plain +2: turn off") if group.reads_plain_orders else t("Plain +2: turn on"),
                    data=SettingButton(group.id, "plain", "off" if group.reads_plain_orders else "on"),
                ),
                Button(
                    text=t("List: turn on") if group.hides_overview else t("List: turn off"),
                    data=SettingButton(group.id, "list", "on" if group.hides_overview else "off"),
                ),
                Button(text=t("Quiet hours"), data=SettingsButton(group.id, "quiet")),
                Button(text=t("Time to answer"), data=SettingsButton(group.id, "answer")),
                Button(text=t("Allowance"), data=SettingsButton(group.id, "allowance")),
                Button(
                    text=t("Campaigns: turn off") if group.takes_campaigns else t("Campaigns: turn on"),
                    data=SettingButton(group.id, "campaigns", "off" if group.takes_campaigns else "on"),
                ),
                Button(text=t("Pick-up points"), data=PointsButton(group.id)),
                Button(text=t("Payments"), data=PaymentSettingButton(group.id, "page", "home")),
                Button(text=t("Promotions"), data=PromotionsButton(group.id, 0)),
                Button(text=t("Rewards"), data=PlanButton(group.id, "page", "home")),
                Button(text=t("Make a pick"), data=NewDraftButton(group.id)),
            ],
            width=2,
        ),
    )


def settings_page(t: Translator, group: Group, page: str) -> Screen:
    """The choices of one setting."""
    assert group.id is not None
    choices = {
        "language": [(name, code) for code, name in LANGUAGES.items()],
        "currency": [(code, code) for code in COMMON_CURRENCIES],
        "zone": [(zone.rsplit("/", 1)[-1].replace("_", " "), zone) for zone in COMMON_ZONES],
        "answer": [(t.plural("{n} hour", "{n} hours", hours), str(hours)) for hours in USUAL_HOURS],
        "quiet": [*((hours_words(hours), f"{hours[0]}-{hours[1]}") for hours in USUAL), (t("never"), "0-0")],
    }[page]
    buttons = [Button(text=text, data=SettingButton(group.id, page, value)) for text, value in choices]
    back = Button(text=t("‹ Back"), data=SettingsButton(group.id, "home"))
    return Screen(
        text=_question(t, group, page),
        buttons=[*in_rows(buttons, width=2 if page in ("zone", "quiet", "answer") else 3), [back]],
    )


def quiet_words(t: Translator, group: Group) -> str:
    """When a group is not to be woken."""
    if group.quiet_from == group.quiet_until:
        return t("never")
    return hours_words((group.quiet_from, group.quiet_until))


def hours_words(hours: tuple[int, int]) -> str:
    """From and until, as clocks show them."""
    return f"{clock(hours[0])}–{clock(hours[1])}"


def choose_group(t: Translator, groups: Sequence[Group], question: Markup, *, links: Sequence[str]) -> Screen:
    """Which of several groups is meant."""
    buttons = [Button(text=group.title, url=link) for group, link in zip(groups, links, strict=True)]
    return Screen(text=question, buttons=[[button] for button in buttons[:_MOST_CHOICES]])


def which_group(t: Translator) -> Markup:
    """Asks which group is meant."""
    return t.html("Which group do you mean?")


def leads_none(t: Translator) -> Markup:
    """To somebody who leads no group that the bot serves."""
    return t.html(
        "You lead no group that I serve. Add me to your group and make me an administrator; "
        "then its settings appear here."
    )


def in_no_group(t: Translator) -> Markup:
    """To somebody who is in no group that the bot knows of."""
    return t.html("I have not seen you in any of my groups yet. Write something there, then try again here.")


def arrived(t: Translator, *, owner: str | None, link: str) -> Screen:
    """In the group, once: the bot is here, and its owner is asked in."""
    return Screen(
        text=paragraphs(
            t.html("Hello! I keep the orders of this group: one card for each pick, always up to date."),
            t.html("{owner}, please have a look at the settings.", owner=owner) if owner else None,
        ),
        buttons=[[Button(text=t("Open the settings"), url=link)]],
    )


def _question(t: Translator, group: Group, page: str) -> Markup:
    if page == "language":
        return t.html("In which language shall I post in {group}?", group=group.title)
    if page == "quiet":
        return t.html(
            "When shall I not wake {group}? Campaigns wait until that is over. Other hours can be set in the "
            "group: <code>/settings quiet 22:30-07:15</code>",
            group=group.title,
        )
    if page == "answer":
        return t.html(
            "When something is wrong with an order in {group}, how soon do its curators promise to answer? "
            "After that the case goes on to the owner. Other hours can be set in the group: "
            "<code>/settings answer 36</code>",
            group=group.title,
        )
    if page == "currency":
        return t.html(
            "Which currency does {group} use? Any other can be set in the group: "
            "<code>/settings currency CHF</code>",
            group=group.title,
        )
    return t.html(
        "Which time zone is {group} in? Any other can be set in the group: "
        "<code>/settings zone Lisbon</code>",
        group=group.title,
    )
