"""What people are told in private: new picks, and the pages on which they choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from markupsafe import Markup

from bot.callbacks.details import DetailsButton
from bot.callbacks.notices import CategoryButton, NoticesButton, NoticeSwitchButton, ShowPurchasesButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.notice_text import Wish, category_key
from bot.rules.notices import MOST_TOLD, SWITCHES
from bot.views.overview import card_link
from bot.views.pricing import price_of_now
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group
from storage.repositories.picks import PostedPick
from storage.states import CategoryWish, NoticeKind

_TITLE_SHOWN = 36
_CATEGORY_SHOWN = 18
_MOST_GROUPS = 20
_LIST_ROOM = 2000
_MARKS: Final[Mapping[Wish, CategoryWish]] = {Wish.ONLY: CategoryWish.ONLY, Wish.MUTE: CategoryWish.MUTE}


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """What somebody has chosen: kinds that are on, and her wishes of categories by group."""

    on: frozenset[NoticeKind]
    groups: Sequence[Group]
    wishes: Mapping[int, Mapping[str, CategoryWish]]
    shows_purchases: bool
    #: She hears of new picks of some categories alone.
    hears_some: bool = False


def new_picks_notice(
    t: Translator,
    picks: Sequence[PostedPick],
    *,
    tiers: Mapping[int, Sequence[tuple[int, int]]],
    now: datetime,
) -> Screen:
    """New picks, to somebody who wants to hear of them; `tiers` are those of their offers, by offer."""
    shown = sorted(picks[:MOST_TOLD], key=lambda posted: (posted.group.title, posted.id))
    parts = [
        lines(
            t.html("<b>New in {group}</b>", group=title),
            *(_new(t, posted, tiers.get(posted.pick.offer_id, ()), now=now) for posted in ours),
        )
        for title, ours in groupby(shown, key=lambda posted: posted.group.title)
    ]
    more = len(picks) - len(shown)
    return Screen(
        text=paragraphs(
            *parts,
            t.html_plural("And {n} more new pick.", "And {n} more new picks.", more) if more else None,
            t.html("You asked to be told of new picks. /notices changes that."),
        ),
        buttons=[
            [
                Button(
                    text=shortened(f"#{posted.pick.number} {posted.offer.title}", _TITLE_SHOWN),
                    data=DetailsButton(posted.id, 0),
                )
            ]
            for posted in shown
        ],
    )


def notices_page(t: Translator, facts: NoticeFacts) -> Screen:
    """All that can be switched, and the groups whose categories can be chosen."""
    return Screen(
        text=paragraphs(
            t.html("<b>What I tell you in private</b>"),
            t.html("What is about your money or your goods always comes. The rest you choose:"),
            lines(*(_state(t, kind, facts) for kind in SWITCHES)),
            _wishes(t, facts),
            _shown_line(t, shows=facts.shows_purchases),
            t.html("You can also write it: <code>tell me only about #honey</code>"),
        ),
        buttons=[
            *([_switch(t, kind, facts)] for kind in SWITCHES),
            *(
                [
                    Button(
                        text=t("Categories in {group}", group=shortened(group.title, _TITLE_SHOWN)),
                        data=NoticesButton(group.id or 0),
                    )
                ]
                for group in facts.groups[:_MOST_GROUPS]
            ),
            [show_purchases_button(t, shows=facts.shows_purchases)],
        ],
    )


def categories_page(
    t: Translator, group: Group, categories: Sequence[str], wishes: Mapping[str, CategoryWish]
) -> Screen:
    """The categories of a group, each with what its reader wants to hear of it."""
    group_id = group.id or 0
    known = list(dict.fromkeys((*categories, *wishes)))
    hint = (
        t.html("“Only” tells you of new picks of these categories alone, “Mute” never tells you of them.")
        if known
        else t.html(
            "Nothing that was posted here has a category yet. Curators add one with a hashtag: "
            "<code>/pick 12.90 Honey #honey</code>"
        )
    )
    back = Button(text=t("‹ Back"), data=NoticesButton(0))
    return Screen(
        text=paragraphs(t.html("<b>Categories in {group}</b>", group=group.title), hint),
        buttons=[*(_wish_row(t, group_id, each, wishes.get(each)) for each in known), [back]],
    )


def wish_kept(t: Translator, wish: Wish, categories: Sequence[str], *, groups: int) -> Markup:
    """What will be told from now on, to somebody who wrote it."""
    if not groups:
        return t.html("You are in no group that I serve, so there is nothing to tell you of.")
    names = ", ".join(f"#{category}" for category in categories)
    said = {
        Wish.ALL: t.html("I will tell you of every new pick, outside of your groups' quiet hours."),
        Wish.NOTHING: t.html("I will not tell you of new picks any more."),
        Wish.ONLY: t.html(
            "I will tell you of new picks of {categories}, outside of quiet hours.", categories=names
        ),
        Wish.MUTE: t.html("I will not tell you of new picks of {categories}.", categories=names),
        Wish.AS_USUAL: t.html("{categories}: from now on like everything else.", categories=names),
    }[wish]
    return paragraphs(said, t.html("/notices shows all that you have chosen."))


def show_purchases_button(t: Translator, *, shows: bool, pick_id: int = 0) -> Button:
    """Agreeing that people who know her may count her among the buyers, or not any more."""
    text = (
        t("✓ {choice}", choice=t("Count me for people who know me"))
        if shows
        else t("Count me for people who know me")
    )
    return Button(text=text, data=ShowPurchasesButton(int(not shows), pick_id))


def _shown_line(t: Translator, *, shows: bool) -> Markup:
    if shows:
        return t.html(
            "People who know you may see that some of those they know bought something, and you are counted "
            "among them: never by name, and never where fewer than three are."
        )
    return t.html(
        "I tell nobody who knows you that you bought something. "
        "If you like, they may count you among the buyers."
    )


def _new(t: Translator, posted: PostedPick, tiers: Sequence[tuple[int, int]], *, now: datetime) -> Markup:
    title: str | Markup = posted.offer.title
    link = card_link(posted)
    if link:
        title = Markup('<a href="{}">{}</a>').format(link, title)
    price = Money(amount=price_of_now(posted, tiers), currency=posted.offer.currency)
    return t.html(
        "#{number} {title} · {price} · until {moment}",
        number=posted.pick.number,
        title=title,
        price=t.money(price),
        moment=t.moment(posted.pick.closes_at, posted.group.time_zone, now=now),
    )


def _name(t: Translator, kind: NoticeKind) -> str:
    return {
        NoticeKind.NEW_PICKS: t("New picks"),
        NoticeKind.SUGGESTIONS: t("Picks chosen for me, now and then"),
        NoticeKind.WISHES: t("What I wished for is on offer"),
        NoticeKind.ANSWERS: t("What became of what I recommended"),
        NoticeKind.REMINDERS: t("Reminders that I asked for"),
        NoticeKind.REVIEWS: t("How it was, a week after I got it"),
        NoticeKind.EARNINGS: t("What I earn, once a day"),
    }[kind]


def _state(t: Translator, kind: NoticeKind, facts: NoticeFacts) -> Markup:
    name = _name(t, kind)
    if kind in facts.on:
        return t.html("• {notice}: yes", notice=name)
    if kind is NoticeKind.NEW_PICKS and facts.hears_some:
        return t.html("• {notice}: some", notice=name)
    return t.html("• {notice}: no", notice=name)


def _switch(t: Translator, kind: NoticeKind, facts: NoticeFacts) -> Button:
    name, is_on = _name(t, kind), kind in facts.on
    return Button(
        text=t("✓ {choice}", choice=name) if is_on else name,
        data=NoticeSwitchButton(kind.value, int(not is_on)),
    )


def _wishes(t: Translator, facts: NoticeFacts) -> Markup | None:
    said = []
    for group in facts.groups:
        wishes = facts.wishes.get(group.id or 0, {})
        for wish in CategoryWish:
            names = ", ".join(f"#{name}" for name, each in wishes.items() if each is wish)
            if names and wish is CategoryWish.ONLY:
                said.append(t.html("{group}: only {categories}", group=group.title, categories=names))
            elif names:
                said.append(t.html("{group}: never {categories}", group=group.title, categories=names))
    return as_fits(said, between="\n", limit=_LIST_ROOM) if said else None


def _wish_row(t: Translator, group_id: int, category: str, wish: CategoryWish | None) -> list[Button]:
    key = category_key(category)

    def marked(text: str, value: Wish) -> Button:
        chosen = wish is not None and _MARKS.get(value) is wish
        return Button(
            text=t("✓ {choice}", choice=text) if chosen else text,
            data=CategoryButton(group_id, key, Wish.AS_USUAL if chosen else value),
        )

    return [
        Button(text=f"#{shortened(category, _CATEGORY_SHOWN)}", data=NoticesButton(group_id)),
        marked(t("Only"), Wish.ONLY),
        marked(t("Mute"), Wish.MUTE),
    ]
