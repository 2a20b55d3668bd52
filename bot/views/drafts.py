"""The wizard's screen: a draft as it stands, a step of it, the list of drafts, and the preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from bot.callbacks.drafts import DraftButton, DraftChoiceButton, NewDraftButton, PreviewButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.drafts import GUIDED, STEPS, DraftContent, missing, neighbour, read_content
from bot.rules.teams import Completion
from bot.views.cards import CardFacts
from bot.views.draft_steps import choices, step_name, step_question
from bot.views.picks import pick_card
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs, shortened
from bot.views.teams import chance_line
from bot.views.tellings import draft_telling_button
from storage.models import Draft, Group, PickupPoint, Telling, Topic
from storage.repositories.picks import PostedPick
from storage.states import DraftStep, PickState

_KINDS_SHOWN = 12
_WORDS_SHOWN = 120
_VALUE_SHOWN = 200
_TITLE_SHOWN = 30
_DRAFTS_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """A draft with all that its screen shows: the groups its writer leads, their topics and points."""

    draft: Draft
    content: DraftContent
    groups: Sequence[Group] = ()
    topics: Mapping[int, Sequence[Topic]] = field(default_factory=dict)
    points: Sequence[PickupPoint] = ()
    posted: PostedPick | None = None
    #: Of a pick that was told to some instead of being posted.
    telling: Telling | None = None
    #: How many teams of the first group filled up, once there were enough to tell.
    chance: Completion | None = None

    @property
    def id(self) -> int:
        """The draft's key."""
        assert self.draft.id is not None
        return self.draft.id

    @property
    def group(self) -> Group | None:
        """The first group in which it will be posted."""
        return next((g for g in self.groups if g.id in self.content.group_ids), None)

    @property
    def passing(self) -> set[DraftStep]:
        """The steps that do not apply to this draft."""
        unneeded = {
            DraftStep.PLACE: len(self.groups) < 2 and bool(self.content.places),
            DraftStep.TOPIC: not self.topics,
            DraftStep.POINTS: not self.points,
        }
        return {step for step, is_unneeded in unneeded.items() if is_unneeded}


def draft_screen(t: Translator, facts: DraftFacts, *, now: datetime) -> Screen:
    """The one message of a draft, wherever it is."""
    if facts.posted is not None:
        return _posted_screen(t, facts, facts.posted, now=now)
    if facts.draft.step == DraftStep.DELETED:
        return Screen(
            text=t.html("The draft “{title}” is deleted.", title=draft_title(t, facts.content)),
            buttons=[[Button(text=t("Undo"), data=DraftButton(facts.id, "undo"))]],
        )
    if facts.draft.step == DraftStep.HOME:
        return _overview(t, facts, now=now)
    return _step_screen(t, facts, DraftStep(facts.draft.step), now=now)


def draft_list(t: Translator, drafts: Sequence[Draft], *, deleted: Draft | None = None) -> Screen:
    """A person's drafts, each to be continued, copied or deleted; one that just went can come back."""
    rows: list[Sequence[Button]] = []
    for draft in drafts[:_DRAFTS_SHOWN]:
        draft_id = draft.id or 0
        rows += [
            [Button(text=_short_title(t, draft), data=DraftButton(draft_id, "open"))],
            [
                Button(text=t("Copy"), data=DraftButton(draft_id, "copy")),
                Button(text=t("Delete"), data=DraftButton(draft_id, "delete")),
            ],
        ]
    gone = None
    if deleted is not None:
        gone = t.html("The draft “{title}” is deleted.", title=_short_title(t, deleted))
        rows.append([Button(text=t("Undo"), data=DraftButton(deleted.id or 0, "undo"))])
    rows.append([Button(text=t("New pick"), data=NewDraftButton(0))])
    head = t.html("<b>Your drafts</b>") if drafts else t.html("You have no drafts.")
    return Screen(text=paragraphs(head, gone), buttons=rows)


def draft_title(t: Translator, content: DraftContent) -> str:
    """What a draft is called before it has a title, and after."""
    return content.title or t("without a title")


def preview_card(t: Translator, card: CardFacts, *, draft_id: int, now: datetime, limit: int) -> Screen:
    """The very card that would be posted; its buttons say that they work once it is."""
    screen = pick_card(t, card, now=now, limit=limit)
    buttons = [
        [Button(text=button.text, data=PreviewButton(draft_id)) for button in row] for row in screen.buttons
    ]
    return Screen(text=screen.text, buttons=buttons)


def preview_explained(t: Translator) -> str:
    """To whoever taps a button of a preview."""
    return t("This is a preview: the buttons work once it is posted.")


def draft_posted(t: Translator, *, number: int, is_scheduled: bool, is_held: bool = False) -> str:
    """To whoever posted a draft; what is held does not fit its group's allowance now."""
    if is_held:
        return held_notice(t, number=number)
    if is_scheduled:
        return t("Pick #{number} will be posted at its time.", number=number)
    return t("Pick #{number} is posted.", number=number)


def held_notice(t: Translator, *, number: int) -> str:
    """To whoever posted what does not fit its group's allowance now."""
    return t("Pick #{number} does not fit now. It is kept for the next free slot.", number=number)


def make_in_private(t: Translator, *, link: str) -> Screen:
    """In a group, to a curator: a pick is made in private."""
    return Screen(
        text=t.html("A pick is made step by step in our private chat."),
        buttons=[[Button(text=t("Make a pick"), url=link)]],
    )


def copy_in_private(t: Translator, *, number: int, link: str) -> Screen:
    """In a group, to a curator: a pick is copied in private."""
    return Screen(
        text=t.html("A copy of pick #{number} becomes a draft in our private chat.", number=number),
        buttons=[[Button(text=t("Copy it"), url=link)]],
    )


def words_not_kept(t: Translator) -> Markup:
    """To whoever put words under a photo of a draft that has a description already, or too many."""
    return t.html("I kept the photo. The words under it I did not use: write them at the step Words.")


def _short_title(t: Translator, draft: Draft) -> str:
    return shortened(draft_title(t, read_content(draft.content)), _TITLE_SHOWN)


def _posted_screen(t: Translator, facts: DraftFacts, posted: PostedPick, *, now: datetime) -> Screen:
    copy = Button(text=t("Make another like it"), data=DraftButton(facts.id, "copy"))
    fields = {"number": posted.pick.number, "title": posted.offer.title, "group": posted.group.title}
    if posted.pick.is_personal and facts.telling is not None:
        text = t.html_plural(
            "<b>#{number} {title}</b> is told to {n} member of {group}.",
            "<b>#{number} {title}</b> is told to {n} members of {group}.",
            facts.telling.told_count,
            **fields,
        )
    elif posted.pick.state is PickState.SCHEDULED:
        moment = t.moment(posted.pick.opens_at, posted.group.time_zone, now=now)
        text = t.html("<b>#{number} {title}</b> will be posted in {group}: {moment}", **fields, moment=moment)
    else:
        text = t.html("<b>#{number} {title}</b> is posted in {group}.", **fields)
    return Screen(text=text, buttons=[[copy]])


def _overview(t: Translator, facts: DraftFacts, *, now: datetime) -> Screen:
    content = facts.content
    needed = [step_name(t, step) for step in missing(content)]
    return Screen(
        text=paragraphs(
            t.html("<b>Your pick, not posted yet</b>"),
            lines(*_set_lines(t, facts, now=now)),
            _chance(t, facts),
            t.html("Still missing: {steps}", steps=t.listed(needed))
            if needed
            else t.html("Nothing is missing. Have a look at the preview, then post it."),
        ),
        buttons=[*in_rows(_step_buttons(t, facts), width=3), *_deeds(t, facts)],
    )


def _step_buttons(t: Translator, facts: DraftFacts) -> list[Button]:
    done = _is_set(facts.content)
    return [
        Button(
            text=t("✓ {choice}", choice=step_name(t, step)) if done.get(step) else step_name(t, step),
            data=DraftButton(facts.id, step),
        )
        for step in STEPS
        if step not in facts.passing
    ]


def _deeds(t: Translator, facts: DraftFacts) -> list[Sequence[Button]]:
    post = t("Post it at its time") if facts.content.opens_at else t("Post it now")
    return [
        [
            Button(text=t("Preview"), data=DraftButton(facts.id, "preview")),
            Button(text=post, data=DraftButton(facts.id, "post")),
        ],
        [draft_telling_button(t, facts.id)] if facts.content.can_be_told else [],
        [
            Button(text=t("Copy"), data=DraftButton(facts.id, "copy")),
            Button(text=t("Delete"), data=DraftButton(facts.id, "delete")),
        ],
    ]


def _step_screen(t: Translator, facts: DraftFacts, step: DraftStep, *, now: datetime) -> Screen:
    content = facts.content
    currency = content.currency or (facts.group.currency if facts.group else "")
    group = facts.group
    own = choices(t, facts.id, step, content, groups=facts.groups, topics=facts.topics, points=facts.points)
    asked = step_question(t, step, content, currency=currency) if currency else None
    return Screen(
        text=paragraphs(
            Markup("<b>{}</b>").format(step_name(t, step)),
            asked or step_question(t, step, content, currency=t("your currency")),
            _line(t, facts, step, now=now),
            _chance(t, facts) if step is DraftStep.TEAM else None,
            t.html("Times are those of {group}.", group=group.title)
            if group and step in (DraftStep.DEADLINE, DraftStep.START)
            else None,
        ),
        buttons=[*own, *_ways(t, facts, step)],
    )


def _chance(t: Translator, facts: DraftFacts) -> Markup | None:
    if facts.chance is None or facts.content.team_price_amount is None:
        return None
    return chance_line(t, facts.chance)


def _ways(t: Translator, facts: DraftFacts, step: DraftStep) -> list[Sequence[Button]]:
    """Back, onwards, to the overview, and to clear what is set."""
    content = facts.content
    passing = facts.passing
    if content.is_guided:
        passing = passing | (set(STEPS) - set(GUIDED))
    back = neighbour(step, by=-1, passing=tuple(passing))
    onwards = neighbour(step, by=1, passing=tuple(passing))
    is_set = _is_set(content).get(step, False)
    ways = [
        Button(text=t("‹ Back"), data=DraftButton(facts.id, back)),
        Button(text=t("Next ›") if is_set else t("Skip ›"), data=DraftButton(facts.id, onwards)),
    ]
    ends = [Button(text=t("Overview"), data=DraftButton(facts.id, "leave"))]
    if is_set and step is not DraftStep.PLACE:
        ends.append(Button(text=t("Clear"), data=DraftChoiceButton(facts.id, step, "")))
    return [ways, ends]


def _is_set(content: DraftContent) -> dict[DraftStep, bool]:
    stocks = [kind.stock is not None for kind in content.kinds]
    return {
        DraftStep.PLACE: bool(content.places),
        DraftStep.PHOTO: bool(content.photo_ids),
        DraftStep.TITLE: bool(content.title),
        DraftStep.WORDS: bool(content.words),
        DraftStep.CATEGORY: bool(content.category),
        DraftStep.PRICE: content.price_amount is not None,
        DraftStep.VARIANTS: bool(content.variants),
        DraftStep.STOCK: any(stocks),
        DraftStep.TIERS: bool(content.tiers),
        DraftStep.MINIMUM: content.minimum_quantity is not None,
        DraftStep.LIMIT: content.limit_per_person is not None,
        DraftStep.TEAM: content.team_price_amount is not None,
        DraftStep.DEADLINE: bool(content.closes_at or content.runs_hours),
        DraftStep.POINTS: bool(content.point_ids),
        DraftStep.TOPIC: any(place.topic_id for place in content.places),
        DraftStep.START: content.opens_at is not None,
    }


def _set_lines(t: Translator, facts: DraftFacts, *, now: datetime) -> list[Markup]:
    shown = (_line(t, facts, step, now=now) for step in STEPS)
    return [line for line in shown if line is not None]


def _line(t: Translator, facts: DraftFacts, step: DraftStep, *, now: datetime) -> Markup | None:
    value = _value(t, facts, step, now=now) if _is_set(facts.content)[step] else None
    if not value:
        return None
    return t.html("{step}: {value}", step=step_name(t, step), value=shortened(value, _VALUE_SHOWN))


def _value(t: Translator, facts: DraftFacts, step: DraftStep, *, now: datetime) -> str | None:
    content = facts.content
    match step:
        case DraftStep.PLACE:
            return t.listed([g.title for g in facts.groups if g.id in content.group_ids])
        case DraftStep.PHOTO:
            return t.number(len(content.photo_ids))
        case DraftStep.TITLE:
            return content.title
        case DraftStep.WORDS:
            return shortened(content.words, _WORDS_SHOWN)
        case DraftStep.CATEGORY:
            return f"#{content.category}"
        case DraftStep.VARIANTS:
            names = [variant.name for variant in content.variants]
            more = "…" if len(names) > _KINDS_SHOWN else ""
            return f"{t.listed(names[:_KINDS_SHOWN])} {more}".strip()
        case DraftStep.STOCK:
            return _stocks(t, content)
        case DraftStep.POINTS:
            return t.listed([point.name for point in facts.points if point.id in content.point_ids])
        case DraftStep.TOPIC:
            chosen = {place.topic_id for place in content.places}
            named = [topic.name for topics in facts.topics.values() for topic in topics]
            known = {topic.topic_id: topic.name for topics in facts.topics.values() for topic in topics}
            return (
                t.listed([known.get(key) or f"#{key}" for key in chosen if key]) if named or chosen else None
            )
        case DraftStep.DEADLINE | DraftStep.START:
            return _time(t, facts, step, now=now)
    return _figure(t, content, step)


def _stocks(t: Translator, content: DraftContent) -> str | None:
    if not content.variants:
        return f"{t.number(content.stock)} {content.unit}".strip() if content.stock is not None else None
    counted = [f"{v.name} {t.number(v.stock)}" for v in content.variants if v.stock is not None]
    more = "…" if len(counted) > _KINDS_SHOWN else ""
    return f"{t.listed(counted[:_KINDS_SHOWN])} {more}".strip()


def _figure(t: Translator, content: DraftContent, step: DraftStep) -> str | None:
    def money(amount: int) -> str:
        return t.money(Money(amount=amount, currency=content.currency))

    match step:
        case DraftStep.PRICE if content.price_amount is not None:
            return money(content.price_amount)
        case DraftStep.TIERS:
            tiers = [
                t(
                    "from {quantity} on {price}",
                    quantity=t.number(tier.quantity),
                    price=money(tier.unit_amount),
                )
                for tier in content.tiers
            ]
            return t.listed(tiers)
        case DraftStep.MINIMUM if content.minimum_quantity is not None:
            return t.number(content.minimum_quantity)
        case DraftStep.LIMIT if content.limit_per_person is not None:
            return t.number(content.limit_per_person)
        case DraftStep.TEAM if content.team_price_amount is not None:
            return t(
                "{price} for {size} together within {hours} h",
                price=money(content.team_price_amount),
                size=content.team_size,
                hours=content.team_hours,
            )
    return None


def _time(t: Translator, facts: DraftFacts, step: DraftStep, *, now: datetime) -> str | None:
    content, zone = facts.content, facts.group.time_zone if facts.group else "UTC"
    at = content.closes_at if step is DraftStep.DEADLINE else content.opens_at
    if at is not None:
        return t.moment(at, zone, now=now)
    if content.runs_hours and step is DraftStep.DEADLINE:
        return t.plural("{n} hour after posting", "{n} hours after posting", content.runs_hours)
    return None
