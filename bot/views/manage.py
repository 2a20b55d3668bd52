"""The screens from which a curator runs her picks, in private."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.callbacks.boards import BoardButton
from bot.callbacks.payments import PickPaymentButton
from bot.callbacks.picks import ExtendButton, ManageButton, ManageGroupButton
from bot.callbacks.shares import PickSharesButton
from bot.callbacks.trust import SlotButton
from bot.i18n import Translator
from bot.rules.picks import Field
from bot.views.carried_orders import between_groups
from bot.views.carryings import carried_buttons, supply_lines
from bot.views.listings import own_listing_button
from bot.views.overview import card_link
from bot.views.recalls import stopped_line
from bot.views.screens import Button, Screen, in_rows, lines, paragraphs
from bot.views.telling_results import told_line
from bot.views.tellings import post_after_all_button
from storage.models import Group, Pick, Telling
from storage.repositories.carryings import Supply
from storage.repositories.picks import PostedPick
from storage.states import PickState

MOST_LISTED = 20

_LONGER = (timedelta(hours=1), timedelta(hours=3), timedelta(days=1), timedelta(days=3))


def managed_groups(t: Translator, groups: Sequence[Group]) -> Screen:
    """Which of her groups."""
    buttons = [[Button(text=group.title, data=ManageGroupButton(group.id or 0))] for group in groups]
    return Screen(text=t.html("The picks of which group?"), buttons=buttons)


def managed_picks(t: Translator, group: Group, picks: Sequence[PostedPick]) -> Screen:
    """The picks of a group, those that are open or will be first."""
    if not picks:
        return Screen(text=t.html("There are no picks in {group} yet.", group=group.title))
    buttons = [[Button(text=_headline(t, posted), data=ManageButton(posted.id, "home"))] for posted in picks]
    return Screen(text=t.html("The picks of {group}. Which one?", group=group.title), buttons=buttons)


def managed_pick(
    t: Translator,
    posted: PostedPick,
    *,
    beside: Sequence[Pick],
    pays: bool | None = None,
    telling: Telling | None = None,
    now: datetime,
    note: str | Markup | None = None,
    supply: Supply | None = None,
    is_sold_by_others: bool = False,
) -> Screen:
    """One pick, with all that can be done with it now.

    `pays` says whether recommending it earns anything; None where its group pays for nothing. `supply` says
    whose it is where its group sells it for another.
    """
    pick = posted.pick
    others = len(
        {other.group_id for other in beside if other.state is not PickState.WITHDRAWN} - {pick.group_id}
    )
    return Screen(
        text=paragraphs(
            Markup.escape(note) if note else None,
            lines(
                Markup("<b>{}</b>").format(
                    t("#{number} {title}", number=pick.number, title=posted.offer.title)
                ),
                Markup.escape(posted.group.title),
                _standing(t, posted, now=now),
                t.html("Ordered so far: {quantity}", quantity=t.number(pick.quantity)),
                t.html_plural(
                    "It shares its stock with a pick in {n} other group.",
                    "It shares its stock with picks in {n} other groups.",
                    others,
                )
                if others
                else None,
                told_line(t, telling) if telling is not None else None,
                t.html("Recommending it earns nothing.") if pays is False else None,
                stopped_line(t) if posted.offer.stopped_at is not None else None,
            ),
            supply_lines(t, posted, supply) if supply is not None else None,
        ),
        buttons=[
            *_actions(t, posted, pays=pays),
            between_groups(t, pick, is_sold_by_others=is_sold_by_others),
            [_back_to_group(t, posted)],
        ],
    )


def extend_choices(t: Translator, posted: PostedPick, *, now: datetime) -> Screen:
    """How much longer a pick shall run; or a moment is typed."""
    buttons = []
    for by in _LONGER:
        at = max(posted.pick.closes_at, now) + by
        moment = t.moment(at, posted.group.time_zone, now=now)
        buttons.append(Button(text=moment, data=ExtendButton(posted.id, int(at.timestamp()))))
    return Screen(
        text=paragraphs(
            t.html(
                "Until when shall #{number} take orders? Tap, or write it, like “fri 18:00” or “in 8h”.",
                number=posted.pick.number,
            ),
            _standing(t, posted, now=now),
        ),
        buttons=[*in_rows(buttons, width=2), [_back(t, posted)]],
    )


def close_question(t: Translator, posted: PostedPick, *, is_sold_by_others: bool = False) -> Screen:
    """Shall it really be closed now?"""
    return Screen(
        text=paragraphs(
            t.html(
                "Close #{number} {title} now? Nobody can order or change anything after that.",
                number=posted.pick.number,
                title=posted.offer.title,
            ),
            t.html("The groups that sell it for you close it, too.") if is_sold_by_others else None,
        ),
        buttons=[
            [Button(text=t("Close it now"), data=ManageButton(posted.id, "closed"))],
            [_back(t, posted)],
        ],
    )


def field_question(t: Translator, posted: PostedPick, field: Field | str) -> Screen:
    """What is to be written next."""
    return Screen(text=_question(t, posted, field), buttons=[[_back(t, posted)]])


def withdraw_question(t: Translator, posted: PostedPick, *, is_sold_by_others: bool = False) -> Screen:
    """Why is it withdrawn? And from whom."""
    others = None
    if posted.pick.is_carried:
        others = t.html("Other groups that sell it keep their orders.")
    elif is_sold_by_others:
        others = t.html("The groups that sell it for you lose it, too, and their buyers read the same.")
    asked = t.html(
        "Why is #{number} withdrawn? Write it in a sentence: everybody who ordered will read it, "
        "and every order is cancelled.",
        number=posted.pick.number,
    )
    return Screen(text=paragraphs(asked, others), buttons=[[_back(t, posted)]])


def edited_notice(t: Translator, *, number: int) -> str:
    """To the curator who changed a pick."""
    return t("Pick #{number} is changed. Its card follows in a moment.", number=number)


def price_changed_notice(t: Translator, *, number: int, kept: int, asked: int) -> str:
    """To the curator who changed a price."""
    said = t("Pick #{number} has its new price.", number=number)
    if kept:
        keeps = t.plural(
            "{n} order keeps the older one.",
            "{n} orders keep the older one.",
            kept,
        )
        said = f"{said} {keeps}"
    if asked:
        asks = t.plural(
            "{n} buyer is asked about it.",
            "{n} buyers are asked about it.",
            asked,
        )
        said = f"{said} {asks}"
    return said


def reposted_notice(t: Translator, *, number: int) -> str:
    """To the curator who posted a pick once more."""
    return t("It is posted again, as pick #{number}.", number=number)


def _question(t: Translator, posted: PostedPick, field: str) -> Markup:
    number = posted.pick.number
    match field:
        case "title":
            return t.html("Write the new title of #{number}.", number=number)
        case "words":
            return t.html("Write the new description of #{number}.", number=number)
        case "category":
            return t.html(
                "What sort of thing is #{number}? Write one word, like <code>#honey</code>, or - for none.",
                number=number,
            )
        case "photo":
            return t.html("Send the new photo of #{number}.", number=number)
        case "price":
            return paragraphs(t.html("Write the new price of #{number}.", number=number), _rising(t))
        case "tiers":
            return paragraphs(
                t.html(
                    "From how many on does #{number} cost less, and how much? Write it like "
                    "<code>10: 11.90, 20: 9.90</code>, or - for one price alone.",
                    number=number,
                ),
                _rising(t),
            )
    return _stock_question(t, posted)


def _rising(t: Translator) -> Markup:
    return t.html(
        "A lower price is everybody's at once. A higher one is for later orders; write <code>ask</code> "
        "behind it to ask those who have ordered whether it is theirs, too."
    )


def _stock_question(t: Translator, posted: PostedPick) -> Markup:
    if len(posted.variants) == 1:
        return t.html(
            "How many are there of #{number} in all? Write a number, or - for no limit. "
            "{sold} are ordered already.",
            number=posted.pick.number,
            sold=t.number(posted.variants[0].sold),
        )
    return paragraphs(
        t.html(
            "How many are there of each kind of #{number} in all? Write it like “{example} 12”; "
            "a - means no limit.",
            number=posted.pick.number,
            example=posted.variants[0].name,
        ),
        lines(
            *(
                t.html("{variant}: {sold} ordered", variant=variant.name, sold=t.number(variant.sold))
                for variant in posted.variants
            )
        ),
    )


def _actions(t: Translator, posted: PostedPick, *, pays: bool | None) -> list[Sequence[Button]]:
    def begin(text: str, action: str) -> Button:
        return Button(text=text, data=ManageButton(posted.id, action))

    changes = [
        begin(t("Title"), "title"),
        begin(t("Description"), "words"),
        begin(t("Category"), "category"),
        begin(t("Photo"), "photo"),
        begin(t("Price"), "price"),
        begin(t("Tiers"), "tiers"),
        begin(t("Stock"), "stock"),
        begin(t("Deadline"), "till"),
    ]
    link = card_link(posted)
    look = [Button(text=t("Who ordered"), data=BoardButton(posted.id, 0))]
    look += [Button(text=t("Shares"), data=PickSharesButton(posted.id, 0))]
    look += [Button(text=t("See the card"), url=link)] if link else []
    after_all = [post_after_all_button(t, posted.id)] if posted.pick.is_personal else []
    paying = [Button(text=t("Payment"), data=PickPaymentButton(posted.id, "page", "home"))]
    rewards = [
        *([begin(t("Pay no rewards"), "pays_none")] if pays else []),
        *([begin(t("Pay rewards"), "pays")] if pays is False else []),
    ]
    is_stopped = posted.offer.stopped_at is not None
    stop = [begin(t("Why it is stopped") if is_stopped else t("Stop it everywhere"), "stop")]
    withdraw = begin(t("Withdraw"), "withdraw")
    again = [] if is_stopped else [begin(t("Post it again"), "repost")]
    if posted.pick.is_carried:
        changes, again = carried_buttons(t, posted), []
    close = [] if posted.pick.is_carried else [begin(t("Close"), "close")]
    can_be_listed = not (posted.pick.is_carried or posted.pick.is_personal or is_stopped)
    others = [own_listing_button(t, posted.id)] if can_be_listed else []
    match posted.pick.state:
        case PickState.LIVE:
            ends = [withdraw] if is_stopped else [*close, withdraw]
            return [look, *in_rows([*changes, *paying, *rewards], width=3), after_all, others, ends, stop]
        case PickState.SCHEDULED:
            slot = Button(text=t("When it is posted"), data=SlotButton(posted.id, "home"))
            return [*in_rows([*changes, *paying, *rewards], width=3), others, [slot, withdraw], stop]
        case PickState.CLOSED:
            return [look, paying, [*again, withdraw], stop]
    return [again]


def _headline(t: Translator, posted: PostedPick) -> str:
    title = t("#{number} {title}", number=posted.pick.number, title=posted.offer.title)
    match posted.pick.state:
        case PickState.LIVE:
            return title
        case PickState.SCHEDULED:
            return t("{title} · scheduled", title=title)
        case PickState.WITHDRAWN:
            return t("{title} · withdrawn", title=title)
    return t("{title} · closed", title=title)


def _standing(t: Translator, posted: PostedPick, *, now: datetime) -> Markup:
    pick, zone = posted.pick, posted.group.time_zone
    closes = t.moment(pick.closes_at, zone, now=now)
    match pick.state:
        case PickState.LIVE:
            return t.html("Open until {moment}", moment=closes)
        case PickState.SCHEDULED:
            opens = t.moment(pick.opens_at, zone, now=now)
            return t.html("Opens {opens}, closes {closes}", opens=opens, closes=closes)
        case PickState.WITHDRAWN:
            # What is sold for another group may be over before it was posted.
            return t.html("Withdrawn: {reason}", reason=pick.reason or "–")
        case PickState.FAILED:
            return t.html("Did not reach its minimum.")
    return t.html("Closed {moment}", moment=t.moment(pick.closed_at or pick.closes_at, zone, now=now))


def _back(t: Translator, posted: PostedPick) -> Button:
    return Button(text=t("‹ Back"), data=ManageButton(posted.id, "home"))


def _back_to_group(t: Translator, posted: PostedPick) -> Button:
    return Button(text=t("‹ All picks"), data=ManageGroupButton(posted.pick.group_id))
