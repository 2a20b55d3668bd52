"""A new group, supergroup, forum or channel with its owner in it."""

from collections.abc import Sequence

from sandbox.groups import Group
from sandbox.membership import join
from sandbox.models.chats import Kind
from sandbox.models.members import ChatMember
from sandbox.models.users import User
from sandbox.world import World


def found(
    world: World,
    title: str,
    *,
    owner: User,
    members: Sequence[User] = (),
    kind: Kind = "supergroup",
    username: str | None = None,
    is_forum: bool = False,
) -> Group:
    """Found a chat, in which the owner adds the members; bots are added later."""
    chat = world.add_chat(title, kind=kind, username=username, is_forum=is_forum)
    chat.members[owner.id] = ChatMember(user=owner, status="creator")
    if members:
        join(world, chat, list(members), by=owner)
    world.changes.notify("member", (chat, chat.members[owner.id]))
    return Group(world, chat)
