"""What other groups have sold of a pick's offer, as a file for its supplier."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import minor_digits
from bot.views.carried_order_sums import pieces_of
from bot.views.plans import percent_words
from bot.views.screens import shortened
from bot.views.spreadsheets import Book, Cell, Column, Page, Row
from storage.repositories.carried_orders import CarrierSales, VariantSales
from storage.repositories.picks import PostedPick


def sales_book(
    t: Translator,
    supplied: PostedPick,
    sales: Sequence[CarrierSales],
    pieces: Sequence[VariantSales],
    *,
    now: datetime,
) -> Book:
    """A row for each group, a column for each kind, and their sums."""
    zone = supplied.group.time_zone
    page = _page(t, supplied, sales, pieces)
    title = t(
        "What others sell of #{number} {title}", number=supplied.pick.number, title=supplied.offer.title
    )
    at = f"{now.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
    return Book(
        title=title,
        facts=[supplied.group.title, t("As of {moment}", moment=at)],
        footer=title,
        decimals=minor_digits(supplied.offer.currency),
        pages=[page],
        flat=page,
    )


def sales_caption(t: Translator, supplied: PostedPick) -> Markup:
    """Beneath the file: of which pick."""
    return t.html(
        "<b>What others sell of #{number} {title}</b>",
        number=supplied.pick.number,
        title=shortened(supplied.offer.title, 100),
    )


def sales_file_name(supplied: PostedPick, *, now: datetime) -> str:
    """What the file is called: its pick and its day."""
    day = now.astimezone(ZoneInfo(supplied.group.time_zone))
    return f"sales-{supplied.pick.number}-{day:%Y-%m-%d}.xlsx"


def _page(
    t: Translator, supplied: PostedPick, sales: Sequence[CarrierSales], pieces: Sequence[VariantSales]
) -> Page:
    currency = supplied.offer.currency
    kinds = [variant.name for variant in supplied.variants]
    money = (
        t("Goods ({currency})", currency=currency),
        t("Share ({currency})", currency=currency),
        t("Yours ({currency})", currency=currency),
        t("Received ({currency})", currency=currency),
        t("Due ({currency})", currency=currency),
    )
    counts = [_counts(one, pieces, kinds) for one in sales]
    amounts = [_amounts(one) for one in sales]
    rows = [
        Row(cells=[one.group_title, percent_words(t, one.share_bps), *of_it, *_major(currency, sums)])
        for one, of_it, sums in zip(sales, counts, amounts, strict=True)
    ]
    if rows:
        total = _major(currency, _added(amounts))
        rows.append(Row(cells=[t("Total"), None, *_added(counts), *total], kind="total"))
    return Page(
        tab=t("Sales"),
        columns=[
            Column(title=t("Group"), width=26),
            Column(title=t("Keeps"), width=9),
            Column(title=t("Orders"), kind="number", width=9),
            Column(title=t("Handed over"), kind="number", width=11),
            *(Column(title=kind or t("Pieces"), kind="number", width=10) for kind in kinds),
            *(Column(title=title, kind="money", width=13) for title in money),
        ],
        rows=rows,
        is_wide=True,
    )


def _counts(one: CarrierSales, pieces: Sequence[VariantSales], kinds: Sequence[str]) -> list[int]:
    """Its orders, those that are handed over, and its pieces of each kind."""
    by_kind = {piece.name: piece.quantity for piece in pieces_of(pieces, one.pick_id)}
    return [one.orders, one.completed, *(by_kind.get(kind, 0) for kind in kinds)]


def _amounts(one: CarrierSales) -> list[int]:
    """In minor units: goods, share, the supplier's part, what came of it, what is due."""
    return [one.goods_amount, one.share_amount, one.owed_amount, one.paid_amount, one.due_amount]


def _added(rows: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _major(currency: str, amounts: Sequence[int]) -> list[Cell]:
    return [Decimal(amount).scaleb(-minor_digits(currency)) for amount in amounts]
