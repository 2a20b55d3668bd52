"""What no longer serves anybody is forgotten, and not a day sooner."""

from datetime import timedelta

from bot.jobs.dead_letters import DatabaseDeadLetters
from bot.jobs.pruning import prune
from bot.rules.imports import STEP, Import, ImportState, as_document
from bot.shop import Shop
from storage.models import Draft
from storage.states import DraftStep, OutboxKind
from tests.clock import Clock
from tests.factories import make_person


async def test_old_updates_and_failures_are_forgotten_and_young_ones_kept(shop: Shop, clock: Clock) -> None:
    async with shop.writing() as uow:
        await uow.updates.record([1], now=clock.now())
        await uow.outbox.add(OutboxKind.MESSAGE, chat_id=5, payload={"text": "Hello"}, now=clock.now())
        (due,) = await uow.outbox.list_due(now=clock.now(), limit=1, after=(-1, 0))
        await uow.outbox.fail(due.id, now=clock.now(), reason="Forbidden")
    await DatabaseDeadLetters(shop).add(2, {"update_id": 2}, "ValueError: bad")

    clock.advance(shop.policy.updates_kept + timedelta(seconds=1))
    await prune(shop)
    async with shop.writing() as uow:
        assert await uow.updates.record([1], now=clock.now()) == {1}, "Telegram can't send it again"
        assert await uow.updates.count_dead_letters() == 1
        assert await uow.outbox.count_failed() == 1

    clock.advance(shop.policy.failures_kept)
    await prune(shop)
    async with shop.reading() as uow:
        assert await uow.updates.count_dead_letters() == 0
        assert await uow.outbox.count_failed() == 0


async def test_a_young_update_is_still_known(shop: Shop, clock: Clock) -> None:
    async with shop.writing() as uow:
        await uow.updates.record([1], now=clock.now())
    clock.advance(shop.policy.updates_kept - timedelta(seconds=1))
    await prune(shop)
    async with shop.writing() as uow:
        assert await uow.updates.record([1], now=clock.now()) == set()


async def test_imports_are_forgotten_when_nobody_has_touched_them_for_long(shop: Shop, clock: Clock) -> None:
    mei = make_person("Mei")
    async with shop.writing() as uow:
        await uow.members.meet([mei], now=clock.now())

    async def begins(step: str, state: ImportState) -> int:
        now, document = clock.now(), as_document(Import(state=state))
        async with shop.writing() as uow:
            draft = Draft(person_id=mei.id, step=step, content=document, created_at=now, updated_at=now)
            return (await uow.imports.save(draft)).id or 0

    old = [await begins(STEP, state) for state in (ImportState.DONE, ImportState.READY)]
    half_made = await begins(DraftStep.PRICE, ImportState.EXPECTED)
    clock.advance(shop.policy.drafts_kept)
    await prune(shop)
    async with shop.reading() as uow:
        assert await uow.imports.find(old[0]) is not None, "to the day"

    young = await begins(STEP, ImportState.EXPECTED)
    clock.advance(timedelta(seconds=1))
    await prune(shop)
    async with shop.reading() as uow:
        assert [await uow.imports.find(key) for key in old] == [None, None]
        assert await uow.imports.find(young) is not None
        assert await uow.drafts.find(half_made) is not None, "a pick in the making waits for ever"
