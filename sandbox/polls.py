"""What becomes of polls: votes, options that are added, and the end."""

import asyncio
from functools import partial

from sandbox.models.chats import Chat
from sandbox.models.messages import Message
from sandbox.models.polls import Poll, PollOption
from sandbox.models.users import CHANNEL_BOT, Json, User
from sandbox.posting import post_service
from sandbox.updates import Lane
from sandbox.visibility import readers
from sandbox.world import World

# A timer may fire a trifle early.
_AFTERWARDS = 0.05


def open_poll(world: World, poll: Poll) -> None:
    """Make a poll known, and close it when its time is over, on the world's clock."""
    world.polls[poll.id] = poll
    if poll.close_date and not poll.is_closed:
        check = partial(_close_if_due, world, poll)
        world.clock.on_advance(check)
        delay = poll.close_date - world.clock.time() + _AFTERWARDS
        asyncio.get_running_loop().call_later(delay, check)


def vote(world: World, poll: Poll, voter: User, chosen: list[int], *, as_chat: Chat | None = None) -> None:
    """Set somebody's votes, none to take them back; `as_chat` is the chat she is seen as."""
    if poll.votes.get(voter.id, []) == chosen:
        return
    if chosen:
        poll.votes[voter.id] = chosen
    else:
        del poll.votes[voter.id]
    owner = world.bots_by_id.get(poll.owner.id)
    if owner is not None and not poll.is_anonymous:
        world.send_update(owner, "poll_answer", _answer(poll, voter, chosen, as_chat), _lane(poll))
    _tell(world, poll)


def add_option(world: World, message: Message, poll: Poll, text: str, author: User) -> None:
    """Add an option that somebody thought of; the chat is told by a service message."""
    option = PollOption(
        persistent_id=str(len(poll.options)), text=text, added_by=author, added_at=world.clock.date()
    )
    poll.options.append(option)
    about: Json = {
        "poll_message": message.to_json(with_reply=False),
        "option_persistent_id": option.persistent_id,
        "option_text": text,
    }
    post_service(world, message.chat, author, poll_option_added=about)
    _tell(world, poll)


def close(world: World, poll: Poll, message: Message | None = None) -> None:
    """End a poll; the bots that saw the message of a person's poll are told too."""
    poll.is_closed = True
    _tell(world, poll)
    if message is not None and not poll.owner.is_bot:
        for bot in readers(world, message):
            world.send_update(bot, "poll", poll.to_json(), _lane(poll))


def _close_if_due(world: World, poll: Poll) -> None:
    if not poll.is_closed and world.clock.time() >= poll.close_date:
        close(world, poll)


def _tell(world: World, poll: Poll) -> None:
    """Tell the bot that sent the poll how it stands now, and whoever watches."""
    owner = world.bots_by_id.get(poll.owner.id)
    if owner is not None:
        world.send_update(owner, "poll", poll.to_json(), _lane(poll))
    world.changes.notify("poll", poll)


def _answer(poll: Poll, voter: User, chosen: list[int], as_chat: Chat | None) -> Json:
    """Return the Bot API's PollAnswer; who votes as a chat is shown as Telegram's stand-in for channels."""
    answer: Json = {
        "poll_id": poll.id,
        "user": (CHANNEL_BOT if as_chat else voter).to_json(),
        "option_ids": chosen,
        "option_persistent_ids": [poll.options[place].persistent_id for place in chosen],
    }
    return answer | {"voter_chat": as_chat.to_json()} if as_chat else answer


def _lane(poll: Poll) -> Lane:
    return ("poll", int(poll.id))
