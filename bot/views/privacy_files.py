"""All that is held about a person as two files: a page to read, and a record for machines."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, Final

from markupsafe import Markup

from bot.i18n import Translator
from bot.services.privacy import MyData

_STYLE: Final = (
    ":root{color-scheme:light dark}body{font:16px/1.5 "
    "system-ui,sans-serif;max-width:60rem;margin:auto;"
    "padding:1rem}section{overflow-x:auto}table{border-collapse:collapse;font-size:.85rem}th,td{border:1px "
    "solid #8886;padding:.2rem "
    ".5rem;text-align:start;vertical-align:top;white-space:pre-wrap}h3{font-size:1rem}"
)

_SECTIONS: Final[dict[str, str]] = {
    "you": "person notice_choice category_choice admin",
    "groups": "member point_helper referral introduction invite_link chain_place downline",
    "orders": "orders order_line order_event hold price_consent recall_buyer team team_member reminder",
    "money": "payment refund settlement discrepancy account ledger_entry ledger_transaction redemption "
    "coupon_holder coupon_guess",
    "earnings": "commission payout friend_credit flag share share_visit touch",
    "words": "question proposal pick review review_vote trust_case case_event",
    "seen": "reaction acquaintance campaign_visit",
}
"""Which tables are shown under which heading; all others come last."""


def data_name(form: str, *, now: datetime) -> str:
    """The file's name."""
    return f"my-data-{now.date().isoformat()}.{form}"


def data_caption(t: Translator, form: str) -> Markup:
    """What the file is."""
    if form == "html":
        return t.html("All that I keep about you, to be read in a browser.")
    return t.html("The same for machines.")


def data_record(data: MyData) -> bytes:
    """Everything as JSON: rows by table, and how often others' rows name her."""
    record = {
        "gathered_at": data.gathered_at,
        "rows": {name: [dict(row) for row in rows] for name, rows in data.rows.items()},
        "named_in_rows_of_others": dict(data.named_in),
    }
    return json.dumps(record, ensure_ascii=False, indent=1, default=_plain).encode()


def data_page(t: Translator, data: MyData) -> bytes:
    """Everything as a page that needs nothing but a browser."""
    title = t("What Vouch keeps about you")
    sections = {key: names.split() for key, names in _SECTIONS.items()}
    listed = {name for names in sections.values() for name in names}
    sections["other"] = [name for name in data.rows if name not in listed]
    parts = [
        Markup("<section><h2>{}</h2>{}</section>").format(_heading(t, key), tables)
        for key, names in sections.items()
        if (tables := _tables((name, data.rows[name]) for name in names if name in data.rows))
    ]
    page = Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width">'
        "<title>{}</title><style>{}</style><h1>{}</h1><p>{}</p><p>{}</p><p>{}</p>{}{}</html>"
    )
    return page.format(
        t.language.replace("_", "-"),
        title,
        Markup(_STYLE),
        title,
        t("As of {moment}.", moment=data.gathered_at.isoformat(sep=" ", timespec="minutes")),
        t(
            "Names of fields are as the bot keeps them. Where it says “you”, your Telegram number is kept; "
            "where it says “somebody else”, another person's is, whom this page does not name."
        ),
        t(
            "Left out is what names others as well: the evidence of a suspicion, the details of what was "
            "done with rights, and messages on their way."
        ),
        Markup("").join(parts),
        _named(t, data.named_in),
    ).encode()


def _heading(t: Translator, key: str) -> str:
    match key:
        case "you":
            return t("You, and what you chose")
        case "groups":
            return t("Your groups, and who brought whom")
        case "orders":
            return t("Your orders")
        case "money":
            return t("What you paid and got back")
        case "earnings":
            return t("What you recommended and earned")
        case "words":
            return t("What you wrote")
        case "seen":
            return t("What you reacted to, and whom you answered")
    return t("Under way and noted")


def _tables(tables: Iterable[tuple[str, Sequence[Mapping[str, Any]]]]) -> Markup:
    return Markup("").join(_table(name, rows) for name, rows in tables)


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> Markup:
    columns = list(dict.fromkeys(column for row in rows for column in row if row[column] is not None))
    head = Markup("").join(Markup("<th>{}</th>").format(column) for column in columns)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup('<td dir="auto">{}</td>').format(_cell(row.get(c))) for c in columns)
        )
        for row in rows
    )
    return Markup("<h3>{} ({})</h3><table><tr>{}</tr>{}</table>").format(name, len(rows), head, body)


def _named(t: Translator, named_in: Mapping[str, int]) -> Markup:
    if not named_in:
        return Markup("")
    items = Markup("").join(Markup("<li>{}: {}</li>").format(place, n) for place, n in named_in.items())
    return Markup("<section><h2>{}</h2><ul>{}</ul></section>").format(
        t("How often rows of others name you"), items
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    plain = _plain(value)
    if isinstance(plain, dict | list):
        return json.dumps(plain, ensure_ascii=False, default=_plain)
    return str(plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
