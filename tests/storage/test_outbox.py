"""The outbox: twins are one row, rows are taken once, what failed is kept."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.shop import Shop
from storage.engine import Database, opened
from storage.models import OutboxEntry
from storage.repositories.outbox import DueEntry, Priority
from storage.states import OutboxKind
from storage.unit_of_work import reading, writing
from tests.clock import Clock

HOLD = timedelta(seconds=90)
CHAT = -1_000_000_000_123


async def ask_for_card(shop: Shop, pick_id: int = 1, chat_id: int = CHAT) -> None:
    async with writing(shop.database) as uow:
        await uow.outbox.add_cards({pick_id: chat_id}, now=shop.now())


async def say(shop: Shop, text: str, *, priority: Priority = Priority.ANSWER, due_in: int = 0) -> None:
    async with writing(shop.database) as uow:
        await uow.outbox.add(
            OutboxKind.MESSAGE,
            chat_id=CHAT,
            payload={"text": text},
            priority=priority,
            due_at=shop.now() + timedelta(seconds=due_in),
            now=shop.now(),
        )


async def due(shop: Shop, *, limit: int = 100, after: tuple[int, int] = (-1, 0)) -> list[DueEntry]:
    async with reading(shop.database) as uow:
        return await uow.outbox.list_due(now=shop.now(), limit=limit, after=after)


async def claim(shop: Shop, keys: Sequence[int] | None = None) -> list[OutboxEntry]:
    keys = [entry.id for entry in await due(shop)] if keys is None else keys
    async with writing(shop.database) as uow:
        return await uow.outbox.claim(keys, now=shop.now(), hold=HOLD)


async def test_unsent_twins_are_one_row(shop: Shop) -> None:
    for _ in range(3):
        await ask_for_card(shop)
    await ask_for_card(shop, pick_id=2)
    assert [entry.subject_id for entry in await due(shop)] == [1, 2]


async def test_twins_in_one_statement_are_one_row(shop: Shop) -> None:
    row = {
        "kind": OutboxKind.CARD,
        "chat_id": CHAT,
        "subject_id": 1,
        "payload": None,
        "merge_key": "card:1",
        "priority": 0,
        "due_at": shop.now(),
    }
    async with writing(shop.database) as uow:
        await uow.outbox.add_all([row, row], now=shop.now())
    assert len(await due(shop)) == 1


async def test_messages_never_merge(shop: Shop) -> None:
    await say(shop, "one")
    await say(shop, "one")
    assert len(await due(shop)) == 2


async def test_what_changes_while_a_card_is_on_its_way_gets_a_row_of_its_own(shop: Shop) -> None:
    await ask_for_card(shop)
    [on_its_way] = await claim(shop)
    assert await due(shop) == []
    await ask_for_card(shop)
    [behind] = await due(shop)
    assert behind.id != on_its_way.id


async def test_the_best_goes_first_and_of_equals_the_oldest(shop: Shop) -> None:
    await say(shop, "broadcast", priority=Priority.BROADCAST)
    await say(shop, "first answer")
    await say(shop, "receipt", priority=Priority.RECEIPT)
    await say(shop, "second answer")
    claimed = [(entry.payload or {})["text"] for entry in await claim(shop)]
    assert claimed == ["first answer", "second answer", "receipt", "broadcast"]


async def test_due_rows_can_be_read_in_pages(shop: Shop) -> None:
    for priority in (Priority.CARD, Priority.ANSWER, Priority.CARD, Priority.ANSWER):
        await say(shop, "…", priority=priority)
    everything = await due(shop)
    pages, after = [], (-1, 0)
    while page := await due(shop, limit=1, after=after):
        pages += page
        after = (page[-1].priority, page[-1].id)
    assert pages == everything


async def test_what_is_due_later_waits(shop: Shop, clock: Clock) -> None:
    await say(shop, "later", due_in=60)
    assert await due(shop) == []
    clock.advance(timedelta(seconds=60))
    assert len(await due(shop)) == 1


async def test_what_was_claimed_by_a_worker_that_died_is_due_again(shop: Shop, clock: Clock) -> None:
    await say(shop, "hello")
    [first] = await claim(shop)
    clock.advance(HOLD - timedelta(seconds=1))
    assert await due(shop) == []
    clock.advance(timedelta(seconds=1))
    [again] = await claim(shop)
    assert again.id == first.id


async def test_of_those_who_claim_at_once_no_two_get_the_same_row(
    shop: Shop, database_url: str, clock: Clock
) -> None:
    for number in range(40):
        await say(shop, str(number))
    keys = [entry.id for entry in await due(shop)]
    async with opened(database_url) as other_database:
        other = Shop(database=other_database, now=clock.now)
        won = await asyncio.gather(
            claim(shop, keys), claim(other, keys), claim(shop, keys[::-1]), claim(other, keys[::-1])
        )
    taken = [entry.id for entries in won for entry in entries]
    assert sorted(key for key in taken if key is not None) == keys


async def test_a_row_that_was_sent_is_gone(shop: Shop, database: Database) -> None:
    await say(shop, "hello")
    [entry] = await claim(shop)
    async with writing(database) as uow:
        await uow.outbox.remove(entry.id or 0)
        assert await uow.outbox.count_waiting() == 0


async def test_a_postponed_row_comes_back_with_its_attempts(
    shop: Shop, database: Database, clock: Clock
) -> None:
    await say(shop, "hello")
    [entry] = await claim(shop)
    async with writing(database) as uow:
        await uow.outbox.postpone(
            entry.id or 0, until=shop.now() + timedelta(seconds=5), attempts=3, reason="502"
        )
    assert await due(shop) == []
    clock.advance(timedelta(seconds=5))
    [again] = await claim(shop)
    assert (again.id, again.attempts, again.failure) == (entry.id, 3, "502")


async def test_what_should_have_gone_is_told_from_what_waits_for_its_time(shop: Shop, clock: Clock) -> None:
    async def overdue() -> int:
        async with shop.reading() as uow:
            return await uow.outbox.count_overdue(before=shop.now() - timedelta(minutes=5))

    await say(shop, "good morning", due_in=8 * 3600)
    await say(shop, "hello")
    clock.advance(timedelta(minutes=5))
    assert await overdue() == 0
    clock.advance(timedelta(seconds=1))
    assert await overdue() == 1
    [entry] = await claim(shop)
    async with shop.writing() as uow:
        later = shop.now() + timedelta(minutes=1)
        await uow.outbox.postpone(entry.id or 0, until=later, attempts=1, reason="no network")
    assert await overdue() == 1, "putting it off makes it no younger"
    async with shop.writing() as uow:
        await uow.outbox.remove(entry.id or 0)
    clock.advance(timedelta(hours=7))
    assert await overdue() == 0


async def test_a_row_that_cannot_be_sent_is_kept_for_the_operator(
    shop: Shop, database: Database, clock: Clock
) -> None:
    for reason in ("Forbidden", "Forbidden", "Bad Request"):
        await say(shop, "hello")
        [entry] = await claim(shop)
        async with writing(database) as uow:
            await uow.outbox.fail(entry.id or 0, now=shop.now(), reason=reason)
    clock.advance(timedelta(days=1))
    assert await due(shop) == []
    async with reading(database) as uow:
        assert (await uow.outbox.count_waiting(), await uow.outbox.count_failed()) == (0, 3)
        assert await uow.outbox.count_reasons(limit=1) == {"Forbidden": 2}
        assert list(await uow.outbox.count_reasons(limit=9)) == ["Forbidden", "Bad Request"]


async def test_old_failures_are_forgotten_and_nothing_else(
    shop: Shop, database: Database, clock: Clock
) -> None:
    await say(shop, "old")
    [old] = await claim(shop)
    async with writing(database) as uow:
        await uow.outbox.fail(old.id or 0, now=shop.now(), reason="Forbidden")
    clock.advance(timedelta(days=30))
    await say(shop, "waiting")
    async with writing(database) as uow:
        await uow.outbox.prune(failed_before=shop.now())
        assert (await uow.outbox.count_waiting(), await uow.outbox.count_failed()) == (1, 0)


async def test_what_waits_for_a_chat_follows_it(shop: Shop, database: Database) -> None:
    await ask_for_card(shop, 1, CHAT)
    await ask_for_card(shop, 2, CHAT - 1)
    async with writing(database) as uow:
        await uow.outbox.move(old_chat_id=CHAT, new_chat_id=CHAT - 2)
    assert {(entry.subject_id, entry.chat_id) for entry in await due(shop)} == {(1, CHAT - 2), (2, CHAT - 1)}
