"""Updates: exactly one payload of the right kind, and what each kind of payload must agree in."""

from collections.abc import Iterator

from sandbox.conformance.problems import Problem, rule, short
from sandbox.conformance.rules.chats import ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM, id_fits
from sandbox.conformance.rules.texts import chosen, in_bytes, within
from sandbox.models.users import Json

_PRESENT = ("creator", "administrator", "member", "restricted")
_CHAT_KINDS = ("sender", "private", "group", "supergroup", "channel")


@rule("Update")
def update_has_one_payload(update: Json) -> Iterator[Problem]:
    """A positive id, and one payload."""
    kinds = sorted(update.keys() - {"update_id"})
    if len(kinds) != 1:
        yield Problem("", f"an update has exactly one payload, this has {', '.join(kinds) or 'none'}")
    if not 0 < update["update_id"] < 2**31:
        yield Problem("update_id", f"{update['update_id']} is no id of an update")


@rule("Update")
def posts_are_told_from_messages(update: Json) -> Iterator[Problem]:
    """What channels post comes as channel_post, everything else as message; edits say when."""
    for kind, message in update.items():
        if not kind.endswith(("message", "channel_post")) or kind == "guest_message":
            continue
        is_post = message["chat"]["type"] == "channel"
        if is_post != kind.endswith("channel_post"):
            yield Problem(f"{kind}.chat.type", f"a {message['chat']['type']} chat's message is no {kind}")
        if kind.startswith("edited") and "edit_date" not in message:
            yield Problem(f"{kind}.edit_date", "an edit needs this field")
        if not kind.startswith("edited") and "edit_date" in message:
            yield Problem(f"{kind}.edit_date", "a new message was never edited")


@rule("CallbackQuery")
def press_is_of_one_button(query: Json) -> Iterator[Problem]:
    """A real person pressed one button under one message."""
    yield from _one_of(query, "message", "inline_message_id")
    yield from _one_of(query, "data", "game_short_name")
    if "data" in query:
        yield from in_bytes("data", query["data"], 64)
    if not query["chat_instance"]:
        yield Problem("chat_instance", "is empty")
    yield from _is_real("from", query["from"])
    chat = query.get("message", {}).get("chat", {})
    if chat.get("type") == "private" and chat["id"] != query["from"]["id"]:
        yield Problem("message.chat.id", f"{query['from']['id']} presses in the chat of {chat['id']}")


@rule("MessageReactionUpdated")
def reaction_is_somebodys(change: Json) -> Iterator[Problem]:
    """A user's or a chat's, and it changed."""
    yield from _one_of(change, "user", "actor_chat")
    if change["old_reaction"] == change["new_reaction"]:
        yield Problem("new_reaction", "is the same as before")
    if change.get("user", {}).get("is_bot"):
        yield Problem("user.is_bot", "nobody is told of bots' reactions")


@rule("MessageReactionCountUpdated")
def counts_are_of_different_reactions(change: Json) -> Iterator[Problem]:
    """Each reaction is counted once."""
    kinds = [str(count["type"]) for count in change["reactions"]]
    if len(kinds) != len(set(kinds)):
        yield Problem("reactions", "one reaction is counted twice")


@rule("ReactionCount")
def somebody_reacted(count: Json) -> Iterator[Problem]:
    """A reaction that nobody gave is left out."""
    if count["total_count"] < 1:
        yield Problem("total_count", f"{count['total_count']} reactions are left out")


@rule("ChatMemberUpdated")
def membership_changed(change: Json) -> Iterator[Problem]:
    """One user's standing, before and after; a link only where it let somebody in."""
    before, after = change["old_chat_member"], change["new_chat_member"]
    if before["user"]["id"] != after["user"]["id"]:
        yield Problem("new_chat_member.user.id", "is somebody else than before")
    if before == after:
        yield Problem("new_chat_member", "nothing changed")
    for side, member in (("old_chat_member", before), ("new_chat_member", after)):
        yield from _status_fits(f"{side}.status", member["status"], change["chat"]["type"])
    if "invite_link" in change and (_is_in(before) or not _is_in(after)):
        yield Problem("invite_link", "is told only of somebody who came in")
    if change.get("via_join_request") and not _is_in(after):
        yield Problem("via_join_request", "is told only of somebody who came in")


@rule("ChatMemberAdministrator")
def administrator_manages(member: Json) -> Iterator[Problem]:
    """Every administrator has the right that all others imply."""
    rights = [name for name in member if name.startswith("can_") and name != "can_be_edited"]
    if not member["can_manage_chat"] and any(member[name] for name in rights):
        yield Problem("can_manage_chat", "is implied by any other right")
    if len(member.get("custom_title", "")) > 16:
        yield Problem("custom_title", "is longer than 16 characters")


@rule("ChatJoinRequest")
def request_is_of_a_person(request: Json) -> Iterator[Problem]:
    """Somebody asks to be let into a group or channel, and may be written to."""
    if request["chat"]["type"] not in ("supergroup", "channel"):
        yield Problem("chat.type", f"nobody asks to be let into a {request['chat']['type']} chat")
    if request["user_chat_id"] != request["from"]["id"]:
        yield Problem("user_chat_id", f"{request['user_chat_id']} is not the chat of {request['from']['id']}")
    yield from _is_real("from", request["from"])


@rule("InlineQuery")
def inline_query_is_short(query: Json) -> Iterator[Problem]:
    """At most 256 characters, from a real person."""
    yield from within("query", query["query"], 256)
    yield from in_bytes("offset", query["offset"], 64, least=0)
    if "chat_type" in query:
        yield from chosen("chat_type", query["chat_type"], _CHAT_KINDS)
    yield from _is_real("from", query["from"])


@rule("ChosenInlineResult")
def chosen_result_is_known(chosen_result: Json) -> Iterator[Problem]:
    """A result's id of 1-64 bytes."""
    yield from in_bytes("result_id", chosen_result["result_id"], 64)
    yield from _is_real("from", chosen_result["from"])


@rule("WebhookInfo")
def failure_is_dated(info: Json) -> Iterator[Problem]:
    """A failure has a date and a message, and the queue a length."""
    if ("last_error_date" in info) != ("last_error_message" in info):
        yield Problem("last_error_message", "a failure has a date and a message")
    if info["pending_update_count"] < 0:
        yield Problem("pending_update_count", f"{info['pending_update_count']} updates")


@rule("ResponseParameters")
def parameters_help(parameters: Json) -> Iterator[Problem]:
    """Where the group went, or how long to wait."""
    if "migrate_to_chat_id" in parameters and not id_fits("supergroup", parameters["migrate_to_chat_id"]):
        yield Problem("migrate_to_chat_id", f"{parameters['migrate_to_chat_id']} is no id of a supergroup")
    if parameters.get("retry_after", 1) < 1:
        yield Problem("retry_after", f"{parameters['retry_after']} s is no time to wait")


def _one_of(value: Json, *fields: str) -> Iterator[Problem]:
    present = [field for field in fields if field in value]
    if len(present) != 1:
        yield Problem(
            "",
            f"exactly one of {' and '.join(fields)} is needed, here is {' and '.join(present) or 'neither'}",
        )


def _is_real(field: str, user: Json) -> Iterator[Problem]:
    if user["is_bot"] or user["id"] in (ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM):
        yield Problem(f"{field}.id", f"{short(user['first_name'])} is no person")


def _is_in(member: Json) -> bool:
    return member["status"] in _PRESENT and member.get("is_member", True)


def _status_fits(path: str, status: str, kind: str) -> Iterator[Problem]:
    if kind == "private" and status not in ("member", "kicked"):
        yield Problem(path, f"nobody is {status} in a private chat")
    if status == "restricted" and kind != "supergroup":
        yield Problem(path, f"nobody is restricted in a {kind} chat")
