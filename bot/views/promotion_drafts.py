"""A promotion in the making: the screen of each step, the overview, and the last question."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.callbacks.promotions import (
    PromotionButton,
    PromotionChoiceButton,
    PromotionsButton,
    PromotionStepButton,
)
from bot.i18n import Translator
from bot.money import Money
from bot.rules.promotion_drafts import (
    STEPS,
    PromotionContent,
    PromotionStep,
    applies,
    is_set,
    missing,
    most_amount,
    step_after,
    step_before,
    walk,
)
from bot.views.promotion_steps import choices, stays_within, step_name, step_question
from bot.views.promotion_words import gift_words, kind_name, titled
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs, shortened
from storage.models import Group, PickupPoint, Promotion
from storage.repositories.promotion_terms import NamedOffer
from storage.states import PromotionKind

_VALUE_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class PromotionDraftFacts:
    """A promotion in the making with all that its screen shows."""

    id: int
    content: PromotionContent
    #: As it would be by what is set so far.
    rule: Promotion
    time_zone: str
    #: The group whose times are meant; none: it is UTC.
    group: Group | None = None
    #: What its step lists.
    groups: Sequence[Group] = ()
    offers: Sequence[NamedOffer] = ()
    points: Sequence[PickupPoint] = ()
    has_more: bool = False
    #: What is named so far.
    group_titles: Sequence[str] = ()
    offer_titles: Sequence[str] = ()
    point_names: Sequence[str] = ()
    #: The steps at which something may be changed.
    may_change: Sequence[PromotionStep] = STEPS


def promotion_draft_screen(t: Translator, facts: PromotionDraftFacts) -> Screen:
    """A promotion in the making, wherever it is."""
    if facts.content.at is PromotionStep.HOME:
        return _overview(t, facts)
    return _step_screen(t, facts)


def begun_before(t: Translator, draft_id: int, content: PromotionContent) -> Screen:
    """She has one half made: shall it go on, or another one begin?"""
    kind = kind_name(t, content.kind) if content.kind is not None else ""
    return Screen(
        text=t.html("You have a promotion half made: {title}. Go on with it, or begin anew?",
                    title=content.title or kind),
        buttons=[
            [Button(text=t("Go on"), data=PromotionStepButton(draft_id, "open"))],
            [Button(text=t("Begin anew"), data=PromotionStepButton(draft_id, "anew"))],
        ],
    )  # fmt: skip


def launch_question(t: Translator, facts: PromotionDraftFacts) -> Screen:
    """The last word before a promotion is launched, or before a change of one holds."""
    content = facts.content
    is_change = content.promotion_id is not None
    ask = t.html("Shall this hold from now on?") if is_change else t.html("Launch it?")
    yes = t("Yes, save it") if is_change else t("Yes, launch it")
    return Screen(
        text=paragraphs(
            titled(t, content.title or "", gift_words(t, facts.rule)),
            lines(*_set_lines(t, facts)),
            None if is_change else _fixed_from_now_on(t),
            stays_within(t, content, most_amount(content)),
            ask,
        ),
        buttons=[
            [Button(text=yes, data=PromotionStepButton(facts.id, "sure"))],
            [Button(text=t("‹ Back"), data=PromotionStepButton(facts.id, PromotionStep.HOME))],
        ],
    )


def suggested_title(t: Translator, facts: PromotionDraftFacts) -> str:
    """What a promotion might be called; nothing where it is not said yet what it gives."""
    content = facts.content
    knows = content.kind is PromotionKind.FREE_PICKUP or is_set(PromotionStep.VALUE, content)
    if not knows:
        return ""
    if content.kind is PromotionKind.FRIEND:
        return kind_name(t, content.kind)
    words = gift_words(t, facts.rule)
    return words[:1].upper() + words[1:]


def _fixed_from_now_on(t: Translator) -> Markup:
    return t.html(
        "Once it has begun, what it gives does not change any more; its title, its end and its bounds can."
    )


def _overview(t: Translator, facts: PromotionDraftFacts) -> Screen:
    content = facts.content
    needed = [step_name(t, step) for step in missing(content)]
    is_change = content.promotion_id is not None
    head = (
        t.html("<b>The promotion {title}</b>", title=content.title)
        if is_change
        else t.html("<b>Your promotion, not launched yet</b>")
    )
    ready = (
        t.html("Nothing changes before you save it.")
        if is_change
        else t.html("Nothing is missing. Members see nothing of it before you launch it.")
    )
    return Screen(
        text=paragraphs(
            head,
            lines(*_set_lines(t, facts)),
            stays_within(t, content, most_amount(content)) if content.kind else None,
            t.html("Still missing: {steps}", steps=t.listed(needed)) if needed else ready,
        ),
        buttons=[*in_rows(_step_buttons(t, facts), width=3), *_deeds(t, facts)],
    )


def _step_buttons(t: Translator, facts: PromotionDraftFacts) -> list[Button]:
    content = facts.content
    return [
        Button(
            text=t("✓ {choice}", choice=step_name(t, step)) if is_set(step, content) else step_name(t, step),
            data=PromotionStepButton(facts.id, step),
        )
        for step in walk(content, may_change=tuple(facts.may_change))
    ]


def _deeds(t: Translator, facts: PromotionDraftFacts) -> list[Sequence[Button]]:
    promotion_id = facts.content.promotion_id
    if promotion_id is not None:
        return [
            [Button(text=t("Save the changes"), data=PromotionStepButton(facts.id, "launch"))],
            [Button(text=t("‹ Back"), data=PromotionButton(promotion_id))],
        ]
    return [
        [Button(text=t("Launch"), data=PromotionStepButton(facts.id, "launch"))],
        [
            Button(text=t("‹ Back"), data=PromotionsButton(facts.content.group_id or 0, 0)),
            Button(text=t("Drop it"), data=PromotionStepButton(facts.id, "drop")),
        ],
    ]


def _step_screen(t: Translator, facts: PromotionDraftFacts) -> Screen:
    content = facts.content
    own = choices(
        t,
        facts.id,
        content,
        groups=facts.groups,
        offers=facts.offers,
        points=facts.points,
        has_more=facts.has_more,
        suggestion=suggested_title(t, facts),
    )
    return Screen(
        text=paragraphs(
            Markup("<b>{}</b>").format(step_name(t, content.at)),
            step_question(t, content.at, content),
            t.html("Looking for: {words}", words=content.words)
            if content.words and _lists(content)
            else None,
            t.html("Nothing was found.") if _lists(content) and not (facts.groups or facts.offers) else None,
            _line(t, facts, content.at),
            _clock(t, facts),
        ),
        buttons=[*own, *_ways(t, facts)],
    )


def _lists(content: PromotionContent) -> bool:
    return content.at in (PromotionStep.PLACE, PromotionStep.OFFERS)


def _clock(t: Translator, facts: PromotionDraftFacts) -> Markup | None:
    if facts.content.at not in (PromotionStep.START, PromotionStep.END):
        return None
    if facts.group is None:
        return t.html("Times are those of Greenwich (UTC).")
    return t.html("Times are those of {group}.", group=facts.group.title)


def _ways(t: Translator, facts: PromotionDraftFacts) -> list[Sequence[Button]]:
    """Back, onwards, to the overview, and to clear what is set."""
    content = facts.content
    done = is_set(content.at, content)
    if not content.is_guided:
        ends = [Button(text=t("Overview"), data=PromotionStepButton(facts.id, PromotionStep.HOME))]
        return [[*ends, *_clearing(t, facts, done=done)]]
    back, onwards = step_before(content.at, content), step_after(content.at, content)
    ways = [
        Button(text=t("Next ›") if done else t("Skip ›"), data=PromotionStepButton(facts.id, onwards)),
    ]
    if back is not PromotionStep.HOME:
        ways.insert(0, Button(text=t("‹ Back"), data=PromotionStepButton(facts.id, back)))
    ends = [Button(text=t("Overview"), data=PromotionStepButton(facts.id, PromotionStep.HOME))]
    return [ways, [*ends, *_clearing(t, facts, done=done)]]


def _clearing(t: Translator, facts: PromotionDraftFacts, *, done: bool) -> list[Button]:
    if not done or facts.content.at in (PromotionStep.KIND, PromotionStep.CURRENCY):
        return []
    return [Button(text=t("Clear"), data=PromotionChoiceButton(facts.id, facts.content.at, ""))]


def _set_lines(t: Translator, facts: PromotionDraftFacts) -> list[Markup]:
    shown = (_line(t, facts, step) for step in STEPS if applies(step, facts.content))
    return [line for line in shown if line is not None]


def _line(t: Translator, facts: PromotionDraftFacts, step: PromotionStep) -> Markup | None:
    value = _value(t, facts, step) if is_set(step, facts.content) else None
    if not value:
        return None
    return t.html("{step}: {value}", step=step_name(t, step), value=shortened(value, _VALUE_SHOWN))


def _value(t: Translator, facts: PromotionDraftFacts, step: PromotionStep) -> str | None:
    content = facts.content
    match step:
        case PromotionStep.KIND:
            return kind_name(t, content.kind) if content.kind is not None else None
        case PromotionStep.PLACE if content.in_all_groups:
            return t("All groups with {currency}", currency=content.currency)
        case PromotionStep.VALUE:
            return gift_words(t, facts.rule)
        case PromotionStep.START | PromotionStep.END:
            return _time(t, facts, step)
    return _named(t, facts).get(step) or _figure(t, content, step)


def _named(t: Translator, facts: PromotionDraftFacts) -> dict[PromotionStep, str]:
    return {
        PromotionStep.CURRENCY: facts.content.currency,
        PromotionStep.PLACE: t.listed(facts.group_titles),
        PromotionStep.OFFERS: t.listed(facts.offer_titles),
        PromotionStep.POINTS: t.listed(facts.point_names),
        PromotionStep.TITLE: facts.content.title,
        PromotionStep.CODE: t("Only with a code"),
        PromotionStep.WHO: t("First orders only"),
        PromotionStep.STACKS: t("Together with others"),
        PromotionStep.COMMISSION: t("No commission"),
    }


def _figure(t: Translator, content: PromotionContent, step: PromotionStep) -> str | None:
    amounts = {
        PromotionStep.BUDGET: content.budget_amount,
        PromotionStep.MINIMUM_AMOUNT: content.minimum_amount,
    }
    if step in amounts:
        return t.money(Money(amount=amounts[step] or 0, currency=content.currency))
    counts = {
        PromotionStep.QUANTITY: content.quantity_limit,
        PromotionStep.MINIMUM_QUANTITY: content.minimum_quantity,
        PromotionStep.PERSON: content.uses_per_person,
        PromotionStep.USES: content.uses_limit,
    }
    return t.number(counts.get(step) or 0)


def _time(t: Translator, facts: PromotionDraftFacts, step: PromotionStep) -> str:
    content = facts.content
    at = content.starts_at if step is PromotionStep.START else content.ends_at
    if at is not None:
        return t.moment(at, facts.time_zone, now=facts.rule.created_at)
    return t.plural("{n} day after its start", "{n} days after its start", (content.runs_hours or 0) // 24)
