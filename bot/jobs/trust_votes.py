"""Ends votes on caps whose time is over: their polls are stopped, which counts them."""

from bot.services.trust_votes import decide
from bot.shop import Shop
from storage.states import OutboxKind

MOST_AT_ONCE = 50


async def close_votes(shop: Shop) -> None:
    """Ask Telegram to stop the polls of votes that are over; one that was never posted decides nothing."""
    async with shop.reading() as uow:
        due = await uow.trust.list_votes_to_count(now=shop.now(), limit=MOST_AT_ONCE)
    for vote in due:
        async with shop.writing() as uow:
            if vote.message_id is None:
                decided = await decide(uow, vote.id or 0, None, now=shop.now())
                if decided is not None:
                    # Words are loaded when there is something to say.
                    from bot.jobs.trust_rendering import tell_group

                    await tell_group(uow, shop, decided)
                continue
            group = await uow.groups.get(vote.group_id)
            await uow.outbox.add(
                OutboxKind.TRUST_VOTE_END,
                chat_id=group.chat_id,
                subject_id=vote.id,
                merge_key=f"trust_vote_end:{vote.id}",
                now=shop.now(),
            )
