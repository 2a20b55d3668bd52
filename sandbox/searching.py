"""Inline mode, as people use it: typing a bot's name, choosing a result, sharing by a button."""

from sandbox.bots import Bot
from sandbox.groups import Group
from sandbox.inline import ask, name_message, tell_choice
from sandbox.models.chats import Chat
from sandbox.models.inline import InlineQuery, InlineResult
from sandbox.models.messages import Message
from sandbox.models.users import Json
from sandbox.sights import SeenMessage, Tap
from sandbox.talking import Talker

_LONGEST_QUERY = 256
_CHOSEN = "switch_inline_query_chosen_chat"
_SWITCHES = ("switch_inline_query", _CHOSEN)


class Searcher(Talker):
    """Somebody who types @bot and words in a chat."""

    async def types_inline(
        self, bot: Bot, text: str = "", *, in_: Group | None = None, to: Bot | None = None, offset: str = ""
    ) -> InlineQuery:
        """Type a bot's name and words in a group, or in the private chat with a bot; see `answered()`."""
        assert in_ is not None or to is not None, "say where: in_=group or to=bot"
        return self._asks(bot, text, self._place(in_, to, None), offset)

    async def scrolls(self, search: InlineQuery) -> InlineQuery:
        """Ask for more results than were shown so far."""
        assert search.answer is not None, "nothing has been offered so far"
        assert search.answer.next_offset, "there are no more results"
        bot = self.world.bots_by_id[search.bot_id]
        return self._asks(bot, search.text, search.chat, search.answer.next_offset)

    async def chooses(self, search: InlineQuery, result: str | InlineResult = "") -> SeenMessage:
        """Send a result: one whose title or id contains words, the first if none are given."""
        chosen = result if isinstance(result, InlineResult) else _find(search, result)
        content = chosen.content | {"entities": list(chosen.content.get("entities", []))}
        extra = dict(content.pop("extra", {}))
        bot = self.world.bots_by_id[search.bot_id]
        sent = self._writes(
            search.chat, None, None, via_bot=bot.user, markup=chosen.markup, extra=extra, **content
        )
        if chosen.markup is not None:
            name_message(self.world, sent.message)
        tell_choice(self.world, search, chosen, sent.message)
        return sent

    async def follows_button(self, search: InlineQuery) -> SeenMessage:
        """Press the button above the results, which starts the bot with a parameter."""
        assert search.answer is not None, "nothing has been offered so far"
        button = search.answer.button
        assert button is not None, "there is no button above the results"
        return await self.starts(self.world.bots_by_id[search.bot_id], button.start_parameter)

    async def shares(
        self, words: str, *, on: SeenMessage, in_: Group | None = None, to: Bot | None = None
    ) -> InlineQuery:
        """Press a button that lets her pick a chat, pick one, and see there what the bot offers."""
        button = on.button(words)
        assert any(name in button for name in _SWITCHES), f"the button {words!r} lets her pick no chat"
        chat = self._place(in_, to, None)
        wish = button.get(_CHOSEN)
        if wish is not None:
            assert _fits(chat, wish), f"the button {words!r} is not for a {chat.kind} chat"
            query = wish.get("query", "")
        else:
            query = button["switch_inline_query"]
        return self._asks(self._bot_of(on.message), query, chat, "")

    async def taps(self, words: str, *, on: SeenMessage) -> Tap:
        """Press the inline button whose text contains `words`; a link is opened, a deep link followed."""
        button = on.button(words)
        if "switch_inline_query_current_chat" in button:
            query = button["switch_inline_query_current_chat"]
            return Tap(typed=self._asks(self._bot_of(on.message), query, on.message.chat, ""))
        assert not any(name in button for name in _SWITCHES), (
            f"{words!r} asks which chat: shares({words!r}, on=message, in_=group)"
        )
        return await super().taps(words, on=on)

    def _asks(self, bot: Bot, text: str, chat: Chat, offset: str) -> InlineQuery:
        assert bot.inline is not None, f"@{bot.username} has no inline mode: switch it on with bot.inline"
        assert len(text) <= _LONGEST_QUERY, f"a query has at most {_LONGEST_QUERY} characters"
        self.must_be_able_to_write(chat)
        return ask(self.world, bot, self.user, chat, text, offset=offset)

    def _bot_of(self, message: Message) -> Bot:
        return self.world.bots_by_id[(message.via_bot or message.sender).id]


def _find(search: InlineQuery, words: str) -> InlineResult:
    """Return the first result with the words; raises AssertionError that lists what there is."""
    assert search.answer is not None, "nothing has been offered so far"
    for result in search.answer.results:
        if words in result.title or words in result.id:
            return result
    raise AssertionError(f"no result {words!r} among {search.answer.titles}")


def _fits(chat: Chat, wish: Json) -> bool:
    kinds = {"private": "bot", "group": "group", "supergroup": "group", "channel": "channel"}
    return bool(wish.get(f"allow_{kinds[chat.kind]}_chats"))
