"""How far a campaign has come, and what came of it: as a page, as a chart and as a file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_date
from markupsafe import Markup

from bot.callbacks.campaigns import CampaignButton, CampaignDeedButton, CampaignPostButton, CampaignsButton
from bot.i18n import Translator
from bot.money import Money, minor_digits
from bot.rules.campaigns import Deed, Hindrance, cost_per_order, counted_until, may
from bot.services.campaigns.running import Progress
from bot.views.campaigns import ZONE, state_word
from bot.views.screens import Button, Screen, lines, paragraphs, shortened
from bot.views.spreadsheets import Book, Cell, Column, Page, Row
from storage.models import Campaign
from storage.repositories.campaign_posts import Place
from storage.repositories.campaign_results import GroupResult
from storage.states import CampaignPostState, CampaignState

MOST_UNCLEAR: Final = 8
MOST_DAYS: Final = 14
_MOST_REASONS = 3
_LONGEST_REASON = 60
_LONGEST_BUTTON = 28


def campaign_progress(t: Translator, progress: Progress, *, now: datetime) -> Screen:
    """A campaign that was launched."""
    campaign = progress.campaign
    return Screen(
        text=paragraphs(
            lines(
                t.html("<b>{title}</b>", title=campaign.title),
                t.html("Campaign, {state}", state=state_word(t, campaign.state)),
                _times(t, campaign, now=now),
            ),
            _posts(t, progress, now=now),
            _came_of_it(t, progress, now=now),
        ),
        buttons=_progress_buttons(t, progress),
    )


def done_notice(t: Translator, progress: Progress, *, now: datetime) -> Screen:
    """To whoever launched it: every group has got it, or will not."""
    screen = campaign_progress(t, progress, now=now)
    return Screen(text=paragraphs(t.html("Your campaign has reached its last group."), screen.text),
                  buttons=screen.buttons)  # fmt: skip


def unclear_posts(t: Translator, campaign: Campaign, places: Sequence[Place], *, total: int) -> Screen:
    """Groups of which nobody knows whether it arrived."""
    key = campaign.id or 0
    rows = [
        [
            Button(
                text=t("{group}: it is there", group=shortened(place.title, _LONGEST_BUTTON)),
                data=CampaignPostButton(key, place.group_id, "there"),
            ),
            Button(text=t("Send again"), data=CampaignPostButton(key, place.group_id, "again")),
        ]
        for place in places
    ]
    return Screen(
        text=paragraphs(
            t.html_plural(
                "In {n} group it is unclear whether “{title}” arrived.",
                "In {n} groups it is unclear whether “{title}” arrived.",
                total,
                title=campaign.title,
            ),
            t.html(
                "I was cut off from Telegram at that very moment, and Telegram cannot be asked. Please look "
                "there: if it is missing, let me send it again."
            )
            if total
            else None,
        ),
        buttons=[*rows, [Button(text=t("‹ Back"), data=CampaignButton(key, "home"))]],
    )


def chart_data(
    t: Translator, progress: Progress, *, opened_at: Sequence[datetime], ordered_at: Sequence[datetime]
) -> Mapping[str, Any]:
    """What the picture shows: how many at each step, and opens and orders by day."""
    results, sent = progress.results, progress.counts.get(CampaignPostState.SENT, 0)
    launched_at = progress.campaign.launched_at
    assert launched_at is not None
    return {
        "title": progress.campaign.title,
        "subtitle": t("Campaign, {state}", state=state_word(t, progress.campaign.state)),
        "steps": [
            [t("Groups that have it"), sent, t.number(sent)],
            [t("People who opened it"), results.opens, t.number(results.opens)],
            [t("New members"), results.joined, t.number(results.joined)],
            [t("Orders"), results.orders, t.number(results.orders)],
        ],
        "costs": [f"{name}: {amount}" for name, amount in _costs(t, progress)],
        "days_title": t("By day"),
        "opens": t("Opened"),
        "orders": t("Ordered"),
        "days": _days(t, launched_at, opened_at, ordered_at),
    }


def chart_caption(t: Translator, campaign: Campaign) -> Markup:
    """Under the chart."""
    return t.html("What came of “{title}”", title=campaign.title)


def chart_missing(t: Translator) -> Markup:
    """Instead of a chart that could not be drawn."""
    return t.html("The chart could not be drawn just now. Please try again in a while.")


def results_book(t: Translator, progress: Progress, rows: Sequence[GroupResult]) -> Book:
    """The results by group, as a file."""
    campaign = progress.campaign
    page = Page(
        tab=t("Groups"),
        is_wide=True,
        columns=[
            Column(title=t("Group"), width=24),
            Column(title=t("State"), width=14),
            Column(title=t("Reason"), width=18),
            Column(title=t("Sent (UTC)"), kind="moment", width=17),
            Column(title=t("Opened"), kind="number"),
            Column(title=t("New members"), kind="number"),
            Column(title=t("Orders"), kind="number"),
            Column(title=t("Discount"), kind="money", width=12),
        ],
        rows=[*(Row(cells=_cells(t, progress, row)) for row in rows), _total(t, progress, rows)],
    )
    facts = [
        t("Campaign, {state}", state=state_word(t, campaign.state)),
        *(f"{name}: {amount}" for name, amount in _costs(t, progress)),
    ]
    return Book(
        title=campaign.title,
        facts=facts,
        footer=campaign.title,
        decimals=minor_digits(progress.promotion.currency) if progress.promotion else 2,
        pages=[page],
        flat=page,
    )


def post_state_word(t: Translator, state: CampaignPostState) -> str:
    """How far it has come in one group."""
    words = {
        CampaignPostState.WAITING: t("waits"),
        CampaignPostState.SENDING: t("on its way"),
        CampaignPostState.TRYING: t("on its way"),
        CampaignPostState.SENT: t("sent"),
        CampaignPostState.UNCLEAR: t("unclear"),
        CampaignPostState.SKIPPED: t("left out"),
        CampaignPostState.FAILED: t("refused"),
    }
    return words[state]


def hindrance_words(t: Translator, reason: str) -> str:
    """Why a group was left out; what Telegram said stays as it is."""
    words = {
        Hindrance.GONE.value: t("I am no longer there"),
        Hindrance.UNWANTED.value: t("it takes no campaigns"),
        Hindrance.STOPPED.value: t("stopped before its turn"),
        Hindrance.OVER.value: t("its promotion was over by then"),
        Hindrance.LOST.value: t("it could not be drawn"),
        Hindrance.INTERRUPTED.value: t("interrupted"),
    }
    return words.get(reason, shortened(reason, _LONGEST_REASON))


def _times(t: Translator, campaign: Campaign, *, now: datetime) -> Markup:
    launched = t.moment(campaign.launched_at or campaign.created_at, ZONE, now=now)
    if campaign.ended_at is None:
        return t.html("Launched {moment} (UTC)", moment=launched)
    ended = t.moment(campaign.ended_at, ZONE, now=now)
    return t.html("Launched {moment}, ended {end} (UTC)", moment=launched, end=ended)


def _posts(t: Translator, progress: Progress, *, now: datetime) -> Markup:
    counts = progress.counts
    waiting = counts.get(CampaignPostState.WAITING, 0)
    on_its_way = counts.get(CampaignPostState.SENDING, 0) + counts.get(CampaignPostState.TRYING, 0)
    unclear = counts.get(CampaignPostState.UNCLEAR, 0)
    return lines(
        t.html(
            "Sent: {n} of {total}",
            n=t.number(counts.get(CampaignPostState.SENT, 0)),
            total=t.number(sum(counts.values())),
        ),
        t.html("On their way: {n}", n=t.number(on_its_way)) if on_its_way else None,
        _waiting(t, waiting, progress.next_due, now=now) if waiting else None,
        t.html("Unclear: {n}", n=t.number(unclear)) if unclear else None,
        _with_reasons(t, t("Left out"), progress.left_out),
        _with_reasons(t, t("Refused by Telegram"), progress.refused),
    )


def _waiting(t: Translator, waiting: int, next_due: datetime | None, *, now: datetime) -> Markup:
    if next_due is None or next_due <= now:
        return t.html("Waiting: {n}", n=t.number(waiting))
    return t.html(
        "Waiting for a free slot, or for the end of their quiet hours: {n}, the first until {moment} (UTC)",
        n=t.number(waiting),
        moment=t.moment(next_due, ZONE, now=now),
    )


def _with_reasons(t: Translator, name: str, reasons: Mapping[str, int]) -> Markup | None:
    if not reasons:
        return None
    listed = [f"{hindrance_words(t, reason)}: {t.number(n)}" for reason, n in reasons.items()]
    more = ["…"] if len(listed) > _MOST_REASONS else []
    return t.html(
        "{what}: {n} ({reasons})",
        what=name,
        n=t.number(sum(reasons.values())),
        reasons="; ".join([*listed[:_MOST_REASONS], *more]),
    )


def _came_of_it(t: Translator, progress: Progress, *, now: datetime) -> Markup:
    results, launched_at = progress.results, progress.campaign.launched_at
    assert launched_at is not None
    return lines(
        t.html("<b>What came of it</b>"),
        t.html("Opened by {n}", n=t.number(results.opens)),
        t.html("New members: {n}", n=t.number(results.joined)),
        t.html("Orders: {n}", n=t.number(results.orders)),
        *(t.html("{what}: {amount}", what=name, amount=amount) for name, amount in _costs(t, progress)),
        t.html(
            "<i>Orders count that were placed after the link was opened, until {moment} (UTC).</i>",
            moment=t.moment(counted_until(launched_at), ZONE, now=now),
        ),
    )


def _costs(t: Translator, progress: Progress) -> Sequence[tuple[str, str]]:
    if progress.promotion is None:
        return ()
    currency, results = progress.promotion.currency, progress.results
    spent = t.money(Money(amount=results.discount_amount, currency=currency))
    each = cost_per_order(results.discount_amount, results.orders)
    costs = [(t("Discount spent"), spent)]
    if each is not None:
        costs.append((t("Discount per order"), t.money(Money(amount=each, currency=currency))))
    return costs


def _progress_buttons(t: Translator, progress: Progress) -> Sequence[Sequence[Button]]:
    campaign, counts = progress.campaign, progress.counts
    key, state = campaign.id or 0, campaign.state
    turns = []
    if may(state, Deed.PAUSE):
        turns.append(_deed(t("Pause"), key, "pause"))
    if may(state, Deed.RESUME):
        turns.append(_deed(t("Go on"), key, "resume"))
    if may(state, Deed.STOP):
        turns.append(Button(text=t("Stop…"), data=CampaignButton(key, "stop")))
    mending = []
    if unclear := counts.get(CampaignPostState.UNCLEAR, 0):
        mending.append(
            Button(text=t("Unclear: {n}", n=t.number(unclear)), data=CampaignButton(key, "unclear"))
        )
    if counts.get(CampaignPostState.FAILED) and state is not CampaignState.STOPPED:
        mending.append(_deed(t("Try the refused again"), key, "again"))
    return [
        turns,
        mending,
        [
            Button(text=t("Refresh"), data=CampaignButton(key, "home")),
            _deed(t("Chart"), key, "chart"),
            _deed(t("Table"), key, "sheet"),
        ],
        [Button(text=t("‹ All campaigns"), data=CampaignsButton(0))],
    ]


def _days(
    t: Translator, launched_at: datetime, opened_at: Sequence[datetime], ordered_at: Sequence[datetime]
) -> list[list[Any]]:
    zone = ZoneInfo(ZONE)
    opens = Counter(at.astimezone(zone).date() for at in opened_at)
    orders = Counter(at.astimezone(zone).date() for at in ordered_at)
    first = launched_at.astimezone(zone).date()
    last = max([first, *opens, *orders])
    days = [first + timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))]
    pattern = "M/d" if t.language == "zh_CN" else "d MMM"
    return [[format_date(day, pattern, locale=t.language), opens[day], orders[day]] for day in days]


def _cells(t: Translator, progress: Progress, row: GroupResult) -> list[Cell]:
    sent_at = row.sent_at.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None) if row.sent_at else None
    return [
        row.title,
        post_state_word(t, row.state),
        hindrance_words(t, row.failure) if row.failure else None,
        sent_at,
        row.opens,
        row.joined,
        row.orders,
        _major(progress, row.discount_amount),
    ]


def _total(t: Translator, progress: Progress, rows: Sequence[GroupResult]) -> Row:
    return Row(
        kind="total",
        cells=[
            t("Together"),
            None,
            None,
            None,
            sum(row.opens for row in rows),
            sum(row.joined for row in rows),
            sum(row.orders for row in rows),
            _major(progress, sum(row.discount_amount for row in rows)),
        ],
    )


def _major(progress: Progress, amount: int) -> Decimal | None:
    if progress.promotion is None:
        return None
    return Decimal(amount).scaleb(-minor_digits(progress.promotion.currency))


def _deed(text: str, campaign_id: int, deed: str) -> Button:
    return Button(text=text, data=CampaignDeedButton(campaign_id, deed, ""))
