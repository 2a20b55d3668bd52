"""A price list: rows in, offers and faults out; and what it would change in a catalogue."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.errors import ShopError
from bot.price_list_errors import HeadingsMissing, HeadingsRepeated, ListEmpty, TooManyRows
from bot.pricing_errors import MinimumAboveStock, TierAboveStock
from bot.rules.drafts import DraftVariant
from bot.rules.price_files import HEADINGS_WITHIN, MOST_ROWS, Cell, Row, headings_in
from bot.rules.price_list_cells import CellFault, Notation, Slot, Why, notation, read_cells, text_of
from bot.rules.price_list_words import Column, Heading, read_heading
from bot.rules.pricing import TierPrice, check_reachable, terms_of
from bot.rules.typed_text import fold, one_line

_NEEDED = (Column.TITLE, Column.PRICE)
_HEADINGS_SHOWN = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedOffer:
    """One row that makes sense; amounts are in minor units. Without variants, `stock` is that of one kind."""

    title: str
    price_amount: int
    currency: str
    code: str | None = None
    words: str = ""
    unit: str = ""
    stock: int | None = None
    option_names: tuple[str, ...] = ()
    variants: tuple[DraftVariant, ...] = ()
    tiers: tuple[TierPrice, ...] = ()
    minimum_quantity: int | None = None
    limit_per_person: int | None = None
    category: str | None = None

    @property
    def kinds(self) -> tuple[DraftVariant, ...]:
        """Its variants, or the one nameless kind."""
        return self.variants or (DraftVariant(name="", stock=self.stock),)

    @property
    def key(self) -> str:
        """What tells it from others of its catalogue: its code or, where it has none, its title."""
        return f"#{fold(self.code)}" if self.code else fold(self.title)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """What is wrong in one cell: its row as people count, its heading, what was read, and why it is refused.

    `same_as` is the row that has the same code or title already.
    """

    row: int
    column: Column
    heading: str
    read: str
    why: Why
    same_as: int | None = None


@dataclass(frozen=True, kw_only=True)
class PriceList:
    """What a file says: offers by their rows, faults, the headings as written, and those left out."""

    offers: Mapping[int, ListedOffer]
    faults: Sequence[Fault]
    names: Mapping[Slot, str]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """An offer of the catalogue as it is now."""

    id: int
    offer: ListedOffer
    is_archived: bool = False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import would do: the new ones, the changed by their keys, and faults that came to light."""

    new: Sequence[ListedOffer]
    changed: Mapping[int, ListedOffer]
    unchanged: int
    faults: Sequence[Fault]

    @property
    def bad_rows(self) -> int:
        """How many rows have faults."""
        return len({fault.row for fault in self.faults})


@dataclass(frozen=True, kw_only=True)
class _Headings:
    """Which row they stand in, what they say by place, and what could not be understood."""

    row: int
    slots: Mapping[int, Slot]
    names: Mapping[Slot, str]
    currency: str
    ignored: tuple[str, ...]

    def cells(self, row: Row) -> dict[Slot, Cell]:
        """The cells of a row that have a known heading."""
        return {slot: row[at] for at, slot in self.slots.items() if at < len(row) and row[at] is not None}


def read_price_list(rows: Sequence[Row], *, currency: str) -> PriceList:
    """The offers and the faults in a table; `currency` is taken where neither cell nor heading names one.

    Raises HeadingsMissing, HeadingsRepeated, ListEmpty and TooManyRows.
    """
    headings = _headings(rows, currency)
    below = range(headings.row + 1, len(rows))
    filled = {at + 1: headings.cells(rows[at]) for at in below if _is_filled(rows[at])}
    if not filled:
        raise ListEmpty
    if len(filled) > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)
    written = notation(headings.currency, (cells.get(Slot(Column.PRICE)) for cells in filled.values()))
    offers: dict[int, ListedOffer] = {}
    faults: list[Fault] = []
    first_with: dict[str, int] = {}
    for row, cells in filled.items():
        offer, wrong = _read(cells, written)
        if offer is not None and (same_as := first_with.setdefault(offer.key, row)) != row:
            faults.append(_repeated(offer, row, same_as, headings.names))
        elif offer is not None:
            offers[row] = offer
        faults += [_placed(fault, row, headings.names) for fault in wrong]
    return PriceList(offers=offers, faults=faults, names=headings.names, ignored=headings.ignored)


def plan(listed: PriceList, known: Iterable[Known]) -> Plan:
    """What a list changes in a catalogue; what it has no column for stays as it is there."""
    by_key = {each.offer.key: each for each in known}
    columns = {slot.column for slot in listed.names}
    new: list[ListedOffer] = []
    changed: dict[int, ListedOffer] = {}
    unchanged, faults = 0, list(listed.faults)
    for row, offer in listed.offers.items():
        there = by_key.get(offer.key)
        if there is None:
            new.append(offer)
            continue
        merged = _merged(there.offer, offer, columns)
        wrong = _fault_of_whole(merged, {})
        if wrong is not None:
            faults.append(_placed(wrong, row, listed.names))
        elif merged == there.offer:
            unchanged += 1
        else:
            changed[there.id] = merged
    in_order = sorted(faults, key=lambda fault: fault.row)
    return Plan(new=new, changed=changed, unchanged=unchanged, faults=in_order)


def _headings(rows: Sequence[Row], currency: str) -> _Headings:
    top = rows[:HEADINGS_WITHIN]
    at = max(range(len(top)), key=lambda index: (headings_in(top[index]), -index), default=0)
    names = {place: one_line(text_of(cell)) for place, cell in enumerate(top[at] if top else ())}
    read = {place: read_heading(name, currency=currency) for place, name in names.items() if name}
    slots = {place: _slot(heading) for place, heading in read.items() if heading is not None}
    missing = [needed for needed in _NEEDED if Slot(needed) not in slots.values()]
    if missing:
        raise HeadingsMissing(
            tuple(column.value for column in missing), tuple(filter(None, names.values()))[:_HEADINGS_SHOWN]
        )
    for slot in slots.values():
        twins = tuple(names[place] for place, other in slots.items() if other == slot)
        if len(twins) > 1:
            raise HeadingsRepeated(twins)
    return _Headings(
        row=at,
        slots=slots,
        names={slot: names[place] for place, slot in slots.items()},
        currency=next(
            (heading.currency for heading in read.values() if heading and heading.currency), currency
        ),
        ignored=tuple(names[place] for place, heading in read.items() if heading is None),
    )


def _slot(heading: Heading) -> Slot:
    return Slot(heading.column, heading.quantity if heading.column is Column.TIERS else None)


def _is_filled(row: Row) -> bool:
    return any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row)


def _read(cells: Mapping[Slot, Cell], written: Notation) -> tuple[ListedOffer | None, list[CellFault]]:
    values, faults = read_cells(cells, written)
    if faults:
        return None, faults
    offer = ListedOffer(**values)
    fault = _fault_of_whole(offer, cells)
    return (None, [fault]) if fault else (offer, [])


def _fault_of_whole(offer: ListedOffer, cells: Mapping[Slot, Cell]) -> CellFault | None:
    """What does not go together in an offer whose every cell can be read."""
    if offer.variants and offer.stock is not None:
        column, why = Column.STOCK, Why.DIVIDED
    else:
        try:
            _check_terms(offer)
        except MinimumAboveStock:
            column, why = Column.MINIMUM, Why.UNREACHABLE
        except TierAboveStock:
            column, why = Column.TIERS, Why.UNREACHABLE
        except ShopError:
            column, why = Column.TIERS, Why.UNREADABLE
        else:
            return None
    slot = next((slot for slot in cells if slot.column is column), Slot(column))
    return CellFault(slot, text_of(cells.get(slot)), why)


def _check_terms(offer: ListedOffer) -> None:
    terms = terms_of(offer.price_amount, offer.tiers)
    stocks = [kind.stock for kind in offer.kinds]
    # What is out of stock today keeps its terms for tomorrow.
    if any(stock != 0 for stock in stocks):
        check_reachable(stocks=stocks, tiers=terms.tiers, minimum=offer.minimum_quantity)


def _repeated(offer: ListedOffer, row: int, same_as: int, names: Mapping[Slot, str]) -> Fault:
    slot = Slot(Column.CODE if offer.code else Column.TITLE)
    placed = _placed(CellFault(slot, offer.code or offer.title, Why.REPEATED), row, names)
    return replace(placed, same_as=same_as)


def _placed(fault: CellFault, row: int, names: Mapping[Slot, str]) -> Fault:
    return Fault(
        row=row,
        column=fault.slot.column,
        heading=names.get(fault.slot, ""),
        read=one_line(fault.read),
        why=fault.why,
    )


def _merged(there: ListedOffer, read: ListedOffer, columns: Collection[Column]) -> ListedOffer:
    """What is in the catalogue with what a list says anew."""
    changes = {name: getattr(read, name) for column in columns for name in _FIELDS[column]}
    if Column.STOCK in columns and Column.UNIT not in columns and read.unit:
        changes["unit"] = read.unit
    if read.variants and Column.STOCK not in columns:
        changes["stock"] = None
    return replace(there, **changes)


_FIELDS: Mapping[Column, tuple[str, ...]] = {
    Column.CODE: ("code",),
    Column.TITLE: ("title",),
    Column.WORDS: ("words",),
    Column.PRICE: ("price_amount", "currency"),
    Column.CURRENCY: ("currency",),
    Column.UNIT: ("unit",),
    Column.STOCK: ("stock",),
    Column.VARIANTS: ("option_names", "variants"),
    Column.TIERS: ("tiers",),
    Column.MINIMUM: ("minimum_quantity",),
    Column.LIMIT: ("limit_per_person",),
    Column.CATEGORY: ("category",),
}
