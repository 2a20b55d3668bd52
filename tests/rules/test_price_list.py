"""A price list row by row: headings in four languages, cells of every kind, faults, and what would change."""

from decimal import Decimal

import pytest

from bot.price_list_errors import HeadingsMissing, HeadingsRepeated, ListEmpty, TooManyRows
from bot.rules.drafts import DraftVariant
from bot.rules.price_files import MOST_ROWS, Cell
from bot.rules.price_list import Known, ListedOffer, PriceList, plan, read_price_list
from bot.rules.price_list_cells import Why
from bot.rules.price_list_words import Column, read_heading
from bot.rules.pricing import TierPrice


def listed(*rows: str, headings: str = "code|title|price|stock", currency: str = "EUR") -> PriceList:
    return read_price_list([line.split("|") for line in (headings, *rows)], currency=currency)


def read(column: str, cell: Cell, *, price: Cell = "100", currency: str = "EUR") -> PriceList:
    return read_price_list([["title", "price", column], ["Honey", price, cell]], currency=currency)


def sole(prices: PriceList) -> ListedOffer:
    assert prices.faults == []
    (offer,) = prices.offers.values()
    return offer


def faults(prices: PriceList) -> list[tuple[int, str, str, str]]:
    return [(fault.row, fault.heading, fault.read, fault.why.value) for fault in prices.faults]


# Headings


@pytest.mark.parametrize(
    "headings",
    [
        "code|title|description|price|unit|stock|variants|tiers|minimum|limit",
        "SKU|Product name|Notes|Unit price|UoM|Qty|Options|Price tiers|MOQ|Max per person",
        "Código|Título|Descripción|Precio|Unidad|Existencias|Variantes|Tramos|Mínimo|Límite",
        "Артикул|Наименование|Описание|Цена|Ед. изм.|Остаток|Варианты|Ступени|Минимум|Лимит",
        "编码|名称|描述|价格|单位|库存|规格|阶梯价|起订量|限购",
        "product_code|PRODUCT-NAME|brief|Retail Price|per|On hand|sizes|Volume prices|Min. qty|per person",
    ],
)
def test_headings_are_known_in_four_languages(headings: str) -> None:
    named = [read_heading(name, currency="EUR") for name in headings.split("|")]
    assert [heading.column if heading else None for heading in named] == [
        Column.CODE,
        Column.TITLE,
        Column.WORDS,
        Column.PRICE,
        Column.UNIT,
        Column.STOCK,
        Column.VARIANTS,
        Column.TIERS,
        Column.MINIMUM,
        Column.LIMIT,
    ]


@pytest.mark.parametrize(
    ("heading", "currency"),
    [
        ("Цена, руб.", "RUB"),
        ("Price (USD)", "USD"),
        ("Precio €", "EUR"),
        ("价格（元）", "CNY"),
        ("price EUR", "EUR"),
        ("Цена (за шт.)", None),
        ("price", None),
    ],
)
def test_the_heading_of_the_price_may_name_its_currency(heading: str, currency: str | None) -> None:
    understood = read_heading(heading, currency="GBP")
    assert understood is not None
    assert (understood.column, understood.currency) == (Column.PRICE, currency)


@pytest.mark.parametrize(
    ("heading", "quantity"),
    [
        ("price from 10", 10),
        ("от 50", 50),
        ("Цена от 5 шт.", 5),
        ("10+", 10),
        ("desde 20", 20),
        ("满10件", 10),
    ],
)
def test_a_heading_may_be_a_price_tier(heading: str, quantity: int) -> None:
    understood = read_heading(heading, currency="EUR")
    assert understood is not None
    assert (understood.column, understood.quantity) == (Column.TIERS, quantity)


@pytest.mark.parametrize("heading", ["photo", "10", "2024", "shelf", "is_new", "", "price list of May"])
def test_other_headings_mean_nothing(heading: str) -> None:
    assert read_heading(heading, currency="EUR") is None


def test_headings_may_stand_below_a_title_and_rows_keep_the_numbers_people_see() -> None:
    prices = read_price_list(
        [
            ["Prices of May"],
            [],
            ["title", "price", "photo", "Farm"],
            [],
            ["Honey", "5", "x.jpg", ""],
            ["Tea", "?", "", ""],
        ],
        currency="EUR",
    )
    assert list(prices.offers) == [5]
    assert faults(prices) == [(6, "price", "?", "unreadable")]
    assert prices.ignored == ("photo", "Farm")


def test_without_title_or_price_there_is_no_list() -> None:
    with pytest.raises(HeadingsMissing) as refused:
        listed("1|Honey", headings="code|title")
    assert refused.value.missing == ("price",)
    assert refused.value.read == ("code", "title")
    with pytest.raises(HeadingsMissing):
        read_price_list([], currency="EUR")


def test_two_columns_that_could_be_the_price_are_not_chosen_between() -> None:
    with pytest.raises(HeadingsRepeated) as refused:
        listed("Honey|5|6", headings="title|price|retail price")
    assert refused.value.headings == ("price", "retail price")


def test_headings_alone_are_no_list() -> None:
    with pytest.raises(ListEmpty):
        listed("|||", "  |||")


def test_a_list_has_an_end() -> None:
    with pytest.raises(TooManyRows):
        read_price_list([["title", "price"], *([["Honey", "5"]] * (MOST_ROWS + 1))], currency="EUR")


# Cells


def test_a_whole_row_is_read() -> None:
    prices = read_price_list(
        [
            [
                "code",
                "title",
                "description",
                "price",
                "unit",
                "stock",
                "tiers",
                "minimum",
                "limit",
                "currency",
            ],
            [
                Decimal(1006),
                " Honey ",
                "Dark\n\n mild ",
                Decimal("12.9"),
                "jars",
                Decimal(20),
                "10: 11.90; 20: 9.90",
                "10",
                "5",
                "CHF",
            ],
        ],
        currency="EUR",
    )
    assert sole(prices) == ListedOffer(
        code="1006",
        title="Honey",
        words="Dark\nmild",
        price_amount=1290,
        currency="CHF",
        unit="jars",
        stock=20,
        tiers=(TierPrice(10, 1190), TierPrice(20, 990)),
        minimum_quantity=10,
        limit_per_person=5,
    )


@pytest.mark.parametrize(
    ("cell", "currency", "amount"),
    [
        ("12.90", "EUR", 1290),
        ("12,9", "EUR", 1290),
        ("1 299,90 ₽", "RUB", 129990),
        ("1.299,90", "EUR", 129990),
        ("¥88", "CNY", 8800),
        (Decimal("12.9"), "EUR", 1290),
        (Decimal("500"), "JPY", 500),
        ('="12.90"', "EUR", 1290),
    ],
)
def test_a_price_is_read(cell: Cell, currency: str, amount: int) -> None:
    prices = read_price_list([["title", "price"], ["Honey", cell]], currency=currency)
    assert sole(prices).price_amount == amount


@pytest.mark.parametrize(
    "cell",
    [
        "0",
        "-5",
        "abc",
        "12.999",
        "1e9",
        "99999999999",
        Decimal("-1"),
        Decimal("0"),
        Decimal("1.005"),
        Decimal("1e12"),
        "1.299",
    ],
)
def test_what_is_no_price_is_told(cell: Cell) -> None:
    prices = read_price_list([["title", "price"], ["Honey", cell]], currency="EUR")
    assert [fault.why for fault in prices.faults] == [Why.UNREADABLE]
    assert not prices.offers


def test_beside_decimal_commas_a_point_parts_thousands() -> None:
    prices = read_price_list([["title", "price"], ["Honey", "12,90"], ["Gold", "1.299"]], currency="EUR")
    assert [offer.price_amount for offer in prices.offers.values()] == [1290, 129900]


@pytest.mark.parametrize(
    ("cell", "stock", "unit"),
    [
        ("20", 20, ""),
        ("20 jars", 20, "jars"),
        (Decimal(20), 20, ""),
        ("1 000", 1000, ""),
        ("20,0", 20, ""),
        ("", None, ""),
        (None, None, ""),
        ("-", None, ""),
        ("есть", None, ""),
        ("нет в наличии", 0, ""),
        ("0", 0, ""),
        ("有货", None, ""),
    ],
)
def test_a_stock_is_read(cell: Cell, stock: int | None, unit: str) -> None:
    offer = sole(read("stock", cell))
    assert (offer.stock, offer.unit) == (stock, unit)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("stock", "many"),
        ("stock", "-3"),
        ("stock", "2.5"),
        ("stock", Decimal("2.5")),
        ("stock", "20000000"),
        ("minimum", "ten"),
        ("limit", "2 or 3"),
        ("variants", "red, red"),
        ("variants", "red 0, blue 5"),
        ("variants", "a name that is much too long for any button"),
        ("tiers", "cheap"),
        ("tiers", "10: 120"),
        ("tiers", "10: 90; 20: 95"),
        ("price from 10", "120"),
        ("price from 10", "?"),
        ("currency", "shells"),
    ],
)
def test_what_cannot_be_read_is_told(column: str, cell: Cell) -> None:
    prices = read(column, cell)
    assert [(fault.row, fault.heading, fault.why) for fault in prices.faults] == [(2, column, Why.UNREADABLE)]
    assert not prices.offers


def test_variants_are_read_as_in_the_wizard() -> None:
    assert sole(read("variants", "S 5, M 10")).variants == (
        DraftVariant(name="S", stock=5),
        DraftVariant(name="M", stock=10),
    )
    offer = sole(read("variants", "Size: S, M; Colour: red, blue"))
    assert offer.option_names == ("Size", "Colour")
    assert len(offer.variants) == 4
    assert sole(read("variants", Decimal(38))).variants == (DraftVariant(name="38"),)


def test_tier_columns_become_tiers() -> None:
    prices = listed("Honey|10|9|8|", headings="title|price|from 10|from 50|from 100")
    assert sole(prices).tiers == (TierPrice(10, 900), TierPrice(50, 800))


def test_what_does_not_go_together_is_told() -> None:
    assert faults(listed("Socks|5|20|S, M", headings="title|price|stock|sizes")) == [
        (2, "stock", "20", "divided")
    ]
    assert faults(listed("Socks|5|20|30: 4", headings="title|price|stock|tiers")) == [
        (2, "tiers", "30: 4", "unreachable")
    ]
    assert faults(listed("Socks|5|20|30", headings="title|price|stock|minimum")) == [
        (2, "minimum", "30", "unreachable")
    ]
    assert sole(listed("Socks|5|0|30: 4", headings="title|price|stock|tiers")).stock == 0


@pytest.mark.parametrize("cell", ["=A1*2", "=HYPERLINK(x)", "#REF!", "#N/A"])
def test_formulas_and_their_errors_are_refused(cell: str) -> None:
    prices = read_price_list([["title", "price"], [cell, "5"], ["Tea", cell]], currency="EUR")
    assert [fault.why for fault in prices.faults] == [Why.FORMULA, Why.FORMULA]


def test_every_fault_of_a_row_is_told_with_what_was_read() -> None:
    prices = listed("A-1||cheap|lots", f"{'x' * 50}|{'y' * 150}|5|", "A-3|Tea||")
    assert faults(prices) == [
        (2, "title", "", "empty"),
        (2, "price", "cheap", "unreadable"),
        (2, "stock", "lots", "unreadable"),
        (3, "code", "x" * 50, "too_long"),
        (3, "title", "y" * 150, "too_long"),
        (4, "price", "", "empty"),
    ]


def test_the_same_code_twice_is_told_and_so_is_the_same_title_without_codes() -> None:
    prices = listed("A-1|Honey|5|", "a-1|Tea|6|", "|Cake|5|", "|cake|6|", "A-2|Honey|5|")
    assert [(fault.row, fault.why, fault.same_as) for fault in prices.faults] == [
        (3, Why.REPEATED, 2),
        (5, Why.REPEATED, 4),
    ]
    assert list(prices.offers) == [2, 4, 6]


# What would change


def test_a_list_is_planned_against_the_catalogue_by_code() -> None:
    there = listed("A-1|Honey|5|20", "A-2|Tea|6|", "A-3|Cake|7|")
    known = [Known(id=row, offer=offer) for row, offer in there.offers.items()]
    planned = plan(listed("a-1|Honey|5.50|20", "A-2|Tea|6|", "A-4|Jam|3|"), known)
    assert {key: offer.price_amount for key, offer in planned.changed.items()} == {2: 550}
    assert [offer.title for offer in planned.new] == ["Jam"]
    assert planned.unchanged == 1
    assert planned.faults == []


def test_what_a_list_has_no_column_for_stays() -> None:
    full = listed("A-1|Honey|10|20|10: 9", headings="code|title|price|stock|tiers")
    known = [Known(id=7, offer=sole(full))]
    planned = plan(listed("A-1|Honey|11", headings="code|title|price"), known)
    assert planned.changed[7].price_amount == 1100
    assert planned.changed[7].stock == 20
    assert planned.changed[7].tiers == (TierPrice(10, 900),)


def test_a_price_below_the_tiers_that_stay_is_a_fault() -> None:
    full = listed("A-1|Honey|10|20|10: 9", headings="code|title|price|stock|tiers")
    planned = plan(listed("A-1|Honey|8", headings="code|title|price"), [Known(id=7, offer=sole(full))])
    assert [(fault.row, fault.column) for fault in planned.faults] == [(2, Column.TIERS)]
    assert planned.bad_rows == 1
    assert not planned.changed


def test_new_variants_do_away_with_the_one_stock() -> None:
    known = [Known(id=7, offer=sole(listed("A-1|Socks|5|20")))]
    planned = plan(listed("A-1|Socks|5|S 5, M 5", headings="code|title|price|sizes"), known)
    assert planned.changed[7].stock is None
    assert len(planned.changed[7].variants) == 2
