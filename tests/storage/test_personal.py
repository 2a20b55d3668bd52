"""Every column that names a person or holds words is in the registry: who adds one must say what it is."""

from collections.abc import Iterator

import pytest
from sqlalchemy import JSON, BigInteger, Column, Enum, String, Table
from sqlmodel import AutoString, SQLModel

import storage.models
from storage.cleaning import MASK, Traces
from storage.columns import Document
from storage.personal import HOLDINGS, Holding
from storage.tables import table

TABLES = {table(holding.model).name: holding for holding in HOLDINGS}


def references(of: Table) -> Iterator[Column[object]]:
    """The columns that hold a person's key."""
    for column in of.columns:
        if any(key.column.table.name == "person" for key in column.foreign_keys):
            yield column


def may_tell(of: Table) -> Iterator[Column[object]]:
    """The columns that may hold words, documents, or numbers that Telegram gave."""
    for column in of.columns:
        is_word = isinstance(column.type, String | AutoString) and not isinstance(column.type, Enum)
        is_number = isinstance(column.type, BigInteger) and not column.foreign_keys
        counts = column.name.endswith(("amount", "quantity", "_count", "sold", "stock", "_limit"))
        if is_word or isinstance(column.type, JSON | Document) or (is_number and not counts):
            yield column


def people_in(holding: Holding) -> set[str]:
    return {*holding.hers, *holding.goes, *holding.mentions, *holding.leaves}


def named_in(holding: Holding) -> set[str]:
    said = {*holding.words, *holding.words_by, *holding.documents, *holding.cursors, *holding.kept}
    return people_in(holding) | said


def test_every_table_is_named_once() -> None:
    assert len(TABLES) == len(HOLDINGS)
    assert set(SQLModel.metadata.tables) - {"alembic_version"} == set(TABLES)


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_every_column_that_may_tell_of_somebody_is_named(name: str) -> None:
    of, holding = SQLModel.metadata.tables[name], TABLES[name]
    assert {column.name for column in references(of)} <= people_in(holding)
    unnamed = {column.name for column in may_tell(of)} - named_in(holding) - QUANTITIES.get(name, set())
    assert unnamed - ({"id"} if holding.model is not storage.models.Person else set()) == set()
    assert named_in(holding) <= {column.name for column in of.columns}, (
        "and nothing is named that is not there"
    )
    assert {*holding.shown, *holding.masked} <= set(holding.documents)


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_whoever_wants_to_be_forgotten_is_found_without_a_look_at_every_row(name: str) -> None:
    of, holding = SQLModel.metadata.tables[name], TABLES[name]
    if holding.is_small:
        return
    first = {next(iter(index.columns)).name for index in of.indexes} | {
        next(iter(of.primary_key.columns)).name
    }
    assert {column.name for column in references(of)} <= first


QUANTITIES = {
    "chain_place": {"people_below"},
    "downline": {"people"},
    "trust_entry": {"messages_before"},
    "offer": {"limit_per_person"},
}
"""Numbers that say how many."""


ANN = Traces(
    person_id=8_123_456_789, pseudonym=-9, names=["Ann O'Hara", "ann_h"], texts=["best honey ever", "ok"]
)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (8_123_456_789, -9),
        ([True, 8_123_456_788, None, 1.5], [True, 8_123_456_788, None, 1.5]),
        ({"people": [1, 8_123_456_789], "8123456789": "x"}, {"people": [1, -9], "-9": "x"}),
        ("loop:3:8123456789:0", "loop:3:-9:0"),
        ("98123456789 and 81234567890", "98123456789 and 81234567890"),
        ("Ann O'Hara vouches", f"{MASK} vouches"),
        ("<b>Ann O&#39;Hara</b>, @ann_h", f"<b>{MASK}</b>, {MASK}"),
        ("Joann O'Haras", "Joann O'Haras"),
        ("She says: best honey ever!", f"She says: {MASK}!"),
        ("ok", ""),
        ("broken", "broken"),
    ],
)
def test_what_was_written_of_somebody_is_left_without_her(written: object, left: object) -> None:
    assert ANN.cleaned(written) == left


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ({"text": "<b>Tea</b>, B asks &amp; waits"}, {"text": f"<b>Tea</b>, {MASK} asks &amp; waits"}),
        ({"text": "1 × tea, 1.50"}, {"text": "1 × tea, 1.50"}),
        ({"url": "https://t.me/text", "name": "B"}, {"url": f"https://t.me/{MASK}", "name": MASK}),
        (
            {"callback_data": "b:B:8123456789", "parse_mode": "B"},
            {"callback_data": "b:B:-9", "parse_mode": "B"},
        ),
        ("https://shop.example/b?text=1", "https://shop.example/b?text=1"),
    ],
)
def test_whoever_is_called_like_a_piece_of_markup_breaks_nobodys_messages(
    written: object, left: object
) -> None:
    called = Traces(person_id=8_123_456_789, pseudonym=-9, names=["B", "1", "amp", "text"])
    assert called.cleaned(written) == left
