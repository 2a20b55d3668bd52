"""Mistakes planted in what the sandbox sends: each is found, and the path to it named."""

from collections.abc import Callable

import pytest

from tests.conformance.conftest import BOT, CHANNEL, GROUP, PERSON, Desk, Json
from tests.conformance.exhibits import (
    ANONYMOUS,
    LEFT,
    LINK,
    MEMBER,
    POLL,
    change,
    entity,
    photo,
    press,
    reaction,
)

pytestmark = pytest.mark.unwatched("every mistake here is planted")

GOOD: dict[str, Callable[[Desk], Json]] = {
    "a message": lambda desk: desk.update(),
    "a press": press,
    "a newcomer": change,
    "a reaction": reaction,
    "a newcomer by link": lambda desk: change(desk, invite_link=LINK),
    "a poll": lambda desk: desk.update(poll=POLL),
    "a photo": lambda desk: desk.update(message=desk.message(text=None, photo=photo(), caption="Honey")),
    "an anonymous administrator": lambda desk: desk.update(
        message=desk.message(sender_chat=GROUP, **{"from": ANONYMOUS})
    ),
    "a channel's post": lambda desk: desk.update(
        channel_post=desk.message(chat=CHANNEL, sender_chat=CHANNEL, **{"from": None})
    ),
    "an entity behind an emoji": lambda desk: desk.update(
        message=desk.message(text="🍯 /pick", entities=[entity("bot_command", 3, 5)])
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_is_let_through(desk: Desk, name: str) -> None:
    assert desk.sent(GOOD[name](desk)) == []


RESTRICTED: Json = {"status": "restricted", "user": PERSON, "is_member": True, "until_date": 0}
UPDATES: list[tuple[str, str, Callable[[Desk], Json]]] = [
    ("", "exactly one payload, this has none", lambda desk: {"update_id": 1}),
    ("", "this has message, poll", lambda desk: desk.update(message=desk.message(), poll=POLL)),
    ("update_id", "is no Integer", lambda desk: {"update_id": "1", "message": desk.message()}),
    ("update_id", "needs this field", lambda desk: {"message": desk.message()}),
    ("massage", "Update has no such field", lambda desk: desk.update(massage=desk.message())),
    ("message", "is no Message", lambda desk: desk.update(message=[])),
    (
        "message.chat.type",
        "no message",
        lambda desk: desk.update(message=desk.message(chat=CHANNEL, sender_chat=CHANNEL, **{"from": None})),
    ),
    ("channel_post.chat.type", "no channel_post", lambda desk: desk.update(channel_post=desk.message())),
    (
        "channel_post.sender_chat",
        "by the channel itself",
        lambda desk: desk.update(channel_post=desk.message(chat=CHANNEL, **{"from": None})),
    ),
    ("edited_message.edit_date", "an edit needs", lambda desk: desk.update(edited_message=desk.message())),
    ("callback_query", "exactly one of data", lambda desk: press(desk, data=None)),
    ("callback_query.data", "65 bytes", lambda desk: press(desk, data="x" * 65)),
    ("callback_query.from.id", "is no person", lambda desk: press(desk, **{"from": ANONYMOUS})),
    (
        "callback_query.message.from.id",
        "the bot's own buttons",
        lambda desk: press(desk, message=desk.message()),
    ),
    ("callback_query.chat_instance", "needs this field", lambda desk: press(desk, chat_instance=None)),
    (
        "callback_query.message.text",
        "InaccessibleMessage has no such field",
        lambda desk: press(desk, message=desk.message(date=0)),
    ),
    (
        "chat_member.new_chat_member.can_send_messages",
        "ChatMemberRestricted needs",
        lambda desk: change(desk, new_chat_member=RESTRICTED),
    ),
    (
        "chat_member.new_chat_member.until_date",
        "ChatMemberBanned needs",
        lambda desk: change(desk, new_chat_member={"status": "kicked", "user": PERSON}),
    ),
    (
        "chat_member.new_chat_member.is_anonymous",
        "ChatMemberOwner needs",
        lambda desk: change(desk, new_chat_member={"status": "creator", "user": PERSON}),
    ),
    (
        "chat_member.new_chat_member.status",
        "'guest' is none of",
        lambda desk: change(desk, new_chat_member={"status": "guest", "user": PERSON}),
    ),
    ("chat_member.new_chat_member", "nothing changed", lambda desk: change(desk, new_chat_member=LEFT)),
    (
        "chat_member.new_chat_member.user.id",
        "somebody else",
        lambda desk: change(desk, new_chat_member=MEMBER | {"user": PERSON | {"id": 5}}),
    ),
    (
        "chat_member.new_chat_member.user.id",
        "not the kind for this user",
        lambda desk: change(
            desk, old_chat_member=LEFT | {"user": BOT}, new_chat_member=MEMBER | {"user": BOT}
        ),
    ),
    (
        "chat_member.invite_link",
        "who came in",
        lambda desk: change(desk, old_chat_member=MEMBER, new_chat_member=LEFT, invite_link=LINK),
    ),
    (
        "chat_member.invite_link.invite_link",
        "is masked",
        lambda desk: change(desk, invite_link=LINK | {"invite_link": "https://t.me/+0123456789abcdef"}),
    ),
    (
        "chat_member.invite_link.invite_link",
        "is shown whole",
        lambda desk: change(desk, invite_link=LINK | {"creator": BOT}),
    ),
    (
        "chat_member.invite_link.member_limit",
        "has no limit",
        lambda desk: change(desk, invite_link=LINK | {"creates_join_request": True, "member_limit": 5}),
    ),
    ("message_reaction", "exactly one of user and actor_chat", lambda desk: reaction(desk, actor_chat=GROUP)),
    ("message_reaction.new_reaction", "same as before", lambda desk: reaction(desk, new_reaction=[])),
    (
        "message_reaction.new_reaction[0].emoji",
        "needs this field",
        lambda desk: reaction(desk, new_reaction=[{"type": "emoji"}]),
    ),
    (
        "message_reaction.new_reaction[0].type",
        "'smile' is none of",
        lambda desk: reaction(desk, new_reaction=[{"type": "smile"}]),
    ),
    (
        "poll.correct_option_ids",
        "for quizzes only",
        lambda desk: desk.update(poll=POLL | {"correct_option_ids": [0]}),
    ),
    (
        "poll_answer.option_persistent_ids",
        "other options",
        lambda desk: desk.update(
            poll_answer={"poll_id": "1", "user": PERSON, "option_ids": [0, 1], "option_persistent_ids": ["a"]}
        ),
    ),
    (
        "pre_checkout_query.invoice_payload",
        "no invoice had",
        lambda desk: desk.update(
            pre_checkout_query={
                "id": "1",
                "from": PERSON,
                "currency": "XTR",
                "total_amount": 5,
                "invoice_payload": "p",
            }
        ),
    ),
    (
        "inline_query.query",
        "257 characters",
        lambda desk: desk.update(inline_query={"id": "1", "from": PERSON, "query": "x" * 257, "offset": ""}),
    ),
    (
        "chat_join_request.user_chat_id",
        "is not the chat of 1001",
        lambda desk: desk.update(
            chat_join_request={"chat": GROUP, "from": PERSON, "user_chat_id": 5, "date": desk.now}
        ),
    ),
]


@pytest.mark.parametrize(("path", "what", "spoiled"), UPDATES)
def test_a_mistake_in_an_update_is_found(
    desk: Desk, path: str, what: str, spoiled: Callable[[Desk], Json]
) -> None:
    found = desk.sent(spoiled(desk))
    assert any(line.startswith(f"{path}: ") and what in line for line in found), found


def test_ids_must_rise(desk: Desk) -> None:
    later = desk.update(message=desk.message(message_id=13)) | {"update_id": 100_000_003}
    earlier = desk.update(message=desk.message(message_id=12)) | {"update_id": 100_000_002}

    assert desk.sent(later) == []
    assert desk.sent(earlier) == [
        "update_id: 100000002 comes after 100000003",
        "message.message_id: 12 comes after 13 in chat -1002000000001",
    ]


def test_what_is_paid_must_be_what_was_asked(desk: Desk) -> None:
    price = {"label": "Honey", "amount": 129}
    link = {"ok": True, "result": "https://t.me/$abc"}
    invoice = {"title": "Honey", "description": "A jar", "payload": "order:1", "currency": "XTR"}
    assert desk.answered(link, "createInvoiceLink", prices=[price], **invoice) == []
    query = {"id": "1", "from": PERSON, "currency": "XTR", "total_amount": 130, "invoice_payload": "order:1"}

    assert desk.sent(desk.update(pre_checkout_query=query)) == [
        "pre_checkout_query.total_amount: 130, but the prices sum to [129]"
    ]
