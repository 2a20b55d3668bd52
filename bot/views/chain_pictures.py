"""Chains as a picture, and a group's chains as a file."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import Translator
from bot.rules.chains import Bar, Row
from bot.services.chains import Drawing, Sheet
from bot.views.chains import without_name
from bot.views.screens import lines, shortened
from bot.views.spreadsheets import Book, Cell, Column, Page
from bot.views.spreadsheets import Row as SheetRow
from storage.repositories.chains import Place
from storage.states import ReferralSource

_LONGEST_TITLE = 100


def chain_picture(t: Translator, drawing: Drawing) -> Mapping[str, Any]:
    """What `bot.pictures.chains` draws."""
    return {
        "title": _title(t, drawing),
        "subtitle": _subtitle(t, drawing),
        "below": t("people below"),
        "unnamed": t("somebody"),
        "rows": [_row(t, row, drawing) for row in drawing.rows],
        "levels_title": t("People by level"),
        # One level alone says nothing that the rows do not.
        "levels": [_bar(t, bar) for bar in drawing.bars] if len(drawing.bars) > 1 else [],
    }


def picture_caption(t: Translator, drawing: Drawing) -> Markup:
    """Beneath the picture: whose chain it is, and why a name may be missing."""
    is_named = all(row.name or row.many for row in drawing.rows)
    title = Markup("<b>{}</b>").format(_title(t, drawing))
    return title if is_named else lines(title, without_name(t))


def chains_book(t: Translator, sheet: Sheet) -> Book:
    """The places of a group's chains, each chain from its beginning down, branch after branch."""
    title = t("All chains of {group}", group=sheet.group.title)
    facts = [
        t("Chains: {n}", n=t.number(sheet.totals.chains)),
        t("People in them: {n}", n=t.number(sheet.totals.people)),
        without_name(t).unescape(),
    ]
    if sheet.is_cut:
        facts.append(t("There is more than fits: these are those with most people below."))
    page = Page(
        tab=t("Chains"),
        columns=[
            Column(title=t("No."), kind="number", width=7),
            Column(title=t("Level"), kind="number", width=7),
            Column(title=t("Name"), width=26),
            Column(title=t("Brought by"), width=26),
            Column(title=t("Brought by no."), kind="number", width=9),
            Column(title=t("How"), width=20),
            Column(title=t("When"), kind="moment", width=17),
            Column(title=t("Brought directly"), kind="number", width=11),
            Column(title=t("People below"), kind="number", width=11),
        ],
        rows=_places(t, sheet),
        is_wide=True,
    )
    return Book(title=title, facts=facts, footer=title, decimals=0, pages=[page], flat=page)


def chains_caption(t: Translator, sheet: Sheet) -> Markup:
    """Beneath the file: whose chains."""
    return t.html("<b>All chains of {group}</b>", group=shortened(sheet.group.title, _LONGEST_TITLE))


def _title(t: Translator, drawing: Drawing) -> str:
    group = shortened(drawing.group.title, _LONGEST_TITLE)
    if drawing.person_id is None:
        return t("All chains of {group}", group=group)
    return t("Your chain in {group}", group=group)


def _subtitle(t: Translator, drawing: Drawing) -> str:
    if drawing.person_id is None:
        return t("People in them: {n}", n=t.number(drawing.people))
    return t.plural("{n} person has come through you", "{n} people have come through you", drawing.people)


def _row(t: Translator, row: Row, drawing: Drawing) -> dict[str, Any]:
    name = row.name
    if row.many:
        name = t.plural("and {n} more", "and {n} more", row.many)
    elif row.depth == 0 and drawing.person_id is not None:
        name = t("You")
    return {
        "depth": row.depth,
        "name": name,
        "number": t.number(row.people_below) if row.people_below else "",
        "people": row.people_below,
        "is_many": bool(row.many),
    }


def _bar(t: Translator, bar: Bar) -> dict[str, Any]:
    label = f"{t.number(bar.level)}+" if bar.is_last_of_many else t.number(bar.level)
    return {
        "level": bar.level,
        # With these a chain begins: they stand below nobody.
        "label": label if bar.level else t("beginning"),
        "number": t.number(bar.people),
        "people": bar.people,
    }


def _places(t: Translator, sheet: Sheet) -> list[SheetRow]:
    below: dict[int | None, list[Place]] = {}
    for place in sheet.places:
        below.setdefault(place.referrer_id, []).append(place)
    rows: list[SheetRow] = []
    numbers: dict[int, tuple[int, str]] = {}
    # Not by recursion: a chain may be longer than that can go.
    waiting = [(place, 0) for place in reversed(below.get(None, []))]
    while waiting:
        place, level = waiting.pop()
        above = numbers.get(place.referrer_id) if place.referrer_id is not None else None
        name = place.name or t("somebody")
        numbers[place.person_id] = (len(rows) + 1, name)
        cells = _cells(t, sheet, place, above)
        rows.append(SheetRow(cells=[len(rows) + 1, level, name, *cells]))
        waiting += [(further, level + 1) for further in reversed(below.get(place.person_id, []))]
    return rows


def _cells(t: Translator, sheet: Sheet, place: Place, above: tuple[int, str] | None) -> Sequence[Cell]:
    zone = ZoneInfo(sheet.group.time_zone)
    return [
        above[1] if above else None,
        above[0] if above else None,
        _how(t, place.source) if place.source else None,
        place.referred_at.astimezone(zone).replace(tzinfo=None) if place.referred_at else None,
        place.direct,
        place.people_below,
    ]


def _how(t: Translator, source: ReferralSource) -> str:
    words = {
        ReferralSource.INVITE_LINK: t("invite link"),
        ReferralSource.ADDED: t("added to the group"),
        ReferralSource.START: t("link through the bot"),
        ReferralSource.JOIN_REQUEST: t("link to request to join"),
    }
    return words[source]
