"""What a group needs, in words: to those who lead it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.wishes import (
    DemandButton,
    NeedButton,
    NeedDraftButton,
    NeedMergeBackButton,
    NeedMergeButton,
    NeedPickBackButton,
    NeedPickButton,
    NeedSplitButton,
)
from bot.i18n import Translator
from bot.money import Money
from bot.rules.typed_text import fold
from bot.services.wishes.sorting import NeedSeen
from bot.views.screens import Button, Screen, as_fits, paragraphs, shortened
from storage.models import Group
from storage.repositories.picks import PostedPick

NEEDS_A_PAGE: Final = 8
_TITLE_SHOWN: Final = 36
_CHOICES: Final = 30
_LIST_ROOM: Final = 2500


def demand_page(
    t: Translator, group: Group, needs: Sequence[NeedSeen], *, page: int, now: datetime
) -> Screen:
    """A page of what a group needs, that of most people first."""
    head = t.html("<b>What {group} wishes for</b>", group=group.title)
    if not needs:
        hint = t.html(
            "Nothing at the moment. Members write "
            "<code>/want dried mango, by friday, up to 5.00, 2</code>, or answer when you ask who wants "
            "something."
        )
        return Screen(text=paragraphs(head, hint))
    page = min(page, (len(needs) - 1) // NEEDS_A_PAGE)
    shown = needs[page * NEEDS_A_PAGE : (page + 1) * NEEDS_A_PAGE]
    turning = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=DemandButton(group.id or 0, page - 1)))
    if (page + 1) * NEEDS_A_PAGE < len(needs):
        turning.append(Button(text=t("More ›"), data=DemandButton(group.id or 0, page + 1)))
    listed = [t.html("• {need}", need=demand_line(t, seen, group, now=now)) for seen in shown]
    return Screen(
        text=paragraphs(head, as_fits(listed, between="\n")),
        buttons=[
            *([Button(text=_titled(seen), data=NeedButton(seen.need.id or 0))] for seen in shown),
            turning,
        ],
    )


def need_page(
    t: Translator,
    seen: NeedSeen,
    group: Group,
    *,
    has_others: bool,
    has_picks: bool,
    can_take_back: bool = False,
    merge_id: int | None = None,
    now: datetime,
) -> Screen:
    """One need: what it comes to, in whose words, and what can be done about it.

    `can_take_back`: which pick answers it; `merge_id`: the act by which it has just become one of two.
    """
    need_id = seen.need.id or 0
    words = _ways(seen)
    listed = [t.html("• “{wish}” ({count})", wish=wish, count=t.number(count)) for wish, count, _ in words]
    is_answered = seen.need.pick_id is not None
    buttons = []
    if can_take_back:
        buttons.append(_take_back(t, need_id))
    if merge_id is not None:
        buttons.append(Button(text=t("Undo"), data=NeedMergeBackButton(merge_id)))
    if not is_answered:
        buttons.append(Button(text=t("Make a pick of it"), data=NeedDraftButton(need_id)))
        if has_picks:
            buttons.append(Button(text=t("It is on offer already…"), data=NeedPickButton(need_id, 0)))
        if has_others:
            buttons.append(Button(text=t("It is the same as…"), data=NeedMergeButton(need_id, 0)))
        if len(words) > 1:
            buttons.append(
                Button(text=t("One of these is something else…"), data=NeedSplitButton(need_id, 0))
            )
    buttons.append(Button(text=t("‹ Back"), data=DemandButton(group.id or 0, 0)))
    return Screen(
        text=paragraphs(
            demand_line(t, seen, group, now=now),
            as_fits(listed, between="\n", limit=_LIST_ROOM),
            t.html("A pick answers it: who wished is told as soon as its card is there.")
            if is_answered
            else t.html("When you post it, exactly those who wished hear of it, once."),
        ),
        buttons=[[button] for button in buttons],
    )


def answer_page(t: Translator, seen: NeedSeen, posted: PostedPick) -> Screen:
    """A pick has just been named as what was wished for, and nobody has heard of it yet."""
    return Screen(
        text=t.html(
            "<b>#{number} {title}</b> is what was wished for: “{need}”. In a minute, or as soon as quiet "
            "hours are over, exactly those who wished hear of it from me, once. Until then you can take it "
            "back.",
            number=posted.pick.number,
            title=posted.offer.title,
            need=seen.title,
        ),
        # The page is written anew by then: no way leads elsewhere from it.
        buttons=[[_take_back(t, seen.need.id or 0)]],
    )


def answer_told(t: Translator, posted: PostedPick) -> Screen:
    """It cannot be taken back any more that a pick is what was wished for."""
    pick = {"number": posted.pick.number, "title": posted.offer.title}
    return Screen(
        text=t.html("Those who wished for <b>#{number} {title}</b> are told of it, each once.", **pick)
        if posted.takes_orders
        else t.html("<b>#{number} {title}</b> is not on offer any more, so nobody is told of it.", **pick),
        buttons=[[Button(text=t("‹ Back"), data=DemandButton(posted.pick.group_id, 0))]],
    )


def pick_hint(t: Translator, seen: NeedSeen, posted: PostedPick, *, now: datetime) -> Screen:
    """To whoever posted a pick: it may be what members wished for, and she knows whether it is."""
    need_id = seen.need.id or 0
    return Screen(
        text=paragraphs(
            t.html(
                "Is <b>#{number} {title}</b> in {group} what members wished for?",
                number=posted.pick.number,
                title=posted.offer.title,
                group=posted.group.title,
            ),
            demand_line(t, seen, posted.group, now=now),
            t.html(
                "If you say so, exactly those who wished hear of it from me, once; for a minute you can take "
                "that back."
            ),
        ),
        buttons=[
            [Button(text=t("Yes, tell those who wished"), data=NeedPickButton(need_id, posted.id))],
            [Button(text=t("See what they wished for"), data=NeedButton(need_id))],
        ],
    )


def pick_page(t: Translator, seen: NeedSeen, picks: Sequence[PostedPick]) -> Screen:
    """Which pick is what was wished for."""
    need_id = seen.need.id or 0
    rows = [
        [
            Button(
                text=shortened(f"#{posted.pick.number} {posted.offer.title}", _TITLE_SHOWN),
                data=NeedPickButton(need_id, posted.id),
            )
        ]
        for posted in picks[:_CHOICES]
    ]
    return Screen(
        text=t.html("Which pick is “{need}”? Exactly those who wished hear of it, once.", need=seen.title),
        buttons=[*rows, [Button(text=t("‹ Back"), data=NeedButton(need_id))]],
    )


def merge_page(t: Translator, seen: NeedSeen, others: Sequence[NeedSeen]) -> Screen:
    """Which other need is the same."""
    need_id = seen.need.id or 0
    rows = [
        [Button(text=_titled(other), data=NeedMergeButton(need_id, other.need.id or 0))]
        for other in others[:_CHOICES]
    ]
    return Screen(
        text=t.html("What is the same as “{need}”?", need=seen.title),
        buttons=[*rows, [Button(text=t("‹ Back"), data=NeedButton(need_id))]],
    )


def split_page(t: Translator, seen: NeedSeen) -> Screen:
    """Which words mean something else."""
    need_id = seen.need.id or 0
    rows = [
        [Button(text=shortened(wish, _TITLE_SHOWN), data=NeedSplitButton(need_id, wish_id))]
        for wish, _, wish_id in _ways(seen)[:_CHOICES]
    ]
    return Screen(
        text=t.html("Which of these is not “{need}”? It becomes a need of its own.", need=seen.title),
        buttons=[*rows, [Button(text=t("‹ Back"), data=NeedButton(need_id))]],
    )


def demand_line(t: Translator, seen: NeedSeen, group: Group, *, now: datetime) -> Markup:
    """What a need comes to: people, how many in all, until when, and the median of their limits."""
    demand = seen.demand
    parts = [
        t.html_plural("{n} person wants {need}", "{n} people want {need}", demand.people, need=seen.title),
        t.html("{n} in all", n=t.number(demand.quantity)),
    ]
    if demand.wanted_by is not None:
        moment = t.moment(demand.wanted_by, group.time_zone, now=now)
        parts.append(
            t.html("until {moment}", moment=moment)
            if demand.hurried == demand.people
            else t.html_plural(
                "{n} person until {moment}", "{n} people until {moment}", demand.hurried, moment=moment
            )
        )
    if demand.limit_amount is not None:
        limit = t.money(Money(amount=demand.limit_amount, currency=group.currency))
        parts.append(
            t.html("limit {price}", price=limit)
            if demand.limits == 1
            else t.html_plural(
                "median of {n} limit: {price}", "median of {n} limits: {price}", demand.limits, price=limit
            )
        )
    return Markup(", ").join(parts)


def asked_for(t: Translator, seen: NeedSeen) -> str:
    """On the card of a pick that was made of a need: how many asked for it."""
    return t.plural("{n} of us asked for it.", "{n} of us asked for it.", seen.demand.people)


def need_act(t: Translator, action: str) -> str | None:
    """One act with needs, after the name of whoever did it."""
    match action:
        case "needs_merged":
            return t("said that two needs are the same")
        case "need_answered":
            return t("said which pick is what was wished for")
        case "need_split":
            return t("made two needs of one")
        case "needs_parted":
            return t("took back that two needs are the same")
        case "need_answer_taken_back":
            return t("took back which pick is what was wished for")
    return None


def _take_back(t: Translator, need_id: int) -> Button:
    return Button(text=t("Take that back"), data=NeedPickBackButton(need_id))


def _titled(seen: NeedSeen) -> str:
    return shortened(f"{seen.demand.people} · {seen.title}", _TITLE_SHOWN)


def _ways(seen: NeedSeen) -> list[tuple[str, int, int]]:
    """The words in which it was wished, how often, and a wish that was in these words."""
    found: dict[str, list[tuple[str, int]]] = {}
    for wish in seen.wishes:
        found.setdefault(fold(wish.words), []).append((wish.words, wish.id or 0))
    ways = [(said[0][0], len(said), said[0][1]) for said in found.values()]
    return sorted(ways, key=lambda way: (-way[1], way[2]))
