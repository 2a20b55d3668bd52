"""Founding groups, coming and going, and who may what, on the page."""

import re

from sandbox.bots import Bot
from sandbox.founding import found
from sandbox.groups import Group
from sandbox.models.chats import Kind
from sandbox.models.users import Json
from sandbox.persons import Person
from sandbox.stage.acting import Act, Acts
from sandbox.stage.places import Refused, chat_key, find_bot, find_person, private_key

_KINDS: dict[str, Kind] = {
    "group": "group",
    "supergroup": "supergroup",
    "forum": "supergroup",
    "channel": "channel",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


async def _start(act: Act) -> Json:
    bot = find_bot(act.world, act.number("bot"))
    payload = act.text("payload", most=64) if act.fields.get("payload") else None
    await act.person.starts(bot, payload)
    return {"chat": private_key(bot, act.person.user)}


async def _block(act: Act) -> None:
    await act.person.blocks(find_bot(act.world, act.number("bot")))


async def _unblock(act: Act) -> None:
    await act.person.unblocks(find_bot(act.world, act.number("bot")))


async def _leave(act: Act) -> None:
    await act.person.leaves(Group(act.world, act.chat))


async def _approve(act: Act) -> None:
    asking = find_person(act.world, act.number("person"))
    await act.person.approves(asking, Group(act.world, act.chat))


async def _newcomer(act: Act) -> Json:
    name, language = act.text("name", most=64).strip(), act.text("language", most=16).strip()
    if not name:
        raise Refused("A person needs a name.")
    if language and not _LANGUAGE.fullmatch(language):
        raise Refused("A language is a short code such as en, ru or zh-hans.")
    return {"id": act.world.add_user(name, language=language or None).id}


async def _found(act: Act) -> Json:
    """Found a group, a supergroup, a forum or a channel."""
    title, kind = act.text("title", most=128).strip(), act.text("kind", most=16)
    if not title:
        raise Refused("A chat needs a name.")
    if kind not in _KINDS:
        raise Refused(f"One can found {', '.join(_KINDS)}, not {kind}.")
    members = [find_person(act.world, number).user for number in act.numbers("people")]
    bots = [find_bot(act.world, number) for number in act.numbers("bots")]
    group = found(
        act.world, title, owner=act.person.user, members=members, kind=_KINDS[kind], is_forum=kind == "forum"
    )
    for bot in bots:
        payload = act.text("payload", most=64) if act.fields.get("payload") else None
        await act.person.adds_bot(bot, group, admin=True, payload=payload)
    return {"chat": chat_key(group.chat)}


async def _add(act: Act) -> None:
    group, person = Group(act.world, act.chat), act.person
    people = [find_person(act.world, number) for number in act.numbers("people")]
    if people:
        await person.adds(*people, to=group)
    for bot in [find_bot(act.world, number) for number in act.numbers("bots")]:
        await person.adds_bot(bot, group)


async def _promote(act: Act) -> None:
    """Make a member, perhaps a bot, an administrator."""
    group, bot = Group(act.world, act.chat), _bot_of(act)
    if bot is not None:
        await act.person.promotes_bot(bot, group)
    else:
        await act.person.promotes(
            _member(act), group, anonymous=bool(act.fields.get("anonymous")), title=_title(act)
        )


async def _demote(act: Act) -> None:
    group, bot = Group(act.world, act.chat), _bot_of(act)
    if bot is not None:
        await act.person.demotes_bot(bot, group)
    else:
        await act.person.demotes(_member(act), group)


async def _remove(act: Act) -> None:
    group, bot = Group(act.world, act.chat), _bot_of(act)
    if bot is not None:
        await act.person.removes_bot(bot, group)
    else:
        await act.person.removes(_member(act), group)


async def _restrict(act: Act) -> None:
    """Let a member only read."""
    await act.person.restricts(_member(act), Group(act.world, act.chat))


async def _unrestrict(act: Act) -> None:
    await act.person.unrestricts(_member(act), Group(act.world, act.chat))


async def _unban(act: Act) -> None:
    await act.person.unbans(_member(act), Group(act.world, act.chat))


async def _make_link(act: Act) -> Json:
    return {"url": await act.person.makes_link(Group(act.world, act.chat), asks=bool(act.fields.get("asks")))}


async def _migrate(act: Act) -> Json:
    group = Group(act.world, act.chat)
    await act.person.migrates(group)
    return {"chat": chat_key(group.chat)}


async def _topic(act: Act) -> Json:
    name = act.text("name", most=128).strip()
    if not name:
        raise Refused("A topic needs a name.")
    return {"topic": (await act.person.founds_topic(name, Group(act.world, act.chat))).thread_id}


def _member(act: Act) -> Person:
    return find_person(act.world, act.number("person"))


def _bot_of(act: Act) -> Bot | None:
    return act.world.bots_by_id.get(act.number("person"))


def _title(act: Act) -> str | None:
    return act.text("title", most=16).strip() or None if act.fields.get("title") else None


SOCIETY: Acts = {
    "found": _found,
    "add": _add,
    "promote": _promote,
    "demote": _demote,
    "remove": _remove,
    "restrict": _restrict,
    "unrestrict": _unrestrict,
    "unban": _unban,
    "make_link": _make_link,
    "migrate": _migrate,
    "topic": _topic,
    "start": _start,
    "block": _block,
    "unblock": _unblock,
    "leave": _leave,
    "approve": _approve,
    "newcomer": _newcomer,
}
