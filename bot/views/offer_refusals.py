"""Words for what is wrong with a price list as a whole."""

from bot import errors
from bot import price_list_errors as lists
from bot.i18n import Translator
from bot.rules.price_list_words import Column
from bot.views.import_faults import column_name
from bot.views.screens import shortened

_HEADINGS_SHOWN = 60


def offer_refusal(t: Translator, error: errors.ShopError) -> str | None:
    """One clear sentence or two, if the refusal is about a price list."""
    match error:
        case lists.PriceListRefused():
            return _file_refused(t, error)
        case lists.FileGone():
            return t("Telegram does not give me that file now. Please try again, or send it once more.")
        case lists.ImportOver():
            return t("That price list is dealt with already. To import one, send its file or /import.")
        case lists.CatalogueNotYours():
            return t("You curate picks of your own in this group; its catalogue is up to the others.")
    return None


def _file_refused(t: Translator, error: lists.PriceListRefused) -> str:
    match error:
        case lists.FileTooLarge(limit=limit):
            return t("The file is too large: {limit} MB at most, unpacked, too.", limit=t.number(limit))
        case lists.TooManyRows(limit=limit):
            return t(
                "The list has too many rows: {limit} at most. Please send it in parts.", limit=t.number(limit)
            )
        case lists.FileProtected():
            return t("The workbook is protected by a password. Please save it without one.")
        case lists.FileBroken():
            return t("The workbook is damaged. Please open it, save it as XLSX again, and send that.")
        case lists.FileOfOtherKind():
            return t("This is neither an XLSX workbook nor a CSV file. Please save the list as one of them.")
        case lists.FormulasUncounted():
            return t("The workbook has formulas without values. Please open it, save it, and send it again.")
        case lists.ListEmpty():
            return t("There are headings, but nothing beneath them.")
        case lists.QuoteOpen(row=row):
            return t("From row {row} on, a quotation mark is not closed. Please mend it.", row=t.number(row))
        case lists.HeadingsMissing():
            return _headings_missing(t, error)
        case lists.HeadingsRepeated(headings=headings):
            named = shortened(t.listed(headings), _HEADINGS_SHOWN)
            return t(
                "Several columns could be the same: {headings}. Please rename what you do not mean.",
                headings=named,
            )
    raise LookupError(f"no words for {type(error).__name__}")


def _headings_missing(t: Translator, error: lists.HeadingsMissing) -> str:
    known = {column.value for column in Column}
    missing = t.listed([column_name(t, Column(name)) for name in error.missing if name in known])
    read = shortened(t.listed(error.read), _HEADINGS_SHOWN)
    if not read:
        return t("I find no headings. The first row must name the columns: title and price at least.")
    return t("I find no column for: {missing}. The headings that I read: {read}.", missing=missing, read=read)
