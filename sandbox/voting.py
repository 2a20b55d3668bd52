"""What people do with polls."""

from collections.abc import Sequence

from sandbox.groups import Group
from sandbox.models.polls import MOST_OPTIONS, Poll, PollOption
from sandbox.polls import add_option, close, open_poll, vote
from sandbox.sights import SeenMessage
from sandbox.talking import Talker


class Voter(Talker):
    """Somebody who votes, and asks others to."""

    async def sends_poll(
        self,
        question: str,
        options: Sequence[str],
        *,
        in_: Group,
        anonymous: bool = True,
        several: bool = False,
        reply_to: SeenMessage | None = None,
    ) -> SeenMessage:
        """Ask the group; `several` lets everybody choose more than one option."""
        assert all(words.strip() for words in (question, *options)), "a poll needs words"
        assert 1 <= len(options) <= MOST_OPTIONS, f"a poll has 1-{MOST_OPTIONS} options"
        poll = Poll(
            id=str(self.world.number()),
            owner=self.user,
            question=question,
            options=[
                PollOption(persistent_id=str(place), text=option) for place, option in enumerate(options)
            ],
            is_anonymous=anonymous,
            allows_multiple_answers=several,
        )
        open_poll(self.world, poll)
        return self._writes(in_.chat, reply_to, None, poll=poll)

    async def votes(self, on: SeenMessage, *choices: int | str) -> None:
        """Vote for options by their place, from 0 on, or by words in them; this replaces an earlier vote."""
        poll = self._poll(on)
        chosen = sorted({_place(poll, choice) for choice in choices})
        assert chosen, "say what she votes for: retracts_vote takes a vote back"
        assert not poll.is_closed, f"the poll {poll.question!r} is closed"
        assert len(chosen) == 1 or poll.allows_multiple_answers, (
            f"the poll {poll.question!r} allows one answer only"
        )
        assert poll.allows_revoting or self.id not in poll.votes, (
            f"the poll {poll.question!r} does not allow to vote again"
        )
        self._vote(on, poll, chosen)

    async def retracts_vote(self, on: SeenMessage) -> None:
        """Take her vote back."""
        poll = self._poll(on)
        assert not poll.is_closed, f"the poll {poll.question!r} is closed"
        assert poll.allows_revoting, f"the poll {poll.question!r} does not allow to take a vote back"
        assert self.id in poll.votes, f"{self!r} has not voted in {poll.question!r}"
        self._vote(on, poll, [])

    async def adds_option(self, text: str, *, to: SeenMessage) -> None:
        """Add an option of her own to a poll that lets people do so."""
        poll = self._poll(to)
        is_open = poll.allows_adding and not poll.is_closed
        assert is_open, f"nobody can add options to {poll.question!r}"
        assert len(poll.options) < MOST_OPTIONS, f"a poll has at most {MOST_OPTIONS} options"
        add_option(self.world, to.message, poll, text, self.user)

    async def closes(self, message: SeenMessage) -> None:
        """End a poll of her own."""
        poll = self._poll(message)
        assert poll.owner is self.user, f"{message!r} is not {self!r}'s"
        assert not poll.is_closed, f"the poll {poll.question!r} is closed already"
        close(self.world, poll, message.message)

    def _poll(self, message: SeenMessage) -> Poll:
        poll = message.poll
        assert poll is not None, f"{message!r} is no poll"
        self.must_be_in(message.message.chat)
        return poll

    def _vote(self, on: SeenMessage, poll: Poll, chosen: list[int]) -> None:
        chat = on.message.chat
        as_chat = chat if chat.member(self.user).is_anonymous else None
        vote(self.world, poll, self.user, chosen, as_chat=as_chat)


def _place(poll: Poll, choice: int | str) -> int:
    """Return the place of an option; raises AssertionError that lists the options."""
    texts = [option.text for option in poll.options]
    if isinstance(choice, str):
        fits = [place for place, text in enumerate(texts) if choice in text]
    else:
        fits = [choice] if 0 <= choice < len(texts) else []
    assert fits, f"no option {choice!r} among {texts}"
    return fits[0]
