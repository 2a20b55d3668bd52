"""The three sheets of a pick: for the supplier, for packing, and for handing over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import Money, minor_digits
from bot.services.boards import BoardFacts
from bot.views.board_sales import sold_elsewhere
from bot.views.boards import point_title, what
from bot.views.screens import lines, shortened
from bot.views.spreadsheets import Book, Cell, Column, Page, Row
from storage.models import Variant
from storage.repositories.boards import BoardEntry, BoardLine, PointSum

SheetName = Literal["supplier", "packing", "pickup"]

_LONGEST_LIST: Final = 180
"""UTF-16 units of each list beneath a file: three of them fit, with all else that stands there."""
_BOX: Final = "☐"


@dataclass(frozen=True, kw_only=True)
class SheetFacts:
    """A pick with its sums and all its standing orders."""

    facts: BoardFacts
    entries: Sequence[BoardEntry]
    now: datetime

    @property
    def decimals(self) -> int:
        """How many decimals the currency has."""
        return minor_digits(self.facts.posted.offer.currency)

    def major(self, amount: int) -> Decimal:
        """An amount in major units."""
        return Decimal(amount).scaleb(-self.decimals)

    def money(self, amount: int) -> Money:
        """An amount with its currency."""
        return Money(amount=amount, currency=self.facts.posted.offer.currency)

    def local(self, at: datetime) -> datetime:
        """A moment on the group's clock, without its zone."""
        return at.astimezone(ZoneInfo(self.facts.posted.group.time_zone)).replace(tzinfo=None)

    def by_point(self) -> list[tuple[str | None, list[BoardEntry]]]:
        """The orders of each point, in the points' order."""
        return [
            (point.name, [entry for entry in self.entries if entry.point_id == point.point_id])
            for point in self.facts.points
        ]


def supplier_sheet(t: Translator, sheet: SheetFacts) -> Book:
    """How many of each kind to order, and what they cost; then how many of each go where.

    What other groups have sold stands beside what is ordered here, with the sum of both.
    """
    facts = sheet.facts
    currency = facts.posted.offer.currency
    options = list(facts.posted.offer.option_names or ())
    columns = [
        Column(title=t("Kind"), width=28),
        *(Column(title=name, width=12) for name in options),
        Column(title=t("Quantity"), kind="number", width=11),
        Column(title=t("Unit price ({currency})", currency=currency), kind="money", width=14),
        Column(title=t("Amount ({currency})", currency=currency), kind="money", width=16),
        *_columns_elsewhere(t, facts),
    ]
    rows: list[Row] = []
    for variant in facts.posted.variants:
        chosen = (list(variant.options or ()) + [""] * len(options))[: len(options)]
        sold = [facts.sold_by(group_id, variant.id) for group_id in facts.carriers]
        not_here: Sequence[tuple[None, int]] = [(None, 0)] if any(sold) else []
        for unit_amount, quantity in _at_prices(facts, variant) or not_here:
            money = _priced(sheet, unit_amount, quantity)
            beside = _with_sum(quantity, sold)
            rows.append(Row(cells=[_kind(facts, variant), *chosen, quantity, *money, *beside]))
            # What others sold is counted beside the first of a kind's prices.
            sold = [0] * len(sold)
    nothing_beside = [None] * len(_columns_elsewhere(t, facts))
    besides = facts.total.amount - sum(each.unit_amount * each.quantity for each in facts.variants)
    if besides:
        empty = [None] * (len(options) + 2)
        rows.append(Row(cells=[_besides(t), *empty, sheet.major(besides), *nothing_beside]))
    total: list[Cell] = [t("Total"), *([None] * len(options)), facts.quantity, None]
    beside = _with_sum(facts.quantity, [facts.sold_by(group_id) for group_id in facts.carriers])
    rows.append(Row(cells=[*total, sheet.major(facts.total.amount), *beside], kind="total"))
    rows += _unpaid_elsewhere(t, facts, options)
    page = Page(tab=t("Supplier sheet"), columns=columns, rows=rows, is_wide=bool(facts.elsewhere))
    pages = [page, _where(t, sheet)] if facts.has_points else [page]
    return _book(t, sheet, t("Supplier sheet"), pages=pages, flat=page)


def packing_list(t: Translator, sheet: SheetFacts) -> Book:
    """What goes into whose bag, point by point."""
    columns = [
        Column(title=t("No."), kind="number", width=7),
        Column(title=t("Name"), width=26),
        Column(title=t("Kind"), width=30),
        Column(title=t("Quantity"), kind="number", width=11),
        Column(title=t("Packed"), kind="box", width=10),
    ]
    rows: list[Row] = []
    for name, entries in sheet.by_point():
        quantity = sum(entry.quantity for entry in entries)
        if sheet.facts.has_points:
            rows.append(Row(cells=[point_title(t, name), None, None, quantity, None], kind="section"))
        rows += [row for entry in entries for row in _bag(sheet.facts, entry)]
    total: list[Cell] = [None, t("Total"), None, sheet.facts.quantity, None]
    rows.append(Row(cells=total, kind="total"))
    page = Page(tab=t("Packing list"), columns=columns, rows=rows)
    return _book(t, sheet, t("Packing list"), pages=[page], flat=_flat_bags(t, sheet))


def pickup_list(t: Translator, sheet: SheetFacts) -> Book:
    """Who fetches what and what she pays, a page a point; then all points together."""
    if not sheet.facts.has_points:
        page = _handing(t, sheet, sheet.entries, tab=t("Pick-up list"))
        return _book(t, sheet, t("Pick-up list"), pages=[page], flat=_flat_orders(t, sheet))
    pages = [_at_point(t, sheet, point) for point in sheet.facts.points]
    return _book(
        t, sheet, t("Pick-up list"), pages=[*pages, _all_points(t, sheet)], flat=_flat_orders(t, sheet)
    )


SHEETS: Final[dict[SheetName, Callable[[Translator, SheetFacts], Book]]] = {
    "supplier": supplier_sheet,
    "packing": packing_list,
    "pickup": pickup_list,
}


def caption(t: Translator, sheet: SheetFacts, name: SheetName) -> Markup:
    """Beneath the file: what it is, of which pick, and how much in all."""
    names = {"supplier": t("Supplier sheet"), "packing": t("Packing list"), "pickup": t("Pick-up list")}
    facts = sheet.facts
    return lines(
        Markup("<b>{}</b>").format(names[name]),
        Markup("#{} {} ({})").format(
            facts.posted.pick.number,
            shortened(facts.posted.offer.title, 100),
            shortened(facts.posted.group.title, 100),
        ),
        Markup.escape(_all_sums(t, sheet)),
        sold_elsewhere(t, facts, longest=_LONGEST_LIST) if name == "supplier" else None,
    )


def file_name(sheet: SheetFacts, name: SheetName, suffix: str) -> str:
    """What the file is called: the pick's number, the sheet and the day."""
    words = {"supplier": "supplier-sheet", "packing": "packing-list", "pickup": "pick-up-list"}
    number = sheet.facts.posted.pick.number
    return f"{number}-{words[name]}-{sheet.local(sheet.now):%Y-%m-%d}.{suffix}"


def _book(t: Translator, sheet: SheetFacts, name: str, *, pages: Sequence[Page], flat: Page) -> Book:
    posted = sheet.facts.posted
    about = f"#{posted.pick.number} {posted.offer.title}"
    return Book(
        title=f"{name}: {about}",
        facts=[
            posted.group.title,
            t("As of {moment}", moment=f"{sheet.local(sheet.now):%Y-%m-%d %H:%M} ({posted.group.time_zone})"),
            _all_sums(t, sheet),
        ],
        footer=f"{name} · {about}",
        decimals=sheet.decimals,
        pages=pages,
        flat=flat,
    )


def _sums(t: Translator, *, quantity: int, orders: int, total: Money) -> str:
    return t(
        "{quantity} for {people}, {total}",
        quantity=t.number(quantity),
        people=t.plural("{n} person", "{n} people", orders),
        total=t.money(total),
    )


def _all_sums(t: Translator, sheet: SheetFacts) -> str:
    facts = sheet.facts
    return _sums(t, quantity=facts.quantity, orders=facts.orders, total=facts.total)


def _at_prices(facts: BoardFacts, variant: Variant) -> list[tuple[int, int]]:
    """How many of a variant at which unit price, the dearest first; one that nobody wants is left out."""
    counts: dict[int, int] = {}
    for each in facts.variants:
        if each.variant_id == variant.id:
            counts[each.unit_amount] = counts.get(each.unit_amount, 0) + each.quantity
    return sorted(counts.items(), reverse=True)


def _priced(sheet: SheetFacts, unit_amount: int | None, quantity: int) -> tuple[Cell, Cell]:
    """A unit price and what so many cost; nothing of what nobody ordered here."""
    if unit_amount is None:
        return None, None
    return sheet.major(unit_amount), sheet.major(unit_amount * quantity)


def _columns_elsewhere(t: Translator, facts: BoardFacts) -> list[Column]:
    """One for each group that has sold some of it, and one for all of them with this one."""
    if not facts.elsewhere:
        return []
    groups = [Column(title=title, kind="number", width=14) for title in facts.carriers.values()]
    return [*groups, Column(title=t("In all groups"), kind="number", width=11)]


def _unpaid_elsewhere(t: Translator, facts: BoardFacts, options: Sequence[str]) -> list[Row]:
    """Beneath the total: how many orders of each other group are still to be paid there."""
    if not facts.unpaid_elsewhere:
        return []
    # Quantity, unit price and amount are what is ordered here.
    empty = [None] * (len(options) + 3)
    unpaid = [facts.unpaid_by(group_id) or None for group_id in facts.carriers]
    return [Row(cells=[t("Orders still to be paid"), *empty, *unpaid, None])]


def _with_sum(quantity: int, sold: Sequence[int]) -> list[Cell]:
    """What each of the other groups has sold, and the sum with what is ordered here."""
    return [*(n or None for n in sold), quantity + sum(sold)] if sold else []


def _kind(facts: BoardFacts, of: Variant | BoardLine) -> str:
    name = of.variant if isinstance(of, BoardLine) else of.name
    return name or facts.posted.offer.title


def _where(t: Translator, sheet: SheetFacts) -> Page:
    """Kinds down, points across."""
    facts = sheet.facts
    counts: dict[tuple[int, int | None], int] = {}
    for each in facts.variants:
        key = (each.variant_id, each.point_id)
        counts[key] = counts.get(key, 0) + each.quantity
    rows = []
    for variant in facts.posted.variants:
        held = [counts.get((variant.id or 0, point.point_id), 0) for point in facts.points]
        if any(held):
            rows.append(Row(cells=[_kind(facts, variant), *(n or None for n in held), sum(held)]))
    sums = [point.quantity for point in facts.points]
    rows.append(Row(cells=[t("Total"), *sums, facts.quantity], kind="total"))
    columns = [
        Column(title=t("Kind"), width=28),
        *(Column(title=point_title(t, point.name), kind="number", width=12) for point in facts.points),
        Column(title=t("Total"), kind="number", width=11),
    ]
    return Page(tab=t("By pick-up point"), columns=columns, rows=rows, is_wide=len(facts.points) > 3)


def _bag(facts: BoardFacts, entry: BoardEntry) -> list[Row]:
    """An order a bag: its number and name stand beside the first of its lines."""
    return [
        Row(
            cells=[
                entry.number if first else None,
                entry.name if first else None,
                _kind(facts, line),
                line.quantity,
                _BOX,
            ]
        )
        for first, line in zip([True] + [False] * len(entry.lines), entry.lines, strict=False)
    ]


def _at_point(t: Translator, sheet: SheetFacts, point: PointSum) -> Page:
    name = point_title(t, point.name)
    sums = _sums(t, quantity=point.quantity, orders=point.orders, total=sheet.money(point.amount))
    entries = [entry for entry in sheet.entries if entry.point_id == point.point_id]
    return _handing(t, sheet, entries, tab=name, heading=f"{name}: {sums}")


def _handing(
    t: Translator, sheet: SheetFacts, entries: Sequence[BoardEntry], *, tab: str, heading: str = ""
) -> Page:
    currency = sheet.facts.posted.offer.currency
    columns = [
        Column(title=t("No."), kind="number", width=7),
        Column(title=t("Name"), width=24),
        Column(title=t("Ordered"), width=34),
        Column(title=t("Quantity"), kind="number", width=11),
        Column(title=t("To pay ({currency})", currency=currency), kind="money", width=15),
        Column(title=t("Handed over"), kind="moment", width=18),
        Column(title=t("Signature"), width=20),
    ]
    rows = [
        Row(
            cells=[
                entry.number,
                entry.name,
                what(t, [(_kind(sheet.facts, line), line.quantity) for line in entry.lines]),
                entry.quantity,
                sheet.major(entry.amount),
                _fetched(sheet, entry) or _BOX,
                None,
            ]
        )
        for entry in entries
    ]
    quantity = sum(entry.quantity for entry in entries)
    amount = sheet.major(sum(entry.amount for entry in entries))
    rows.append(Row(cells=[None, t("Total"), None, quantity, amount, None, None], kind="total"))
    return Page(tab=tab, columns=columns, rows=rows, heading=heading, is_wide=True)


def _besides(t: Translator) -> str:
    """What orders cost more or less than their goods."""
    return t("Discounts and pick-up")


def _fetched(sheet: SheetFacts, entry: BoardEntry) -> datetime | None:
    return sheet.local(entry.handed_over_at) if entry.handed_over_at else None


def _all_points(t: Translator, sheet: SheetFacts) -> Page:
    currency = sheet.facts.posted.offer.currency
    columns = [
        Column(title=t("Pick-up point"), width=30),
        Column(title=t("Orders"), kind="number", width=11),
        Column(title=t("Quantity"), kind="number", width=11),
        Column(title=t("Amount ({currency})", currency=currency), kind="money", width=16),
    ]
    rows = [
        Row(cells=[point_title(t, point.name), point.orders, point.quantity, sheet.major(point.amount)])
        for point in sheet.facts.points
    ]
    facts = sheet.facts
    total: list[Cell] = [t("Total"), facts.orders, facts.quantity, sheet.major(facts.total.amount)]
    rows.append(Row(cells=total, kind="total"))
    return Page(tab=t("All points"), columns=columns, rows=rows)


def _flat_bags(t: Translator, sheet: SheetFacts) -> Page:
    names = [t("Pick-up point"), t("No."), t("Name"), t("Kind"), t("Quantity")]
    rows = [
        Row(cells=[point_title(t, name), entry.number, entry.name, _kind(sheet.facts, line), line.quantity])
        for name, entries in sheet.by_point()
        for entry in entries
        for line in entry.lines
    ]
    rows.append(Row(cells=[t("Total"), None, None, None, sheet.facts.quantity], kind="total"))
    return Page(tab="", columns=[Column(title=name) for name in names], rows=rows)


def _flat_orders(t: Translator, sheet: SheetFacts) -> Page:
    currency = sheet.facts.posted.offer.currency
    names = [
        t("Pick-up point"),
        t("No."),
        t("Name"),
        t("Username"),
        t("Kind"),
        t("Quantity"),
        t("Unit price ({currency})", currency=currency),
        t("Amount ({currency})", currency=currency),
        t("Handed over"),
    ]
    rows = [
        Row(
            cells=[
                point_title(t, name), entry.number, entry.name, entry.username, _kind(sheet.facts, line),
                line.quantity, sheet.major(line.unit_amount), sheet.major(line.quantity * line.unit_amount),
                _fetched(sheet, entry),
            ]
        )
        for name, entries in sheet.by_point()
        for entry in entries
        for line in entry.lines
    ]  # fmt: skip
    rows += [
        Row(
            cells=[
                point_title(t, name), entry.number, entry.name, entry.username, _besides(t), None, None,
                sheet.major(entry.amount - entry.goods_amount), None,
            ]
        )
        for name, entries in sheet.by_point()
        for entry in entries
        if entry.amount != entry.goods_amount
    ]  # fmt: skip
    total = [sheet.facts.quantity, None, sheet.major(sheet.facts.total.amount)]
    rows.append(Row(cells=[t("Total"), None, None, None, None, *total, None], kind="total"))
    return Page(tab="", columns=[Column(title=name) for name in names], rows=rows)
