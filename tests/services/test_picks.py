"""Posting, closing and extending picks; receipts, the roll-up and reactions."""

from datetime import timedelta
from typing import Any

import pytest

from bot.errors import PickClosed
from bot.jobs.closing import close_due
from bot.services.closing import close_pick
from bot.services.members import open_private
from bot.services.picks import (
    extend_pick,
)
from bot.services.reactions import ReactionRequest, record_anonymous_reactions, record_reactions
from bot.shop import Shop
from storage.models import OutboxEntry
from storage.repositories.members import Seen
from storage.repositories.picks import PostedPick
from storage.states import OrderState, OutboxKind, PickState
from tests.clock import Clock
from tests.factories import (
    MEI_ID,
    make_group,
    make_order,
    make_person,
    make_pick,
    next_message,
    next_update,
)

HOLD = timedelta(seconds=90)


async def sent(shop: Shop, kind: OutboxKind) -> list[OutboxEntry]:
    """What waits to be sent of one kind; it is claimed by that."""
    async with shop.writing() as uow:
        due = await uow.outbox.list_due(now=shop.now(), limit=1000)
        keys = [entry.id for entry in due if entry.kind is kind]
        return await uow.outbox.claim(keys, now=shop.now(), hold=HOLD)


async def look(shop: Shop, posted: PostedPick) -> PostedPick:
    async with shop.reading() as uow:
        return await uow.picks.get(posted.id)


async def close(shop: Shop, posted: PostedPick) -> None:
    async with shop.writing() as uow:
        await close_pick(uow, posted.id, now=shop.now())


async def opens_private(shop: Shop, *people: Seen) -> None:
    async with shop.writing() as uow:
        for person in people:
            await open_private(uow, person, now=shop.now())


async def react(shop: Shop, posted: PostedPick, person: Seen, *emojis: str, **more: Any) -> None:
    request = ReactionRequest(
        update_id=more.get("update_id", next_update()),
        person=person,
        chat_id=more.get("chat_id", posted.group.chat_id),
        message_id=more.get("message_id", posted.pick.message_id or 0),
        emojis=emojis,
    )
    await shop.reactions.submit(request)


async def counts(shop: Shop, posted: PostedPick) -> dict[str, int]:
    async with shop.reading() as uow:
        return await uow.picks.reaction_counts(posted.id)


class TestPosting:
    async def test_a_new_pick_is_live_and_its_card_is_on_its_way(self, shop: Shop) -> None:
        honey = await make_pick(shop, variants={"red": 10, "blue": None}, words="From the mountain")
        assert honey.pick.state is PickState.LIVE
        assert honey.offer.words == "From the mountain"
        assert [(kind.name, kind.stock, kind.sold) for kind in honey.variants] == [
            ("red", 10, 0),
            ("blue", None, 0),
        ]
        [card] = await sent(shop, OutboxKind.CARD)
        assert (card.chat_id, card.subject_id) == (honey.group.chat_id, honey.id)

    async def test_picks_are_numbered_by_group(self, shop: Shop) -> None:
        honey_friends, tea_friends = await make_group(shop), await make_group(shop)
        numbers = [
            (await make_pick(shop, group=group)).pick.number
            for group in (honey_friends, tea_friends, honey_friends, honey_friends, tea_friends)
        ]
        assert numbers == [1, 1, 2, 3, 2]

    async def test_a_pick_is_found_by_its_number_and_by_its_card(self, shop: Shop) -> None:
        honey = await make_pick(shop, message_id=501)
        group_id = honey.pick.group_id
        async with shop.reading() as uow:
            by_number = await uow.picks.find_by_number(group_id, 1)
            by_message = await uow.picks.find_by_message(group_id, 501)
            assert by_number is not None
            assert by_message is not None
            assert by_number.id == by_message.id == honey.id
            assert await uow.picks.find_by_number(group_id, 2) is None
            assert await uow.picks.find_by_message(group_id, 502) is None
            assert await uow.picks.find_by_message(group_id + 1, 501) is None

    async def test_the_live_picks_of_a_group_the_first_to_close_first(self, shop: Shop) -> None:
        group = await make_group(shop)
        slow = await make_pick(shop, group=group, lasts=timedelta(hours=9))
        quick = await make_pick(shop, group=group, lasts=timedelta(hours=1))
        closed = await make_pick(shop, group=group)
        await make_pick(shop)
        await close(shop, closed)
        async with shop.reading() as uow:
            live = await uow.picks.list_live(group.id or 0)
        assert [posted.id for posted in live] == [quick.id, slow.id]


class TestClosing:
    async def test_the_orders_of_a_closed_pick_are_confirmed(self, shop: Shop) -> None:
        honey, ann, bob = await make_pick(shop), make_person("Ann"), make_person("Bob")
        await make_order(shop, pick=honey, person=ann, quantity=2)
        await make_order(shop, pick=honey, person=bob)
        await make_order(shop, pick=honey, person=bob, quantity=-1)
        await close(shop, honey)
        posted = await look(shop, honey)
        assert (posted.pick.state, posted.pick.closed_at) == (PickState.CLOSED, shop.now())
        async with shop.reading() as uow:
            entries = await uow.orders.load([(honey.id, ann.id), (honey.id, bob.id)])
        assert {entry.person_id: entry.state for entry in entries.values()} == {
            ann.id: OrderState.CONFIRMED,
            bob.id: OrderState.CANCELLED,
        }

    async def test_buyers_who_opened_a_private_chat_get_a_receipt(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        ann, bob, cem = make_person("Ann"), make_person("Bob"), make_person("Cem")
        await opens_private(shop, ann, cem)
        for buyer in (ann, bob, cem):
            await make_order(shop, pick=honey, person=buyer)
        await make_order(shop, pick=honey, person=cem, quantity=-1)
        await close(shop, honey)
        [receipt] = await sent(shop, OutboxKind.RECEIPT)
        assert receipt.chat_id == ann.id
        async with shop.reading() as uow:
            reader, lines = await uow.orders.receipt(receipt.subject_id or 0)
        assert (reader, [line.quantity for line in lines]) == (ann.id, [1])

    async def test_the_curator_gets_the_roll_up_in_private(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        await opens_private(shop, make_person("Mei", person_id=MEI_ID))
        await close(shop, honey)
        [roll_up] = await sent(shop, OutboxKind.ROLL_UP)
        assert (roll_up.chat_id, roll_up.subject_id) == (MEI_ID, honey.id)
        assert roll_up.payload == {"reader_id": MEI_ID, "in_private": True}

    async def test_a_curator_who_opened_none_is_called_in_the_group(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        await close(shop, honey)
        [roll_up] = await sent(shop, OutboxKind.ROLL_UP)
        assert roll_up.chat_id == honey.group.chat_id
        assert roll_up.payload == {"reader_id": MEI_ID, "in_private": False}

    async def test_the_owner_stands_in_for_a_curator_without_a_face(self, shop: Shop) -> None:
        honey = await make_pick(shop, curator_id=None)
        await close(shop, honey)
        [roll_up] = await sent(shop, OutboxKind.ROLL_UP)
        assert roll_up.payload == {"reader_id": MEI_ID, "in_private": False}

    async def test_closing_twice_is_refused_and_tells_nobody_twice(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        await close(shop, honey)
        with pytest.raises(PickClosed):
            await close(shop, honey)
        assert len(await sent(shop, OutboxKind.ROLL_UP)) == 1

    async def test_a_pick_that_is_not_there(self, shop: Shop) -> None:
        async with shop.writing() as uow:
            with pytest.raises(LookupError):
                await close_pick(uow, 999_999, now=shop.now())
            with pytest.raises(LookupError):
                await extend_pick(uow, 999_999, closes_at=shop.now(), now=shop.now())


class TestDeadlines:
    async def test_what_is_due_is_closed_once(self, shop: Shop, clock: Clock) -> None:
        honey = await make_pick(shop, lasts=timedelta(hours=1))
        later = await make_pick(shop, group=honey.group, lasts=timedelta(hours=2))
        assert await close_due(shop) == 0
        clock.advance(timedelta(hours=1))
        assert await close_due(shop) == 1
        assert await close_due(shop) == 0
        assert (await look(shop, honey)).pick.state is PickState.CLOSED
        assert (await look(shop, later)).pick.state is PickState.LIVE

    async def test_an_extended_pick_lives_on(self, shop: Shop, clock: Clock) -> None:
        honey = await make_pick(shop, lasts=timedelta(hours=1))
        await sent(shop, OutboxKind.CARD)
        async with shop.writing() as uow:
            await extend_pick(uow, honey.id, closes_at=shop.now() + timedelta(hours=3), now=shop.now())
        assert len(await sent(shop, OutboxKind.CARD)) == 1
        clock.advance(timedelta(hours=2))
        assert await close_due(shop) == 0
        assert (await make_order(shop, pick=honey)).quantity == 1

    async def test_a_closed_pick_cannot_be_extended(self, shop: Shop) -> None:
        honey = await make_pick(shop)
        await close(shop, honey)
        async with shop.writing() as uow:
            with pytest.raises(PickClosed):
                await extend_pick(uow, honey.id, closes_at=shop.now(), now=shop.now())


class TestReactions:
    async def test_each_members_reactions_are_counted(self, shop: Shop) -> None:
        honey = await make_pick(shop, message_id=next_message())
        ann, bob = make_person("Ann"), make_person("Bob")
        await react(shop, honey, ann, "❤", "🔥")
        await react(shop, honey, bob, "❤")
        assert await counts(shop, honey) == {"❤": 2, "🔥": 1}
        assert list(await counts(shop, honey)) == ["❤", "🔥"]

    async def test_a_changed_reaction_replaces_the_old_one(self, shop: Shop) -> None:
        honey, ann = await make_pick(shop, message_id=next_message()), make_person()
        await react(shop, honey, ann, "❤")
        await react(shop, honey, ann, "👎")
        assert await counts(shop, honey) == {"👎": 1}
        await react(shop, honey, ann)
        assert await counts(shop, honey) == {}

    async def test_of_several_in_one_batch_the_last_counts(self, shop: Shop) -> None:
        honey, ann = await make_pick(shop, message_id=next_message()), make_person()
        asks = [
            ReactionRequest(
                update_id=next_update(),
                person=ann,
                chat_id=honey.group.chat_id,
                message_id=honey.pick.message_id or 0,
                emojis=(emoji,),
            )
            for emoji in ("❤", "🔥", "👏")
        ]
        async with shop.writing() as uow:
            await record_reactions(uow, asks, now=shop.now())
        assert await counts(shop, honey) == {"👏": 1}

    async def test_an_old_reaction_that_comes_again_changes_nothing(self, shop: Shop) -> None:
        honey, ann, first = await make_pick(shop, message_id=next_message()), make_person(), next_update()
        await react(shop, honey, ann, "❤", update_id=first)
        await react(shop, honey, ann, "👎")
        await react(shop, honey, ann, "❤", update_id=first)
        assert await counts(shop, honey) == {"👎": 1}

    async def test_reactions_to_what_is_no_card_are_passed_over(self, shop: Shop) -> None:
        honey, ann = await make_pick(shop, message_id=next_message()), make_person()
        await sent(shop, OutboxKind.CARD)
        await react(shop, honey, ann, "❤", message_id=1)
        await react(shop, honey, ann, "❤", chat_id=honey.group.chat_id - 1)
        assert await counts(shop, honey) == {}
        assert await sent(shop, OutboxKind.CARD) == []
        async with shop.reading() as uow:
            assert await uow.members.find(ann.id) is None

    async def test_a_reaction_brings_the_card_up_to_date(self, shop: Shop) -> None:
        honey = await make_pick(shop, message_id=next_message())
        await sent(shop, OutboxKind.CARD)
        await react(shop, honey, make_person(), "❤")
        assert len(await sent(shop, OutboxKind.CARD)) == 1

    async def test_unnamed_reactions_are_added_to_the_named(self, shop: Shop) -> None:
        honey = await make_pick(shop, message_id=next_message())
        await react(shop, honey, make_person(), "❤")
        for told in ({"❤": 5, "🔥": 1}, {"❤": 7}):
            async with shop.writing() as uow:
                await record_anonymous_reactions(
                    uow,
                    chat_id=honey.group.chat_id,
                    message_id=honey.pick.message_id or 0,
                    counts=told,
                    now=shop.now(),
                )
        assert await counts(shop, honey) == {"❤": 8}
