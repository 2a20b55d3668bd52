"""A watch that no other test shares, and one good update to spoil."""

import copy
from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.conformance.spec import Spec
from sandbox.conformance.watching import Watch
from sandbox.world import ApiCall, SentUpdate, World

Json = dict[str, Any]

BOT_ID = 7_000_000_001
PERSON: Json = {"id": 1001, "is_bot": False, "first_name": "Ann", "language_code": "en"}
BOT: Json = {"id": BOT_ID, "is_bot": True, "first_name": "Vouch", "username": "vouch_bot"}
GROUP: Json = {"id": -1_002_000_000_001, "type": "supergroup", "title": "Honey friends"}
BASIC: Json = {"id": -4_000_001, "type": "group", "title": "Honey friends"}
CHANNEL: Json = {"id": -1_002_000_000_009, "type": "channel", "title": "Honey news"}
PRIVATE: Json = {"id": 1001, "type": "private", "first_name": "Ann"}
ORDER: Json = {"inline_keyboard": [[{"text": "Order", "callback_data": "order:1"}]]}


class Desk:
    """Puts updates and calls before a watch, as a world would, and tells what it found."""

    def __init__(self, spec: Spec, *, watch: Watch | None = None) -> None:
        self.watch = watch or Watch(spec)
        self.world = World()
        self.bot: Bot = self.world.add_bot("vouch_bot")
        self.now = self.world.clock.date()
        self.watch.watch(self.world)

    def message(self, **fields: Any) -> Json:
        """What Ann says in the group, with other fields."""
        message = {"message_id": 12, "date": self.now, "chat": GROUP, "from": PERSON, "text": "+2"} | fields
        return {name: value for name, value in copy.deepcopy(message).items() if value is not None}

    def update(self, **fields: Any) -> Json:
        """An update with a message, or with the payloads that are given."""
        return {"update_id": 100_000_001} | copy.deepcopy(fields or {"message": self.message()})

    def sent(self, *updates: Json) -> list[str]:
        """What is wrong with updates that the sandbox sent."""
        for update in updates:
            self.world.changes.notify("update", SentUpdate(bot=self.bot, json=update))
        return self._found()

    def said(self, **fields: Any) -> list[str]:
        """What is wrong with an update of a message with such fields."""
        return self.sent(self.update(message=self.message(**fields)))

    def asked(self, method: str, /, **parameters: Any) -> list[str]:
        """What is wrong with a request that was refused."""
        refusal = {"ok": False, "error_code": 400, "description": "Bad Request: no"}
        return self.answered(refusal, method, **parameters)

    def answered(self, answer: Json, method: str, /, **parameters: Any) -> list[str]:
        """What is wrong with a request and its answer."""
        call = ApiCall(bot=self.bot, method=method, parameters=parameters, answer=answer)
        self.world.changes.notify("call", call)
        return self._found()

    def _found(self) -> list[str]:
        return [f"{each.problem.path}: {each.problem.what}" for each in self.watch.take()]


@pytest.fixture
def desk(spec: Spec) -> Desk:
    return Desk(spec)
