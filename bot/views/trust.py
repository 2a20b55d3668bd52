"""How a group stands with its allowance: what is left, when it comes back and why, what was posted."""

from datetime import datetime

from markupsafe import Markup

from bot.callbacks.groups import SettingsButton
from bot.callbacks.trust import SlotButton, TrustVoteButton
from bot.i18n import Translator
from bot.rules.trust_allowance import WHOLE_BPS, Left, Reason
from bot.services.trust_standing import Standing
from bot.views.groups import quiet_words
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from bot.views.trust_caps import caps_lines
from bot.views.trust_signals import came_of_it, trust_state
from bot.views.trust_slots import why_not_now
from storage.repositories.picks import PostedPick
from storage.repositories.trust import Listed

_LONGEST_TITLE = 60
_ROOM_FOR_POSTS = 2_000


def trust_page(
    t: Translator,
    standing: Standing,
    *,
    now: datetime,
    link: str | None = None,
    leads: bool = False,
    owns: bool = False,
    own_scores: Markup | None = None,
) -> Screen:
    """The page; in a group it has a `link` to the same in private, where those who lead can act.

    `own_scores` are the reader's, as others see them.
    """
    group = standing.group
    head = t.html("<b>What {group} bears</b>", group=group.title)
    posts = _posts(t, standing, now=now)
    if not group.keeps_allowance:
        text = paragraphs(
            head, t.html("This group keeps no allowance: offers are posted as they come."), posts, own_scores
        )
    else:
        text = paragraphs(head, _left(t, standing, now=now), _next(t, standing, now=now), posts, own_scores)
    return Screen(text=text, buttons=_buttons(t, standing, link=link, leads=leads, owns=owns))


def _left(t: Translator, standing: Standing, *, now: datetime) -> Markup:
    group = standing.group
    return lines(
        *(_left_of(t, standing, left, now=now) for left in standing.left),
        _told(t, standing),
        caps_lines(t, group),
        t.html_plural(
            "{n} ordinary message was written since the last post.",
            "{n} ordinary messages were written since the last post.",
            standing.messages_since,
        )
        if standing.messages_since is not None and group.messages_between
        else None,
        t.html("Quiet hours: {hours}", hours=quiet_words(t, group)),
        *trust_state(t, group, standing.change),
    )


def _left_of(t: Translator, standing: Standing, left: Left, *, now: datetime) -> Markup:
    fields = {"left": t.number(left.count), "cap": t.number(left.cap)}
    if left.refills_at is None:
        if left.reason is Reason.DAY:
            return t.html("Left of a day: {left} of {cap}", **fields)
        return t.html("Left of a week: {left} of {cap}", **fields)
    moment = t.moment(left.refills_at, standing.group.time_zone, now=now)
    if left.reason is Reason.DAY:
        return t.html("Left of a day: {left} of {cap}; one more from {moment}", moment=moment, **fields)
    return t.html("Left of a week: {left} of {cap}; one more from {moment}", moment=moment, **fields)


def _told(t: Translator, standing: Standing) -> Markup | None:
    """How much of a post was told personally, in the longest of the windows."""
    told_bps = max((left.told_bps for left in standing.left), default=0)
    if not told_bps:
        return None
    return t.html(
        "Picks that were told personally count as {share} of a post now; they take the place of one as soon "
        "as they make a whole one.",
        share=t.percent(told_bps),
    )


def _next(t: Translator, standing: Standing, *, now: datetime) -> Markup:
    group = standing.group
    waiting = [
        t.html(
            "{moment} · #{number} {title}",
            moment=t.moment(posted.pick.opens_at, group.time_zone, now=now),
            number=posted.pick.number,
            title=shortened(posted.offer.title, _LONGEST_TITLE),
        )
        for posted in standing.waiting
    ]
    return paragraphs(
        t.html("A post would fit now.")
        if standing.slot.fits
        else lines(
            t.html(
                "The next free slot: {moment}", moment=t.moment(standing.slot.at, group.time_zone, now=now)
            ),
            why_not_now(t, group, standing.slot.holds, now=now, with_part=False),
        ),
        lines(t.html("<b>Planned</b>"), *waiting) if waiting else None,
        t.html(
            "The group is voting on its caps until {moment}; {n} have voted so far.",
            moment=t.moment(standing.vote.closes_at, group.time_zone, now=now),
            n=t.number(sum(standing.vote.counts or ())),
        )
        if standing.vote is not None
        else None,
    )


def _posts(t: Translator, standing: Standing, *, now: datetime) -> Markup | None:
    if not standing.posts:
        return None
    listed = [_post(t, standing, post, now=now) for post in standing.posts]
    return lines(
        t.html("<b>What was posted, and what came of it in a day</b>"),
        as_fits(listed, between="\n", limit=_ROOM_FOR_POSTS),
    )


def _post(t: Translator, standing: Standing, post: Listed, *, now: datetime) -> Markup:
    entry, title = post.entry, shortened(post.title, _LONGEST_TITLE)
    name = t("#{number} {title}", number=post.number, title=title) if post.number is not None else title
    if post.told_count is not None:
        name = t.listed([name, t.plural("told to {n} member", "told to {n} members", post.told_count)])
    line = t.html(
        "{moment} · {name}",
        moment=t.moment(entry.posted_at, standing.group.time_zone, now=now),
        name=name,
    )
    if entry.measured_at is not None:
        line = t.html("{what}: {amount}", what=line, amount=came_of_it(t, entry))
    if entry.is_override:
        line = t.html("{line} (posted all the same)", line=line)
    if standing.group.keeps_allowance and entry.weight_bps < WHOLE_BPS:
        line = t.html("{line} ({share} of a post)", line=line, share=t.percent(entry.weight_bps))
    return line


def _buttons(
    t: Translator, standing: Standing, *, link: str | None, leads: bool, owns: bool
) -> list[list[Button]]:
    key = standing.group.id or 0
    if link is not None:
        return [[Button(text=t("Open it in private"), url=link)]]
    rows = [[_waiting(t, posted)] for posted in standing.waiting] if leads else []
    if leads:
        rows.append([Button(text=t("Change the caps"), data=SettingsButton(key, "allowance"))])
    if owns and standing.group.keeps_allowance:
        text = t("Let the group vote") if standing.vote is None else t("The vote")
        rows.append([Button(text=text, data=TrustVoteButton(key, "home"))])
    return rows


def _waiting(t: Translator, posted: PostedPick) -> Button:
    title = t("#{number} {title}", number=posted.pick.number, title=posted.offer.title)
    return Button(text=shortened(title, _LONGEST_TITLE), data=SlotButton(posted.id, "home"))
