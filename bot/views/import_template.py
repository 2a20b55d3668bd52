"""The template of a price list: headings in the reader's language, and two rows to write over."""

import io

from bot.i18n import Translator
from bot.rules.price_list_words import Column
from bot.views.import_faults import column_name

_WIDTHS = {Column.TITLE: 28, Column.WORDS: 40, Column.VARIANTS: 26, Column.TIERS: 26}
_WIDTH = 12


def template(t: Translator, *, currency: str) -> tuple[str, bytes]:
    """A file's name and its content."""
    # Loaded when the first template is asked for.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet()
    for place, column in enumerate(Column):
        sheet.set_column(place, place, _WIDTHS.get(column, _WIDTH))
        sheet.write_string(0, place, column_name(t, column), bold)
    for row, example in enumerate(_examples(t, currency), start=1):
        for place, column in enumerate(Column):
            value = example.get(column)
            if isinstance(value, str):
                sheet.write_string(row, place, value)
            elif value is not None:
                sheet.write_number(row, place, value)
    sheet.freeze_panes(1, 0)
    book.close()
    return t("price-list.xlsx"), written.getvalue()


def _examples(t: Translator, currency: str) -> list[dict[Column, str | float]]:
    return [
        {
            Column.CODE: "H-1",
            Column.TITLE: t("Yunnan honey"),
            Column.WORDS: t("From the same beekeeper as last year"),
            Column.PRICE: 129,
            Column.CURRENCY: currency,
            Column.UNIT: t("jars"),
            Column.STOCK: 60,
            Column.TIERS: "10: 119; 50: 99",
            Column.MINIMUM: 10,
            Column.LIMIT: 5,
            Column.CATEGORY: t("honey"),
        },
        {
            Column.CODE: "S-1",
            Column.TITLE: t("Wool socks"),
            Column.PRICE: 35,
            Column.CURRENCY: currency,
            Column.VARIANTS: t("dark 10, light 5"),
        },
    ]
