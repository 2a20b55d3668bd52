"""What groups open to other groups, and what the market shows of it."""

from sqlmodel.ext.asyncio.session import AsyncSession


class ListingRepository:
    """Listings."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
