"""Questions, reminders and proposals where two come at once, and what outlasts what."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import ShopError
from bot.jobs.reminders import remind_due
from bot.member_errors import (
    AnswerMissing,
    AnswerTooLong,
    ProposalDecided,
    QuestionAnswered,
    QuestionGone,
    TooManyProposals,
)
from bot.rules.questions import LONGEST_ANSWER
from bot.services.picks import extend_pick
from bot.services.proposals import accept_proposal, begin_proposal, decline_proposal, send_proposal
from bot.services.questions import (
    answer_question,
    ask_in_group,
    begin_answer,
    change_answer,
    collect_question,
    set_aside,
    stop_answering,
    take_question_back,
)
from bot.services.reminders import forget_reminder, remind_me
from bot.shop import Shop
from storage.models import OutboxEntry, Proposal, Question
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import OutboxKind, PickState, ProposalState
from tests.clock import Clock
from tests.factories import MEI_ID, make_group, make_person, make_pick


async def ask(shop: Shop, posted: PostedPick, asker: Seen, text: str, *, message_id: int) -> Question:
    async with shop.writing() as uow:
        await collect_question(uow, posted, asker, message_id=message_id, text=text, now=shop.now())
        found = await uow.questions.find_by_message(posted.pick.group_id, message_id)
        assert found is not None
        return found


async def waiting(shop: Shop, kind: OutboxKind) -> list[OutboxEntry]:
    async with shop.writing() as uow:
        due = await uow.outbox.list_due(now=shop.now(), limit=100)
        keys = [entry.id for entry in due if entry.kind is kind]
        return await uow.outbox.claim(keys, now=shop.now(), hold=timedelta(seconds=1))


async def known(shop: Shop, person: Seen, group_id: int) -> Seen:
    async with shop.writing() as uow:
        await uow.members.meet([person], now=shop.now())
        await uow.members.enter(group_id, [person.id], now=shop.now())
    return person


async def test_two_answers_at_once_are_one(shop: Shop) -> None:
    posted = await make_pick(shop, message_id=5)
    question = await ask(shop, posted, make_person("Ann"), "Is it raw?", message_id=7)

    async def answer(words: str) -> None:
        async with shop.writing() as uow:
            await answer_question(uow, question.id or 0, text=words, by_id=MEI_ID, now=shop.now())

    outcomes = await asyncio.gather(answer("Yes"), answer("No"), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "QuestionAnswered"]
    assert len(await waiting(shop, OutboxKind.ANSWER)) == 1


async def test_an_answer_needs_words_and_has_an_end(shop: Shop) -> None:
    posted = await make_pick(shop)
    question = await ask(shop, posted, make_person("Ann"), "Is it raw?", message_id=7)
    key = question.id or 0
    for text, refusal in ((" ", AnswerMissing), ("x" * (LONGEST_ANSWER + 1), AnswerTooLong)):
        with pytest.raises(refusal):
            async with shop.writing() as uow:
                await answer_question(uow, key, text=text, by_id=MEI_ID, now=shop.now())
    async with shop.writing() as uow:
        await answer_question(uow, key, text="Yes", by_id=MEI_ID, now=shop.now(), message_id=9)
    async with shop.writing() as uow:
        answered = await uow.questions.find(key)
        assert answered is not None
        await change_answer(uow, answered, text="Yes, it is", now=shop.now())
    # What was answered stays so, whatever becomes of the question.
    async with shop.writing() as uow:
        await take_question_back(uow, posted.pick.group_id, 7, now=shop.now())
    assert (await ask(shop, posted, make_person("Ann"), "Is it blue?", message_id=7)).answer == "Yes, it is"
    with pytest.raises(QuestionAnswered):
        async with shop.writing() as uow:
            await set_aside(uow, key, by_id=MEI_ID, now=shop.now())


async def test_a_question_taken_back_is_gone_until_it_is_asked_again(shop: Shop) -> None:
    posted, ann = await make_pick(shop), make_person("Ann")
    question = await ask(shop, posted, ann, "Is it raw?", message_id=7)
    async with shop.writing() as uow:
        await take_question_back(uow, posted.pick.group_id, 7, now=shop.now())
        await take_question_back(uow, posted.pick.group_id, 8, now=shop.now())
    with pytest.raises(QuestionGone):
        async with shop.writing() as uow:
            await begin_answer(uow, question.id or 0, MEI_ID, now=shop.now())
    assert (await ask(shop, posted, ann, "Is it blue?", message_id=7)).answered_at is None
    async with shop.writing() as uow:
        await begin_answer(uow, question.id or 0, MEI_ID, now=shop.now())
        await stop_answering(uow, MEI_ID)
        await ask_in_group(uow, 999, now=shop.now())


async def test_a_spelling_mended_is_no_news_to_the_curator(shop: Shop) -> None:
    posted, ann = await make_pick(shop), make_person("Ann")
    await ask(shop, posted, ann, "Is it raw honey?", message_id=7)
    assert len(await waiting(shop, OutboxKind.QUESTION)) == 1
    await ask(shop, posted, ann, "Hi, is it raw honey?", message_id=7)
    await ask(shop, posted, ann, "Hi, is it raw honey?", message_id=7)
    assert len(await waiting(shop, OutboxKind.QUESTION)) == 0


async def test_of_two_sweeps_one_reminds(shop: Shop, clock: Clock) -> None:
    posted = await make_pick(shop, lasts=timedelta(hours=3))
    ann = await known(shop, make_person("Ann"), posted.pick.group_id)
    async with shop.writing() as uow:
        assert await remind_me(uow, posted.id, ann.id, now=shop.now()) == shop.now() + timedelta(hours=2)
        await remind_me(uow, posted.id, ann.id, now=shop.now())
    assert await remind_due(shop) == 0
    clock.advance(timedelta(hours=2))
    assert sorted(await asyncio.gather(remind_due(shop), remind_due(shop))) == [0, 1]
    assert len(await waiting(shop, OutboxKind.REMINDER)) == 1


async def test_a_reminder_follows_a_deadline_that_comes_sooner(shop: Shop, clock: Clock) -> None:
    posted = await make_pick(shop, lasts=timedelta(hours=9))
    ann, ben = [await known(shop, make_person(name), posted.pick.group_id) for name in ("Ann", "Ben")]
    async with shop.writing() as uow:
        for person in (ann, ben):
            await remind_me(uow, posted.id, person.id, now=shop.now())
        await forget_reminder(uow, posted.id, ben.id)
    async with shop.writing() as uow:
        await extend_pick(uow, posted.id, closes_at=shop.now() + timedelta(minutes=30), now=shop.now())
    assert await remind_due(shop) == 1
    assert [entry.chat_id for entry in await waiting(shop, OutboxKind.REMINDER)] == [ann.id]


async def test_a_pick_that_is_over_reminds_nobody(shop: Shop) -> None:
    posted = await make_pick(shop, lasts=timedelta(hours=9))
    ann = await known(shop, make_person("Ann"), posted.pick.group_id)
    async with shop.writing() as uow:
        await remind_me(uow, posted.id, ann.id, now=shop.now())
        stored = await uow.picks.get(posted.id)
        stored.pick.state = PickState.WITHDRAWN
        await uow.picks.save(stored.pick)
    assert await remind_due(shop) == 0
    async with shop.reading() as uow:
        assert not await uow.reminders.has(posted.id, ann.id)


async def propose(shop: Shop, person: Seen, group_id: int) -> Proposal:
    async with shop.writing() as uow:
        draft = await begin_proposal(uow, person.id, [group_id], now=shop.now())
        draft.content = {**draft.content, "title": "Oil"}
        return await send_proposal(uow, draft, now=shop.now())


async def test_of_two_curators_one_decides(shop: Shop) -> None:
    group = await make_group(shop)
    ann = await known(shop, make_person("Ann"), group.id or 0)
    proposal = await propose(shop, ann, group.id or 0)

    async def decide(accept: bool) -> ProposalState:
        async with shop.writing() as uow:
            if accept:
                done = await accept_proposal(uow, proposal.id or 0, by_id=MEI_ID, now=shop.now())
            else:
                done = await decline_proposal(uow, proposal.id or 0, by_id=MEI_ID, reason="", now=shop.now())
            return done.state

    outcomes = await asyncio.gather(decide(True), decide(False), return_exceptions=True)

    assert len([each for each in outcomes if isinstance(each, ProposalDecided)]) == 1
    assert len([each for each in outcomes if isinstance(each, ProposalState)]) == 1


async def test_a_member_has_three_proposals_pending_at_most(shop: Shop) -> None:
    group = await make_group(shop)
    ann = await known(shop, make_person("Ann"), group.id or 0)
    for _ in range(3):
        await propose(shop, ann, group.id or 0)
    with pytest.raises(TooManyProposals):
        await propose(shop, ann, group.id or 0)
    async with shop.writing() as uow:
        newest = (await uow.proposals.list_own(ann.id, limit=1))[0]
        await decline_proposal(uow, newest.id or 0, by_id=MEI_ID, reason="Later", now=shop.now())
    await propose(shop, ann, group.id or 0)
    with pytest.raises(ShopError):
        async with shop.writing() as uow:
            await accept_proposal(uow, 999, by_id=MEI_ID, now=shop.now())
