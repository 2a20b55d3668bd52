"""Which groups carry what another supplies."""

from sqlmodel.ext.asyncio.session import AsyncSession


class CarryingRepository:
    """Carryings, and what is sold by them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
