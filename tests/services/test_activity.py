"""Talk is counted, and who was there and who answered whom; what was said is nowhere."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, TypeVar

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.services.activity import TalkRequest
from bot.services.members import leave_group
from bot.shop import Shop
from storage.models import Acquaintance, GroupActivity, Member, Pick, SeenUpdate
from storage.repositories.activity import Run
from storage.repositories.members import Seen
from storage.states import Presence
from tests.clock import NOON, Clock
from tests.factories import make_group, make_order, make_person, make_pick, next_message, next_update

M = TypeVar("M", bound=SQLModel)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def rows(shop: Shop, model: type[M]) -> Sequence[M]:
    async with AsyncSession(shop.database.read) as session:
        return (await session.exec(select(model))).all()


def talk(chat_id: int, person: Seen | None, shop: Shop, **more: Any) -> TalkRequest:
    return TalkRequest(
        **{"update_id": next_update(), "chat_id": chat_id, "person": person, "said_at": shop.now(), **more}
    )


async def hear(shop: Shop, *said: TalkRequest) -> None:
    await asyncio.gather(*(shop.talk.submit(one) for one in said))


async def test_what_is_said_is_counted_once_and_nothing_else_of_it_is_kept(shop: Shop, clock: Clock) -> None:
    card = next_message()
    posted = await make_pick(shop, message_id=card)
    chat = posted.group.chat_id
    ann, lin = make_person("Ann"), make_person("Lin")
    clock.advance(20 * MINUTE)
    said = [
        talk(chat, ann, shop),
        talk(chat, ann, shop, answers=lin),
        talk(chat, lin, shop, answers=ann),
        talk(chat, ann, shop, answers=lin),
        talk(chat, lin, shop, answers=lin),
        # Who is not known, or is not any more, does not become so by others' answers.
        talk(chat, lin, shop, answers=make_person("Forgotten")),
        talk(chat, lin, shop, answers_our_message_id=card),
        talk(chat, ann, shop, answers_our_message_id=next_message()),
        talk(chat, None, shop),
        # Nobody counts what is said where the shop is not.
        talk(-5, ann, shop),
    ]
    await hear(shop, *said)
    await hear(shop, *reversed(said))

    [activity] = await rows(shop, GroupActivity)
    assert (activity.group_id, activity.message_count) == (posted.group.id, 9)
    pairs = {(one.person_id, one.other_id): one.replies for one in await rows(shop, Acquaintance)}
    assert pairs == {(ann.id, lin.id): 2, (lin.id, ann.id): 1}
    active = {one.person_id: one.active_at for one in await rows(shop, Member) if one.active_at}
    assert active == dict.fromkeys((ann.id, lin.id), NOON)
    [pick] = await rows(shop, Pick)
    assert pick.reply_count == 1
    async with shop.reading() as uow:
        assert await uow.trust.message_counts([posted.group.id or 0]) == {posted.group.id: 9}


async def test_who_orders_or_asks_was_there_but_says_nothing_ordinary(shop: Shop) -> None:
    card = next_message()
    posted = await make_pick(shop, message_id=card)
    ann, update_id = make_person(), next_update()
    async with shop.handling(update_id):
        pass
    order = talk(posted.group.chat_id, ann, shop, update_id=update_id, answers_our_message_id=card)
    await hear(shop, order)
    await hear(shop, order)
    assert await rows(shop, GroupActivity) == []
    assert [one.person_id for one in await rows(shop, Member) if one.active_at] == [ann.id]
    assert (await rows(shop, Pick))[0].reply_count == 0
    assert {one.update_id for one in await rows(shop, SeenUpdate)} == {update_id, -update_id}


async def test_an_album_says_one_thing(shop: Shop) -> None:
    group, ann = await make_group(shop), make_person("Ann")
    [first, *others] = [talk(group.chat_id, ann, shop, album_id="13579") for _ in range(4)]
    await hear(shop, first, others[0])
    await hear(shop, *others, first)
    await hear(shop, talk(group.chat_id, ann, shop, album_id="24680"))
    [activity] = await rows(shop, GroupActivity)
    assert activity.message_count == 2


async def test_whoever_left_stays_away_though_her_words_come_later(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann = make_person()
    await hear(shop, talk(group.chat_id, ann, shop))
    clock.advance(HOUR)
    async with shop.writing() as uow:
        await leave_group(uow, group.id or 0, ann, now=shop.now())
    await hear(shop, talk(group.chat_id, ann, shop, said_at=NOON + 30 * MINUTE))
    await hear(shop, talk(group.chat_id, ann, shop, said_at=NOON + HOUR))
    # An hour that came late does not put her back into the past.
    await hear(shop, talk(group.chat_id, ann, shop, said_at=NOON - HOUR))
    [member] = [one for one in await rows(shop, Member) if one.person_id == ann.id]
    assert (member.presence, member.active_at) == (Presence.LEFT, NOON + HOUR)


async def test_active_are_those_who_said_ordered_or_reacted(shop: Shop, clock: Clock) -> None:
    posted = await make_pick(shop, lasts=5 * DAY)
    other = await make_pick(shop, group=await make_group(shop, title="Tea friends"))
    group_id = posted.group.id or 0
    talker, buyer, fan, both, early, elsewhere = (make_person() for _ in range(6))
    await hear(shop, talk(posted.group.chat_id, early, shop))
    clock.advance(2 * HOUR)
    since = shop.now()
    await hear(shop, *(talk(posted.group.chat_id, one, shop) for one in (talker, both)))
    await make_order(shop, pick=posted, person=buyer)
    await make_order(shop, pick=posted, person=both)
    await make_order(shop, pick=other, person=elsewhere)
    async with shop.writing() as uow:
        await uow.members.meet([fan], now=shop.now())
        await uow.picks.replace_reactions([(posted.id, fan.id, ["👍", "❤"])], now=shop.now())
    async with shop.reading() as uow:
        until = since + DAY
        assert await uow.activity.active_members(group_id, since=since, until=until) == 4
        assert await uow.activity.active_members(group_id, since=since - 2 * HOUR, until=until) == 5
        assert await uow.activity.active_members(group_id, since=until, until=until + DAY) == 0


async def test_a_run_goes_on_until_the_bot_was_not_seen_for_a_while(shop: Shop, clock: Clock) -> None:
    async def beat() -> None:
        async with shop.writing() as uow:
            await uow.activity.beat(now=shop.now(), since=shop.now() - 3 * MINUTE)

    for pause in (0, 1, 3, 10, 1, 60):
        clock.advance(pause * MINUTE)
        await beat()
    begun = [NOON, NOON + 14 * MINUTE, NOON + 75 * MINUTE]
    runs = [
        Run(begun[0], NOON + 4 * MINUTE),
        Run(begun[1], NOON + 15 * MINUTE),
        Run(begun[2], begun[2]),
    ]
    async with shop.reading() as uow:
        assert await uow.activity.list_runs(since=NOON - DAY) == runs
        # The one before tells how long nobody was there.
        assert await uow.activity.list_runs(since=NOON + 20 * MINUTE) == runs[1:]
        assert await uow.activity.list_runs(since=NOON + DAY) == runs[2:]


async def test_old_acquaintances_are_forgotten(shop: Shop, clock: Clock) -> None:
    group = await make_group(shop)
    ann, lin, ben = (make_person() for _ in range(3))
    await hear(shop, *(talk(group.chat_id, one, shop) for one in (lin, ben)))
    await hear(shop, talk(group.chat_id, ann, shop, answers=lin))
    clock.advance(DAY)
    await hear(shop, talk(group.chat_id, ann, shop, answers=ben))
    async with shop.writing() as uow:
        await uow.acquaintances.prune(last_before=NOON + HOUR)
    assert [one.other_id for one in await rows(shop, Acquaintance)] == [ben.id]


async def test_no_column_could_hold_what_was_said(shop: Shop) -> None:
    for model in (GroupActivity, Acquaintance):
        kinds = {column.type.python_type for column in SQLModel.metadata.tables[str(model.__tablename__)].c}
        assert str not in kinds
