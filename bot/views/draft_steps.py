"""What a draft asks at each step, and how its steps are called."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.callbacks.drafts import DraftChoiceButton
from bot.i18n import Translator
from bot.rules.drafts import DraftContent
from bot.views.screens import Button, in_rows, lines
from storage.models import Group, PickupPoint, Topic
from storage.states import DraftStep

_HOURS = (12, 24, 48, 72, 168)
_MOST_CHOICES = 90
"""Telegram takes 100 buttons, and a step has others."""


def step_name(t: Translator, step: str) -> str:
    """What a step is called on its button."""
    names: Mapping[str, str] = {
        DraftStep.PLACE: t("Group"),
        DraftStep.PHOTO: t("Photos"),
        DraftStep.TITLE: t("Title"),
        DraftStep.WORDS: t("Words"),
        DraftStep.CATEGORY: t("Category"),
        DraftStep.PRICE: t("Price"),
        DraftStep.VARIANTS: t("Kinds"),
        DraftStep.STOCK: t("Stock"),
        DraftStep.TIERS: t("Price tiers"),
        DraftStep.MINIMUM: t("Minimum"),
        DraftStep.LIMIT: t("Limit"),
        DraftStep.TEAM: t("Teams"),
        DraftStep.DEADLINE: t("Deadline"),
        DraftStep.POINTS: t("Pick-up"),
        DraftStep.TOPIC: t("Topic"),
        DraftStep.START: t("Post when"),
    }
    return names.get(step, step)


def step_question(t: Translator, step: DraftStep, content: DraftContent, *, currency: str) -> Markup:
    """What is asked at a step, with an example of an answer."""
    if step is DraftStep.STOCK:
        return _stock_question(t, content)
    return _questions(t, currency)[step]


def choices(
    t: Translator,
    draft_id: int,
    step: DraftStep,
    content: DraftContent,
    *,
    groups: Sequence[Group],
    topics: Mapping[int, Sequence[Topic]],
    points: Sequence[PickupPoint],
) -> list[Sequence[Button]]:
    """The answers that a step offers as buttons."""

    def choice(text: str, value: object, *, chosen: bool = False) -> Button:
        return Button(
            text=t("✓ {choice}", choice=text) if chosen else text,
            data=DraftChoiceButton(draft_id, step, str(value)),
        )

    match step:
        case DraftStep.PLACE:
            return [[choice(g.title, g.id, chosen=g.id in content.group_ids)] for g in groups[:_MOST_CHOICES]]
        case DraftStep.POINTS:
            return [[choice(p.name, p.id, chosen=p.id in content.point_ids)] for p in points[:_MOST_CHOICES]]
        case DraftStep.DEADLINE:
            hours = [
                choice(t.plural("{n} hour", "{n} hours", n), n, chosen=content.runs_hours == n)
                for n in _HOURS
            ]
            return in_rows(hours, width=3)
        case DraftStep.TOPIC:
            return [
                [choice(name, f"{group_id}.{topic_id}", chosen=topic_id == _topic_of(content, group_id))]
                for group_id, topic_id, name in _topics(t, topics)[:_MOST_CHOICES]
            ]
    return []


def _topic_of(content: DraftContent, group_id: int) -> int:
    return next((place.topic_id or 0 for place in content.places if place.group_id == group_id), 0)


def _topics(t: Translator, topics: Mapping[int, Sequence[Topic]]) -> list[tuple[int, int, str]]:
    return [
        entry
        for group_id, known in topics.items()
        for entry in [
            (group_id, 0, t("The general topic")),
            *((group_id, topic.topic_id, topic.name or f"#{topic.topic_id}") for topic in known),
        ]
    ]


def _stock_question(t: Translator, content: DraftContent) -> Markup:
    if not content.variants:
        return t.html("How many are there? Write a number, like <code>20 jars</code>.")
    first = content.variants[0].name
    return lines(
        t.html(
            "How many are there of each kind? One number for all, or numbers by kind: <code>{first} 5</code>",
            first=first,
        ),
        t.html("<code>{value} 5</code> sets every kind with {value}.", value=content.variants[0].options[0])
        if len(content.option_names) > 1
        else None,
        t.html("0 takes a kind away, and a dash (-) means no limit."),
    )


def _questions(t: Translator, currency: str) -> Mapping[DraftStep, Markup]:
    return {
        DraftStep.PLACE: t.html("In which group shall I post it? You can choose several."),
        DraftStep.PHOTO: t.html(
            "Send a photo of it, or several: the first one is on the card. Words under the photo "
            "become its description."
        ),
        DraftStep.TITLE: t.html("What is it? Write its title, like <code>Yunnan honey</code>."),
        DraftStep.WORDS: t.html("What makes it good? Write it as you would tell a friend."),
        DraftStep.CATEGORY: t.html(
            "What sort of thing is it? Write one word, like <code>#honey</code>: "
            "members can choose to be told only of such things, or never."
        ),
        DraftStep.PRICE: t.html(
            "What does one cost? Write the price in {currency}, like <code>12.90</code>.", currency=currency
        ),
        DraftStep.VARIANTS: lines(
            t.html("Are there several kinds? Write them, with their stock if you know it:"),
            t.html("<code>S 5, M 10, L</code>"),
            t.html("Or write what they differ in, up to three groups, and I combine them:"),
            t.html("<code>Size: S, M, L / Colour: red, blue</code>"),
            t.html("If there is one kind alone, write how many there are: <code>20 jars</code>"),
        ),
        DraftStep.TIERS: t.html(
            "Does it get cheaper when many order? Write from how many on, and at which price: "
            "<code>10: 11.90, 20: 9.90</code>"
        ),
        DraftStep.MINIMUM: t.html(
            "How many must be ordered for it to go ahead? If fewer are, it fails and nobody owes anything."
        ),
        DraftStep.LIMIT: t.html("How many may one person order at most?"),
        DraftStep.TEAM: t.html(
            "Is there a lower price for people who order as a team? Write the price, how many make a team, "
            "and the hours they have: <code>9.90, 2, 24h</code>"
        ),
        DraftStep.DEADLINE: t.html(
            "Until when does it take orders? Choose how long, or write a time, like "
            "<code>till 20:00</code> or <code>fri 18:00</code>. Without one it runs for 24 hours."
        ),
        DraftStep.POINTS: t.html(
            "Where can it be fetched? Choose the pick-up points; if you choose none, it is all of them."
        ),
        DraftStep.TOPIC: t.html(
            "In which topic shall I post it? Choose one, or paste a link to it: "
            "I know only topics that were made or changed while I was there."
        ),
        DraftStep.START: t.html(
            "When shall I post it? Write a time, like <code>tomorrow 9:00</code>; "
            "without one I post it at once."
        ),
    }
