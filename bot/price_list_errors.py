"""Refusals of price lists, which are a branch of the tree in `bot/errors.py`."""

from dataclasses import dataclass

from bot.errors import NotAllowed, NotPossible, Unreadable


class PriceListRefused(Unreadable):
    """The file cannot be read as a price list."""


@dataclass(eq=False)
class FileTooLarge(PriceListRefused):
    """The file, or what is packed in it, is larger than so many megabytes."""

    limit: int


@dataclass(eq=False)
class TooManyRows(PriceListRefused):
    """The list has more rows than are read at once."""

    limit: int


class FileProtected(PriceListRefused):
    """The workbook can be opened only with a password."""


class FileBroken(PriceListRefused):
    """The workbook is damaged, or packed as no office program does."""


class FileOfOtherKind(PriceListRefused):
    """The file is neither a workbook of today's format nor text in columns."""


class FormulasUncounted(PriceListRefused):
    """The workbook has formulas whose values were never counted and kept."""


class ListEmpty(PriceListRefused):
    """There are headings, and nothing beneath them."""


@dataclass(eq=False)
class QuoteOpen(PriceListRefused):
    """A quotation mark that begins around this row is never closed, or closed in mid-cell."""

    row: int


@dataclass(eq=False)
class HeadingsMissing(PriceListRefused):
    """No row of headings names these columns, without which nothing can be offered; those were read."""

    missing: tuple[str, ...]
    read: tuple[str, ...]


@dataclass(eq=False)
class HeadingsRepeated(PriceListRefused):
    """Several headings could be the same column."""

    headings: tuple[str, ...]


class FileGone(NotPossible):
    """Telegram does not give the file out now."""


class ImportOver(NotPossible):
    """The price list was imported or put aside already."""


class CatalogueNotYours(NotAllowed):
    """A curator who is limited to her own picks meant the whole group's catalogue."""
