"""The codes of a batch as a file: each with its link, and whether it was used."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import Translator
from bot.money import minor_digits
from bot.rules.coupons import code_link
from bot.views.promotion_words import gift_words
from bot.views.screens import lines, shortened
from bot.views.spreadsheets import Book, Column, Page, Row
from storage.models import Coupon, Promotion


def coupons_book(
    t: Translator,
    promotion: Promotion,
    coupons: Sequence[Coupon],
    *,
    time_zone: str,
    link: Callable[[str], str],
    now: datetime,
) -> Book:
    """The codes of a batch, one a row."""
    page = Page(
        tab=t("Codes"),
        columns=[
            Column(title=t("Code"), width=16),
            Column(title=t("Link"), width=40),
            Column(title=t("Used"), kind="number"),
            Column(title=t("At most"), kind="number"),
            Column(title=t("Can be used"), width=12),
        ],
        rows=[_row(t, coupon, link) for coupon in coupons],
    )
    at = f"{now.astimezone(ZoneInfo(time_zone)):%Y-%m-%d %H:%M} ({time_zone})"
    title = t("Codes of {title}", title=promotion.title)
    return Book(
        title=title,
        facts=[gift_words(t, promotion), *_until(t, promotion, time_zone), t("As of {moment}", moment=at)],
        footer=title,
        decimals=minor_digits(promotion.currency),
        pages=[page],
        flat=page,
    )


def coupons_caption(t: Translator, promotion: Promotion, *, batch: int, count: int) -> Markup:
    """Beneath the file: whose codes, and how many."""
    return lines(
        t.html("<b>Codes of {title}</b>", title=shortened(promotion.title, 100)),
        t.html_plural("No. {batch}: {n} code", "No. {batch}: {n} codes", count, batch=batch),
    )


def coupons_file_name(promotion: Promotion, batch: int) -> str:
    """What the file is called."""
    return f"codes-{promotion.id}-{batch}.xlsx"


def _row(t: Translator, coupon: Coupon, link: Callable[[str], str]) -> Row:
    payload = code_link(coupon.code)
    is_used_up = coupon.uses_limit is not None and coupon.used_count >= coupon.uses_limit
    return Row(
        cells=[
            coupon.shown,
            link(payload) if payload is not None else None,
            coupon.used_count,
            coupon.uses_limit,
            t("yes") if coupon.is_active and not is_used_up else t("no"),
        ]
    )


def _until(t: Translator, promotion: Promotion, time_zone: str) -> list[str]:
    if promotion.ends_at is None:
        return []
    at = promotion.ends_at.astimezone(ZoneInfo(time_zone))
    return [t("Good until {moment}", moment=f"{at:%Y-%m-%d %H:%M} ({time_zone})")]
