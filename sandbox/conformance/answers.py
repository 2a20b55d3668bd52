"""Answers of the sandbox: the right type for the method, and what the answer must say to the request."""

from collections.abc import Callable, Iterator

from sandbox.conformance.problems import Check, Problem, Problems, under
from sandbox.conformance.requests import Read
from sandbox.conformance.shapes import Shapes
from sandbox.conformance.spec import Spec
from sandbox.models.users import Json

_PREFIXES = {
    400: "Bad Request: ",
    403: "Forbidden: ",
    409: "Conflict: ",
    429: "Too Many Requests: retry after ",
}
_ONLY_IN_GET_ME = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
_SENT_KINDS = {"sendPoll": "poll", "sendInvoice": "invoice", "sendPhoto": "photo", "sendMessage": "text"}


class Answers:
    """Checks what the sandbox answers."""

    def __init__(self, spec: Spec, shapes: Shapes) -> None:
        self._spec = spec
        self._shapes = shapes
        self._parameters = shapes.of(["ResponseParameters"])

    def check(self, request: Read, answer: Json, *, bot_id: int) -> Problems:
        """Return what is wrong with an answer's body."""
        if answer.get("ok") is True:
            return self._result(request, answer, bot_id=bot_id)
        return list(self._error(answer))

    def _result(self, request: Read, answer: Json, *, bot_id: int) -> Problems:
        # "Webhook was set" stands beside the result.
        if answer.keys() - {"description"} != {"ok", "result"}:
            return (Problem("", f"a successful answer has ok and result, not {', '.join(sorted(answer))}"),)
        method = self._spec.find_method(request.method)
        if method is None:
            return (Problem("", "is a success, but the API has no such method"),)
        # Updates were checked when they were queued.
        types = ("Array of Update",) if method.name == "getUpdates" else method.returns
        check: Check = _is_list if method.name == "getUpdates" else self._shapes.of(types)
        result = answer["result"]
        if found := check(result):
            return under("result", found)
        rule = _RULES.get(method.name)
        problems = list(rule(request.values, result)) if rule is not None else []
        if isinstance(result, dict) and "message_id" in result and "chat" in result:
            problems += _message(request, result, bot_id=bot_id)
        if result is False:
            problems.append(Problem("", "is false; what failed is an error"))
        return under("result", problems)

    def _error(self, answer: Json) -> Iterator[Problem]:
        code, description, parameters = (
            answer.get(name) for name in ("error_code", "description", "parameters")
        )
        if answer.get("ok") is not False or answer.keys() - {"ok", "error_code", "description", "parameters"}:
            yield Problem("", f"an error has ok, error_code and description, not {', '.join(sorted(answer))}")
        if not isinstance(code, int) or not 400 <= code < 600:
            yield Problem("error_code", f"{code!r} is no code of an error")
            return
        if not isinstance(description, str) or not description.startswith(_PREFIXES.get(code, "")):
            yield Problem("description", f"{description!r} is not how an error {code} is worded")
        if parameters is not None:
            yield from under("parameters", self._parameters(parameters))
        if code == 429 and "retry_after" not in (parameters or {}):
            yield Problem("parameters.retry_after", "an error 429 says how long to wait")


def _is_list(value: object) -> Problems:
    return () if isinstance(value, list) else (Problem("", "is no array"),)


def _message(request: Read, message: Json, *, bot_id: int) -> Iterator[Problem]:
    """Find a message that is not where it was sent, not the bot's, or not what was sent."""
    chat_id = request.values.get("chat_id")
    if isinstance(chat_id, int) and message["chat"]["id"] != chat_id:
        yield Problem("chat.id", f"{message['chat']['id']} is not the chat that was named")
    if request.method.startswith("edit") and message["message_id"] != request.values.get("message_id"):
        yield Problem("message_id", f"{message['message_id']} is not the message that was named")
    if request.method.startswith(("send", "forward")) and message.get("from", {}).get("id", bot_id) != bot_id:
        yield Problem("from.id", "what a bot sends is from the bot")
    kind = _SENT_KINDS.get(request.method)
    if kind is not None and kind not in message:
        yield Problem(kind, f"{request.method} makes a message with this field")
    if request.method.startswith("send") and "edit_date" in message:
        yield Problem("edit_date", "a new message was never edited")


def _get_me(_: Json, user: Json) -> Iterator[Problem]:
    for field in _ONLY_IN_GET_ME:
        if field not in user:
            yield Problem(field, "getMe tells this")
    if not user["is_bot"]:
        yield Problem("is_bot", "who calls is a bot")


def _get_chat(call: Json, chat: Json) -> Iterator[Problem]:
    if isinstance(call["chat_id"], int) and chat["id"] != call["chat_id"]:
        yield Problem("id", f"{chat['id']} is not the chat that was named")


def _get_chat_member(call: Json, member: Json) -> Iterator[Problem]:
    if member["user"]["id"] != call["user_id"]:
        yield Problem("user.id", f"{member['user']['id']} is not the user that was named")


def _get_administrators(_: Json, members: list[Json]) -> Iterator[Problem]:
    for position, member in enumerate(members):
        if member["status"] not in ("creator", "administrator"):
            yield Problem(f"[{position}].status", f"{member['status']} is no administrator")
    if sum(member["status"] == "creator" for member in members) > 1:
        yield Problem("", "a chat has one owner at most")


def _album(call: Json, messages: list[Json]) -> Iterator[Problem]:
    if len(messages) != len(call["media"]):
        yield Problem("", f"{len(messages)} messages for {len(call['media'])} items")
    if len({message.get("media_group_id") for message in messages}) != 1 or not messages:
        yield Problem("", "the messages of an album share their media_group_id")
    yield from _rising(messages)


def _copies(call: Json, ids: list[Json]) -> Iterator[Problem]:
    if len(ids) > len(call["message_ids"]):
        yield Problem("", f"{len(ids)} copies of {len(call['message_ids'])} messages")
    yield from _rising(ids)


def _rising(messages: list[Json]) -> Iterator[Problem]:
    ids = [message["message_id"] for message in messages]
    if ids != sorted(set(ids)):
        yield Problem("", f"the ids {ids} don't rise")


def _invoice(call: Json, message: Json) -> Iterator[Problem]:
    invoice, total = message["invoice"], sum(int(price["amount"]) for price in call["prices"])
    if invoice["total_amount"] != total:
        yield Problem("invoice.total_amount", f"{invoice['total_amount']}, but the prices sum to {total}")
    if invoice["currency"] != call["currency"]:
        yield Problem("invoice.currency", f"{invoice['currency']} is not the currency that was named")


def _poll(call: Json, message: Json) -> Iterator[Problem]:
    if len(message["poll"]["options"]) != len(call["options"]):
        yield Problem("poll.options", f"{len(call['options'])} options were given")
    if message["poll"]["total_voter_count"]:
        yield Problem("poll.total_voter_count", "nobody can have voted yet")


def _stopped(_: Json, poll: Json) -> Iterator[Problem]:
    if not poll["is_closed"]:
        yield Problem("is_closed", "the poll was stopped")


def _address(prefix: str) -> Callable[[Json, str], Iterator[Problem]]:
    def check(_: Json, address: str) -> Iterator[Problem]:
        if not address.startswith(prefix):
            yield Problem("", f"{address!r} is no address that begins with {prefix}")

    return check


def _file(_: Json, file: Json) -> Iterator[Problem]:
    if not file.get("file_path"):
        yield Problem("file_path", "what can be fetched has a path")


def _own_link(_: Json, link: Json) -> Iterator[Problem]:
    if link["invite_link"].endswith("..."):
        yield Problem("invite_link", "a bot's own link is not masked")


def _count(_: Json, number: int) -> Iterator[Problem]:
    if number < 1:
        yield Problem("", f"{number} members, and yet the bot is one")


_RULES: dict[str, Callable[..., Iterator[Problem]]] = {
    "getMe": _get_me,
    "getChat": _get_chat,
    "getChatMember": _get_chat_member,
    "getChatAdministrators": _get_administrators,
    "getChatMemberCount": _count,
    "sendMediaGroup": _album,
    "copyMessages": _copies,
    "forwardMessages": _copies,
    "sendInvoice": _invoice,
    "sendPoll": _poll,
    "stopPoll": _stopped,
    "createInvoiceLink": _address("https://t.me/$"),
    "exportChatInviteLink": _address("https://t.me/+"),
    "getFile": _file,
    "createChatInviteLink": _own_link,
    "editChatInviteLink": _own_link,
    "revokeChatInviteLink": _own_link,
}
