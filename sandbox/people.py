"""A local Telegram with people in it, for tests and scripts."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox.bots import Bot
from sandbox.founding import found
from sandbox.groups import Group
from sandbox.guard import HostNames, is_loopback
from sandbox.membership import join
from sandbox.models.chats import Kind
from sandbox.models.members import ChatMember
from sandbox.models.users import User
from sandbox.persons import Person
from sandbox.server import make_app
from sandbox.sights import Room, SeenMessage, Tap
from sandbox.world import World

__all__ = ["Bot", "Group", "Person", "Room", "Sandbox", "SeenMessage", "Tap"]


class Sandbox:
    """A world, its Bot API server on 127.0.0.1 and the people who live in it."""

    def __init__(self, world: World, runner: web.AppRunner, port: int, *, host: str = "127.0.0.1") -> None:
        self.world = world
        self.host = host
        self.port = port
        self.people: dict[int, Person] = {}
        self.groups: list[Group] = []
        self._runner = runner

    @classmethod
    async def start(
        cls,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        names: tuple[str, ...] = (),
        limits: bool = False,
        extend: Callable[[web.Application], None] | None = None,
        world: World | None = None,
    ) -> "Sandbox":
        """Start a server; port 0 takes a free one, `limits` switches Telegram's rate limits on.

        A `host` that is not this machine's own lets others in, who may call it by `names` too. `extend` may
        add routes to the application before it starts. Raises OSError if the port is taken.
        """
        world = world or World()
        world.limits.enabled = limits
        world.webhooks.anywhere = not is_loopback(host)
        app = make_app(world, names=HostNames(host, names))
        if extend is not None:
            extend(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        return cls(world, runner, runner.addresses[0][1], host=host)

    @classmethod
    @asynccontextmanager
    async def running(cls, *, port: int = 0, limits: bool = False) -> AsyncIterator["Sandbox"]:
        """Run a server for the length of a block."""
        sandbox = await cls.start(port=port, limits=limits)
        try:
            yield sandbox
        finally:
            await sandbox.stop()

    async def stop(self) -> None:
        """Stop deliveries and the server."""
        await self.world.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The address that stands in for https://api.telegram.org."""
        host = "127.0.0.1" if self.host in ("", "0.0.0.0", "::", "localhost") else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def create_bot(
        self, username: str, *, name: str | None = None, token: str | None = None, privacy: bool = True
    ) -> Bot:
        """Register a bot, as BotFather would."""
        return self.world.add_bot(username, name=name, token=token, privacy=privacy)

    def person(
        self,
        name: str,
        *,
        language: str | None = "en",
        username: str | None = None,
        last_name: str | None = None,
    ) -> Person:
        """Register a new person."""
        user = self.world.add_user(name, language=language, username=username, last_name=last_name)
        person = self.people[user.id] = Person(self.world, user)
        return person

    def group(
        self,
        title: str,
        *,
        owner: Person,
        members: Sequence[Person] = (),
        forum: bool = False,
        kind: Kind = "supergroup",
        username: str | None = None,
    ) -> Group:
        """Found a group with people in it; bots are added by its owner later."""
        chat = self.world.add_chat(title, kind=kind, username=username, is_forum=forum)
        chat.members[owner.id] = ChatMember(user=owner.user, status="creator")
        users: list[User] = [member.user for member in members]
        if users:
            join(self.world, chat, users, by=owner.user)
        group = Group(self.world, chat)
        self.groups.append(group)
        return group

    def channel(
        self,
        title: str,
        *,
        owner: Person,
        linked_to: Group | None = None,
        username: str | None = None,
        signed: bool = False,
    ) -> Group:
        """Found a channel, perhaps with a discussion group; `signed` posts name their author."""
        channel = found(self.world, title, owner=owner.user, kind="channel", username=username)
        channel.chat.signs_posts = signed
        if linked_to is not None:
            channel.discussed_in(linked_to)
        return channel
