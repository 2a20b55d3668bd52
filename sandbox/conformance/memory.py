"""What can be seen only over time: ids that rise, dates that have come, payments that follow an invoice."""

from collections.abc import Iterator

from sandbox.clock import Clock
from sandbox.conformance.problems import Problem
from sandbox.conformance.requests import Read
from sandbox.models.users import Json

_MESSAGES = ("message", "channel_post")
# A clock's second may turn between an event and its check.
_SLACK = 1


class Memory:
    """What one bot was shown so far."""

    def __init__(self, *, bot_id: int, clock: Clock) -> None:
        self._bot_id = bot_id
        self._clock = clock
        self._last_update = 0
        self._last_message: dict[int, int] = {}
        self._totals: dict[str, set[int]] = {}
        self._asked: set[tuple[int, str, int]] = set()

    def of_update(self, update: Json) -> Iterator[Problem]:
        """Find what doesn't follow from what the bot was shown before; the shape must be right."""
        if update["update_id"] <= self._last_update:
            yield Problem("update_id", f"{update['update_id']} comes after {self._last_update}")
        self._last_update = update["update_id"]
        kind, payload = next((kind, payload) for kind, payload in update.items() if kind != "update_id")
        for path, what in self._of_payload(kind, payload):
            yield Problem(f"{kind}.{path}", what)

    def of_answer(self, request: Read, answer: Json) -> Iterator[Problem]:
        """Find ids of new messages that are not new, and remember what is to be paid."""
        result = answer["result"]
        if request.method in ("sendInvoice", "createInvoiceLink"):
            self._offered(request.values)
        if request.method == "answerInlineQuery":
            for offer in request.values.get("results", ()):
                content = offer.get("input_message_content", {})
                if "prices" in content:
                    self._offered(content)
        if request.method.startswith(("send", "copy", "forward")):
            chat_id = request.values.get("chat_id")
            for message in result if isinstance(result, list) else [result]:
                if not isinstance(message, dict):
                    continue
                chat_id = message.get("chat", {}).get("id", chat_id)
                if isinstance(chat_id, int):
                    for path, what in self._new(chat_id, message["message_id"]):
                        yield Problem(f"result.{path}", what)

    def _offered(self, invoice: Json) -> None:
        total = sum(int(price["amount"]) for price in invoice["prices"])
        self._totals.setdefault(invoice["payload"], set()).add(total)

    def _of_payload(self, kind: str, payload: Json) -> Iterator[Problem]:
        if kind in _MESSAGES:
            yield from self._new(payload["chat"]["id"], payload["message_id"])
            if payment := payload.get("successful_payment"):
                yield from self._paid(payload["from"]["id"], payment)
        for field in ("date", "edit_date"):
            if payload.get(field, 0) > self._clock.time() + _SLACK:
                yield Problem(field, f"{payload[field]} is yet to come")
        match kind:
            case "my_chat_member" | "chat_member":
                is_own = payload["new_chat_member"]["user"]["id"] == self._bot_id
                if is_own != (kind == "my_chat_member"):
                    yield Problem("new_chat_member.user.id", f"{kind} is not the kind for this user")
                yield from self._link(payload)
            case "chat_join_request":
                yield from self._link(payload)
            case "callback_query" if "message" in payload and "from" in payload["message"]:
                message = payload["message"]
                authors = {message["from"]["id"], message.get("via_bot", {}).get("id")}
                if self._bot_id not in authors and "sender_chat" not in message:
                    yield Problem("message.from.id", "only the bot's own buttons are told to it")
            case "pre_checkout_query":
                yield from self._checked_out(payload)

    def _new(self, chat_id: int, message_id: int) -> Iterator[Problem]:
        last = self._last_message.get(chat_id, 0)
        if message_id <= last:
            yield Problem("message_id", f"{message_id} comes after {last} in chat {chat_id}")
        self._last_message[chat_id] = max(last, message_id)

    def _link(self, payload: Json) -> Iterator[Problem]:
        link = payload.get("invite_link")
        if link is None:
            return
        is_own, is_masked = link["creator"]["id"] == self._bot_id, link["invite_link"].endswith("...")
        if is_own == is_masked:
            told = (
                "is shown whole to the bot that made it" if is_own else "of another administrator is masked"
            )
            yield Problem("invite_link.invite_link", f"a link {told}")

    def _checked_out(self, query: Json) -> Iterator[Problem]:
        payload, total = query["invoice_payload"], query["total_amount"]
        totals = self._totals.get(payload)
        if totals is None:
            yield Problem("invoice_payload", f"no invoice had the payload {payload!r}")
        elif total not in totals and not (
            # Shipping and tips come on top.
            query["currency"] != "XTR" and total > min(totals)
        ):
            yield Problem("total_amount", f"{total}, but the prices sum to {sorted(totals)}")
        self._asked.add((query["from"]["id"], payload, total))

    def _paid(self, user_id: int, payment: Json) -> Iterator[Problem]:
        asked = (user_id, payment["invoice_payload"], payment["total_amount"])
        if asked not in self._asked and not payment.get("is_recurring"):
            yield Problem("successful_payment", "no pre-checkout query asked for this")
