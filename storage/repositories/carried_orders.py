"""What carried orders come to, and what carrying groups gave for them."""

from sqlmodel.ext.asyncio.session import AsyncSession


class CarriedOrderRepository:
    """Carried orders and payments."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
