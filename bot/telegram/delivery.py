"""One update on its way through the handlers: who acts, the answer it may carry back, what failed."""

from collections.abc import Awaitable, Mapping, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final


@dataclass(slots=True, kw_only=True, eq=False)
class Delivery:
    """One update being handled, with the *reply slot* that a webhook's own response can carry."""

    update_id: int
    kind: str
    #: Whose updates are handled in order: a user, else the chat that speaks or is spoken of; else 0.
    person_id: int
    chat_id: int | None
    #: When it happened, in unix seconds, where Telegram says so.
    sent_at: int | None
    by_webhook: bool
    reply: dict[str, object] | None = None
    #: Ends once what the reply tells of is stored, or raises what kept it from that.
    stored: Awaitable[None] | None = None
    failure: Exception | None = None
    #: The answer to Telegram is out: the slot is shut and a failure can no longer hold it back.
    over: bool = False

    @property
    def has_slot(self) -> bool:
        """Whether its answer can travel in the response to its webhook."""
        return self.by_webhook and not self.over and self.reply is None

    def takes(self, method: str, params: Mapping[str, object]) -> bool:
        """Put a method call into the reply slot, if there is one and it is still free."""
        if not self.has_slot:
            return False
        self.reply = {"method": method, **{key: value for key, value in params.items() if value is not None}}
        return True


current_delivery: Final[ContextVar[Delivery | None]] = ContextVar("current_delivery", default=None)


def hold_back(stored: Awaitable[None]) -> bool:
    """Keep the reply that is about to be given until `stored` has ended; says whether it can be kept.

    Else it would go out by a request of its own, and whoever gives it has to wait.
    """
    delivery = current_delivery.get()
    if delivery is None or not delivery.has_slot:
        return False
    delivery.stored = stored
    return True


def delivery_of(raw: object, *, by_webhook: bool) -> Delivery | None:
    """Read who and where from an unparsed update; None if it is no update at all."""
    if not isinstance(raw, dict):
        return None
    update_id = raw.get("update_id")
    if type(update_id) is not int:
        return None
    kind, body = _body(raw)
    chat = body.get("chat")
    if chat is None:
        chat = _part(body.get("message")).get("chat")
    sent_at = body.get("date")
    return Delivery(
        update_id=update_id,
        kind=kind,
        person_id=_person(kind, body),
        chat_id=_id(chat),
        sent_at=sent_at if type(sent_at) is int else None,
        by_webhook=by_webhook,
    )


def name_delivery(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Add the ids of the update being handled to a log line (a structlog processor)."""
    delivery = current_delivery.get()
    if delivery is not None:
        event.setdefault("update_id", delivery.update_id)
        event.setdefault("person_id", delivery.person_id)
        event.setdefault("chat_id", delivery.chat_id)
    return event


def _body(raw: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    for kind, body in raw.items():
        if type(body) is dict:
            return kind, body
    return "unknown", {}


def _person(kind: str, body: dict[str, Any]) -> int:
    # Anonymous admins and channels share one user id across all groups; their chat tells them apart.
    names = ("sender_chat", "from", "user", "actor_chat", "voter_chat", "chat")
    # Whoever comes or goes, by whose hand ever: being added again must not overtake having left.
    for found in (*_moved(kind, body), *(_id(body.get(name)) for name in names)):
        if found is not None:
            return found
    return 0


def _moved(kind: str, body: dict[str, Any]) -> tuple[int | None, ...]:
    if kind == "chat_member":
        return (_id(_part(body.get("new_chat_member")).get("user")),)
    arrived = body.get("new_chat_members")
    first = arrived[0] if type(arrived) is list and arrived else None
    return _id(body.get("left_chat_member")), _id(first)


def _part(value: object) -> dict[str, Any]:
    return value if type(value) is dict else {}


def _id(value: object) -> int | None:
    found = _part(value).get("id")
    return found if type(found) is int else None
