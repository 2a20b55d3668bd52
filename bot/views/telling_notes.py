"""What somebody reads who is told of a pick personally: what it is, why she is told, and how to be spared."""

from datetime import datetime
from typing import Final

from markupsafe import Markup

from bot.callbacks.details import DetailsButton, DetailsOrderButton
from bot.callbacks.tellings import SuggestionsSwitchButton, TellingNoteButton
from bot.i18n import Translator
from bot.rules.tellings import RESTS, Reason
from bot.services.tellings.explaining import NoteFacts, Why
from bot.views.carryings import carried_line
from bot.views.pick_categories import category_line
from bot.views.pricing import condition_lines, price_lines
from bot.views.proposals import vouched
from bot.views.recommendations import bought_together
from bot.views.screens import (
    LONGEST_TEXT,
    Button,
    Screen,
    as_fits,
    lines,
    paragraphs,
    shortened,
    shown_length,
)
from storage.repositories.picks import PostedPick

_WORDS_SHOWN: Final = 600
_TITLE_SHOWN: Final = 60
_REASONS_SHOWN: Final = 2
_BETWEEN: Final = "\n\n"


def telling_note(t: Translator, facts: NoteFacts, *, now: datetime, limit: int = LONGEST_TEXT) -> Screen:
    """A pick that is likely to please somebody, with the strongest reasons for thinking so.

    Its words end where `limit` UTF-16 units do; without any, it may still be longer.
    """
    posted = facts.posted
    head = _note_head(t, facts, now=now)
    room = min(limit - shown_length(head) - len(_BETWEEN), _WORDS_SHOWN)
    return Screen(
        text=paragraphs(head, Markup.escape(shortened(posted.offer.words, room)) if room > 1 else None),
        buttons=[
            _ways_to_order(t, posted),
            [
                Button(text=t("Why do I get this?"), data=TellingNoteButton(posted.id, "why")),
                Button(text=t("Not for me"), data=TellingNoteButton(posted.id, "not")),
            ],
            [_switch_off(t)],
        ],
    )


def telling_explained(
    t: Translator, posted: PostedPick, why: Why | None, *, limit: int = LONGEST_TEXT
) -> Screen:
    """Why somebody was told of a pick, the strongest reason first; what is none any more is not said."""
    reasons = reason_lines(t, posted, why) if why is not None else []
    head = t.html(
        "<b>Why I told you of #{number} {title}</b>", number=posted.pick.number, title=posted.offer.title
    )
    asker = (why.curator if why is not None else None) or posted.group.title
    rules = paragraphs(
        t.html(
            "{name} asked me to tell it to members who are likely to care, instead of posting it to all. "
            "I chose them by such facts alone; nobody is shown whom I chose, or why.",
            name=asker,
        ),
        t.html_plural(
            "You allowed me to tell you of picks chosen for you. In this group I do so once in {n} day "
            "at most.",
            "You allowed me to tell you of picks chosen for you. In this group I do so once in {n} days "
            "at most.",
            RESTS.days,
        ),
    )
    listed = (Markup("• {}").format(line) for line in reasons)
    room = limit - shown_length(paragraphs(head, rules)) - len(_BETWEEN)
    return Screen(
        text=paragraphs(head, as_fits(listed, between="\n", limit=room), rules),
        buttons=[
            _ways_to_order(t, posted),
            [Button(text=t("Not for me"), data=TellingNoteButton(posted.id, "not")), _switch_off(t)],
            # Without a reason there is nothing to tell her any more.
            [Button(text=t("‹ Back"), data=TellingNoteButton(posted.id, "note"))] if why is not None else [],
        ],
    )


def telling_put_aside(t: Translator, posted: PostedPick) -> Screen:
    """It is not for her, and she hears of it no more."""
    return Screen(
        text=t.html(
            "All right: I will not tell you of {title} again.",
            title=shortened(posted.offer.title, _TITLE_SHOWN),
        ),
        buttons=[[_switch_off(t)]],
    )


def suggestions_off(t: Translator) -> Screen:
    """Nothing is chosen for her any more."""
    return Screen(
        text=t.html("I will not tell you of picks chosen for you any more. /notices switches it on again.")
    )


def suggestions_on(t: Translator) -> str:
    """A toast: she is told of what is chosen for her."""
    return t("I will tell you of a pick now and then, once a week in a group at most. /notices ends it.")


def suggestions_offered(t: Translator) -> Markup:
    """To somebody who has got what she ordered: asked once."""
    return t.html(
        "If you like, I tell you of a pick now and then that is likely to please you, and always why. "
        "That is up to you, and I ask this once only."
    )


def suggestions_button(t: Translator) -> Button:
    """Yes, please."""
    return Button(text=t("Yes, tell me of picks chosen for me"), data=SuggestionsSwitchButton(1))


def reason_lines(t: Translator, posted: PostedPick, why: Why) -> list[Markup]:
    """Her reasons in words, the strongest first."""
    said = (_reason(t, why, reason, category=posted.offer.category) for reason in why.care.reasons)
    return [line for line in said if line is not None]


def _note_head(t: Translator, facts: NoteFacts, *, now: datetime) -> Markup:
    posted = facts.posted
    moment = t.moment(posted.pick.closes_at, posted.group.time_zone, now=now)
    return paragraphs(
        lines(
            t.html("<b>Chosen for you in {group}</b>", group=posted.group.title),
            *reason_lines(t, posted, facts.why)[:_REASONS_SHOWN],
        ),
        lines(
            t.html("<b>#{number} {title}</b>", number=posted.pick.number, title=posted.offer.title),
            price_lines(t, posted, facts.tiers),
            condition_lines(t, posted),
            category_line(posted.offer),
            vouched(t, posted.pick, curator=facts.why.curator, voucher=facts.voucher),
            carried_line(t, facts.supply) if facts.supply is not None else None,
            t.html("Open until {moment}", moment=moment),
        ),
    )


def _reason(t: Translator, why: Why, reason: Reason, *, category: str | None) -> Markup | None:
    match reason:
        case Reason.WISHED if why.care.wished is not None:
            return t.html("You wished for “{wish}”.", wish=shortened(why.care.wished, _TITLE_SHOWN))
        case Reason.BOUGHT if why.bought is not None:
            return t.html(
                "You bought #{number} {title} here.",
                number=why.bought.number,
                title=shortened(why.bought.title, _TITLE_SHOWN),
            )
        case Reason.FOLLOWS if category is not None:
            return t.html("You asked to be told of #{category}.", category=category)
        case Reason.ALIKE if why.together is not None:
            together = why.together
            return bought_together(t, together.title, both=together.both, others=together.others)
        case Reason.ASKED if why.asked is not None:
            return t.html(
                "You asked about #{number} {title}.",
                number=why.asked.number,
                title=shortened(why.asked.title, _TITLE_SHOWN),
            )
        case Reason.SORT if category is not None:
            return t.html(
                "Of the latest picks of #{category} here you bought {count}.",
                category=category,
                count=t.number(why.care.sort),
            )
        case Reason.LIKED if why.liked is not None:
            return t.html(
                "You liked #{number} {title}.",
                number=why.liked.number,
                title=shortened(why.liked.title, _TITLE_SHOWN),
            )
        case Reason.FAITHFUL if why.curator is not None:
            return t.html(
                "Of the latest picks of {name} here you bought {count}.",
                name=why.curator,
                count=t.number(why.care.faithful),
            )
    return None


def _ways_to_order(t: Translator, posted: PostedPick) -> list[Button]:
    """One tap orders one where there is one kind alone; among several she chooses behind the details."""
    if len(posted.variants) > 1:
        return [Button(text=t("Choose and order"), data=DetailsButton(posted.id, 0))]
    order = DetailsOrderButton(posted.id, posted.variants[0].id or 0, 1, 0)
    return [Button(text=t("Order one"), data=order), _all_about_it(t, posted)]


def _all_about_it(t: Translator, posted: PostedPick) -> Button:
    return Button(text=t("All about it"), data=DetailsButton(posted.id, 0))


def _switch_off(t: Translator) -> Button:
    return Button(text=t("No more such messages"), data=SuggestionsSwitchButton(0))
