"""Rows locked until the commit."""

from typing import TypeVar

from sqlmodel.sql.expression import SelectOfScalar

Row = TypeVar("Row")


def locked(query: SelectOfScalar[Row], *, key_share: bool = False) -> SelectOfScalar[Row]:
    """The same rows, locked and read anew: what was read before the lock may be old by now.

    With `key_share`, rows that refer to them can be made meanwhile.
    """
    return query.with_for_update(key_share=key_share).execution_options(populate_existing=True)
