"""Picks that were told personally, and whom."""

from sqlmodel.ext.asyncio.session import AsyncSession


class TellingRepository:
    """Tellings, and who was told or held back."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
