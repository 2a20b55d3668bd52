"""The topics of forums."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Topic

_MOST_LISTED = 30


class TopicRepository:
    """What is known of forum topics."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, group_id: int, topic_id: int) -> Topic | None:
        """A topic of a group, if the bot ever heard of it."""
        return await self._session.get(Topic, (group_id, topic_id))

    async def list_open(self, group_id: int) -> list[Topic]:
        """The topics of a group that take messages, the newest first, so many as a screen can show."""
        query = (
            select(Topic)
            .where(Topic.group_id == group_id, col(Topic.is_closed).is_(False))
            .order_by(col(Topic.topic_id).desc())
            .limit(_MOST_LISTED)
        )
        return list(await self._session.exec(query))

    async def note(
        self, group_id: int, topic_id: int, *, name: str | None = None, is_closed: bool | None = None
    ) -> None:
        """Note what was heard of a topic; what was not said stays as it was."""
        topic = await self.find(group_id, topic_id)
        if topic is None:
            topic = Topic(group_id=group_id, topic_id=topic_id, name=name or "")
        topic.name = name or topic.name
        topic.is_closed = topic.is_closed if is_closed is None else is_closed
        self._session.add(topic)
        await self._session.flush()
