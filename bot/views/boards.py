"""The board: what was ordered on a pick, by member, by variant and by pick-up point, and its sheets."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.callbacks.boards import BoardButton, PointBoardButton, SheetButton, VariantBoardButton
from bot.callbacks.buttons import Button as ButtonData
from bot.callbacks.handover import HandoverButton
from bot.i18n import Translator
from bot.money import Money
from bot.services.boards import MEMBERS_A_PAGE, BoardFacts
from bot.views.board_sales import sales_way, sold_elsewhere
from bot.views.screens import (
    LONGEST_TEXT,
    Button,
    Screen,
    as_fits,
    in_rows,
    lines,
    paragraphs,
    shortened,
    shown_length,
)
from bot.views.telling_results import told_line
from storage.models import Variant
from storage.repositories.boards import BoardEntry, PointSum
from storage.repositories.picks import PostedPick
from storage.states import FETCHED, NO_POINT, PickState

VARIANTS_A_PAGE = 20

_LONGEST_SUMMARY = 700
"""UTF-16 units of each of the two summaries above the members."""
_LONGEST_NAME = 40
_ROOM = LONGEST_TEXT - 100


def board(t: Translator, facts: BoardFacts, entries: Sequence[BoardEntry], *, page: int) -> Screen:
    """A page of the roll-up by member; the sums by variant and by point stand above the first."""
    head = board_head(t, facts)
    pages = pages_of(facts.orders, MEMBERS_A_PAGE)
    told = told_line(t, facts.telling) if facts.telling is not None else None
    sums = [sold_elsewhere(t, facts), _by_variant(t, facts), _by_point(t, facts)]
    above = paragraphs(head, *([told, _held(t, facts), *sums] if page == 0 else []))
    text = paragraphs(above, entry_lines(t, entries, facts.posted, room=_ROOM - shown_length(above)))
    turning = turned(t, page, pages, lambda to: BoardButton(facts.posted.id, to))
    if not entries and not facts.elsewhere:
        return Screen(text=text)
    ways = _ways(t, facts) if entries else []
    return Screen(text=text, buttons=[turning, *ways, sales_way(t, facts), *_sheets(t, facts)])


def _held(t: Translator, facts: BoardFacts) -> Markup | None:
    """How many of these orders may still lapse."""
    if not facts.held:
        return None
    return t.html_plural(
        "<i>{n} order here is still to be paid. If it is not paid in time, the list is sent again.</i>",
        "<i>{n} orders here are still to be paid. If one is not paid in time, the list is sent again.</i>",
        facts.held,
    )


def board_by_variant(t: Translator, facts: BoardFacts, *, page: int) -> Screen:
    """How many of each variant, and at which point."""
    pages = pages_of(len(facts.posted.variants), VARIANTS_A_PAGE)
    page = min(max(page, 0), pages - 1)
    first = page * VARIANTS_A_PAGE
    shown = [
        _variant(t, facts, variant) for variant in facts.posted.variants[first : first + VARIANTS_A_PAGE]
    ]
    head = board_head(t, facts)
    turning = turned(t, page, pages, lambda to: VariantBoardButton(facts.posted.id, to))
    return Screen(
        text=paragraphs(head, as_fits(shown, between="\n", limit=_ROOM - shown_length(head))),
        buttons=[turning, [_back(t, facts.posted)]],
    )


def board_of_point(
    t: Translator, facts: BoardFacts, point: PointSum, entries: Sequence[BoardEntry], *, page: int
) -> Screen:
    """Who fetches what at one point, and how far that is."""
    posted = facts.posted
    head = lines(
        title_line(t, posted),
        Markup("<b>{}</b>").format(point_title(t, point.name)),
        _point_line(t, facts, point),
        t.html("Told that it is there: {ready}. Handed over: {handed}.",
               ready=t.number(point.ready), handed=t.number(point.handed))
        if posted.pick.state is PickState.CLOSED
        else None,
    )  # fmt: skip
    pages = pages_of(point.orders, MEMBERS_A_PAGE)
    turning = turned(t, page, pages, lambda to: PointBoardButton(posted.id, point.key, to))
    hands = [Button(text=t("Hand over"), data=HandoverButton(posted.id, point.key, 0))]
    return Screen(
        text=paragraphs(head, entry_lines(t, entries, posted, room=_ROOM - shown_length(head))),
        buttons=[turning, hands if posted.pick.state is PickState.CLOSED else [], [_back(t, posted)]],
    )


def board_head(t: Translator, facts: BoardFacts) -> Markup:
    """What it is about, and how much in all."""
    sums = {
        "quantity": t.number(facts.quantity),
        "people": t.plural("{n} person", "{n} people", facts.orders),
        "total": t.money(facts.total),
    }
    if facts.now_amount is not None:
        now = t.money(Money(amount=facts.now_amount, currency=facts.posted.offer.currency))
        return lines(
            title_line(t, facts.posted),
            t.html("So far: {quantity} ordered by {people}, now {now}, {total} at most", now=now, **sums),
            t.html("Below is what each of them pays at most.") if facts.orders else None,
        )
    is_open = facts.posted.pick.state in (PickState.LIVE, PickState.SCHEDULED)
    return lines(
        title_line(t, facts.posted),
        t.html("So far: {quantity} ordered by {people}, {total}", **sums)
        if is_open
        else t.html("Closed: {quantity} ordered by {people}, {total}", **sums),
    )


def title_line(t: Translator, posted: PostedPick) -> Markup:
    """Which pick of which group."""
    return t.html(
        "<b>#{number} {title}</b> ({group})",
        number=posted.pick.number,
        title=posted.offer.title,
        group=posted.group.title,
    )


def entry_lines(t: Translator, entries: Sequence[BoardEntry], posted: PostedPick, *, room: int) -> Markup:
    """An order a line; where they do not fit, what each holds is cut short."""
    whole = [_entry(t, entry, posted, longest=room) for entry in entries]
    if sum(shown_length(line) + 1 for line in whole) <= room:
        return lines(*whole)
    bare = sum(shown_length(_entry(t, entry, posted, longest=1)) for entry in entries)
    fair = max((room - bare) // len(entries), 1)
    return as_fits([_entry(t, entry, posted, longest=fair) for entry in entries], between="\n", limit=room)


def what(t: Translator, named: Sequence[tuple[str, int]], title: str = "") -> str:
    """Quantities by name; the sole kind of an offer goes by the offer's title."""
    return t.listed(
        [
            f"{t.number(quantity)} × {name or title}" if name or title else t.number(quantity)
            for name, quantity in named
        ]
    )


def point_title(t: Translator, name: str | None) -> str:
    """The name of a pick-up point, or that none was chosen."""
    return name if name is not None else t("No pick-up point chosen")


def pages_of(count: int, a_page: int) -> int:
    """How many pages so many lines need; at least one."""
    return max(1, -(-count // a_page))


def turned(t: Translator, page: int, pages: int, to: Callable[[int], ButtonData]) -> list[Button]:
    """Buttons to the pages beside this one, if there are any."""
    turning: list[Button] = []
    if page > 0:
        turning.append(Button(text=t("‹ Back"), data=to(page - 1)))
    if pages > 1:
        turning.append(Button(text=f"{page + 1}/{pages}", data=to(page)))
    if page < pages - 1:
        turning.append(Button(text=t("More ›"), data=to(page + 1)))
    return turning


def _entry(t: Translator, entry: BoardEntry, posted: PostedPick, *, longest: int) -> Markup:
    ordered = what(t, [(line.variant, line.quantity) for line in entry.lines])
    line = t.html(
        "{number}. {name}: {what} · {amount}",
        number=entry.number,
        name=shortened(entry.name, _LONGEST_NAME),
        what=shortened(ordered, longest),
        amount=t.money(Money(amount=entry.amount, currency=posted.offer.currency)),
    )
    if entry.fulfilment in FETCHED:
        return Markup("<s>{}</s>").format(line)
    return line


def _by_variant(t: Translator, facts: BoardFacts) -> Markup | None:
    if len(facts.posted.variants) < 2:
        return None
    counts: dict[int, int] = {}
    for each in facts.variants:
        counts[each.variant_id] = counts.get(each.variant_id, 0) + each.quantity
    shown = [
        t.html("{variant}: {count}", variant=variant.name, count=t.number(counts.get(variant.id or 0, 0)))
        for variant in facts.posted.variants
    ]
    return as_fits(shown, between="\n", limit=_LONGEST_SUMMARY)


def _by_point(t: Translator, facts: BoardFacts) -> Markup | None:
    if not facts.has_points:
        return None
    shown = [
        Markup("{}: {}").format(point_title(t, point.name), _point_line(t, facts, point))
        for point in facts.points
    ]
    return as_fits(shown, between="\n", limit=_LONGEST_SUMMARY)


def _point_line(t: Translator, facts: BoardFacts, point: PointSum) -> str:
    total = Money(amount=point.amount, currency=facts.posted.offer.currency)
    return t(
        "{quantity} for {people}, {total}",
        quantity=t.number(point.quantity),
        people=t.plural("{n} person", "{n} people", point.orders),
        total=t.money(total),
    )


def _variant(t: Translator, facts: BoardFacts, variant: Variant) -> Markup:
    sums = [each for each in facts.variants if each.variant_id == variant.id]
    head = t.html(
        "<b>{variant}</b>: {count}",
        variant=variant.name or facts.posted.offer.title,
        count=t.number(sum(each.quantity for each in sums)),
    )
    if not facts.has_points:
        return head
    at_points: dict[str | None, int] = {}
    for point in facts.points:
        held = sum(each.quantity for each in sums if each.point_id == point.point_id)
        if held:
            at_points[point.name] = held
    if not at_points:
        return head
    listed = t.listed([f"{point_title(t, name)} {t.number(count)}" for name, count in at_points.items()])
    return Markup("{} ({})").format(head, listed)


def _ways(t: Translator, facts: BoardFacts) -> list[Sequence[Button]]:
    ways = []
    if len(facts.posted.variants) > 1:
        ways.append(Button(text=t("By kind"), data=VariantBoardButton(facts.posted.id, 0)))
    if facts.has_points:
        ways += [
            Button(
                text=shortened(f"{point_title(t, point.name)} ({t.number(point.orders)})", 40),
                data=PointBoardButton(facts.posted.id, point.key, 0),
            )
            for point in facts.points
        ]
    elif facts.posted.pick.state is PickState.CLOSED:
        ways.append(Button(text=t("Hand over"), data=HandoverButton(facts.posted.id, NO_POINT, 0)))
    return in_rows(ways, width=2)


def _sheets(t: Translator, facts: BoardFacts) -> list[Sequence[Button]]:
    named = [
        (t("Supplier sheet"), "supplier"),
        (t("Packing list"), "packing"),
        (t("Pick-up list"), "pickup"),
    ]
    return [
        [
            Button(text=f"{name} (XLSX)", data=SheetButton(facts.posted.id, sheet, "xlsx")),
            Button(text="CSV", data=SheetButton(facts.posted.id, sheet, "csv")),
        ]
        for name, sheet in named
    ]


def _back(t: Translator, posted: PostedPick) -> Button:
    return Button(text=t("‹ The whole list"), data=BoardButton(posted.id, 0))


def sheet_comes(t: Translator) -> str:
    """The file is on its way."""
    return t("Your file is on its way.")
