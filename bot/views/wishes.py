"""What members wish for, in words: to whoever wished."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.details import DetailsButton
from bot.callbacks.wishes import WishBackButton, WishGroupButton
from bot.i18n import Translator
from bot.money import Money
from bot.views.overview import card_link
from bot.views.pricing import price_of_now
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group, Wish
from storage.repositories.picks import PostedPick
from storage.repositories.wishes import OwnWish

_TITLE_SHOWN: Final = 36
_MOST_BUTTONS: Final = 40
_LIST_ROOM: Final = 3000


def wish_kept(
    t: Translator,
    wish: Wish,
    group: Group,
    *,
    people: int,
    is_change: bool,
    hears: bool,
    offered: PostedPick | None,
    now: datetime,
) -> Screen:
    """A wish is noted, to whoever said it in private; `people` wait for the same, she included.

    `hears`: she has not switched off to be told; `offered`: a pick that may be just what she wants.
    """
    head = (
        t.html("Changed, for {group}: {wish}", group=group.title, wish=_line(t, wish, group, now=now))
        if is_change
        else t.html("Noted, for {group}: {wish}", group=group.title, wish=_line(t, wish, group, now=now))
    )
    others = t.html_plural(
        "{n} other member wants that, too.", "{n} other members want that, too.", people - 1
    )
    return Screen(
        text=paragraphs(
            head,
            others if people > 1 else None,
            t.html("Something like it is on offer already; have a look.") if offered is not None else None,
            t.html("When it is on offer, I tell you once. /wishes shows what you wish for.")
            if hears
            else t.html(
                "You switched off the news of what you wish for; /notices switches it on. "
                "/wishes shows all you wish for."
            ),
        ),
        buttons=[
            [_pick_button(offered)] if offered is not None else [],
            [Button(text=t("Take my wish back"), data=WishBackButton(wish.id or 0))],
        ],
    )


def own_wishes(t: Translator, wishes: Sequence[OwnWish], *, now: datetime) -> Screen:
    """What somebody waits for, each with a button that takes it back."""
    how = t.html("Write <code>/want dried mango, by friday, up to 5.00, 2</code> here or in your group.")
    if not wishes:
        return Screen(text=paragraphs(t.html("You wait for nothing at the moment."), how))
    listed = [
        t.html("• {wish} · {group}", wish=_line(t, own.wish, own.group, now=now), group=own.group.title)
        for own in wishes
    ]
    return Screen(
        text=paragraphs(
            t.html("<b>What you wish for</b>"), as_fits(listed, between="\n", limit=_LIST_ROOM), how
        ),
        buttons=[
            [
                Button(
                    text=t("Take back: {wish}", wish=shortened(own.wish.words, _TITLE_SHOWN)),
                    data=WishBackButton(own.wish.id or 0),
                )
            ]
            for own in wishes[:_MOST_BUTTONS]
        ],
    )


def which_group_wishes(t: Translator, groups: Sequence[Group], *, draft_id: int, text: str) -> Screen:
    """For which of her groups somebody wishes something."""
    return Screen(
        text=t.html("For which group is that? {wish}", wish=shortened(text, _TITLE_SHOWN)),
        buttons=[
            [Button(text=shortened(group.title, _TITLE_SHOWN), data=WishGroupButton(draft_id, group.id or 0))]
            for group in groups[:_MOST_BUTTONS]
        ],
    )


def wish_answered(
    t: Translator, posted: PostedPick, *, tiers: Sequence[tuple[int, int]], now: datetime
) -> Screen:
    """What somebody wished for is on offer: she hears of it once."""
    link = card_link(posted)
    title: str | Markup = posted.offer.title
    if link:
        title = Markup('<a href="{}">{}</a>').format(link, title)
    price = Money(amount=price_of_now(posted, tiers), currency=posted.offer.currency)
    return Screen(
        text=paragraphs(
            lines(
                t.html("<b>What you wished for is on offer in {group}</b>", group=posted.group.title),
                t.html(
                    "#{number} {title} · {price} · until {moment}",
                    number=posted.pick.number,
                    title=title,
                    price=t.money(price),
                    moment=t.moment(posted.pick.closes_at, posted.group.time_zone, now=now),
                ),
            ),
            t.html("That was all: your wish is off the list. /notices switches such news off."),
        ),
        buttons=[[_pick_button(posted)]],
    )


def _pick_button(posted: PostedPick) -> Button:
    title = shortened(f"#{posted.pick.number} {posted.offer.title}", _TITLE_SHOWN)
    return Button(text=title, data=DetailsButton(posted.id, 0))


def _line(t: Translator, wish: Wish, group: Group, *, now: datetime) -> Markup:
    parts = [t.html("{quantity} × {wish}", quantity=t.number(wish.quantity), wish=wish.words)]
    if wish.limit_amount is not None:
        limit = Money(amount=wish.limit_amount, currency=wish.currency)
        parts.append(t.html("up to {price}", price=t.money(limit)))
    until = wish.wanted_by or wish.expires_at
    parts.append(t.html("until {moment}", moment=t.moment(until, group.time_zone, now=now)))
    return Markup(", ").join(parts)
