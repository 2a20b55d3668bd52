"""The screens of an import: how a list looks, progress, the preview with its faults, and what was done."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.callbacks.imports import ImportButton, ImportGroupButton
from bot.callbacks.offers import OffersButton
from bot.i18n import Translator
from bot.money import Money
from bot.rules.imports import Import, ImportState, Sample
from bot.rules.price_files import MOST_ROWS
from bot.views.import_faults import fault_line
from bot.views.screens import Button, Screen, as_fits, lines, paragraphs, shortened
from storage.models import Group

_ROOM_FOR_FAULTS = 2200
_TITLE_SHOWN = 60
_LONGEST_LISTED = 250


def import_screen(
    t: Translator, draft_id: int, kept: Import, *, group: Group | None, groups: Sequence[Group] = ()
) -> Screen:
    """An import as it stands; `groups` are those to choose from where none was named."""
    if kept.state is ImportState.DROPPED:
        return Screen(text=t.html("All right, nothing was imported."))
    if kept.state is ImportState.CHOOSING or group is None:
        return _choose_group(t, draft_id, kept, groups)
    match kept.state:
        case ImportState.EXPECTED:
            return _how_it_looks(t, draft_id, group)
        case ImportState.READING:
            return Screen(text=_reading(t, kept))
        case ImportState.REFUSED:
            return _refused(t, draft_id, kept)
        case ImportState.IMPORTING:
            text = t.html(
                "Importing {name} into the catalogue of {group} …", name=_name(kept), group=_title(group)
            )
            return Screen(text=text)
        case ImportState.DONE:
            return _done(t, kept, group)
    return _preview(t, draft_id, kept, group)


def _choose_group(t: Translator, draft_id: int, kept: Import, groups: Sequence[Group]) -> Screen:
    question = (
        t.html("Which group is the price list {name} for?", name=_name(kept))
        if kept.file_name
        else t.html("Which group is the price list for?")
    )
    rows = [
        [Button(text=shortened(group.title, _TITLE_SHOWN), data=ImportGroupButton(draft_id, group.id))]
        for group in groups
        if group.id is not None
    ]
    return Screen(text=question, buttons=[*rows, [_stop(t, draft_id)]])


def _how_it_looks(t: Translator, draft_id: int, group: Group) -> Screen:
    return Screen(
        text=paragraphs(
            t.html("<b>A price list for {group}</b>", group=_title(group)),
            t.html(
                "Send me an XLSX workbook or a CSV file here. Its first row holds the headings, in English, "
                "Spanish, Russian or Chinese; each row beneath is one offer."
            ),
            lines(
                t.html("<b>title</b> and <b>price</b> must be there"),
                t.html(
                    "<b>code</b> – your article number: by it a later list changes offers, not doubles them"
                ),
                t.html("<b>description, unit, stock</b> – no stock means no limit"),
                t.html("<b>kinds</b> – S 5, M 10; or Size: S, M; Colour: red, blue"),
                t.html("<b>tiers</b> – 10: 11.90; 50: 9.90"),
                t.html("<b>minimum</b> to go ahead, <b>limit</b> per person, <b>currency</b>"),
            ),
            t.html(
                "Prices without a currency are in {currency}. Up to {rows} rows and 10 MB. Nothing is "
                "imported before you have seen what it changes and said yes.",
                currency=group.currency,
                rows=t.number(MOST_ROWS),
            ),
        ),
        buttons=[
            [Button(text=t("Send me a template"), data=ImportButton(draft_id, "template"))],
            [_stop(t, draft_id)],
        ],
    )


def _reading(t: Translator, kept: Import) -> Markup:
    if kept.rows_read:
        return t.html_plural(
            "Reading {name}: {n} row so far …",
            "Reading {name}: {n} rows so far …",
            kept.rows_read,
            name=_name(kept),
        )
    return t.html("Reading {name} …", name=_name(kept))


def _refused(t: Translator, draft_id: int, kept: Import) -> Screen:
    return Screen(
        text=paragraphs(
            t.html("<b>{name}</b>: {reason}", name=_name(kept), reason=kept.refusal),
            t.html("Nothing was imported. Send the file again when it is mended."),
        ),
        buttons=[[_stop(t, draft_id)]],
    )


def _preview(t: Translator, draft_id: int, kept: Import, group: Group) -> Screen:
    text = paragraphs(
        t.html("<b>{name}</b> for {group}", name=_name(kept), group=_title(group)),
        _counts(t, kept),
        _left_out(t, kept),
        lines(t.html("For example:"), *(_sample(t, sample) for sample in kept.samples))
        if kept.samples
        else None,
        _faults(t, kept),
    )
    return Screen(text=text, buttons=_choices(t, draft_id, kept))


def _counts(t: Translator, kept: Import) -> Markup:
    return t.html(
        "Good rows: {offers}. New: {new}, changed: {changed}, unchanged: {unchanged}.",
        offers=t.number(kept.offers),
        new=t.number(kept.new),
        changed=t.number(kept.changed),
        unchanged=t.number(kept.unchanged),
    )


def _left_out(t: Translator, kept: Import) -> Markup | None:
    named = shortened(t.listed(kept.ignored), _LONGEST_LISTED)
    read = shortened(kept.sheet or "", _TITLE_SHOWN)
    sheets = shortened(t.listed(kept.other_sheets), _LONGEST_LISTED)
    return lines(
        t.html("Columns that I do not know and leave out: {columns}.", columns=named)
        if kept.ignored
        else None,
        t.html(
            "I read the sheet {sheet} alone, not: {others}.",
            sheet=read,
            others=sheets,
        )
        if kept.sheet
        else None,
    )


def _sample(t: Translator, sample: Sample) -> Markup:
    title = shortened(sample.title, _TITLE_SHOWN)
    parts = [
        f"{sample.code} · {title}" if sample.code else title,
        t.money(Money(amount=sample.price_amount, currency=sample.currency)),
    ]
    if sample.variants:
        parts.append(t.plural("{n} kind", "{n} kinds", sample.variants))
    elif sample.stock is not None:
        parts.append(f"{t.number(sample.stock)} {sample.unit}".strip())
    return Markup("• {}").format(" · ".join(parts))


def _faults(t: Translator, kept: Import) -> Markup | None:
    if not kept.bad_rows:
        return None
    head = t.html_plural(
        "<b>{n} row has errors</b>, so nothing is imported yet.",
        "<b>{n} rows have errors</b>, so nothing is imported yet.",
        kept.bad_rows,
    )
    listed = as_fits([fault_line(t, fault) for fault in kept.faults], between="\n", limit=_ROOM_FOR_FAULTS)
    more = kept.fault_count - len(kept.faults)
    tail = t.html_plural(
        "And {n} more. All of them are in the file below.",
        "And {n} more. All of them are in the file below.",
        more,
    )
    return paragraphs(head, listed, tail if more > 0 else t.html("All of them are in the file below, too."))


def _choices(t: Translator, draft_id: int, kept: Import) -> list[list[Button]]:
    stop = [_stop(t, draft_id)]
    to_do = kept.new + kept.changed
    if not to_do:
        return [stop]
    if kept.bad_rows:
        return [[Button(text=t("Import the good rows"), data=ImportButton(draft_id, "good"))], stop]
    return [[Button(text=t("Import"), data=ImportButton(draft_id, "all"))], stop]


def _done(t: Translator, kept: Import, group: Group) -> Screen:
    assert group.id is not None
    left = (
        t.html_plural(
            "{n} row with errors was left out.", "{n} rows with errors were left out.", kept.bad_rows
        )
        if kept.bad_rows
        else None
    )
    return Screen(
        text=paragraphs(
            t.html("<b>{name}</b> is in the catalogue of {group}.", name=_name(kept), group=_title(group)),
            lines(_counts(t, kept), left),
        ),
        buttons=[[Button(text=t("Open the catalogue"), data=OffersButton(group.id, 0, ""))]],
    )


def _stop(t: Translator, draft_id: int) -> Button:
    return Button(text=t("Not now"), data=ImportButton(draft_id, "stop"))


def _name(kept: Import) -> str:
    return shortened(kept.file_name, _TITLE_SHOWN)


def _title(group: Group) -> str:
    return shortened(group.title, _TITLE_SHOWN)
