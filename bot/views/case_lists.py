"""Lists of cases: one's own, those to be decided, and those that are settled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.cases import CaseButton, CasesButton
from bot.i18n import Translator
from bot.views.cases import hours_words, kind_words, outcome_words
from bot.views.screens import Button, Screen, as_fits, lines, shortened
from storage.repositories.case_lists import SeenCase
from storage.states import CaseStage

CASES_A_PAGE: Final = 6

_LONGEST_NAME = 30
_LONGEST_BUTTON = 50


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """A page of one of the lists: `own`, `open` or `done`."""

    name: str
    cases: Sequence[SeenCase]
    page: int
    has_more: bool
    #: Whether there are cases that its reader could be asked to decide.
    decides: bool
    median_hours: float | None
    now: datetime


def case_list(t: Translator, facts: CaseList) -> Screen:
    """A page of cases, each with a button that opens it."""
    turning = []
    if facts.page > 0:
        turning.append(Button(text=t("‹ Back"), data=CasesButton(facts.name, facts.page - 1)))
    if facts.has_more:
        turning.append(Button(text=t("More ›"), data=CasesButton(facts.name, facts.page + 1)))
    took = (
        t.html(
            "Half of the cases of the last 90 days were settled within {time}.",
            time=hours_words(t, facts.median_hours),
        )
        if facts.median_hours is not None
        else None
    )
    return Screen(
        text=as_fits(
            (
                lines(_head(t, facts.name), took),
                *(_entry(t, facts, one) for one in facts.cases),
                *([] if facts.cases else [_nothing(t, facts.name)]),
            ),
            between="\n\n",
        ),
        buttons=[
            *([Button(text=_short(t, facts, one), data=CaseButton(one.id, 0))] for one in facts.cases),
            turning,
            *_others(t, facts),
        ],
    )


def case_in_group(t: Translator, *, name: str, link: str) -> Screen:
    """In the group, to somebody who has to answer and reads nothing in private: no word of what is wrong."""
    return Screen(
        text=t.html("{name}, something about this group waits for you.", name=name),
        buttons=[[Button(text=t("Open"), url=link)]],
    )


def _head(t: Translator, name: str) -> Markup:
    heads = {
        "own": t.html("<b>Your own cases</b>"),
        "open": t.html("<b>Cases to be decided</b>"),
        "done": t.html("<b>Settled cases</b>"),
    }
    return heads[name]


def _nothing(t: Translator, name: str) -> Markup:
    if name == "own":
        return t.html(
            "You have no cases. If something is wrong with an order, open it in /my and tap “Something is "
            "wrong”."
        )
    return t.html("There are none.")


def _entry(t: Translator, facts: CaseList, one: SeenCase) -> Markup:
    return lines(
        t.html(
            "<b>{name}</b>, order {number}: #{pick} {title} ({group})",
            name=shortened(one.name, _LONGEST_NAME),
            number=one.order_number,
            pick=one.pick_number,
            title=shortened(one.title, _LONGEST_NAME),
            group=shortened(one.group_title, _LONGEST_NAME),
        ),
        Markup("{}. {}").format(kind_words(t, one.kind), _where(t, one, now=facts.now)),
    )


def _where(t: Translator, one: SeenCase, *, now: datetime) -> str:
    if one.stage is CaseStage.RESOLVED:
        outcome = outcome_words(t, one.outcome, one.offered_amount, one.currency)
        return t("Ended with: {outcome}", outcome=outcome)
    until = t.moment(one.due_at, one.time_zone, now=now) if one.due_at is not None else "–"
    if one.stage is CaseStage.OFFERED:
        return t("Something is offered, until {moment}", moment=until)
    return t("To be answered by {moment}", moment=until)


def _short(t: Translator, facts: CaseList, one: SeenCase) -> str:
    who = one.title if facts.name == "own" else one.name
    words = t("{number} {name}: {kind}", number=one.order_number, name=shortened(who, 20),
              kind=kind_words(t, one.kind))  # fmt: skip
    return shortened(words, _LONGEST_BUTTON)


def _others(t: Translator, facts: CaseList) -> list[Sequence[Button]]:
    names = {"own": t("My own"), "open": t("To be decided"), "done": t("Settled ›")}
    if not facts.decides:
        return []
    return [
        [Button(text=words, data=CasesButton(name, 0)) for name, words in names.items() if name != facts.name]
    ]
