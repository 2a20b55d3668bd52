"""Groups by key, by chat and by leader."""

from sqlalchemy import select as core_select
from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.models import Group, Member
from storage.states import Presence, Role
from storage.tables import table

_NOWHERE = -(2**62)
"""From here down, no chat has an id."""


class GroupRepository:
    """The chats that the bot serves."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, group_id: int) -> Group:
        """The group with this key. Raises LookupError."""
        group = await self.find(group_id)
        if group is None:
            raise LookupError(f"no group {group_id}")
        return group

    async def find(self, group_id: int) -> Group | None:
        """The group with this key, if there is one."""
        return await self._session.get(Group, group_id)

    async def lock(self, group_id: int) -> None:
        """Let nobody else who locks this group go on before the commit."""
        # Not the key: a new member's foreign key may hold that already, in somebody else's transaction too.
        query = select(Group.id).where(Group.id == group_id).with_for_update(key_share=True)
        await self._session.exec(query)

    async def find_by_chat(self, chat_id: int) -> Group | None:
        """The group in this chat."""
        return (await self._session.exec(select(Group).where(Group.chat_id == chat_id))).first()

    async def add(self, group: Group) -> Group:
        """Keep a new group and give it its key."""
        self._session.add(group)
        await self._session.flush()
        return group

    async def save(self, group: Group) -> None:
        """Keep what was changed of a group."""
        self._session.add(group)
        await self._session.flush()

    async def set_overview(self, group_id: int, message_id: int | None) -> None:
        """Note which message lists a group's open picks."""
        await (await self._session.connection()).execute(
            update(Group).where(col(Group.id) == group_id).values(overview_message_id=message_id)
        )

    async def list_active(self) -> list[Group]:
        """Every group that the bot is in."""
        query = select(Group).where(col(Group.is_active)).order_by(col(Group.id))
        return list(await self._session.exec(query))

    async def list_led_by(self, person_id: int) -> list[Group]:
        """The active groups in which this person is owner or curator."""
        query = (
            select(Group)
            .join(Member, col(Member.group_id) == col(Group.id))
            .where(Member.person_id == person_id, col(Member.role).in_([Role.OWNER, Role.CURATOR]))
            .where(col(Group.is_active))
            .order_by(col(Group.title), col(Group.id))
        )
        return list(await self._session.exec(query))

    async def list_joined_by(self, person_id: int) -> list[Group]:
        """The active groups that this person is in."""
        query = (
            select(Group)
            .join(Member, col(Member.group_id) == col(Group.id))
            .where(Member.person_id == person_id, Member.presence == Presence.JOINED)
            .where(col(Group.is_active))
            .order_by(col(Group.title), col(Group.id))
        )
        return list(await self._session.exec(query))

    async def take_pick_number(self, group_id: int) -> int:
        """The next pick number of a group; taken for good by the commit."""
        statement = (
            update(Group)
            .where(col(Group.id) == group_id)
            .values(next_pick_number=Group.next_pick_number + 1)
            .returning(col(Group.next_pick_number))
        )
        return int((await (await self._session.connection()).execute(statement)).scalar_one()) - 1

    async def move(self, *, old_chat_id: int, new_chat_id: int) -> None:
        """Follow a chat to its new id; harmless where it was followed before.

        Somebody may have spoken at the new place before the move was told, or be heard from the old one
        after it: a group was made for her then. The older one has the history; the other steps aside.
        """
        connection = await self._session.connection()
        group = table(Group)
        found = await connection.execute(
            core_select(group.c.id, group.c.chat_id)
            .where(group.c.chat_id.in_([old_chat_id, new_chat_id]))
            .order_by(group.c.id)
            .with_for_update()
        )
        rows = list(found)
        if old_chat_id not in {row.chat_id for row in rows}:
            return
        for twin in rows[1:]:
            aside = {"chat_id": _NOWHERE - twin.id, "is_active": False}
            await connection.execute(update(group).where(group.c.id == twin.id).values(aside))
        stays = update(group).where(group.c.id == rows[0].id).values(chat_id=new_chat_id)
        await connection.execute(stays)
