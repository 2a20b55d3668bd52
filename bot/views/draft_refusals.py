"""Words for what a draft cannot take."""

from bot import draft_errors
from bot.i18n import Translator
from bot.views.draft_steps import step_name
from bot.views.screens import shortened

_SHOWN = 40
_STEPS_NAMED = 5


def draft_refusal(t: Translator, error: draft_errors.DraftRefused) -> str:
    """One clear sentence or two, as plain text; the draft is kept."""
    match error:
        case draft_errors.DraftIncomplete(steps=steps):
            return t(
                "Still missing: {steps}",
                steps=t.listed([step_name(t, step) for step in steps[:_STEPS_NAMED]]),
            )
        case draft_errors.DraftStartPast():
            return t("The time you chose for posting has passed. Choose a later one, or post it at once.")
        case draft_errors.DraftDeadlinePast():
            return t("The deadline you chose has passed. Please choose a later one; the draft is kept.")
        case draft_errors.DraftEndsBeforeStart():
            return t("The deadline comes before the posting. Please change one of the two.")
        case draft_errors.DraftPosted(number=number):
            return t("It is posted already: pick #{number}.", number=number)
        case draft_errors.TooManyDrafts(limit=limit):
            return t(
                "You have {limit} drafts already. Post or delete some of them first: /drafts", limit=limit
            )
        case draft_errors.DraftTitleMissing():
            return t("A title needs at least one letter or number.")
        case draft_errors.DraftTitleTooLong(limit=limit):
            return t(
                "The title is too long: {limit} characters at most. The rest can go into the words.",
                limit=limit,
            )
        case draft_errors.DraftPriceUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a price. Write it like 12.90, with the decimals of your currency.",
                text=_short(text),
            )
        case draft_errors.PriceFirst():
            return t("Please set the price first; then I can compare.")
    return _of_figures(t, error)


def _of_figures(t: Translator, error: draft_errors.DraftRefused) -> str:
    match error:
        case draft_errors.KindsUnreadable(text=text):
            return t("I cannot read “{text}” as kinds. Write them like S 5, M 10, L.", text=_short(text))
        case draft_errors.TooManyOptionGroups(limit=limit):
            return t("Kinds can differ in {limit} things at most, such as size and colour.", limit=limit)
        case draft_errors.TeamUnreadable(text=text):
            return t(
                "I cannot read “{text}” as a team price. Write a price below the usual one, the size and the "
                "hours: 9.90, 2, 24h",
                text=_short(text),
            )
    return _of_place(t, error)


def _of_place(t: Translator, error: draft_errors.DraftRefused) -> str:
    match error:
        case draft_errors.DraftNotYours(group=group):
            return t(
                "You do not lead {group}, so I cannot post there. The draft is kept.", group=_short(group)
            )
        case draft_errors.DraftGroupLeft(group=group):
            return t(
                "I am not in {group} any more. Add me again or choose another group; the draft is kept.",
                group=_short(group),
            )
        case draft_errors.TopicClosed(topic=topic):
            return t(
                "The topic “{topic}” is closed. Open it again or choose another one; the draft is kept.",
                topic=_short(topic),
            )
        case draft_errors.TopicUnknown(text=text):
            return t("“{text}” is no link to a topic of this group.", text=_short(text))
    return _of_kind(t, error)


def _of_kind(t: Translator, error: draft_errors.DraftRefused) -> str:
    match error:
        case draft_errors.TextNeeded():
            return t("Please write it as text; I cannot use a file or a picture here.")
        case draft_errors.ChoiceNeeded():
            return t("Please choose with the buttons of the draft.")
        case draft_errors.PhotoNeeded():
            return t("That is no photo. Please send a photo, or skip this step.")
        case draft_errors.PhotoAsFile():
            return t("The picture came as a file. Please send it as a photo, so that it shows on the card.")
        case draft_errors.PhotoTooSmall(width=width, height=height, least=least):
            return t(
                "This photo is too small for a card: {width} × {height} pixels. "
                "Its longer side needs {least}.",
                width=width,
                height=height,
                least=least,
            )
        case draft_errors.TooManyPhotos(limit=limit):
            return t("A pick can have {limit} photos at most; I left out the rest.", limit=limit)
    raise LookupError(f"no words for {type(error).__name__}")


def _short(text: str) -> str:
    return shortened(" ".join(text.split()), _SHOWN)
