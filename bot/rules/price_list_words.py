"""The headings of price lists: what each column holds, in four languages."""

import re
from enum import StrEnum
from typing import NamedTuple

from bot.money import parse_price
from bot.rules.typed_text import fold, one_line


class Column(StrEnum):
    """What a column of a price list holds; a tier column has the unit price from one quantity on."""

    CODE = "code"
    TITLE = "title"
    WORDS = "words"
    PRICE = "price"
    CURRENCY = "currency"
    UNIT = "unit"
    STOCK = "stock"
    VARIANTS = "variants"
    TIERS = "tiers"
    MINIMUM = "minimum"
    LIMIT = "limit"
    CATEGORY = "category"


class Heading(NamedTuple):
    """A heading that was understood: its column, the quantity of a tier column, and a currency it names."""

    column: Column
    quantity: int | None = None
    currency: str | None = None


_NAMES = {
    Column.CODE: """
        code | id | sku | article | article number | article no | art | art no | item code | item no
        | item number | product code | product id | ref | reference | part number | part no | barcode | ean
        | código | codigo | referencia | cod | código de producto | código de artículo
        | код | артикул | арт | код товара | номер | номенклатурный номер | штрихкод | штрих код
        | 编码 | 编号 | 货号 | 商品编码 | 商品编号 | 款号 | 条码 | 代码
    """,
    Column.TITLE: """
        title | name | product | product name | item | item name | offer | goods
        | article name | product title
        | título | titulo | nombre | producto | artículo | articulo | nombre del producto | denominación
        | название | наименование | товар | наименование товара | название товара | продукт | номенклатура
        | позиция
        | 名称 | 品名 | 商品 | 商品名称 | 商品名 | 产品 | 产品名称 | 标题 | 货品
    """,
    Column.WORDS: """
        words | description | details | brief | about | note | notes | comment | comments | remarks
        | descripción | descripcion | detalles | nota | notas | comentario | comentarios | observaciones
        | описание | подробности | примечание | комментарий | характеристики | о товаре
        | 描述 | 说明 | 商品描述 | 简介 | 备注 | 详情 | 卖点
    """,
    Column.PRICE: """
        price | unit price | retail price | selling price | sale price | price per unit | price each | cost
        | precio | precio unitario | precio de venta | precio por unidad | pvp | importe
        | цена | стоимость | цена за единицу | цена за штуку | цена за шт | розничная цена | цена продажи
        | 价格 | 单价 | 售价 | 价钱 | 零售价 | 销售价 | 团购价 | 价
    """,
    Column.CURRENCY: """
        currency | cur | moneda | divisa | валюта | 币种 | 货币
    """,
    Column.UNIT: """
        unit | units | unit of measure | measure | uom | per | package | packing
        | unidad | unidades | unidad de medida | medida | formato | envase
        | единица | ед | ед изм | единица измерения | единицы | упаковка | фасовка
        | 单位 | 计量单位 | 规格单位
    """,
    Column.STOCK: """
        stock | quantity | qty | in stock | available | availability | on hand | amount | pieces
        | existencias | cantidad | disponible | disponibilidad | en stock | inventario
        | остаток | остатки | количество | кол во | наличие | в наличии | склад | запас | доступно
        | 库存 | 数量 | 存货 | 可售数量 | 现货 | 库存数量
    """,
    Column.VARIANTS: """
        variants | variant | options | option | kinds | kind | sizes | size | colours | colors
        | colour | color
        | variantes | variante | opciones | opción | tallas | talla | colores | color
        | варианты | вариант | виды | вид | размеры | размер | цвета | цвет | опции | модификации
        | 款式 | 规格 | 款 | 选项 | 尺码 | 尺寸 | 颜色 | 型号 | 口味
    """,
    Column.TIERS: """
        tiers | tier | price tiers | tier prices | volume prices | volume discount
        | quantity discounts | discounts
        | tramos | tramos de precio | precios por volumen | precios por cantidad | descuentos por cantidad
        | ступени | ступени цен | оптовые цены | цены от количества | цена от количества
        | скидки за количество
        | 阶梯价 | 阶梯价格 | 阶梯 | 批量价 | 满量价
    """,
    Column.MINIMUM: """
        minimum | min | minimum quantity | min quantity | min qty | minimum order | moq | minimum to go ahead
        | mínimo | minimo | cantidad mínima | pedido mínimo | mínimo para salir
        | минимум | мин | минимальное количество | мин количество | минимальная партия
        | мин партия | минимальный заказ
        | 起订量 | 最低数量 | 最少数量 | 起团量 | 成团数量 | 起团数量 | 最小起订量
    """,
    Column.LIMIT: """
        limit | limit per person | max per person | maximum per person | per person | max
        | límite | limite | límite por persona | máximo por persona | tope
        | лимит | лимит на человека | не более на человека | максимум | в одни руки | ограничение
        | 限购 | 每人限购 | 限购数量 | 个人限购
    """,
    Column.CATEGORY: """
        category | categories | product category | section | tag | hashtag
        | categoría | categoria | sección | rubro | etiqueta
        | категория | категория товара | раздел | рубрика | хештег
        | 类别 | 分类 | 品类 | 类目 | 商品分类 | 商品类别 | 标签
    """,
}
_ASIDE = re.compile(r"(?P<name>[^(\[,/|:]+?)\s*[(\[,/|:]\s*(?P<aside>[^)\]]*?)[)\]]*")
_FROM = r"from|от|desde|a partir de|满|>=|≥|>|x|×"
_PIECES = r"\+|шт\.?|штук|pcs|pieces|uds?\.?|unidades|件|个|份|起|及以上"
_TIER = re.compile(
    rf"(?:(?P<price>price|цена|precio|价格|单价)\s*)?(?P<from>{_FROM})?\s*(?P<quantity>\d{{1,7}})\s*(?P<pieces>(?:(?:{_PIECES})\s*)*)"
)


def read_heading(text: str, *, currency: str) -> Heading | None:
    """What a heading says; None if it names nothing that is known. The currency is the group's."""
    key = _key(text)
    if key in _COLUMNS:
        return Heading(_COLUMNS[key])
    if (tier := _TIER.fullmatch(key)) and (tier["price"] or tier["from"] or tier["pieces"]):
        return Heading(Column.PRICE if int(tier["quantity"]) == 1 else Column.TIERS, int(tier["quantity"]))
    match = _ASIDE.fullmatch(fold(one_line(text)))
    name, aside = (match["name"], match["aside"]) if match else _last_word(fold(one_line(text)))
    column = _COLUMNS.get(_key(name))
    if column is None:
        return None
    named = _currency(aside, currency) if column is Column.PRICE else None
    return Heading(column, currency=named) if match or named else None


def _last_word(text: str) -> tuple[str, str]:
    name, _, last = text.rpartition(" ")
    return name, last


def _currency(text: str, default: str) -> str | None:
    try:
        return parse_price(f"1 {text}", default).currency if text.strip() else None
    except ValueError:
        return None


def _key(text: str) -> str:
    return " ".join(re.sub(r"[_.\-*#№:]+", " ", fold(one_line(text))).split())


_COLUMNS = {_key(name): column for column, names in _NAMES.items() for name in names.split("|")}
