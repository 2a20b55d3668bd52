"""The group's vote on its caps: its owner begins it, Telegram tells how it stands."""

from datetime import timedelta

from telegram import Update

from bot.callbacks.trust import TrustVoteButton
from bot.errors import ButtonOutdated
from bot.i18n import Translator
from bot.role_errors import NotTheOwner
from bot.rules.trust_votes import LASTS_DAYS
from bot.services.trust_votes import begin_vote, end_vote, note_counts
from bot.shop import Shop
from bot.views.trust_votes import vote_begun, vote_counted, vote_page, vote_result
from handlers.access import is_owner
from handlers.speaking import redraw, send, speaker
from handlers.updates import Tap

_COUNT = "0"


async def vote_tapped(tap: Tap, shop: Shop) -> None:
    """Show the vote, begin one, or count it before its end."""
    button = TrustVoteButton.read(tap.data)
    toast = ""
    async with shop.handling(tap.update_id) as uow:
        group = await uow.groups.find(button.group_id)
        if group is None or not group.keeps_allowance:
            raise ButtonOutdated
        if not await is_owner(uow, button.group_id, tap.person.id):
            raise NotTheOwner
        t = await speaker(uow, tap.person)
        if button.deed == _COUNT:
            await end_vote(uow, group, by_id=tap.person.id, now=shop.now())
            toast = vote_counted(t)
        elif button.deed in map(str, LASTS_DAYS):
            lasts = timedelta(days=int(button.deed))
            await begin_vote(uow, group, by_id=tap.person.id, lasts=lasts, now=shop.now())
            toast = vote_begun(t)
        elif button.deed != "home":
            raise ButtonOutdated
        vote = await uow.trust.find_vote(button.group_id)
        members = await uow.trust.count_members(button.group_id)
        await redraw(uow, shop, tap, vote_page(t, group, vote, members=members, now=shop.now()))
    await tap.answer(toast)


async def poll_changed(update: Update, shop: Shop) -> None:
    """Somebody voted in a poll of ours, or somebody closed it."""
    poll = update.poll
    assert poll is not None
    async with shop.reading() as uow:
        if await uow.trust.find_vote_by_poll(poll.id) is None:
            return
    async with shop.handling(update.update_id) as uow:
        counts = [option.voter_count for option in poll.options]
        decided = await note_counts(uow, poll.id, counts, is_closed=poll.is_closed, now=shop.now())
        if decided is not None:
            words = vote_result(Translator(decided.group.language), decided)
            await send(uow, shop, decided.group.chat_id, words)
