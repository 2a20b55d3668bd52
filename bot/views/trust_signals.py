"""What came of a group's posts, and what that did to its allowance: for its owner, in words and numbers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.statistics import Rate
from bot.rules.trust_signals import WHOLE_BPS, Step, weeks_to_whole
from bot.views.screens import Screen, lines, paragraphs
from bot.views.statistics import interval_words
from storage.models import Group, TrustChange, TrustEntry
from storage.states import TrustChangeReason


def trust_changed(t: Translator, group: Group, step: Step) -> Screen:
    """To the owner: how much of its allowance a group may use from now on, and why."""
    if not step.signs:
        return Screen(
            text=paragraphs(
                t.html("<b>{group} may use its whole allowance again.</b>", group=group.title),
                t.html("I have seen no bad sign for weeks."),
            )
        )
    before, share = t.percent(step.was_bps), t.percent(step.is_bps)
    return Screen(
        text=paragraphs(
            t.html(
                "<b>{group} may use {share} of its allowance for now.</b>", group=group.title, share=share
            ),
            lines(*(sign_words(t, sign.written()) for sign in step.signs)),
            lines(
                t.html("Before, it was {share}. Posts wait longer; none is lost.", share=before),
                coming_back(t, step.is_bps),
            ),
            t.html("/trust shows what is left; the owner can still post at once."),
        )
    )


def sign_words(t: Translator, numbers: Mapping[str, Any]) -> Markup:
    """One bad sign with the numbers that it was kept with."""
    return _SIGNS[TrustChangeReason(numbers["reason"])](t, numbers)


def coming_back(t: Translator, bps: int) -> Markup:
    """When the whole allowance is there again."""
    return t.html_plural(
        "A week without such a sign gives an eighth of the whole back: in {n} week all of it is there again.",
        "Each week without such a sign gives an eighth of the whole back: in {n} weeks all of it is there "
        "again.",
        weeks_to_whole(bps),
    )


def trust_state(t: Translator, group: Group, change: TrustChange | None) -> Sequence[Markup]:
    """Why a group may use but a part of its allowance, and until when; nothing where it may use all."""
    if group.trust_bps >= WHOLE_BPS:
        return []
    signs = (change.numbers or {}).get("signs", []) if change is not None else []
    return [
        t.html("For now {share} of the allowance may be used.", share=t.percent(group.trust_bps)),
        *(sign_words(t, sign) for sign in signs),
        coming_back(t, group.trust_bps),
    ]


def came_of_it(t: Translator, entry: TrustEntry) -> str:
    """What came of one post within a day; what could not be seen is left out."""
    seen = [words for words in _seen(t, entry) if words]
    return t.listed(seen) if seen else t("I could not see what came of it.")


def _seen(t: Translator, entry: TrustEntry) -> Sequence[str | None]:
    def told(count: int | None, words: Callable[[int], str]) -> str | None:
        return None if count is None else words(count)

    return [
        told(entry.active_members, lambda n: t.plural("{n} active member", "{n} active members", n)),
        told(entry.reactions_for, lambda n: t("{n} for it", n=t.number(n))),
        told(entry.reactions_against, lambda n: t("{n} against it", n=t.number(n))),
        told(entry.buyers, lambda n: t.plural("{n} buyer", "{n} buyers", n)),
        told(entry.replies, lambda n: t.plural("{n} answer", "{n} answers", n)),
        told(entry.leaves, lambda n: t("{n} left the group", n=t.number(n))),
    ]


def _leaves(t: Translator, numbers: Mapping[str, Any]) -> Markup:
    after = Rate(count=int(numbers["after"]), hours=float(numbers["after_hours"]))
    otherwise = Rate(count=int(numbers["otherwise"]), hours=float(numbers["otherwise_hours"]))
    rate, usual = interval_words(t, after), interval_words(t, otherwise)
    return t.html_plural(
        "{n} person left within a day of a post, {rate}; otherwise {usual}. Chance alone brings that about "
        "less than once in a hundred times.",
        "{n} people left within a day of a post, {rate}; otherwise {usual}. Chance alone brings that about "
        "less than once in a hundred times.",
        after.count,
        rate=rate,
        usual=usual,
    )


def _reactions(t: Translator, numbers: Mapping[str, Any]) -> Markup:
    return t.html(
        "Of those who gave the last posts a reaction, {against} are against them and {people} for them. "
        "Chance alone brings that about less than once in a hundred times.",
        against=t.number(int(numbers["against"])),
        people=t.number(int(numbers["for"])),
    )


def _disputes(t: Translator, numbers: Mapping[str, Any]) -> Markup:
    return t.html_plural(
        "Of {n} order that was handed over in the last four weeks, {disputed} is disputed. That more than a "
        "tenth of them go wrong is so with a probability of {share}.",
        "Of {n} orders that were handed over in the last four weeks, {disputed} are disputed. That more than "
        "a tenth of them go wrong is so with a probability of {share}.",
        int(numbers["delivered"]),
        disputed=t.number(int(numbers["disputed"])),
        share=t.percent(int(numbers["probability"] * 100) * 100),
    )


_SIGNS: Mapping[TrustChangeReason, Callable[[Translator, Mapping[str, Any]], Markup]] = {
    TrustChangeReason.LEAVES: _leaves,
    TrustChangeReason.REACTIONS: _reactions,
    TrustChangeReason.DISPUTES: _disputes,
}
