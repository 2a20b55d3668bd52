"""All that stands in a table."""

from typing import TypeVar

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.shop import Shop

M = TypeVar("M", bound=SQLModel)


async def rows_of(shop: Shop, model: type[M]) -> list[M]:
    """Every row of a table, in the order of its keys."""
    keys = SQLModel.metadata.tables[str(model.__tablename__)].primary_key.columns
    async with AsyncSession(shop.database.read) as session:
        return list((await session.exec(select(model).order_by(*keys))).all())
