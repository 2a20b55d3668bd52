"""Accounts and chats: which ids they have, which names, and the links that lead into chats."""

import re
from collections.abc import Iterator

from sandbox.conformance.problems import Problem, rule, short
from sandbox.conformance.rules.texts import within
from sandbox.models.users import Json

# The accounts that stand in for chats where a user is expected.
ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM = 1087968824, 136817688, 777000
# -100 and ten or more digits: below these, a negative id is a basic group's.
_FIRST_SUPERGROUP = -1_000_000_000_001
_LAST_SUPERGROUP = -1_997_852_516_352
_USERNAME = re.compile(r"[A-Za-z]\w{0,31}", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COLOURS = frozenset({0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F})


def id_fits(kind: str, chat_id: int) -> bool:
    """Return whether chats of a kind have such ids."""
    if kind == "private":
        return 0 < chat_id < 2**52
    if kind == "group":
        return _FIRST_SUPERGROUP < chat_id < 0
    return _LAST_SUPERGROUP <= chat_id <= _FIRST_SUPERGROUP


@rule("Chat", "ChatFullInfo")
def chat_is_named_by_its_kind(chat: Json) -> Iterator[Problem]:
    """Private chats have a person's id and name, all others a negative id and a title."""
    kind = chat["type"]
    if not id_fits(kind, chat["id"]):
        yield Problem("id", f"{chat['id']} is no id of a {kind} chat")
    needed, strange = ("first_name", "title") if kind == "private" else ("title", "first_name")
    if not chat.get(needed):
        yield Problem(needed, f"a {kind} chat needs this field")
    if strange in chat:
        yield Problem(strange, f"a {kind} chat has no such field")
    if "last_name" in chat and kind != "private":
        yield Problem("last_name", f"a {kind} chat has no such field")
    if chat.get("is_forum") and kind not in ("supergroup", "private"):
        yield Problem("is_forum", f"a {kind} chat has no topics")
    yield from _username("username", chat)


@rule("User")
def user_is_somebody(user: Json) -> Iterator[Problem]:
    """Ids are positive, names are not empty, the standing-in accounts are bots or Telegram itself."""
    if not 0 < user["id"] < 2**52:
        yield Problem("id", f"{user['id']} is no id of a user")
    is_bot = user.get("is_bot", False)
    if not user.get("first_name", "Ann"):
        yield Problem("first_name", "is empty")
    if user["id"] in (ANONYMOUS_ADMIN, CHANNEL_BOT) and user.get("is_bot") is False:
        yield Problem("is_bot", "this account is a bot")
    if is_bot and not user.get("username"):
        yield Problem("username", "a bot needs this field")
    if "language_code" in user and not _LANGUAGE.fullmatch(user["language_code"]):
        yield Problem("language_code", f"{short(user['language_code'])} is no IETF language tag")
    yield from _username("username", user)


@rule("ChatFullInfo")
def full_info_suits_its_kind(chat: Json) -> Iterator[Problem]:
    """What belongs to groups is not told of people."""
    if chat["type"] == "private":
        for field in ("invite_link", "permissions", "linked_chat_id", "slow_mode_delay"):
            if field in chat:
                yield Problem(field, "a private chat has no such field")
    linked = chat.get("linked_chat_id")
    if linked is not None and not id_fits("channel", linked):
        yield Problem("linked_chat_id", f"{linked} is no id of a supergroup or channel")
    if "invite_link" in chat:
        yield from _invite("invite_link", chat["invite_link"])


@rule("ChatInviteLink")
def invite_link_is_one(link: Json) -> Iterator[Problem]:
    """An address of t.me, a short name, and a limit only where nobody has to ask."""
    yield from _invite("invite_link", link["invite_link"])
    yield from within("name", link.get("name", ""), 32)
    if "member_limit" in link:
        if not 1 <= link["member_limit"] <= 99_999:
            yield Problem("member_limit", f"{link['member_limit']} is not between 1 and 99999")
        if link["creates_join_request"]:
            yield Problem("member_limit", "a link by which one asks has no limit")
    if link.get("pending_join_request_count", 1) < 1:
        yield Problem("pending_join_request_count", "is left out where nobody waits")
    if link["is_primary"] and ("name" in link or "expire_date" in link):
        yield Problem("is_primary", "a primary link has neither name nor end")


@rule("ForumTopic", "ForumTopicCreated")
def topic_is_named(topic: Json) -> Iterator[Problem]:
    """A name of 1-128 and one of Telegram's six colours."""
    yield from within("name", topic["name"], 128, least=1)
    if topic["icon_color"] not in _COLOURS:
        yield Problem("icon_color", f"{topic['icon_color']:#x} is none of Telegram's six colours")
    if topic.get("message_thread_id", 1) < 1:
        yield Problem("message_thread_id", f"{topic['message_thread_id']} is no id of a thread")


def _username(field: str, named: Json) -> Iterator[Problem]:
    if field in named and not _USERNAME.fullmatch(named[field]):
        yield Problem(field, f"{short(named[field])} is no username")


def _invite(field: str, address: str) -> Iterator[Problem]:
    if not address.startswith(("https://t.me/+", "https://t.me/joinchat/")):
        yield Problem(field, f"{short(address)} is no invite link")
