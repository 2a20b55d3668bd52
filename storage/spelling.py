"""Looking for words whatever their capitals, in any alphabet."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, or_


def holds(column: SQLColumnExpression[Any], words: str) -> ColumnElement[bool]:
    """Whether a column holds these words, however they are capitalised."""
    return or_(*(column.icontains(way, autoescape=True) for way in _ways(words)))


def reads(column: SQLColumnExpression[Any], words: str) -> ColumnElement[bool]:
    """Whether a column reads just so, however it is capitalised."""
    return or_(*(func.lower(column) == func.lower(way) for way in _ways(words)))


def _ways(words: str) -> list[str]:
    # SQLite knows capitals of ASCII alone, so the others are looked for in each way of writing them.
    return sorted({words, words.lower(), words.upper(), words.capitalize()})
