"""Forum topics, as far as the bot heard of them: Telegram lists them to no bot."""

from sqlmodel import Field, SQLModel

from storage.columns import BigId, Key


class Topic(SQLModel, table=True):
    """A topic of a group that is a forum; a closed one takes no messages of members."""

    __tablename__ = "forum_topic"

    group_id: int = Field(primary_key=True, foreign_key="chat_group.id", sa_type=Key)
    topic_id: int = Field(primary_key=True, sa_type=BigId)
    name: str
    is_closed: bool = False
