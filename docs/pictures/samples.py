"""Draws the sample pictures of /stats: `PYTHONPATH=. .venv/bin/python docs/pictures/samples.py`.

One invented quarter of a group, in all languages, light and dark, by the code that draws real ones.
"""

import asyncio
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image

from bot.i18n import Translator
from bot.pictures.drawing import draw
from bot.rules.statistic_shares import Share
from bot.rules.statistics import Period, Rate, span_of
from bot.services.statistics import Leaves, Part, Statistics, Tellings, Trade, Trust
from bot.views.statistic_pictures import statistics_picture
from storage.models import Group
from storage.repositories.statistics import Buyers, Response

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PRICE_CENTS = 1290
WEEKLY_ORDERS = (14, 22, 19, 31, 27, 35, 41, 33, 46, 52, 44, 57, 49)
GROUPS = {
    "en": ("Honey & Harvest", "EUR", "Europe/Berlin"),
    "es": ("Miel y huerta", "EUR", "Europe/Madrid"),
    "ru": ("Мёд и урожай", "RUB", "Europe/Moscow"),
    "zh_CN": ("蜂蜜与收成", "CNY", "Asia/Shanghai"),
}
_WIDTH_PIXELS = 720
_COLOURS = 64


async def main() -> None:
    """Draw them all."""
    for language in GROUPS:
        statistics = _quarter(language)
        for shade, is_dark in (("light", False), ("dark", True)):
            picture = statistics_picture(Translator(language), statistics, dark=is_dark)
            name = f"stats-{language.partition('_')[0]}-{shade}.png"
            _keep_small(await draw("statistics", picture), HERE / name)


def _quarter(language: str) -> Statistics:
    title, currency, zone = GROUPS[language]
    group = Group(
        id=1,
        chat_id=-1,
        title=title,
        language=language,
        currency=currency,
        time_zone=zone,
        created_at=NOW - timedelta(days=700),
        bot_is_admin=True,
        keeps_allowance=True,
        posts_a_week=3,
    )
    span = span_of(Period.QUARTER, began=group.created_at, now=NOW, zone=ZoneInfo(zone))
    parts = [
        Part(orders=orders, amount=orders * PRICE_CENTS)
        for orders in (*WEEKLY_ORDERS, *WEEKLY_ORDERS)[: len(span.edges) - 1]
    ]
    return Statistics(
        group=group,
        period=Period.QUARTER,
        span=span,
        trades=[Trade(currency=currency, parts=parts, discount_amount=24_300, commission_amount=18_120)],
        buyers=Buyers(people=87, returning=52),
        response=Response(posts=36, reactions=418),
        leaves=Leaves(
            count=24,
            posts=38,
            after=Rate(count=14, hours=780),
            otherwise=Rate(count=10, hours=1400),
            are_known=True,
        ),
        now=NOW,
        trust=Trust(disputed=6, delivered=431, posts=38, overrides=2),
        tellings=Tellings(
            told=Share(part=41, whole=212), held=Share(part=2, whole=23), counted=6, to_count=1
        ),
    )


def _keep_small(png: bytes, path: Path) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    height = round(picture.height * _WIDTH_PIXELS / picture.width)
    small = picture.resize((_WIDTH_PIXELS, height), Image.Resampling.LANCZOS)
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    asyncio.run(main())
